"""Snapshots as files: one to download and change in a spreadsheet, all of them in an export."""

from __future__ import annotations

import csv
from dataclasses import asdict
from io import StringIO
from typing import TYPE_CHECKING

from healthcheck.core.workload import example_tables, written_tables
from healthcheck.core.workload.columns import layout
from healthcheck.reports.spreadsheets import harmless
from healthcheck.services import snapshots, teams
from healthcheck.storage import decisions as stored_decisions
from healthcheck.storage import snapshots as stored
from healthcheck.storage import teams as stored_teams

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from healthcheck.core.workload.decisions import Decision
    from healthcheck.core.workload.teams import Kept
    from healthcheck.services.archives import Archive
    from healthcheck.services.context import Context

FOLDER = "teams"


def as_csv(ctx: Context, team_id: str, kept_id: str) -> tuple[Kept, bytes]:
    """Return a snapshot, and it as CSV: workers, an empty line, cases; it can be uploaded again.

    Raises NotSignedInError and NotFoundError.
    """
    kept = snapshots.snapshot(ctx, team_id, kept_id)
    return kept, _csv(ctx, kept)


def headings_as_csv(ctx: Context, team_id: str, day: date, *, counts: bool) -> bytes:
    """Return the headings of an empty table to fill in: a line a case, or a worker with counts.

    Raises NotSignedInError and NotFoundError.
    """
    asked = layout(teams.chosen(ctx, teams.open_team(ctx, team_id)), day)
    if counts:
        return _written([written_tables.headings(asked)[1]])
    return _written(example_tables.by_case(asked, day)[:1])


def add_teams(ctx: Context, employer_id: str, files: Archive) -> None:
    """Write every team of an employer, closed ones too, with a table for each snapshot."""
    for team in stored_teams.of_employer(ctx.store, employer_id, closed=True):
        folder = (FOLDER, f"{team.name} {team.id[:4]}")
        told = {name: value for name, value in asdict(team).items() if name != "employer"}
        deleted = stored.deleted(ctx.store, team.id)
        files.add_values(*folder, "team.json", values={**told, "deleted_snapshots": deleted})
        taken = stored_decisions.of_teams(ctx.store, [team.id])[team.id]
        if taken:
            files.add_values(*folder, "decisions.json", values=[_told(each) for each in taken])
        for kept in stored.of_team(ctx.store, team.id):
            files.add(*folder, f"{kept.taken_on.isoformat()}.csv", content=_csv(ctx, kept))


def _told(decision: Decision) -> dict[str, object]:
    """Return what an export says of a decision."""
    taken = decision.proposed
    return {
        "about": decision.name,
        "snapshot": decision.taken_on,
        "load": decision.said,
        "decided": taken.kind and taken.kind.value,
        "what": taken.what,
        "reason": taken.reason,
        "until": taken.until,
        "owner": taken.owner.name,
        "review": taken.review,
        "decided_by": decision.decided_by,
        "decided_at": decision.decided_at,
        "action": decision.action_id,
    }


def _csv(ctx: Context, kept: Kept) -> bytes:
    """Return a snapshot as CSV with a mark for Excel; no cell is taken for a formula."""
    by = layout(teams.schemes(ctx).values(), kept.taken_on)
    workers, cases = written_tables.tables(kept.snapshot, by)
    return _written([*workers, *([(), *cases] if len(cases) > 1 else [])])


def _written(rows: Iterable[Sequence[str]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
