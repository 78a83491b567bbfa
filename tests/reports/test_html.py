from __future__ import annotations

from dataclasses import replace

import pytest

from healthcheck.core import questionnaires as q
from healthcheck.core.answers import Answer, Attachment
from healthcheck.core.facts import Facts
from healthcheck.reports.html import blank_html, breakable, direction, page
from healthcheck.reports.view_model import Subject, report
from tests.core.build import journey, questionnaire, rating

from . import made

HOSTILE = '<script>x</script><img src=file:///etc/passwd><link rel="attachment" href=x>{{ 7*7 }}'


@pytest.mark.parametrize(
    ("text", "way"),
    [("Hello", "ltr"), ("123 — مرحبا Hello", "rtl"), ("שלום", "rtl"), ("123", "ltr"), ("", "ltr")],
)
def test_the_first_strong_letter_decides_the_direction(text: str, way: str) -> None:
    assert direction(text) == way


def test_an_endless_word_may_be_broken_and_others_stay_as_typed() -> None:
    assert breakable("short " + "y" * 80) == "short " + "y" * 80
    assert breakable("a" * 45 + "b" * 45) == "\u200b".join(
        ["a" * 20, "a" * 20, "a" * 5 + "b" * 15, "b" * 20, "b" * 10]
    )


def test_everything_people_type_comes_out_as_text() -> None:
    asked = questionnaire(rating("a"), rating("b"), q.LongText(id="t", text="How?"))
    file = Attachment("f", HOSTILE, "text/plain", 1, "0")
    values: dict[str, Answer | str] = {
        "a": Answer(2, evidence=HOSTILE, attachments=(file,)),
        "b": Answer(not_applicable=HOSTILE),
        "t": HOSTILE,
    }
    subject = Subject(HOSTILE, Facts("<b>", "wales", "other"), HOSTILE, HOSTILE, made.SUBJECT.as_at)

    html = page(report(subject, asked, journey(asked, values)))

    assert "<script>x" not in html
    assert "<img" not in html
    assert "<link" not in html
    assert "{{ 7*7 }}" in html
    assert html.count("&lt;script&gt;x&lt;/script&gt;") > 10


def test_the_questionnaires_own_words_are_escaped_too() -> None:
    asked = replace(questionnaire(rating("a")), title="<b>T</b>", about="<i>", source="<u>")

    for html in (page(made.report_of(asked, {})), blank_html(asked)):
        assert ("<b>T" in html, "<i>" in html, "<u>" in html) == (False, False, False)
        assert "&lt;b&gt;T&lt;/b&gt;" in html


def test_right_to_left_words_are_set_right_to_left() -> None:
    asked = questionnaire(rating("a"))

    html = page(made.report_of(asked, {"a": Answer(1, evidence="مرحبا\n\nHello")}))

    assert '<p dir="rtl">مرحبا</p>' in html
    assert "<p>Hello</p>" in html


def test_a_files_name_keeps_its_end_at_its_end_in_whatever_script_it_begins() -> None:
    file = Attachment("f", "ملف مهم _1_.txt", "text/plain", 1, "0")
    asked = questionnaire(rating("a"))

    html = page(made.report_of(asked, {"a": Answer(1, attachments=(file,))}))

    assert 'File: <bdi dir="ltr">ملف مهم _1_.txt</bdi>, 1 byte' in html


def test_a_long_employers_name_is_shortened_only_in_the_running_header() -> None:
    name = "Council " * 20
    subject = replace(made.SUBJECT, employer=name.strip())
    asked = questionnaire(rating("a"))

    html = page(report(subject, asked, journey(asked, {})))

    assert f'data-running="{name[:59].rstrip()}…, Children’s services"' in html
    assert name.strip() in html


def test_only_a_draft_says_draft() -> None:
    asked = questionnaire(rating("a"))
    signed = replace(made.SUBJECT, signed_off=True)

    assert "DRAFT" in page(report(made.SUBJECT, asked, journey(asked, {})))
    assert "DRAFT" not in page(report(signed, asked, journey(asked, {})))


def test_the_same_report_makes_the_same_page() -> None:
    assert page(made.full_report()) == page(made.full_report())
