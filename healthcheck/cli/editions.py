"""The command that compares two editions of a questionnaire."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 - click reads it
from typing import TYPE_CHECKING

import click

from healthcheck.cli.base import FILE, Refused, stop_on

if TYPE_CHECKING:
    from healthcheck.core.questionnaires import Questionnaire


@click.command()
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def diff(old: Path, new: Path, *, as_json: bool) -> None:
    """Name every change between two editions, and what becomes of each answer.

    OLD and NEW are definitions' files.

    \b
    Example: healthcheck diff team-check/2026.yaml team-check/2027.yaml
    """
    from healthcheck.core.editions import differences
    from healthcheck.reports.edition_changes import change_lines, change_object

    before, after = _both(old, new)
    if before.id != after.id:
        both = f"“{before.id}” and “{after.id}”"
        raise Refused([f"These are different questionnaires, {both}. Give two editions of one."])
    found = differences(before, after)
    if as_json:
        click.echo(json.dumps(change_object(before.id, found), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(change_lines(before.title, found)))


def _both(*paths: Path) -> tuple[Questionnaire, Questionnaire]:
    """Return two questionnaires; raises Refused with every problem of either file."""
    from healthcheck.definitions.questionnaire_files import read_questionnaire

    read = [read_questionnaire(path) for path in paths]
    stop_on(problem for _, problems in read for problem in problems)
    before, after = (questionnaire for questionnaire, _ in read if questionnaire is not None)
    return before, after
