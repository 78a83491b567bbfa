"""Queueing the reminders that are due, for whoever runs the installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from healthcheck.core import journey
from healthcheck.core import reminders as core
from healthcheck.core.journey import Status
from healthcheck.core.messages import Kind
from healthcheck.core.permissions import Permission, Role, can
from healthcheck.core.reminders import Duty
from healthcheck.services import messages
from healthcheck.services.open_now import today
from healthcheck.services.opening import open_one
from healthcheck.storage import assessments, assigning, cycles, roles
from healthcheck.storage import reminders as stored

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from healthcheck.core.assessments import Assessment
    from healthcheck.core.reminders import Reminded, Reminder
    from healthcheck.services.context import Context
    from healthcheck.storage.assessments import Found


@dataclass(frozen=True, slots=True)
class Queued:
    """The reminders queued about one health check: how many people get one, and how urgent."""

    reference: str
    when: str
    people: int


def remind(ctx: Context) -> tuple[Queued, ...]:
    """Queue every reminder that is due today and was not queued before, and say which.

    Each health check is dealt with in a transaction of its own, so two runs at once, or a run that
    is broken off, remind nobody twice. Raises BusyError and NoRoomError.
    """
    latest = today(ctx) + timedelta(days=max(core.DAYS_BEFORE))
    found = stored.candidates(ctx.store, core.EXPECTED, latest)
    queued = []
    for assessment_id, _, _ in found:
        with ctx.store.writing():
            each = _remind_of(ctx, assessment_id)
        if each is not None:
            queued.append(each)
    return tuple(queued)


def _remind_of(ctx: Context, assessment_id: str) -> Queued | None:
    found = assessments.find_for_anybody(ctx.store, assessment_id)
    standing = cycles.of_assessment(ctx.store, assessment_id)
    if found is None or standing is None:  # pragma: no cover - neither is ever taken out
        return None
    assessment, (cycle, state) = found.assessment, standing
    reminder = core.due_today(state, assessment.due, cycle, today(ctx))
    if reminder is None:
        return None
    people = core.to_remind(
        state,
        roles.holders(ctx.store, assessment.employer.id, Role.LEAD),
        roles.holders(ctx.store, assessment.employer.id, Role.ACCOUNTABLE_OFFICER),
        _unfinished(ctx, found),
    )
    new = sum(_queue(ctx, assessment, reminder, each) for each in people)
    return Queued(assessment.reference, f"due {reminder.when}", new) if new else None


def _unfinished(ctx: Context, found: Found) -> dict[Person, tuple[str, ...]]:
    """Return the titles of each person's topics that are not done yet."""
    assigned = assigning.of(ctx.store, found.assessment.id)
    if not assigned:
        return {}
    opened = open_one(ctx, found)
    unfinished: dict[Person, tuple[str, ...]] = {}
    for topic in opened.questionnaire.topics:
        progress = journey.progress(opened.journey, topic.questions, opened.problems)
        done = progress.status is Status.COMPLETED
        for person in () if done else assigned.get(topic.id, ()):
            held = roles.at_employer(ctx.store, person.id, found.assessment.employer.id)
            if can(held, Permission.ANSWER):
                unfinished[person] = (*unfinished.get(person, ()), topic.title)
    return unfinished


def _queue(ctx: Context, assessment: Assessment, reminder: Reminder, reminded: Reminded) -> bool:
    person = reminded.person
    page = "/sign-off" if reminded.duty is Duty.SIGN else ""
    return messages.queue(
        ctx,
        Kind.OVERDUE if reminder.days_left < 0 else Kind.REMINDER,
        person.email,
        once=reminder.key(assessment.due, assessment.id, person.id),
        **messages.about(assessment),
        due=assessment.due,
        when=reminder.when,
        duty=reminded.duty.value,
        topics=reminded.topics,
        path=f"/assessments/{assessment.id}{page}",
    )
