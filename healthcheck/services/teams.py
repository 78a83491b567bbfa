"""Teams: who may open which, setting one up, and whose account belongs to which worker.

The lead of an employer opens all of its teams, a manager those they manage. To everybody else,
BASW's people too, a team looks as if it were not there.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from healthcheck.core.errors import NotAllowedError, NotFoundError, UnacceptableDetailsError
from healthcheck.core.people import tidy_name
from healthcheck.core.permissions import Permission, Role, can
from healthcheck.core.workload import team_rules as rules
from healthcheck.core.workload.team_rules import Offered
from healthcheck.core.workload.teams import Team, TeamWorker
from healthcheck.services import workload_sums
from healthcheck.storage import accounts, employers, events, roles
from healthcheck.storage import people as stored_people
from healthcheck.storage import teams as stored

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from healthcheck.core.accounts import Employer, Person
    from healthcheck.core.workload.schemes import Scheme
    from healthcheck.core.workload.team_rules import Details
    from healthcheck.services.context import Context

BYTES_OF_AN_ID = 12
NO_SUCH_TEAM = "There is no team here that you can open."
NO_SUCH_EMPLOYER = "There is no employer here that you can open."


def team(ctx: Context, team_id: str) -> Team:
    """Return a team to the lead of its employer and to those who manage it.

    Raises NotSignedInError and NotFoundError.
    """
    person = ctx.someone()
    found = stored.find(ctx.store, team_id)
    if found is None or not _opens(person, _held(ctx, found.employer.id), found):
        raise NotFoundError(NO_SUCH_TEAM)
    return found


def open_team(ctx: Context, team_id: str) -> Team:
    """Return a team that is not closed, to be worked on. Raises as `team` does."""
    found = team(ctx, team_id)
    if found.closed_at is not None:
        raise NotFoundError("This team was closed, so nothing can be changed in it.")
    return found


def teams_of(ctx: Context, employer_id: str) -> tuple[Team, ...]:
    """Return the teams of an employer that the person may open, by name.

    All of them for its lead, their own for a manager. Raises NotSignedInError and NotFoundError.
    """
    person = ctx.someone()
    held = _held(ctx, employer_id)
    if not can(held, Permission.KEEP_CASELOADS):
        raise NotFoundError(NO_SUCH_EMPLOYER)
    found = stored.of_employer(ctx.store, employer_id)
    return tuple(each for each in found if _opens(person, held, each))


def kept(ctx: Context) -> tuple[Team, ...]:
    """Return all teams that the person may open anywhere, by employer and name, in few queries.

    Raises NotSignedInError.
    """
    person = ctx.someone()
    held = {one.id: by for one, by in roles.employers_of(ctx.store, person.id)}
    found = stored.of_employers(ctx.store, held)
    return tuple(each for each in found if _opens(person, held[each.employer.id], each))


def mine(ctx: Context) -> tuple[tuple[Team, TeamWorker], ...]:
    """Return each team in which the person signed in is a worker, and which worker they are.

    Raises NotSignedInError.
    """
    found = stored.of_person(ctx.store, ctx.someone().id)
    return tuple(
        (each, next(one for one in each.workers if one.id == worker_id))
        for each, worker_id in found
    )


def employer(ctx: Context, employer_id: str) -> Employer:
    """Return an employer to those who keep caseloads there.

    Raises NotSignedInError and NotFoundError.
    """
    ctx.someone()
    found = accounts.find_employer_by_id(ctx.store, employer_id)
    if found is None or not can(_held(ctx, employer_id), Permission.KEEP_CASELOADS):
        raise NotFoundError(NO_SUCH_EMPLOYER)
    return found


def may_set_up(ctx: Context, employer_id: str) -> bool:
    """Say whether the person sets up the employer's teams. Raises NotSignedInError."""
    return can(_held(ctx, employer_id), Permission.SET_UP_TEAMS)


def at(ctx: Context) -> tuple[Employer, ...]:
    """Return the employers where the person keeps caseloads, by name. Raises NotSignedInError."""
    found = roles.employers_of(ctx.store, ctx.someone().id)
    return tuple(one for one, held in found if can(held, Permission.KEEP_CASELOADS))


def schemes(ctx: Context) -> Mapping[str, Scheme]:
    """Return the schemes there are to choose from, by id."""
    return ctx.library.schemes.by_id


def chosen(ctx: Context, of: Team) -> tuple[Scheme, ...]:
    """Return the schemes a team uses; one whose file is gone is left out."""
    return of.chosen(ctx.library.schemes.by_id)


def who_could_manage(ctx: Context, employer_id: str) -> tuple[Person, ...]:
    """Return everybody who has the role of a team manager at an employer, by name."""
    return roles.holders(ctx.store, employer_id, Role.MANAGER)


def who_could_be_linked(ctx: Context, employer_id: str) -> tuple[Person, ...]:
    """Return everybody at an employer who could see their own load, by name."""
    return tuple(
        each.person
        for each in stored_people.of(ctx.store, employer_id)
        if can(each.roles, Permission.SEE_OWN_LOAD)
    )


def offered(ctx: Context, employer_id: str, team_id: str | None = None) -> Offered:
    """Return what there is to choose from for a team; its own name is not among those taken."""
    known = employers.find(ctx.store, employer_id)
    others = [one for one in stored.of_employer(ctx.store, employer_id) if one.id != team_id]
    return Offered(
        names=[one.name for one in others],
        services=rules.services(known.details.services if known else ()),
        schemes=schemes(ctx),
        managers=[one.id for one in who_could_manage(ctx, employer_id)],
    )


