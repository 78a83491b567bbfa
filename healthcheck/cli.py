"""The command line. Heavy libraries are imported inside the commands that need them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from healthcheck import __version__, resources

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthcheck.config import Config
    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.definitions.library import Library
    from healthcheck.services.answers_files import Walked

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
TO_WRITE = click.Path(path_type=Path, dir_okay=False)
questionnaires_option = click.option(
    "--questionnaires",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    envvar="HEALTHCHECK_QUESTIONNAIRES",
    default=lambda: resources.folder("questionnaires"),
    help="The folder of questionnaires; by default the shipped ones.",
)


class Refused(click.ClickException):
    """Ends a command with status 1 after printing each problem on a line of its own."""

    def __init__(self, problems: Iterable[object]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the problems to the error stream."""
        click.echo(self.message, file=file, err=True)


class Commands(click.Group):
    """Commands whose foreseen errors end as sentences, never as a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a foreseen error is printed and ends with status 1."""
        from healthcheck.core.errors import ProductError
        from healthcheck.definitions.problems import FaultyDefinitionsError

        try:
            return super().invoke(ctx)
        except (ProductError, FaultyDefinitionsError) as error:
            raise Refused([error]) from None


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, message="Employer Health Check %(version)s")
def main() -> None:
    """Employer Health Check: the yearly self-assessment for employers of social workers."""


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@questionnaires_option
def check(paths: tuple[Path, ...], questionnaires: Path) -> None:
    """Check questionnaire definitions and name every problem in them.

    PATHS are files, or folders of questionnaires; without any, those in use are checked.

    \b
    Example: healthcheck check questionnaires/employer-health-check/2026.yaml
    """
    from healthcheck.definitions import library

    checked = paths or (questionnaires,)
    _stop_on(problem for path in checked for problem in library.check(path))
    for path in checked:
        click.echo(f"{path}: no problems.")


@main.command()
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


@main.command()
@click.argument("answers", type=FILE)
@click.option("-o", "--output", type=TO_WRITE, required=True, help="The PDF to write.")
@questionnaires_option
def report(answers: Path, output: Path, questionnaires: Path) -> None:
    """Make the PDF report of a file of answers.

    \b
    Example: healthcheck report answers.yaml -o report.pdf
    """
    from healthcheck.reports.html import page

    _write_pdf(page(_walked(answers, questionnaires).report()), output)


@main.command()
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
    _stop_on(
        f"“{facts.get(name)}” is not a known {name.replace('_', ' ')}. Known: {', '.join(known)}."
        for name, known in ALLOWED.items()
        if known is not None and facts.get(name) not in known
    )
    definition = _definition(questionnaire, edition, questionnaires)
    _write_pdf(blank_html(worded_for(definition, facts), facts), output)


@main.command()
def demo() -> None:
    """Create the database and a demonstration employer, and print its sign-ins.

    A second run changes nothing and prints the same sign-ins.

    \b
    Example: healthcheck demo
    """
    from healthcheck import bootstrap
    from healthcheck.services import demonstration

    config = _config()
    product = bootstrap.load(config)
    with product.context() as ctx:
        sign_ins = demonstration.prepare(ctx, config.data)
    click.echo("Demonstration sign-ins (the passwords were made up for this copy):")
    click.echo("")
    for each in sign_ins:
        click.echo(f"  {each.email:<36} {each.password}")
        click.echo(f"  {'':<36} {each.role}, {each.employer}")


@main.command()
@click.option("--host", help="The address to listen on, before HEALTHCHECK_HOST.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port, before HEALTHCHECK_PORT.")
def serve(host: str | None, port: int | None) -> None:
    """Serve the pages until stopped with Ctrl+C.

    \b
    Example: healthcheck serve --port 8080
    """
    from healthcheck import bootstrap
    from healthcheck.web import server

    config = _config(HEALTHCHECK_HOST=host, HEALTHCHECK_PORT=port)
    bootstrap.load(config).close()
    click.echo(f"Employer Health Check is at http://{config.host}:{config.port} (Ctrl+C stops it)")
    server.serve(config)


@main.command(hidden=True)
def render() -> None:
    """Render waiting reports; the server starts this by itself.

    \b
    Example: healthcheck render
    """
    from healthcheck import bootstrap
    from healthcheck.services import rendering

    config = _config()
    rendering.run(bootstrap.load(config).context, config.renderer_lock)


@main.command()
@click.option("--schema", is_flag=True, help="Print the JSON Schema for editors.")
@click.option("--write", type=FILE, help="Bring the generated tables of this file up to date.")
def reference(*, schema: bool, write: Path | None) -> None:
    """Print the reference of the questionnaire language, or its JSON Schema.

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


def _config(**given: object) -> Config:
    from healthcheck import config

    chosen = {name: str(value) for name, value in given.items() if value is not None}
    return config.read({**os.environ, **chosen})


def _library(folder: Path) -> Library:
    from healthcheck.definitions import library

    return library.load(folder)


def _definition(name: str, edition: str | None, folder: Path) -> Questionnaire:
    from healthcheck.definitions.questionnaire_files import read_questionnaire

    if Path(name).is_file():
        found, problems = read_questionnaire(Path(name))
        _stop_on(problems)
        if found is not None:
            return found
    library = _library(folder)
    newest = max((has for known, has in library.editions() if known == name), default="")
    return library.get(name, edition or newest)


def _walked(answers: Path, folder: Path) -> Walked:
    from healthcheck.services.answers_files import walked

    found, problems = walked(answers, _library(folder))
    if found is None:
        raise Refused(problems)
    return found


def _write_pdf(html: str, output: Path) -> None:
    """Render with a sign of progress, then write the whole file at once or not at all."""
    from rich.console import Console

    with Console(stderr=True).status("Making the PDF: a few seconds a dozen pages"):
        from healthcheck.reports import pdf

        content = pdf.render(html)
    draft = output.with_name(f".{output.name}.part")
    try:
        draft.write_bytes(content)
        draft.replace(output)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Refused([f"“{output}” cannot be written: {error.strerror}."]) from None
    click.echo(f"Wrote {output} ({len(content) // 1000:,} kB).")


def _stop_on(problems: Iterable[object]) -> None:
    """Raise Refused with every problem; nothing happens when there is none."""
    if found := list(problems):
        raise Refused(found)
