"""How an unfinished action goes on in the next cycle's plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from healthcheck.core.editions import old_id
from healthcheck.core.plans import Origin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.plans import Action
    from healthcheck.core.questionnaires import Questionnaire


def new_ids(old: Questionnaire, new: Questionnaire) -> dict[str, str]:
    """Return what each question of last year is called this year, by its id then."""
    return {
        was: each.id
        for each in new.questions.values()
        if (was := old_id(each, old.questions)) is not None
    }


def carried(action: Action, new_id: str, assessment_id: str, ids: Mapping[str, str]) -> Action:
    """Return an action as it goes on in another plan, with its details and its progress.

    Where its question is not asked any more it stands alone. The request it answered has ended.
    """
    return replace(
        action,
        id=new_id,
        assessment_id=assessment_id,
        origin=Origin.CARRIED,
        question_id=ids.get(action.question_id or ""),
        request_id=None,
        carried_from=action.id,
    )
