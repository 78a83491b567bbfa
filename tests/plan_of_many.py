"""A plan of as many actions as wanted, over the shipped questionnaire, for papers and for speed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle, islice
from typing import TYPE_CHECKING

from healthcheck.core import questionnaires as q
from healthcheck.core.answers import Answer
from healthcheck.core.journey import walk
from healthcheck.core.plan_filters import in_order
from healthcheck.core.plans import Declined, Delivery, LevelUpdate, Owner, Plan, Priority
from healthcheck.reports.plan_view import PlanSources
from healthcheck.reports.view_questions import pointers
from tests.core.build import FACTS
from tests.plan_made import THEN, TODAY, action, note

if TYPE_CHECKING:
    from healthcheck.core.plans import Action, Note

ROLES = ("Principal social worker", "Team manager", "Head of service", "Head of human resources")
TEAMS = ("Assessment", "Looked after children", "Workforce", "Practice")
FIRST = ("Priya", "Tom", "Siân", "Olu", "Grace", "Hamza", "Ewa", "Callum", "Mei", "Niamh")
LAST = ("Shah", "Reed", "Llywelyn-Hughes", "Adeyemi", "O’Connor")
GOING = (
    Delivery.ON_TRACK,
    Delivery.ON_TRACK,
    Delivery.AT_RISK,
    Delivery.COMPLETE,
    Delivery.ON_TRACK,
    Delivery.OFF_TRACK,
    Delivery.CANCELLED,
)
REASON = "Two of the three test teams have not begun, because their managers’ posts are empty."
RECOVERY = "The head of service meets both acting managers in December and agrees new dates."
EVIDENCE = "The scheme, signed on 12 October, and the note of the staff forum that agreed it."
TEXT = "We met the union on the draft. They asked for a worked example for part-time staff."


def owners(many: int) -> tuple[Owner, ...]:
    """Return so many owners with names of their own, up to 50."""
    names = (f"{first} {last}" for last in LAST for first in FIRST)
    return tuple(
        Owner(name, ROLES[place % 4], TEAMS[place % 4])
        for place, name in enumerate(islice(names, many))
    )


def sources(asked: q.Questionnaire, many: int, of_owners: int = 25) -> PlanSources:
    """Return a plan of many actions as papers take it, every rating at its lowest but one."""
    answers = {
        each.id: Answer(place % 3)
        for place, each in enumerate(asked.questions.values())
        if isinstance(each, q.Rating)
    }
    weak = [each for each in asked.questions.values() if isinstance(each, q.Rating)]
    people = cycle(owners(of_owners))
    actions = tuple(
        _action(number, weak[number % len(weak)], next(people)) for number in range(1, many + 1)
    )
    notes = {each.id: _notes(each) for each in actions if each.number % 3 == 0}
    return PlanSources(
        employer="Northmere Council",
        facts=FACTS,
        cycle="2026",
        reference="EHC-2026-0001",
        today=TODAY,
        questionnaire=asked,
        journey=walk(asked, FACTS, answers),
        pointers=pointers(asked),
        plan=Plan("check", actions, notes, _declined(weak), _updates(weak) if many else ()),
        actions=in_order(actions),
    )


def _action(number: int, question: q.Rating, owner: Owner) -> Action:
    advice = question.improve.get(min(question.improve, default=0))
    delivery = GOING[number % len(GOING)]
    needs_recovery = delivery in {Delivery.AT_RISK, Delivery.OFF_TRACK}
    is_done = delivery is Delivery.COMPLETE
    due = TODAY + timedelta(days=(number * 37) % 400 - 40)
    return action(
        number,
        question_id=question.id if number % 10 else None,
        action=advice.longer_step if advice else "Agree what is to be done.",
        finding=advice.finding if advice else "This is not in place.",
        outcome="Practitioners say in the yearly survey that it works for them.",
        measure=advice.measure if advice else "",
        baseline="34%" if number % 2 else "",
        target="90%" if number % 2 else "",
        owner=Owner() if number % 40 == 39 else owner,
        resources="Two days a month of a senior practitioner" if number % 4 == 0 else "",
        start=date(2026, 10, 1),
        due=due if number % 17 else None,
        no_date_reason="" if number % 17 else "It waits for the pay talks, which have no date.",
        priority=list(Priority)[number % 3],
        review=due - timedelta(days=30) if number % 5 == 0 else None,
        target_level=2,
        delivery=delivery,
        reason=REASON if needs_recovery else "",
        recovery=RECOVERY if needs_recovery else "",
        evidence=EVIDENCE if is_done else "",
        completed=TODAY - timedelta(days=number % 50) if is_done else None,
    )


def _notes(of: Action) -> tuple[Note, ...]:
    return (note(of.id, TEXT, day=3), note(of.id, "The draft is with the director.", day=17))


def _declined(weak: list[q.Rating]) -> dict[str, Declined]:
    reason = "The new building opens in May and has all of this. Nothing is done twice."
    return {each.id: Declined(each.id, 0, reason, "Priya Shah", THEN) for each in weak[-3:]}


def _updates(weak: list[q.Rating]) -> tuple[LevelUpdate, ...]:
    return tuple(
        LevelUpdate(each.id, "action-3", 0, 2, "", "Priya Shah", THEN) for each in weak[2:4]
    )
