"""What the plan's papers are made from, over a tiny questionnaire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from healthcheck.reports.plan_view import PlanSources, action_row
from healthcheck.reports.view_questions import pointers
from tests.core.build import FACTS, area, journey, questionnaire, rating
from tests.plan_made import TODAY, plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.plans import Action
    from healthcheck.core.staff_page import Line
    from healthcheck.reports.plan_parts import ActionRow

ASKED = questionnaire(area("load", rating("a"), rating("b")), area("tools", rating("c")))
LEVELS = {"a": 1, "b": 0, "c": 3}


def sources(
    *actions: Action,
    chosen: str = "",
    staff_lines: Mapping[str, Line] | None = None,
    **more: Any,  # noqa: ANN401 - as its class takes them
) -> PlanSources:
    """Return what papers of these actions are made from; what else is given goes to the plan."""
    return PlanSources(
        employer="Northmere Council",
        facts=FACTS,
        cycle="2026",
        reference="EHC-2026-0001",
        today=TODAY,
        questionnaire=ASKED,
        journey=journey(ASKED, LEVELS),
        pointers=pointers(ASKED),
        plan=plan(*actions, **more),
        actions=actions,
        chosen=chosen,
        staff_lines=staff_lines or {},
    )


def row(given: Action, **more: Any) -> ActionRow:  # noqa: ANN401 - as its class takes them
    """Return an action's row."""
    return action_row(sources(given, **more), given)
