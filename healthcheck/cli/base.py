"""What the commands share: options, how an error ends a command, the settings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from healthcheck import resources

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthcheck.config import Config

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


def settings(**given: object) -> Config:
    """Return the settings of the environment, with those given in their place."""
    from healthcheck import config

    chosen = {name: str(value) for name, value in given.items() if value is not None}
    return config.read({**os.environ, **chosen})


def stop_on(problems: Iterable[object]) -> None:
    """Raise Refused with every problem; nothing happens when there is none."""
    if found := list(problems):
        raise Refused(found)
