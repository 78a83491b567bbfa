"""What stands before sign-off: what blocks it, who signs, and what there is to read and sign."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from healthcheck.core import consistency, plan_checks, plan_versions, proposals, versions
from healthcheck.core.journey import lacks_evidence
from healthcheck.core.permissions import Role
from healthcheck.core.scoring import score
from healthcheck.core.sign_off import Consultation
from healthcheck.reports.score_object import score_object
from healthcheck.services import carrying
from healthcheck.services.last_year import last_year
from healthcheck.services.open_now import today
from healthcheck.services.opening import open_one
from healthcheck.storage import assessments as stored
from healthcheck.storage import consultations, plans, reviews, roles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.accounts import Person
    from healthcheck.core.answers import Attachment
    from healthcheck.core.consistency import Prompt
    from healthcheck.core.plan_checks import Late
    from healthcheck.core.plans import Action, Plan
    from healthcheck.core.versions import Plain
    from healthcheck.services.context import Context
    from healthcheck.services.shelf import Opened
    from healthcheck.storage.assessments import Found


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
    ACTION = (
        "weak answer has neither an action nor a reason for none",
        "weak answers have neither an action nor a reason for none",
    )
    DATE = (
        "action has neither a due date nor a reason for none",
        "actions have neither a due date nor a reason for none",
    )
    REQUEST = ("change request has no answer yet", "change requests have no answer yet")


@dataclass(frozen=True)
class Blocker:
    """One thing that blocks sending, and the questions or the actions where it does."""

    lack: Lack
    question_ids: tuple[str, ...]
    actions: tuple[Action, ...] = ()

    @property
    def sentence(self) -> str:
        """How many there are, and what is the matter, such as "2 answers need correcting"."""
        many = len(self.question_ids) or len(self.actions)
        return f"{many:,} {self.lack.value[many != 1]}"


@dataclass(frozen=True)
class Draft:
    """A health check as it stands before sign-off, for the person it was found for.

    `late` are the actions to look at twice; `request_numbers` those of change requests, by id.
    """

    found: Found
    opened: Opened
    consultation: Consultation
    officers: tuple[Person, ...]
    blockers: tuple[Blocker, ...]
    prompts: tuple[Prompt, ...]
    plan: Plan
    late: tuple[Late, ...]
    request_numbers: Mapping[str, int]

    @cached_property
    def content(self) -> Plain:
        """All that there is to sign, as a version will hold it."""
        opened = self.opened
        return versions.draft(
            opened.assessment,
            answers=_answers(opened),
            attachments=_files(opened),
            scores=score_object(score(opened.questionnaire, opened.journey)),
            plan=plan_versions.frozen(self.plan, self.request_numbers),
            checks=[
                *({"question": each.question_id, "text": each.text} for each in self.prompts),
                *({"question": each.action.question_id, "text": each.text} for each in self.late),
            ],
            consultation=self.consultation,
        )

    @cached_property
    def fingerprint(self) -> str:
        """What changes when anything does that the accountable officer reads."""
        return versions.fingerprint(versions.canonical(self.content))


def drafted(ctx: Context, found: Found) -> Draft:
    """Return a health check as it stands; the caller has checked the permission."""
    opened = open_one(ctx, found)
    assessment_id = found.assessment.id
    then = last_year(ctx, found.assessment)
    plan = plans.plans_of(ctx.store, assessment_id)[assessment_id]
    ledger = reviews.ledger(ctx.store, assessment_id)
    return Draft(
        found,
        opened,
        consultations.find(ctx.store, assessment_id) or Consultation(),
        roles.holders(ctx.store, found.assessment.employer.id, Role.ACCOUNTABLE_OFFICER),
        blockers(opened, plan, tuple(each.question_id for each in ledger.waiting)),
        consistency.prompts(opened.questionnaire, opened.journey, then.journey if then else None),
        plan,
        plan_checks.due_before(plan, today(ctx)),
        {each.id: each.number for each in ledger.requests},
    )


def blockers(opened: Opened, plan: Plan, requests: tuple[str, ...] = ()) -> tuple[Blocker, ...]:
    """Return what blocks sending, by kind; nothing when answers and plan are complete.

    `requests` are the questions of the change requests that wait for an answer.
    """
    waiting = [each for each in carrying.waiting(opened) if each not in opened.problems]
    proposed = proposals.proposals(opened.questionnaire, opened.journey, plan)
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
        Lack.ACTION: proposals.to_settle(proposed),
    }
    found = tuple(Blocker(lack, questions) for lack, questions in lacks.items() if questions)
    undated = proposals.undated(plan)
    return (*found, Blocker(Lack.DATE, (), undated)) if undated else found


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
