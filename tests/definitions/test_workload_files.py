from __future__ import annotations

import shutil
from datetime import date
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest

from healthcheck.core.errors import NotFoundError
from healthcheck.core.workload import schemes as w
from healthcheck.core.workload.rates import Standing
from healthcheck.definitions.library import check, load
from healthcheck.definitions.problems import FaultyDefinitionsError
from healthcheck.definitions.workload_files import Schemes, read_scheme, read_schemes

SHIPPED = Path(__file__).parents[2] / "questionnaires" / "workload"
TINY = """\
id: tiny
type: weighted-cases
title: Tiny
about: About.
source: Made for a test.
date: May 2026
cautions: [Take care.]
kinds:
  - {id: a, title: A, weight: [{from: 2026-01-01, is: 1/2, standing: as published}]}
ceiling: [{from: 2026-01-01, is: 13, standing: as published}]
"""
RULE = """\
id: rule
type: capacity
title: Rule
about: About.
source: Made for a test.
date: May 2026
cautions: [Take care.]
full_time_hours: [{from: 2026-01-01, is: 36, standing: as published}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "workload"
    shutil.copytree(SHIPPED, found)
    return found


def shipped() -> Schemes:
    found, problems = read_schemes(SHIPPED)
    assert problems == ()
    return found


def test_the_shipped_schemes_are_all_there_with_the_papers_numbers() -> None:
    found = shipped().by_id
    day = date(2026, 11, 1)
    rules = {name: scheme.rule for name, scheme in found.items()}
    points, limit, planner = (
        rules["ne-london-points"], rules["weighted-case-limit"], rules["hours-planner"]
    )  # fmt: skip
    assert sorted(found) == [
        "contracted-hours", "eligibility", "hours-planner", "ne-london-points",
        "priority-factors", "psychosocial-severity", "simple-count", "traffic-light",
        "weighted-case-limit",
    ]  # fmt: skip
    assert isinstance(points, w.Points)
    assert points.target.on(day).value == 225
    assert [each.scale for each in points.indicators] == [
        w.Scale(Fraction(0), Fraction(5)),
        w.Scale(Fraction(1), Fraction(5)),
        w.Scale(Fraction(1), Fraction(10)),
        None,
    ]
    assert points.agreed_by_both
    assert isinstance(limit, w.WeightedCases)
    assert limit.ceiling.on(day).value == 13
    assert limit.kinds[0].weight.on(day).value == Fraction(1, 2)
    assert isinstance(planner, w.Hours)
    assert planner.month.on(day).value == 140


def test_every_shipped_scheme_says_that_it_never_replaces_supervision() -> None:
    for scheme in shipped().by_id.values():
        assert any("never replaces" in caution for caution in scheme.cautions)
        assert any("poorly evaluated" in caution for caution in scheme.cautions)
        assert scheme.source
        assert scheme.dated


def test_the_lights_are_as_printed_but_for_the_overlap_that_the_note_tells() -> None:
    lights = shipped().lights["traffic-light"]
    ranges = [(band.id, str(band.starts), str(band.ends)) for band in lights.bands]
    assert ranges == [
        ("blue", "0", "95"),
        ("green", "95", "100"),
        ("amber", "100", "110"),
        ("red", "110", "None"),
    ]
    assert [band.needs_decision for band in lights.bands] == [False, False, True, True]
    assert "100% stands in two ranges" in lights.note
    assert lights.standing is Standing.PUBLISHED


def test_lights_stand_over_another_scheme_and_are_laid_over_those_that_name_them() -> None:
    found = shipped().by_id
    over, under = found["traffic-light"], found["contracted-hours"]
    assert (over.rule, over.capacity, over.lights) == (under.rule, under.capacity, under.lights)
    assert found["hours-planner"].lights == over.lights


def test_a_digest_is_that_of_the_file() -> None:
    content = (SHIPPED / "simple-count.yaml").read_bytes()
    assert shipped().digests["simple-count"] == sha256(content).hexdigest()


def test_a_scheme_that_is_not_there_is_refused_with_what_is(folder: Path) -> None:
    for path in folder.glob("*.yaml"):
        path.unlink()
    (folder / "tiny.yaml").write_text(TINY)
    found, _ = read_schemes(folder)
    with pytest.raises(NotFoundError, match="no workload scheme “none”"):
        found.get("none")
    with pytest.raises(NotFoundError, match="There are none here"):
        Schemes().get("none")


def test_a_file_stands_under_its_own_id(folder: Path) -> None:
    (folder / "other.yaml").write_text(TINY)
    _, problems = read_schemes(folder)
    assert [str(each) for each in problems] == [
        f"{folder / 'other.yaml'}:1: “id” is “tiny” but the file is named “other”."
    ]


def test_a_capacity_rule_without_a_target_is_a_part_for_others(folder: Path) -> None:
    (folder / "rule.yaml").write_text(RULE)
    (folder / "tiny.yaml").write_text(f"{TINY}capacity: rule\n")
    found, problems = read_schemes(folder)
    assert problems == ()
    assert "rule" not in found.by_id
    capacity = found.get("tiny").capacity
    assert capacity is not None
    assert capacity.newly_qualified is None
    assert read_scheme(folder / "rule.yaml") == (None, ())


def test_lights_over_nothing_are_a_part_for_others(folder: Path) -> None:
    path = folder / "traffic-light.yaml"
    path.write_text(path.read_text().replace("over: contracted-hours\n", ""))
    found, problems = read_schemes(folder)
    assert problems == ()
    assert "traffic-light" in found.lights
    assert "traffic-light" not in found.by_id


@pytest.mark.parametrize("name", ["hours-planner", "traffic-light", "simple-count"])
def test_one_file_is_read_with_what_it_names_beside_it(name: str) -> None:
    assert read_scheme(SHIPPED / f"{name}.yaml") == (shipped().get(name), ())


def test_one_file_is_read_whatever_is_wrong_with_others_beside_it(folder: Path) -> None:
    (folder / "faulty.yaml").write_text("id: faulty\n")
    (folder / "empty.yaml").write_text("")
    (folder / "lost.yaml").write_text(f"{TINY}lights: nowhere\n".replace("id: tiny", "id: lost"))
    scheme, problems = read_scheme(folder / "hours-planner.yaml")
    assert problems == ()
    assert scheme == shipped().get("hours-planner")


def test_a_file_that_names_a_faulty_one_says_so(folder: Path) -> None:
    path = folder / "contracted-hours.yaml"
    path.write_text(path.read_text().replace("is: 37", "is: 0"))
    found, (problem,) = read_scheme(folder / "hours-planner.yaml")
    assert found is None
    lines = (folder / "hours-planner.yaml").read_text().splitlines()
    assert lines[problem.line - 1] == "capacity: contracted-hours"
    assert problem.sentence == "The file that defines “contracted-hours” has problems of its own."


def test_a_file_that_cannot_be_read_is_named_with_the_others(folder: Path) -> None:
    (folder / "empty.yaml").write_text("")
    found, problems = read_schemes(folder)
    assert found.by_id == {}
    assert [str(each) for each in problems] == [f"{folder / 'empty.yaml'}:1: This file is empty."]
    assert read_scheme(folder / "empty.yaml") == (None, problems)


def test_ids_that_are_no_single_value_are_the_schemas_to_report(folder: Path) -> None:
    (folder / "listed.yaml").write_text(TINY.replace("id: tiny", "id: [tiny]"))
    _, problems = read_schemes(folder)
    assert [each.sentence for each in problems] == ["“id” must be a single value, not a list."]
    (folder / "listed.yaml").write_text("id: listed\ntype: [points]\n")
    _, problems = read_schemes(folder)
    assert problems[0].line in {1, 2}


def test_checking_finds_a_scheme_by_its_folder_or_by_what_is_in_it(
    folder: Path, tmp_path: Path
) -> None:
    alone = tmp_path / "draft.yaml"
    alone.write_text(TINY.replace("is: 13", "is: 0"))
    (folder / "typeless.yaml").write_text("id: typeless\n")
    assert [each.line for each in check(alone)] == [10]
    assert "workload scheme" in check(folder / "typeless.yaml")[0].sentence
    assert check(folder) == check(folder / "typeless.yaml")
    assert check(folder / "simple-count.yaml") == ()


def test_a_library_has_no_schemes_when_one_is_faulty(folder: Path) -> None:
    (folder / "faulty.yml").write_text(TINY)
    (folder / "typeless.yaml").write_text("id: typeless\n")
    with pytest.raises(FaultyDefinitionsError) as refused:
        load(folder.parent)
    assert [each.sentence for each in refused.value.problems] == [
        "This file is not read: a workload scheme stands at workload/<its id>.yaml.",
        (
            "“type” is missing from this workload scheme. Add it: points, weighted-cases, hours,"
            " capacity, lights, count or priority."
        ),
    ]
