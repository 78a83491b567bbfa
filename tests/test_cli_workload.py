"""The command line's workload command, run as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from healthcheck.cli import main

ROOT = Path(__file__).parent.parent
SCHEMES = ROOT / "questionnaires/workload"
TEAM = """\
team: Safeguarding
taken_on: 2026-11-02
workers:
  - {id: ab, name: A. B., contracted_hours: 37}
  - {id: cd, name: C. D., contracted_hours: 37}
cases:
  - {worker: ab, hours: 20, number: 8, factors: [abuse]}
  - {worker: cd, hours: 70, reference: R-1, factors: []}
  - {kind: court, reference: R-2, waiting_since: 2026-10-01}
"""


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["workload", *(str(word) for word in words)])


@pytest.fixture
def team(tmp_path: Path) -> Path:
    file = tmp_path / "team.yaml"
    file.write_text(TEAM, encoding="utf-8")
    return file


def test_a_teams_loads_are_printed_with_their_working_and_the_cautions(team: Path) -> None:
    lines = run("hours-planner", team).output.splitlines()

    assert lines[:14] == [
        "Safeguarding, 2 November 2026: Individual capacity planner (hours)",
        "",
        "A. B.: ■ Red, 114%: 160 of 140 hours a month, 8 cases",
        "   8 cases: 160 hours a month in all.",
        "   Capacity: 140 hours a month × 37 of 37 hours = 140 hours a month.",
        "   160 ÷ 140 = 114%: red. 20 too much.",
        "",
        "C. D.: ▼ Blue, 50%: 70 of 140 hours a month, 1 case",
        "   1 case: 70 hours a month in all.",
        "   Capacity: 140 hours a month × 37 of 37 hours = 140 hours a month.",
        "   70 ÷ 140 = 50%: blue. 70 to spare.",
        "",
        "Team: ▼ Blue, 82%: 230 of 280 hours a month, 9 cases",
        "   Room for 70 hours a month; 20 hours a month above capacity.",
    ]
    assert "Unallocated: 1 case, at least 0 hours a month. The longest wait is 32 days." in lines
    missing = "   “court” has no hours in this scheme and the case has none of its own."
    assert f"{missing} (1 case, unallocated)" in lines
    assert "   working month: 140, from 1 April 2010, as published" in lines
    assert any(line.startswith("   As printed, exactly 100%") for line in lines)
    assert lines[-1].endswith("It never replaces them.")


def test_a_count_is_printed_without_capacity_or_lights(team: Path) -> None:
    lines = run("simple-count", team).output.splitlines()

    assert lines[2:4] == ["A. B.: 8 cases", "   8 cases."]
    assert lines[-8:-6] == ["", "Cautions:"]
    assert "Team: 9 cases" in lines


def test_an_order_is_printed_with_every_reason(team: Path) -> None:
    lines = run("priority-factors", team).output.splitlines()

    assert lines[2] == "Allocated cases, most pressing first:"
    assert lines[3].startswith(
        "   1. case-1-1 (A. B.): High: risk of child abuse or physical abuse."
    )
    assert "   1. R-1 (C. D.): Low: none of the factors is there." in lines
    not_judged = "Not fully judged yet. The priority factors are not recorded."
    assert lines[13:15] == [
        "Referrals and unallocated cases, most pressing first:",
        f"   1. R-2 (nobody yet): {not_judged} Waiting 32 days.",
    ]


def test_an_order_of_nothing_says_so(team: Path) -> None:
    team.write_text("team: T\ntaken_on: 2026-11-02\nworkers: []\ncases: []\n")

    assert "   No case." in run("priority-factors", team).output.splitlines()


def test_loads_are_printed_as_one_json_object(team: Path) -> None:
    found = json.loads(run("hours-planner", team, "--json").stdout)

    assert found["workers"][0] | {"working": []} == {
        "worker": "ab", "cases": 8, "load": 160, "capacity": 140, "percentage": 800 / 7,
        "light": "red", "is_complete": True, "spare": -20, "unagreed": 0, "working": [],
    }  # fmt: skip
    assert found["workers"][0]["working"][-1] == "160 ÷ 140 = 114%: red. 20 too much."
    assert (found["total"]["spare"], found["total"]["over"]) == (70, 20)
    assert found["unallocated"] == {
        "cases": 1, "load": 0, "is_complete": False, "longest_wait_days": 32
    }  # fmt: skip
    assert found["missing"][0]["cases"] == ["case-3"]
    assert found["figures"][0] == {
        "name": "working month", "value": 140, "from": "2010-04-01", "standing": "as published"
    }  # fmt: skip


def test_an_order_is_printed_as_json(team: Path) -> None:
    found = json.loads(run("priority-factors", team, "--json").stdout)

    assert [each["use"] for each in found["orders"]] == ["allocated", "referrals", "discharge"]
    assert found["orders"][1]["places"] == [
        {
            "place": 1,
            "case": "case-3",
            "reference": "R-2",
            "worker": None,
            "level": None,
            "reason": "Not fully judged yet. The priority factors are not recorded."
            " Waiting 32 days.",
        }
    ]
    assert {each["worker"] for each in found["orders"][0]["places"]} == {"ab", "cd"}
    assert (found["workers"], found["total"]["capacity"]) == ([], None)


def test_a_scheme_can_be_a_file(team: Path) -> None:
    by_file = run(SCHEMES / "hours-planner.yaml", team)

    assert by_file.output == run("hours-planner", team).output


@pytest.mark.parametrize(
    ("scheme", "words"),
    [
        ("hours", "There is no workload scheme “hours”. Schemes here: contracted-hours,"),
        ("draft.yaml", "draft.yaml:1: “id” is missing from this simple count."),
        ("rule.yaml", "rule.yaml is only a part for other schemes: choose one that names it."),
    ],
)
def test_a_scheme_that_cannot_be_used_is_refused(
    team: Path, scheme: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(team.parent)
    shown = (SCHEMES / "contracted-hours.yaml").read_text()
    rule = shown[: shown.index("target:")].replace("lights: traffic-light\n", "")
    Path("rule.yaml").write_text(rule.replace("id: contracted-hours", "id: rule"))
    Path("draft.yaml").write_text("type: count\n")

    refused = run(scheme, team)

    assert refused.exit_code == 1
    assert words in refused.output


def test_a_team_with_a_fault_is_refused_on_its_line(team: Path) -> None:
    team.write_text(TEAM.replace("worker: cd", "worker: xy"))

    refused = run("hours-planner", team)

    assert refused.exit_code == 1
    assert f"{team}:8: There is no worker “xy” in this team." in refused.output


def test_a_day_without_a_figure_is_refused_with_what_to_do(team: Path) -> None:
    team.write_text(TEAM.replace("2026-11-02", "2010-03-31").replace("2026-10-01", "2010-01-01"))

    refused = run("hours-planner", team)

    assert refused.exit_code == 1
    assert "no working month for 31 March 2010: its first row is from 1 April" in refused.output
