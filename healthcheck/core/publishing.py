"""What of an accepted health check may be public, and the address where it is.

Files and links are never published. What people typed in their own words, which may name somebody,
is published only when the employer says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from healthcheck.core import public_pages
from healthcheck.core import questionnaires as q
from healthcheck.core.plan_rules import OF_PROGRESS, TEXTS
from healthcheck.core.plans import Action, Declined, Owner, Plan

if TYPE_CHECKING:
    from datetime import datetime

    from healthcheck.core.answers import Answer
    from healthcheck.core.assessments import Assessment
    from healthcheck.core.journey import Journey, Standing

NOT_PUBLISHED = "Not published."


@dataclass(frozen=True, slots=True)
class Publication:
    """One time that an employer published a version; it stands until it is taken down."""

    assessment_id: str
    version: int
    address: str
    own_words: bool
    published_at: datetime
    removed_at: datetime | None = None
    reason: str = ""

    @property
    def stands(self) -> bool:
        """Say whether it is public."""
        return self.removed_at is None


def address(assessment: Assessment, letters: str) -> str:
    """Return an address for a page of a health check."""
    of = assessment
    return public_pages.address(letters, of.employer.name, of.service, of.cycle.lower())


def public_journey(journey: Journey, *, own_words: bool) -> Journey:
    """Return a journey without what is not to be public, so that no report of it can say it."""
    return {name: _public(standing, own_words=own_words) for name, standing in journey.items()}


def public_plan(plan: Plan, questionnaire: q.Questionnaire, *, own_words: bool) -> Plan:
    """Return a plan without its notes and without anybody's name.

    Texts that people typed stay only when allowed; the questionnaire's own words always do.
    """
    return replace(
        plan,
        actions=tuple(
            _public_action(each, questionnaire, own_words=own_words) for each in plan.actions
        ),
        notes={},
        declined={
            name: _public_reason(each, own_words=own_words) for name, each in plan.declined.items()
        },
    )


def _public_action(action: Action, questionnaire: q.Questionnaire, *, own_words: bool) -> Action:
    question = questionnaire.questions.get(action.question_id or "")
    known = {"", *(text for each in _advice(question) for text in each)}

    def kept(text: str) -> str:
        return text if own_words or text in known else NOT_PUBLISHED

    details, progress, owner = action.details, action.progress, action.details.owner
    team = kept(owner.team)
    role = kept(owner.role) or (NOT_PUBLISHED if owner.name else "")
    if role == team == NOT_PUBLISHED:
        team = ""  # said once
    texts: dict[str, Any] = {name: kept(getattr(details, name)) for name in TEXTS}
    said: dict[str, Any] = {name: kept(getattr(progress, name)) for name in OF_PROGRESS}
    return replace(
        action,
        details=replace(details, **texts, owner=Owner(role=role, team=team)),
        progress=replace(progress, **said),
    )


def _advice(question: q.Question | None) -> list[tuple[str, ...]]:
    advice = () if question is None else question.improve.values()
    return [
        (each.finding, each.quick_win, each.longer_step, each.owner, each.measure)
        for each in advice
    ]


def _public_reason(declined: Declined, *, own_words: bool) -> Declined:
    reason = declined.reason if own_words else NOT_PUBLISHED
    return replace(declined, reason=reason, declined_by="The employer")


def _public(standing: Standing, *, own_words: bool) -> Standing:
    answer = replace(standing.answer, links=(), attachments=())
    if own_words:
        return replace(standing, answer=answer)
    answer = _without_words(answer)
    if isinstance(standing.question, q.ShortText | q.LongText) and standing.value is not None:
        return replace(standing, answer=replace(answer, value=NOT_PUBLISHED), value=NOT_PUBLISHED)
    return replace(standing, answer=answer)


def _without_words(answer: Answer) -> Answer:
    reason = None if answer.not_applicable is None else NOT_PUBLISHED
    return replace(answer, evidence="", not_applicable=reason)
