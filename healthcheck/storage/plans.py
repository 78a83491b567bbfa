"""Improvement plans: actions with their history and notes, declined proposals, new ratings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from healthcheck.core.accounts import Person
from healthcheck.core.plan_changes import Change
from healthcheck.core.plans import Action, Declined, LevelUpdate, Note, Origin, Plan
from healthcheck.storage import plan_texts
from healthcheck.storage.store import Row, Store, moment, stamp

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from healthcheck.core.plan_changes import By

ACTIONS = """
SELECT a.id, a.assessment_id, a.number, a.origin, a.details, a.progress, a.revision, a.changed_at,
    coalesce(p.name, a.changer), a.created_at, a.question_id, a.area_id, a.request_id,
    a.carried_from, o.id, o.name, CASE WHEN o.removed_at IS NULL THEN o.email ELSE '' END
FROM actions a LEFT JOIN people p ON p.id = a.changed_by LEFT JOIN people o ON o.id = a.owner_id
"""
NOTES = """
SELECT a.assessment_id, n.action_id, n.text, coalesce(p.name, n.writer), n.written_at, n.way
FROM action_notes n JOIN actions a ON a.id = n.action_id
LEFT JOIN people p ON p.id = n.written_by
"""
HISTORY = """
SELECT h.revision, h.details, h.progress, h.reason, h.way, coalesce(p.name, h.changer),
    h.changed_at, o.id, o.name, CASE WHEN o.removed_at IS NULL THEN o.email ELSE '' END
FROM action_history h LEFT JOIN people p ON p.id = h.changed_by
LEFT JOIN people o ON o.id = json_extract(h.details, '$.owner.person_id')
WHERE h.action_id = ? ORDER BY h.revision
"""
OF_THESE = " WHERE {} IN (SELECT value FROM json_each(?)) ORDER BY {}"
DECLINED = """
SELECT d.assessment_id, d.question_id, d.level, d.reason, p.name, d.declined_at
FROM declined_proposals d JOIN people p ON p.id = d.declined_by
"""
UPDATES = """
SELECT u.assessment_id, u.question_id, u.action_id, u.before, u.after, u.note, p.name, u.recorded_at
FROM level_updates u JOIN people p ON p.id = u.recorded_by
"""
STANDS_AT = """
SELECT count(*), coalesce(sum(revision), 0),
    (SELECT count(*) FROM action_notes n JOIN actions b ON b.id = n.action_id
        WHERE b.assessment_id = ?1),
    (SELECT count(*) FROM declined_proposals WHERE assessment_id = ?1),
    (SELECT count(*) FROM level_updates WHERE assessment_id = ?1)
