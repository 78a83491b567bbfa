"""A file of employers read: what of it is new, what would change, and every row that is wrong.

The file is CSV with a line of column names. A row is matched with an employer by its code, else by
its name. Nothing is written here; a file with one wrong row is not to be written at all.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from healthcheck.core.employers import Known, accept, differences, same, usual_services

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthcheck.core.employers import Details

LARGEST = 2**20
"""Bytes in a file of employers; two thousand of them need a fifth of that."""

MOST_ROWS = 5000
MOST_PROBLEMS = 200
REQUIRED = ("name", "nation", "type")
OPTIONAL = ("code", "region", "services")
BETWEEN_SERVICES = re.compile(r"[;|]")
LINE_END = re.compile(r"\r\n?|\n")
LINE_END_BYTES = re.compile(rb"\r\n?|\n")
LONGEST_CELL = 1000

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a line of the file; line 1 is the line of column names, 0 the whole file."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.message}" if self.line else self.message


@dataclass(frozen=True, slots=True)
class Change:
    """An employer that would be changed: each detail with its words before and after."""

    known: Known
    details: Details
    differences: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What importing a file would do. With a problem in it, nothing may be done."""

    new: tuple[Details, ...] = ()
    changed: tuple[Change, ...] = ()
    unchanged: int = 0
    ignored_columns: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def changes_something(self) -> bool:
        """Say whether anything would be written."""
        return bool(self.new or self.changed)

    @property
    def fingerprint(self) -> str:
        """What tells this plan from another: it is how an agreement to it is known later."""
        made_of = repr((self.new, [(each.known.id, each.details) for each in self.changed]))
        return hashlib.sha256(made_of.encode()).hexdigest()


def plan(content: bytes, known: Iterable[Known]) -> Plan:
    """Return what importing this file would do to the employers that are known."""
    if len(content) > LARGEST:
        return _refused(
            f"The file is larger than {LARGEST >> 20} MB, so it cannot be a list of employers."
        )
    try:
        text = decoded(content)
    except UnicodeDecodeError as error:
        line = len(LINE_END_BYTES.split(content[: error.start]))
        return _refused(
            "The file is not in UTF-8, so letters such as ŵ or é would come out wrong."
            " In a spreadsheet program, save it again as “CSV UTF-8”.",
            line,
        )
    return plan_text(text, known)


def plan_text(text: str, known: Iterable[Known]) -> Plan:
    """Return what importing the text of a file would do to the employers that are known."""
    problems: list[Problem] = []
    records = list(_records(text, problems))
    if problems:
        return Plan(problems=tuple(problems))
    if not records:
        return _refused("The file is empty.")
    (line, header), *rows = records
    columns = [same(each) for each in header]
    problems += [Problem(line, each) for each in _header_problems(columns)]
    if problems:
        return Plan(problems=tuple(problems))
    if len(rows) > MOST_ROWS:
        return _refused(
            f"The file has {len(rows):,} rows. Up to {MOST_ROWS:,} can be taken at once."
        )
    ignored = tuple(
        title
        for title, name in zip(header, columns, strict=True)
        if name not in REQUIRED + OPTIONAL
    )
    return replace(_Reader(known, columns).read(rows), ignored_columns=ignored)


