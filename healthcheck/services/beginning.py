"""Health checks begun: one, or all of a cycle at once, and their leads told that it is open.

No permission is asked here: `cycles` asks for what an administrator does, and the command line is
for whoever runs the installation.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from itertools import repeat
from typing import TYPE_CHECKING

from healthcheck.core import cycles as core
from healthcheck.core.assessments import Assessment
from healthcheck.core.cycles import Stage
from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.messages import Kind
from healthcheck.core.steps import State
from healthcheck.services import carrying, messages, plan_carrying
from healthcheck.services.open_now import today
from healthcheck.storage import assessments as stored_assessments
from healthcheck.storage import cycles as stored
from healthcheck.storage import employers as stored_employers
from healthcheck.storage import events

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthcheck.core.accounts import Employer
    from healthcheck.core.cycles import Cycle
    from healthcheck.core.employers import Known
    from healthcheck.services.context import Context
    from healthcheck.storage.cycles import Standing

LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"
LETTERS_OF_A_REFERENCE = 6


def begin(ctx: Context, employer: Employer, service: str, cycle: Cycle) -> Assessment:
    """Begin one health check, making its cycle when there is none of that name.

    `cycle` has no id; its deadline is this health check's own. Raises NotFoundError when there is
    no such edition, and UnacceptableDetailsError when the cycle cannot be or has one of this
    employer and service already.
    """
    with ctx.store.writing():
        there = stored.find(ctx.store, cycle.questionnaire, cycle.name)
        if there is None:
            require_possible(cycle)
            add_cycle(ctx, replace(cycle, id=secrets.token_urlsafe(12)))
        elif cycle.due > there.closes:
            raise UnacceptableDetailsError(
                f"The {there.name} cycle closes on {core.day(there.closes)},"
                " so the deadline must be on that day or before."
            )
        assessment = _assessment(ctx, employer, service, cycle, set())
        if stored_assessments.is_started(ctx.store, assessment):
            raise UnacceptableDetailsError(
                f"{employer.name} has a health check of this service in {cycle.name} already."
            )
        stored_employers.assesses(ctx.store, employer.id, service)
        _keep(ctx, assessment)
    return assessment


def begin_all(
    ctx: Context, cycle: Cycle, chosen: Iterable[tuple[Known, str]]
) -> tuple[Assessment, ...]:
    """Begin a health check of each employer and service that has none, and return the new ones.

    Inside the caller's transaction. The leads are told when the cycle is open.
    """
    invited = stored.invited(ctx.store, cycle)
    taken = stored.references(ctx.store, cycle.name)
    made = tuple(
        _assessment(ctx, known.employer, service, cycle, taken)
        for known, service in chosen
        if (known.id, service) not in invited
    )
    for assessment in made:
        _keep(ctx, assessment)
    if made and core.stage(cycle, today(ctx)) is Stage.OPEN:
        new = {assessment.id for assessment in made}
        _tell(
            ctx,
            cycle,
            (each for each in stored.standings(ctx.store, cycle) if each.assessment_id in new),
        )
    return made


def add_cycle(ctx: Context, cycle: Cycle) -> None:
    """Write a new cycle and that it was opened, inside the caller's transaction."""
    stored.add(ctx.store, cycle, ctx.now)
    note_cycle(ctx, "cycle opened", cycle)


def note_cycle(ctx: Context, kind: str, cycle: Cycle) -> None:
    """Write an event about a cycle, inside the caller's transaction."""
    events.add(
        ctx.store,
        kind,
        ctx.now,
        person_id=_person_id(ctx),
        detail={
            "cycle": cycle.id,
            "questionnaire": cycle.questionnaire,
            "edition": cycle.edition,
            "name": cycle.name,
            "opens": cycle.opens.isoformat(),
            "due": cycle.due.isoformat(),
            "closes": cycle.closes.isoformat(),
        },
    )


def require_possible(cycle: Cycle) -> None:
    """Raise UnacceptableDetailsError with every reason why a cycle cannot be like this."""
    found = [each.message for each in core.date_problems(cycle.opens, cycle.due, cycle.closes)]
    problems = [*filter(None, [core.name_problem(cycle.name)]), *found]
    if problems:
        raise UnacceptableDetailsError(" ".join(problems))


def tell_of_opened(ctx: Context) -> None:
    """Tell the leads of health checks that are open and not begun, each once and never again.

    For a command that runs every day: it finds the cycles prepared before the day they open.
    """
    with ctx.store.writing():
        for cycle in stored.of_all(ctx.store):
            if core.stage(cycle, today(ctx)) is Stage.OPEN:
                found = stored.standings(ctx.store, cycle)
                _tell(ctx, cycle, (each for each in found if each.state is State.NOT_STARTED))


def _tell(ctx: Context, cycle: Cycle, standings: Iterable[Standing]) -> None:
    told = tuple(standings)
    leads = stored.leads(ctx.store, [each.employer_id for each in told])
    for each in told:
        for email in leads.get(each.employer_id, ()):
            messages.queue(
                ctx,
                Kind.CYCLE_OPENED,
                email,
                once=f"cycle opened: {each.assessment_id} {email}",
                employer=each.employer,
                service=each.service,
                cycle=cycle.name,
                due=each.due,
                path=f"/assessments/{each.assessment_id}",
            )


def _assessment(
    ctx: Context, employer: Employer, service: str, cycle: Cycle, taken: set[str]
) -> Assessment:
    """Return a new health check whose reference is none of those taken, and take it."""
    drawn = map(_reference, repeat(cycle.name))
    reference = next(each for each in drawn if each not in taken)
    taken.add(reference)
    return Assessment(
        id=secrets.token_urlsafe(12),
        reference=reference,
        employer=employer,
        service=service,
        cycle=cycle.name,
        due=cycle.due,
        questionnaire=cycle.questionnaire,
        edition=cycle.edition,
        digest=ctx.library.digest(cycle.questionnaire, cycle.edition),
        revision=0,
        changed_at=ctx.now,
    )


def _keep(ctx: Context, assessment: Assessment) -> None:
    stored_assessments.add(ctx.store, assessment)
    carrying.carry(ctx, assessment)
    plan_carrying.carry(ctx, assessment)
    events.add(
        ctx.store,
        "assessment started",
        ctx.now,
        person_id=_person_id(ctx),
        assessment_id=assessment.id,
        employer_id=assessment.employer.id,
    )


def _person_id(ctx: Context) -> str | None:
    return ctx.person.id if ctx.person else None


def _reference(cycle: str) -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(LETTERS_OF_A_REFERENCE))
    return f"HC-{cycle}-{letters}"
