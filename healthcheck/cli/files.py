"""Commands over files: check definitions, score and report answers, print the blank workbook."""

from __future__ import annotations

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from healthcheck.cli.base import FILE, TO_WRITE, Refused, questionnaires_option, stop_on

if TYPE_CHECKING:
    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.definitions.library import Library
    from healthcheck.services.answers_files import Walked


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@questionnaires_option
def check(paths: tuple[Path, ...], questionnaires: Path) -> None:
    """Check questionnaires and workload schemes, and name every problem in them.

    PATHS are files, or folders of them; without any, those in use are checked.

    \b
    Example: healthcheck check questionnaires/employer-health-check/2026.yaml
    """
    from healthcheck.definitions import library

    checked = paths or (questionnaires,)
    stop_on(problem for path in checked for problem in library.check(path))
    for path in checked:
        click.echo(f"{path}: no problems.")


@click.command()
@click.argument("answers", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@questionnaires_option
def score(answers: Path, questionnaires: Path, *, as_json: bool) -> None:
    """Score a file of answers.

    \b
    Example: healthcheck score answers.yaml --json
    """
    from healthcheck.reports.score_object import score_object
    from healthcheck.reports.score_text import score_lines

    walked = _walked(answers, questionnaires)
    if as_json:
        click.echo(json.dumps(score_object(walked.scorecard()), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(score_lines(walked.report())))


@click.command()
@click.argument("answers", type=FILE)
@click.option("-o", "--output", type=TO_WRITE, required=True, help="The PDF to write.")
@questionnaires_option
def report(answers: Path, output: Path, questionnaires: Path) -> None:
    """Make the PDF report of a file of answers.

    \b
    Example: healthcheck report answers.yaml -o report.pdf
    """
    from healthcheck.reports.html import page

    check_output(output, answers)
    write_pdf(page(_walked(answers, questionnaires).report()), output)


@click.command()
@click.argument("questionnaire")
@click.option("-o", "--output", type=TO_WRITE, required=True, help="The PDF to write.")
@click.option("--edition", help="The edition; without it, the newest.")
@click.option("--service", default="childrens", show_default=True, help="Whose words to use.")
@click.option("--nation", default="england", show_default=True, help="Whose words to use.")
@click.option("--employer-type", default="council", show_default=True, help="Whose words to use.")
@questionnaires_option
def blank(  # noqa: PLR0913 - one parameter an option
    *,
    questionnaire: str,
    output: Path,
    edition: str | None,
    service: str,
    nation: str,
    employer_type: str,
    questionnaires: Path,
) -> None:
    """Print the blank workbook: every question, with space to write.

    QUESTIONNAIRE is the id of one in use, or a definition's file.

    \b
    Example: healthcheck blank employer-health-check -o workbook.pdf
    """
    from healthcheck.core.facts import ALLOWED, Facts
    from healthcheck.core.wording import worded_for
    from healthcheck.reports.html import blank_html

    facts = Facts(service, nation, employer_type)
    stop_on(
        f"“{facts.get(name)}” is not a known {name.replace('_', ' ')}. Known: {', '.join(known)}."
        for name, known in ALLOWED.items()
        if known is not None and facts.get(name) not in known
    )
    check_output(output, Path(questionnaire))
    definition = _definition(questionnaire, edition, questionnaires)
    write_pdf(blank_html(worded_for(definition, facts), facts), output)


@click.command()
@click.option("--schema", is_flag=True, help="Print the JSON Schema for editors.")
@click.option("--write", type=FILE, help="Bring the generated tables of this file up to date.")
def reference(*, schema: bool, write: Path | None) -> None:
    """Print the reference of the languages of definitions, or their JSON Schema.

    \b
    Example: healthcheck reference --schema > questionnaires/schema.json
    """
    from healthcheck import tables
    from healthcheck.definitions import json_schema

    if schema:
        click.echo(json.dumps(json_schema.json_schema(), indent=2, ensure_ascii=False))
    elif write is not None:
        tables.write(write)
    else:
        for name, table in tables.tables().items():
            click.echo(f"## {name}\n\n{table}\n")


def _library(folder: Path) -> Library:
    from healthcheck.definitions import library

    return library.load(folder)


def _definition(name: str, edition: str | None, folder: Path) -> Questionnaire:
    from healthcheck.definitions.questionnaire_files import read_questionnaire

    if Path(name).is_file():
        found, problems = read_questionnaire(Path(name))
        stop_on(problems)
        if found is not None:
            return found
    library = _library(folder)
    return library.get(name, edition or library.newest(name))


def _walked(answers: Path, folder: Path) -> Walked:
    from healthcheck.services.answers_files import walked

    found, problems = walked(answers, _library(folder))
    if found is None:
        raise Refused(problems)
    return found


def check_output(output: Path, made_from: Path | None = None) -> None:
    """Raise Refused when the output is no place for a file, or what it is made from."""
    try:
        is_there = output.exists()
        if is_there and not output.is_file():
            raise Refused([f"“{output}” cannot be written: it is not a file."])
        if made_from and is_there and made_from.exists() and output.samefile(made_from):
            raise Refused([f"“{output}” is what it would be made from. Name another file."])
    except OSError as error:
        raise Refused([f"“{output}” cannot be written: {error.strerror}."]) from None


def write_pdf(html: str, output: Path) -> None:
    """Render with a sign of progress, then write the whole file at once or not at all.

    A link leads to the file that is written. Raises Refused.
    """
    from rich.console import Console

    with Console(stderr=True).status("Making the PDF: a few seconds a dozen pages"):
        from healthcheck.reports import pdf

        content = pdf.render(html)
    place = Path(os.path.realpath(output))
    try:
        before = place.stat().st_mode if place.exists() else None
        with TemporaryDirectory(prefix=".", dir=place.parent) as folder:
            draft = Path(folder, "pdf")
            draft.write_bytes(content)
            if before is not None:
                draft.chmod(before)
            draft.replace(place)
    except OSError as error:
        raise Refused([f"“{output}” cannot be written: {error.strerror}."]) from None
    click.echo(f"Wrote {output} ({len(content) // 1000:,} kB).")