class _Reader:
    """Reads row by row, and remembers which employer, code and name each line was about."""

    def __init__(self, known: Iterable[Known], columns: list[str]) -> None:
        everyone = tuple(known)
        self._columns = columns
        self._by_code = {each.details.code: each for each in everyone if each.details.code}
        self._by_name = {same(each.details.name): each for each in everyone}
        self._lines: dict[tuple[str, str], int] = {}
        self._problems: list[Problem] = []

    def read(self, rows: Iterable[tuple[int, list[str]]]) -> Plan:
        new: list[Details] = []
        changed: list[Change] = []
        unchanged = 0
        for line, cells in rows:
            found = self._row(line, cells)
            if found is None:
                continue
            known, details = found
            if known is None:
                new.append(details)
            elif details == known.details:
                unchanged += 1
            else:
                changed.append(Change(known, details, differences(known.details, details)))
        if not (new or changed or unchanged or self._problems):
            return _refused("The file has no rows below its column names.")
        return Plan(tuple(new), tuple(changed), unchanged, problems=self._told())

    def _row(self, line: int, cells: list[str]) -> tuple[Known | None, Details] | None:
        if len(cells) != len(self._columns):
            self._wrong(
                line,
                f"This row has {len(cells)} cells and there are {len(self._columns)} columns."
                " A name with a comma in it needs quotation marks around it.",
            )
            return None
        if any(len(each) > LONGEST_CELL for each in cells):
            self._wrong(line, f"A cell has more than {LONGEST_CELL:,} characters.")
            return None
        row = dict(zip(self._columns, cells, strict=True))
        details, problems = accept(
            {**row, "employer_type": row["type"]}, BETWEEN_SERVICES.split(row.get("services", ""))
        )
        for each in problems:
            self._wrong(line, each.message)
        if problems or not self._is_first(line, details):
            return None
        return self._matched(line, details)

    def _is_first(self, line: int, details: Details) -> bool:
        """Say whether no line before this one had the same code or name."""
        is_first = True
        for what, text in (("code", details.code), ("name", same(details.name))):
            if not text:
                continue
            earlier = self._lines.setdefault((what, text), line)
            if earlier != line:
                shown = details.code if what == "code" else details.name
                self._wrong(line, f"The {what} “{shown}” is on line {earlier} already.")
                is_first = False
        return is_first

    def _matched(self, line: int, details: Details) -> tuple[Known | None, Details] | None:
        """Return the employer a row is about, None when it is new, and its details in full."""
        by_code = self._by_code.get(details.code)
        by_name = self._by_name.get(same(details.name))
        if by_code and by_name and by_code.id != by_name.id:
            self._wrong(
                line,
                f"The code {details.code} belongs to {by_code.details.name}, but"
                f" {by_name.details.name} is another employer here. Correct the code or the name.",
            )
            return None
        known = by_code or by_name
        if known is None:
            usual = details.services or usual_services(details.employer_type)
            return None, replace(details, services=usual)
        earlier = self._lines.setdefault(("employer", known.id), line)
        if earlier != line:
            self._wrong(line, f"This is {known.details.name} again, as on line {earlier}.")
            return None
        return known, self._filled(known.details, details)

    def _filled(self, old: Details, new: Details) -> Details:
        """Return the details of a row, with what the file does not say as it was."""
        return replace(
            new,
            region=new.region if "region" in self._columns else old.region,
            code=new.code or old.code,
            services=new.services or old.services,
        )

    def _wrong(self, line: int, message: str) -> None:
        self._problems.append(Problem(line, message))

    def _told(self) -> tuple[Problem, ...]:
        found, most = self._problems, MOST_PROBLEMS
        if len(found) <= most:
            return tuple(found)
        more = Problem(0, f"There are {len(found) - most:,} more problems after these.")
        return (*found[:most], more)


def decoded(content: bytes) -> str:
    """Return a file’s text: UTF-8 or UTF-16 by its mark. Raises UnicodeDecodeError."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    return content.decode("utf-8-sig")


def _records(text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not blank with the line it begins on."""
    if "\0" in text:
        problems.append(Problem(0, "This is not a CSV file: it holds bytes that are not text."))
        return
    lines = [f"{each}\n" for each in LINE_END.split(text)]
    reader = csv.reader(lines, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(each.strip() for each in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        sentence = (
            "From here on, the file cannot be read as CSV. Quotation marks must come in pairs, and"
            f" a cell can have up to {LONGEST_CELL:,} characters."
        )
        problems.append(Problem(begins, sentence))


def _header_problems(columns: list[str]) -> Iterator[str]:
    missing = [each for each in REQUIRED if each not in columns]
    if missing:
        named = " and ".join(f"“{each}”" for each in missing)
        yield (
            f"There is no column {named}. The first line must name the columns:"
            f" {', '.join(REQUIRED)} and, if you have them, {', '.join(OPTIONAL)}."
        )
    for each in sorted({each for each in columns if each and columns.count(each) > 1}):
        yield f"The column “{each[:40]}” is there more than once."


def _refused(message: str, line: int = 0) -> Plan:
    return Plan(problems=(Problem(line, message),))
