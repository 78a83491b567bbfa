"""The pages of a snapshot on its way in, and what their forms post."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import render_template, request

from healthcheck.core.workload import columns, example_tables, written_tables
from healthcheck.core.workload.cells import MOST_ALIKE
from healthcheck.core.workload.drafts import PROTECTED
from healthcheck.core.workload.pasted_tables import grouped
from healthcheck.core.workload.references import ALLOWED
from healthcheck.core.workload.teams import Way
from healthcheck.services import snapshot_drafts, snapshot_typing, snapshots, teams
from healthcheck.services.open_now import today
from healthcheck.web.forms import days
from healthcheck.web.request import context

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from flask.typing import ResponseReturnValue

    from healthcheck.core.workload.columns import Layout
    from healthcheck.core.workload.snapshots import Snapshot
    from healthcheck.core.workload.teams import Kept
    from healthcheck.services.snapshot_drafts import Looked
    from healthcheck.services.snapshot_typing import Typed

NO_DAY = "Enter the day of the caseload, such as 30 9 2026."
MOST_SHOWN = 200


@dataclass(frozen=True)
class Posted:
    """What a form says of a snapshot as a whole; `problem` is what is wrong with its day."""

    day: date
    boxes: days.Boxes = days.EMPTY
    text: str = ""
    problem: str = ""

    @property
    def shown(self) -> days.Boxes:
        """The day as its three boxes show it."""
        return self.boxes if self.boxes != days.EMPTY else days.in_boxes(self.day)


def posted(otherwise: date) -> Posted:
    """Return what a form posted; a day that cannot be taken leaves another in its place."""
    problems: dict[str, str] = {}
    boxes, day = days.posted(request.form, "day", problems)
    if day is None:
        problems.setdefault("day", NO_DAY)
    text = request.form.get("text", "")
    return Posted(day or otherwise, boxes, text, problems.get("day", ""))


def way() -> Way:
    """Return how the posted draft came in; typed when the form does not say."""
    named = request.form.get("way", "")
    return Way[named] if named in Way.__members__ else Way.TYPED


def step(team_id: str, how: Way, kept: Kept | None = None) -> ResponseReturnValue:
    """Do one thing to the posted draft and show it again."""
    form = request.form
    given = posted(kept.taken_on if kept else today(context()))
    typed = snapshot_typing.step(
        context(),
        team_id,
        form.get("carried", ""),
        given.day,
        form.get("do", ""),
        said(form.get("do", "").partition(" ")[2]),
        changes=form.get("changes", ""),
        kept_id=kept.id if kept else None,
    )
    is_wrong = typed.problems or given.problem or typed.looked.read.bad
    return draw_draft(typed, given, how, kept), 422 if is_wrong else 200


def said(part: str) -> dict[str, str]:
    """Return the fields of a worker's or a case's form, by the key of the column they fill."""
    names = {name for name in request.form if name.startswith(f"{part}-")} if part else set()
    found = {
        name.removeprefix(f"{part}-"): "; ".join(
            each.strip() for each in request.form.getlist(name) if each.strip()
        )
        for name in names
    }
    protected = f"{part}-{PROTECTED}"
    if protected in request.form:
        found[PROTECTED] = request.form[protected]
    return found


def draw_new(
    team_id: str, given: Posted, looked: Looked | None = None, *, is_file: bool = False
) -> str:
    """Draw the page to paste or upload, with what is wrong with what was."""
    ctx = context()
    team = teams.open_team(ctx, team_id)
    layout = snapshot_drafts.asked(ctx, team, given.day)
    return render_template(
        "snapshots/new.html",
        team=team,
        given=given,
        bad=looked.read.bad if looked else (),
        places=grouped(looked.read.bad) if looked else (),
        day_problem=given.problem or (looked.problem if looked else ""),
        is_file=is_file,
        newest=snapshots.newest(ctx, team_id),
        headings=written_tables.headings(layout),
        examples=(
            example_tables.by_case(layout, given.day),
            example_tables.by_worker(layout) if layout.can_count else (),
        ),
        layout=layout,
        allowed=ALLOWED,
        most=MOST_SHOWN,
    )


def draw_preview(looked: Looked, given: Posted, how: Way) -> str:
    """Draw what would be saved."""
    layout = snapshot_drafts.asked(context(), looked.team, given.day)
    return render_template(
        "snapshots/preview.html",
        looked=looked,
        given=given,
        way=how,
        kinds=list(_by_kind(looked.read.snapshot, layout)),
    )


def _by_kind(snapshot: Snapshot, layout: Layout) -> Iterator[str]:
    """Yield how many cases there are of each kind; nothing where no case has one."""
    counted = Counter(case.kind for case in snapshot.cases)
    if set(counted) <= {""}:
        return
    for kind, number in counted.most_common():
        title = layout.kinds[kind].title if kind in layout.kinds else "no kind given"
        yield f"{title} {number:,}"


def draw_refused(
    team_id: str, carried: str, given: Posted, problem: str, kept: Kept | None = None
) -> str:
    """Draw a draft that could not be saved, with the reason."""
    ctx = context()
    kept_id = kept.id if kept else None
    looked = snapshot_drafts.from_carried(ctx, team_id, carried, given.day, kept_id)
    return draw_draft(snapshot_typing.begin(ctx, looked), given, way(), kept, problem)


def draw_draft(
    typed: Typed, given: Posted, how: Way, kept: Kept | None = None, problem: str = ""
) -> str:
    """Draw a draft with the forms to add and change workers and cases."""
    return render_template(
        "snapshots/draft.html",
        typed=typed,
        looked=typed.looked,
        snapshot=typed.looked.read.snapshot,
        given=given,
        way=how,
        kept=kept,
        problem=problem,
        columns=columns,
        protected=PROTECTED,
        allowed=ALLOWED,
        most_alike=MOST_ALIKE,
    )


def draw_deletion(team_id: str, snapshot_id: str, reason: str = "", problem: str = "") -> str:
    """Draw the page that asks why a snapshot is to be deleted."""
    ctx = context()
    return render_template(
        "snapshots/delete.html",
        team=teams.open_team(ctx, team_id),
        kept=snapshots.snapshot(ctx, team_id, snapshot_id),
        reason=reason,
        problem=problem,
    )
