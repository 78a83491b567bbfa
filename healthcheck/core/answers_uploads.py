"""What a workbook of answers would change, before anything is saved; a person then chooses."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

from healthcheck.core import uploads
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

    @property
    def id(self) -> str:
        """What it is ticked by."""
        return self.question_id

    @property
    def told(self) -> tuple[object, ...]:
        """What tells it from another change."""
        return self.question_id, astuple(self.entry), self.now.revision


@dataclass(frozen=True, slots=True)
class Preview(uploads.Preview[Change]):
    """What applying a workbook would do, in the order of the questions.

    `not_yours` belong to topics that others answer; they cannot be applied.
    """

    not_yours: tuple[Change, ...] = ()


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
    return Preview(tuple(changes), tuple(conflicts), tuple(bad), tuple(not_yours))


def packed(changes: Iterable[Change]) -> str:
    """Return changes as a text that a page can carry while a person looks at them.

    Raises UnacceptableDetailsError when they are more than that.
    """
    rows = ((each.question_id, each.based_on, each.place, *astuple(each.entry)) for each in changes)
    return uploads.packed(rows, "workbook", "sheets")


def unpacked(text: str) -> Uploaded:
    """Return what was packed; raises UnacceptableDetailsError when the text was not."""
    rows = uploads.unpacked(text, _unpacked, "workbook")
    offers = {question_id: offered for question_id, _, offered in rows}
    return Uploaded(offers, {question_id: {"value": place} for question_id, place, _ in rows})


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
