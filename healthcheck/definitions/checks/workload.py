"""What a workload scheme must hold for its numbers to mean what they say."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from healthcheck.core.workload.amounts import amount
from healthcheck.definitions.checks.names import Names, repeated, unknown
from healthcheck.definitions.problems import hint, shown
from healthcheck.definitions.schema_parts import Part
from healthcheck.definitions.validation import keys_of, parts_in
from healthcheck.definitions.workload_parts import (
    DatedRow,
    Light,
    PriorityLevel,
    ReferenceLine,
    Scale,
)
from healthcheck.definitions.workload_schema import LightsScheme, PriorityScheme

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from healthcheck.definitions.checks.names import Shape
    from healthcheck.definitions.problems import Problem
    from healthcheck.definitions.reading import Document, Place
    from healthcheck.definitions.workload_schema import SchemeFile

P = TypeVar("P", bound=Part)
DAY = timedelta(days=1)
OWN: tuple[tuple[str, Shape], ...] = (
    ("indicator id", ("indicators", "*", "id")),
    ("indicator title", ("indicators", "*", "title")),
    ("kind id", ("kinds", "*", "id")),
    ("kind title", ("kinds", "*", "title")),
    ("line id", ("lines", "*", "id")),
    ("light id", ("bands", "*", "id")),
    ("word", ("bands", "*", "word")),
    ("word", ("levels", "*", "word")),
    ("symbol", ("bands", "*", "symbol")),
    ("level id", ("levels", "*", "id")),
    ("factor id", ("factors", "*", "id")),
    ("criterion id", ("criteria", "*", "id")),
    ("grade id", ("grades", "*", "id")),
    ("use", ("uses", "*")),
)
"""What must differ within one list."""
ABOVE_0 = ("target", "ceiling", "month", "full_time_hours", "newly_qualified")
"""The figures that something is divided by, or measured against."""
PLACES_OF_OTHERS = {"capacity": "capacity scheme", "lights": "set of lights", "over": "load scheme"}
"""The keys whose value is the id of another file, and what that file must be."""

NEEDED: Mapping[type[Part], tuple[tuple[str, ...], Mapping[str, str]]] = {
    DatedRow: (("from", "until", "is"), {"standing": "as published"}),
    Light: (("from", "below", "word"), dict.fromkeys(("id", "symbol", "sentence"), "a")),
    PriorityLevel: (("from", "below", "word", "eligible"), dict.fromkeys(("id", "sentence"), "a")),
    ReferenceLine: (
        ("from", "to", "title"),
        {"id": "a", "source": "a", "standing": "as published"},
    ),
    Scale: (("lowest", "highest"), {}),
}
"""What is checked here of a part, and something in place of what its schema wants besides."""


def check_names(document: Document) -> Iterator[Problem]:
    """Yield every repeated name and every reference to a level that is not there."""
    names = Names(document)
    for what, shape in OWN:
        depth = len(shape) - 1
        listed = [(place[:-depth], place, text) for place, text in names.ending(shape)]
        yield from repeated(document, what, listed)
    wanted = names.ending(("factors", "*", "at_least"), ("grades", "*", "at_least"))
    yield from unknown(names, "level", wanted, names.known(("levels", "*", "id")))


def check_references(document: Document, others: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    """Yield every reference to a file that is not there; `others` are ids by the key for them."""
    for key, what in PLACES_OF_OTHERS.items():
        named = document.data.get(key)
        known = others[key]
        if isinstance(named, str) and named not in known:
            sentence = f"There is no {what} {shown(named)} beside this file."
            yield document.problem((key,), f"{sentence}{hint(named, known)}")


def check(kind: type[SchemeFile], document: Document) -> Iterator[Problem]:
    """Yield every problem of a scheme’s figures, scales and ranges that no single key shows.

    What the schema refuses elsewhere in the file hides none of them.
    """
    data = document.data
    yield from _figures(kind, data, (), document)
    if "indicators" in keys_of(kind):
        yield from _scales(data.get("indicators"), document)
    if "lines" in keys_of(kind):
        yield from _lines(data.get("lines"), document)
    if lights := _sound(Light, data.get("bands") if kind is LightsScheme else None):
        yield from _ranges(lights, "bands", "light", document)
    if levels := _sound(PriorityLevel, data.get("levels") if kind is PriorityScheme else None):
        yield from _ranges(levels, "levels", "level", document)
        yield from _eligible(levels, document)


def _sound(part: type[P], items: object) -> list[P]:
    """Return the items of a list by the keys that are checked here; none when one has no sense.

    Faults of their other keys are the schema’s to tell.
    """
    keys, others = NEEDED[part]
    found = []
    for each in items if isinstance(items, list) else []:
        said = {key: each[key] for key in keys if key in each} if isinstance(each, dict) else {}
        try:
            found.append(part.model_validate({**others, **said}))
        except ValidationError:
            return []
    return found


def _figures(part: type[Part], data: object, place: Place, document: Document) -> Iterator[Problem]:
    """Yield the problems of every dated figure in a part, however deep it stands."""
    if not isinstance(data, dict):
        return
    for key, field in keys_of(part).items():
        value = data.get(key)
        inside = parts_in(field.annotation)
        if inside == (DatedRow,):
            rows = _sound(DatedRow, value)
            yield from _dates(rows, (*place, key), document)
            if key in ABOVE_0:
                yield from _above_0(rows, (*place, key), document)
        elif inside and isinstance(value, list):
            for index, each in enumerate(value):
                yield from _figures(inside[0], each, (*place, key, index), document)


def _dates(rows: Sequence[DatedRow], place: Place, document: Document) -> Iterator[Problem]:
    for index, row in enumerate(rows):
        if row.until is not None and row.until < row.from_:
            sentence = f"This row ends on {row.until}, before it begins on {row.from_}."
            yield document.problem((*place, index, "until"), sentence)
    for index, (before, row) in enumerate(pairwise(rows)):
        after = (*place, index + 1, "from")
        if row.from_ == before.from_:
            sentence = f"Two rows are from {row.from_}, so they overlap: keep one of them."
            yield document.problem(after, sentence)
        elif row.from_ < before.from_:
            sentence = f"The row from {row.from_} follows the row from {before.from_}"
            yield document.problem(after, f"{sentence}: write the earliest first.")
        elif before.until is not None and before.until >= row.from_:
            sentence = (
                f"This row runs until {before.until} and overlaps the next, from {row.from_}: leave"
                " “until” out, or end it the day before."
            )
            yield document.problem((*place, index, "until"), sentence)
        elif before.until is not None and before.until + DAY < row.from_:
            sentence = (
                f"No row holds from {before.until + DAY} to {row.from_ - DAY}: leave “until” out,"
                " or end it the day before the next row."
            )
            yield document.problem((*place, index, "until"), sentence)


def _above_0(rows: Sequence[DatedRow], place: Place, document: Document) -> Iterator[Problem]:
    key = str(place[-1])
    for index, row in enumerate(rows):
        if row.is_ == 0:
            sentence = f"“{key}” must be more than 0: nothing can be held against 0."
            yield document.problem((*place, index, "is"), sentence)
        if key == "newly_qualified" and row.is_ > 1:
            sentence = f"“{key}” is a share of the target, such as 0.9, not {amount(row.is_)}."
            yield document.problem((*place, index, "is"), sentence)


def _scales(indicators: object, document: Document) -> Iterator[Problem]:
    listed = indicators if isinstance(indicators, list) else []
    groups = [(index, each) for index, each in enumerate(listed) if isinstance(each, dict)]
    for index, each in groups:
        for scale in _sound(Scale, [each.get("scale")]):
            if scale.highest <= scale.lowest:
                sentence = (
                    f"The scale of {shown(each.get('id'))} goes from {amount(scale.lowest)} to"
                    f" {amount(scale.highest)}: the highest score must be above the lowest."
                )
                yield document.problem(("indicators", index, "scale", "highest"), sentence)
    if listed and all(str(each.get("of", "")).strip() == "worker" for _, each in groups):
        sentence = "No indicator is of a case, so that no case would ever count."
        yield document.problem(("indicators",), sentence)


def _ranges(
    ranges: Sequence[Light | PriorityLevel], key: str, noun: str, document: Document
) -> Iterator[Problem]:
    """Yield every gap and overlap of ranges that must go from 0 upwards without an end."""
    first, last = ranges[0], ranges[-1]
    if first.from_ > 0:
        sentence = f"No {noun} covers 0 to below {amount(first.from_)}: the first must be from 0."
        yield document.problem((key, 0, "from"), sentence)
    for index, each in enumerate(ranges):
        if each.below is not None and each.below <= each.from_:
            limits = f"from {amount(each.from_)} and ends below {amount(each.below)}"
            sentence = f"{shown(each.word)} is {limits}: nothing can be in it."
            yield document.problem((key, index, "below"), sentence)
    for index, (before, each) in enumerate(pairwise(ranges), 1):
        yield from _joined(before, each, (key, index, "from"), noun, document)
    if last.below is not None:
        sentence = f"No {noun} covers {amount(last.below)} and more: the last has no “below”."
        yield document.problem((key, len(ranges) - 1, "below"), sentence)


def _joined(
    before: Light | PriorityLevel,
    each: Light | PriorityLevel,
    place: Place,
    noun: str,
    document: Document,
) -> Iterator[Problem]:
    start = amount(each.from_)
    if before.below is None:
        sentence = f"{shown(before.word)} has no end and overlaps {shown(each.word)} from {start}"
        yield document.problem(place, f"{sentence}: end it with “below: {start}”.")
    elif before.below < each.from_:
        end = amount(before.below)
        sentence = (
            f"No {noun} covers {end} to below {start}: {shown(each.word)} must be from {end}."
        )
        yield document.problem(place, sentence)
    elif before.below > each.from_:
        sentence = (
            f"{shown(each.word)} is from {start} and overlaps {shown(before.word)}, which ends"
            f" below {amount(before.below)}."
        )
        yield document.problem(place, sentence)


def _lines(lines: object, document: Document) -> Iterator[Problem]:
    for index, each in enumerate(_sound(ReferenceLine, lines)):
        if each.to is not None and each.to <= each.from_:
            sentence = f"{shown(each.title)} is from {amount(each.from_)} to {amount(each.to)}"
            yield document.problem(
                ("lines", index, "to"), f"{sentence}: leave “to” out, or make it more than “from”."
            )


def _eligible(levels: Sequence[PriorityLevel], document: Document) -> Iterator[Problem]:
    silent = [index for index, each in enumerate(levels) if each.eligible is None]
    if silent and len(silent) < len(levels):
        sentence = (
            f"“eligible” is missing from {shown(levels[silent[0]].word)} and stands at other"
            " levels: say it at each of them, or at none."
        )
        yield document.problem(("levels", silent[0]), sentence)
