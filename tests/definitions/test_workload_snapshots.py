from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.workload.snapshots import Case, Reduction, Snapshot, Worker
from healthcheck.definitions.workload_snapshots import read_snapshot

if TYPE_CHECKING:
    from pathlib import Path

TEAM = """\
team: Duty
taken_on: 2026-11-01
workers:
  - id: ab
    name: A. B.
    grade: Senior
    contracted_hours: 22.5
    full_time_hours: 36
    newly_qualified: true
    protected:
      - {hours: 3, reason: Study, from: 2026-09-01, until: 2027-03-31}
      - {points: 10, reason: Practice educator}
    scores: {indirect: 5}
cases:
  - worker: ab
    reference: R-1
    kind: duty
    scores: {risk: 5, time: 1/2}
    hours: 7.5
    agreed_by: [supervisor]
    factors: [abuse]
    judged: {urgency: today}
  - {number: 2, waiting_since: 2026-10-30, factors: []}
"""


def read(folder: Path, text: str) -> tuple[Snapshot | None, list[str]]:
    path = folder / "team.yaml"
    path.write_text(text, encoding="utf-8")
    snapshot, problems = read_snapshot(path)
    return snapshot, [f"{each.line}: {each.sentence}" for each in problems]


def test_a_team_is_read_as_it_is_written(tmp_path: Path) -> None:
    waiting = date(2026, 10, 30)
    assert read(tmp_path, TEAM) == (
        Snapshot(
            team="Duty",
            taken_on=date(2026, 11, 1),
            workers=(
                Worker(
                    id="ab",
                    name="A. B.",
                    grade="Senior",
                    contracted_hours=Fraction(45, 2),
                    full_time_hours=Fraction(36),
                    newly_qualified=True,
                    reductions=(
                        Reduction(
                            Fraction(3), "hours", "Study", date(2026, 9, 1), date(2027, 3, 31)
                        ),
                        Reduction(Fraction(10), "points", "Practice educator"),
                    ),
                    scores={"indirect": Fraction(5)},
                ),
            ),
            cases=(
                Case(
                    id="case-1",
                    worker_id="ab",
                    kind="duty",
                    reference="R-1",
                    scores={"risk": Fraction(5), "time": Fraction(1, 2)},
                    hours=Fraction(15, 2),
                    agreed_by_supervisor=True,
                    factors=frozenset({"abuse"}),
                    judged={"urgency": "today"},
                ),
                Case(id="case-2-1", worker_id=None, waiting_since=waiting, factors=frozenset()),
                Case(id="case-2-2", worker_id=None, waiting_since=waiting, factors=frozenset()),
            ),
        ),
        [],
    )


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("worker: ab", "worker: cd", "15: There is no worker “cd” in this team."),
        ("number: 2", "number: 0", "23: “number” must be from 1 to 1,000, not 0."),
        ("hours: 7.5", "hours: -7.5", "19: “hours” must be 0 or more, not “-7.5”."),
        ("hours: 22.5", "hours: 200", "4: Contracted hours must be from 0 to 168 a week."),
        (
            "{hours: 3,",
            "{hours: 3, points: 3,",
            "11: This protected time needs exactly one of hours or points, not hours and points.",
        ),
        ("team: Duty\n", "", "1: “team” is missing from this team. Add it: the team's name."),
        (
            "until: 2027-03-31",
            "until: 2026-03-31",
            "4: Protected hours end before they begin.",
        ),
        (
            "waiting_since: 2026-10-30",
            "waiting_since: 2026-11-02",
            "23: A case cannot wait since a day after the snapshot.",
        ),
    ],
)
def test_what_is_wrong_with_a_team_is_named_on_its_line(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    snapshot, problems = read(tmp_path, TEAM.replace(old, new, 1))
    assert snapshot is None
    assert problem in problems


def test_a_file_that_is_no_team_says_so(tmp_path: Path) -> None:
    assert read(tmp_path, "") == (None, ["1: This file is empty."])
