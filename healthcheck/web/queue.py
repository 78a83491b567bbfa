"""BASW's queue: a table to filter, sort, search and download, with its state in the address."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, render_template, request, url_for

from healthcheck.core import queue as core
from healthcheck.core.facts import EMPLOYER_TYPES, NATIONS, service_title
from healthcheck.core.queue import MISSING, NOBODY, SORTS, Wanted
from healthcheck.core.steps import State
from healthcheck.reports import spreadsheets
from healthcheck.reports.spreadsheets import Sheet
from healthcheck.services import queue
from healthcheck.web.access import signed_in
from healthcheck.web.files import CSV, XLSX, sent
from healthcheck.web.filters import UK
from healthcheck.web.request import context

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from flask.typing import ResponseReturnValue

    from healthcheck.core.queue import Line
    from healthcheck.reports.sheet_parts import Cell
    from healthcheck.services.queue import Queue

blueprint = Blueprint("queue", __name__)

HEADINGS = {
    "employer": "Employer",
    "service": "Service",
    "status": "Status",
    "deadline": "Deadline",
    "reviewer": "Reviewer",
    "beside": "Its other services",
    "activity": "Last activity",
    "nation": "Nation",
    "type": "Type",
}
ORDERS = {
    "status": ("first step first", "last step first"),
    "deadline": ("soonest first", "latest first"),
    "activity": ("oldest first", "newest first"),
}
"""How each column's two orders are called; the others run from A to Z and back."""
COLUMNS = (
    ("Employer", 36),
    ("Type", 26),
    ("Nation", 18),
    ("Service", 22),
    ("Reference", 18),
    ("Status", 26),
    ("Due", 14),
    ("Days left", 10),
    ("Days overdue", 13),
    ("Last activity", 14),
    ("Reviewer", 24),
    ("Its other services", 44),
)


@blueprint.get("/basw/queue")
@signed_in
def show() -> ResponseReturnValue:
    """Show where every employer and service of a cycle stands."""
    found, wanted = _asked_for()
    page = core.page_of(found.lines, wanted.page)
    return render_template(
        "queue/queue.html",
        queue=found,
        page=page,
        wanted=wanted,
        headings=HEADINGS,
        order=ORDERS.get(wanted.column, ("A to Z", "Z to A"))[wanted.is_descending],
        choices=_choices(found),
        address=lambda **changes: address(found, wanted, **changes),
        query=query(found, wanted),
        to_sort=lambda column: address(found, wanted.by(column)),
        titles=_titles(found),
        nations=NATIONS,
        types=EMPLOYER_TYPES,
        activity=_day,
    )


@blueprint.get("/basw/queue.csv")
@signed_in
def as_csv() -> ResponseReturnValue:
    """Send the lines that are wanted as CSV."""
    found, _ = _asked_for()
    return sent(spreadsheets.as_csv(_sheet(found)), CSV, "queue.csv")


@blueprint.get("/basw/queue.xlsx")
@signed_in
def as_workbook() -> ResponseReturnValue:
    """Send the lines that are wanted as an Excel workbook."""
    found, _ = _asked_for()
    return sent(spreadsheets.as_workbook(_sheet(found)), XLSX, "queue.xlsx")


def address(found: Queue, wanted: Wanted, endpoint: str = "queue.show", **changes: object) -> str:
    """Return the address of a queue like this one, but for these changes."""
    changed = query(found, replace(wanted, **changes))  # type: ignore[arg-type] # of our templates
    return _with(url_for(endpoint), changed)


def query(found: Queue, wanted: Wanted) -> dict[str, str]:
    """Return what a queue's address says after its question mark; what is usual is left out."""
    usual, said = Wanted(), {}
    if found.round is not None and found.round != next(iter(found.rounds), None):
        said["cycle"] = f"{found.round.questionnaire}:{found.round.name}"
    for each in fields(Wanted):
        value = getattr(wanted, each.name)
        if value != getattr(usual, each.name):
            said[each.name] = "yes" if value is True else str(value)
    return said


def back_to(said: str) -> str:
    """Return the address of the queue that a form was sent from; never one of another place."""
    return _with(url_for("queue.show"), dict(parse_qsl(said)))


def _with(path: str, said: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(said)}" if said else path


def _asked_for() -> tuple[Queue, Wanted]:
    asked: Mapping[str, str] = request.args
    questionnaire, _, cycle = asked.get("cycle", "").partition(":")
    sort, page = asked.get("sort", "employer"), asked.get("page", "1")
    wanted = Wanted(
        status=asked.get("status", ""),
        nation=asked.get("nation", ""),
        employer_type=asked.get("employer_type", ""),
        service=asked.get("service", ""),
        reviewer=asked.get("reviewer", ""),
        overdue=asked.get("overdue") == "yes",
        name=asked.get("name", ""),
        sort=sort if sort.removeprefix("-") in SORTS else "employer",
        page=int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1,  # noqa: PLR2004 - digits enough
    )
    return queue.queue(context(), questionnaire, cycle, wanted), wanted


def _choices(found: Queue) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return each filter: its name in the address, its label, and what can be chosen."""
    services = sorted({line.service for line in found.everything}, key=service_title)
    return [
        (
            "status",
            "Status",
            [*((state.name, state.value) for state in State), ("MISSING", MISSING)],
        ),
        ("service", "Service", [(each, service_title(each)) for each in services]),
        ("nation", "Nation", list(NATIONS.items())),
        ("employer_type", "Type of employer", list(EMPLOYER_TYPES.items())),
        ("reviewer", "Reviewer", [(NOBODY, "Nobody yet"), *found.reviewers]),
    ]


def _titles(found: Queue) -> list[tuple[str, str]]:
    """Return every cycle as the value and the words of a choice."""
    many = len({each.questionnaire for each in found.rounds}) > 1
    return [
        (
            f"{each.questionnaire}:{each.name}",
            f"{each.name} ({each.questionnaire.replace('-', ' ')})" if many else each.name,
        )
        for each in found.rounds
    ]


def _day(value: date) -> str:
    """Return a day, or the day of a moment in the United Kingdom, in short."""
    day = value.astimezone(UK) if isinstance(value, datetime) else value
    return f"{day:%-d %b %Y}"


def _sheet(found: Queue) -> Sheet:
    return Sheet("Queue", COLUMNS, [_row(found, line) for line in found.lines])


def _row(found: Queue, line: Line) -> list[Cell]:
    days = line.days(found.today)
    return [
        line.employer.name,
        EMPLOYER_TYPES[line.employer.employer_type],
        NATIONS[line.employer.nation],
        line.service_title,
        line.reference,
        line.status,
        line.due,
        days if days is not None and days >= 0 else None,
        -days if days is not None and days < 0 else None,
        None if line.active_at is None else line.active_at.astimezone(UK).date(),
        line.reviewer,
        ", ".join(line.beside),
    ]
