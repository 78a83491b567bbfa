from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from healthcheck.core.workload.figures import Figure
from healthcheck.definitions.library import check, load
from healthcheck.definitions.problems import FaultyDefinitionsError

SHIPPED = Path(__file__).parents[2] / "questionnaires"
TESTS = Path(__file__).parents[1] / "questionnaires"
SOUND = """\
fills:
  - questionnaire: small-check
    figures:
      - {figure: case-holders, question: in-post}
    evidence: [agreed-scheme]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(TESTS, tmp_path / "all")
    return tmp_path / "all"


def problems(folder: Path, text: str) -> list[str]:
    """Return the problems of a file of figures as lines, which every way of checking finds."""
    path = folder / "workload" / "figures.yaml"
    path.write_text(text)
    found = [str(each) for each in check(path)]
    assert [str(each) for each in check(folder)] == found
    assert [str(each) for each in check(path.parent)] == found
    return [line.removeprefix(f"{path}:") for line in found]


def test_the_shipped_file_fills_every_figure_of_caseloads_in_each_edition() -> None:
    library = load(SHIPPED)
    filling = library.fillings["employer-health-check"]
    assert {*Figure} - {*filling.questions.values()} == {Figure.AVERAGE}
    for edition in ("2026", "2027"):
        asked = library.get("employer-health-check", edition).questions
        taken = [figure for question, figure in filling.questions.items() if question in asked]
        assert len(taken) == len(set(taken)) == len(Figure) - 1
    assert filling.evidence == ("workload-safe-levels", "workflow-waiting-risk")


def test_without_a_file_nothing_is_filled(folder: Path) -> None:
    (folder / "workload" / "figures.yaml").unlink()
    assert load(folder).fillings == {}
    assert check(folder / "workload") == ()


def test_a_sound_file_has_no_problem(folder: Path) -> None:
    assert problems(folder, SOUND) == []
    assert load(folder).fillings["small-check"].questions == {"in-post": Figure.CASE_HOLDERS}


MEANT = "Did you mean “small-check”? Allowed: small-check."
NEEDS = "4: “{}” needs {} question: “{}” is another type in edition 2026."
NAMES = [each.value for each in Figure]
ALLOWED = f"Allowed: {', '.join(NAMES[:-1])} or {NAMES[-1]}."
FAULTS = [
    (
        SOUND.replace("in-post", "in-pots"),
        "4: No edition (2026 and 2027) has a question “in-pots”. Did you mean “in-post”?",
    ),
    (
        SOUND.replace("agreed-scheme", "agreed"),
        "5: No edition (2026 and 2027) has a question “agreed”. Did you mean “agreed-scheme”?",
    ),
    (
        SOUND.replace("agreed-scheme", "in-post"),
        "5: “in-post” asks for no evidence in edition 2026.",
    ),
    (
        SOUND.replace("in-post", "vacancy-rate"),
        NEEDS.format("case-holders", "a number", "vacancy-rate"),
    ),
    (
        SOUND.replace("case-holders", "counted-on"),
        NEEDS.format("counted-on", "a date", "in-post"),
    ),
    (
        SOUND.replace("    evi", "      - {figure: unallocated, question: in-post}\n    evi"),
        "5: “in-post” takes a figure already.",
    ),
    (
        SOUND.replace("small-check", "large-check"),
        f"2: There is no questionnaire “large-check” here. {MEANT}",
    ),
    (
        SOUND + SOUND.removeprefix("fills:\n"),
        "6: “small-check” is filled already: write it once.",
    ),
    (
        SOUND.replace("case-holders", "case-holder"),
        f"4: “figure” cannot be “case-holder”. Did you mean “case-holders”? {ALLOWED}",
    ),
    ("fills: [", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_a_fault_is_named_with_its_line(folder: Path, text: str, expected: str | None) -> None:
    found = problems(folder, text)
    if expected is None:
        assert found
    else:
        assert expected in found
        assert len({line for line in found if "edition 2027" not in line}) == 1
    with pytest.raises(FaultyDefinitionsError):
        load(folder)
