"""What a workbook of answers would change, before anything is saved; a person then chooses."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

from healthcheck.core.answers import Entry, accept
from healthcheck.core.saving import Offered, Saved
from healthcheck.core.sheets import BadCell

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.core.saving import Merge

NEVER = Saved()
LAST = 10**15
"""A revision that no answer reaches."""


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that the workbook would change; `place` is the cell, `now` what stands here."""

    question_id: str
    place: str
    now: Saved
    entry: Entry
    based_on: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What applying a workbook would do, in the order of the questions.

    `conflicts` were changed here since the workbook was made; `not_yours` belong to topics that
    others answer, and `bad` says of every cell that cannot be taken why. Neither can be applied.
    """

    changes: tuple[Change, ...] = ()
    conflicts: tuple[Change, ...] = ()
    not_yours: tuple[Change, ...] = ()
    bad: tuple[BadCell, ...] = ()

    @property
    def can_be_applied(self) -> bool:
        """Say whether there is anything to choose."""
        return bool(self.changes or self.conflicts)

    @property
    def fingerprint(self) -> str:
        """What tells this preview from another: it is how an agreement to it is known later."""
        told = [
            (each.question_id, astuple(each.entry), each.now.revision, kind)
            for kind, listed in enumerate((self.changes, self.conflicts))
            for each in listed
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def chosen(self, question_ids: Collection[str]) -> dict[str, Entry]:
        """Return the entries to save when these questions were ticked."""
        listed = (*self.changes, *self.conflicts)
        return {each.question_id: each.entry for each in listed if each.question_id in question_ids}


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What is offered, and where in the workbook each part of it stands."""

    offers: Mapping[str, Offered]
    at: Mapping[str, Mapping[str, str]]
    bad: tuple[BadCell, ...] = ()


def preview(
    questionnaire: Questionnaire,
    uploaded: Uploaded,
    stored: Mapping[str, Saved],
    merged: Merge,
    answered_by_others: Collection[str],
) -> Preview:
    """Return what the workbook would change; `merged` says what differs and what clashes.

    `answered_by_others` are the questions that this person may not answer.
    """
    clashing = {each.question_id for each in merged.clashes}
    changes: list[Change] = []
    conflicts: list[Change] = []
    not_yours: list[Change] = []
    bad = list(uploaded.bad)
    for question_id in questionnaire.questions:
        if question_id not in clashing and question_id not in merged.changes:
            continue
        offer = uploaded.offers[question_id]
        places = uploaded.at.get(question_id, {})
        now = stored.get(question_id, NEVER)
        problems = accept(questionnaire.questions[question_id], offer.entry).problems
        change = Change(question_id, places.get("value", ""), now, offer.entry, offer.based_on)
        if question_id in answered_by_others:
            not_yours.append(change)
        elif problems:
            bad += [BadCell(places.get(each.part, ""), each.message) for each in problems]
        elif question_id in clashing:
            conflicts.append(change)
        else:
            changes.append(change)
    return Preview(tuple(changes), tuple(conflicts), tuple(not_yours), tuple(bad))


def packed(changes: Iterable[Change]) -> str:
    """Return changes as a text that a page can carry while a person looks at them."""
    rows = [(each.question_id, each.based_on, each.place, *astuple(each.entry)) for each in changes]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> Uploaded | None:
    """Return what was packed, None when the text was not: it comes from outside as well."""
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(rows, list):
        return None
    offers: dict[str, Offered] = {}
    at: dict[str, Mapping[str, str]] = {}
    for row in rows:
        found = _unpacked(row)
        if found is None:
            return None
        question_id, place, offers[question_id] = found
        at[question_id] = {"value": place}
    return Uploaded(offers, at)


def _unpacked(row: Any) -> tuple[str, str, Offered] | None:  # noqa: ANN401 - whatever was sent
    match row:
        case [
            str(question_id),
            int(based_on),
            str(place),
            list(value),
            bool(not_applicable),
            str(reason),
            str(evidence),
            str(links),
        ] if all(isinstance(each, str) for each in value):
            entry = Entry(tuple(value), not_applicable, reason, evidence, links)
            return question_id, place, Offered(entry, min(max(based_on, 0), LAST))
        case _:
            return None
