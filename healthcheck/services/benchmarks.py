"""An employer's caseload benchmark: its safe levels published, changed and taken down again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from healthcheck.core import public_pages as pages
from healthcheck.core.errors import NotFoundError, StepRefusedError
from healthcheck.core.permissions import Permission
from healthcheck.core.public_pages import Kind
from healthcheck.core.workload import benchmarks as core
from healthcheck.core.workload.benchmarks import Benchmark
from healthcheck.services import public_pages
from healthcheck.services.open_now import today
from healthcheck.services.permissions import permitted_at
from healthcheck.storage import accounts, events, teams
from healthcheck.storage import benchmarks as stored

if TYPE_CHECKING:
    from healthcheck.core.accounts import Employer
    from healthcheck.core.public_pages import Link
    from healthcheck.core.workload.benchmarks import ServiceLevels
    from healthcheck.core.workload.schemes import Scheme
    from healthcheck.services.context import Context

NO_LEVELS = "No scheme of your teams has a safe level yet, so there is nothing to publish."


@dataclass(frozen=True)
class Place:
    """What a lead works on: the levels as they are now, and what is or was public."""

    employer: Employer
    services: tuple[ServiceLevels, ...]
    standing: Benchmark | None
    earlier: tuple[Benchmark, ...]

    @property
    def has_levels(self) -> bool:
        """Say whether there is anything to publish."""
        return any(each.levels for each in self.services)

    @property
    def is_newer(self) -> bool:
        """Say whether the public page does not say what the schemes say now."""
        return self.standing is not None and self.standing.services != public(self.services)


@dataclass(frozen=True, slots=True)
class Published:
    """What anybody may read; `others` are the employer's other public pages."""

    benchmark: Benchmark
    employer: Employer
    others: tuple[Link, ...] = ()


def place(ctx: Context, employer_id: str) -> Place:
    """Return what a lead works on. Raises NotSignedInError, NotFoundError and NotAllowedError."""
    with ctx.store.reading():
        return _place(ctx, permitted_at(ctx, employer_id, Permission.SET_UP_TEAMS))


def preview(ctx: Context, employer_id: str, note: str = "") -> Published:
    """Return what would be public. Raises what `place` does, and StepRefusedError."""
    with ctx.store.reading():
        now = _place(ctx, permitted_at(ctx, employer_id, Permission.SET_UP_TEAMS))
        return Published(_benchmark(ctx, now, note), now.employer)


def publish(ctx: Context, employer_id: str, note: str) -> Benchmark:
    """Make the levels public; a page that is public already shows them from now on.

    Raises what `place` does, StepRefusedError when there are none, and UnacceptableDetailsError.
    """
    note = core.accepted_note(note)
    with ctx.store.writing():
        now = _place(ctx, permitted_at(ctx, employer_id, Permission.SET_UP_TEAMS))
        made = _benchmark(ctx, now, note)
        write = stored.change if now.standing else stored.publish
        write(ctx.store, made, ctx.someone().id)
        _note(ctx, now.employer, "caseload benchmark published", address=made.address)
    return made


def take_down(ctx: Context, employer_id: str, reason: str) -> None:
    """Take the public page down; its address then says that it was, and when.

    Raises what `place` does, StepRefusedError when nothing is public, and UnacceptableDetailsError
    without a reason.
    """
    why = pages.accepted_reason(reason)
    with ctx.store.writing():
        now = _place(ctx, permitted_at(ctx, employer_id, Permission.SET_UP_TEAMS))
        gone = public_pages.remove(ctx, stored, now.standing, why)
        _note(ctx, now.employer, "caseload benchmark taken down", address=gone.address, reason=why)


def read(ctx: Context, address: str) -> Published:
    """Return what is public at an address, for anybody.

    Raises NotFoundError, and PageTakenDownError when it was taken down.
    """
    with ctx.store.reading():
        found = public_pages.open_to_anybody(stored.find(ctx.store, address), Kind.BENCHMARK)
        employer = accounts.find_employer_by_id(ctx.store, found.employer_id)
        if employer is None:  # pragma: no cover - an employer never goes
            raise NotFoundError(public_pages.NOTHING_HERE)
        return Published(found, employer, public_pages.others(ctx, employer.id, address))


def public(services: tuple[ServiceLevels, ...]) -> tuple[ServiceLevels, ...]:
    """Return the services that have levels, without what their schemes lack."""
    return tuple(replace(each, missing=()) for each in services if each.levels)


def _place(ctx: Context, employer: Employer) -> Place:
    schemes = ctx.library.schemes.by_id
    used: dict[str, list[Scheme]] = {}
    for team in teams.of_employer(ctx.store, employer.id):
        named = [schemes[each] for each in team.scheme_ids if each in schemes]
        used.setdefault(team.service, []).extend(named)
    every = stored.of(ctx.store, employer.id)
    return Place(
        employer,
        core.services(dict(sorted(used.items())), today(ctx)),
        pages.standing(every),
        pages.earlier(every),
    )


def _benchmark(ctx: Context, now: Place, note: str) -> Benchmark:
    """Return what would be public. Raises StepRefusedError when there is no level."""
    if not now.has_levels:
        raise StepRefusedError(NO_LEVELS)
    named = pages.address(public_pages.letters(), now.employer.name)
    address = now.standing.address if now.standing else named
    return Benchmark(now.employer.id, address, public(now.services), note, ctx.now)


def _note(ctx: Context, employer: Employer, kind: str, **detail: str) -> None:
    events.add(
        ctx.store,
        kind,
        ctx.now,
        person_id=ctx.someone().id,
        employer_id=employer.id,
        detail=detail,
    )
