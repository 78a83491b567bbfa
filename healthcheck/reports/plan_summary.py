"""The board summary: the health check and its plan on one page, for elected members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.movement import Moved
from healthcheck.core.plan_risks import biggest_risks
from healthcheck.core.plans import Delivery, days_overdue, is_overdue
from healthcheck.reports import words
from healthcheck.reports.notes import level_title
from healthcheck.reports.plan_view import NO_DATE, counts, heading, owner_name, status

if TYPE_CHECKING:
    from healthcheck.core.plan_risks import Risk
    from healthcheck.core.plans import LevelUpdate
    from healthcheck.reports.parts import AreaReport, Score
    from healthcheck.reports.plan_parts import Count, Heading, Status
    from healthcheck.reports.plan_view import PlanSources
    from healthcheck.reports.view_last_year import Beside
    from healthcheck.reports.view_model import Report

MOST_AREAS = 12
ROOMY_AREAS = 5
"""From one area more, risks are told in fewer lines, so that all stays on one page."""
LONGEST_RISK = 150
LONGEST_REASON = 90
LONGEST_NAME = 60
RULE = (
    "How the five are chosen: first what is off track, then at risk, then overdue, then weak"
    " answers without an action, then weak answers whose action is on track. Among equals:"
    " essential questions, the lowest rating, the highest priority, the nearest due date."
)
RULE_OF_A_CHOICE = (
    "How they are chosen: first what is off track, then at risk, then overdue, then weak answers"
    " whose action is on track. Among equals: essential questions, the lowest rating, the highest"
    " priority, the nearest due date. Only the actions chosen are looked at."
)
NO_RISKS = "Nothing is off track, at risk or overdue, and no answer is weak."
NO_ACTION = "No action"


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area's score with its band, and what moved since last year; blank where none was."""

    number: str
    title: str
    score: str
    band: str
    then: str
    says: str


@dataclass(frozen=True, slots=True)
class RiskLine:
    """One risk: what is wrong, what is done about it by whom, and how that is going."""

    what: str
    about: str
    action: str
    owner: str
    status: Status | None
    due: str
    why: str


@dataclass(frozen=True, slots=True)
class Board:
    """The board summary; `moved` and `last_cycle` are blank without a health check last year."""

    heading: Heading
    is_draft: bool
    score: Score
    moved: str
    last_cycle: str
    how_many_areas: str
    areas: tuple[AreaLine, ...]
    more_areas: str
    is_tight: bool
    risks: tuple[RiskLine, ...]
    rule: str
    no_risks: str
    progress: tuple[str, ...]
    counts: tuple[Count, ...]


def board(sources: PlanSources, report: Report) -> Board:
    """Return the board summary of a plan, with the scores of the report it belongs to."""
    last = report.last_year
    beside = {each.id: each for each in last.areas} if last else {}
    risks = biggest_risks(
        sources.ratings, sources.actions, sources.today, is_whole=not sources.chosen
    )
    lines = tuple(_area_line(area, beside.get(area.id)) for area in report.areas)
    return Board(
        heading=heading(sources, "Board summary"),
        is_draft=report.cover.is_draft,
        score=report.summary.score,
        moved=_moved(last.overall, last.cycle) if last else "",
        last_cycle=last.cycle if last else "",
        how_many_areas=words.count(len(lines), "area"),
        areas=lines[:MOST_AREAS],
        more_areas=_more_areas(len(lines) - MOST_AREAS),
        is_tight=len(lines) > ROOMY_AREAS,
        risks=tuple(_risk_line(sources, each) for each in risks),
        rule=RULE_OF_A_CHOICE if sources.chosen else RULE,
        no_risks=NO_RISKS,
        progress=_progress(sources),
        counts=counts(sources.actions) if sources.actions else (),
    )


