"""The files that run an installation for real, as a maintainer gets them and systems read them."""

from __future__ import annotations

import shlex
from shutil import which
from subprocess import run as run_program
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from healthcheck.cli import main
from healthcheck.cli.deployment import FILES
from healthcheck.config import read

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

SITE = "https://healthcheck.example.org"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = tmp_path / "our data"
    monkeypatch.setenv("HEALTHCHECK_DATA", str(data))
    monkeypatch.setenv("HEALTHCHECK_SITE", SITE)
    return data


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["deployment", *words])


def test_the_settings_are_read_back_as_they_are(data: Path) -> None:
    lines = run("settings").output.splitlines()
    assert lines[0] == "# /etc/healthcheck.env"
    given = dict(shlex.split(line)[0].split("=", 1) for line in lines[1:])
    found = read(given)
    assert (found.data, found.site, found.secure_cookies) == (data, SITE, True)


@pytest.mark.parametrize("what", FILES)
def test_a_file_begins_with_its_place_and_has_nothing_left_open(data: Path, what: str) -> None:
    made = run(what)
    assert made.output.startswith("# /etc/")
    assert "$user" not in made.output
    assert "{" not in made.output.replace("server {", "").replace("location / {", "")
    assert (str(data) in made.output) is (what != "nginx")


@pytest.mark.usefixtures("data")
def test_the_proxy_lets_the_largest_form_through_and_says_how_it_was_reached() -> None:
    lines = [line.strip() for line in run("nginx").output.splitlines()]
    assert "client_max_body_size 34m;" in lines
    assert "proxy_pass http://127.0.0.1:8000;" in lines
    assert "server_name healthcheck.example.org;" in lines
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in lines
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in lines


@pytest.mark.usefixtures("data")
def test_an_address_of_many_parts_stands_in_brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEALTHCHECK_HOST", "::1")
    assert "proxy_pass http://[::1]:8000;" in run("nginx").output


@pytest.mark.usefixtures("data")
def test_without_https_nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEALTHCHECK_SITE", "http://healthcheck.example.org")
    refused = run("systemd")
    assert (refused.exit_code, refused.output) == (1, refused.stderr)
    assert refused.stderr.startswith("HEALTHCHECK_SITE is not an https address.")


@pytest.mark.skipif(which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_finds_no_fault_in_its_unit(data: Path, tmp_path: Path) -> None:
    unit = tmp_path / "healthcheck.service"
    unit.write_text(run("systemd", "--user", "root").output)
    (tmp_path / "our data").mkdir(exist_ok=True)
    looked = run_program(
        ["systemd-analyze", "verify", "--man=no", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (looked.returncode, looked.stderr) == (0, "")
    assert str(data) in unit.read_text()
