"""The board of a plan, one change of many actions, and the actions of whoever is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, session, url_for

from healthcheck.core import plan_filters as filters
from healthcheck.core.errors import ChangedMeanwhileError, UnacceptableDetailsError
from healthcheck.core.facts import service_title
from healthcheck.core.plan_board import GROUPINGS, Grouping, when
from healthcheck.core.plan_filters import DUE, NOBODY, NONE, STATUS, Filter
from healthcheck.services import calendars, plan_board
from healthcheck.web.access import signed_in
from healthcheck.web.forms.many_actions import ManyForm, blank, posted
from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from healthcheck.services.plan_board import Board

blueprint = Blueprint("plan_board", __name__)

A_PLAN = "/assessments/<assessment_id>/plan"
NEW_ADDRESS = "calendar_address"
"""The entry of the session that holds a calendar's new address until it was shown, once."""


@blueprint.get(A_PLAN)
@signed_in
def show(assessment_id: str) -> ResponseReturnValue:
    """Show the actions of a plan that are wanted, in groups."""
    board = _board(assessment_id)
    return render_template(
        "plan_board/board.html",
        board=board,
        assessment=board.assessment,
        service=service_title(board.assessment.service),
        said=filters.in_words(board.wanted, board.areas),
        choices=_choices(board),
        groupings=[(each.id, each.value) for each in Grouping],
        outputs=_outputs(board),
        when=when,
    )


@blueprint.get(f"{A_PLAN}/change-many")
@signed_in
def choose_many(assessment_id: str) -> ResponseReturnValue:
    """Show the open actions that are wanted, to give them another owner or due date."""
    board = plan_board.board_to_change(context(), assessment_id, asked_for())
    return _draw_many(board, blank())


@blueprint.post(f"{A_PLAN}/change-many")
@signed_in
def change_many(assessment_id: str) -> ResponseReturnValue:
    """Give the chosen actions another owner or due date."""
    board = plan_board.board_to_change(context(), assessment_id, asked_for())
    form = posted(request.form)
    if form.problems:
        return _draw_many(board, form), 422
    try:
        changed = plan_board.change_many(
            context(), assessment_id, form.chosen, form.change, form.reason
        )
    except (UnacceptableDetailsError, ChangedMeanwhileError) as error:
        form.problems["chosen"] = str(error)
        return _draw_many(board, form), 409 if isinstance(error, ChangedMeanwhileError) else 422
    flash(f"{changed} {'action' if changed == 1 else 'actions'} changed.", "done")
    return redirect(_with(url_for(".show", assessment_id=assessment_id), board.wanted), 303)


@blueprint.get("/my-actions")
@signed_in
def mine() -> ResponseReturnValue:
    """Show the actions of whoever is signed in."""
    ctx = context()
    return render_template(
        "plan_board/mine.html",
        mine=plan_board.mine(ctx),
        calendar_since=calendars.made_at(ctx),
        new_address=session.pop(NEW_ADDRESS, ""),
        service_title=service_title,
        when=when,
    )


def asked_for() -> Filter:
    """Return which actions the address asks for. Raises UnacceptableDetailsError."""
    return filters.read(request.args)


def _board(assessment_id: str) -> Board:
    by = GROUPINGS.get(request.args.get("by", ""), Grouping.DUE)
    return plan_board.board(context(), assessment_id, asked_for(), by)


def _choices(board: Board) -> tuple[tuple[str, str, list[tuple[str, str]]], ...]:
    """Return each part of the filter: its name in an address, on the page, and what it offers."""
    return (
        ("owner", "Owner", [*((each, each) for each in board.owners), (NOBODY, "Nobody yet")]),
        ("team", "Team", [*((each, each) for each in board.teams), (NONE, "No team")]),
        ("area", "Area", [*board.areas.items(), (NONE, "Not in one area")]),
        ("due", "Due", [*DUE.items()]),
        ("status", "Status", [*STATUS.items()]),
    )


def _outputs(board: Board) -> list[tuple[str, str]]:
    """Return where exactly the actions shown can be had in another form: address and words."""
    plan = url_for(".show", assessment_id=board.assessment.id)
    found = [
        (_with(f"{plan}/print", board.wanted, by=board.by.id), "Print exactly this"),
        (_with(f"{plan}.xlsx", board.wanted), "Excel"),
        (_with(f"{plan}.csv", board.wanted), "CSV"),
        (_with(f"{plan}.ics", board.wanted), "Calendar file"),
    ]
    if board.may_change:
        change = _with(f"{plan}/change-many", board.wanted)
        found.insert(0, (change, "Change owner or date of several"))
    return found


def _with(address: str, wanted: Filter, **more: str) -> str:
    said = more | filters.query(wanted)
    return f"{address}?{urlencode(said)}" if said else address


def _draw_many(board: Board, form: ManyForm) -> str:
    return render_template(
        "plan_board/change_many.html",
        board=board,
        actions=board.open_here,
        assessment=board.assessment,
        service=service_title(board.assessment.service),
        people=plan_board.people_of(context(), board.assessment),
        said=filters.in_words(board.wanted, board.areas),
        back=_with(url_for(".show", assessment_id=board.assessment.id), board.wanted),
        form=form,
        when=when,
    )
