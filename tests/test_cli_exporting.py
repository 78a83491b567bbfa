"""The command that gives an employer its data, run as a person runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from healthcheck import bootstrap
from healthcheck.cli import main
from healthcheck.config import Config
from healthcheck.services import accounts

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HEALTHCHECK_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    product = bootstrap.load(Config(data=(tmp_path / "data")))
    with product.context() as ctx:
        accounts.add_employer(ctx, "North/mere: Council", "england", "council")
    product.close()
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["export", *words])


def test_an_employers_data_goes_into_a_file_only_its_owner_can_read(folder: Path) -> None:
    file = folder / "all.zip"
    said = run("North/mere: Council", "-o", str(file))
    assert said.output.startswith(f"Wrote {file}, with 5 files (")
    assert file.stat().st_mode & 0o777 == 0o600
    with ZipFile(file) as zipped:
        names = zipped.namelist()
    caseloads = ["caseload-benchmarks.json", "caseload-reports.json"]
    assert names == ["README.txt", "employer.json", "events.json", *caseloads, "index.json"]


def test_without_a_name_the_file_is_named_after_the_employer(folder: Path) -> None:
    assert run("North/mere: Council").exit_code == 0
    assert (folder / "North_mere_ Council.zip").is_file()


def test_a_file_that_is_there_is_left_alone(folder: Path) -> None:
    (folder / "all.zip").write_text("mine")
    said = run("North/mere: Council", "-o", "all.zip")
    assert (said.exit_code, said.stderr) == (1, "“all.zip” cannot be written: File exists.\n")
    assert (folder / "all.zip").read_text() == "mine"


def test_an_unknown_employer_is_said_and_leaves_no_file(folder: Path) -> None:
    said = run("Nowhere", "-o", "all.zip")
    assert said.stderr == "There is no employer named “Nowhere”. Add it first.\n"
    assert not (folder / "all.zip").exists()
