"""The command line, run as a person runs it."""

from __future__ import annotations

import json
import os
import re
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from healthcheck import bootstrap, config
from healthcheck.cli import main
from healthcheck.services import accounts, assessments
from healthcheck.tables import updated

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
SMALL = ROOT / "tests/questionnaires"
ANSWERS = """\
questionnaire: employer-health-check
edition: "2026"
organisation: {name: Northmere Council, nation: england, employer_type: council}
service: childrens
answers:
  workload-agreed-scheme: 2
  workload-safe-levels: {value: 3, evidence: The levels are on the intranet.}
  workload-report-excess: 0
"""


def run(*words: object, env: Mapping[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], env=env)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    file = tmp_path / "answers.yaml"
    file.write_text(ANSWERS, encoding="utf-8")
    return file


def test_every_command_is_listed_and_has_help_with_an_example() -> None:
    listed = run("--help").output
    for name, command in main.commands.items():
        assert "Example: healthcheck " + name in run(name, "--help").output
        assert command.hidden or re.search(rf"^  {name} ", listed, re.MULTILINE)


def test_every_command_a_person_needs_is_mentioned_in_the_readme() -> None:
    mentioned = (ROOT / "README.md").read_text() + (ROOT / "questionnaires/README.md").read_text()
    asked = [name for name, command in main.commands.items() if not command.hidden]
    assert [name for name in asked if f"healthcheck {name}" not in mentioned] == ["demo"]
    assert "healthcheck demo" in (ROOT / "run").read_text()


def test_the_tables_of_the_readme_are_what_the_code_says() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert updated(readme) == readme
    assert updated(re.sub(r"\| yes \|", "| no |", readme, count=1)) == readme


def test_the_shipped_questionnaires_pass_the_check() -> None:
    result = run("check")
    assert (result.exit_code, result.output) == (0, f"{ROOT / 'questionnaires'}: no problems.\n")


