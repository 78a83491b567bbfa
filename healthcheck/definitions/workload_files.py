"""Workload schemes from YAML to the core's values, or every problem in their files at once.

One file a scheme. A scheme may name the capacity rule and the lights of others beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from healthcheck.core.errors import NotFoundError
from healthcheck.definitions import reading, workload_figures
from healthcheck.definitions.checks import workload as checks
from healthcheck.definitions.problems import Problem, both, either, hint, in_order, shown
from healthcheck.definitions.validation import validate
from healthcheck.definitions.workload_schema import (
    TYPES,
    CapacityScheme,
    CountScheme,
    LightsScheme,
    Others,
    PriorityScheme,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from healthcheck.core.workload.lights import Lights
    from healthcheck.core.workload.schemes import Scheme
    from healthcheck.definitions.reading import Document
    from healthcheck.definitions.workload_schema import SchemeFile

FOLDER = "workload"
"""The folder of schemes among the questionnaires."""


@dataclass(frozen=True)
class Schemes:
    """The workload schemes an installation has, by id, and the lights to lay over any of them.

    `digests` are the SHA-256 of their files, in hexadecimal.
    """

    by_id: Mapping[str, Scheme] = field(default_factory=dict)
    lights: Mapping[str, Lights] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    def get(self, scheme_id: str) -> Scheme:
        """Return a scheme; raises NotFoundError."""
        if scheme_id in self.by_id:
            return self.by_id[scheme_id]
        here = f"Schemes here: {both(self.by_id)}." if self.by_id else "There are none here."
        raise NotFoundError(f"There is no workload scheme {shown(scheme_id)}. {here}")


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of one file: its text, its typed part and its own problems."""

    document: Document | None
    part: SchemeFile | None
    problems: tuple[Problem, ...]


def read_schemes(folder: Path) -> tuple[Schemes, tuple[Problem, ...]]:
    """Return the schemes of a folder, empty when a file has any problem, and every problem."""
    problems: list[Problem] = []
    sound: list[tuple[SchemeFile, str]] = []
    reads = {path: _read(path) for path in _files(folder)}
    known = _known(reads.values())
    for path, each in reads.items():
        problems += _all_problems(each, known, path.stem)
        if each.part is not None and each.document is not None:
            sound.append((each.part, each.document.digest))
    if problems:
        return Schemes(), tuple(problems)
    parts = [part for part, _ in sound]
    digests = {part.id: digest for part, digest in sound}
    return Schemes(_built(parts), _others(parts).lights, digests), ()


def read_scheme(path: Path) -> tuple[Scheme | None, tuple[Problem, ...]]:
    """Return the scheme of one file, with the parts it names in the files beside it.

    None when it has any problem, or is only a part for others. The problems of the files beside
    it are left out, but what they do not define is not there to be named.
    """
    own = _read(path)
    beside = [_read(each) for each in _files(path.parent) if each != path]
    problems = _all_problems(own, _known(beside), None)
    if problems or own.part is None or own.document is None:
        return None, problems
    sound = [each.part for each in beside if each.part is not None and not each.problems]
    try:
        return _built(_needed_by(own.part, sound)).get(own.part.id), ()
    except KeyError as named:
        sentence = f"The file that defines {shown(named.args[0])} has problems of its own."
        keys = [key for key in checks.PLACES_OF_OTHERS if own.document.data.get(key) in named.args]
        return None, (own.document.problem((*keys[:1],), sentence),)


def is_scheme(document: Document) -> bool:
    """Say whether a document is a workload scheme: questionnaires have no type."""
    return "type" in document.data


def understand(
    document: Document, known: Mapping[str, Sequence[str]]
) -> tuple[SchemeFile | None, tuple[Problem, ...]]:
    """Return the typed scheme of a document and every problem; `known` are ids by key for them."""
    part, problems = _typed(document)
    return part, in_order([*problems, *checks.check_references(document, known)])


