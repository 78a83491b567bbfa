from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.workload.calculating import calculate
from healthcheck.definitions import reference
from healthcheck.definitions.checks.operators import OPERATORS
from healthcheck.definitions.checks.subject import TYPES as QUESTION_TYPES
from healthcheck.definitions.json_schema import DIALECT, json_schema, properties
from healthcheck.definitions.questionnaire_files import understand
from healthcheck.definitions.reading import parse
from healthcheck.definitions.schema import Questionnaire
from healthcheck.definitions.schema_parts import Condition
from healthcheck.definitions.validation import every_part, keys_of, types_of
from healthcheck.definitions.workload_files import read_scheme
from healthcheck.definitions.workload_schema import TYPES
from healthcheck.definitions.workload_snapshots import read_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthcheck.definitions.json_schema import Json

README = Path(__file__).parents[2] / "questionnaires" / "README.md"
EXAMPLE = re.compile(r"<!-- example -->\n```yaml\n(.*?)```", re.DOTALL)
SCHEME = re.compile(r"<!-- scheme example -->\n```yaml\n(.*?)```", re.DOTALL)
TEAM = re.compile(r"```yaml\n(team: .*?)```", re.DOTALL)


def inside(schema: Json) -> Iterator[dict[str, Json]]:
    if isinstance(schema, dict):
        yield schema
        for each in schema.values():
            yield from inside(each)
    if isinstance(schema, list):
        for each in schema:
            yield from inside(each)


def test_the_readme_has_every_table_as_the_code_has_it() -> None:
    text = README.read_text(encoding="utf-8")
    assert reference.updated(text) == text
    for name, table in reference.blocks().items():
        assert f"<!-- generated: {name} -->\n\n{table}\n\n<!-- end -->" in text


def test_the_readme_names_every_key() -> None:
    tables = reference.tables()
    for root in reference.ROOTS:
        for part in every_part(root):
            for key in keys_of(part):
                assert f"| `{key}` |" in tables


def test_the_readmes_example_has_no_problem() -> None:
    example = EXAMPLE.search(README.read_text(encoding="utf-8"))
    assert example is not None
    document, problems = parse(example[1].encode(), "example")
    assert problems == ()
    assert document is not None
    questionnaire, faults = understand(document)
    assert faults == ()
    assert questionnaire is not None
    assert list(questionnaire.questions) == [
        "supervision-monthly",
        "employs-students",
        "students-supervised",
    ]


def test_the_readmes_scheme_and_team_go_together(tmp_path: Path) -> None:
    words = README.read_text(encoding="utf-8")
    shutil.copytree(README.parent / "workload", tmp_path / "workload")
    for found, path in ((SCHEME, "workload/our-points.yaml"), (TEAM, "team.yaml")):
        example = found.search(words)
        assert example is not None
        (tmp_path / path).write_text(example[1], encoding="utf-8")
    scheme, faults = read_scheme(tmp_path / "workload/our-points.yaml")
    team, problems = read_snapshot(tmp_path / "team.yaml")
    assert (faults, problems) == ((), ())
    assert scheme is not None
    assert team is not None
    result = calculate(scheme, team)
    # 4 court proceedings at 3.5 from October; 9 cases of short-term work at 1
    assert [int(each.load) for each in result.workers] == [14, 9]
    assert result.team.is_complete
    assert result.missing == ()


def test_writing_brings_stale_tables_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("Words.\n<!-- generated: standard -->\nstale\n<!-- end -->\nMore words.\n")
    reference.write(path)
    assert path.read_text() == (
        "Words.\n<!-- generated: standard -->\n\n"
        "| Key | What it holds | Written as | If left out |\n"
        "| --- | --- | --- | --- |\n"
        "| `id` | Its id, such as lga-1. | id | required |\n"
        "| `title` | Its full name. | text | required |\n"
        "\n<!-- end -->\nMore words.\n"
    )


def test_a_marker_for_no_table_is_refused() -> None:
    with pytest.raises(KeyError, match="nothing"):
        reference.updated("<!-- generated: nothing -->\n<!-- end -->\n")


def test_the_schema_names_its_dialect_and_only_what_is_in_it() -> None:
    schema = json_schema()
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    assert schema["$schema"] == DIALECT
    named = {
        str(each["$ref"]).removeprefix("#/$defs/") for each in inside(schema) if "$ref" in each
    }
    assert named == set(definitions)


def test_the_schema_knows_nothing_of_null_or_of_pydantic() -> None:
    schemas = list(inside(json_schema()))
    assert not [each for each in schemas if each.get("type") == "null"]
    assert not [each for each in schemas if "discriminator" in each]


def test_the_schema_has_every_key_with_its_meaning() -> None:
    for part in [part for root in reference.ROOTS for part in every_part(root)]:
        described = properties(part)
        assert list(described) == list(keys_of(part))
        for schema in described.values():
            assert isinstance(schema, dict)
            assert schema["description"]


def test_the_schema_tells_schemes_from_questionnaires_by_their_type() -> None:
    schema = json_schema()
    assert schema["if"] == {"required": ["type"]}
    assert schema["else"] == {
        "if": {"required": ["fills"]},
        "then": {"$ref": "#/$defs/Fills"},
        "else": {"$ref": "#/$defs/Questionnaire"},
    }
    assert schema["then"] == {
        "oneOf": [{"$ref": f"#/$defs/{part.__name__}"} for part in TYPES.values()]
    }
    assert properties(TYPES["hours"])["type"] == {
        "const": "hours", "description": "`hours`", "type": "string"
    }  # fmt: skip


def test_the_schema_takes_words_without_quotation_marks() -> None:
    assert properties(Condition)["is"] == {
        "$comment": "text",
        "description": "True when this is the answer (an option, yes, no or level).",
        "minLength": 1,
        "type": ["string", "number", "boolean"],
    }


def test_every_question_type_has_its_operators() -> None:
    written = {name for part in every_part(Questionnaire) for name in types_of(part)}
    assert set(QUESTION_TYPES.values()) == written
    assert set(OPERATORS) == set(QUESTION_TYPES)
