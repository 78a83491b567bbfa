"""The look at a plan's file: changes, conflicts, what an action would lack, what was so before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from healthcheck.core import plan_uploads as u
from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.plan_changes import Difference
from healthcheck.core.plan_workbooks import (
    COMPLETED,
    DUE,
    NOTE,
    OWNER,
    PRIORITY,
    READ,
    STATUS,
    Row,
)
from healthcheck.core.plan_workbooks import values_of as shown
from healthcheck.core.plans import (
    Action,
    Delivery,
    Details,
    Note,
    Origin,
    Owner,
    Plan,
    Priority,
    Progress,
)
from healthcheck.core.sheets import BadCell

if TYPE_CHECKING:
    from healthcheck.core.plan_workbooks import Value

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
TODAY = NOW.date()
DETAILS = Details("Agree a scheme.", owner=Owner("Dee"), due=date(2026, 9, 1))


def action(number: int = 1, revision: int = 1, details: Details = DETAILS) -> Action:
    return Action(
        f"a{number}", "hc", number, Origin.OWN, details, Progress(), revision, NOW, "Alice", NOW
    )


PLAN = Plan("hc", (action(), action(2, 5)))
AT = {heading: f"Plan!{heading}" for heading in (*READ, NOTE)}


def row(values: dict[str, Value], note: str = "", *, number: int = 1, based_on: int = 1) -> Row:
    return Row(f"a{number}", based_on, values, note, AT)


def look(*rows: Row, plan: Plan = PLAN) -> u.Preview:
    return u.preview(plan, rows, (), {"bob": Owner("Bob", "Clerk")}, TODAY)


def test_only_cells_that_were_edited_count() -> None:
    started = shown(DETAILS, Progress())
    assert u.edited(row(started), started) is None
    touched = u.edited(row({**started, DUE: date(2026, 10, 1)}), started)
    assert touched == row({DUE: date(2026, 10, 1)})
    assert u.edited(row(started, "A note."), started) == row({}, "A note.")


def test_letters_that_a_program_took_for_others_are_no_edit() -> None:
    started = shown(replace(DETAILS, owner=Owner("Siân Ŷwen")), Progress())
    misread = {**started, OWNER: "SiÃ¢n Å¶wen"}
    assert u.edited(row(misread), started) is None
    emptied = u.edited(row({**started, OWNER: ""}), started)
    assert emptied == row({OWNER: ""})


def test_each_change_says_what_was_and_what_would_be() -> None:
    found = look(row({DUE: date(2026, 10, 1), OWNER: "bob", PRIORITY: Priority.HIGH}, "Moved."))
    (change,) = found.changes
    assert change.differences == (
        Difference("Owner", "Dee", "Bob, Clerk"),
        Difference("Due", "1 September 2026", "1 October 2026"),
        Difference("Priority", "Medium", "High"),
    )
    assert change.note == "Moved."
    assert found.can_be_applied
    assert found.chosen(["a1"], "action") == (change,)
    with pytest.raises(UnacceptableDetailsError, match="No action was ticked"):
        found.chosen(["a2"], "action")


def test_an_action_that_somebody_changed_meanwhile_is_a_conflict_but_a_note_is_not() -> None:
    found = look(
        row({STATUS: Delivery.CANCELLED, "Reason for the status": "Gone."}, number=2),
        row({}, "Still going."),
    )
    assert [each.action.id for each in found.conflicts] == ["a2"]
    assert [each.action.id for each in found.changes] == ["a1"]
    assert look(row({}, "A note.", number=2)).conflicts == ()


def test_what_is_so_already_is_no_change() -> None:
    taken = Plan("hc", (action(),), {"a1": (Note("a1", "Done.", "Al", NOW, "workbook"),)})
    assert not look(row({DUE: DETAILS.due}, "Done."), plan=taken).can_be_applied
    by_hand = Plan("hc", (action(),), {"a1": (Note("a1", "Done.", "Al", NOW),)})
    assert look(row({}, "Done."), plan=by_hand).can_be_applied


@pytest.mark.parametrize(
    ("values", "note", "said"),
    [
        (
            {STATUS: Delivery.AT_RISK},
            "",
            [
                "Plan!Reason for the status: Say why the action is at risk.",
                "Plan!Recovery step: Say what will bring the action back on track.",
            ],
        ),
        (
            {STATUS: Delivery.COMPLETE, COMPLETED: date(2027, 1, 1), "Evidence of completion": "x"},
            "",
            ["Plan!Completed on: The action cannot be completed after today, 2 March 2026."],
        ),
        ({DUE: None}, "", ["Plan!Due: Give a due date, or say why there is none."]),
        ({OWNER: "x" * 201}, "",
         ["Plan!Owner: The owner’s name must be 200 characters or fewer. It is 1 too long."]),
        ({}, "x" * 4001,
         ["Plan!New note: The note must be 4,000 characters or fewer. It is 1 too long."]),
    ],
)  # fmt: skip
def test_what_an_action_would_lack_is_named_at_its_cell(
    values: dict[str, Value], note: str, said: list[str]
) -> None:
    found = look(row(values, note))
    assert [str(each) for each in found.bad] == said
    assert not found.can_be_applied


def test_a_lack_without_a_cell_of_its_own_is_named_at_the_action() -> None:
    long = replace(DETAILS, finding="x" * 4001)
    found = look(row({DUE: date(2026, 8, 1)}), plan=Plan("hc", (action(details=long),)))
    assert [each.place for each in found.bad] == ["A1"]


def test_no_more_are_shown_than_can_be_saved_together() -> None:
    many = tuple(action(number) for number in range(1, u.MOST_CHANGES + 3))
    rows = [row({PRIORITY: Priority.LOW}, number=each.number) for each in many]
    found = look(*rows, plan=Plan("hc", many))
    assert (len(found.changes), found.left) == (u.MOST_CHANGES, 2)


def test_an_agreement_is_to_exactly_what_was_shown() -> None:
    edit = row({DUE: date(2026, 10, 1)})
    shown_first = look(edit).fingerprint
    assert look(edit).fingerprint == shown_first
    moved = Plan("hc", (action(revision=2), action(2, 5)))
    assert look(edit, plan=moved).fingerprint != shown_first
    assert look(row({DUE: date(2026, 10, 2)})).fingerprint != shown_first


def test_what_a_page_carries_comes_back_as_it_was() -> None:
    edits = row(
        {DUE: date(2026, 10, 1), OWNER: "Bob", PRIORITY: Priority.HIGH, "Review date": None,
         STATUS: Delivery.CANCELLED, "Reason for the status": "Gone."},
        "A note.",
    )  # fmt: skip
    found = look(edits)
    again = u.unpacked(u.packed(found.changes))
    assert look(*again).fingerprint == found.fingerprint
    assert again[0].at == {each: AT[each] for each in (*edits.values, NOTE)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[1]",
        '[["a1", 1, {"Due": "soon"}, "", {}]]',
        '[["a1", 1, {"Action": "x"}, "", {}]]',
        '[["a1", 1, {"Due": 1}, "", {}]]',
        '[["a1", 1, {}, "", {"Due": 1}]]',
        '[["a1", "1", {}, "", {}]]',
    ],
)
def test_what_did_not_come_from_a_page_is_refused(text: str) -> None:
    with pytest.raises(UnacceptableDetailsError, match="Upload the file again"):
        u.unpacked(text)


def test_bad_cells_of_the_file_come_first() -> None:
    found = u.preview(PLAN, [row({DUE: None})], [BadCell("Plan!A9", "Bad.")], {}, TODAY)
    assert [each.place for each in found.bad] == ["Plan!A9", f"Plan!{DUE}"]
