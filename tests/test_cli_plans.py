"""The command that prints a plan, run as a person runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdf
import pytest
from click.testing import CliRunner

from healthcheck import bootstrap
from healthcheck.cli import main
from healthcheck.config import Config
from healthcheck.core.permissions import Role
from healthcheck.core.plans import Details, Owner
from healthcheck.services import accounts, plans
from tests.people import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

pytestmark = pytest.mark.slow

NORTHMERE = "Northmere Council"
WHOSE = (NORTHMERE, "--service", "childrens", "--cycle", "2027")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


@pytest.fixture(autouse=True, scope="module")
def northmere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Northmere's health check of 2027, with an action of Priya's and one of Tom's."""
    folder = tmp_path_factory.mktemp("plans")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("HEALTHCHECK_DATA", str(folder))
        fill(folder)
        yield


def fill(folder: Path) -> None:
    product = bootstrap.load(Config(data=folder))
    with product.context() as ctx:
        employer = accounts.add_employer(ctx, NORTHMERE, "england", "council")
        lead = accounts.add_person(
            ctx, "Priya", "p@northmere.example", PASSWORD, employer=employer, role=Role.LEAD
        )
    assert run("start", *WHOSE, "--due", "2027-09-30").exit_code == 0
    with product.context(lead) as ctx:
        (assessment_id,) = ctx.store.row("SELECT id FROM assessments") or ("",)
        for name, words in (("Priya Shah", "Agree a scheme."), ("Tom Reed", "Buy laptops.")):
            details = Details(words, owner=Owner(name), no_date_reason="Later.")
            plans.add(ctx, assessment_id, details)
    product.close()


def test_a_choice_of_the_plan_is_printed(tmp_path: Path) -> None:
    file = tmp_path / "priya.pdf"

    done = run("plan", *WHOSE, "--owner", "Priya Shah", "--form", "owners", "-o", str(file))

    assert done.output.startswith(f"Wrote {file}")
    text = " ".join(each.extract_text() for each in pypdf.PdfReader(file).pages)
    assert "Agree a scheme." in text
    assert "Buy laptops." not in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Nowhere", *WHOSE[1:]), "There is no employer named “Nowhere”."),
        ((*WHOSE[:4], "2031"), "in the cycle “2031”"),
        ((*WHOSE, "--due", "soon"), "“soon” is no due date"),
        ((*WHOSE, "--area", "moon"), "“moon” is no area."),
    ],
)
def test_what_cannot_be_printed_is_said_and_nothing_is_written(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    file = tmp_path / "plan.pdf"

    done = run("plan", *words, "-o", str(file))

    assert done.exit_code == 1
    assert said in done.output
    assert not file.exists()
