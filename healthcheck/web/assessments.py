"""The first page, with a person's health checks, and the task list of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from healthcheck.core.assessments import days_left
from healthcheck.core.assigning import Board
from healthcheck.core.facts import service_title
from healthcheck.core.journey import Progress, Status, lacks_evidence, progress
from healthcheck.core.steps import STILL_TO_COME
from healthcheck.core.whats_next import whats_next
from healthcheck.services import (
    assessments,
    assigning,
    at_basw,
    carrying,
    caseload_figures,
    caseload_reports,
    decisions,
    employers,
    open_now,
    people,
    plan_board,
    publications,
    sign_off,
    steps,
    teams,
    workload,
)
from healthcheck.web.access import signed_in
from healthcheck.web.filters import UK
from healthcheck.web.request import context
from healthcheck.web.topic_pages import is_shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flask.typing import ResponseReturnValue

    from healthcheck.core.accounts import Person
    from healthcheck.core.questionnaires import Area, Question, Topic
    from healthcheck.services.shelf import Opened

blueprint = Blueprint("assessments", __name__)


@dataclass(frozen=True)
class TopicLine:
    """One line of the task list."""

    topic: Topic
    progress: Progress
    people: tuple[Person, ...] = ()
    to_confirm: int = 0


@dataclass(frozen=True)
class SectionLines:
    """An area, or the figures, with its topics."""

    area: Area
    progress: Progress
    topics: tuple[TopicLine, ...]


@dataclass(frozen=True)
class Tasks:
    """One assessment's task list: what is done, what is left, how long there is."""

    opened: Opened
    service: str
    days_left: int | None
    whole: Progress
    sections: tuple[SectionLines, ...]
    next_step: str
    board: Board

    @property
    def topics(self) -> list[TopicLine]:
        """Every line of the list."""
        return [line for section in self.sections for line in section.topics]

    @property
    def yours(self) -> list[TopicLine]:
        """The lines assigned to the person looking."""
        return [line for line in self.topics if line.topic.id in self.board.mine]

    @property
    def yours_completed(self) -> int:
        """How many of those are completed."""
        return sum(line.progress.status is Status.COMPLETED for line in self.yours)

    @property
    def resume(self) -> Topic | None:
        """The page to go on with: the one last left, else the first that is not completed."""
        left = [line.topic for line in self._open_to_you if line.topic.id == self.opened.place]
        return left[0] if left else self.next

    @property
    def next(self) -> Topic | None:
        """The first topic that still needs an answer of this person's: theirs before others."""
        lines = [*self.yours, *self._open_to_you]
        return next(
            (line.topic for line in lines if line.progress.status is not Status.COMPLETED), None
        )

    @property
    def _open_to_you(self) -> list[TopicLine]:
        return [line for line in self.topics if self.board.may_answer(line.topic.id)]

    @property
    def lacking_evidence(self) -> int:
        """How many answers are at a level that asks for evidence and have none."""
        return sum(lacks_evidence(standing) for standing in self.opened.journey.values())

    @property
    def to_confirm(self) -> int:
        """How many answers of last year wait for somebody to say that they are still true."""
        return sum(line.to_confirm for line in self.topics)


@blueprint.get("/")
@signed_in
def home() -> ResponseReturnValue:
    """Show every health check of the employers a person belongs to."""
    ctx = context()
    found = _listed(assessments.mine(ctx), assigning.boards(ctx))
    found.sort(key=lambda each: each.opened.assessment.employer.name)
    by_employer = [
        (name, list(lines))
        for name, lines in groupby(found, key=lambda each: each.opened.assessment.employer.name)
    ]
    return render_template(
        "assessments/home.html",
        employers=by_employer,
        yours=[line for line in found if line.yours and line.opened.may_answer],
        looked_after=people.looked_after(ctx),
        is_at_basw=bool(at_basw.permissions(ctx)),
        actions=plan_board.mine(ctx).counts,
        logos=employers.logos(ctx),
        teams_at=teams.at(ctx),
        caseloads=caseload_reports.ways(ctx),
        workload_waiting=decisions.waiting(ctx),
        has_own_load=workload.has_own(ctx),
    )


@blueprint.get("/assessments/<assessment_id>")
@signed_in
def tasks(assessment_id: str) -> ResponseReturnValue:
    """Show the task list of one health check."""
    ctx = context()
    opened, board = assessments.opened(ctx, assessment_id), assigning.board(ctx, assessment_id)
    shut = open_now.refusal(ctx, assessment_id) if opened.may_answer else ""
    if shut:
        opened = replace(opened, may_answer=False)
    (listed,) = _listed([opened], {assessment_id: board})
    return render_template(
        "assessments/tasks.html",
        tasks=listed,
        opened=listed.opened,
        logos=employers.logos(ctx),
        shut=shut,
        came_back=steps.came_back(ctx, opened.assessment),
        takes_caseloads=bool(caseload_figures.topics(ctx, opened)),
        may_publish=publications.may_publish(ctx, opened.assessment),
    )


def _listed(found: Sequence[Opened], boards: Mapping[str, Board]) -> list[Tasks]:
    officers = sign_off.waiting_for(context(), [each.assessment for each in found])
    return [
        _tasks(
            each,
            officers[each.assessment.employer.id],
            boards.get(each.assessment.id, Board()),
        )
        for each in found
    ]


def _tasks(opened: Opened, officers: tuple[str, ...], board: Board) -> Tasks:
    def done(questions: Iterable[Question]) -> Progress:
        return progress(opened.journey, questions, opened.problems)

    today = context().now.astimezone(UK).date()
    is_to_come = opened.assessment.state in STILL_TO_COME
    questionnaire, waiting = opened.questionnaire, set(carrying.waiting(opened))
    return Tasks(
        opened=opened,
        service=service_title(opened.assessment.service),
        days_left=days_left(opened.assessment.due, today) if is_to_come else None,
        whole=done(questionnaire.questions.values()),
        next_step=whats_next(opened.assessment.state, officers),
        board=board,
        sections=tuple(
            SectionLines(
                area,
                done(area.questions),
                tuple(
                    TopicLine(
                        topic,
                        done(topic.questions),
                        board.of(topic.id),
                        sum(question.id in waiting for question in topic.questions),
                    )
                    for topic in area.topics
                    if is_shown(opened, topic)
                ),
            )
            for area in questionnaire.sections
        ),
    )
