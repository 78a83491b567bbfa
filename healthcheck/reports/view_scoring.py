"""How scoring works, told from the questionnaire's own scale, bands and rules."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from healthcheck.core.journey import Visibility
from healthcheck.core.scoring import FULL_SCORE
from healthcheck.reports import words
from healthcheck.reports.back_matter import BandRow, ScaleRow, Scoring
from healthcheck.reports.notes import level_title

if TYPE_CHECKING:
    from fractions import Fraction

    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.reports.view_questions import Sources

ROUNDING = (
    "A score is rounded to a whole number once, and half a point is rounded up. The band is "
    "chosen from the rounded score."
)
NUMBERING = (
    "A question keeps its number in every report. Where a number is left out, that question "
    "does not apply to this service."
)


def scoring(sources: Sources) -> Scoring:
    """Return how scoring works; essential questions that are hidden are left out."""
    questionnaire = sources.questionnaire
    essential = (
        each.question
        for each in sources.journey.values()
        if each.question.essential and each.visibility is not Visibility.HIDDEN
    )
    return Scoring(
        explanation=words.paragraphs(questionnaire.roll_up.explanation),
        rules=_rules(questionnaire),
        scale=tuple(
            ScaleRow(level_title(level), words.points(level.points))
            for level in questionnaire.scale
        ),
        bands=band_rows(questionnaire),
        essential=tuple(sources.pointers[each.id] for each in essential),
    )


def band_rows(questionnaire: Questionnaire) -> tuple[BandRow, ...]:
    """Return each band with the whole scores it covers, such as "51 to 74"."""
    ends = [after.lowest - 1 for _, after in pairwise(questionnaire.bands)] + [FULL_SCORE]
    return tuple(
        BandRow(band.name, band.lowest, f"{band.lowest} to {end}", band.sentence)
        for band, end in zip(questionnaire.bands, ends, strict=True)
    )


def _rules(questionnaire: Questionnaire) -> tuple[str, ...]:
    rule = questionnaire.roll_up
    kinds = (
        f"An answer is a strength when it earns {_from(rule.strength_from)} of its points, and an "
        f"area for improvement when it earns {_up_to(rule.improve_to)} of them."
    )
    return (kinds, ROUNDING, NUMBERING)


def _from(share: Fraction) -> str:
    return words.share(share) if share == 1 else f"at least {words.share(share)}"


def _up_to(share: Fraction) -> str:
    return "none" if not share else f"at most {words.share(share)}"
