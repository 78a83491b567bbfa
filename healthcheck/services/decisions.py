"""Decisions where capacity is reached: taken, put into the plan, and waited for until they are.

The manager of a team decides on it as its lead does. The action comes into the plan of the
service's health check in the present cycle, also by a manager, who does not read that plan.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from healthcheck.core.errors import NotFoundError, StepRefusedError, UnacceptableDetailsError
from healthcheck.core.permissions import Permission, can
from healthcheck.core.plans import Origin
from healthcheck.core.workload import decisions as rules
from healthcheck.core.workload.decisions import Decision
from healthcheck.services import own_actions, plan_adding, plans, teams, workload, workload_sums
from healthcheck.services.open_now import today
from healthcheck.services.plan_access import refuse
from healthcheck.storage import assessments, roles
from healthcheck.storage import decisions as stored
from healthcheck.storage import people as stored_people

if TYPE_CHECKING:
    from datetime import date

    from healthcheck.core.accounts import Employer, Person
    from healthcheck.core.plans import Action, Owner
    from healthcheck.core.workload.decisions import Need, Proposed
    from healthcheck.core.workload.teams import Team
    from healthcheck.services.context import Context
    from healthcheck.storage.assessments import Found

NOT_ABOVE = (
    "Nothing was saved: they are below capacity in the newest snapshot, so there is nothing to"
    " decide. Look at the team’s workload again."
)

DECIDED_MEANWHILE = (
    "Nothing was saved: {} decided on this after you opened the page. Read that decision, then"
    " decide again if it is not enough."
)


@dataclass(frozen=True)
class TeamDecisions:
    """Who is at or above capacity in a team, and every decision about it, newest first.

    `sees_plan` says whether the person can open the actions that decisions became; `own` are the
    ids of those actions that are their own, which they can open in any case.
    """

    team: Team
    needs: tuple[Need, ...]
    decisions: tuple[Decision, ...]
    sees_plan: bool
    own: frozenset[str]
    today: date

    @property
    def waiting(self) -> tuple[Need, ...]:
        """Those that wait for a decision, the longest waiting first."""
        return tuple(each for each in self.needs if each.is_waiting)

    @property
    def decided(self) -> tuple[Need, ...]:
        """Those at or above capacity about whom a decision stands."""
        return tuple(each for each in self.needs if not each.is_waiting)


@dataclass(frozen=True)
class Asked:
    """Somebody at or above capacity, to be decided on, and who could see to it.

    `has_plan` says whether the decision becomes an action of a plan.
    """

    team: Team
    need: Need
    people: tuple[Person, ...]
    has_plan: bool
    today: date

    @property
    def based_on(self) -> str:
        """What the next decision is based on: the id of the present one, blank for none."""
        return self.need.decision.id if self.need.decision else ""


@dataclass(frozen=True)
class Waiting:
    """How many at an employer wait for a decision, and since when the first of them has."""

    employer: Employer
    count: int
    since: date


def of_team(ctx: Context, team_id: str) -> TeamDecisions:
    """Return a team's needs and decisions. Raises NotSignedInError and NotFoundError."""
    team = teams.team(ctx, team_id)
    held = roles.at_employer(ctx.store, ctx.someone().id, team.employer.id)
    return TeamDecisions(
        team,
        workload.needs_of(ctx, [team])[team.id],
        stored.of_teams(ctx.store, [team.id])[team.id],
        can(held, Permission.SEE_PLAN),
        frozenset(each.action.id for each in own_actions.owned(ctx)),
        today(ctx),
    )


def asked(ctx: Context, team_id: str, worker_id: str | None) -> Asked:
    """Return a worker (None: the team) who is at or above capacity, to be decided on.

    Raises NotSignedInError, and NotFoundError for one who is not.
    """
    team = teams.open_team(ctx, team_id)
    need = _need(ctx, team, worker_id)
    if need is None:
        raise NotFoundError("There is nobody here who needs a decision.")
    return Asked(
        team,
        need,
        tuple(each.person for each in stored_people.of(ctx.store, team.employer.id)),
        _health_check(ctx, team) is not None,
        today(ctx),
    )


