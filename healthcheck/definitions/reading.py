"""YAML text read into plain values with the line of every one, and nothing guessed.

Every scalar stays the text its author wrote: `no` is not False and `1.10` is not 1.1. What the
values mean is for the schema. Anchors, aliases, tags and second documents are refused, and so are
files too large or nested too deeply, so that no file can exhaust the machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias

import yaml

from healthcheck.definitions.problems import Problem, in_order, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from yaml import _yaml
    from yaml.error import Mark

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"
Place = tuple[str | int, ...]
"""Where a value stands: the keys and positions that lead to it from the top of the file."""

LARGEST_FILE = 5_000_000  # bytes
DEEPEST = 40
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is about ten times faster
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
ADVICE = {
    "mapping values are not allowed": "Put text that has a colon in it in quotation marks.",
    "could not find expected ':'": "Write a key, a colon and a space before the value.",
    "did not find expected key": "Check that this line is indented like the ones above it.",
    "did not find expected '-'": "Check that each item begins with “- ” at the same depth.",
    "cannot start any token": "Indent with spaces, not tabs, and put text that begins with a sign"
    " such as @ in quotation marks.",
    "did not find expected ','": "Close each { with } and each [ with ].",
    "unexpected end of stream": "Close the quotation mark that was opened here.",
}

IN_BRACES = " Between { and } a comma ends a value: put text that has a comma in quotation marks."


@dataclass(frozen=True, slots=True)
class Document:
    """A file's values as text, the line of each by its place, and the digest of its bytes."""

    file: str
    data: dict[str, Tree]
    lines: Mapping[Place, int]
    digest: str

    def line(self, place: Place) -> int:
        """Return the line of a value, or of the nearest thing around it that is there."""
        while place not in self.lines:
            place = place[:-1]
        return self.lines[place]

    def problem(self, place: Place, sentence: str) -> Problem:
        """Return a problem located at a place."""
        return Problem(self.file, self.line(place), sentence)


class UnreadableError(Exception):
    """Raised inside this module when reading cannot go on."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line


def read(path: Path) -> tuple[Document | None, tuple[Problem, ...]]:
    """Return a file's document, None when it cannot be read at all, and every problem found."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        sentence = f"This file cannot be read: {error.strerror or error}."
        return None, (Problem(str(path), 1, sentence),)
    return parse(content, str(path))


def parse(content: bytes, file: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """Return the document that the bytes of a YAML file make, and every problem found."""
    reading = _Reading(file)
    try:
        data = reading.document(_text(content))
    except UnreadableError as stop:
        problems = [*reading.problems, Problem(file, stop.line, str(stop))]
        return None, in_order(problems)
    digest = sha256(content).hexdigest()
    return Document(file, data, reading.lines, digest), in_order(reading.problems)


def _text(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise UnreadableError(1, f"This file is larger than {LARGEST_FILE // 1_000_000} MB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableError(line, "This line is not UTF-8: save the file as UTF-8.") from None
    found = FORBIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        code = f"U+{ord(found[0]):04X}"
        raise UnreadableError(line, f"The invisible character {code} cannot stand here: remove it.")
    return text


class _Reading:
    """One pass over a file's events, gathering lines and problems on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Place, int] = {(): 1}
        self.problems: list[Problem] = []
        self.events: Iterator[yaml.Event] = iter(())

    def document(self, text: str) -> dict[str, Tree]:
        """Return the file's keys and values; raises UnreadableError."""
        self.events = yaml.parse(text, Loader=LOADER)
        try:
            return self._root()
        except yaml.MarkedYAMLError as error:
            raise _syntax(error) from None

    def _root(self) -> dict[str, Tree]:
        next(self.events)  # the start of the stream
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise UnreadableError(1, "This file is empty.")
        first = next(self.events)
        data = self._value(first, ())
        if not isinstance(data, dict):
            raise UnreadableError(_line(first), "This file must hold keys and values.")
        next(self.events)  # the end of the document
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise UnreadableError(_line(after), "Keep to one document a file: remove the “---”.")
        return data

    def _value(self, event: yaml.Event, place: Place, advice: str = "") -> Tree | None:
        """Return a value, or None when it is not there or not allowed (then a problem says so).

        `advice` follows the sentence that it is not there.
        """
        if len(place) > DEEPEST:
            raise UnreadableError(_line(event), f"Values are nested more than {DEEPEST} deep.")
        if isinstance(event, yaml.AliasEvent):
            self._problem(event, f"“*{event.anchor}” cannot be used here: write the value again.")
            return None
        self._refuse_marks(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(place, in_braces=bool(event.flow_style))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place, advice)
        return self._list(place)

    def _refuse_marks(self, event: yaml.Event) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            self._problem(event, f"“&{anchor}” cannot be used here: remove it.")
        if tag:
            written = tag.replace("tag:yaml.org,2002:", "!!")
            self._problem(event, f"“{written}” cannot be used here: remove it.")

    def _scalar(self, event: yaml.ScalarEvent, place: Place, advice: str) -> str | None:
        if event.style or event.value not in NOTHING:
            return _tidy(event.value)
        if place and isinstance(place[-1], str):
            sentence = f"{shown(place[-1])} has no value: write one or remove the key.{advice}"
            self._problem(event, sentence)
        elif place:
            self._problem(event, "This item is empty: write a value or remove it.")
        return None

    def _list(self, place: Place) -> Tree:
        items: list[Tree] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            here = (*place, len(items))
            self.lines[here] = _line(event)
            value = self._value(event, here)
            if value is not None:
                items.append(value)
        return items

    def _mapping(self, place: Place, *, in_braces: bool) -> Tree:
        data: dict[str, Tree] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = _key(event)
            here = (*place, key)
            repeated = here in self.lines
            if repeated:
                before = self.lines[here]
                self._problem(event, f"{shown(key)} is repeated: it is already on line {before}.")
                here = (*place, f"\0{len(self.lines)}", key)  # a place that no author can write
            self.lines[here] = _line(event)
            value = self._value(next(self.events), here, IN_BRACES if in_braces else "")
            if value is not None and not repeated:
                data[key] = value
        return data

    def _problem(self, event: yaml.Event, sentence: str) -> None:
        self.problems.append(Problem(self.file, _line(event), sentence))


def _line(event: yaml.Event) -> int:
    return _line_of(event.start_mark)


def _line_of(mark: Mark | _yaml.Mark | None) -> int:
    return int(mark.line) + 1 if mark else 1


def _key(event: yaml.Event) -> str:
    if not isinstance(event, yaml.ScalarEvent) or event.value == "[key]":  # the schema's own word
        raise UnreadableError(_line(event), "A key must be plain words.")
    return _tidy(event.value)


def _tidy(value: str) -> str:
    """Return a value of one line without spaces around it, by which two would only look alike."""
    return value if "\n" in value else value.strip()


def _syntax(error: yaml.MarkedYAMLError) -> UnreadableError:
    said = str(error.problem)
    mark = error.context_mark if "end of stream" in said else error.problem_mark
    advice = next((text for part, text in ADVICE.items() if part in said), "")
    return UnreadableError(_line_of(mark), f"This is not valid YAML ({said}). {advice}".rstrip())
