"""What weak answers propose: adopted as actions, or declined with a reason, on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from healthcheck.core.errors import NotReadyError, UnacceptableDetailsError
from healthcheck.core.facts import service_title
from healthcheck.core.proposals import Step
from healthcheck.core.steps import OPEN_TO_ANSWERS
from healthcheck.reports.notes import level_title
from healthcheck.reports.view_questions import pointers
from healthcheck.reports.words import count, listed
from healthcheck.services import proposals
from healthcheck.web.access import signed_in
from healthcheck.web.request import context

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from healthcheck.core.proposals import Proposal
    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.services.proposals import Board

blueprint = Blueprint("proposals", __name__)
ADDRESS = "/assessments/<assessment_id>/plan/proposals"
NOTHING: Mapping[str, str] = {}


@blueprint.get(ADDRESS)
@signed_in
def show(assessment_id: str) -> ResponseReturnValue:
    """Show every weak answer with what it proposes and what was decided."""
    return _draw(assessment_id)


@blueprint.post(f"{ADDRESS}/<question_id>/adopt")
@signed_in
def adopt(assessment_id: str, question_id: str) -> ResponseReturnValue:
    """Take the ticked steps into the plan as they are."""
    steps = {each for each in Step if each.name in request.form.getlist("step")}
    try:
        added = proposals.adopt(context(), assessment_id, question_id, _level(), steps)
    except (UnacceptableDetailsError, NotReadyError) as fault:
        return _draw(assessment_id, {f"{question_id}-step": str(fault)}, 422)
    said = listed([each.reference for each in added])
    flash(f"{said} {'is' if len(added) == 1 else 'are'} in the plan. Say who owns it.", "saved")
    return _back(assessment_id, question_id)


@blueprint.post(f"{ADDRESS}/<question_id>/decline")
@signed_in
def decline(assessment_id: str, question_id: str) -> ResponseReturnValue:
    """Say why there is no action for an answer."""
    reason = request.form.get("reason", "")
    try:
        proposals.decline(context(), assessment_id, question_id, _level(), reason)
    except (UnacceptableDetailsError, NotReadyError) as fault:
        return _draw(assessment_id, {f"{question_id}-reason": str(fault)}, 422)
    flash("The reason is kept.", "saved")
    return _back(assessment_id, question_id)


@blueprint.post(f"{ADDRESS}/<question_id>/take-back")
@signed_in
def take_back(assessment_id: str, question_id: str) -> ResponseReturnValue:
    """Take back the reason for no action."""
    proposals.take_back(context(), assessment_id, question_id)
    flash("The reason is taken back. The answer waits for an action again.", "saved")
    return _back(assessment_id, question_id)


def _level() -> int:
    """Return the level that the person read; one that no answer has when it is not told."""
    told = request.form.get("level", "")
    return int(told) if told.isdecimal() and len(told) < 4 else -1  # noqa: PLR2004 - a level


def _back(assessment_id: str, question_id: str) -> ResponseReturnValue:
    address = url_for("proposals.show", assessment_id=assessment_id)
    return redirect(f"{address}#question-{question_id}", 303)


def _draw(
    assessment_id: str, faults: Mapping[str, str] = NOTHING, status: int = 200
) -> ResponseReturnValue:
    board = proposals.board(context(), assessment_id)
    assessment = board.found.assessment
    html = render_template(
        "plans/proposals.html",
        board=board,
        assessment=assessment,
        service=service_title(assessment.service),
        numbers=pointers(board.opened.questionnaire),
        areas=_by_area(board),
        level_words=_level_words,
        left=_left(board),
        Step=Step,
        faults=faults,
        typed=request.form,
    )
    return html, status


def _by_area(board: Board) -> list[tuple[str, list[Proposal]]]:
    """Return the proposals under the numbered title of their area, areas without any left out."""
    found = {each.question.id: each for each in board.proposals}
    groups = [
        (f"{place}. {area.title}", [found[each.id] for each in area.questions if each.id in found])
        for place, area in enumerate(board.opened.questionnaire.areas, start=1)
    ]
    return [(title, group) for title, group in groups if group]


def _left(board: Board) -> str:
    """Return how many weak answers still wait, in a sentence."""
    if not board.proposals:
        return "No answer counts as weak so far, so nothing is proposed."
    many = len(board.to_settle)
    if not many:
        return "Every weak answer has an action, or a reason for none."
    waits = count(many, "weak answer waits", "weak answers wait")
    sentence = f"{waits} for an action, or a reason for none."
    is_open = board.found.assessment.state in OPEN_TO_ANSWERS
    return f"{sentence} Until then it cannot be sent." if is_open else sentence


def _level_words(questionnaire: Questionnaire, proposal: Proposal) -> str:
    """Return the level of a weak rating in words; blank for an answer that is no rating."""
    level = questionnaire.levels.get(proposal.level)
    return level_title(level) if level and proposal.advice else ""
