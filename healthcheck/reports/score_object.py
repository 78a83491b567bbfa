"""A scorecard as plain data, for programs to read: what `healthcheck score --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from healthcheck.core.scoring import AreaScore, Scorecard


def score_object(scorecard: Scorecard) -> dict[str, object]:
    """Return the scores, strengths, improvements and unanswered questions, by their ids.

    `points` and `maximum` count weight times points over the answered questions. A score that does
    not exist, and its band, are None.
    """
    return {
        "overall": {"score": scorecard.score, "band": scorecard.band and scorecard.band.name},
        "areas": [_area(area) for area in scorecard.areas],
        "strengths": [each.question.id for each in scorecard.strengths],
        "improvements": [each.question.id for each in scorecard.improvements],
        "unanswered": list(scorecard.unanswered),
    }


def _area(area: AreaScore) -> dict[str, object]:
    return {
        "id": area.area.id,
        "score": area.score,
        "band": area.band and area.band.name,
        "points": _number(area.points),
        "maximum": _number(area.maximum),
        "answered": area.answered,
        "applicable": area.applicable,
        "capped_by": area.capped_by and area.capped_by.id,
    }


def _number(exact: Fraction) -> int | float:
    return int(exact) if exact.denominator == 1 else float(exact)
