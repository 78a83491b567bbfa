"""The command that holds a file of a team against a workload scheme."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from healthcheck.cli.base import FILE, Refused, questionnaires_option, stop_on

if TYPE_CHECKING:
    from healthcheck.core.workload.schemes import Scheme


@click.command()
@click.argument("scheme")
@click.argument("snapshot", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@questionnaires_option
def workload(scheme: str, snapshot: Path, questionnaires: Path, *, as_json: bool) -> None:
    """Work out a team's workload: who is above capacity, and why.

    SCHEME is the id of one in use, or a definition's file; SNAPSHOT is a file of the team.

    \b
    Example: healthcheck workload ne-london-points team.yaml
    """
    from healthcheck.core.workload.calculating import calculate
    from healthcheck.definitions.workload_snapshots import read_snapshot
    from healthcheck.reports.workload_object import workload_object
    from healthcheck.reports.workload_text import workload_lines

    chosen = _scheme(scheme, questionnaires)
    team, problems = read_snapshot(snapshot)
    if team is None:
        raise Refused(problems)
    result = calculate(chosen, team)
    if as_json:
        click.echo(json.dumps(workload_object(result), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(workload_lines(result)))


def _scheme(name: str, folder: Path) -> Scheme:
    """Return a scheme by its file or its id; ends the command when there is none."""
    from healthcheck.definitions import workload_files

    if Path(name).is_file():
        found, problems = workload_files.read_scheme(Path(name))
        stop_on(problems)
        if found is None:
            raise Refused([f"{name} is only a part for other schemes: choose one that names it."])
        return found
    schemes, problems = workload_files.read_schemes(folder / workload_files.FOLDER)
    stop_on(problems)
    return schemes.get(name)
