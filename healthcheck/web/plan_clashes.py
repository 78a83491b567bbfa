"""Both versions of an action that somebody changed meanwhile, with what was written kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from flask import render_template, request

from healthcheck.core.plan_changes import said
from healthcheck.web.forms.plans import of_progress

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    now = stale.action
    mine = Mine(now.details, form.progress())
    note_alone = replace(of_progress(now.progress, now.revision), note=form.note).hidden()
    return clash(where, stale, mine, form.hidden(), form.note, note_alone)


def clash(  # noqa: PLR0913, PLR0917 - a page with all that can be chosen on it
    where: Where,
    stale: ChangedMeanwhileError,
    mine: Mine,
    hidden: list[tuple[str, str]],
    note: str = "",
    note_alone: Sequence[tuple[str, str]] = (),
) -> ResponseReturnValue:
    """Show both versions of an action; `hidden` are the fields that save mine.

    `note_alone` are those that add the note and leave the rest as it is now.
    """
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
        note_alone=note_alone,
    )
    return page, 409
