"""The plan inside a report, and what last year's plan moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from healthcheck.core.guidance import Improvement
from healthcheck.core.plans import (
    Action,
    Declined,
    Delivery,
    Details,
    Origin,
    Plan,
    Progress,
)
from healthcheck.reports import html, view_model
from healthcheck.reports.parts import Subject
from healthcheck.reports.view_last_year import Earlier
from healthcheck.reports.view_plan import Planned
from tests.core import build

NOW = datetime(2026, 3, 2, tzinfo=UTC)
TODAY = date(2026, 3, 2)
ADVICE = Improvement("Nothing is agreed.", "Ask a team.", "Agree it.", "Director", 90, "All do.")
ASKED = build.questionnaire(
    *(build.rating(name, improve={0: ADVICE, 1: ADVICE}) for name in ("a", "b", "c"))
)
SUBJECT = Subject("Northmere", build.FACTS, "2026", "HC-2026-BCDFGH", TODAY)
DETAILS = Details("Agree it.\n\nAll of it.", "None.\n\nNone at all.", due=date(2026, 3, 1))
LATE = Progress(Delivery.OFF_TRACK, "Nobody met.\n\nTwice.", "Meet in May.\n\nAnd June.")
ACTION = Action("1", "x", 1, Origin.OWN, DETAILS, LATE, 1, NOW, "Alice", NOW, "a")
ALONE = replace(ACTION, id="2", number=2, question_id=None, progress=Progress())
REASON = Declined("b", 0, "No money.", "Alice", NOW)


def report(plan: Plan | None, earlier: Earlier | None = None) -> view_model.Report:
    journey = build.journey(ASKED, {"a": 0, "b": 0, "c": 1})
    planned = None if plan is None else Planned(plan, TODAY)
    return view_model.report(SUBJECT, ASKED, journey, earlier, planned)


def test_a_report_has_a_plan_once_anything_was_decided() -> None:
    assert report(None).plan is None
    assert report(Plan("x")).plan is None
    declined = report(Plan("x", declined={"b": REASON})).plan
    assert declined is not None
    assert declined.counts == "No actions."
    assert [(each.question.id, each.reason) for each in declined.without] == [("b", ("No money.",))]
    assert [each.question.id for each in declined.proposed] == ["a", "c"]


def test_the_plan_is_printed_with_what_is_late_and_why() -> None:
    page = html.page(report(Plan("x", (ACTION, ALONE), declined={"b": REASON})))
    for said in (
        "2 actions: 1 on track and 1 off track. 2 are overdue.",
        "Why it is off track: Nobody met.",
        "Recovery step: Meet in May.",
        "1 day overdue",
        "None at all.",
        "Weak answers without an action",
        "Suggested and not decided yet",
    ):
        assert said in page
    assert "Suggested actions" not in page
    assert "Suggested actions" in html.page(report(None))


def test_what_became_of_each_rating_is_told_action_by_action() -> None:
    then = build.questionnaire(*(build.rating(name) for name in ("a", "b", "c", "gone")))
    actions = tuple(
        replace(ACTION, id=str(number), number=number, question_id=name)
        for number, name in enumerate(("a", "b", "c", "gone", None), start=1)
    )
    cancelled = replace(ACTION, number=6, progress=Progress(Delivery.CANCELLED))
    journey = build.journey(then, {"a": 1, "b": 0, "gone": 2})
    earlier = Earlier("2025", then, journey, build.FACTS, (*actions, cancelled))

    told = report(None, earlier)

    assert [(each.reference, each.says) for each in told.effects] == [
        ("A1", "Its rating went down."),
        ("A2", "Its rating did not move."),
        ("A3", "Its rating cannot be compared."),
        ("A4", "Its question is not asked any more."),
    ]
    assert "What the plan of 2025 moved" in html.page(told)