FROM actions WHERE assessment_id = ?1
"""


def add(  # noqa: PLR0913 - an action, and who adds it why and which way
    store: Store, action: Action, *, by: By, now: datetime, reason: str = "", way: str = "page"
) -> Action:
    """Write a new action and the start of its history; return it with its plan's next number.

    The number, revision and moments of the action given do not matter.
    """
    store.run(
        "INSERT INTO actions (id, assessment_id, number, origin, question_id, area_id, request_id,"
        " carried_from, details, progress, revision, changed_by, changer, changed_at, created_at)"
        " VALUES (?1, ?2, (SELECT coalesce(max(number), 0) + 1 FROM actions"
        " WHERE assessment_id = ?2), ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1, ?10, ?11, ?12, ?12)",
        action.id,
        action.assessment_id,
        action.origin.name,
        action.question_id,
        action.area_id,
        action.request_id,
        action.carried_from,
        plan_texts.of_details(action.details),
        plan_texts.of_progress(action.progress),
        by.person_id,
        by.stored_name,
        stamp(now),
    )
    _remember(store, action.id, reason, way)
    return get(store, action.id)


def save(  # noqa: PLR0913 - an action, and who changes it from which revision, why and which way
    store: Store,
    action: Action,
    based_on: int,
    *,
    by: By,
    now: datetime,
    reason: str = "",
    way: str = "page",
) -> bool:
    """Write an action's details and progress, and the change into its history.

    False, and nothing written, when it is no longer at the revision that the change is based on.
    """
    saved = store.run(
        "UPDATE actions SET details = ?, progress = ?, revision = revision + 1, changed_by = ?,"
        " changer = ?, changed_at = ? WHERE id = ? AND revision = ?",
        plan_texts.of_details(action.details),
        plan_texts.of_progress(action.progress),
        by.person_id,
        by.stored_name,
        stamp(now),
        action.id,
        based_on,
    )
    if saved:
        _remember(store, action.id, reason, way)
    return saved == 1


def get(store: Store, action_id: str) -> Action:
    """Return an action that is there; IndexError when it is not."""
    return _action(store.rows(ACTIONS + " WHERE a.id = ?", action_id)[0])


def find(store: Store, action_id: str) -> Action | None:
    """Return one action."""
    row = store.row(ACTIONS + " WHERE a.id = ?", action_id)
    return _action(row) if row else None


def owned_by(store: Store, person_id: str) -> tuple[Action, ...]:
    """Return every action of a person with an account, at any employer, in no withdrawn check."""
    rows = store.rows(
        ACTIONS + " JOIN assessments s ON s.id = a.assessment_id"
        " WHERE a.owner_id = ? AND s.state <> 'WITHDRAWN' ORDER BY s.due DESC, s.id, a.number",
        person_id,
    )
    return tuple(_action(row) for row in rows)


def notes_by(store: Store, action_id: str, person_id: str) -> tuple[Note, ...]:
    """Return the notes that a person with an account wrote on one action, oldest first."""
    rows = store.rows(
        f"{NOTES} WHERE n.action_id = ? AND n.written_by = ? ORDER BY n.number",
        action_id,
        person_id,
    )
    return tuple(_note(parts) for _, *parts in rows)


def plans_of(store: Store, *assessment_ids: str) -> dict[str, Plan]:
    """Return the plan of each of these assessments, empty where there is none, in four queries."""
    ids = json.dumps(assessment_ids)
    actions: dict[str, list[Action]] = {each: [] for each in assessment_ids}
    notes: dict[str, dict[str, tuple[Note, ...]]] = {each: {} for each in assessment_ids}
    declined: dict[str, dict[str, Declined]] = {each: {} for each in assessment_ids}
    updates: dict[str, list[LevelUpdate]] = {each: [] for each in assessment_ids}
    for row in store.rows(ACTIONS + OF_THESE.format("a.assessment_id", "a.number"), ids):
        actions[row[1]].append(_action(row))
    for assessment_id, *parts in store.rows(
        NOTES + OF_THESE.format("a.assessment_id", "n.number"), ids
    ):
        note = _note(parts)
        before = notes[assessment_id].get(note.action_id, ())
        notes[assessment_id][note.action_id] = (*before, note)
    for assessment_id, *parts in store.rows(
        DECLINED + OF_THESE.format("d.assessment_id", "d.number"), ids
    ):
        question_id, level, reason, by, at = parts
        declined[assessment_id].pop(question_id, None)
        if reason is not None:
            found = Declined(question_id, level, reason, by, moment(at))
            declined[assessment_id][question_id] = found
    for assessment_id, *parts in store.rows(
        UPDATES + OF_THESE.format("u.assessment_id", "u.number"), ids
    ):
        updates[assessment_id].append(_update(parts))
    return {
        each: Plan(each, tuple(actions[each]), notes[each], declined[each], tuple(updates[each]))
        for each in assessment_ids
    }


def goes_on_in(store: Store, action_id: str) -> tuple[Action, str] | None:
    """Return the action that carries this one on, and its cycle, unless that was withdrawn."""
    row = store.row(
        "SELECT n.id, s.cycle FROM actions n JOIN assessments s ON s.id = n.assessment_id"
        " WHERE n.carried_from = ? AND s.state <> 'WITHDRAWN'",
        action_id,
    )
    return None if row is None else (get(store, row[0]), row[1])


def stands_at(store: Store, assessment_id: str) -> str:
    """Return what changes whenever anything does in an assessment's plan."""
    return repr(store.row(STANDS_AT, assessment_id))


def history(store: Store, action_id: str) -> tuple[Change, ...]:
    """Return every state of an action, the first first."""
    return tuple(
        Change(
            revision,
            plan_texts.details(details, _owner(owner)),
            plan_texts.progress(progress),
            reason,
            way,
            by,
            moment(at),
        )
        for revision, details, progress, reason, way, by, at, *owner in store.rows(
            HISTORY, action_id
        )
    )


def add_note(  # noqa: PLR0913 - who wrote what on which action, when and which way
    store: Store, action_id: str, text: str, *, by: By, now: datetime, way: str = "page"
) -> None:
    """Write a note on an action's progress."""
    store.run(
        "INSERT INTO action_notes (action_id, text, way, written_by, writer, written_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        action_id,
        text,
        way,
        by.person_id,
        by.stored_name,
        stamp(now),
    )


def _remember(store: Store, action_id: str, reason: str, way: str) -> None:
    store.run(
        "INSERT INTO action_history (action_id, revision, details, progress, reason, way,"
        " changed_by, changer, changed_at) SELECT id, revision, details, progress, ?2, ?3,"
        " changed_by, changer, changed_at FROM actions WHERE id = ?1",
        action_id,
        reason,
        way,
    )


def _action(row: Row) -> Action:
    return Action(
        id=row[0],
        assessment_id=row[1],
        number=row[2],
        origin=Origin[row[3]],
        details=plan_texts.details(row[4], _owner(row[14:])),
        progress=plan_texts.progress(row[5]),
        revision=row[6],
        changed_at=moment(row[7]),
        changed_by=row[8],
        created_at=moment(row[9]),
        question_id=row[10],
        area_id=row[11],
        request_id=row[12],
        carried_from=row[13],
    )


def _owner(columns: Sequence[str | None]) -> Person | None:
    person_id, name, email = columns
    if person_id is None or name is None or email is None:
        return None
    return Person(person_id, name, email)


def _note(parts: Sequence[str]) -> Note:
    action_id, text, by, at, way = parts
    return Note(action_id, text, by, moment(at), way)


def _update(parts: Sequence[Any]) -> LevelUpdate:
    question_id, action_id, before, after, note, by, at = parts
    return LevelUpdate(question_id, action_id, before, after, note, by, moment(at))
