"""The plan's papers as HTML, drawn from `report_templates/`; each page is whole in itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from healthcheck.reports import words
from healthcheck.reports.html import LONGEST_IN_HEADER, template
from healthcheck.reports.plan_groups import owner_pack, plan_by_area, plan_by_due, sheets
from healthcheck.reports.plan_poster import poster
from healthcheck.reports.plan_summary import board

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.reports.plan_parts import Form, Heading
    from healthcheck.reports.plan_view import PlanSources
    from healthcheck.reports.view_model import Report

FORMS: dict[Form, str] = {
    "whole": "The whole plan, by area",
    "by-due": "The whole plan, by due date",
    "owners": "A page for each owner, with boxes to tick and room to write",
    "sheets": "A sheet for each action, with everything on it and lines to sign",
    "board": "A summary on one page, for elected members",
    "poster": "“You said, we did”, a poster for staff",
}
"""The papers there are, by the name that addresses and commands use, and how people know them."""


def paper(form: Form, sources: PlanSources, report: Callable[[], Report]) -> str:
    """Return a paper as one self-contained page; `report` is asked for the scores where needed."""
    match form:
        case "whole":
            return _drawn("plan_whole", plan_by_area(sources))
        case "by-due":
            return _drawn("plan_whole", plan_by_due(sources))
        case "owners":
            return _drawn("plan_owners", owner_pack(sources))
        case "sheets":
            return _drawn("plan_sheets", sheets(sources))
        case "board":
            return _drawn("plan_board", board(sources, report()))
        case "poster":
            return _drawn("plan_poster", poster(sources))
        case _ as unhandled:
            assert_never(unhandled)


def running(heading: Heading, after: str = "") -> str:
    """Return the line at the head of a page: whose plan it is, and what stands on the page."""
    employer = words.shortened(heading.employer, LONGEST_IN_HEADER)
    whose = ", ".join(filter(None, [employer, heading.service, heading.cycle]))
    return f"{whose}: {words.shortened(after, LONGEST_IN_HEADER)}" if after else whose


def _drawn(name: str, paper: object) -> str:
    return template(f"{name}.html.jinja").render(paper=paper, running=running)
