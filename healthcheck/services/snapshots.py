"""Snapshots of a team: kept, changed, deleted with a reason; the newest ones of a service."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from healthcheck.core.employers import same
from healthcheck.core.errors import NotFoundError, StepRefusedError, UnacceptableDetailsError
from healthcheck.core.workload import snapshot_rules, team_rules
from healthcheck.core.workload.teams import Kept, Way
from healthcheck.services import teams, workload_sums
from healthcheck.services.open_now import today
from healthcheck.storage import snapshots as stored
from healthcheck.storage import teams as stored_teams

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.workload.snapshots import Snapshot
    from healthcheck.core.workload.teams import Deleted, Listed, Team
    from healthcheck.services.context import Context

MOST_SENTENCES = 10
NO_SUCH_SNAPSHOT = "There is no such snapshot of this team."


def listed(ctx: Context, team_id: str) -> tuple[Listed, ...]:
    """Return a team's snapshots, newest first. Raises NotSignedInError and NotFoundError."""
    return stored.listed(ctx.store, teams.team(ctx, team_id).id)


def snapshot(ctx: Context, team_id: str, kept_id: str) -> Kept:
    """Return one snapshot of a team. Raises NotSignedInError and NotFoundError."""
    found = stored.find(ctx.store, teams.team(ctx, team_id).id, kept_id)
    if found is None:
        raise NotFoundError(NO_SUCH_SNAPSHOT)
    return found


def newest(ctx: Context, team_id: str) -> Kept | None:
    """Return a team's newest snapshot. Raises NotSignedInError and NotFoundError."""
    team = teams.team(ctx, team_id)
    return stored.latest(ctx.store, [team.id]).get(team.id)


def latest_of(
    ctx: Context, employer_id: str, service: str | None = None
) -> tuple[tuple[Team, Listed | None], ...]:
    """Return the newest snapshot of each team of an employer's service, or of all, by name.

    Teams are those that the person may open. Raises NotSignedInError and NotFoundError.
    """
    found = [each for each in teams.teams_of(ctx, employer_id) if service in {None, each.service}]
    newest_ones = stored.latest_listed(ctx.store, [each.id for each in found])
    return tuple((each, newest_ones.get(each.id)) for each in found)


def deleted(ctx: Context, team_id: str) -> tuple[Deleted, ...]:
    """Return what is left of a team's deleted snapshots. Raises as `snapshots` does."""
    return stored.deleted(ctx.store, teams.team(ctx, team_id).id)


def save(ctx: Context, team_id: str, new: Snapshot, *, way: Way = Way.PASTED) -> Kept:
    """Keep a new snapshot of a team; this is an event.

    A worker whose id is not of this team is the one of the same name, or a new one. Raises
    NotSignedInError, NotFoundError, and UnacceptableDetailsError with every sentence.
    """
    with ctx.store.writing():
        team = teams.open_team(ctx, team_id)
        _require(ctx, team, new, None)
        kept = Kept(
            id=secrets.token_urlsafe(teams.BYTES_OF_AN_ID),
            team_id=team.id,
            snapshot=_with_workers(ctx, team, new),
            taken_on=new.taken_on,
            way=way,
            revision=1,
            saved_by=ctx.someone().name,
            saved_at=ctx.now,
        )
        stored.add(ctx.store, kept, ctx.someone().id)
        workload_sums.renew(ctx, team, kept.id)
        _note(ctx, "snapshot saved", team, kept)
    return kept


def change(ctx: Context, team_id: str, kept_id: str, new: Snapshot, based_on: int) -> Kept:
    """Replace what a snapshot says; this is an event.

    Raises as `save` does, and StepRefusedError when somebody changed it since `based_on`.
    """
    with ctx.store.writing():
        team = teams.open_team(ctx, team_id)
        before = snapshot(ctx, team_id, kept_id)
        _require_current(before, based_on)
        _require(ctx, team, new, kept_id)
        kept = replace(
            before,
            snapshot=_with_workers(ctx, team, new),
            taken_on=new.taken_on,
            revision=before.revision + 1,
            saved_by=ctx.someone().name,
            saved_at=ctx.now,
        )
        stored.save(ctx.store, kept, ctx.someone().id)
        workload_sums.renew(ctx, team, kept.id)
        _note(ctx, "snapshot changed", team, kept)
    return kept


