from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from healthcheck.core.plans import Declined, Delivery, LevelUpdate, Origin, Owner
from healthcheck.reports.plan_groups import (
    FEWEST_LINES,
    MOST_LINES,
    empty_lines,
    owner_pack,
    plan_by_area,
    plan_by_due,
    sheets,
)
from healthcheck.reports.plan_parts import ActionRow, NoteRow, Status
from healthcheck.reports.plan_view import action_row, counted, heading, success, without
from healthcheck.reports.view_questions import pointers
from tests.plan_made import NOBODY, PRIYA, THEN, TODAY, TOM, action, full_action, note

from .plan_sources import ASKED, row, sources


def test_an_action_that_goes_on_next_year_says_so() -> None:
    given = action(1)
    papers = replace(sources(given), carried_on=frozenset({given.id}))
    assert action_row(papers, given).goes_on


def test_everything_of_an_action_is_said() -> None:
    given = full_action(7, question_id="a")

    found = row(given, notes={given.id: (note(given.id, "Met them.\n\nAgain in May."),)})

    assert found == ActionRow(
        reference="A7",
        origin="From an answer",
        question=pointers(ASKED)["a"],
        area="Area 1: Area load",
        finding=("There is no agreed way to tell when somebody has too much work.",),
        action=(given.details.action,),
        outcome=("Everybody knows how much work is safe.",),
        success="Social workers over their safe level: from 34% to 10%",
        owner="Priya Shah",
        role="Principal social worker",
        team="Practice",
        resources=("Two days a month of a senior practitioner",),
        start="1 October 2026",
        due="31 March 2027",
        review="15 January 2027",
        completed="",
        priority="High",
        rating="Now “1. Partly in place”, aims at “2. In place”.",
        status=Status("At risk", "▲", "at-risk"),
        reason=("Two of the three test teams have not begun.",),
        recovery=("The head of service meets both managers in December.",),
        evidence=(),
        notes=(NoteRow("5 November 2026", "Tom Reed", ("Met them.", "Again in May.")),),
        is_open=True,
        is_done=False,
        has_date=True,
        goes_on=False,
    )


def test_a_bare_action_leaves_the_rest_blank() -> None:
    found = row(action(1, owner=NOBODY, origin=Origin.OWN))

    assert (found.owner, found.role, found.due) == ("Nobody yet", "", "No due date")
    assert (found.area, found.question, found.rating) == ("Not in one area", None, "")
    assert (found.latest, found.success, found.origin) == (None, "", "Added by the employer")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"due": date(2026, 11, 11)}, "12 days overdue"),
        ({"due": date(2026, 11, 22)}, "1 day overdue"),
        ({"due": TODAY}, ""),
        ({"due": date(2026, 11, 11), "delivery": Delivery.COMPLETE}, ""),
    ],
)
def test_what_is_overdue_is_computed(given: dict[str, Any], said: str) -> None:
    assert row(action(1, **given)).status.late == said


def test_no_date_gives_its_reason() -> None:
    assert row(action(1, no_date_reason="It waits.")).due == "No due date: It waits."


def test_a_rating_that_rose_in_the_year_is_told() -> None:
    given = action(1, question_id="a", target_level=3)
    update = LevelUpdate("a", given.id, 1, 2, "", "Priya Shah", THEN)

    assert row(given, updates=(update,)).rating == "Now “2. In place”, aims at “3. Embedded”."
    assert row(action(1, target_level=9)).rating == "Aims at “9”."


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"measure": "All use it."}, "All use it."),
        ({"measure": "Share", "baseline": "1", "target": "2"}, "Share: from 1 to 2"),
        ({"measure": "Share.", "baseline": "1"}, "Share: now 1"),
        ({"target": "2"}, "Target 2"),
        ({}, ""),
    ],
)
def test_success_has_its_baseline_and_target(given: dict[str, str], said: str) -> None:
    assert success(action(1, **given).details) == said


@pytest.mark.parametrize(
    ("owner", "said"),
    [
        (TOM, ("Tom Reed", "Head of human resources", "Workforce")),
        (Owner(role="Union"), ("Union", "", "")),
        (Owner(team="Estates"), ("Estates", "", "Estates")),
    ],
)
def test_an_owner_without_a_name_is_called_what_is_known(
    owner: Owner, said: tuple[str, str, str]
) -> None:
    found = row(action(1, owner=owner))
    assert (found.owner, found.role, found.team) == said


def test_a_note_tells_how_it_came() -> None:
    given = action(1)
    notes = (
        replace(note(given.id, "a"), way="link"),
        replace(note(given.id, "b"), way="workbook"),
    )

    said = [each.by for each in row(given, notes={given.id: notes}).notes]

    assert said == ["Tom Reed, by a link", "Tom Reed, in a workbook"]


