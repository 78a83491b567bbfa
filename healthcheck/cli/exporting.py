"""The command that gives an employer everything held about it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from healthcheck.cli.base import TO_WRITE, Refused, settings


@click.command()
@click.argument("employer")
@click.option(
    "-o", "--output", "file", type=TO_WRITE, help="The zip file to write; without it, by the name."
)
def export(employer: str, file: Path | None) -> None:
    """Write everything held about an EMPLOYER into one zip file, to be theirs.

    Answers with their history, files, what was submitted with its PDFs, the review as it was sent,
    the improvement plan and what happened, as JSON with an index. BASW's own notes are not in it.

    \b
    Example: healthcheck export "Northmere Council" -o northmere.zip
    """
    from healthcheck import bootstrap
    from healthcheck.core.export import safe_name
    from healthcheck.services import accounts
    from healthcheck.services.export import export_for

    with bootstrap.load(settings()).context() as ctx:
        found = accounts.employer_named(ctx, employer)
        file = file or Path(safe_name(f"{found.name}.zip"))
        try:
            made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise Refused([f"“{file}” cannot be written: {error.strerror}."]) from error
        with os.fdopen(made, "wb") as to:
            exported = export_for(ctx, found, to)
    click.echo(f"Wrote {file}, with {exported.files} files ({file.stat().st_size // 1000:,} kB).")