def setting_up(ctx: Context, employer_id: str) -> Employer:
    """Return the employer to somebody who sets up its teams.

    Raises NotSignedInError, NotFoundError and NotAllowedError.
    """
    found = employer(ctx, employer_id)
    if not may_set_up(ctx, employer_id):
        raise NotAllowedError(
            f"You cannot {Permission.SET_UP_TEAMS.value}. Ask your health check lead."
        )
    return found


def problems(
    ctx: Context, employer_id: str, details: Details, team_id: str | None = None
) -> dict[str, str]:
    """Return a sentence for each detail that cannot be taken. Raises as `setting_up` does."""
    setting_up(ctx, employer_id)
    return rules.problems(details, offered(ctx, employer_id, team_id))


def add(ctx: Context, employer_id: str, details: Details) -> Team:
    """Set a team up. For the lead; this is an event.

    Raises NotSignedInError, NotFoundError, NotAllowedError and UnacceptableDetailsError.
    """
    with ctx.store.writing():
        at_employer = setting_up(ctx, employer_id)
        new = Team(secrets.token_urlsafe(BYTES_OF_AN_ID), at_employer, "", "", ())
        made = _with(ctx, new, details)
        stored.add(ctx.store, made, ctx.someone().id, ctx.now)
        note(ctx, "team added", made, **_set_up(made))
    return made


def change(ctx: Context, team_id: str, details: Details, based_on: str = "") -> Team:
    """Change a team's name, service, schemes and managers.

    Raises as `add` does, and SavedMeanwhileError when the team is past the version `based_on`.
    """
    with ctx.store.writing():
        before = open_team(ctx, team_id)
        setting_up(ctx, before.employer.id)
        made = _with(ctx, before, details)
        rules.require_current(before, made, based_on)
        stored.save(ctx.store, made)
        workload_sums.renew(ctx, made)
        note(ctx, "team changed", made, **_set_up(made))
    return made


def close(ctx: Context, team_id: str, reason: str) -> Team:
    """Close a team that is no more; its snapshots are kept. Raises as `add` does."""
    with ctx.store.writing():
        found = open_team(ctx, team_id)
        setting_up(ctx, found.employer.id)
        why = rules.reason(reason)
        stored.close(ctx.store, team_id, ctx.someone().id, why, ctx.now)
        note(ctx, "team closed", found)
    return found


def change_worker(  # noqa: PLR0913, PLR0917 - who, what, and what the form showed
    ctx: Context, team_id: str, worker_id: str, name: str, person_id: str | None, based_on: str = ""
) -> TeamWorker:
    """Give a worker another name, and say whose account is theirs (None: nobody's).

    Raises NotSignedInError, NotFoundError, UnacceptableDetailsError, and SavedMeanwhileError when
    the worker is past the version `based_on`.
    """
    with ctx.store.writing():
        found = open_team(ctx, team_id)
        before = worker(found, worker_id)
        person = _linked(ctx, found, before, person_id)
        now = TeamWorker(worker_id, rules.worker_name(found, before, name), person)
        rules.require_current(before, now, based_on)
        if now != before:
            stored.rename_worker(ctx.store, worker_id, now.name)
            stored.link(ctx.store, worker_id, person_id)
            note(ctx, "worker changed", found, worker=worker_id, person=person_id or "")
    return now


def worker(of: Team, worker_id: str) -> TeamWorker:
    """Return a worker of a team. Raises NotFoundError."""
    for each in of.workers:
        if each.id == worker_id:
            return each
    raise NotFoundError("There is no such worker in this team.")


def note(ctx: Context, kind: str, about: Team, **more: events.Detail) -> None:
    """Write an event about a team, inside the caller's transaction; it names nobody."""
    events.add(
        ctx.store,
        kind,
        ctx.now,
        person_id=ctx.someone().id,
        employer_id=about.employer.id,
        detail={"team": about.id, **more},
    )


def _set_up(made: Team) -> dict[str, events.Detail]:
    """Return what an event tells of a team: who manages it, and by what it is judged."""
    return {"managers": [each.id for each in made.managers], "schemes": [*made.scheme_ids]}


def _held(ctx: Context, employer_id: str) -> frozenset[Role]:
    return roles.at_employer(ctx.store, ctx.someone().id, employer_id)


def _opens(person: Person, held: Collection[Role], found: Team) -> bool:
    return can(held, Permission.SET_UP_TEAMS) or (
        can(held, Permission.KEEP_CASELOADS) and person in found.managers
    )


def _with(ctx: Context, before: Team, details: Details) -> Team:
    """Return a team with new details. Raises UnacceptableDetailsError."""
    found = problems(ctx, before.employer.id, details, before.id)
    if found:
        raise UnacceptableDetailsError(" ".join(found.values()))
    could_manage = who_could_manage(ctx, before.employer.id)
    return replace(
        before,
        name=tidy_name(details.name),
        service=details.service,
        scheme_ids=tuple(each for each in schemes(ctx) if each in details.schemes),
        managers=tuple(each for each in could_manage if each.id in details.managers),
    )


def _linked(ctx: Context, found: Team, before: TeamWorker, person_id: str | None) -> Person | None:
    """Return whose account is to be a worker's. Raises UnacceptableDetailsError."""
    if person_id is None or (before.person is not None and before.person.id == person_id):
        return before.person if person_id else None
    taken = {each.person.id for each in found.workers if each.person is not None}
    if person_id in taken:
        raise UnacceptableDetailsError(
            "That account belongs to another worker of this team already."
        )
    for person in who_could_be_linked(ctx, found.employer.id):
        if person.id == person_id:
            return person
    raise UnacceptableDetailsError(
        "Choose somebody who is a practitioner or team manager at this employer."
    )
