"""The improvement plan on paper, for whoever runs an installation."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import click

from healthcheck.cli.base import TO_WRITE, settings
from healthcheck.reports.plan_parts import Form

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("employer")
@click.option("--service", required=True, help="childrens, adults, or an id of your own.")
@click.option("--cycle", required=True, help="The year's round, such as 2027.")
@click.option(
    "--form",
    type=click.Choice(get_args(Form)),
    default="whole",
    show_default=True,
    help="Which paper: the whole plan by area or by due date, a page an owner, a sheet an action,"
    " the board's summary, or the poster.",
)
@click.option("--owner", default="", help="Only this owner's actions; “nobody” for those of none.")
@click.option("--team", default="", help="Only this team's; “none” for those of none.")
@click.option("--area", default="", help="Only this area's, by its id.")
@click.option("--due", default="", help="Only overdue, 7-days, 30-days, 90-days or no-date.")
@click.option("--status", default="", help="Only open, overdue, on-track, at-risk and so on.")
@click.option("-o", "--output", type=TO_WRITE, required=True, help="The PDF to write.")
def plan(*, employer: str, service: str, cycle: str, form: str, output: Path, **asked: str) -> None:
    """Print an employer's improvement plan.

    \b
    Example: healthcheck plan "Northmere Council" --service childrens --cycle 2027 \\
             --owner "Priya Shah" --form owners -o priya.pdf
    """
    from healthcheck import bootstrap
    from healthcheck.cli.files import check_output, write_pdf
    from healthcheck.core import plan_filters
    from healthcheck.services import plan_papers

    check_output(output)
    wanted = plan_filters.read(asked)
    with bootstrap.load(settings()).context() as ctx:
        page = plan_papers.page_of(
            ctx,
            employer=employer,
            service=service,
            cycle=cycle,
            form=plan_papers.form_named(form),
            wanted=wanted,
        )
    write_pdf(page, output)
