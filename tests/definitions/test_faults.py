from __future__ import annotations

import re
from pathlib import Path

import pytest

from healthcheck.definitions.questionnaire_files import read_questionnaire

FAULTS = sorted((Path(__file__).parent / "faults").glob("*.yaml"))
EXPECTED = re.compile(r"^# expect: (\d+: .+)$", re.MULTILINE)


def test_the_faults_are_found() -> None:
    assert len(FAULTS) > 100


@pytest.mark.parametrize("path", FAULTS, ids=lambda path: path.stem)
def test_a_fault_is_named_with_its_line_and_nothing_else_is(path: Path) -> None:
    expected = EXPECTED.findall(path.read_text(encoding="utf-8"))
    questionnaire, problems = read_questionnaire(path)
    assert questionnaire is None
    assert [f"{each.line}: {each.sentence}" for each in problems] == expected
    assert [str(each) for each in problems] == [f"{path}:{each}" for each in expected]
    assert expected
