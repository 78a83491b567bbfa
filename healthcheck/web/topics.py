"""Answering: one page a topic, saved by a button or by itself, never over a colleague's words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)

from healthcheck.core.carrying import gives_an_answer
from healthcheck.core.permissions import Permission, can
from healthcheck.core.questionnaires import Calculated
from healthcheck.core.whats_next import whats_next
from healthcheck.reports.view_questions import value_words
from healthcheck.services import (
    assessments,
    assigning,
    attachments,
    caseload_figures,
    open_now,
    sign_off,
)
from healthcheck.services.attachments import Upload
from healthcheck.web.access import signed_in
from healthcheck.web.errors import wants_json
from healthcheck.web.filters import clock
from healthcheck.web.forms import posted
from healthcheck.web.forms.clash import ClashForm
from healthcheck.web.question_blocks import figure_block, question_block
from healthcheck.web.request import context
from healthcheck.web.topic_pages import TopicPage, entry_fields, entry_words, topic_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from healthcheck.core.accounts import Person
    from healthcheck.core.assigning import Board
    from healthcheck.core.questionnaires import Topic
    from healthcheck.core.saving import Offered
    from healthcheck.services.assessments import SaveOutcome
    from healthcheck.services.shelf import Opened

blueprint = Blueprint("topics", __name__)


@blueprint.get("/assessments/<assessment_id>/topics/<topic_id>")
@signed_in
def show(assessment_id: str, topic_id: str) -> ResponseReturnValue:
    """Show a topic's questions with what is saved so far."""
    ctx = context()
    opened, board = assessments.opened(ctx, assessment_id), assigning.board(ctx, assessment_id)
    people = () if board.may_answer(topic_id) else board.of(topic_id)
    shut = _shut(opened, board)
    if people or shut:
        opened = replace(opened, may_answer=False)
    return _draw(topic_page(opened, topic_id), people=people, shut=shut)


@blueprint.post("/assessments/<assessment_id>/topics/<topic_id>")
@signed_in
def save(assessment_id: str, topic_id: str) -> ResponseReturnValue:
    """Save what was entered, valid or not, then go where the button says."""
    ctx = context()
    page = topic_page(assessments.opened(ctx, assessment_id), topic_id)
    questions = page.topic.questions
    choices = ClashForm(
        posted.offered(questions, request.form, request.form.get("clear")), request.form
    )
    uploads = {
        question_id: [Upload(file.filename or "", file.read()) for file in files]
        for question_id, files in posted.uploads(questions, request.files).items()
    }
    outcome = assessments.save_topic(
        ctx,
        assessment_id,
        topic_id,
        choices.offered,
        uploads,
        _destination(page).id,
        confirm=_confirmed(page),
    )
    beside = request.form.get("confirm") or request.form.get("clear")
    if "remove" in request.form:
        beside = attachments.remove_attachment(ctx, assessment_id, request.form["remove"])
        outcome = replace(outcome, opened=assessments.opened(ctx, assessment_id))
    if wants_json():
        return _saved_by_itself(page, outcome)
    if outcome.clashes:
        return _choose(page, outcome, choices)
    return _go_on(page, outcome, beside, is_kept=_is_kept(page, choices.offered))


def _draw(
    page: TopicPage, status: int = 200, people: tuple[Person, ...] = (), shut: str = ""
) -> ResponseReturnValue:
    """Draw a topic's page; `people` are those it is assigned to when others only read it.

    `shut` says why nobody can answer now, to a person whose role would let them.
    """
    html = render_template(
        "topics/topic.html",
        page=page,
        opened=page.opened,
        question_block=question_block,
        people=people,
        shut=shut,
        takes_caseloads=page.topic.id in caseload_figures.topics(context(), page.opened),
    )
    return html, status


def _shut(opened: Opened, board: Board) -> str:
    """Say why nobody can answer now; blank when they can, or the reader's role never lets them."""
    ctx, assessment = context(), opened.assessment
    if opened.may_answer:
        return open_now.refusal(ctx, assessment.id)
    if not can(board.roles, Permission.ANSWER):
        return ""
    officers = sign_off.waiting_for(ctx, [assessment])[assessment.employer.id]
    return (
        f"This health check is now “{assessment.state.value}”, so you can read these answers but"
        f" not change them. {whats_next(assessment.state, officers)}"
    )


