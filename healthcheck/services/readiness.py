"""What stands before sign-off: what blocks it, who signs, and what there is to read and sign."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from healthcheck.core import consistency, versions
from healthcheck.core.journey import lacks_evidence
from healthcheck.core.permissions import Role
from healthcheck.core.scoring import score
from healthcheck.core.sign_off import Consultation
from healthcheck.reports.score_object import score_object
from healthcheck.services import carrying, reports
from healthcheck.services.last_year import last_year
from healthcheck.services.opening import open_one
from healthcheck.storage import assessments as stored
from healthcheck.storage import consultations, reviews, roles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.accounts import Person
    from healthcheck.core.answers import Attachment
    from healthcheck.core.consistency import Prompt
    from healthcheck.core.versions import Plain
    from healthcheck.services.context import Context
    from healthcheck.services.shelf import Opened
    from healthcheck.storage.assessments import Found

PARTS_OF_AN_ACTION = (
    "level",
    "finding",
    "quick_win",
    "longer_step",
    "owner",
    "when",
    "measure",
)


class Lack(Enum):
    """What can block sending; the value says it of one question and of more."""

    ANSWER = ("question has no answer yet", "questions have no answer yet")
    LAST_YEAR = (
        "answer of last year is not confirmed yet",
        "answers of last year are not confirmed yet",
    )
    CORRECTION = ("answer needs correcting", "answers need correcting")
    EVIDENCE = (
        "answer needs evidence at the level chosen",
        "answers need evidence at the level chosen",
    )
    REQUEST = ("change request has no answer yet", "change requests have no answer yet")


@dataclass(frozen=True)
class Blocker:
    """One thing that blocks sending, and the questions where it does."""

    lack: Lack
    question_ids: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """How many questions, and what is the matter, such as "2 answers need correcting"."""
        many = len(self.question_ids)
        return f"{many:,} {self.lack.value[many != 1]}"


@dataclass(frozen=True)
class Draft:
    """A health check as it stands before sign-off, for the person it was found for."""

    found: Found
    opened: Opened
    consultation: Consultation
    officers: tuple[Person, ...]
    blockers: tuple[Blocker, ...]
    prompts: tuple[Prompt, ...]

    @cached_property
    def content(self) -> Plain:
        """All that there is to sign, as a version will hold it."""
        opened = self.opened
        return versions.draft(
            opened.assessment,
            answers=_answers(opened),
            attachments=_files(opened),
            scores=score_object(score(opened.questionnaire, opened.journey)),
            plan=_plan(opened),
            checks=[{"question": each.question_id, "text": each.text} for each in self.prompts],
            consultation=self.consultation,
        )

    @cached_property
    def fingerprint(self) -> str:
        """What changes when anything does that the accountable officer reads."""
        return versions.fingerprint(versions.canonical(self.content))


def drafted(ctx: Context, found: Found) -> Draft:
    """Return a health check as it stands; the caller has checked the permission."""
    opened = open_one(ctx, found)
    then = last_year(ctx, found.assessment)
    return Draft(
        found,
        opened,
        consultations.find(ctx.store, found.assessment.id) or Consultation(),
        roles.holders(ctx.store, found.assessment.employer.id, Role.ACCOUNTABLE_OFFICER),
        blockers(opened, _requests(ctx, found)),
        consistency.prompts(opened.questionnaire, opened.journey, then.journey if then else None),
    )


def blockers(opened: Opened, requests: tuple[str, ...] = ()) -> tuple[Blocker, ...]:
    """Return what blocks sending, by kind; nothing when the answers are complete.

    `requests` are the questions of the change requests that wait for an answer.
    """
    waiting = [each for each in carrying.waiting(opened) if each not in opened.problems]
    lacks: Mapping[Lack, tuple[str, ...]] = {
        Lack.ANSWER: tuple(
            each
            for each, standing in opened.journey.items()
            if standing.is_unanswered and each not in {*opened.problems, *waiting}
        ),
        Lack.LAST_YEAR: tuple(waiting),
        Lack.CORRECTION: tuple(
            each
            for each, standing in opened.journey.items()
            if standing.is_visible and each in opened.problems
        ),
        Lack.EVIDENCE: tuple(
            each for each, standing in opened.journey.items() if lacks_evidence(standing)
        ),
        Lack.REQUEST: requests,
    }
    return tuple(Blocker(lack, found) for lack, found in lacks.items() if found)


def _requests(ctx: Context, found: Found) -> tuple[str, ...]:
    waiting = reviews.ledger(ctx.store, found.assessment.id).waiting
    return tuple(each.question_id for each in waiting)


def _answers(opened: Opened) -> dict[str, Plain]:
    """Return the entries of the questions that are asked; what is hidden was not submitted."""
    parts = {
        question_id: json.loads(stored.encoded(opened.saved[question_id].entry))
        for question_id, standing in opened.journey.items()
        if standing.is_visible and question_id in opened.saved
    }
    return {question_id: each for question_id, each in parts.items() if each}


def _files(opened: Opened) -> dict[str, tuple[Attachment, ...]]:
    return {
        question_id: opened.attachments[question_id]
        for question_id, standing in opened.journey.items()
        if standing.is_visible and opened.attachments.get(question_id)
    }


def _plan(opened: Opened) -> dict[str, dict[str, str]]:
    return {
        each.question.id: {part: getattr(each, part) for part in PARTS_OF_AN_ACTION}
        for each in reports.results(opened).actions
    }
