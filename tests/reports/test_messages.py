from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment, UndefinedError, meta

from healthcheck import resources
from healthcheck.core.messages import Kind
from healthcheck.reports import messages
from healthcheck.reports.messages import Worded, worded
from tests.web.markup import faults, parsed, words_of

if TYPE_CHECKING:
    from pathlib import Path

SITE = "https://healthcheck.example.org"
VALUES: dict[str, object] = {
    "by": "Alice Archer",
    "employer": "Northmere Council",
    "service": "childrens",
    "cycle": "2026",
    "reference": "EHC-2026-ABCDEF",
    "due": date(2026, 9, 30),
    "when": "in 7 days",
    "duty": "lead",
    "topics": (),
    "actions": (),
    "others": (),
    "links": (),
    "reason": "The figures are last year’s.",
    "role": "Contributor",
    "path": "/assessments/x",
    "change": "Your password was changed",
    "moment": datetime(2026, 7, 1, 8, 5, tzinfo=UTC),
}


def say(kind: Kind, **changed: object) -> Worded:
    return worded(kind, SITE, {**VALUES, **changed})


def source(kind: Kind) -> Path:
    name = kind.name.lower().replace("_", "-")
    return resources.folder("report_templates") / "messages" / f"{name}.jinja"


@pytest.mark.parametrize("kind", Kind)
def test_the_words_name_exactly_the_values_of_the_kind(kind: Kind) -> None:
    named = meta.find_undeclared_variables(Environment().parse(source(kind).read_text("utf-8")))  # noqa: S701 - only parsed

    assert named | {"path"} == kind.value.values


def test_every_source_belongs_to_a_kind() -> None:
    folder = source(Kind.REMINDER).parent

    assert {source(kind) for kind in Kind} == {*folder.glob("*.jinja")} - {
        folder / "page.html.jinja"
    }


@pytest.mark.parametrize("kind", Kind)
def test_every_message_is_a_sound_page_with_title_button_and_bare_address(kind: Kind) -> None:
    message = say(kind, topics=("Caseloads",))
    tree = parsed(message.html).tree

    found = [each for each in faults(message.html) if "inline style" not in each]
    assert found == ["there are 0 h1, not one", *[f for f in found if f.startswith("the title")]]
    assert tree.get("lang") == "en-GB"
    assert words_of(tree.find(".//title")) == message.subject
    (link,) = tree.iter("a")
    assert link.get("href") == f"{SITE}/assessments/x"
    assert f"{SITE}/assessments/x" in words_of(tree.find("body"))
    assert not {each.tag for each in tree.iter()} & {"img", "script", "link", "iframe", "style"}


@pytest.mark.parametrize("kind", Kind)
def test_text_and_html_say_the_same(kind: Kind) -> None:
    message = say(kind, topics=("Caseloads", "Rooms"))
    html = words_of(parsed(message.html).tree.find("body"))
    text = re.sub(r"(?m)^(> |- )|:$", "", message.text.replace("\n-- \n", "\n"))

    for paragraph in text.split("\n\n"):
        for sentence in re.split(r"(?<=[.:?]) ", " ".join(paragraph.split())):
            for part in sentence.split(" http"):
                assert part in html


@pytest.mark.parametrize("kind", Kind)
def test_every_message_is_plain(kind: Kind) -> None:
    message = say(kind)

    assert "\N{EM DASH}" not in message.text
    assert "{" not in message.text + message.subject
    assert len(message.subject) < 100
    assert max(map(len, message.text.splitlines())) <= 72
    assert message.text.endswith(f"\n-- \nEmployer Health Check\n{SITE}\n")


def test_a_whole_message() -> None:
    message = say(Kind.DECLINED, by="Olive Officer")

    assert message.subject == "Northmere Council: the health check was not signed"
    assert message.text == (
        "Olive Officer declined to sign the 2026 health check of Northmere\n"
        "Council (Children’s services). The reason given:\n"
        "\n"
        "> The figures are last year’s.\n"
        "\n"
        "It is open to changes again. Please see to this, then send it for\n"
        "sign-off once more.\n"
        "\n"
        "Open the health check:\n"
        "https://healthcheck.example.org/assessments/x\n"
        "\n"
        "-- \n"
        "Employer Health Check\n"
        "https://healthcheck.example.org\n"
    )