def test_a_fault_is_named_with_its_line_and_ends_with_status_1(tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text("id: x\nid: y\n", encoding="utf-8")
    result = run("check", faulty)
    assert result.exit_code == 1
    assert f"{faulty}:2: " in result.stderr
    assert result.stdout == ""


def test_scores_are_printed_as_one_json_object(answers: Path) -> None:
    found = json.loads(run("score", answers, "--json").stdout)
    assert found["overall"] == {"score": 56, "band": "Moderate"}
    assert found["areas"][0] == {
        "id": "workload-management",
        "score": 56,
        "band": "Low",
        "points": 5,
        "maximum": 9,
        "answered": 3,
        "applicable": 7,
        "capped_by": "workload-report-excess",
    }
    assert found["areas"][1]["score"] is None
    assert found["strengths"] == ["workload-safe-levels", "workload-agreed-scheme"]
    assert found["improvements"] == ["workload-report-excess"]
    assert found["unanswered"][0] == "employs-newly-qualified"


def test_scores_are_printed_in_words(answers: Path) -> None:
    lines = run("score", answers).stdout.splitlines()
    assert lines[0] == "Overall: 56 out of 100, Moderate, provisional"
    assert lines[3] == (
        "1. Effective workload management: 56 out of 100, Low, held down by 1.9, provisional"
    )


def test_every_problem_of_a_file_of_answers_is_named_and_nothing_is_written(answers: Path) -> None:
    wrong = ANSWERS.replace("scheme: 2", "scheme: 7").replace("safe-levels", "save-levels")
    answers.write_text(wrong, encoding="utf-8")
    output = answers.with_name("report.pdf")
    result = run("report", answers, "-o", output)
    assert result.exit_code == 1
    assert [line.split(": ", 1)[0] for line in result.stderr.splitlines()] == [
        f"{answers}:6",
        f"{answers}:7",
    ]
    assert list(answers.parent.iterdir()) == [answers]


def test_a_report_and_a_blank_workbook_are_written_whole(answers: Path) -> None:
    report, workbook = answers.with_name("report.pdf"), answers.with_name("workbook.pdf")
    assert run("report", answers, "-o", report).exit_code == 0
    assert run("blank", "small-check", "-o", workbook, "--questionnaires", SMALL).exit_code == 0
    assert "Northmere Council" in PdfReader(report).pages[0].extract_text()
    assert "Small" in PdfReader(workbook).pages[0].extract_text()
    assert sorted(answers.parent.iterdir()) == sorted([answers, report, workbook])


def test_a_workbook_can_be_made_from_a_file_that_is_not_in_use_yet(tmp_path: Path) -> None:
    output = tmp_path / "workbook.pdf"
    assert run("blank", SMALL / "small-check/2026.yaml", "-o", output).exit_code == 0
    assert len(PdfReader(output).pages) >= 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("no-such-check",), "There is no questionnaire “no-such-check”."),
        (("small-check", "--edition", "1999"), "There is no edition “1999”"),
        (("small-check", "--nation", "narnia"), "“narnia” is not a known nation."),
    ],
)
def test_a_workbook_that_cannot_be_made_says_why(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    output = tmp_path / "workbook.pdf"
    result = run("blank", *words, "-o", output, "--questionnaires", SMALL)
    assert result.exit_code == 1
    assert said in result.stderr
    assert not output.exists()


def test_a_folder_that_cannot_be_written_to_is_said_in_a_sentence(tmp_path: Path) -> None:
    output = tmp_path / "missing" / "workbook.pdf"
    result = run("blank", "small-check", "-o", output, "--questionnaires", SMALL)
    assert (result.exit_code, output.parent.exists()) == (1, False)
    assert "cannot be written" in result.stderr


def test_the_demonstration_prints_the_same_sign_ins_twice(
    demonstration_folder: Path, tmp_path: Path
) -> None:
    env = {"HEALTHCHECK_DATA": str(demonstration_folder)}
    first, second = run("demo", env=env), run("demo", env=env)
    assert first.exit_code == 0
    assert "Priya Shah, Northmere Council: a health check half answered" in first.output
    assert second.output == first.output
    elsewhere = {"HEALTHCHECK_DATA": str(tmp_path / "real")}
    assert run("add-employer", "Real", "--nation", "wales", "--type", "other", env=elsewhere).output
    assert "no demonstration was loaded" in run("demo", env=elsewhere).output


def test_a_real_employer_is_set_up_and_its_lead_can_sign_in(tmp_path: Path) -> None:
    env = {"HEALTHCHECK_DATA": str(tmp_path)}
    name = "Real Council"
    done = [
        run("add-employer", name, "--nation", "wales", "--type", "council", env=env),
        run(
            *("add-person", "Lead@real.example", "--name", "Lee", "--employer", name),
            *("--role", "lead", "--password", "long enough to keep"),
            env=env,
        ),
        run(
            *("start", name, "--service", "adults", "--cycle", "2027", "--due", "2027-09-30"),
            env=env,
        ),
    ]
    assert [each.exit_code for each in done] == [0, 0, 0]
    with closing(bootstrap.load(config.read(env))) as product, product.context() as ctx:
        token = accounts.sign_in(ctx, "lead@real.example", "long enough to keep")
        lead = replace(ctx, person=accounts.person_for(ctx, token))
        (found,) = assessments.mine(lead)
    assert (found.assessment.employer.name, found.assessment.due) == (name, date(2027, 9, 30))
    assert done[2].output == f"Started {found.assessment.reference}.\n"
    again = run("add-employer", name, "--nation", "wales", "--type", "council", env=env)
    assert (again.exit_code, again.stderr) == (1, "There is an employer of that name already.\n")


def test_a_forgotten_password_is_replaced(tmp_path: Path) -> None:
    env = {"HEALTHCHECK_DATA": str(tmp_path)}
    email, old = "admin@real.example", ("--password", "an old one that is long")
    made = run("add-person", email, "--name", "Ada", "--role", "administrator", *old, env=env)
    assert made.exit_code == 0
    new = ("--password", "a new one that is long")
    assert run("set-password", email, *new, env=env).exit_code == 0
    with closing(bootstrap.load(config.read(env))) as product, product.context() as ctx:
        assert accounts.sign_in(ctx, email, new[1])
    nobody = run("set-password", "nobody@northmere.example", *new, env=env)
    assert (nobody.exit_code, "Nobody has an account" in nobody.stderr) == (1, True)


def test_a_copy_is_made_and_put_back(tmp_path: Path) -> None:
    env = {"HEALTHCHECK_DATA": str(tmp_path / "data")}
    copy = tmp_path / "copy.sqlite3"
    assert run("add-employer", "First", "--nation", "wales", "--type", "other", env=env).output
    assert run("backup", copy, env=env).output.startswith(f"Wrote {copy} (")
    assert run("add-employer", "Later", "--nation", "wales", "--type", "other", env=env).output
    refused = run("restore", copy, env=env)
    assert (refused.exit_code, "Say --replace" in refused.stderr) == (1, True)
    kept = tmp_path / "data/healthcheck.sqlite3.before-restore-1"
    assert run("restore", copy, "--replace", env=env).output == (
        f"Restored {copy}.\nThe database that was there is now {kept}.\n"
    )
    again = run("add-employer", "Later", "--nation", "wales", "--type", "other", env=env)
    assert again.output == "Added Later.\n"
    elsewhere = {"HEALTHCHECK_DATA": str(tmp_path / "elsewhere")}
    assert run("restore", copy, env=elsewhere).output == f"Restored {copy}.\n"


def test_a_person_cannot_be_added_to_an_employer_that_is_not_there(tmp_path: Path) -> None:
    env = {"HEALTHCHECK_DATA": str(tmp_path)}
    result = run(
        *("add-person", "a@b.example", "--name", "A", "--employer", "Nowhere"),
        *("--role", "viewer", "--password", "long enough to keep"),
        env=env,
    )
    assert result.exit_code == 1
    assert result.stderr == "There is no employer named “Nowhere”. Add it first.\n"


def test_faulty_settings_are_all_named_at_once() -> None:
    result = run("demo", env={"HEALTHCHECK_PORT": "x", "HEALTHCHECK_SECURE_COOKIES": "perhaps"})
    assert result.exit_code == 1
    assert "HEALTHCHECK_PORT" in result.stderr
    assert "HEALTHCHECK_SECURE_COOKIES" in result.stderr


def test_the_program_refuses_to_start_on_a_faulty_questionnaire(tmp_path: Path) -> None:
    folder = tmp_path / "questionnaires/faulty"
    folder.mkdir(parents=True)
    (folder / "1.yaml").write_text("id: x\nid: y\n", encoding="utf-8")
    env = {
        "HEALTHCHECK_DATA": str(tmp_path / "data"),
        "HEALTHCHECK_QUESTIONNAIRES": str(tmp_path / "questionnaires"),
    }
    result = run("serve", env=env)
    assert result.exit_code == 1
    assert result.stderr == run("check", tmp_path / "questionnaires").stderr
    assert f"{folder / '1.yaml'}:2: " in result.stderr


def test_the_reference_prints_tables_and_a_json_schema() -> None:
    assert "## permissions" in run("reference").output
    assert json.loads(run("reference", "--schema").output)["type"] == "object"


def test_the_reference_brings_a_file_up_to_date(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_text("<!-- generated: settings -->\nout of date\n<!-- end -->\n", encoding="utf-8")
    assert run("reference", "--write", file).exit_code == 0
    assert "HEALTHCHECK_PORT" in file.read_text(encoding="utf-8")
    assert "out of date" not in file.read_text(encoding="utf-8")


def test_a_report_never_takes_the_place_of_what_it_is_made_from(tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text(ANSWERS, encoding="utf-8")
    (tmp_path / "link.pdf").symlink_to(answers)
    for output in (answers, tmp_path / "link.pdf"):
        result = run("report", answers, "-o", output)
        assert (result.exit_code, result.stderr) == (
            1,
            f"“{output}” is what it would be made from. Name another file.\n",
        )
    assert answers.read_text(encoding="utf-8") == ANSWERS


def test_what_is_no_file_is_left_as_it_is(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "file.txt/x.pdf", "b" * 300):
        (tmp_path / "file.txt").touch()
        result = run("blank", "small-check", "-o", tmp_path / name, "--questionnaires", SMALL)
        assert result.exit_code == 1
        assert "cannot be written: " in result.stderr
    assert (tmp_path / "pipe").is_fifo()


def test_the_file_that_a_link_leads_to_is_written_and_keeps_who_may_read_it(tmp_path: Path) -> None:
    mine, link = tmp_path / "mine.pdf", tmp_path / "link.pdf"
    mine.touch(0o600)
    link.symlink_to(mine)
    result = run("blank", "small-check", "-o", link, "--questionnaires", SMALL)
    assert result.exit_code == 0
    assert mine.read_bytes().startswith(b"%PDF")
    assert (link.is_symlink(), mine.stat().st_mode & 0o777) == (True, 0o600)
    assert {each.name for each in tmp_path.iterdir()} == {"mine.pdf", "link.pdf"}
