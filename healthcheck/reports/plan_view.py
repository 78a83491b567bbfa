"""An action, and the head of every paper of the plan, in words; nothing is drawn here."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from healthcheck.core.facts import service_title
from healthcheck.core.plan_board import NO_AREA, NO_OWNER
from healthcheck.core.plan_filters import by_area
from healthcheck.core.plan_risks import Ratings
from healthcheck.core.plans import Delivery, days_overdue, is_overdue
from healthcheck.reports import words
from healthcheck.reports.notes import level_title
from healthcheck.reports.plan_parts import ActionRow, Count, Heading, NoteRow, Status, Without

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from healthcheck.core.facts import Facts
    from healthcheck.core.journey import Journey
    from healthcheck.core.plans import Action, Declined, Details, Note, Owner, Plan
    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.core.staff_page import Line
    from healthcheck.reports.parts import Pointer

UK = ZoneInfo("Europe/London")
NO_DATE = "No due date"
WAYS = {"link": ", by a link", "workbook": ", in a workbook"}


@dataclass(frozen=True)
class PlanSources:
    """What the plan's papers are made from.

    `actions` are those to show, in the order of the screen; `chosen` says in a sentence which they
    are, and is blank when they are all. `today` decides what is overdue. `staff_lines` are
    the lines that the lead chose for staff, by action; `carried_on` are the ids of the actions that
    go on in next year's plan.
    """

    employer: str
    facts: Facts
    cycle: str
    reference: str
    today: date
    questionnaire: Questionnaire
    journey: Journey
    pointers: Mapping[str, Pointer]
    plan: Plan
    actions: tuple[Action, ...]
    chosen: str = ""
    staff_lines: Mapping[str, Line] = field(default_factory=dict)
    carried_on: frozenset[str] = frozenset()

    @cached_property
    def ratings(self) -> Ratings:
        """Where each rating stands now."""
        return Ratings(self.questionnaire, self.journey, self.plan.updates)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What each area is called, by its id."""
        return area_titles(self.questionnaire)

    @cached_property
    def area_of(self) -> Callable[[Action], str]:
        """What tells the id of an action's area, blank for none."""
        return by_area(self.questionnaire)


def heading(sources: PlanSources, title: str) -> Heading:
    """Return what stands at the head of a paper of that title."""
    return Heading(
        title=title,
        employer=sources.employer,
        service=service_title(sources.facts.service),
        cycle=sources.cycle,
        reference=sources.reference,
        as_at=words.day(sources.today),
        as_at_iso=sources.today.isoformat(),
        chosen=sources.chosen,
        counts=counted(sources.actions, sources.today),
    )


def counted(actions: Sequence[Action], today: date) -> str:
    """Return how many actions there are and how they are going: "3 actions: 2 on track, 1…"."""
    if not actions:
        return "No actions."
    going = words.listed(
        [f"{each.many:,} {each.status.word.lower()}" for each in counts(actions) if each.many]
    )
    late = sum(is_overdue(each, today) for each in actions)
    overdue = f" {words.count(late, 'is', 'are')} overdue." if late else ""
    return f"{words.count(len(actions), 'action')}: {going}.{overdue}"


def counts(actions: Sequence[Action]) -> tuple[Count, ...]:
    """Return how many actions are going in each way, none left out."""
    return tuple(
        Count(status(each), sum(action.progress.delivery is each for action in actions))
        for each in Delivery
    )


def status(delivery: Delivery, late_by: int = 0) -> Status:
    """Return a delivery status; `late_by` is in days."""
    late = f"{words.count(late_by, 'day')} overdue" if late_by else ""
    return Status(delivery.word, delivery.symbol, delivery.name.lower().replace("_", "-"), late)


def action_row(sources: PlanSources, action: Action) -> ActionRow:
    """Return one action in words."""
    details, progress = action.details, action.progress
    owner = details.owner
    return ActionRow(
        reference=action.reference,
        origin=action.origin.value,
        question=sources.pointers.get(action.question_id or ""),
        area=sources.titles.get(sources.area_of(action), NO_AREA),
        finding=words.paragraphs(details.finding),
        action=words.paragraphs(details.action),
        outcome=words.paragraphs(details.outcome),
        success=success(details),
        owner=owner_name(owner),
        role=owner.role if owner.name else "",
        team=owner.team,
        resources=words.paragraphs(details.resources),
        start=_day(details.start),
        due=_due(details),
        review=_day(details.review),
        completed=_day(progress.completed),
        priority=details.priority.value,
        rating=_rating(sources, action),
        status=status(progress.delivery, days_overdue(action, sources.today)),
        reason=words.paragraphs(progress.reason),
        recovery=words.paragraphs(progress.recovery),
        evidence=words.paragraphs(progress.evidence),
        notes=tuple(_note(each) for each in sources.plan.notes.get(action.id, ())),
        is_open=action.is_open,
        is_done=progress.delivery is Delivery.COMPLETE,
        has_date=details.due is not None,
        goes_on=action.id in sources.carried_on,
    )


def owner_name(owner: Owner) -> str:
    """Return an owner's name, else the role or team that stands for it, else that there is none."""
    return owner.name or owner.role or owner.team or NO_OWNER


def success(details: Details) -> str:
    """Return how anyone will know: "Measure, from 34% to 10%"; blank when nothing is said."""
    start, end = details.baseline, details.target
    span = f"from {start} to {end}" if start and end else f"now {start}" if start else ""
    span = span or (f"target {end}" if end else "")
    measure = details.measure.strip().removesuffix(".") if span else details.measure.strip()
    return words.capital(": ".join(filter(None, [measure, span])))


def area_titles(questionnaire: Questionnaire) -> dict[str, str]:
    """Return what each area is called on paper, numbered, by its id, in the order of the file."""
    titles = {
        area.id: f"Area {place}: {area.title}"
        for place, area in enumerate(questionnaire.areas, start=1)
    }
    figures = questionnaire.figures
    return {**titles, figures.id: figures.title} if figures else titles


def without(sources: PlanSources, declined: Declined) -> Without | None:
    """Return a weak answer without an action in words; None when it is not asked any more."""
    question = sources.pointers.get(declined.question_id)
    if question is None:
        return None
    return Without(
        question,
        _level(sources.questionnaire, declined.level),
        words.paragraphs(declined.reason),
        f"{declined.declined_by}, {words.day(declined.declined_at.astimezone(UK).date())}",
    )


def _rating(sources: PlanSources, action: Action) -> str:
    """Return where the action's question stands and what is aimed at, in one sentence."""
    found = sources.ratings.of(action.question_id)
    aim = action.details.target_level
    now = _level(sources.questionnaire, found.level) if found and found.level is not None else ""
    said = [
        f"Now {words.quoted(now)}" if now else "",
        f"aims at {words.quoted(_level(sources.questionnaire, aim))}" if aim is not None else "",
    ]
    sentence = ", ".join(filter(None, said))
    return f"{words.capital(sentence)}." if sentence else ""


def _level(questionnaire: Questionnaire, number: int) -> str:
    level = questionnaire.levels.get(number)
    return level_title(level) if level else str(number)


def _due(details: Details) -> str:
    if details.due is not None:
        return words.day(details.due)
    reason = details.no_date_reason.strip()
    return f"{NO_DATE}: {reason}" if reason else NO_DATE


def _day(when: date | None) -> str:
    return words.day(when) if when else ""


def _note(note: Note) -> NoteRow:
    return NoteRow(
        words.day(note.written_at.astimezone(UK).date()),
        f"{note.written_by}{WAYS.get(note.way, '')}",
        words.paragraphs(note.text),
    )
