"""A team's table as it was pasted or uploaded: the snapshot it makes, or every line that is wrong.

One line a case, one line a worker with counts by kind, or workers and cases in two tables. Nothing
is guessed in silence: what was left out, and what comes from the last snapshot, is said in notes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from healthcheck.core.employers import same
from healthcheck.core.workload import columns, snapshot_rules
from healthcheck.core.workload.amounts import times
from healthcheck.core.workload.cells import shown
from healthcheck.core.workload.columns import Of
from healthcheck.core.workload.pasted_cases import Cases
from healthcheck.core.workload.pasted_tables import MOST_LINES, BadRow, tables
from healthcheck.core.workload.pasted_workers import OFF_KEYS, PARTS, Told, Workers
from healthcheck.core.workload.snapshots import Snapshot, Worker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from healthcheck.core.sheets import Sheet
    from healthcheck.core.workload.columns import Layout
    from healthcheck.core.workload.pasted_tables import Row, Table
    from healthcheck.core.workload.snapshots import Case

NOBODY = frozenset(
    map(
        columns.plain,
        (
            "unallocated", "not allocated", "not yet allocated", "unassigned", "nobody", "no one",
            "none", "waiting", "waiting list", "awaiting allocation", "vacant", "vacancy",
            "-", "\N{EN DASH}", "n/a", "tbc",
        ),
    )
)  # fmt: skip
TOTALS = frozenset(map(columns.plain, ("total", "totals", "team total", "grand total", "sum")))

PROTECTED_ALONE = OFF_KEYS | {columns.WORKER.key}
"""What a further line of a worker may say: more protected time, and nothing else."""


@dataclass(frozen=True)
class Read:
    """What was read: the snapshot, as far as it could be made, and every line that is wrong.

    It can be kept only when nothing is `bad`. `notes` are sentences about what was left out or
    taken from elsewhere. `arrived` and `gone` are the names that the last snapshot did not have,
    and that only it had.
    """

    snapshot: Snapshot
    bad: tuple[BadRow, ...]
    notes: tuple[str, ...] = ()
    arrived: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def read(  # noqa: PLR0913 - all that a table is read by
    sheets: Iterable[Sheet],
    layout: Layout,
    blank: Snapshot,
    today: date,
    before: Snapshot | None,
    *,
    most: int = MOST_LINES,
) -> Read:
    """Return what sheets say of a team; `blank` gives its name and the day they are of.

    What the columns do not say of a worker is as in the snapshot `before`, by name. `most` is how
    many lines there can be.
    """
    found, bad = tables(sheets, layout, most)
    if bad:
        return Read(blank, bad)
    reader = _Reader(layout, blank, before)
    reader.take(found)
    return reader.made(today)


class _Reader:
    """Goes through the tables line by line; those of workers first, wherever they stand."""

    def __init__(self, layout: Layout, blank: Snapshot, before: Snapshot | None) -> None:
        self._layout, self._blank = layout, blank
        self._before = {same(each.name): each for each in before.workers} if before else {}
        self._last_day = before.taken_on if before else None
        self._told: dict[str, Told] = {}
        self._cases: list[Case] = []
        self._places: list[tuple[int, str]] = []
        self._first: dict[str, int] = {}
        self._bad: list[BadRow] = []
        self._notes: dict[str, None] = {}
        self._table: Table | None = None
        self._row: Row | None = None
        self._workers = Workers(layout, self._refuse)
        self._read_case = Cases(layout, blank.taken_on, self._refuse)
        self._is_closed = False
        self._dates_left = 0

    def take(self, found: Iterable[Table]) -> None:
        """Read every table."""
        ordered = sorted(found, key=lambda table: table.has(Of.CASE))
        self._is_closed = not all(table.has(Of.CASE) for table in ordered)
        for table in ordered:
            self._table = table
            if table.unused:
                named = ", ".join(map(shown, table.unused))
                self._note(f"Not used and not kept, because no scheme here asks for it: {named}.")
            for row in table.rows:
                self._row = row
                if table.has(Of.CASE):
                    self._take_cases(row)
                else:
                    self._take_worker(row, table)

    def made(self, today: date) -> Read:
        """Return all of it, with what makes it unusable as a whole."""
        workers = tuple(each.worker for each in self._told.values())
        snapshot = replace(self._blank, workers=workers, cases=tuple(self._cases))
        self._say_what_was_left()
        names = {same(each.name) for each in workers}
        bad = [*self._bad, *self._faults(snapshot, today)]
        return Read(
            snapshot,
            tuple(sorted(bad, key=lambda each: (each.sheet, each.line))),
            tuple(self._notes),
            tuple(each.name for each in workers if same(each.name) not in self._before),
            tuple(each.name for key, each in self._before.items() if key not in names),
        )

    def _take_worker(self, row: Row, table: Table) -> None:
        """Read a line about a worker, with counts of cases or without."""
        raw = row.cells.get(columns.WORKER.key, "")
        if columns.plain(raw) in TOTALS:
            self._note(f"{self._here()} is a total and was left out.")
            return
        if not raw:
            self._refuse(columns.WORKER.key, "Nobody is named in this line.")
            return
        nobody = self._is_nobody(raw)
        told = None if nobody else self._called(raw, row)
        if told is not None:
            if told.has_own_line and row.cells.keys() - PROTECTED_ALONE:
                said = f"{told.worker.name} is in line {told.line:,} already."
                self._refuse(columns.WORKER.key, f"{said} Give two people two names.")
                return
            told.has_own_line = True
            self._workers.tell(told, row.cells)
        if told is not None or nobody:
            self._count(row, table, None if told is None else told.worker.id)

    def _count(self, row: Row, table: Table, worker_id: str | None) -> None:
        """Read the counts of a line: by kind, in all, or both, which must agree."""
        by_kind = [
            (column.about, self._read_case.number(row.cells, column.key) or 0)
            for column in table.columns.values()
            if column.of is Of.COUNT and column is not columns.TOTAL
        ]
        total = self._read_case.number(row.cells, columns.TOTAL.key)
        counted = sum(number for _, number in by_kind)
        if total is not None and by_kind and counted != total:
            self._refuse(
                columns.TOTAL.key, f"The kinds add up to {counted:,}, and this says {total:,}."
            )
        if not by_kind:
            by_kind = [("", total or 0)]
        for kind, number in by_kind:
            one = replace(self._read_case.read({}), kind=kind, worker_id=worker_id)
            self._add(one, number)

    def _take_cases(self, row: Row) -> None:
        """Read a line about a case, or about several alike."""
        raw = row.cells.get(columns.WORKER.key, "")
        if columns.plain(raw) in TOTALS:
            self._note(f"{self._here()} is a total and was left out.")
            return
        said = {key for key in row.cells if self._layout.by_key[key].of is Of.CASE}
        nobody = self._is_nobody(raw) or (not raw and self._waits(row))
        if not raw and not nobody:
            self._refuse(
                columns.WORKER.key,
                "Nobody is named in this line. Write the worker, or “unallocated”. If cells are"
                " merged, fill in each of them.",
            )
            return
        told = None if nobody else self._called(raw, row)
        if told is not None:
            self._workers.tell(told, row.cells)
        if not said and told is not None:
            self._note(f"{self._here()} names {told.worker.name} and no case.")
        elif told is not None or nobody:
            self._take_case(row, None if told is None else told.worker.id)

    def _take_case(self, row: Row, worker_id: str | None) -> None:
        case = replace(self._read_case.read(row.cells), worker_id=worker_id)
        number = self._read_case.number(row.cells, columns.NUMBER.key)
        if worker_id is not None and case.waiting_since is not None:
            self._dates_left += 1
            case = replace(case, waiting_since=None)
        if case.reference:
            key = same(case.reference)
            if key in self._first:
                there = f"The reference {shown(case.reference)} is in line {self._first[key]:,}"
                self._refuse(columns.REFERENCE.key, f"{there} already.")
            self._first.setdefault(key, row.line)
            if number is not None and number > 1:
                self._refuse(
                    columns.NUMBER.key,
                    "A line with a reference is one case. Leave the reference out, or give each"
                    " case a line.",
                )
        self._add(case, 1 if number is None else number)

    def _waits(self, row: Row) -> bool:
        """Say whether a line without a worker says that the case waits for one."""
        has_worker = self._table is not None and columns.WORKER in self._table.columns.values()
        return not has_worker or bool({columns.SINCE.key, columns.DAYS.key} & row.cells.keys())

    def _called(self, raw: str, row: Row) -> Told | None:
        """Return the worker of a name; a new one, unless the table of workers should have it."""
        name = self._workers.name(raw)
        key = same(name)
        if not name:
            return None
        if key not in self._told:
            is_case = self._table is not None and self._table.has(Of.CASE)
            if self._is_closed and is_case:
                self._refuse(columns.WORKER.key, self._workers.not_there(name, self._told))
                return None
            known = self._before.get(key)
            new_id = known.id if known else f"worker-{len(self._told) + 1}"
            worker = known or Worker(id=new_id, name=name)
            sheet = self._table.sheet if self._table else ""
            self._told[key] = Told(worker, row.line, sheet)
        return self._told[key]

    def _add(self, case: Case, number: int) -> None:
        room = snapshot_rules.MOST_CASES + 1 - len(self._cases)
        for _ in range(min(number, room)):
            self._cases.append(replace(case, id=f"c{len(self._cases) + 1}"))
            self._places.append((self._row.line, self._sheet()) if self._row else (0, ""))

    def _faults(self, snapshot: Snapshot, today: date) -> Iterator[BadRow]:
        """Yield what makes the snapshot unusable, at the line that says it, each once."""
        lines = {case.id: place for case, place in zip(self._cases, self._places, strict=True)}
        told = {each.worker.id: (each.line, each.sheet) for each in self._told.values()}
        is_empty = not snapshot.workers and bool(self._bad)
        found: dict[tuple[int, str, str], None] = {}
        for fault in snapshot_rules.problems(snapshot, today):
            place = lines.get(fault.case_id or "") or told.get(fault.worker_id or "")
            line, sheet = place or (0, "")
            if line or not is_empty:
                found[line, sheet, fault.sentence] = None
        for line, sheet, sentence in found:
            yield BadRow(line, "", sentence, sheet)

    def _say_what_was_left(self) -> None:
        self._notes |= self._workers.notes
        if self._dates_left:
            lines = times(self._dates_left, "case")
            self._note(f"Since when a case waits counts only while nobody has it: not for {lines}.")
        kept = [
            each.worker.name
            for key, each in self._told.items()
            if key in self._before and set(PARTS.values()) - each.said
        ]
        if kept and self._last_day is not None:
            day = f"{self._last_day.day} {self._last_day:%B %Y}"
            self._note(
                f"What this does not say of {', '.join(kept)}, such as hours, is as on {day}."
            )

    def _refuse(self, key: str, sentence: str) -> None:
        heading = self._table.headings.get(key, "") if self._table else ""
        line = self._row.line if self._row else 0
        self._bad.append(BadRow(line, heading, sentence, self._sheet()))

    def _note(self, sentence: str) -> None:
        self._notes[sentence] = None

    def _here(self) -> str:
        line = self._row.line if self._row else 0
        return BadRow(line, "", "", self._sheet()).place

    def _sheet(self) -> str:
        return self._table.sheet if self._table else ""

    @staticmethod
    def _is_nobody(raw: str) -> bool:
        return bool(raw) and (columns.plain(raw) in NOBODY or not columns.plain(raw))