def _files(folder: Path) -> list[Path]:
    """Return the files of schemes in a folder; that of the figures is another kind of file."""
    return [each for each in sorted(folder.glob("*.yaml")) if each.name != workload_figures.FILE]


def _read(path: Path) -> Read:
    document, problems = reading.read(path)
    if document is None:
        return Read(None, None, problems)
    part, more = _typed(document)
    return Read(document, part, in_order([*problems, *more]))


def _typed(document: Document) -> tuple[SchemeFile | None, list[Problem]]:
    named = list(checks.check_names(document))
    written = document.data.get("type")
    if written is not None and not isinstance(written, str):
        sentence = f"“type” must be a single value, not {shown(written)}.{hint('', TYPES)}"
        return None, [document.problem(("type",), sentence), *named]
    if written is None:
        missing = f"“type” is missing from this workload scheme. Add it: {either(TYPES)}."
        return None, [document.problem(("type",), missing), *named]
    if written.strip() not in TYPES:
        sentence = f"“type” cannot be {shown(written)}.{hint(written, TYPES)}"
        return None, [document.problem(("type",), sentence), *named]
    data = {**document.data, "type": written.strip()}
    kind = TYPES[written.strip()]
    part, faults = validate(kind, data, document)
    return part, [*faults, *named, *checks.check(kind, document)]


def _needed_by(part: SchemeFile, beside: Iterable[SchemeFile]) -> list[SchemeFile]:
    """Return a part, those it names, and those that they name."""
    by_id = {each.id: each for each in beside}
    found = {part.id: part}
    for each in (steps := [part]):
        names = [getattr(each, key, None) for key in checks.PLACES_OF_OTHERS]
        more = [by_id[name] for name in names if name in by_id and name not in found]
        found |= {other.id: other for other in more}
        steps += more
    return list(found.values())


def _all_problems(
    read: Read, known: Mapping[str, Sequence[str]], stem: str | None
) -> tuple[Problem, ...]:
    """Return a file's problems, and those of its name and of what it names."""
    document = read.document
    if document is None:
        return read.problems
    named: list[Problem] = []
    written = document.data.get("id")
    if stem is not None and isinstance(written, str) and written.strip() != stem:
        sentence = f"“id” is {shown(written)} but the file is named {shown(stem)}."
        named.append(document.problem(("id",), sentence))
    return in_order([*read.problems, *checks.check_references(document, known), *named])


def _known(reads: Iterable[Read]) -> dict[str, list[str]]:
    """Return the ids that files define, by the key that can name them."""
    known: dict[str, list[str]] = {key: [] for key in checks.PLACES_OF_OTHERS}
    for each in reads:
        data = each.document.data if each.document is not None else {}
        named, kind = data.get("id"), data.get("type")
        if not isinstance(named, str):
            continue
        if not isinstance(kind, str):
            kind = ""
        if kind in {"capacity", "lights"}:
            known[kind].append(named)
        if kind in {"points", "weighted-cases", "hours"} or "target" in data:
            known["over"].append(named)
    return known


def _others(parts: Iterable[SchemeFile]) -> Others:
    listed = list(parts)
    return Others(
        capacities={p.id: p.capacity_rule() for p in listed if isinstance(p, CapacityScheme)},
        lights={p.id: p.lights() for p in listed if isinstance(p, LightsScheme)},
    )


def _built(parts: Sequence[SchemeFile]) -> dict[str, Scheme]:
    """Return every scheme that can be calculated with, by id in the order given.

    Raises KeyError when one names something that is not among them.
    """
    others = _others(parts)
    loads: dict[str, Scheme | None] = {}
    for part in parts:
        if isinstance(part, CountScheme | PriorityScheme):
            loads[part.id] = part.build()
        elif not isinstance(part, LightsScheme):
            loads[part.id] = part.build(others)
    for part in parts:
        if isinstance(part, LightsScheme):
            loads[part.id] = part.build(None if part.over is None else loads[part.over])
    return {part.id: found for part in parts if (found := loads[part.id]) is not None}
