"""Both versions of an action that somebody changed meanwhile, with what was written kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flask import render_template, request

from healthcheck.core.plan_changes import said

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from healthcheck.core.assessments import Assessment
    from healthcheck.core.errors import ChangedMeanwhileError
    from healthcheck.core.plans import Details, Progress
    from healthcheck.web.forms.plans import ProgressForm


class Mine(NamedTuple):
    """What the person wrote, beside what is there now."""

    details: Details
    progress: Progress


class Where(NamedTuple):
    """The health check, where mine is saved to, and the page of what is saved now."""

    assessment: Assessment
    save_to: str
    keep: str


def is_to_edit() -> bool:
    """Say whether the person wants to go on writing after they saw a colleague's version."""
    return request.form.get("go") == "edit"


def progress_clash(
    where: Where, form: ProgressForm, stale: ChangedMeanwhileError
) -> ResponseReturnValue:
    """Show both versions of an action's progress, with mine kept on the page."""
    mine = Mine(stale.action.details, form.progress())
    return clash(where, stale, mine, form.hidden(), form.note)


def clash(
    where: Where,
    stale: ChangedMeanwhileError,
    mine: Mine,
    hidden: list[tuple[str, str]],
    note: str = "",
) -> ResponseReturnValue:
    """Show both versions of an action; `hidden` are the fields that save mine."""
    now = stale.action
    yours = said(mine.details, mine.progress)
    theirs = said(now.details, now.progress)
    page = render_template(
        "plans/clash.html",
        assessment=where.assessment,
        action=now,
        rows=[(part, theirs[part], text) for part, text in yours.items() if text != theirs[part]],
        hidden=hidden,
        save_to=where.save_to,
        keep=where.keep,
        note=note,
    )
    return page, 409
