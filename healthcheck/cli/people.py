"""Commands about single people: the first administrator, and a second factor that was lost."""

from __future__ import annotations

import click

from healthcheck.cli.base import settings


@click.command()
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.password_option(help="Asked for, unseen, when left out; at least 12 characters.")
def add_administrator(email: str, name: str, password: str) -> None:
    """Add an administrator of BASW, such as the first: everybody else is invited from the pages.

    \b
    Example: healthcheck add-administrator ann@basw.example --name "Ann Ames"
    """
    from healthcheck import bootstrap
    from healthcheck.core.permissions import Role
    from healthcheck.services import accounts

    with bootstrap.load(settings()).context() as ctx:
        accounts.add_person(ctx, name, email, password, employer=None, role=Role.ADMINISTRATOR)
    click.echo(f"Added {name}. They can sign in now, and invite everybody else.")


@click.command()
@click.argument("email")
def remove_second_factor(email: str) -> None:
    """Remove a second factor that somebody lost, and sign them out everywhere.

    They then sign in with their password alone. Make sure first that it is they who ask.

    \b
    Example: healthcheck remove-second-factor ann@basw.example
    """
    from healthcheck import bootstrap
    from healthcheck.services import second_factor

    with bootstrap.load(settings()).context() as ctx:
        person = second_factor.remove_by_address(ctx, email)
    click.echo(f"{person.name} now signs in with the password alone.")
