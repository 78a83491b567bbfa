"""People and their roles: who is where, giving and taking roles, and removing somebody for good.

Events here name people by their id alone: an event is never taken out, a person's data can be.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.errors import NotAllowedError, NotFoundError, NotReadyError
from healthcheck.core.people import (
    Member,
    former,
    in_order,
    is_at,
    may_give,
    that_must_stay,
)
from healthcheck.core.permissions import Permission, Role, can
from healthcheck.services import claims, passwords
from healthcheck.services.accounts import fingerprint, normal_email
from healthcheck.services.permissions import permitted_at, permitted_at_basw
from healthcheck.storage import accounts, assigning, caseload_reports, events, roles, teams
from healthcheck.storage import people as stored

if TYPE_CHECKING:
    from collections.abc import Collection

    from healthcheck.core.accounts import Employer, Person
    from healthcheck.services.context import Context

NO_SUCH_PERSON = "There is nobody here that you can open."


@dataclass(frozen=True, slots=True)
class Place:
    """An employer, or BASW (`employer` is None), as somebody who looks after its people meets it.

    `gives` are the roles that they may give there.
    """

    employer: Employer | None
    gives: tuple[Role, ...]

    @property
    def id(self) -> str | None:
        """The employer's id, None for BASW."""
        return self.employer.id if self.employer else None

    @property
    def name(self) -> str:
        """What people call it."""
        return self.employer.name if self.employer else "BASW"

    @property
    def must_stay(self) -> Role:
        """The role that somebody must always hold there."""
        return that_must_stay(at_basw=self.employer is None)


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody to remove, what the record will call them, and the employers left without a lead."""

    person: Person
    called: str
    led_alone: tuple[str, ...]


def place(ctx: Context, employer_id: str | None) -> Place:
    """Return an employer or, without an id, BASW, for somebody who looks after its people.

    Raises NotSignedInError, NotFoundError and NotAllowedError.
    """
    if employer_id is None:
        person = permitted_at_basw(ctx, Permission.MANAGE_BASW)
        held = roles.at_basw(ctx.store, person.id)
        return Place(None, may_give(held, at_basw=True))
    employer = permitted_at(ctx, employer_id, Permission.INVITE)
    person = ctx.someone()
    own = roles.at_employer(ctx.store, person.id, employer_id)
    return Place(employer, may_give(own or roles.at_basw(ctx.store, person.id), at_basw=False))


def of_employer(ctx: Context, employer_id: str) -> tuple[Member, ...]:
    """Return everybody with a role at an employer, by name. Raises as `place` does."""
    return stored.of(ctx.store, place(ctx, employer_id).id)


def of_basw(ctx: Context) -> tuple[Member, ...]:
    """Return everybody with a role at BASW, by name. Raises as `place` does."""
    return stored.of(ctx.store, place(ctx, None).id)


def with_no_role(ctx: Context) -> tuple[Person, ...]:
    """Return everybody who has an account and no role anywhere. Raises as `place` does."""
    place(ctx, None)
    return stored.nowhere(ctx.store)


def holding(ctx: Context, employer_id: str, role: Role) -> tuple[Person, ...]:
    """Return everybody with one role at an employer, to send a message to; checks nothing."""
    members = stored.of(ctx.store, employer_id)
    return tuple(each.person for each in members if role in each.roles)


def looked_after(ctx: Context) -> tuple[Employer, ...]:
    """Return the employers whose people this person looks after, by name, those of BASW aside.

    Raises NotSignedInError.
    """
    found = roles.employers_of(ctx.store, ctx.someone().id)
    return tuple(employer for employer, held in found if can(held, Permission.INVITE))


def member(ctx: Context, employer_id: str | None, person_id: str) -> Member:
    """Return one person with their roles at an employer or at BASW.

    Raises as `place` does, and NotFoundError when they have no role there.
    """
    found = stored.of(ctx.store, place(ctx, employer_id).id)
    for each in found:
        if each.person.id == person_id:
            return each
    raise NotFoundError(NO_SUCH_PERSON)


def set_roles(
    ctx: Context,
    employer_id: str | None,
    person_id: str,
    wanted: Collection[Role],
    *,
    confirmed: bool = False,
) -> Member:
    """Let a person have exactly these roles in one place; with none, they are no longer there.

    Somebody who can no longer answer there loses the topics assigned to them, who can no longer
    review the reviews they have claimed, who no longer manages the teams they had, and who can no
    longer see a load of their own the worker they were: none of it comes back by itself with the
    role. Raises as `member` does, NotAllowedError for a role that is not theirs to give, and
    NotReadyError when the place would be left without its last lead or administrator and nobody
    confirmed it; nobody can take that from themselves.
    """
    with ctx.store.writing():
        where = place(ctx, employer_id)
        now = member(ctx, employer_id, person_id)
        given = in_order(set(wanted) - set(now.roles))
        taken = in_order(set(now.roles) - set(wanted))
        if not set(given) <= set(where.gives):
            raise NotAllowedError(f"That role at {where.name} is not yours to give.")
        if where.must_stay in taken:
            _require_another(ctx, where, now, confirmed=confirmed)
        for role in given:
            roles.give(ctx.store, person_id, role, where.id)
            _note(ctx, "role given", where, person_id, role)
        for role in taken:
            roles.take(ctx.store, person_id, role, where.id)
            _note(ctx, "role taken", where, person_id, role)
        claims.let_go(ctx, person_id)
        if where.id is not None:
            _let_go_at(ctx, where.id, person_id, wanted)
    return Member(now.person, in_order(set(wanted)))


def _let_go_at(ctx: Context, employer_id: str, person_id: str, wanted: Collection[Role]) -> None:
    """Take from a person what belongs to roles that they do not have at an employer any more."""
    if not can(wanted, Permission.ANSWER):
        assigning.take_all(ctx.store, person_id, employer_id)
    if Role.MANAGER not in wanted:
        teams.take_all(ctx.store, person_id, employer_id)
    if not can(wanted, Permission.SEE_OWN_LOAD):
        teams.unlink_all(ctx.store, person_id, employer_id)


def is_last(ctx: Context, where: Place, of: Member) -> bool:
    """Say whether somebody is the last with the role that must stay in a place."""
    others = [each for each in stored.of(ctx.store, where.id) if each != of]
    return where.must_stay in of.roles and not any(where.must_stay in each.roles for each in others)


def leaving(ctx: Context, person_id: str) -> Leaving:
    """Return who `remove` would remove and what that would leave. Raises as it does."""
    return _leaving(ctx, _removable(ctx, person_id))


def leaving_by_address(ctx: Context, email: str) -> Leaving:
    """Return the same for an address; for whoever runs the installation.

    Raises NotFoundError.
    """
    found = accounts.find_person(ctx.store, normal_email(email))
    if found is None or stored.find(ctx.store, found[0].id) is None:
        raise NotFoundError(f"Nobody has an account with the address “{email}”.")
    return _leaving(ctx, found[0])


def remove(ctx: Context, person_id: str) -> Leaving:
    """Remove a person's data for good, and return who it was and what they are called now.

    Name, address, password, sessions, second factor, identities, places, topics, roles and the
    messages to them go; what they did and wrote stays under the new name. Raises NotSignedInError,
    NotFoundError, NotAllowedError, and NotReadyError for oneself.
    """
    nobodys = passwords.hashed(secrets.token_urlsafe(32))
    with ctx.store.writing():
        gone = leaving(ctx, person_id)
        _forget(ctx, gone, nobodys)
    return gone


def remove_by_address(ctx: Context, email: str) -> Leaving:
    """Remove the person with this address; for whoever runs the installation.

    Raises NotFoundError.
    """
    nobodys = passwords.hashed(secrets.token_urlsafe(32))
    with ctx.store.writing():
        gone = leaving_by_address(ctx, email)
        _forget(ctx, gone, nobodys)
    return gone


def may_delete(ctx: Context) -> bool:
    """Say whether the person may delete accounts. Raises NotSignedInError."""
    return can(roles.at_basw(ctx.store, ctx.someone().id), Permission.MANAGE_BASW)


def _removable(ctx: Context, person_id: str) -> Person:
    administrator = permitted_at_basw(ctx, Permission.MANAGE_BASW)
    person = stored.find(ctx.store, person_id)
    if person is None:
        raise NotFoundError(NO_SUCH_PERSON)
    if person == administrator:
        raise NotReadyError("You cannot delete your own account. Ask another administrator.")
    return person


def _leaving(ctx: Context, person: Person) -> Leaving:
    held = stored.roles_anywhere(ctx.store, person.id)
    last = stored.role_taken_last(ctx.store, person.id)
    name = former(held or ({last} if last else set()))
    return Leaving(person, name, stored.employers_led_alone(ctx.store, person.id))


def _forget(ctx: Context, gone: Leaving, password_hash: str) -> None:
    caseload_reports.rename(ctx.store, gone.person, gone.called)
    stored.forget(ctx.store, gone.person, gone.called, password_hash, ctx.now)
    claims.let_go(ctx, gone.person.id)
    accounts.forget_failures(ctx.store, fingerprint(gone.person.email))
    events.add(
        ctx.store,
        "person removed",
        ctx.now,
        person_id=ctx.person.id if ctx.person else None,
        detail={"person": gone.person.id},
    )


def _require_another(ctx: Context, where: Place, now: Member, *, confirmed: bool) -> None:
    if not is_last(ctx, where, now):
        return
    role = where.must_stay.value
    if now.person == ctx.someone():
        raise NotReadyError(
            f"You are the only {role} at {where.name}. Give somebody else that role first."
        )
    if not confirmed:
        raise NotReadyError(
            f"{now.person.name} is the only {role} at {where.name}. Say that you know this."
        )


def _note(ctx: Context, kind: str, where: Place, person_id: str, role: Role) -> None:
    events.add(
        ctx.store,
        kind,
        ctx.now,
        person_id=ctx.someone().id,
        employer_id=where.id,
        detail={"person": person_id, "role": role.name},
    )


def require_role_of(where: Place, role: Role) -> None:
    """Raise NotAllowedError unless somebody who looks after a place may give this role there."""
    if role not in where.gives or not is_at(role, at_basw=where.employer is None):
        raise NotAllowedError(f"That role at {where.name} is not yours to give.")
