"""Commands for a year's round: employers brought in from a file, and the cycle opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from healthcheck.cli.base import FILE, Refused, settings
from healthcheck.core.facts import EMPLOYER_TYPES, NATIONS

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
def import_employers(file: Path, *, dry_run: bool) -> None:
    """Bring in employers from a CSV file with the columns name, nation and type.

    An employer with the same code, or else the same name, is changed; others are new. Columns that
    may be there too: code, region, services. A file with a wrong row is not taken at all.

    \b
    Example: healthcheck import-employers authorities.csv --dry-run
    """
    from healthcheck import bootstrap
    from healthcheck.services import employers

    with bootstrap.load(settings()).context() as ctx:
        plan = employers.bring_in(ctx, file.read_bytes(), only_look=dry_run)
    if plan.problems:
        raise Refused([*(f"{file}: {each}" for each in plan.problems), "Nothing was changed."])
    if dry_run:
        for each in plan.new:
            click.echo(f"new: {each.name}")
        for change in plan.changed:
            said = "; ".join(f"{what}: {old} → {new}" for what, old, new in change.differences)
            click.echo(f"changed: {change.known.details.name} ({said})")
    would = "would be " if dry_run else ""
    click.echo(
        f"{len(plan.new)} {would}added, {len(plan.changed)} {would}changed,"
        f" {plan.unchanged} unchanged."
    )


@click.command()
@click.argument("name")
@click.option("--due", type=DAY, required=True, help="The deadline: 2027-09-30.")
@click.option("--opens", type=DAY, help="The first day; without it, today.")
@click.option("--closes", type=DAY, help="The last day; without it, 90 days after the deadline.")
@click.option("--questionnaire", default="employer-health-check", show_default=True)
@click.option("--edition", default="", help="The edition; without it, the newest.")
@click.option("--nation", type=click.Choice(list(NATIONS)), multiple=True, help="Only there.")
@click.option(
    "--type", "kind", type=click.Choice(list(EMPLOYER_TYPES)), multiple=True, help="Only these."
)
@click.option("--service", multiple=True, help="Only this service, such as adults.")
def open_cycle(  # noqa: PLR0913 - one parameter an option
    *,
    name: str,
    due: datetime,
    opens: datetime | None,
    closes: datetime | None,
    questionnaire: str,
    edition: str,
    nation: tuple[str, ...],
    kind: tuple[str, ...],
    service: tuple[str, ...],
) -> None:
    """Open a cycle, with a health check of every service of every employer.

    --nation, --type and --service leave others out; each can be given more than once.

    \b
    Example: healthcheck open-cycle 2027 --due 2027-09-30 --nation england
    """
    from dataclasses import replace

    from healthcheck import bootstrap
    from healthcheck.core import cycles as core
    from healthcheck.core.facts import Audience
    from healthcheck.services import cycles
    from healthcheck.services.open_now import today

    with bootstrap.load(settings()).context() as ctx:
        usual = core.beginning_now(questionnaire, name, edition, due.date(), today(ctx))
        new = replace(
            usual,
            opens=opens.date() if opens else usual.opens,
            closes=closes.date() if closes else usual.closes,
        )
        opened = cycles.set_up(ctx, new, Audience(service, nation, kind))
        many = cycles.health_checks(ctx, opened)
    click.echo(f"Opened {opened.name}, edition {opened.edition}, with {many} health checks.")
