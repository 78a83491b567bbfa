"""The scores as lines of plain text, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthcheck.reports.parts import Score
    from healthcheck.reports.view_model import Report


def score_lines(report: Report) -> Iterator[str]:
    """Yield the overall score, then each area with its working, in the words of the report."""
    overall = report.summary.score
    yield _headline("Overall", overall)
    yield overall.coverage
    for area in report.areas:
        yield ""
        yield _headline(f"{area.number}. {area.title}", area.score)
        held_back = area.score.held_back and f"What holds it back: {area.score.held_back}"
        for sentence in (area.score.working, area.score.capped, area.score.set_aside, held_back):
            if sentence:
                yield f"   {sentence}"


def _headline(title: str, score: Score) -> str:
    return ", ".join(filter(None, [f"{title}: {score.text}", score.band_in_full]))
