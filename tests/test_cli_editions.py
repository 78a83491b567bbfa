"""Comparing two editions at the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.test_cli import run

SMALL = Path(__file__).parent / "questionnaires/small-check"
OLD, NEW = SMALL / "2026.yaml", SMALL / "2027.yaml"

SAID = """\
fair-allocation: Work is shared out fairly between all teams.
  Must be answered anew, with the old and the new words shown.
  wording: text
    - Work is shared out fairly.
    + Work is shared out fairly between all teams.

quiet-room: There is a quiet space.
  Carries, one click to confirm.
  renamed: id
    - quiet-space
    + quiet-room

shared-equipment: Is equipment shared?
  New, with nothing to carry.
  new: question
    - (nothing)
    + Is equipment shared?

in-post: Social workers in post
  Left empty (carry_forward: never).
  meaning: carry_forward
    - confirm
    + never

seen-in: Where are workloads seen?
  Gone; the old health check keeps it.
  removed: question
    - Where are workloads seen?
    + (nothing)

What becomes of the answers of edition 2026
  Carries, one click to confirm: 10 (agreed-scheme, employs-new, protected-caseloads, who-allocates,
    quiet-room, last-checked, who-checked, remarks, vacancies, long-hours)
  Must be answered anew, with the old and the new words shown: 1 (fair-allocation)
  Left empty (carry_forward: never): 1 (in-post)
  Gone; the old health check keeps it: 1 (seen-in)
  New, with nothing to carry: 1 (shared-equipment)
  Worked out from other figures: 2 (posts-in-all, vacancy-rate)
"""


def test_every_change_is_named_and_what_becomes_of_each_answer() -> None:
    result = run("diff", OLD, NEW)
    assert result.exit_code == 0
    whole, said = result.output.split("\nfair-allocation", 1)
    assert f"fair-allocation{said}" == SAID
    assert whole.startswith("Small check: edition 2026 compared with edition 2027\n\n")
    assert "  meaning: checks, rose-on-the-same-evidence\n    - (nothing)\n    + rose_by 2" in whole


def test_a_question_in_another_order_is_said_without_words(tmp_path: Path) -> None:
    text = OLD.read_text()
    start, end = text.index("          - id: who-checked"), text.index("          - id: remarks")
    moved = text[:start] + text[end:].replace("figures:\n", text[start:end] + "figures:\n", 1)
    changed = tmp_path / "2026.yaml"
    changed.write_text(moved)
    result = run("diff", OLD, changed)
    assert "Carries, one click to confirm.\n  moved: order\n\nWhat becomes" in result.output


def test_nothing_may_differ() -> None:
    assert "\nNothing differs.\n" in run("diff", OLD, OLD).output


def test_the_same_as_one_json_object() -> None:
    result = run("diff", OLD, NEW, "--json")
    told = json.loads(result.output)
    assert {name: told[name] for name in ("questionnaire", "old", "new")} == {
        "questionnaire": "small-check",
        "old": "2026",
        "new": "2027",
    }
    assert told["whole"][0] == {
        "kind": "wording",
        "part": "checks, embedded-without-evidence, text",
        "old": "",
        "new": "This is rated embedded, with no evidence. What shows it?",
    }
    questions = {each["id"]: each for each in told["questions"]}
    assert questions["quiet-room"] == {
        "id": "quiet-room",
        "old_id": "quiet-space",
        "text": "There is a quiet space.",
        "kinds": ["renamed"],
        "carries": "confirm",
        "changes": [{"kind": "renamed", "part": "id", "old": "quiet-space", "new": "quiet-room"}],
    }
    assert questions["agreed-scheme"]["changes"] == []
    assert questions["shared-equipment"]["old_id"] is None


def test_every_problem_of_both_files_refuses_them(tmp_path: Path) -> None:
    faulty = tmp_path / "2027.yaml"
    faulty.write_text(NEW.read_text().replace("type: date", "type: day"))
    other = tmp_path / "2026.yaml"
    other.write_text(OLD.read_text().replace("title: Small check", "titel: Small check"))
    result = run("diff", other, faulty)
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert [line.split(": ", 1)[0] for line in lines] == [
        f"{other}:1", f"{other}:4", f"{faulty}:180",
    ]  # fmt: skip
    assert "“type” cannot be “day”." in lines[2]


def test_two_questionnaires_are_not_compared(tmp_path: Path) -> None:
    other = tmp_path / "2027.yaml"
    other.write_text(NEW.read_text().replace("id: small-check", "id: another"))
    result = run("diff", OLD, other)
    assert result.exit_code == 1
    assert result.output == (
        "These are different questionnaires, “small-check” and “another”."
        " Give two editions of one.\n"
    )
