"""One worker or one case of a draft as a form gives it, put in, changed or taken out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from healthcheck.core.employers import same
from healthcheck.core.errors import NotFoundError
from healthcheck.core.workload import columns, snapshot_rules, what_if, written_tables
from healthcheck.core.workload.amounts import times
from healthcheck.core.workload.cells import shown
from healthcheck.core.workload.pasted_cases import Cases
from healthcheck.core.workload.pasted_workers import OFF, Told, Workers
from healthcheck.core.workload.snapshots import Worker

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from healthcheck.core.workload.columns import Layout
    from healthcheck.core.workload.snapshots import Case, Snapshot

PROTECTED = "protected"
"""The field that gives protected time, one a line: hours; reason; from; until."""
TEAM = "team"
"""What a problem with the workers as a whole is named by."""
LISTED = (columns.OFF_HOURS, columns.OFF_REASON, columns.OFF_FROM, columns.OFF_UNTIL)
IN_POINTS = "points"
MOST_PROTECTED = 10
Said = dict[str, str]


@dataclass(frozen=True)
class Draft:
    """A snapshot with a form's worker or case in it, or the problems by the form's field."""

    snapshot: Snapshot
    problems: Mapping[str, str]


def with_worker(draft: Snapshot, said: Mapping[str, str], layout: Layout, old: str = "") -> Draft:
    """Return a draft with one more worker, or with a form's worker in place of an old one."""
    problems: dict[str, str] = {}
    read = Workers(layout, problems.setdefault)
    name = read.name(said.get(columns.WORKER.key, ""))
    others = {same(each.name) for each in draft.workers if each.id != old}
    if name and same(name) in others:
        problems[columns.WORKER.key] = f"There is a worker {shown(name)} in this team already."
    before = draft.worker_of.get(old)
    told = Told(Worker(id=old or _new_id(draft), name=name), 0, "")
    if before is not None:
        kept = {key: each for key, each in before.scores.items() if key not in layout.of_worker}
        told.worker = replace(told.worker, scores=kept, full_time_hours=before.full_time_hours)
    read.tell(told, {key: cell for key, cell in said.items() if cell and key != PROTECTED})
    for row in _protected(said.get(PROTECTED, ""), problems):
        found: dict[str, str] = {}
        Workers(layout, found.setdefault).tell(told, row)
        if found:
            problems.setdefault(PROTECTED, next(iter(found.values())))
    if problems:
        return Draft(draft, problems)
    if before is None:
        return Draft(what_if.add_worker(draft, told.worker), {})
    workers = tuple(told.worker if each.id == old else each for each in draft.workers)
    return Draft(replace(draft, workers=workers), {})


def with_case(draft: Snapshot, said: Mapping[str, str], layout: Layout, old: str = "") -> Draft:
    """Return a draft with one more case or several alike, or with a form's in place of an old."""
    problems: dict[str, str] = {}
    read = Cases(layout, draft.taken_on, problems.setdefault)
    given = {key: cell for key, cell in said.items() if cell}
    worker_id = said.get(columns.WORKER.key, "") or None
    if worker_id is not None and worker_id not in draft.worker_of:
        problems[columns.WORKER.key] = "Choose a worker of this team, or nobody yet."
    made = replace(read.read(given), worker_id=worker_id)
    number = read.number(given, columns.NUMBER.key)
    if made.reference and (number or 1) > 1:
        problems[columns.NUMBER.key] = "A case with a reference is one case."
    taken = {same(each.reference) for each in draft.cases if each.id != old}
    if made.reference and same(made.reference) in taken:
        problems[columns.REFERENCE.key] = (
            f"There is a case {shown(made.reference)} in this snapshot already."
        )
    if made.waiting_since is not None and made.waiting_since > draft.taken_on:
        problems[columns.SINCE.key] = "A case cannot wait since a day after the snapshot."
    if worker_id is not None:
        made = replace(made, waiting_since=None)
    if problems:
        return Draft(draft, problems)
    return Draft(_put(draft, made, old, 1 if number is None else number, layout), {})


def without_worker(draft: Snapshot, gone: Worker) -> Draft:
    """Return a draft without a worker, who must have no case any more."""
    held = len(draft.held[gone.id])
    if held:
        has = f"{gone.name} still has {times(held, 'case')}."
        return Draft(draft, {TEAM: f"{has} Give them to others, or remove them, first."})
    workers = tuple(each for each in draft.workers if each.id != gone.id)
    return Draft(replace(draft, workers=workers), {})


def worker(draft: Snapshot, worker_id: str) -> Worker:
    """Return a worker of a draft. Raises NotFoundError."""
    if worker_id not in draft.worker_of:
        raise NotFoundError("There is no such worker in this draft.")
    return draft.worker_of[worker_id]