def test_actions_are_counted_by_how_they_are_going() -> None:
    late = action(2, due=date(2026, 11, 1))

    assert counted([action(1), late, action(3, delivery=Delivery.AT_RISK)], TODAY) == (
        "3 actions: 2 on track and 1 at risk. 1 is overdue."
    )
    assert counted([action(1), action(2)], TODAY) == "2 actions: 2 on track."
    assert counted([], TODAY) == "No actions."


def test_the_head_of_a_paper_says_whose_it_is_and_what_was_chosen() -> None:
    head = heading(sources(action(1), chosen="Only part of the plan. Team: Practice."), "Plan")

    assert (head.employer, head.service, head.cycle) == (
        "Northmere Council",
        "Children’s services",
        "2026",
    )
    assert (head.as_at, head.as_at_iso) == ("23 November 2026", "2026-11-23")
    assert (head.chosen, head.counts) == (
        "Only part of the plan. Team: Practice.",
        "1 action: 1 on track.",
    )


def test_the_plan_is_grouped_as_on_the_screen() -> None:
    given = (
        action(1, question_id="c", due=date(2026, 11, 1)),
        action(2, area_id="load", due=date(2027, 6, 1)),
        action(3),
        action(4, question_id="a", delivery=Delivery.COMPLETE),
    )

    by_area, by_due = plan_by_area(sources(*given)), plan_by_due(sources(*given))

    assert [(each.title, [row.reference for row in each.rows]) for each in by_area.groups] == [
        ("Area 1: Area load", ["A2", "A4"]),
        ("Area 2: Area tools", ["A1"]),
        ("Not in one area", ["A3"]),
    ]
    assert [(each.title, [row.reference for row in each.rows]) for each in by_due.groups] == [
        ("Overdue", ["A1"]),
        ("Later", ["A2"]),
        ("No due date", ["A3"]),
        ("Complete or cancelled", ["A4"]),
    ]
    assert by_area.groups[0].counts == "2 actions: 1 on track and 1 complete."


def test_weak_answers_without_an_action_stand_only_in_the_whole_plan() -> None:
    declined = {
        each: Declined(each, 0, "It moves.", "Priya Shah", THEN) for each in ("b", "a", "gone")
    }
    tackled, other = action(1, question_id="a"), action(2)

    found = plan_by_area(sources(tackled, other, declined=declined)).without

    assert [(each.question.number, each.level, each.by) for each in found] == [
        ("1.2", "0. Not in place", "Priya Shah, 1 October 2026")
    ]
    numbers = [each.question.number for each in plan_by_due(sources(declined=declined)).without]
    assert numbers == ["1.1", "1.2"]
    assert plan_by_area(sources(declined=declined, chosen="Part.")).without == ()
    assert without(sources(), declined["gone"]) is None


def test_each_owner_has_a_page_with_open_actions_first_and_nobodys_last() -> None:
    done = {"delivery": Delivery.COMPLETE, "due": date(2026, 10, 1)}
    given = (
        action(1, owner=NOBODY),
        action(2, owner=TOM),
        action(3, owner=PRIYA, **done),
        action(4, owner=replace(PRIYA, name=" priya  shah ", role="Lead")),
    )

    pages = owner_pack(sources(*given)).owners

    assert [(each.title, [row.reference for row in each.rows]) for each in pages] == [
        ("Actions of Priya Shah", ["A4", "A3"]),
        ("Actions of Tom Reed", ["A2"]),
        ("Actions without an owner", ["A1"]),
    ]
    assert (pages[0].role, pages[0].team) == ("Lead; Principal social worker", "Practice")


def test_a_sheet_has_as_many_empty_lines_as_its_page_has_room_for() -> None:
    little, much = row(action(1)), row(full_action(1, question_id="a"))
    notes = tuple(note("action-1", "They asked for more time. " * 4) for _ in range(3))
    more = row(full_action(1, question_id="a"), notes={"action-1": notes})

    assert empty_lines(little) == MOST_LINES
    assert FEWEST_LINES <= empty_lines(much) < MOST_LINES
    assert empty_lines(more) == MOST_LINES, "its table goes on to a second page"
    assert [each.lines for each in sheets(sources(action(1))).sheets] == [MOST_LINES]


def test_only_a_row_that_may_need_more_than_a_page_can_be_split() -> None:
    assert not row(full_action(1)).is_long
    for part, words in (("outcome", 450), ("reason", 210), ("resources", 150)):
        assert row(full_action(1, **{part: "word " * words})).is_long, part
        assert not row(full_action(1, **{part: "word " * (words // 2)})).is_long, part
    assert row(action(1, no_date_reason="word " * 150)).is_long
    long = note("action-1", "word " * 400)
    found = row(action(1), notes={"action-1": (long,)})
    assert found.is_long
    assert found.notes[0].is_long
    assert not found.is_long_for_its_owner, "the column of its owner's page is wider"
    for part, words in (("finding", 480), ("recovery", 200)):
        assert row(full_action(1, **{part: "word " * words})).is_long_for_its_owner, part
        assert not row(full_action(1, **{part: "word " * (words // 2)})).is_long_for_its_owner
