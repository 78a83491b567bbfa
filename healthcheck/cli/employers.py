"""Commands for whoever runs an installation: employers, people, and the start of a health check."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from healthcheck.cli.base import settings
from healthcheck.core.facts import EMPLOYER_TYPES, NATIONS
from healthcheck.core.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Generator
    from datetime import datetime

    from healthcheck.services.context import Context

ROLES = {role.name.lower().replace("_", "-"): role for role in Role}


@click.command()
@click.argument("name")
@click.option("--nation", type=click.Choice(list(NATIONS)), required=True, help="Where it is.")
@click.option(
    "--type", "kind", type=click.Choice(list(EMPLOYER_TYPES)), required=True, help="What it is."
)
def add_employer(name: str, nation: str, kind: str) -> None:
    """Add an employer.

    \b
    Example: healthcheck add-employer "Northmere Council" --nation england --type council
    """
    from healthcheck.services import accounts

    with _context() as ctx:
        accounts.add_employer(ctx, name, nation, kind)
    click.echo(f"Added {name}.")


@click.command()
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--employer", help="The employer's name, as it was added; left out for BASW's roles.")
@click.option("--role", type=click.Choice(list(ROLES)), required=True, help="What they may do.")
@click.password_option(help="Asked for, unseen, when left out; at least 12 characters.")
def add_person(email: str, name: str, employer: str | None, role: str, password: str) -> None:
    """Add a person to an employer or to BASW, with a password that they can sign in with.

    \b
    Example: healthcheck add-person a@northmere.example --name "Alice Archer" \\
             --employer "Northmere Council" --role lead
    """
    from healthcheck.services import accounts

    with _context() as ctx:
        found = accounts.employer_named(ctx, employer) if employer else None
        accounts.add_person(ctx, name, email, password, employer=found, role=ROLES[role])
    click.echo(f"Added {name}. They can sign in now.")


@click.command()
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def remove_person(email: str, *, yes: bool) -> None:
    """Delete a person's account and everything personal in it; the record stays readable.

    What they did and wrote is from then on of a "Former lead", or whatever they were. A signed
    version keeps the name it was signed with, and so do texts that people typed.

    \b
    Example: healthcheck remove-person a@northmere.example
    """
    from healthcheck.services import people

    with _context() as ctx:
        leaving = people.leaving_by_address(ctx, email)
        for employer in leaving.led_alone:
            click.echo(f"{leaving.person.name} is the only lead at {employer}.")
        if not yes:
            click.confirm(f"Delete the account of {leaving.person.name} for good?", abort=True)
        people.remove_by_address(ctx, email)
    click.echo(f"Deleted. The record now says “{leaving.called}”.")


@click.command()
@click.argument("email")
@click.password_option(help="Asked for, unseen, when left out; at least 12 characters.")
def set_password(email: str, password: str) -> None:
    """Give a person a new password, and sign them out everywhere.

    \b
    Example: healthcheck set-password a@northmere.example
    """
    from healthcheck.services import accounts

    with _context() as ctx:
        accounts.set_password(ctx, email, password)
    click.echo(f"{email} can sign in with the new password.")


@click.command()
@click.argument("employer")
@click.option("--service", required=True, help="childrens, adults, or an id of your own.")
@click.option("--cycle", required=True, help="The year's round it belongs to, such as 2027.")
@click.option(
    "--due", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The deadline: 2027-09-30."
)
@click.option("--questionnaire", default="employer-health-check", show_default=True)
@click.option("--edition", help="The edition; without it, the newest.")
def start(  # noqa: PLR0913 - one parameter an option
    *,
    employer: str,
    service: str,
    cycle: str,
    due: datetime,
    questionnaire: str,
    edition: str | None,
) -> None:
    """Start an employer's health check of one service.

    \b
    Example: healthcheck start "Northmere Council" --service childrens --cycle 2027 --due 2027-09-30
    """
    from healthcheck.services import accounts, assessments

    with _context() as ctx:
        started = assessments.start(
            ctx,
            accounts.employer_named(ctx, employer),
            service=service,
            cycle=cycle,
            due=due.date(),
            questionnaire=questionnaire,
            edition=edition or ctx.library.newest(questionnaire),
        )
    click.echo(f"Started {started.reference}.")


@contextmanager
def _context() -> Generator[Context]:
    from healthcheck import bootstrap

    with bootstrap.load(settings()).context() as ctx:
        yield ctx
