"""A JSON Schema of questionnaires and workload schemes: editors complete keys and mark mistakes.

It is one schema for all, because an editor takes one for a folder: a file with a `type` is a
scheme, and one with `fills` says which question takes which figure. It is looser than the checks:
it cannot see from one part of a file to another.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from pydantic.json_schema import models_json_schema

from healthcheck.definitions.schema import Questionnaire
from healthcheck.definitions.workload_figures import Fills
from healthcheck.definitions.workload_schema import TYPES

if TYPE_CHECKING:
    from healthcheck.definitions.schema_parts import Part

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MEANS_NOTHING_TO_EDITORS = frozenset({"title", "discriminator", "default"})

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


def json_schema() -> dict[str, Json]:
    """Return the schema of a questionnaire or a workload scheme, draft 2020-12."""
    files = (Questionnaire, Fills, *TYPES.values())
    _, parts = models_json_schema([(each, "validation") for each in files])
    either: dict[str, Json] = {
        "$schema": DIALECT,
        "title": "Employer Health Check questionnaire or workload scheme",
        "type": "object",
        "if": {"required": ["type"]},
        "then": {"oneOf": [_reference(each) for each in TYPES.values()]},
        "else": {
            "if": {"required": ["fills"]},
            "then": _reference(Fills),
            "else": _reference(Questionnaire),
        },
    }
    return either | _plain(parts)


def _reference(part: type[Part]) -> dict[str, Json]:
    return {"$ref": f"#/$defs/{part.__name__}"}


@cache
def properties(part: type[Part]) -> dict[str, Json]:
    """Return the JSON Schema of each key of one part of the language, by key."""
    schema = _plain(part.model_json_schema())
    definitions = schema.get("$defs", {})
    inside = definitions.get(part.__name__) if isinstance(definitions, dict) else None
    found = (inside if isinstance(inside, dict) else schema)["properties"]
    return found if isinstance(found, dict) else {}


def _plain(schema: dict[str, Json]) -> dict[str, Json]:
    """Return a schema without what only pydantic understands and without the choice of null."""
    plain = {
        key: _named(value) if key in {"properties", "$defs"} else _inside(value)
        for key, value in schema.items()
        if key not in MEANS_NOTHING_TO_EDITORS
    }
    return _without_null(plain)


def _without_null(schema: dict[str, Json]) -> dict[str, Json]:
    """Return a schema of one thing or null as the schema of that thing: a key may be left out."""
    match schema.get("anyOf"):
        case [dict(thing), {"type": "null"}]:
            return thing | {key: value for key, value in schema.items() if key != "anyOf"}
        case _:
            return schema


def _named(schemas: Json) -> Json:
    """Return schemas by name, whose names are an author's keys, whatever they are."""
    return (
        {key: _inside(each) for key, each in schemas.items()} if isinstance(schemas, dict) else {}
    )


def _inside(value: Json) -> Json:
    if isinstance(value, dict):
        return _plain(value)
    return [_inside(each) for each in value] if isinstance(value, list) else value