def _area_line(area: AreaReport, beside: Beside | None) -> AreaLine:
    return AreaLine(
        number=area.number,
        title=area.title,
        score=area.score.text,
        band=area.score.band_in_full,
        then=beside.then if beside else "",
        says=_in_short(beside) if beside else "",
    )


def _in_short(beside: Beside) -> str:
    """Return what moved without the reasons, which the report tells."""
    return beside.says.partition(":")[0]


def _moved(overall: Beside, cycle: str) -> str:
    if overall.moved is Moved.NO_ANSWER:
        return f"There is no score of {cycle} to compare with."
    if overall.moved is Moved.NOT_COMPARABLE:
        return f"In {cycle} it was {overall.then}; the two cannot be compared."
    return f"{_in_short(overall)} since {cycle}, when it was {overall.then}."


def _more_areas(many: int) -> str:
    return (
        f"{words.count(many, 'more area is', 'more areas are')} in the report." if many > 0 else ""
    )


def _risk_line(sources: PlanSources, risk: Risk) -> RiskLine:
    """Return a risk in words; without an action, what was said about having none."""
    action = risk.action
    if action is None:
        question_id = risk.weakness.question.id if risk.weakness else ""
        declined = sources.plan.declined.get(question_id)
        why = words.opening(declined.reason, LONGEST_REASON) if declined else "Not decided yet."
        return RiskLine(_what(risk), _about(sources, risk), NO_ACTION, "", None, "", why)
    details, progress = action.details, action.progress
    more = f" ({words.count(risk.others, 'more action')})" if risk.others else ""
    return RiskLine(
        what=_what(risk),
        about=_about(sources, risk),
        action=f"{action.reference}: {_short(details.action)}{more}",
        owner=words.shortened(owner_name(details.owner), LONGEST_NAME),
        status=status(progress.delivery, days_overdue(action, sources.today)),
        due=f"Due {words.day(details.due)}" if details.due else NO_DATE,
        why=words.shortened(words.opening(progress.reason, LONGEST_REASON), LONGEST_REASON),
    )


def _what(risk: Risk) -> str:
    """Return what is wrong: the action's finding, else the questionnaire's, else the question."""
    action, weakness = risk.action, risk.weakness
    if action is not None and action.details.finding:
        return _short(action.details.finding)
    if weakness is None:
        return "No finding was written." if action else ""
    advice = weakness.question.improve.get(weakness.level if weakness.level is not None else -1)
    return _short(advice.finding if advice else weakness.question.text)


def _about(sources: PlanSources, risk: Risk) -> str:
    """Return which question it is, whether it is essential, and where its rating stands."""
    weakness = risk.weakness
    if weakness is None:
        return ""
    question = weakness.question
    kind = "Essential question" if question.essential else "Question"
    level = sources.questionnaire.levels[weakness.level] if weakness.level is not None else None
    stands = f", at {words.quoted(level_title(level))}" if level else ""
    return f"{kind} {sources.pointers[question.id].number}{stands}"


def _progress(sources: PlanSources) -> tuple[str, ...]:
    """Return how far the plan has come, in sentences."""
    actions = sources.actions
    if not actions:
        return ("There are no actions in the plan yet.",)
    kept = [each for each in actions if each.progress.delivery is not Delivery.CANCELLED]
    done = sum(each.progress.delivery is Delivery.COMPLETE for each in kept)
    late = sum(is_overdue(each, sources.today) for each in actions)
    risen = {each.question_id for each in sources.plan.updates if _rose(each)}
    said = [f"{done:,} of {words.count(len(kept), 'action')} complete; {late:,} overdue."]
    if risen:
        many = words.count(len(risen), "rating has", "ratings have")
        said.append(f"{many} risen since the answers were given.")
    return tuple(said)


def _rose(update: LevelUpdate) -> bool:
    return update.after > (update.before if update.before is not None else -1)


def _short(text: str) -> str:
    return words.shortened(words.opening(text, LONGEST_RISK), LONGEST_RISK)
