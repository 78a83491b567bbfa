"""The built wheel, installed away from the checkout, carries all that the program needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
UV = Path(sys.executable).with_name("uv")
ANSWERS = """\
questionnaire: employer-health-check
edition: "2026"
organisation: {name: Elsewhere Trust, nation: wales, employer_type: nhs-trust}
service: adults
answers: {workload-agreed-scheme: 2}
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build: list[str | Path] = [
        UV,
        "build",
        "--quiet",
        "--offline",
        "--wheel",
        "--no-build-isolation",
    ]
    subprocess.run([*build, "--out-dir", folder, ROOT], check=True)
    (wheel,) = folder.glob("*.whl")
    place = folder / "site"
    install: list[str | Path] = [
        UV,
        "pip",
        "install",
        "--quiet",
        "--offline",
        "--no-deps",
        "--target",
        place,
    ]
    subprocess.run([*install, "--python", sys.executable, wheel], check=True)
    return place


def run(installed: Path, folder: Path, *words: str) -> str:
    """Run the installed copy: the checkout is neither the working folder nor first on the path."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "HEALTHCHECK_DATA": str(folder)}
    command = [sys.executable, "-m", "healthcheck", *words]
    done = subprocess.run(
        command, cwd=folder, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def test_an_installed_copy_checks_the_definitions_inside_it(
    installed: Path, tmp_path: Path
) -> None:
    said = run(installed, tmp_path, "check")
    assert said == f"{installed / 'healthcheck/_content/questionnaires'}: no problems.\n"


def test_an_installed_copy_has_the_workload_schemes(installed: Path, tmp_path: Path) -> None:
    team = "team: T\ntaken_on: 2026-11-02\nworkers: [{id: ab, name: A. B.}]\ncases: []\n"
    (tmp_path / "team.yaml").write_text(team, encoding="utf-8")
    assert "A. B.: 0 cases" in run(installed, tmp_path, "workload", "simple-count", "team.yaml")


def test_an_installed_copy_makes_a_report(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text(ANSWERS, encoding="utf-8")
    run(installed, tmp_path, "report", "answers.yaml", "-o", "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_an_installed_copy_has_pages_style_sheet_and_fonts(installed: Path, tmp_path: Path) -> None:
    program = (
        "from healthcheck import bootstrap, config; from healthcheck.web.app import create_app;"
        "import os; page = create_app(bootstrap.load(config.read(os.environ))).test_client();"
        "print(page.get('/sign-in').status_code, page.get('/static/built/main.css').status_code,"
        " page.get('/static/built/fonts/SourceSans3-Regular.woff2').status_code)"
    )
    environment = {**os.environ, "PYTHONPATH": str(installed), "HEALTHCHECK_DATA": str(tmp_path)}
    said = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    assert said.stdout == "200 200 200\n"