def delete(  # noqa: PLR0913 - which, why, how, and what the page showed
    ctx: Context,
    team_id: str,
    kept_id: str,
    reason: str,
    *,
    wipes: bool = False,
    based_on: int | None = None,
) -> Kept:
    """Take a snapshot out of all pages and figures; that it was there, and why not now, stays.

    With `wipes` what it said goes for good, such as when it held something about a client; that
    can also be done later. `based_on` is the revision that the page showed, None for a caller
    without one. Raises NotSignedInError, NotFoundError, UnacceptableDetailsError without a reason,
    and StepRefusedError when somebody changed it since.
    """
    with ctx.store.writing():
        team = teams.open_team(ctx, team_id)
        kept = snapshot(ctx, team_id, kept_id)
        if based_on is not None:
            _require_current(kept, based_on)
        why = team_rules.reason(reason)
        stored.delete(ctx.store, kept.id, ctx.someone().id, why, ctx.now, wipes=wipes)
        workload_sums.renew(ctx, team)
        _note(ctx, "snapshot wiped" if wipes else "snapshot deleted", team, kept)
    if wipes:
        ctx.store.forget_order()
    return kept


def wipe(ctx: Context, team_id: str, kept_id: str) -> None:
    """Let what a deleted snapshot said go for good; that it was there and who deleted it stays.

    Also in a team that was closed. Raises NotSignedInError and NotFoundError.
    """
    with ctx.store.writing():
        team = teams.team(ctx, team_id)
        if not stored.wipe(ctx.store, team.id, kept_id):
            raise NotFoundError("There is no deleted snapshot here whose content could be wiped.")
        workload_sums.renew(ctx, team)
        teams.note(ctx, "snapshot wiped", team, snapshot=kept_id)
    ctx.store.forget_order()


def day_problem(ctx: Context, team_id: str, new: Snapshot, kept_id: str | None = None) -> str:
    """Return what is wrong with the day of a snapshot for this team, nothing when it is free.

    Raises NotSignedInError and NotFoundError.
    """
    team = teams.team(ctx, team_id)
    there = stored.on(ctx.store, team.id, new.taken_on)
    if there in {None, kept_id}:
        return ""
    return (
        f"There is a snapshot of {new.taken_on.day} {new.taken_on:%B %Y} already. Change that one,"
        " or give this another day."
    )


def problems(
    ctx: Context, team_id: str, new: Snapshot, kept_id: str | None = None
) -> tuple[str, ...]:
    """Return every sentence for which a snapshot could not be kept now, each once.

    Raises NotSignedInError and NotFoundError.
    """
    found = [each.sentence for each in snapshot_rules.problems(new, today(ctx))]
    found.append(day_problem(ctx, team_id, new, kept_id))
    return tuple(dict.fromkeys(filter(None, found)))


def _require_current(kept: Kept, based_on: int) -> None:
    if kept.revision != based_on:
        raise StepRefusedError(
            f"Nothing was saved, because {kept.saved_by} changed this snapshot after you opened it."
            " Open it again and see what it says now."
        )


def _require(ctx: Context, team: Team, new: Snapshot, kept_id: str | None) -> None:
    found = problems(ctx, team.id, new, kept_id)
    if found:
        more = len(found) - MOST_SENTENCES
        told = [*found[:MOST_SENTENCES], *([f"{more:,} more."] if more > 0 else [])]
        raise UnacceptableDetailsError(" ".join(told))


def _with_workers(ctx: Context, team: Team, new: Snapshot) -> Snapshot:
    """Return a snapshot whose workers are the team's, those who were not there yet added."""
    ids = _ids(team, new)
    names = {each.id: each.name for each in team.workers}
    added = [(ids[each.id], each.name) for each in new.workers if ids[each.id] not in names]
    stored_teams.add_workers(ctx.store, team.id, added, ctx.now)
    return replace(
        new,
        team=team.name,
        workers=tuple(
            replace(each, id=ids[each.id], name=names.get(ids[each.id], each.name))
            for each in new.workers
        ),
        cases=tuple(
            each if each.worker_id is None else replace(each, worker_id=ids[each.worker_id])
            for each in new.cases
        ),
    )


def _ids(team: Team, new: Snapshot) -> Mapping[str, str]:
    """Return the team's id of each worker of a snapshot, by the id in it; new ones get one."""
    known = {each.id for each in team.workers}
    there = known & set(new.worker_of)
    by_name = {same(each.name): each.id for each in team.workers if each.id not in there}
    return {
        each.id: each.id
        if each.id in known
        else by_name.pop(same(each.name), "") or secrets.token_urlsafe(teams.BYTES_OF_AN_ID)
        for each in new.workers
    }


def _note(ctx: Context, kind: str, team: Team, kept: Kept) -> None:
    teams.note(
        ctx,
        kind,
        team,
        snapshot=kept.id,
        taken_on=kept.taken_on.isoformat(),
        workers=len(kept.snapshot.workers),
        cases=len(kept.snapshot.cases),
        revision=kept.revision,
    )
