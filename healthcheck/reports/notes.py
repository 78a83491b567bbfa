"""What is said of a question wherever it is shown: its level, its sources, whether it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core import questionnaires as q
from healthcheck.core.journey import Visibility

if TYPE_CHECKING:
    from healthcheck.core.journey import Standing


def is_needed(question: q.Question) -> bool:
    """Say whether a person has to answer the question, once it is asked."""
    return q.is_asked(question) and not question.optional


def is_left(standing: Standing) -> bool:
    """Say whether an answer is still to come, or an earlier one will decide whether it must."""
    undetermined = standing.visibility is Visibility.UNDETERMINED
    return standing.is_unanswered or (undetermined and is_needed(standing.question))


def standards_of(questionnaire: q.Questionnaire, question: q.Question) -> tuple[str, ...]:
    """Return the titles of the standards that a question is linked to."""
    titles = {standard.id: standard.title for standard in questionnaire.standards}
    return tuple(titles[each] for each in question.standards)


def rests_on(questionnaire: q.Questionnaire, question: q.Question) -> str:
    """Return where a question comes from, with the standards it is linked to; else blank."""
    linked = "; ".join(standards_of(questionnaire, question))
    said = [
        f"Rests on: {question.source.removesuffix('.')}." if question.source else "",
        f"Linked to: {linked}." if linked else "",
    ]
    return " ".join(filter(None, said))


def level_title(level: q.Level) -> str:
    """Return a level with its number, such as "2. In place"."""
    return f"{level.number}. {level.name}"
