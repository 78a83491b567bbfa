"""The tables of `questionnaires/README.md`, made from the schema so that they cannot go stale.

In the README each stands between `<!-- generated: name -->` and `<!-- end -->`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthcheck.core.facts import ALLOWED, SERVICES
from healthcheck.definitions import schema as s
from healthcheck.definitions import schema_checks as cs
from healthcheck.definitions import schema_parts as p
from healthcheck.definitions import schema_questions as qs
from healthcheck.definitions import workload_figures as wf
from healthcheck.definitions import workload_parts as wp
from healthcheck.definitions import workload_schema as ws
from healthcheck.definitions import workload_snapshots as wt
from healthcheck.definitions.checks.operators import OPERATORS
from healthcheck.definitions.checks.subject import TYPES
from healthcheck.definitions.json_schema import Json, properties
from healthcheck.definitions.problems import both
from healthcheck.definitions.validation import every_part, keys_of, types_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from pydantic.fields import FieldInfo

PARTS: Mapping[str, type[p.Part]] = {
    "questionnaire": s.Questionnaire,
    "term": s.Term,
    "row of a term": p.Saying,
    "standard": s.Standard,
    "level": s.Level,
    "band": s.Band,
    "roll_up": s.RollUp,
    "area": s.Area,
    "figures": s.Figures,
    "topic": s.Topic,
    "option": p.Option,
    "threshold": p.Threshold,
    "calculation": p.Calculation,
    "comparator": p.Comparator,
    "evidence": p.Evidence,
    "improvement": p.Improvement,
    "condition": p.Condition,
    "audience": p.Audience,
    "check": cs.Check,
    "comparison": cs.Compared,
    "row of a figure": wp.DatedRow,
    "indicator": wp.Indicator,
    "scale": wp.Scale,
    "kind of case": wp.CaseKind,
    "light": wp.Light,
    "reference line": wp.ReferenceLine,
    "factor": wp.Factor,
    "criterion": wp.Criterion,
    "level of priority": wp.PriorityLevel,
    "team": wt.Team,
    "worker": wt.TeamWorker,
    "protected time": wt.Protected,
    "case": wt.TeamCase,
    "file of figures": wf.Fills,
    "questionnaire to fill": wf.Fill,
    "figure taken": wf.Taken,
}
ROOTS: tuple[type[p.Part], ...] = (s.Questionnaire, *ws.TYPES.values(), wt.Team, wf.Fills)
"""The parts that are whole files."""
BLOCK = re.compile(r"(<!-- generated: ([a-z_ ]+) -->\n).*?(<!-- end -->)", re.DOTALL)
NONE = "-"
KEY_HEADINGS = ("Key", "What it holds", "Written as", "If left out")


def tables() -> str:
    """Return every table under its name, as Markdown."""
    return "\n\n".join(f"## {name}\n\n{table}" for name, table in blocks().items())


def write(path: Path) -> None:
    """Bring the generated tables of a Markdown file up to date; raises OSError."""
    path.write_text(updated(path.read_text(encoding="utf-8")), encoding="utf-8")


def updated(text: str) -> str:
    """Return a Markdown text with its generated tables as the code has them now.

    Raises KeyError when a marker names a table that is not generated.
    """
    made = blocks()
    return BLOCK.sub(lambda found: f"{found[1]}\n{made[found[2]]}\n\n{found[3]}", text)


def blocks() -> dict[str, str]:
    """Return every table by the name its marker has."""
    made: Mapping[str, Callable[[], str]] = {
        "question types": _types,
        "every question": _every_question,
        "some questions": _some_questions,
        "operators": _operators,
        "facts": _facts,
        "scheme types": _scheme_types,
        "every scheme": _every_scheme,
    }
    keys = {name: _keys(part) for name, part in PARTS.items()}
    schemes = {part.noun: _own_keys(part) for part in ws.TYPES.values()}
    return keys | schemes | {name: make() for name, make in made.items()}


def _keys(part: type[p.Part]) -> str:
    return _table(
        KEY_HEADINGS,
        [(f"`{key}`", *_cells(part, key, field)) for key, field in keys_of(part).items()],
    )


def _cells(part: type[p.Part], key: str, field: FieldInfo) -> tuple[str, str, str]:
    return str(field.description), _written(properties(part)[key]), _left_out(field)


def _types() -> str:
    rows = [
        (f"`{name}`", str(part.__doc__), ", ".join(f"`{key}`" for key in _own(part)) or NONE)
        for part in _questions()
        for name in types_of(part)
    ]
    return _table(("Type", "What it asks for", "Its own keys"), rows)


def _every_question() -> str:
    shared = keys_of(qs.Common)
    rows = [(f"`{key}`", *_cells(qs.Rating, key, field)) for key, field in shared.items()]
    kind = ("`type`", "What kind of question it is: one of the types above.", "word", "required")
    return _table(KEY_HEADINGS, [rows[0], kind, *rows[1:]])


def _some_questions() -> str:
    """Return a row for each meaning that a key has, with the types it has it in."""
    keys: dict[str, dict[tuple[str, str, str], list[str]]] = {}
    for part in _questions():
        for key in _own(part):
            meaning = _cells(part, key, keys_of(part)[key])
            keys.setdefault(key, {}).setdefault(meaning, []).extend(types_of(part))
    rows = [
        (f"`{key}`", both(owners), *meaning)
        for key, meanings in keys.items()
        for meaning, owners in meanings.items()
    ]
    return _table(("Key", "Types", *KEY_HEADINGS[1:]), rows)


def _scheme_types() -> str:
    rows = [(f"`{name}`", str(part.__doc__)) for name, part in ws.TYPES.items()]
    return _table(("Type", "What it makes of cases"), rows)


def _every_scheme() -> str:
    rows = [(f"`{key}`", *_cells(ws.CountScheme, key, field)) for key, field in _shared().items()]
    kind = ("`type`", "What kind of scheme it is: one of the types above.", "word", "required")
    return _table(KEY_HEADINGS, [rows[0], kind, *rows[1:]])


def _own_keys(part: type[p.Part]) -> str:
    """Return the keys of a scheme type that not every scheme has."""
    rows = [
        (f"`{key}`", *_cells(part, key, field))
        for key, field in keys_of(part).items()
        if key not in _shared() and key != "type"
    ]
    return _table(KEY_HEADINGS, rows)


def _shared() -> Mapping[str, FieldInfo]:
    return keys_of(ws.Common)


def _operators() -> str:
    rows = [
        (f"`{TYPES[kind]}`", ", ".join(f"`{operator}`" for operator in operators))
        for kind, operators in OPERATORS.items()
    ]
    return _table(("Question type", "Tests a condition may make"), rows)


def _facts() -> str:
    rows = [
        (f"`{fact}`", ", ".join(f"`{value}`" for value in allowed or SERVICES), _closed(allowed))
        for fact, allowed in ALLOWED.items()
    ]
    return _table(("Fact", "Values", "Others"), rows)


def _closed(allowed: Mapping[str, str] | None) -> str:
    return "none" if allowed else "any id an employer names a service by"


def _questions() -> list[type[p.Part]]:
    return [part for part in every_part(s.Questionnaire) if types_of(part)]


def _own(part: type[p.Part]) -> list[str]:
    """Return the keys of a question type that not every type has."""
    return [key for key in keys_of(part) if key not in keys_of(qs.Common) and key != "type"]


def _left_out(field: FieldInfo) -> str:
    """Return what leaving a key out means."""
    if field.is_required():
        return "required"
    if isinstance(field.default, bool):
        return "`false`"
    return NONE if field.default in (None, "", (), {}) else f"`{field.default}`"


def _written(schema: Json) -> str:
    """Return what a value looks like in the file, from its JSON Schema."""
    match schema:
        case {"$comment": str(words)}:
            return words
        case {"$ref": str(reference)}:
            return _nouns()[reference.rsplit("/", 1)[-1]]
        case {"items": items}:
            return f"list: {_written(items)}"
        case {"patternProperties": dict(inside)}:
            return f"by id: {', '.join(_written(each) for each in inside.values())}"
        case {"additionalProperties": inside}:
            return f"by level: {_written(inside)}"
        case _:
            return "question"


def _nouns() -> dict[str, str]:
    return {part.__name__: part.noun for root in ROOTS for part in every_part(root)}


def _table(headings: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [tuple(headings), *rows]
    rule = "|".join(" --- " for _ in lines[0])
    written = ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join([written[0], f"|{rule}|", *written[1:]])