def _destination(page: TopicPage) -> Topic:
    """Return the topic that the button pressed leads to."""
    neighbours = {"continue": page.after, "back": page.before}
    return neighbours.get(request.form.get("go", "")) or page.topic


def _confirmed(page: TopicPage) -> tuple[str, ...]:
    """Return the questions whose answer of last year the button pressed says is still true."""
    if "confirm-all" in request.form:
        return page.offered
    return tuple(request.form.getlist("confirm"))


def _is_kept(page: TopicPage, offered: Mapping[str, Offered]) -> bool:
    """Say whether the button pressed kept an answer of last year; one typed instead of it wins."""
    return any(
        name not in offered or not gives_an_answer(offered[name].entry) for name in _confirmed(page)
    )


def _go_on(
    page: TopicPage, outcome: SaveOutcome, beside: str | None, *, is_kept: bool
) -> ResponseReturnValue:
    """Go where the button leads; one that stands `beside` a question, back to that question."""
    now = topic_page(outcome.opened, page.topic.id, outcome.refused_files)
    go = request.form.get("go", "")
    if now.errors and go != "list":
        return _draw(now, 422)
    _tell_figures(page, now)
    _tell_confirmed(now, is_kept=is_kept)
    opened_up = _newly_shown(page, now)
    if opened_up and go == "continue":
        flash("Your answer opened another question on this page.", "saved")
        return redirect(f"{_address(now, now.topic)}#question-{opened_up[0]}", 303)
    if go == "list":
        return redirect(_tasks(now), 303)
    if go == "continue" and now.after is None:
        assessment_id = now.opened.assessment.id
        return redirect(url_for("answers.check", assessment_id=assessment_id), 303)
    is_here = beside in {question.id for question in page.topic.questions}
    to = f"#question-{beside}" if is_here else ""
    return redirect(_address(now, _destination(now)) + to, 303)


def _address(page: TopicPage, topic: Topic) -> str:
    return url_for("topics.show", assessment_id=page.opened.assessment.id, topic_id=topic.id)


def _tasks(page: TopicPage) -> str:
    return url_for("assessments.tasks", assessment_id=page.opened.assessment.id)


def _newly_shown(before: TopicPage, now: TopicPage) -> list[str]:
    return [
        question.id
        for question in now.topic.questions
        if now.opened.journey[question.id].is_visible
        and not before.opened.journey[question.id].is_visible
    ]


def _tell_figures(before: TopicPage, now: TopicPage) -> None:
    """Say on the next page what the figures just saved work out to."""
    for question in now.topic.questions:
        value = now.opened.journey[question.id].value
        if not isinstance(question, Calculated) or value is None:
            continue
        if value != before.opened.journey[question.id].value:
            flash(f"{question.text}: {value_words(question, value)}", "figure")


def _tell_confirmed(now: TopicPage, *, is_kept: bool) -> None:
    """Say on the next page that what was confirmed is this year's answer, or what was typed is."""
    last = now.opened.last
    if last is not None and ("confirm" in request.form or "confirm-all" in request.form):
        left = f" {len(now.offered)} more on this page to confirm." if now.offered else ""
        saved = f": still true as in {last.cycle}" if is_kept else " what you typed"
        flash(f"Saved{saved}.{left}", "saved")


def _choose(page: TopicPage, outcome: SaveOutcome, choices: ClashForm) -> ResponseReturnValue:
    html = render_template(
        "topics/clash.html",
        page=page,
        opened=outcome.opened,
        clashes=outcome.clashes,
        undecided=choices.undecided,
        entry_words=entry_words,
        entry_fields=entry_fields,
    )
    return html, 409


def _saved_by_itself(page: TopicPage, outcome: SaveOutcome) -> ResponseReturnValue:
    """Answer the script: when it was saved, what is shown now, what needs attention."""
    opened = outcome.opened
    journey = {question.id: opened.journey[question.id] for question in page.topic.questions}
    now = topic_page(opened, page.topic.id)
    return jsonify(
        saved_at=clock(context().now),
        revisions={name: opened.saved[name].revision for name in journey if name in opened.saved},
        visible=[name for name, standing in journey.items() if standing.is_visible],
        figures={
            name: figure_block(now, standing.question)
            for name, standing in journey.items()
            if isinstance(standing.question, Calculated)
        },
        offered=now.offered,
        answered=now.done.answered,
        of=now.done.of,
        clashes=[clash.question_id for clash in outcome.clashes],
    )
