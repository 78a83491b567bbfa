"""A snapshot on its way in: pasted, uploaded, typed or copied, looked at, and saved or left.

A draft is nowhere but on the page that shows it: as text, which is read again by the same rule
each time, so that nothing has to be believed of what a browser sends back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from healthcheck.core.errors import UnacceptableDetailsError, UnacceptableFileError
from healthcheck.core.workload import snapshot_rules, written_tables
from healthcheck.core.workload.columns import layout
from healthcheck.core.workload.pasted_tables import MOST_LINES, BadRow, sheet_of
from healthcheck.core.workload.pasting import Read, read
from healthcheck.core.workload.snapshots import Snapshot
from healthcheck.definitions.sheets import read_table
from healthcheck.services import snapshots, teams
from healthcheck.services.open_now import today
from healthcheck.storage import snapshots as stored

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from healthcheck.core.sheets import Sheet
    from healthcheck.core.workload.columns import Layout
    from healthcheck.core.workload.teams import Kept, Team, Way
    from healthcheck.services.context import Context

LONGEST_PASTE = 3_000_000
"""Characters; 20,000 lines of 150."""
MOST_CARRIED = 80_000
"""Lines of a draft: those of the cases, and each protected time of each worker."""
TOO_MUCH = "There is too much in it. Put in one team at a time."
TABLE = "Table"
"""The name of the sheet that a CSV file is."""
NOTHING_IN_IT = "There is nothing in it. Paste the lines of the team, with the headings above them."


@dataclass(frozen=True)
class Looked:
    """A draft as it was read; `carried` is the text that makes it again, blank if it is faulty.

    `problem` is what is wrong with its day.
    """

    team: Team
    read: Read
    carried: str
    problem: str = ""

    @property
    def can_be_saved(self) -> bool:
        """Say whether nothing is wrong with it."""
        return not self.read.bad and not self.problem


def asked(ctx: Context, team: Team, day: date) -> Layout:
    """Return what the team's tables may say, by the schemes that it uses."""
    return layout(teams.chosen(ctx, team), day)


def from_text(ctx: Context, team_id: str, text: str, day: date) -> Looked:
    """Return what a paste would make. Raises NotSignedInError and NotFoundError."""
    team = teams.open_team(ctx, team_id)
    if len(text) > LONGEST_PASTE:
        return _faulty(team, day, TOO_MUCH)
    if not text.strip():
        return _faulty(team, day, NOTHING_IN_IT)
    try:
        sheet = sheet_of(text)
    except UnacceptableFileError as error:
        return _faulty(team, day, str(error))
    return _looked(ctx, team, [sheet], asked(ctx, team, day), day)


def from_file(ctx: Context, team_id: str, content: bytes, day: date) -> Looked:
    """Return what an uploaded CSV file or workbook would make. Raises as `from_text` does."""
    team = teams.open_team(ctx, team_id)
    try:
        sheets = read_table(content, TABLE)
    except UnacceptableFileError as error:
        return _faulty(team, day, str(error))
    return _looked(ctx, team, sheets, asked(ctx, team, day), day)


def from_carried(
    ctx: Context, team_id: str, carried: str, day: date, kept_id: str | None = None
) -> Looked:
    """Return a draft that a page carried, as it is for this day. Raises as `from_text` does."""
    team = teams.open_team(ctx, team_id)
    if not carried.strip():
        return Looked(team, Read(_blank(team, day), ()), "")
    if len(carried) > LONGEST_PASTE:
        return _faulty(team, day, TOO_MUCH)
    try:
        sheets = [sheet_of(carried)]
    except UnacceptableFileError as error:
        return _faulty(team, day, str(error))
    return _looked(ctx, team, sheets, _every(ctx, day), day, kept_id, most=MOST_CARRIED)


def copied(ctx: Context, team_id: str, kept: Kept | None, day: date) -> Looked:
    """Return the draft that a snapshot makes when it is copied. Raises as `from_text` does."""
    carried = "" if kept is None else written_tables.text(kept.snapshot, _every(ctx, day))
    return replace(from_carried(ctx, team_id, carried, day), problem="")


def carry(ctx: Context, draft: Snapshot) -> str:
    """Return a draft as the text that a page carries."""
    return written_tables.text(draft, _every(ctx, draft.taken_on))


def save(  # noqa: PLR0913 - a draft, and which snapshot it replaces
    ctx: Context,
    team_id: str,
    carried: str,
    day: date,
    way: Way,
    *,
    kept_id: str | None = None,
    based_on: int = 0,
) -> Kept:
    """Keep a draft that a page carried, as a new snapshot or in place of one.

    Raises NotSignedInError, NotFoundError, UnacceptableDetailsError and StepRefusedError.
    """
    looked = from_carried(ctx, team_id, carried, day, kept_id)
    if looked.read.bad:
        told = [f"{each.place}: {each.sentence}" for each in looked.read.bad]
        raise UnacceptableDetailsError(" ".join(told[: snapshots.MOST_SENTENCES]))
    if kept_id is None:
        return snapshots.save(ctx, team_id, looked.read.snapshot, way=way)
    return snapshots.change(ctx, team_id, kept_id, looked.read.snapshot, based_on)


def as_tables(
    ctx: Context, team_id: str, kept_id: str
) -> tuple[Kept, written_tables.Table, written_tables.Table]:
    """Return a snapshot with the rows of its workers and of its cases, headings first.

    Raises NotSignedInError and NotFoundError.
    """
    kept = snapshots.snapshot(ctx, team_id, kept_id)
    return kept, *written_tables.tables(kept.snapshot, _every(ctx, kept.taken_on))


def _every(ctx: Context, day: date) -> Layout:
    """Return all that any scheme here may ask, so that what an earlier one asked for stays."""
    return layout(teams.schemes(ctx).values(), day)


def _blank(team: Team, day: date) -> Snapshot:
    return Snapshot(team.name, day, (), ())


def _faulty(team: Team, day: date, sentence: str) -> Looked:
    return Looked(team, Read(_blank(team, day), (BadRow(0, "", sentence),)), "")


def _looked(  # noqa: PLR0913, PLR0917 - all that a draft is read by
    ctx: Context,
    team: Team,
    sheets: Sequence[Sheet],
    by: Layout,
    day: date,
    kept_id: str | None = None,
    *,
    most: int = MOST_LINES,
) -> Looked:
    before = stored.latest(ctx.store, [team.id]).get(team.id)
    earlier = before.snapshot if before else None
    made = read(sheets, by, _blank(team, day), today(ctx), earlier, most=most)
    problem = snapshot_rules.day_problem(day, today(ctx)) or snapshots.day_problem(
        ctx, team.id, made.snapshot, kept_id
    )
    bad = tuple(each for each in made.bad if each.line or each.sentence != problem)
    carried = "" if bad else carry(ctx, made.snapshot)
    if len(carried) > LONGEST_PASTE:
        return _faulty(team, day, TOO_MUCH)
    return Looked(team, replace(made, bad=bad), carried, problem)
