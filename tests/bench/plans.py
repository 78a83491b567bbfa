"""The papers of a plan of 200 actions against plain WeasyPrint, on the same pages."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NoReturn

from healthcheck.core.wording import worded_for
from healthcheck.definitions import library
from healthcheck.reports.plan_html import paper
from healthcheck.resources import folder
from tests.bench.figures import Figure
from tests.bench.prepared import EDITION, QUESTIONNAIRE
from tests.bench.report import ratio, render
from tests.core.build import FACTS
from tests.plan_of_many import sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.reports.plan_parts import Form

ACTIONS, OWNERS = 200, 25
PAIRS = 3
PAPERS: dict[Form, str] = {
    "whole": f"whole plan, {ACTIONS} actions",
    "owners": f"pages of {OWNERS} owners",
    "sheets": f"{ACTIONS} sheets",
}


def measure(say: Callable[[str], None]) -> list[Figure]:
    """Return what each paper takes, ours and plain in turns, each time in a fresh process."""
    questionnaire = library.load(folder("questionnaires")).get(QUESTIONNAIRE, EDITION)
    given = sources(worded_for(questionnaire, FACTS), ACTIONS, OWNERS)
    found: list[Figure] = []
    with TemporaryDirectory(prefix="bench-") as place:
        for form, what in PAPERS.items():
            page = Path(place) / f"{form}.html"
            page.write_text(paper(form, given, _no_scores), encoding="utf-8")
            found += _against_plain(page, what, say)
    return found


def _against_plain(page: Path, what: str, say: Callable[[str], None]) -> list[Figure]:
    rounds = []
    for number in range(1, PAIRS + 1):
        say(f"{what}, pair {number} of {PAIRS}")
        rounds.append([render(way, page) for way in ("ours", "plain")])
    ours, plain = zip(*rounds, strict=True)
    return [
        ratio("plans", f"{what}, ÷ plain WeasyPrint", ours, plain),
        Figure("plans", what, median(each.seconds for each in ours), "s"),
        Figure("plans", what, median(each.pages / each.seconds for each in ours), "pages/s"),
    ]


def _no_scores() -> NoReturn:
    raise ValueError("These papers show no scores.")
