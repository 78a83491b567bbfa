from __future__ import annotations

import re
from pathlib import Path

import pytest

from healthcheck.definitions import reading
from healthcheck.definitions.problems import in_order
from healthcheck.definitions.workload_files import understand

FAULTS = sorted((Path(__file__).parent / "faults/workload").glob("*.yaml"))
EXPECTED = re.compile(r"^# expect: (\d+: .+)$", re.MULTILINE)
BESIDE = {"capacity": ["rule"], "lights": ["probation"], "over": ["points"]}


def test_the_faults_are_found() -> None:
    assert len(FAULTS) > 50


@pytest.mark.parametrize("path", FAULTS, ids=lambda path: path.stem)
def test_a_fault_is_named_with_its_line_and_nothing_else_is(path: Path) -> None:
    expected = EXPECTED.findall(path.read_text(encoding="utf-8"))
    document, unread = reading.read(path)
    assert document is not None

    _, problems = understand(document, BESIDE)

    found = in_order([*unread, *problems])
    assert [f"{each.line}: {each.sentence}" for each in found] == expected
    assert expected
