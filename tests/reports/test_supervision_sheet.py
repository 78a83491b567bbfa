"""The supervision sheet: one worker's, on A4, tagged, with room for scores and signatures."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.workload.calculating import calculate
from healthcheck.core.workload.snapshots import Case, Reduction, Snapshot, Worker
from healthcheck.definitions import library
from healthcheck.reports import pdf
from healthcheck.reports.supervision_sheet import SheetSources, sheet, supervision_sheet
from healthcheck.resources import folder

from . import made

if TYPE_CHECKING:
    from healthcheck.core.workload.results import Result

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 2)
CASES, WIDE = 17, "WWWWWW " * 12
SCHEMES = ("contracted-hours", "ne-london-points", "priority-factors", "simple-count")


def results(*names: str, name: str = "Amina Begum", cases: int = CASES) -> tuple[Result, ...]:
    off = (
        Reduction(Fraction(4), "hours", "Practice education"),
        Reduction(Fraction(2), "hours", "An earlier project", ends=date(2026, 1, 1)),
    )
    workers = (
        Worker(id="ab", name=name, grade="Senior", contracted_hours=Fraction(30), reductions=off),
        Worker(id="cd", name="Colin Dean", newly_qualified=True),
    )
    mine = (
        Case(
            id=f"c{number}",
            worker_id="ab",
            kind="child-protection",
            reference=f"DT-{1040 + number}",
            scores={"risk": Fraction(number % 6), "time": Fraction(7, 2)},
            agreed_by_supervisor=number % 3 != 1,
            agreed_by_worker=number % 4 > 1,
        )
        for number in range(cases)
    )
    theirs = Case(id="x", worker_id="cd", reference="COLINS-1")
    snapshot = Snapshot("Duty North", DAY, workers, (*mine, theirs))
    known = library.load(folder("questionnaires")).schemes.by_id
    return tuple(calculate(known[each], snapshot) for each in names)


def sources(made_of: tuple[Result, ...], worker_id: str = "ab") -> SheetSources:
    return SheetSources(
        employer="Northmere Council",
        team="Duty North",
        service="Children’s services",
        worker_id=worker_id,
        results=made_of,
        refused=(),
        today=date(2026, 11, 23),
    )


@pytest.fixture(scope="module", name="printed")
def printed_sheet() -> tuple[bytes, str]:
    content = pdf.render(supervision_sheet(sources(results(*SCHEMES))))
    return content, made.solid(" ".join(made.pages_of(content)))


def test_it_has_the_load_the_working_and_every_case(printed: tuple[bytes, str]) -> None:
    _, text = printed
    for each in (
        "Amina Begum, Duty North, Children’s services, Northmere Council.",
        "The snapshot of 2 November 2026, printed on 23 November 2026.",
        "■ Red 194%, 65.73 too much",
        "Capacity: 100 points × 30 of 37 hours × 26 of 30 hours left = 70.27 points.",
        "4 hours for Practice education",
        "It supports supervision and a manager's judgement.",
        "It is a crude comparison",
    ):
        assert made.solid(each) in text
    assert all(f"DT-{1040 + number}" in text for number in range(CASES))


def test_it_has_room_for_agreed_scores_and_both_signatures(printed: tuple[bytes, str]) -> None:
    _, text = printed
    for each in (
        "Write the score you agree beside it.",
        "New case",
        "Agreed and signed: worker",
        "Agreed and signed: supervisor",
        "What we agreed",
        "Re-allocate cases",
    ):
        assert made.solid(each) in text


def test_a_usual_caseload_is_one_page_in_which_the_schemes_share_a_table(
    printed: tuple[bytes, str],
) -> None:
    (table,) = sheet(sources(results(*SCHEMES))).tables
    looks = [each.look for each in table.columns]
    assert looks == ["how", "agrees", "total", *["box"] * 3, "by"]
    assert len(made.pages_of(printed[0])) == 1


def test_a_score_that_one_of_two_agreed_says_which() -> None:
    (table,) = sheet(sources(results(*SCHEMES))).tables
    assert table.columns[-1].heading == "Agreed by"
    assert table.columns[-1].text[:5] == ("Supervisor", "Neither", "Both", "Both", "Neither")
    assert table.columns[-1].text[7] == "Worker"


def test_a_scheme_that_has_no_room_left_gets_a_table_of_its_own() -> None:
    many = sheet(sources(results("contracted-hours", "hours-planner", "ne-london-points")))
    assert [len(each.columns) for each in many.tables] == [4, 5]
    assert "Other: no figure." in supervision_sheet(
        replace(sources(results("simple-count")), refused=("Other: no figure.",))
    )
    assert sheet(sources(results("priority-factors"))).tables == ()


def test_of_the_others_there_is_nothing_on_it() -> None:
    html = supervision_sheet(sources(results(*SCHEMES)))
    assert "Colin" not in html
    assert "COLINS" not in html
    assert "An earlier project" not in html


def test_it_is_tagged_and_keeps_to_a4(printed: tuple[bytes, str]) -> None:
    content, _ = printed
    document, elements = made.opened(content), made.structure(content)

    assert str(document.Root.Lang) == "en-GB"
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"].startswith("Supervision sheet: Amina Begum")
    levels = [int(str(each.S)[2]) for each in elements if re.match("/H[1-6]", str(each.S))]
    assert levels[0] == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []
    assert {str(each.A.Scope) for each in made.named(elements, "TH")} <= {"/Column", "/Row"}
    assert {tuple(map(round, page.mediabox[2:])) for page in made.read(content).pages} == {
        (595, 842)
    }


def test_the_lights_are_told_apart_without_colour() -> None:
    html = supervision_sheet(sources(results("contracted-hours")))
    assert '<span class="status lamp-red">■ Red</span>' in html
    style = (folder("report_templates") / "plan.css").read_text(encoding="utf-8")
    assert {*re.findall(r"^\.lamp-(\w+) \{ border", style, re.MULTILINE)} == {
        "amber", "red", "blue"
    }  # fmt: skip


def test_somebody_without_hours_or_cases_gets_a_decent_sheet() -> None:
    bare = sheet(sources(results("contracted-hours", cases=0), "cd"))
    assert dict(bare.facts) == {
        "Grade": "Not given",
        "Contracted hours": "Not given",
        "Newly qualified": "Yes",
        "Protected time": "None",
    }
    (scheme,) = bare.schemes
    assert (scheme.line.lamp, scheme.line.capacity) == (None, "Not known")
    assert "there is no capacity" in " ".join(scheme.working)


def test_what_people_typed_is_printed_as_typed() -> None:
    hostile = '<img src="file:///etc/passwd"> ' + made.ARABIC[:30]
    given = sources(results("contracted-hours", name=hostile))
    html = supervision_sheet(replace(given, employer=WIDE))
    assert "<img" not in html
    assert 'dir="rtl"' in html or "bdi" in html
    assert len(made.pages_of(pdf.render(html))) <= 3
