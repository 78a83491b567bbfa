"""A review in words: scores side by side, moderated ratings, change requests, comments. Pure.

What stands in the ledger that is handed over is all that is shown: for an employer, and for every
document, that is what was sent to it, which never holds a private note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from healthcheck.core.reviews import Outcome, RemarkKind, counting
from healthcheck.reports import words
from healthcheck.reports.ledger_parts import (
    RatingPair,
    RemarkRow,
    RequestRow,
    Reviewed,
    ScorePair,
    Written,
)
from healthcheck.reports.notes import level_title
from healthcheck.reports.view_questions import level_of, pointers, value_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from healthcheck.core.journey import Journey, Standing
    from healthcheck.core.questionnaires import Band, Questionnaire
    from healthcheck.core.reviews import ChangeRequest, Ledger, Moderation, Remark
    from healthcheck.core.scoring import Scorecard
    from healthcheck.reports.parts import Pointer

UK = ZoneInfo("Europe/London")
NO_SCORE = "No score"
NOT_MODERATED = (
    "BASW gave no rating beside the employer’s own, so the moderated scores are the self-assessed"
    " ones."
)
OUTCOMES = {
    Outcome.MET: "Met",
    Outcome.PARTLY_MET: "Partly met",
    Outcome.WITHDRAWN: "Withdrawn by BASW",
}


def written(questionnaire: Questionnaire, journey: Journey | None, ledger: Ledger) -> Written:
    """Return what was written, in words; without a journey, own ratings are left blank."""
    known = pointers(questionnaire)
    order = {name: place for place, name in enumerate(questionnaire.questions)}
    standing = ledger.in_force

    def place(each: Remark | Moderation | ChangeRequest) -> int:
        return order[each.question_id]

    remarks = [(each, _remark(known, each)) for each in sorted(ledger.remarks, key=place)]

    def of(kind: RemarkKind) -> tuple[RemarkRow, ...]:
        return tuple(row for remark, row in remarks if remark.kind is kind)

    return Written(
        ratings=tuple(
            _rating(questionnaire, known, journey, each, standing)
            for each in sorted(ledger.moderations, key=place)
            if each.level is not None
        ),
        requests=tuple(_request(known, each) for each in ledger.requests),
        comments=of(RemarkKind.COMMENT),
        good_practice=of(RemarkKind.GOOD_PRACTICE),
        private_notes=of(RemarkKind.PRIVATE_NOTE),
    )


def reviewed(  # noqa: PLR0913 - the submission, both its scores, and what was written
    questionnaire: Questionnaire,
    journey: Journey,
    ledger: Ledger,
    *,
    own: Scorecard,
    moderated: Scorecard,
    accepted: str = "",
) -> Reviewed:
    """Return a review as a report shows it; `accepted` says who accepted it, and when."""
    return Reviewed(
        scores=score_pairs(own, moderated),
        how=how_made(questionnaire, journey, ledger),
        written=written(questionnaire, journey, ledger),
        accepted=accepted,
    )


def score_pairs(own: Scorecard, moderated: Scorecard) -> tuple[ScorePair, ...]:
    """Return the overall score and each area's, as self-assessed and as moderated."""
    overall = ScorePair(
        "", "Overall", _score(own.score, own.band), _score(moderated.score, moderated.band)
    )
    areas = (
        ScorePair(
            str(number),
            mine.area.title,
            _score(mine.score, mine.band),
            _score(theirs.score, theirs.band),
        )
        for number, (mine, theirs) in enumerate(
            zip(own.areas, moderated.areas, strict=True), start=1
        )
    )
    return (overall, *areas)


def how_made(questionnaire: Questionnaire, journey: Journey, ledger: Ledger) -> tuple[str, ...]:
    """Return how the moderated scores were made, in sentences."""
    known = pointers(questionnaire)
    given = [known[name].number for name in counting(journey, ledger)]
    if not given:
        return (NOT_MODERATED,)
    ratings = words.count(len(given), "rating")
    return (
        "The self-assessed scores are the employer’s own and are never changed.",
        (
            f"The moderated scores are worked out in the same way, with {ratings} by BASW in place"
            f" of the employer’s own, on {words.listed(given)}. Everything else stands as it was"
            " submitted: which questions are asked, their weights, and all other answers."
        ),
        "A question that the employer set aside as not applicable counts where BASW rated it.",
    )


def by_and_on(name: str, at: datetime) -> str:
    """Return who did something and on which day, in British time."""
    when = words.day(at.astimezone(UK).date())
    return f"{name}, {when}" if name else when


def own_level(questionnaire: Questionnaire, standing: Standing | None) -> str:
    """Return the employer's own rating in words."""
    if standing is None:
        return ""
    if standing.is_not_applicable:
        return "Not applicable"
    value = standing.value
    level = level_of(questionnaire, standing.question, value)
    if level is not None:
        return level_title(level)
    return "" if value is None else value_words(standing.question, value)


def _score(score: int | None, band: Band | None) -> str:
    if score is None or band is None:
        return NO_SCORE
    return f"{words.out_of_100(score)}, {band.name}"


def _rating(
    questionnaire: Questionnaire,
    known: Mapping[str, Pointer],
    journey: Journey | None,
    given: Moderation,
    standing: Mapping[str, Moderation],
) -> RatingPair:
    now = standing.get(given.question_id)
    stands = now is given
    fate = "Withdrawn by BASW" if now is None else "Replaced by a later rating"
    own = None if journey is None else journey.get(given.question_id)
    level = questionnaire.levels[given.level or 0]
    return RatingPair(
        known[given.question_id],
        own_level(questionnaire, own),
        level_title(level),
        words.paragraphs(given.reason),
        by_and_on(given.by, given.at),
        stands,
        "" if stands else fate,
    )


def _request(known: Mapping[str, Pointer], asked: ChangeRequest) -> RequestRow:
    return RequestRow(
        id=asked.id,
        number=asked.number,
        question=known[asked.question_id],
        status=asked.status,
        reason=words.paragraphs(asked.reason),
        asked=by_and_on(asked.by, asked.at),
        answer=words.paragraphs(asked.answer),
        answered=by_and_on(asked.answered_by, asked.answered_at) if asked.answered_at else "",
        outcome=OUTCOMES[asked.outcome] if asked.outcome else "",
        note=words.paragraphs(asked.outcome_note),
        ended=by_and_on(asked.ended_by, asked.ended_at) if asked.ended_at else "",
        version=asked.version,
    )


def _remark(known: Mapping[str, Pointer], remark: Remark) -> RemarkRow:
    private = remark.kind is RemarkKind.PRIVATE_NOTE
    state = "Sent" if remark.sent_at else "Not sent yet"
    return RemarkRow(
        remark.id,
        known[remark.question_id],
        remark.kind.value.capitalize(),
        words.paragraphs(remark.text),
        by_and_on(remark.by, remark.at),
        "Never leaves BASW" if private else state,
    )