def test_dates_are_days_and_moments_are_times_in_british_time() -> None:
    moment = datetime(2026, 7, 1, 8, 5, tzinfo=UTC)

    assert "Please join by 30 September 2026." in say(Kind.INVITATION).text
    assert "by 09:05 on 1 July 2026. It works" in say(Kind.PASSWORD_LINK, due=moment).text


def test_a_number_is_said_as_it_is() -> None:
    assert say(Kind.CYCLE_OPENED, cycle=2027).subject.endswith("the 2027 health check is open")


def test_a_service_of_the_employers_own_is_in_words() -> None:
    assert "Northmere Council (Youth justice)" in " ".join(
        say(Kind.ACCEPTED, service="youth-justice").text.split()
    )


@pytest.mark.parametrize(
    ("duty", "words", "button"),
    [
        ("lead", "It has not been sent for sign-off.", "Open the health check"),
        ("topics", "These topics are yours to answer", "Open the health check"),
        ("wait", "It waits for the signature of your accountable officer.", "Open the"),
        ("sign", "It is ready and waits for you, the accountable officer.", "Read and sign"),
    ],
)
def test_a_reminder_says_what_to_do_to_each(duty: str, words: str, button: str) -> None:
    message = say(Kind.REMINDER, duty=duty, topics=("Caseloads",) if duty == "topics" else ())

    assert words in " ".join(message.text.split())
    assert f"\n{button}" in message.text
    assert ("\n- Caseloads\n" in message.text) == (duty == "topics")
    assert ("<ul" in message.html) == (duty == "topics")


HOSTILE = "Eve\r\nBcc: all@b.example\r\n\r\n<script>alert(1)</script>\u202e\x00\u2028[Pay]\n> x"


@pytest.mark.parametrize("kind", Kind)
def test_what_people_typed_adds_no_header_no_markup_and_no_block(kind: Kind) -> None:
    hostile = dict.fromkeys(("by", "employer", "role", "reason", "service", "cycle"), HOSTILE)
    calm, message = say(kind), say(kind, **hostile)

    assert "\n" not in message.subject
    assert "\r" not in message.subject + message.text
    assert not set("\u202e\x00\u2028") & set(message.subject + message.text + message.html)
    assert "<script" not in message.html
    tags = [each.tag for each in parsed(message.html).tree.iter() if each.tag != "p"]
    assert tags == [each.tag for each in parsed(calm.html).tree.iter() if each.tag != "p"]
    quoted = [line for line in message.text.splitlines() if line.startswith("> ")]
    assert len(message.text.split("\n\n")) == len(calm.text.split("\n\n"))
    assert bool(quoted) == ("reason" in kind.value.values)


def test_a_quoted_reason_keeps_its_lines_each_marked_as_quoted() -> None:
    message = say(Kind.REOPENED, reason="One.\n\n-- \nFrom: BASW\nhttps://evil.example/x")

    assert "\n\n> One.\n> --\n> From: BASW\n> https://evil.example/x\n\n" in message.text
    assert '<a href="https://evil' not in message.html


def test_a_subject_is_never_endless() -> None:
    message = say(Kind.REMINDER, employer="N" * 500)

    assert len(message.subject) == 150
    assert message.subject.endswith("…")


def test_a_missing_value_is_named() -> None:
    with pytest.raises(TypeError, match=r"SUBMITTED also needs by, path\."):
        worded(Kind.SUBMITTED, SITE, {k: v for k, v in VALUES.items() if k not in {"by", "path"}})


@pytest.mark.parametrize("path", ["https://evil.example", "//evil.example", "/a b", ""])
def test_a_link_leads_to_this_site_alone(path: str) -> None:
    with pytest.raises(ValueError, match="not a path on this site"):
        say(Kind.ACCEPTED, path=path)


@pytest.fixture
def _no_kept_sources() -> None:
    messages._source.cache_clear()


@pytest.mark.usefixtures("_no_kept_sources")
def test_a_source_that_names_an_unknown_value_or_has_no_subject_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "accepted.jinja").write_text("Subject: {{ surprise }}\n\nText.")
    (tmp_path / "messages" / "reminder.jinja").write_text("Text.")
    monkeypatch.setattr(resources, "folder", lambda _: tmp_path)

    with pytest.raises(UndefinedError, match="surprise"):
        say(Kind.ACCEPTED)
    with pytest.raises(ValueError, match="does not begin with “Subject: ”"):
        say(Kind.REMINDER)
    messages._source.cache_clear()
