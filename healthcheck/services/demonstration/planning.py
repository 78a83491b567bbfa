"""The improvement plans of the made-up employers: proposals settled, actions worked on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from healthcheck.core import plan_ratings
from healthcheck.core import proposals as core
from healthcheck.core import staff_page as core_page
from healthcheck.core.plans import (
    Delivery,
    Details,
    Origin,
    Owner,
    Priority,
    Progress,
    days_overdue,
)
from healthcheck.core.proposals import Step
from healthcheck.services import own_actions, plans, proposals, staff_page
from healthcheck.services import plan_ratings as ratings
from healthcheck.services.demonstration.country import answers_figures
from healthcheck.services.demonstration.texts import drawn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from healthcheck.core.plans import Action
    from healthcheck.core.proposals import Proposal
    from healthcheck.services.demonstration.health_checks import HealthCheck

OUTSIDE = (
    Owner("", "Head of property", "Property"),
    Owner("", "Systems lead", "Digital services"),
    Owner("The union branch", "Joint owner", "Staff side"),
)
NAMES = (
    "Amina Yusuf", "Ben Carrick", "Clare Dunmore", "Daud Rashid", "Esther Holm", "Frank Osei",
    "Gillian Poole", "Hamish Orr", "Ines Duarte", "Jo Bramhall", "Kiran Patel", "Lucy Wensley",
    "Mo Farouk", "Nerys Howell", "Olu Adeniyi", "Pat Lindqvist", "Rosa Fenn", "Sam Tilley",
)  # fmt: skip
NO_ACTION = (
    "This waits for the move to the new office in spring. We will decide then.",
    "The team that this is about is being joined with another. It would be work for nothing now.",
    "Practitioners put three other things first, and we follow them.",
    "There is no money for it this year. The board has said so in its minutes.",
)
NO_DATE = "The date depends on the supplier’s next release, which is not announced."
OWN_ACTIONS = (
    Details(
        "Ask every new social worker after six weeks what surprised them, and act on one thing.",
        outcome="People who have just come feel heard, and stay.",
        measure="Every new worker was asked. One change a quarter is on the intranet.",
        baseline="Nobody is asked before the exit interview.",
        target="All new workers asked by the end of the year.",
        resources="Two hours a month of a practice educator.",
        priority=Priority.LOW,
    ),
    Details(
        "Give each office one day a month without meetings.",
        outcome="Time for visits and for writing.",
        measure="No meeting in the calendars on that day.",
        baseline="A social worker sits in seven meetings a week.",
        target="One free day a month in every office.",
        resources="None.",
    ),
    Details(
        "Write down with the housing department who rings whom when a family is to be moved.",
        outcome="Fewer days lost to telephone calls.",
        measure="A page with names, agreed by both heads of service.",
        baseline="There is no agreement.",
        target="Signed and sent to all teams.",
        resources="Time of two team managers.",
        priority=Priority.HIGH,
    ),
)
SAID = {
    Delivery.ON_TRACK: (
        "First meeting held. Three teams have offered to try it.",
        "The draft is with the union until the end of the month.",
        "Two of four steps are done. The rest is planned.",
    ),
    Delivery.AT_RISK: (
        "The person who leads this is on leave until after the holidays.",
        "Two teams ask for more time, because of an inspection.",
    ),
    Delivery.OFF_TRACK: (
        "Nothing has happened since the post was frozen.",
        "The supplier has missed its date twice.",
    ),
    Delivery.COMPLETE: (
        "Done, and the teams were told at the briefing.",
        "In use everywhere since last week.",
    ),
    Delivery.CANCELLED: ("Taken out after a talk with practitioners.",),
}
CAUSES = (
    "The post of the person who leads it is empty.",
    "It needs a decision on money that was put off to the next meeting.",
)
RECOVERY = (
    "A deputy takes over from the first of next month, with half a day a week.",
    "The head of service will decide on it by the end of the month.",
)
SHOWS = (
    "The minutes of the joint meeting, and the page on the intranet.",
    "A count of all teams: the measure is met in each of them.",
)
MOVED = (
    "Checked in every team: each part of the next level is true now.",
    "Practitioners looked at it with us and agree with the new rating.",
)
NOT_MOVED = (
    "Done, but one service area has not begun, so the rating stays.",
    "The quick win is done. The rating will only change with the longer step.",
)
LONG_OVERDUE = 75
MOST_LINES = 6
PUT_OFF = (
    "The inspection took the spring. The head of service has agreed the new date.",
    "The first try in two teams took longer than planned, and was worth it.",
)
CANCELLED = "Another action does the same, so this one only made work."

ODDS = (
    (Delivery.COMPLETE,) * 11 + (Delivery.ON_TRACK,) * 3 + (Delivery.AT_RISK,) * 2
    + (Delivery.OFF_TRACK,) * 2 + (Delivery.CANCELLED,) * 2,
    (Delivery.COMPLETE,) * 5 + (Delivery.ON_TRACK,) * 8 + (Delivery.AT_RISK,) * 3
    + (Delivery.OFF_TRACK,) * 3 + (Delivery.CANCELLED,),
)  # fmt: skip
"""How actions stand when they are reported on, in twentieths: in the first cycle, and later."""


def make(check: HealthCheck, at: datetime) -> None:
    """Make the plan: settle every proposal, and at most employers add an action of its own."""
    settle(check, at)
    if check.year != 1 or drawn(0, 2, check.seed) == 0:
        own = OWN_ACTIONS[drawn(0, len(OWN_ACTIONS) - 1, check.seed)]
        due = at.date() + timedelta(days=drawn(40, 160, check.seed))
        owner = _owner(check, "own action")
        details = replace(own, owner=owner, start=at.date(), due=due)
        plans.add(check.by("lead", at), check.id, details)


def settle(check: HealthCheck, at: datetime) -> None:
    """Adopt most proposals as actions, and decline the others with a reason.

    What was settled before, such as by an action carried over, is left.
    """
    ctx = check.by("lead", at)
    for each in proposals.board(ctx, check.id).proposals:
        chance = drawn(0, 11, check.seed, each.question.id, "settle")
        if each.is_settled:
            continue
        if chance < 2 or each.advice is None:  # noqa: PLR2004 - two in twelve
            reason = NO_ACTION[drawn(0, len(NO_ACTION) - 1, check.seed, each.question.id)]
            proposals.decline(ctx, check.id, each.question.id, each.level, reason)
        else:
            plans.add(
                ctx,
                check.id,
                _details(check, each, at),
                origin=Origin.PROPOSED,
                question_id=each.question.id,
            )


def report(check: HealthCheck, at: datetime) -> None:
    """Report on most open actions: how each goes and what was done."""
    for action in plans.plan(check.by("lead", at), check.id).actions:
        late = days_overdue(action, at.date())
        if late > LONG_OVERDUE:
            _put_off(check, action, at)
        elif action.is_open and drawn(0, 4, check.seed, action.number, at.month):
            chance = drawn(0, 19, check.house.key, action.details.action, check.year, at.month)
            delivery = ODDS[min(check.year, 1)][chance]
            is_late = late > 0 and delivery is Delivery.ON_TRACK
            _report(check, action, Delivery.AT_RISK if is_late else delivery, at)


def tell_staff(check: HealthCheck, at: datetime) -> None:
    """Publish “You said, we did”, with the first actions that answer a finding, if any does."""
    ctx = check.by("lead", at)
    lines = [core_page.proposed(each) for each in plans.plan(ctx, check.id).actions]
    chosen = [each for each in lines if each.said][:MOST_LINES]
    for line in chosen:
        staff_page.save_line(ctx, check.id, line)
    if chosen:
        staff_page.publish(ctx, check.id)


def _report(check: HealthCheck, action: Action, delivery: Delivery, at: datetime) -> None:
    progress = _progress(check, action, delivery, at)
    note = _one(SAID[delivery], check.seed, action.number, at.date())
    owner = _owner_here(check, action)
    if owner is None:
        lead = check.by("lead", at)
        plans.report_progress(lead, check.id, action.id, progress, note, action.revision)
    else:
        by = check.whose(owner, at)
        own_actions.report(by, action.id, progress, note, action.revision)
    if delivery is Delivery.COMPLETE and action.question_id:
        _rate(check, action, action.question_id, at)


def _rate(check: HealthCheck, action: Action, question_id: str, at: datetime) -> None:
    """Say whether a completed action changed the rating it was for: two in three did."""
    ctx = check.by("lead", at)
    plan = plans.plan(ctx, check.id)
    now = plan_ratings.level_now(plan, check.opened(at).journey, question_id)
    if now is None:
        return
    moved = now < 3 and drawn(0, 2, check.seed, question_id, "moved") > 0  # noqa: PLR2004 - the top
    note = _one(MOVED if moved else NOT_MOVED, check.seed, question_id)
    ratings.record(ctx, check.id, action.id, str(now + moved), note)


def _put_off(check: HealthCheck, action: Action, at: datetime) -> None:
    """Give an action that is long overdue another date, with the reason."""
    later = at.date() + timedelta(days=drawn(30, 120, check.seed, action.number))
    details = replace(action.details, due=later)
    ctx = check.by("lead", at)
    plans.change(ctx, check.id, action.id, details, action.revision, _one(PUT_OFF, action.number))


def _details(check: HealthCheck, proposal: Proposal, at: datetime) -> Details:
    seed = (check.seed, proposal.question.id)
    step = Step.QUICK_WIN if drawn(0, 2, *seed, "step") == 0 else Step.LONGER_STEP
    proposed = core.details(proposal, step, at.date())
    owner = _owner(check, proposal.question.id, proposed.owner.role)
    known = replace(proposed, owner=owner, start=at.date(), target_level=proposal.level + 1)
    if drawn(0, 14, *seed, "date") == 0:
        return replace(known, due=None, no_date_reason=NO_DATE)
    return known


def _owner(check: HealthCheck, what: str, role: str = "") -> Owner:
    """Return who carries an action: often somebody with an account, seldom nobody yet."""
    chance = drawn(0, 11, check.seed, what, "owner")
    if chance < 3:  # noqa: PLR2004 - three in twelve
        person = check.people[check.house.mailbox("lead")]
        return Owner(person.name, "Principal practitioner", "Practice", person_id=person.id)
    if chance < 6:  # noqa: PLR2004 - three more
        person = check.people[answers_figures(check.house)]
        return Owner(person.name, "Workforce lead", "Human resources", person_id=person.id)
    if chance == 6 or not role:  # noqa: PLR2004 - one more
        return OUTSIDE[drawn(0, len(OUTSIDE) - 1, check.seed, what)]
    if chance == 7:  # noqa: PLR2004 - one more
        return Owner(role=role)
    return Owner(_one(NAMES, check.house.key, role), role)


def _owner_here(check: HealthCheck, action: Action) -> str | None:
    """Return the address of an owner with an account, who reports; else the lead does."""
    owner = action.details.owner.person_id
    return next((each for each, person in check.people.items() if person.id == owner), None)


def _progress(check: HealthCheck, action: Action, delivery: Delivery, at: datetime) -> Progress:
    seed = (check.seed, action.number, at.date())
    if delivery is Delivery.COMPLETE:
        done = at.date() - timedelta(days=drawn(1, 6, *seed))
        return Progress(delivery, evidence=_one(SHOWS, *seed), completed=done)
    if delivery is Delivery.CANCELLED:
        return Progress(delivery, reason=CANCELLED)
    if delivery is Delivery.ON_TRACK:
        return Progress(delivery)
    return Progress(delivery, reason=_one(CAUSES, *seed), recovery=_one(RECOVERY, *seed))


def _one(choices: Sequence[str], *seed: object) -> str:
    return choices[drawn(0, len(choices) - 1, *seed)]
