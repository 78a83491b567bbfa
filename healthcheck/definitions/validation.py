"""A document held against the schema: typed parts, or plain-English problems on the right lines."""

from __future__ import annotations

from copy import deepcopy
from functools import cache, reduce
from operator import getitem
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeVar, Union, get_args, get_origin

from pydantic import ValidationError

from healthcheck.definitions.problems import Problem, both, either, hint, shown
from healthcheck.definitions.schema_parts import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from healthcheck.definitions.reading import Document, Place

P = TypeVar("P", bound=Part)
Unknown: TypeAlias = Any
"""A field's type, or data of any shape: both are taken apart here step by step."""
MOST_PROBLEMS = 500


def validate(
    part: type[P], data: object, document: Document, at: Place = ()
) -> tuple[P | None, list[Problem]]:
    """Return the typed part that the data at a place make, or None and every problem."""
    try:
        return part.model_validate(data), []
    except ValidationError as error:
        found = error.errors(include_url=False)
    problems = [_problem(part, data, each, document, at) for each in found[:MOST_PROBLEMS]]
    return None, [problem for problem in problems if problem]


def without_faults(part: type[Part], data: Unknown) -> Unknown:
    """Return the data without the keys that are at fault, so that what is left may be whole.

    So that a misspelt key or a value of the wrong kind does not hide what can only be checked of a
    whole part. What is missing stays so, and nothing is taken out of a list.
    """
    try:
        part.model_validate(data)
    except ValidationError as error:
        found = error.errors(include_url=False)
        if any("[key]" in each["loc"] for each in found):
            return data  # a name at fault: what it names would seem to be missing
        # A list is called too short when items in it are at fault.
        places = {_place(each["loc"]) for each in found if each["type"] != "too_short"}
        data = deepcopy(data)
        for *around, key in sorted(places, key=len, reverse=True):
            holder = reduce(getitem, around, data)
            if isinstance(holder, dict):
                holder.pop(key, None)
    return data


def keys_of(part: type[Part]) -> Mapping[str, FieldInfo]:
    """Return the keys an author may write in a part."""
    return {field.alias or name: field for name, field in part.model_fields.items()}


def part_at(part: Unknown, data: Unknown, place: Place) -> type[Part]:
    """Return the part of the schema that the keys at a place belong to."""
    chosen = _chosen(part, data)
    if not place:
        return chosen
    step, rest = place[0], place[1:]
    inner = _bare(part)
    origin: object = get_origin(inner)
    if origin is tuple or origin is dict:
        inside = get_args(inner)[0 if origin is tuple else 1]
    else:
        inside = keys_of(chosen)[str(step)].annotation
    return part_at(inside, data[step], rest)


def parts_in(annotation: Unknown) -> tuple[type[Part], ...]:
    """Return every part that a field's type mentions."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return (annotation,)
    return tuple(part for each in get_args(annotation) for part in parts_in(each))


def types_of(part: type[Part]) -> tuple[str, ...]:
    """Return the question types a part is for: none, unless it is a question."""
    return get_args(part.model_fields["type"].annotation) if "type" in part.model_fields else ()


@cache
def every_part(root: type[Part]) -> tuple[type[Part], ...]:
    """Return a part and every part inside it, each once, outermost first."""
    found = [root]
    for part in found:
        for field in part.model_fields.values():
            found += [each for each in parts_in(field.annotation) if each not in found]
    return tuple(found)


def _bare(annotation: Unknown) -> Unknown:
    """Return a type without `Annotated` and `| None` around it."""
    origin: object = get_origin(annotation)
    inside = get_args(annotation)
    optional = origin in {Union, UnionType} and type(None) in inside
    return _bare(inside[0]) if optional or origin is Annotated else annotation


def _chosen(annotation: Unknown, data: Unknown) -> type[Part]:
    parts = parts_in(annotation)
    written = data.get("type") if isinstance(data, dict) else None
    return next((part for part in parts if written in types_of(part)), parts[0])


def _place(loc: tuple[str | int, ...]) -> Place:
    """Return pydantic's path without the question type and `[key]` it puts in between."""
    return tuple(
        step
        for index, step in enumerate(loc)
        if step != "[key]"
        and not (index > 1 and loc[index - 2] == "questions" and isinstance(loc[index - 1], int))
    )


def _problem(
    root: type[Part],
    data: Unknown,
    error: ErrorDetails,
    document: Document,
    at: Place,
) -> Problem | None:
    place = _place(error["loc"])
    if error["type"] == "missing" and (*at, *place) in document.lines:
        return None  # the key is there without a value: reading has said so
    if error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]:
        return None  # only the valid items are too few: the others have problems of their own
    return document.problem((*at, *place), _sentence(root, data, error, place))


def _sentence(root: type[Part], data: Unknown, error: ErrorDetails, place: Place) -> str:
    match error["type"]:
        case "sentence":
            return error["msg"]
        case "missing":
            return _missing(part_at(root, data, place[:-1]), str(place[-1]))
        case "extra_forbidden":
            return _unknown(root, part_at(root, data, place[:-1]), str(place[-1]))
        case "union_tag_not_found":
            return f"“type” is missing from this question. Add it: {either(_types_in(root))}."
        case "union_tag_invalid":
            tag = error["ctx"]["tag"]
            return f"“type” cannot be {shown(tag)}.{hint(tag, _types_in(root))}"
        case _:
            phrase = _phrase(error)
            return f"{_subject(error, place)} {phrase}{'' if phrase[-1] in '.?' else '.'}"


def _phrase(error: ErrorDetails) -> str:
    value, given = shown(error["input"]), error.get("ctx", {})
    match error["type"]:
        case "phrase":
            return error["msg"]
        case "tuple_type":
            return f"must be a list, each item on a line that begins with “- ”, not {value}"
        case "too_short":
            return f"must have {given['min_length']} or more items, not {len(error['input'])}"
        case "too_long":
            return f"must have {given['max_length']} items, not {given['actual_length']}"
        case _:
            return f"must hold keys and values, not {value}"


def _subject(error: ErrorDetails, place: Place) -> str:
    """Return the words for what an error is about: a key, or an item of a list."""
    names = [shown(step) for step in place if isinstance(step, str)]
    if error["loc"][-1] == "[key]":
        return f"A key of {names[-2]}"
    return f"An item of {names[-1]}" if isinstance(place[-1], int) else names[-1]


def _missing(part: type[Part], key: str) -> str:
    said = str(keys_of(part)[key].description).rstrip(".")
    return f"“{key}” is missing from this {part.noun}. Add it: {said[:1].lower()}{said[1:]}."


def _unknown(root: type[Part], part: type[Part], key: str) -> str:
    sentence = f"{shown(key)} is not a key of this {part.noun}."
    owners = [
        type_
        for other in every_part(root)
        if types_of(part) and key in keys_of(other)
        for type_ in types_of(other)
    ]
    if owners:
        return f"{sentence} It belongs to {both(owners)} questions."
    return sentence + hint(key, keys_of(part))


def _types_in(root: type[Part]) -> list[str]:
    return [each for part in every_part(root) for each in types_of(part)]
