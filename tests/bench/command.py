"""Measures the program against plain Flask and plain WeasyPrint: the command line of `./bench`."""

from __future__ import annotations

import json
import os
import platform
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from tests.bench import scoring
from tests.bench.figures import Bound, Figure, as_json, table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rich.status import Status

PARTS = (
    "pages",
    "plans",
    "queue",
    "report",
    "scoring",
    "service",
    "spreadsheets",
    "start",
    "workload",
)
NARROWEST = 150


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(PARTS))
@click.option(
    "--json",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("bench.json"),
    show_default=True,
    help="Where to write the figures as JSON.",
)
def main(parts: tuple[str, ...], file: Path) -> None:
    """Measure all PARTS, or those named, print one table and write it as JSON.

    The exit status is 1 when a figure is outside what is demanded of it.

    \b
    Example: ./bench pages start --json pages.json
    """
    console = Console(stderr=True)
    figures: list[Figure] = []
    for name in parts or PARTS:
        with console.status(name) as status:
            figures += _measured(name, _teller(name, status))
    sys.exit(show(figures, file))


def show(figures: Sequence[Figure], file: Path) -> int:
    """Print the table, write the file, and return the exit status."""
    console = Console()
    console = Console(width=max(NARROWEST, console.width))
    console.print(table(figures))
    made = as_json(figures, machine())
    file.write_text(f"{json.dumps(made, indent=2, ensure_ascii=False)}\n", encoding="utf-8")
    return 0 if made["all_hold"] else 1


def machine() -> dict[str, object]:
    """Return what the figures depend on, without naming the machine."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load_average": round(os.getloadavg()[0], 2),
    }


def _teller(part: str, status: Status) -> Callable[[str], None]:
    """Return what a part calls to say how far it is."""
    return lambda words: status.update(f"{part}: {words}")


def _measured(part: str, say: Callable[[str], None]) -> list[Figure]:
    if part == "scoring":
        say("walking and scoring")
        return [_scored(scoring.measure())]
    found: list[Figure] = import_module(f"tests.bench.{part}").measure(say)
    return found


def _scored(made: Mapping[str, float]) -> Figure:
    what = f"{made['assessments']:,.0f} complete assessments"
    bound = Bound("at most", made["most_seconds"])
    working = f"one core; {made['a_second']:,.0f} a second, walk and score"
    return Figure("scoring", what, made["seconds"], "s", bound, working)
