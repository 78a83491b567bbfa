"""The plan's papers as PDFs, read back."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

import pytest

from healthcheck.core.plans import Delivery, Owner
from healthcheck.reports import pdf
from healthcheck.reports.plan_groups import owner_pack, plan_by_area
from healthcheck.reports.plan_html import FORMS, paper
from healthcheck.reports.plan_parts import Form
from healthcheck.reports.view_last_year import Earlier
from healthcheck.reports.view_model import report
from tests.plan_made import full_action, note, plan
from tests.plan_of_many import sources

from . import made

if TYPE_CHECKING:
    from healthcheck.reports.plan_view import PlanSources
    from healthcheck.reports.view_model import Report

pytestmark = pytest.mark.slow

FORM_NAMES: tuple[Form, ...] = get_args(Form)
PRINTED: tuple[Form, ...] = tuple(each for each in FORM_NAMES if each != "by-due")
"""The plan by due date is the same template as by area, so it is not rendered here."""
MANY, OWNERS = 18, 4
WIDE = "WWWWWW MMMMMMMM " * 40


@dataclass(frozen=True)
class Made:
    """A paper: what it was made from, its page as HTML, its PDF and the text of each page."""

    sources: PlanSources
    html: str
    pdf: bytes
    pages: list[str]


def draw(form: Form, given: PlanSources) -> str:
    def scores() -> Report:
        last = Earlier("2025", given.questionnaire, given.journey, given.facts)
        return report(made.SUBJECT, given.questionnaire, given.journey, last)

    return paper(form, given, scores)


def print_(form: Form, given: PlanSources) -> Made:
    html = draw(form, given)
    content = pdf.render(html)
    return Made(given, html, content, made.pages_of(content))


@pytest.fixture(scope="module", name="given")
def plan_of_many() -> PlanSources:
    return sources(made.shipped(), MANY, OWNERS)


@pytest.fixture(scope="module", name="papers")
def papers_of_many(given: PlanSources) -> dict[Form, Made]:
    few = replace(given, actions=given.actions[:4])
    return {form: print_(form, few if form == "sheets" else given) for form in PRINTED}


@pytest.fixture(scope="module", name="wide")
def papers_of_wide_letters() -> dict[Form, Made]:
    """The two papers of one page, with more text everywhere than they have room for."""
    owner = Owner(name=WIDE[:200], role=WIDE[:200])
    actions = tuple(
        full_action(
            each,
            finding=WIDE,
            action=WIDE,
            measure=WIDE,
            reason=WIDE,
            owner=owner,
            delivery=Delivery.OFF_TRACK if each % 2 else Delivery.AT_RISK,
        )
        for each in range(1, 9)
    )
    base = replace(sources(made.shipped(), 0), employer=WIDE, chosen=f"Only part of it: {WIDE}")
    wide = replace(base, plan=plan(*actions), actions=actions)
    return {form: print_(form, wide) for form in ("board", "poster")}


def starts(pages: list[str], words: str) -> list[int]:
    """The numbers of the pages whose own text, after the running line, starts with these words."""
    return [
        number
        for number, text in enumerate(pages, start=1)
        if made.solid(words) in made.solid(text)[: len(made.solid(words)) + 60]
    ]


def test_groups_and_their_actions_come_in_order(papers: dict[Form, Made]) -> None:
    whole = papers["whole"]
    text = made.solid(" ".join(whole.pages))
    groups = plan_by_area(whole.sources).groups

    titles = [text.index(made.solid(f"{each.title} {each.counts}")) for each in groups]
    assert titles == sorted(titles)
    assert len(groups) > 3
    for group, (start, end) in zip(groups, pairwise([*titles, len(text)]), strict=True):
        places = [
            text.index(made.solid(f"{row.reference} {row.priority} priority"), start, end)
            for row in group.rows
        ]
        assert places == sorted(places), group.title


def test_no_row_is_split(papers: dict[Form, Made]) -> None:
    shown = papers["whole"]
    for group in plan_by_area(shown.sources).groups:
        for row in group.rows:
            assert not row.is_long
            cells = (
                f"{row.reference} {row.priority} priority",
                *row.action,
                *row.outcome,
                row.success,
                row.owner,
                row.due,
                row.status.word,
                *row.reason,
                *row.recovery,
                *row.evidence,
                *(row.latest.paragraphs if row.latest else ()),
            )
            assert len(made.page_with(shown.pages, *cells)) == 1, row.reference


def test_heads_repeat_on_every_page_with_actions(papers: dict[Form, Made]) -> None:
    head = "Action Finding and what will be done Owner Dates How it is going"
    pages = papers["whole"].pages

    holding = [
        number
        for number, text in enumerate(pages, start=1)
        if re.search(r"A\d+ (High|Medium|Low) priority", text)
    ]

    assert made.page_with(pages, head) == holding
    assert len(holding) > len(plan_by_area(papers["whole"].sources).groups)


@pytest.mark.parametrize("form", PRINTED)
def test_every_page_has_its_number_and_the_day(papers: dict[Form, Made], form: Form) -> None:
    pages = papers[form].pages
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
        assert "EHC-2026-0001" in text
        assert "as at 23 November 2026" in text


def test_each_owner_begins_on_a_page_of_their_own(papers: dict[Form, Made]) -> None:
    pack = papers["owners"]
    owners = owner_pack(pack.sources).owners
    first = [starts(pack.pages, each.title) for each in owners]

    assert [len(each) for each in first] == [1] * len(owners)
    begins = [*(each[0] for each in first), len(pack.pages) + 1]
    assert begins[0] == 1
    assert begins == sorted(set(begins))
    for owner, (start, end) in zip(owners, pairwise(begins), strict=True):
        own = pack.pages[start - 1 : end - 1]
        for row in owner.rows:
            assert len(made.page_with(own, f"{row.reference} ", *row.action)) == 1, row.reference
        assert "Line manager" in own[-1]
        assert re.search(r"A\d+ ", own[-1]), "lines to sign are never alone on a page"
    assert sum(len(each.rows) for each in owners) == MANY


def test_owner_pages_have_a_box_to_tick_for_each_action(papers: dict[Form, Made]) -> None:
    html = papers["owners"].html

    done = sum(
        each.progress.delivery is Delivery.COMPLETE for each in papers["owners"].sources.actions
    )
    assert html.count('<td class="tick') == MANY
    assert html.count('<td class="tick ticked">') == done
    assert html.count('<td class="write"></td>') == MANY


def test_each_action_has_a_sheet_with_everything_on_it(papers: dict[Form, Made]) -> None:
    made_sheets = papers["sheets"]
    for each in made_sheets.sources.actions:
        title = re.compile(rf"^Action {each.reference} (Area|Not in one area)")
        (page,) = (made.solid(text) for text in made_sheets.pages if title.search(text))
        details, progress = each.details, each.progress
        told = (
            details.action,
            details.finding,
            details.outcome,
            details.owner.name,
            details.resources,
            progress.delivery.word,
            progress.reason,
            progress.recovery,
            progress.evidence,
            *(one.text for one in made_sheets.sources.plan.notes.get(each.id, ())),
        )
        assert [text for text in told if made.solid(text) not in page] == [], each.reference
    text = " ".join(made_sheets.pages)
    for line in ("For the staff side", "Manager who reviewed it", "Progress, by hand"):
        assert text.count(line) == len(made_sheets.sources.actions)


@pytest.mark.parametrize("form", ["board", "poster"])
def test_one_page_is_one_page_however_much_is_written(
    papers: dict[Form, Made], wide: dict[Form, Made], form: Form
) -> None:
    assert [len(each[form].pages) for each in (papers, wide)] == [1, 1]


def test_the_board_summary_holds_scores_risks_and_progress(papers: dict[Form, Made]) -> None:
    (page,) = papers["board"].pages
    parts = [
        "Health check: summary for the board",
        "out of 100",
        "No change since 2025",
        "The 5 areas",
        "Since then",
        "The biggest risks",
        "How the five are chosen",
        "Progress of the plan",
        "Cancelled",
    ]
    places = [page.index(each) for each in parts]
    assert places == sorted(places)


@pytest.mark.parametrize("form", PRINTED)
def test_every_paper_is_tagged(papers: dict[Form, Made], form: Form) -> None:
    content = papers[form].pdf
    document, elements = made.opened(content), made.structure(content)

    assert str(document.Root.Lang) == "en-GB"
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"].endswith("Northmere Council, Children’s services, 2026")
    levels = [int(str(each.S)[2]) for each in elements if re.match("/H[1-6]", str(each.S))]
    assert levels[0] == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []
    heads = made.named(elements, "TH")
    assert heads
    assert {str(each.A.Scope) for each in heads} <= {"/Column", "/Row"}
    for drawn in document.pages:
        for font in drawn.Resources.Font.values():
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


@pytest.mark.parametrize("form", PRINTED)
def test_a_status_is_always_a_word_with_its_sign(papers: dict[Form, Made], form: Form) -> None:
    spans = re.findall(r'<span class="status ([a-z-]+)">(\S) ([^<]+)</span>', papers[form].html)

    signs = {each.name.lower().replace("_", "-"): each.symbol for each in Delivery}
    assert len(spans) == papers[form].html.count('class="status ')
    assert spans
    assert {(pattern, signs[pattern]) for pattern, _, _ in spans} == {
        (pattern, symbol) for pattern, symbol, _ in spans
    }


@pytest.mark.parametrize(
    ("form", "says", "pages"),
    [
        ("whole", "Nothing has been taken up into this plan yet", 2),
        ("owners", "There is no action to print a page for", 1),
        ("sheets", "There is no action to print a sheet for", 1),
        ("board", "There are no actions in the plan yet", 1),
        ("poster", "The plan is being written", 1),
    ],
)
def test_an_empty_plan_has_a_decent_sheet(form: Form, says: str, pages: int) -> None:
    empty = print_(form, sources(made.shipped(), 0))

    assert says in " ".join(empty.pages)
    assert len(empty.pages) == pages


@pytest.mark.parametrize("form", FORM_NAMES)
def test_a_choice_is_said_on_paper_and_finds_nothing_politely(form: Form) -> None:
    part = replace(sources(made.shipped(), 0), chosen="Only part of the plan. Team: Practice.")
    html = draw(form, part)

    assert ("Team: Practice." in html) is True
    if form in {"whole", "by-due", "owners", "sheets"}:
        assert "Choose again on the screen." in html


def test_whatever_people_typed_is_printed_as_typed_and_nothing_is_lost() -> None:
    words = " ".join(f"word{each}" for each in range(400))
    hostile = '<script>x</script> <img src="file:///etc/passwd">'
    given = full_action(1, finding=words, action=hostile, outcome=made.ARABIC, reason=made.WELSH)
    odd = replace(
        sources(made.shipped(), 0),
        plan=plan(given, notes={given.id: (note(given.id, words),)}),
        actions=(given,),
    )

    whole, sheet = print_("whole", odd), print_("sheets", odd)

    for each in (whole, sheet):
        text = made.solid(" ".join(each.pages))
        assert made.solid(hostile) in text
        assert made.solid(made.WELSH) in text
        assert text.count("word399") == 2
        assert '<p class="does' in each.html
        assert 'dir="rtl"' in each.html


def test_all_papers_are_read_the_fast_way(papers: dict[Form, Made]) -> None:
    for each in papers.values():
        assert pdf.Page(each.html).etree_element.tag == "html"
    assert {*papers, "by-due"} == set(FORMS)
