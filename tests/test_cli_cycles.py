"""Employers brought in and a cycle opened from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from healthcheck.cli import main

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

FILE = (
    "code,name,nation,region,type\n"
    "W1,Westmere Council,Wales,,WPA\n"
    "N1,Northmere Council,England,North West,LBO\n"
)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    file = tmp_path / "list.csv"
    file.write_text(FILE, encoding="utf-8")
    return file


def run(data: Path, *words: object) -> Result:
    env = {"HEALTHCHECK_DATA": str(data.parent / "data")}
    return CliRunner().invoke(main, [str(word) for word in words], env=env)


def test_a_file_is_looked_at_brought_in_and_changes_nothing_a_second_time(listed: Path) -> None:
    looked = run(listed, "import-employers", listed, "--dry-run")
    assert looked.output == (
        "new: Westmere Council\nnew: Northmere Council\n"
        "2 would be added, 0 would be changed, 0 unchanged.\n"
    )
    said = [run(listed, "import-employers", listed).output for _ in range(2)]
    assert said == [
        "2 added, 0 changed, 0 unchanged.\n",
        "0 added, 0 changed, 2 unchanged.\n",
    ]
    listed.write_text(FILE.replace("North West", "South"), encoding="utf-8")
    assert run(listed, "import-employers", listed, "--dry-run").output == (
        "changed: Northmere Council (Region: North West → South)\n"
        "0 would be added, 1 would be changed, 1 unchanged.\n"
    )


def test_a_wrong_row_is_named_and_nothing_is_brought_in(listed: Path) -> None:
    listed.write_text(FILE + "X1,,Narnia,,UA\n", encoding="utf-8")
    result = run(listed, "import-employers", listed)
    assert (result.exit_code, result.stdout) == (1, "")
    name, nation, nothing = result.stderr.splitlines()
    assert name == f"{listed}: Line 4: Enter the employer’s name."
    assert nation.startswith(f"{listed}: Line 4: “Narnia” is not a nation we know. Choose from")
    assert nothing == "Nothing was changed."
    assert run(listed, "open-cycle", "2027", "--due", "2027-09-30").output.endswith(
        "with 0 health checks.\n"
    )


def test_a_cycle_is_opened_for_all_or_for_some(listed: Path) -> None:
    run(listed, "import-employers", listed)
    opened = run(listed, "open-cycle", "2027", "--due", "2027-09-30")
    assert opened.output.startswith("Opened 2027, edition ")
    assert opened.output.endswith("with 4 health checks.\n")
    some = run(
        listed,
        *("open-cycle", "2028", "--due", "2028-09-30", "--opens", "2028-01-01"),
        *("--closes", "2028-10-31", "--nation", "wales", "--type", "council"),
        *("--service", "adults"),
    )
    assert some.output.endswith("with 1 health checks.\n")
    again = run(listed, "open-cycle", "2027", "--due", "2027-09-30")
    assert (again.exit_code, "There is a 2027 cycle" in again.stderr) == (1, True)
    never = run(listed, "open-cycle", "2030", "--due", "2030-09-30", "--closes", "2030-01-01")
    assert (never.exit_code, "must close on or after" in never.stderr) == (1, True)
