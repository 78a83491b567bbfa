"""What the cells of an answers' workbook hold, and what they mean when it comes back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcheck.core import answers_workbooks as w
from healthcheck.core import questionnaires as q
from healthcheck.core.answers import Entry
from healthcheck.core.guidance import EvidenceGuide
from healthcheck.core.saving import BLANK, Offered
from healthcheck.core.sheets import Sheet
from tests.core.build import questionnaire, rating

if TYPE_CHECKING:
    from healthcheck.core.sheets import Cell

OPTIONS = (q.Option("manager", "The team manager."), q.Option("panel", "A panel"))
EVIDENCE = EvidenceGuide("Attach it.")
ASKED: tuple[q.Question, ...] = (
    rating("scheme", evidence=EVIDENCE),
    q.Choice(id="who", text="Who?", options=OPTIONS),
    q.MultipleChoice(id="seen", text="Where?", options=OPTIONS),
    q.YesNo(id="new", text="New?"),
    q.Number(id="posts", text="Posts?", decimals=1),
    q.Percentage(id="share", text="Share?", decimals=1),
    q.Date(id="day", text="Day?", maximum=date(2026, 12, 31)),
    q.ShortText(id="name", text="Name?"),
    q.LongText(id="more", text="More?"),
    q.Calculated(id="all", text="All", calculation=q.Calculation("sum", ("posts", "posts"))),
)
ASK = questionnaire(*ASKED)
HEADINGS = ("No.", w.ANSWER, w.REASON, w.EVIDENCE, w.LINKS, w.KEY, w.REVISION, w.REFERENCE)
HC = "HC-1"


def row(  # noqa: PLR0913, PLR0917 - the cells of a row
    key: str,
    answer: Cell = None,
    reason: Cell = None,
    evidence: Cell = None,
    links: Cell = None,
    revision: Cell = 0.0,
) -> tuple[Cell, ...]:
    return (None, answer, reason, evidence, links, key, revision, HC)


def read(*rows: tuple[Cell, ...]) -> w.Reading:
    return w.read(ASK, HC, [Sheet("How", [("Hello",)]), Sheet("Work", [HEADINGS, *rows])])


def said(reading: w.Reading) -> list[str]:
    return [str(each) for each in reading.bad]


@pytest.mark.parametrize(
    ("key", "cell", "value"),
    [
        ("scheme", "2. In place", "2"),
        ("scheme", "in  PLACE", "2"),
        ("scheme", 2.0, "2"),
        ("scheme", "9", "9"),
        ("who", "the team manager", "manager"),
        ("who", "panel", "panel"),
        ("new", "Yes", "yes"),
        ("new", True, "yes"),
        ("new", "perhaps", "perhaps"),
        ("posts", 12.5, "12.5"),
        ("posts", "1,234", "1,234"),
        ("share", 0.455, "45.5"),
        ("share", "45%", "45%"),
        ("day", date(2026, 9, 30), "2026-09-30"),
        ("day", "30/9/2026", "30/9/2026"),
        ("name", 2026.0, "2026"),
        ("more", "One\r\ntwo ", "One\ntwo"),
    ],
)
def test_a_cell_is_what_a_page_would_post(key: str, cell: Cell, value: str) -> None:
    found = read(row(key, cell))
    assert found.bad == ()
    assert found.rows[key].entry == Entry((value,))


def test_evidence_reason_and_the_save_it_was_made_from_are_read() -> None:
    found = read(
        row("scheme", None, " No teams. ", "Page 3", "https://a.example", 7.0), row("all", "12")
    )
    assert found.bad == ()
    entry = Entry((), not_applicable=True, reason="No teams.", evidence="Page 3",
                  links="https://a.example")  # fmt: skip
    assert found.rows == {"scheme": w.Row(entry, 7, found.rows["scheme"].at)}
    assert found.rows["scheme"].at == {
        "value": "Work!B2", "reason": "Work!C2", "evidence": "Work!D2", "links": "Work!E2",
    }  # fmt: skip


def test_several_answers_are_marked_in_rows_of_their_own() -> None:
    found = read(row("seen#panel", "x"), row("seen"), row("seen#manager", "Yes"), row("who"))
    assert found.rows["seen"].entry.value == ("panel", "manager")
    assert read(row("seen#panel", "no"), row("seen")).rows["seen"].entry == BLANK


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([row("who", "Perhaps")], "Work!B2: “Perhaps” is not one of the answers in the list"),
        ([row("scheme", "2", "Not us")], "Work!B2: Give an answer or a reason"),
        ([row("seen", None, "Not us"), row("seen#panel", "x")], "Work!B2: Give an answer or"),
        ([row("seen", "A panel")], "Work!B2: Answer below"),
        ([row("seen"), row("seen#panel", "maybe")], "Work!B3: Write Yes if this applies"),
        ([row("seen"), row("seen#nobody", "x")], "Work!F3: This row is of no answer here"),
        ([row("who#panel", "x")], "Work!F2: This row is of no answer here"),
        ([row("gone", "2")], "Work!F2: This row is of no question here"),
        ([row("", "our own words")], "Work!B2: This row is not one of the questions"),
        ([row("new", "Yes", evidence="Page 3")], "Work!D2: This question takes no evidence"),
        ([row("new", "Yes", revision="x")], "Work!G2: This cell was changed"),
        ([row("new", "Yes", revision=1e30)], "Work!G2: This cell was changed"),
        ([row("new", "Yes"), row("new", "No")], "Work!F3: This row is there twice, see Work!F2"),
    ],
)
def test_a_bad_cell_is_named_and_its_question_left_alone(
    rows: list[tuple[Cell, ...]], sentence: str
) -> None:
    found = read(*rows, row("posts", 3.0))
    assert len(found.bad) == 1
    assert said(found)[0].startswith(sentence)
    assert [name for name in found.rows if name not in {"posts", "seen"}] == []
    assert found.rows["posts"].entry == Entry(("3",))


def test_rows_of_our_own_without_an_answer_do_not_matter() -> None:
    assert read(("", None, "a remark"), row("new", "No")).bad == ()


def test_a_file_without_our_questions_is_refused() -> None:
    assert said(w.read(ASK, HC, [Sheet("A", [("x", "y")])]))[0].startswith("There are no questions")
    found = w.read(ASK, HC, [Sheet("A", [(w.KEY, w.ANSWER), ("new", "Yes")])])
    assert said(found)[0].startswith(f"A: There is no column “{w.REASON}”, “{w.EVIDENCE}”")
    other = w.read(ASK, "HC-2", [Sheet("Work", [HEADINGS, row("new", "Yes")])])
    assert said(other) == [f"{w.NOT_THIS_ONE} HC-2."]
    assert other.rows == {}


ENTRIES = st.builds(
    Entry,
    st.lists(
        st.sampled_from(
            ["1", "45%", " 1,234.5 ", "2026-9-3", "3/9/2026", "panel", "manager", "yes", "abc",
             "0.1234567", "-", "12", "9" * 12]
        ),
        max_size=2,
    ).map(tuple),
    st.booleans(),
    st.sampled_from(["", "Not us.", "One\r\ntwo"]),
    st.sampled_from(["", "Page 3", " spaced "]),
    st.sampled_from(["", "https://a.example\r\nhttps://b.example"]),
)  # fmt: skip


def returned(question: q.Question, entry: Entry) -> list[tuple[Cell, ...]]:
    """Return the rows a workbook has for an entry, as `reports.answers_workbooks` writes them."""
    takes = question.evidence is not None
    reason = entry.reason if entry.not_applicable else ""
    shown = w.cell_of(ASK, question, entry)
    rows = [
        row(question.id, shown, reason, entry.evidence if takes else "",
            entry.links if takes else "", 4.0)
    ]  # fmt: skip
    if isinstance(question, q.MultipleChoice) and not entry.not_applicable:
        rows += [
            row(f"{question.id}#{each.id}", "Yes" if each.id in entry.value else None)
            for each in OPTIONS
        ]
    return rows


@given(st.sampled_from(ASKED[:-1]), ENTRIES)
def test_a_row_that_nobody_touched_offers_the_entry_it_was_made_from(
    question: q.Question, entry: Entry
) -> None:
    found = read(*returned(question, entry))
    for question_id, line in found.rows.items():
        assert w.offered(ASK, {question_id: line}, {question_id: entry}) == {
            question_id: Offered(entry, 4)
        }


def test_a_row_that_was_touched_offers_what_it_says() -> None:
    found = read(row("posts", 13.0, revision=4.0)).rows
    assert w.offered(ASK, found, {"posts": Entry(("12",))}) == {"posts": Offered(Entry(("13",)), 4)}
    chosen = read(row("who", "A panel")).rows
    assert w.offered(ASK, chosen, {"who": Entry(("gone",))})["who"].entry == Entry(("panel",))
    assert w.offered(ASK, found, {}) == {"posts": Offered(Entry(("13",)), 4)}


def test_figures_and_dates_stand_in_their_cells_as_such() -> None:
    by_id = ASK.questions
    assert w.cell_of(ASK, by_id["posts"], Entry(("1,234.5",))) == 1234.5
    assert w.cell_of(ASK, by_id["share"], Entry(("45.5%",))) == 0.455
    assert w.cell_of(ASK, by_id["day"], Entry(("30 9 2026",))) == date(2026, 9, 30)
    assert w.cell_of(ASK, by_id["scheme"], Entry(("2",))) == "2. In place"
    assert w.cell_of(ASK, by_id["new"], Entry(("no",))) == "No"
    assert w.cell_of(ASK, by_id["name"], BLANK) is None
    assert w.cell_of(ASK, by_id["posts"], Entry(("many",))) == "many"
    assert w.choices(ASK, by_id["name"]) == ()
