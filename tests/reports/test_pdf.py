from __future__ import annotations

import gc
import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest

from healthcheck.reports import pdf
from healthcheck.reports.html import blank_html, page
from healthcheck.reports.view_model import report
from tests.core.build import journey, questionnaire, rating

from . import made

pytestmark = pytest.mark.slow

ROWS = "<tr><td>Row {}</td></tr>"


def test_the_parts_come_in_their_order(pages: list[str]) -> None:
    headings = [
        "Employer health check report",
        "Contents",
        "Summary",
        "All strengths and areas for improvement",
        *(f"Area {area.number}: {area.title}" for area in made.full_report().areas),
        "Workforce figures",
        "Suggested actions",
        "How scoring works",
        "Evidence list",
        "Unanswered and not applicable",
    ]
    text = " ".join(pages[2:])

    places = [text.index(heading) for heading in headings[2:]]

    assert places == sorted(places)
    assert headings[0] in pages[0]
    assert headings[1] in pages[1]


def test_the_cover_carries_the_facts(pages: list[str]) -> None:
    for fact in (
        "Northmere Council",
        "Children’s services",
        "Cycle 2026",
        "Reference EHC-2026-0001",
        "Status Draft, not signed off",
        "Answers as of 2 March 2026",
        "DRAFT This report is not signed off.",
        "not the official 39 steps",
    ):
        assert fact in pages[0]


def test_contents_give_the_page_each_part_begins_on(pages: list[str]) -> None:
    listed = re.findall(r"([A-Z][^.]*?) (?:\. ?)+ ?(\d+)", pages[1].removeprefix("Contents"))

    assert len(listed) == 12
    for title, number in listed:
        name = title.split("Contents ")[-1].strip()
        assert name in pages[int(number) - 1], name


def test_every_page_has_its_number_and_says_draft(pages: list[str]) -> None:
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
        assert "DRAFT" in text
        assert "EHC-2026-0001" in text


def test_a_report_that_is_signed_off_never_says_draft() -> None:
    asked = questionnaire(rating("a"))
    signed = replace(made.SUBJECT, signed_off=True)

    text = made.pages_of(pdf.render(page(report(signed, asked, journey(asked, {"a": 3})))))

    assert [each for each in text if "DRAFT" in each] == []
    assert "Signed off" in text[0]


def test_the_summary_is_one_page(pages: list[str]) -> None:
    summary = made.full_report().summary

    assert made.page_with(
        pages,
        summary.score.sentence,
        summary.score.route.sentence,
        *(each.sentence for each in summary.strengths),
        *(each.sentence for each in summary.improvements),
        summary.improvements_note,
    ) == [3]


def test_a_question_stays_with_its_answer_when_it_runs_over_a_page(pages: list[str]) -> None:
    for area in made.full_report().areas:
        for topic in area.topics:
            for row in topic.questions:
                heading = f"{row.number} {row.text} {row.level}. {row.answer} {row.points}"
                assert len(made.page_with(pages, heading)) == (row.level is not None), row.number


def test_no_row_of_the_actions_is_split(pages: list[str]) -> None:
    actions = made.full_report().actions

    for each in actions:
        cells = (each.finding, each.quick_win, each.longer_step, each.when, each.measure)
        assert len(made.page_with(pages, *cells)) == 1, each.question.number
    assert len(actions) > 8


def test_heads_of_tables_repeat_on_each_page(pages: list[str]) -> None:
    first = made.page_with(pages, "Evidence list")[-1]
    last = made.page_with(pages, "Unanswered and not applicable")[-1]

    holding = [
        number
        for number, text in enumerate(pages[first - 1 : last], start=first)
        if "https://northmere.example/policy" in text or "File: Policy (agreed).pdf" in text
    ]

    assert made.page_with(pages, "No. Question Evidence given") == holding
    assert len(holding) > 1


@pytest.mark.parametrize("rows", range(34, 44))
def test_the_last_page_of_a_table_has_two_rows_at_least(rows: int) -> None:
    body = "".join(ROWS.format(each) for each in range(1, rows + 1))
    style = re.search("<style>.*</style>", blank_html(questionnaire(rating("a"))), re.DOTALL)
    assert style is not None
    html = (
        f"<html lang=en><title>Rows</title>{style[0]}"
        f"<table><thead><tr><th>Head</th></tr></thead><tbody>{body}</tbody></table>"
    )

    last = made.pages_of(pdf.render(html))[-1]

    assert last.count("Row ") >= 2


def test_the_same_page_makes_the_same_bytes_in_any_process() -> None:
    html = page(made.report_of(questionnaire(rating("a"), rating("b")), {"a": 1, "b": 3}))
    program = """
import sys
from healthcheck.reports import pdf
sys.stdout.buffer.write(pdf.render(sys.stdin.read()))
"""

    elsewhere = subprocess.run(
        [sys.executable, "-c", program],
        input=html.encode(),
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONHASHSEED": "7", "PYTHONUTF8": "1", "TZ": "Asia/Tokyo"},
    ).stdout

    assert pdf.render(html) == elsewhere
    assert pdf.render(html) == elsewhere


def test_a_second_rendering_frees_what_the_first_left() -> None:
    pdf.render("<html lang=en><title>x</title><p>Words</p></html>")
    left = gc.get_freeze_count()

    pdf.render("<html lang=en><title>x</title><p>Words</p></html>")

    assert 0 < gc.get_freeze_count() < left * 1.1


def test_our_pages_are_xml_and_read_the_fast_way() -> None:
    asked = questionnaire(rating("a"), rating("b", essential=True, caps_at="Low"))

    for html in (
        page(made.full_report()),
        page(made.report_of(asked, {})),
        blank_html(made.shipped()),
        blank_html(asked, made.SUBJECT.facts),
    ):
        assert pdf.Page(html).etree_element.tag == "html"


@pytest.mark.parametrize("on", [True, False])
def test_rendering_leaves_the_garbage_collector_as_it_was(*, on: bool) -> None:
    was_on = gc.isenabled()
    (gc.enable if on else gc.disable)()
    try:
        pdf.render("<html lang=en><title>x</title><p>Words</p>")
        assert gc.isenabled() is on
    finally:
        (gc.enable if was_on else gc.disable)()
