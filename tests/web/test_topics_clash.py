"""Two people on one page: nobody's words are overwritten without a choice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.answers import Entry
from healthcheck.services import answers_workbooks
from healthcheck.web.topic_pages import entry_words
from tests.people import ALICE, BOB

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses
    from tests.web.page import Page

KEEP = "Save my choices"
CHOOSE = "Choose which answer to keep"


@pytest.fixture
def clash(alice: Someone, bob: Someone, at: Addresses) -> Page:
    """Bob opens the page, Alice saves hers first, and he saves his: the page he then gets."""
    opened = bob.get(at.topic("scheme"))
    mine = {"agreed-scheme": "1", "agreed-scheme.evidence": "In two teams.\nSince May."}
    alice.submit(alice.get(at.topic("scheme")), mine)
    his = {"agreed-scheme": "3", "agreed-scheme.evidence": "All.\nTeams.", "employs-new": "no"}
    return bob.submit(opened, his, status=409)


def saved(someone: Someone, at: Addresses) -> dict[str, list[str]]:
    fields = someone.get(at.topic("scheme")).fields("Save")
    names = ("agreed-scheme", "agreed-scheme.evidence", "employs-new")
    return {name: fields.get(name, []) for name in names}


def test_both_versions_are_shown_and_the_first_stays(
    clash: Page, alice: Someone, at: Addresses
) -> None:
    versions = [" ".join("".join(each.itertext()).split()) for each in clash.of_class("hc-version")]
    assert (clash.heading, clash.errors) == (CHOOSE, [])
    assert versions == [
        "Answer1. Partly in place EvidenceIn two teams. Since May. LinksNone",
        "Answer3. Embedded EvidenceAll. Teams. LinksNone",
    ]
    assert "Alice Archer, saved 10:30" in clash.words
    assert saved(alice, at)["agreed-scheme"] == ["1"]


def test_answers_that_do_not_clash_are_saved_at_once(
    clash: Page, alice: Someone, at: Addresses
) -> None:
    assert clash.status == 409
    assert saved(alice, at)["employs-new"] == ["no"]


def test_keeping_ones_own_replaces_the_colleagues(clash: Page, bob: Someone, at: Addresses) -> None:
    answer = bob.submit(clash, {"agreed-scheme.keep": "mine"}, KEEP)
    assert answer.leads_to == at.topic("scheme")
    assert saved(bob, at) == {
        "agreed-scheme": ["3"],
        "agreed-scheme.evidence": ["All.\r\nTeams."],
        "employs-new": ["no"],
    }


def test_keeping_the_colleagues_drops_ones_own(clash: Page, bob: Someone, at: Addresses) -> None:
    bob.submit(clash, {"agreed-scheme.keep": "theirs"}, KEEP)
    assert saved(bob, at)["agreed-scheme"] == ["1"]


@pytest.mark.parametrize("choice", [None, "", "both"])
def test_without_a_choice_it_is_asked_again(
    clash: Page, bob: Someone, at: Addresses, choice: str | None
) -> None:
    again = bob.submit(clash, {"agreed-scheme.keep": choice}, KEEP, status=409)
    question = "A scheme is agreed with the Director of Children's Services."
    assert again.errors == [("agreed-scheme-keep", f"{CHOOSE} for: {question}")]
    assert again.title.startswith(f"Error: {CHOOSE}")
    bob.submit(again, {"agreed-scheme.keep": "mine"}, KEEP)
    assert saved(bob, at)["agreed-scheme"] == ["3"]


def test_a_third_change_while_choosing_is_shown_as_well(
    clash: Page, alice: Someone, bob: Someone, at: Addresses
) -> None:
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "0"})
    again = bob.submit(clash, {"agreed-scheme.keep": "mine"}, KEEP, status=409)
    assert "0. Not in place" in again.words
    assert saved(alice, at)["agreed-scheme"] == ["0"]


def test_the_same_answer_twice_is_no_clash(alice: Someone, bob: Someone, at: Addresses) -> None:
    opened = bob.get(at.topic("scheme"))
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "1"})
    assert bob.submit(opened, {"agreed-scheme": "1"}).leads_to == at.topic("allocation")


def test_what_only_the_colleague_changed_is_no_clash(
    alice: Someone, bob: Someone, at: Addresses
) -> None:
    opened = bob.get(at.topic("scheme"))
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "1"})
    bob.submit(opened, {"employs-new": "no"})
    fields = saved(bob, at)
    assert (fields["agreed-scheme"], fields["employs-new"]) == (["1"], ["no"])


def test_every_kind_of_answer_can_be_chosen_between(
    alice: Someone, bob: Someone, at: Addresses
) -> None:
    hers: dict[str, dict[str, str | list[str]]] = {
        "scheme": {"employs-new": "no", "agreed-scheme": "1"},
        "allocation": {"who-allocates": "panel", "seen-in": ["supervision"]},
        "equipment": {"last-checked.day": "1", "who-checked": "Ann", "remarks": ""},
        "posts": {"in-post": "12", "vacancies": "3"},
    }
    his: dict[str, dict[str, str | list[str]]] = {
        "scheme": {
            "employs-new": "yes",
            "agreed-scheme": "not-applicable",
            "agreed-scheme.reason": "We\r\nhave none.",
            "agreed-scheme.links": "https://northmere.example",
        },
        "allocation": {"who-allocates": "manager", "seen-in": ["supervision", "meetings"]},
        "equipment": {
            "last-checked.day": "2",
            "last-checked.month": "3",
            "last-checked.year": "2026",
            "who-checked": "Ben",
            "remarks": "One\r\n\r\nTwo",
        },
        "posts": {"in-post": "11", "vacancies.na": "y", "vacancies.reason": "Unknown."},
    }
    for topic, typed in his.items():
        opened = bob.get(at.topic(topic))
        alice.submit(alice.get(at.topic(topic)), hers[topic], go="list")
        page = bob.submit(opened, typed, status=409)
        choices = dict.fromkeys(_asked(page), "mine")
        bob.submit(page, choices, KEEP)
        fields = bob.get(at.topic(topic)).fields("Save")
        expected = {name: [each] if isinstance(each, str) else each for name, each in typed.items()}
        assert {name: fields[name] for name in typed} == expected


def test_keeping_ones_own_mixes_in_nothing_of_the_colleagues(
    alice: Someone, bob: Someone, at: Addresses
) -> None:
    opened = bob.get(at.topic("scheme"))
    hers = {"agreed-scheme": "1", "agreed-scheme.evidence": "Hers.", "agreed-scheme.links": "x"}
    alice.submit(alice.get(at.topic("scheme")), hers, status=422)
    page = bob.submit(opened, {"agreed-scheme": "3"}, status=409)
    bob.submit(page, {"agreed-scheme.keep": "mine"}, KEEP)
    fields = bob.get(at.topic("scheme")).fields("Save")
    assert (fields["agreed-scheme"], fields["agreed-scheme.evidence"]) == (["3"], [""])


def test_an_emptied_answer_can_be_kept(alice: Someone, bob: Someone, at: Addresses) -> None:
    alice.submit(alice.get(at.topic("posts")), {"in-post": "10"})
    opened = bob.get(at.topic("posts"))
    alice.submit(alice.get(at.topic("posts")), {"in-post": "12"})
    page = bob.submit(opened, {"in-post": ""}, status=409)
    versions = [" ".join("".join(each.itertext()).split()) for each in page.of_class("hc-version")]
    assert [each[:10] for each in versions] == ["Answer12", "AnswerNone"]
    bob.submit(page, {"in-post.keep": "mine"}, KEEP)
    assert bob.get(at.topic("posts")).fields("Save")["in-post"] == [""]


def test_a_clash_with_oneself_in_another_window_says_so(alice: Someone, at: Addresses) -> None:
    opened = alice.get(at.topic("scheme"))
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "1"})
    page = alice.submit(opened, {"agreed-scheme": "3"}, status=409)
    assert "You, in another window, saved 10:30" in page.words


def test_what_was_saved_on_an_earlier_day_is_shown_with_its_day(
    alice: Someone, signed_in: Callable[[Person], Someone], at: Addresses, world: World
) -> None:
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "1"})
    world.clock.forward(timedelta(days=3))
    bob = signed_in(BOB)
    typed = {"agreed-scheme": "3", "agreed-scheme.revision": "0"}
    page = bob.submit(bob.get(at.topic("scheme")), typed, status=409)
    assert "Alice Archer, saved 10:30 on 2 March 2026" in page.words
    assert "Keep the one saved 10:30 on 2 March 2026" in page.words


def _asked(page: Page) -> list[str]:
    names = {each.get("name", "") for each in page.tree.iter("input")}
    return sorted(name for name in names if name.endswith(".keep"))


@pytest.mark.parametrize(
    ("typed", "said"), [("2026-09-30", "30 September 2026"), ("30 Sept", "30 Sept")]
)
def test_a_date_is_told_in_words_and_what_is_none_as_it_was_typed(
    world: World, typed: str, said: str
) -> None:
    opened = answers_workbooks.to_fill_in(world.as_(ALICE), world.northmeres.id)
    question = opened.questionnaire.questions["last-checked"]
    assert entry_words(opened, question, Entry((typed,)))[0] == ("Answer", said)