def decide(
    ctx: Context,
    team_id: str,
    worker_id: str | None,
    proposed: Proposed,
    based_on: str | None = None,
) -> Decision:
    """Record a decision; it becomes an action where the service has a health check now.

    `based_on` is the id of the decision that stood when the page was opened, blank for none, None
    for a caller who opened no page. Raises NotSignedInError, NotFoundError,
    UnacceptableDetailsError, and StepRefusedError when somebody decided meanwhile.
    """
    refuse(rules.problems(proposed, today(ctx)))
    with ctx.store.writing():
        team = teams.open_team(ctx, team_id)
        need = _still_needed(ctx, team, worker_id, based_on)
        taken = rules.tidy(proposed)
        taken = replace(taken, owner=_known(ctx, team, taken.owner))
        made = Decision(
            id=secrets.token_urlsafe(teams.BYTES_OF_AN_ID),
            team_id=team.id,
            worker_id=worker_id,
            name=need.name,
            taken_on=need.taken_on,
            said=need.said,
            starts=need.starts,
            proposed=taken,
            decided_by=ctx.someone().name,
            decided_at=ctx.now,
        )
        action = _into_plan(ctx, team, made)
        if action is not None:
            made = replace(made, assessment_id=action.assessment_id, action_id=action.id)
        stored.add(ctx.store, made, ctx.someone().id)
        whose = worker_id or "the team"
        teams.note(ctx, "workload decided", team, decision=made.id, whose=whose)
    return made


def waiting(ctx: Context) -> tuple[Waiting, ...]:
    """Return what waits for a decision at each employer where the person keeps caseloads.

    In as many queries for many employers and teams as for one. Raises NotSignedInError.
    """
    those = teams.kept(ctx)
    needs = workload.needs_of(ctx, those)
    found = []
    for employer, of in groupby(those, key=attrgetter("employer")):
        each_need = [need for team in of for need in needs[team.id]]
        waits = [need.waits_since for need in each_need if need.is_waiting]
        if waits:
            found.append(Waiting(employer, len(waits), min(waits)))
    return tuple(found)


def _need(ctx: Context, team: Team, worker_id: str | None) -> Need | None:
    found = workload.needs_of(ctx, [team])[team.id]
    return next((each for each in found if each.worker_id == worker_id), None)


def _still_needed(ctx: Context, team: Team, worker_id: str | None, based_on: str | None) -> Need:
    """Return what a decision answers, in the transaction that writes it."""
    workload_sums.renew(ctx, team)
    need = _need(ctx, team, worker_id)
    if need is None:
        raise UnacceptableDetailsError(NOT_ABOVE)
    standing = need.decision
    if based_on is not None and standing is not None and standing.id != based_on:
        raise StepRefusedError(DECIDED_MEANWHILE.format(standing.decided_by))
    return need


def _known(ctx: Context, team: Team, owner: Owner) -> Owner:
    """Return an owner with the name of their account, if they have one here."""
    if owner.person_id is None:
        return owner
    for each in stored_people.of(ctx.store, team.employer.id):
        if each.person.id == owner.person_id:
            return replace(owner, name=each.person.name)
    raise UnacceptableDetailsError(
        "Choose an owner who belongs to this employer, or write who it is."
    )


def _into_plan(ctx: Context, team: Team, decision: Decision) -> Action | None:
    found = _health_check(ctx, team)
    if found is None:
        return None
    names = [each.name for each in team.workers]
    details = rules.as_action(decision, team.name, names)
    held = roles.at_employer(ctx.store, ctx.someone().id, team.employer.id)
    if can(held, Permission.CHANGE_PLAN):
        return plans.add_inside(ctx, found.assessment.id, details, origin=Origin.WORKLOAD)
    return plan_adding.put_in(ctx, found.assessment, details, origin=Origin.WORKLOAD)


def _health_check(ctx: Context, team: Team) -> Found | None:
    found = stored.health_check_now(ctx.store, team.employer.id, team.service, today(ctx))
    return assessments.find_for_anybody(ctx.store, found) if found else None