def case(draft: Snapshot, case_id: str) -> Case:
    """Return a case of a draft. Raises NotFoundError."""
    for each in draft.cases:
        if each.id == case_id:
            return each
    raise NotFoundError("There is no such case in this draft.")


def said_of_worker(worker: Worker) -> Said:
    """Return a worker as the form's fields show them."""
    return {
        columns.WORKER.key: worker.name,
        columns.GRADE.key: worker.grade,
        columns.CONTRACTED.key: _number(worker.contracted_hours),
        columns.NEWLY_QUALIFIED.key: "yes" if worker.newly_qualified else "",
        **{f"worker-score.{name}": _number(each) for name, each in worker.scores.items()},
        PROTECTED: "\n".join(
            "; ".join(
                part
                for part in (
                    _number(each.amount) + (f" {IN_POINTS}" if each.unit == IN_POINTS else ""),
                    each.reason,
                    written_tables.day(each.starts) or ("-" if each.ends else ""),
                    written_tables.day(each.ends),
                )
                if part
            )
            for each in worker.reductions
        ),
    }


def said_of_case(case: Case, layout: Layout) -> Said:
    """Return a case as the form's fields show it."""
    by_both = case.is_agreed
    one = "supervisor" if case.agreed_by_supervisor else "worker" if case.agreed_by_worker else ""
    return {
        columns.WORKER.key: case.worker_id or "",
        columns.REFERENCE.key: case.reference,
        columns.KIND.key: case.kind if case.kind in layout.kinds else "",
        **{f"score.{name}": _number(each) for name, each in case.scores.items()},
        columns.CASE_HOURS.key: _number(case.hours),
        columns.AGREED.key: "both" if by_both else one,
        columns.SINCE.key: written_tables.day(case.waiting_since),
        columns.FACTORS.key: "none"
        if case.factors == frozenset()
        else ";".join(sorted(case.factors or ())),
        **{f"criterion.{name}": grade for name, grade in case.judged.items()},
    }


def _put(draft: Snapshot, case: Case, old: str, number: int, layout: Layout) -> Snapshot:
    before = next((each for each in draft.cases if each.id == old), None)
    if before is not None:
        changed = _keeping(case, before, layout)
        cases = tuple(changed if each.id == old else each for each in draft.cases)
        return replace(draft, cases=cases)
    room = max(snapshot_rules.MOST_CASES - len(draft.cases), 0)
    first = len(draft.cases) + 1
    more = tuple(replace(case, id=f"new-{first + each}") for each in range(min(number, room)))
    return replace(draft, cases=(*draft.cases, *more))


def _keeping(case: Case, before: Case, layout: Layout) -> Case:
    """Return a changed case with what the team's schemes do not ask as it was."""
    scores = {key: one for key, one in before.scores.items() if key not in layout.of_case}
    judged = {key: one for key, one in before.judged.items() if key not in layout.criteria}
    return replace(
        case,
        id=before.id,
        kind=case.kind if layout.kinds else before.kind,
        scores={**scores, **case.scores},
        hours=case.hours if layout.takes_hours else before.hours,
        agreed_by_supervisor=_asked(layout, case.agreed_by_supervisor, before.agreed_by_supervisor),
        agreed_by_worker=_asked(layout, case.agreed_by_worker, before.agreed_by_worker),
        factors=case.factors if layout.factors else before.factors,
        judged={**judged, **case.judged},
    )


def _asked(layout: Layout, now: bool, before: bool) -> bool:  # noqa: FBT001 - two answers
    return now if layout.agrees else before


def _protected(text: str, problems: dict[str, str]) -> list[Said]:
    """Return each line of protected time as a row of a table would say it."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_PROTECTED:
        problems[PROTECTED] = f"Up to {MOST_PROTECTED} lines of protected time can be taken."
        return []
    return [_row(line) for line in lines]


def _row(line: str) -> Said:
    parts = [each.strip() for each in line.split(";")]
    row = dict(zip((each.key for each in LISTED), parts, strict=False))
    off = row[columns.OFF_HOURS.key]
    if off.casefold().endswith(IN_POINTS):
        row[columns.OFF_POINTS.key] = off[: -len(IN_POINTS)].strip()
        del row[columns.OFF_HOURS.key]
    given = {key: cell for key, cell in row.items() if cell and cell != "-"}
    return given if given.keys() & {each.key for each in OFF[:2]} else {**given, OFF[0].key: "?"}


def _number(value: Fraction | None) -> str:
    return "" if value is None else written_tables.number(value)


def _new_id(draft: Snapshot) -> str:
    taken = {each.id for each in draft.workers}
    return next(f"new-{each}" for each in range(len(taken) + 1) if f"new-{each}" not in taken)
