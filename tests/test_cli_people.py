"""Commands about people, run as a person runs them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from healthcheck import bootstrap
from healthcheck.cli import main
from healthcheck.config import Config
from healthcheck.core.permissions import Role
from healthcheck.services import accounts, second_factor
from healthcheck.storage import roles
from tests.people import PASSWORD
from tests.signing_in import code

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

    from healthcheck.services.context import Context

pytestmark = pytest.mark.slow

EMAIL = "dan@northmere.example"
NORTHMERE = "Northmere Council"


@pytest.fixture
def ctx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Context]:
    monkeypatch.setenv("HEALTHCHECK_DATA", str(tmp_path))
    product = bootstrap.load(Config(data=tmp_path))
    with product.context() as ctx:
        accounts.add_employer(ctx, NORTHMERE, "england", "council")
        yield ctx
    product.close()


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, words, input=typed)


def add(*options: str, name: str = "Dan") -> Result:
    return run("add-person", EMAIL, "--name", name, "--password", PASSWORD, *options)


def test_a_person_is_added_to_an_employer_and_to_basw(ctx: Context) -> None:
    assert add("--employer", NORTHMERE, "--role", "lead").output == (
        "Added Dan. They can sign in now.\n"
    )
    person = accounts.person_for(ctx, accounts.sign_in(ctx, EMAIL, PASSWORD))
    assert person is not None
    ((employer, held),) = roles.employers_of(ctx.store, person.id)
    assert (employer.name, held) == (NORTHMERE, frozenset({Role.LEAD}))
    other = run(
        "add-person", "r@basw.example", "--name", "R", "--password", PASSWORD, "--role", "reviewer"
    )
    assert other.exit_code == 0
    (row,) = ctx.store.rows("SELECT role FROM basw_roles")
    assert row == ("REVIEWER",)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--role", "lead"], "“Health check lead” is a role at an employer: say which one."),
        (
            ["--role", "reviewer", "--employer", NORTHMERE],
            "“BASW reviewer” is a role at BASW, not at an employer: leave the employer out.",
        ),
        (
            ["--role", "lead", "--employer", "Nowhere"],
            "There is no employer named “Nowhere”. Add it first.",
        ),
    ],
)
def test_a_role_and_its_place_must_go_together(ctx: Context, options: list[str], said: str) -> None:
    result = add(*options)
    assert (result.exit_code, result.stderr) == (1, said + "\n")
    assert ctx.store.rows("SELECT * FROM people") == []


def test_a_person_needs_a_name(ctx: Context) -> None:
    result = add("--role", "reviewer", name=" ")
    assert (result.exit_code, result.stderr) == (1, "Give the person’s name, on one line.\n")
    assert ctx.store.rows("SELECT * FROM people") == []


def test_a_person_is_removed_after_a_question(ctx: Context) -> None:
    add("--employer", NORTHMERE, "--role", "lead")
    kept = run("remove-person", EMAIL, typed="n\n")
    assert (kept.exit_code, "Dan is the only lead at Northmere Council." in kept.output) == (
        1,
        True,
    )
    assert ctx.store.rows("SELECT name FROM people") == [("Dan",)]
    gone = run("remove-person", EMAIL, typed="y\n")
    assert gone.output.endswith("Deleted. The record now says “Former lead”.\n")
    assert ctx.store.rows("SELECT name FROM people") == [("Former lead",)]


def test_nobody_is_asked_when_that_is_what_was_asked_for(ctx: Context) -> None:
    add("--role", "administrator")
    gone = run("remove-person", EMAIL, "--yes")
    assert gone.output == "Deleted. The record now says “Former BASW administrator”.\n"
    again = run("remove-person", EMAIL, "--yes")
    assert (again.exit_code, again.stderr) == (
        1,
        f"Nobody has an account with the address “{EMAIL}”.\n",
    )
    assert ctx.store.rows("SELECT email LIKE '%@%' FROM people") == [(0,)]


def test_the_first_administrator_is_made_by_a_command_that_asks_for_a_password(
    ctx: Context,
) -> None:
    asked = run("add-administrator", EMAIL, "--name", "Dan", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert asked.output.endswith("Added Dan. They can sign in now, and invite everybody else.\n")
    assert PASSWORD not in asked.output
    person = accounts.person_for(ctx, accounts.sign_in(ctx, EMAIL, PASSWORD))
    assert person is not None
    assert roles.at_basw(ctx.store, person.id) == {Role.ADMINISTRATOR}


@pytest.mark.parametrize(
    ("password", "said"),
    [("short", "A password needs 12 to 200"), ("administrator1", "one of the first that somebody")],
)
def test_a_weak_password_makes_no_administrator(ctx: Context, password: str, said: str) -> None:
    result = run("add-administrator", EMAIL, "--name", "Dan", "--password", password)
    assert (result.exit_code, said in result.stderr) == (1, True)
    assert ctx.store.rows("SELECT * FROM people") == []


def test_without_a_password_there_is_no_administrator(ctx: Context) -> None:
    result = run("add-administrator", EMAIL, "--name", "Dan")
    assert result.exit_code == 1
    assert ctx.store.rows("SELECT * FROM people") == []


def test_a_lost_second_factor_is_removed_by_a_command(ctx: Context) -> None:
    add("--role", "reviewer")
    refused = run("remove-second-factor", EMAIL)
    assert (refused.exit_code, refused.stderr) == (
        1,
        f"Nobody with the address “{EMAIL}” has a second factor.\n",
    )
    person = accounts.person_for(ctx, accounts.sign_in(ctx, EMAIL, PASSWORD))
    hers = replace(ctx, person=person)
    second_factor.begin(hers)
    second_factor.confirm(hers, code(second_factor.begun(hers).secret, ctx.now))
    gone = run("remove-second-factor", EMAIL)
    assert gone.output == "Dan now signs in with the password alone.\n"
    assert second_factor.standing(hers).since is None
