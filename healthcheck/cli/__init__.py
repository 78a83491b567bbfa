"""The command line. Heavy libraries are imported inside the commands that need them."""

from __future__ import annotations

import click

from healthcheck import __version__
from healthcheck.cli import (
    auditing,
    cycles,
    deployment,
    editions,
    employers,
    exporting,
    files,
    messages,
    people,
    plans,
    running,
    workload,
)
from healthcheck.cli.base import Commands


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, message="Employer Health Check %(version)s")
def main() -> None:
    """Employer Health Check: the yearly self-assessment for employers of social workers."""


for command in (
    files.check,
    files.score,
    files.report,
    files.blank,
    files.reference,
    workload.workload,
    editions.diff,
    running.demo,
    running.serve,
    running.backup,
    running.restore,
    running.render,
    auditing.audit,
    exporting.export,
    deployment.deployment,
    plans.plan,
    messages.remind,
    messages.send_messages,
    people.add_administrator,
    people.remove_second_factor,
    employers.add_employer,
    employers.add_person,
    employers.remove_person,
    employers.set_password,
    employers.start,
    cycles.import_employers,
    cycles.open_cycle,
):
    main.add_command(command)
