"""The public status pages: for each cycle, who has done the health check."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, jsonify, render_template, request, url_for

from healthcheck.core.facts import EMPLOYER_TYPES, NATIONS, SERVICES, service_title
from healthcheck.core.public_status import counts, missing
from healthcheck.reports.count_chart import count_chart
from healthcheck.reports.spreadsheets import Sheet, as_csv
from healthcheck.services import status
from healthcheck.web.access import public
from healthcheck.web.files import CSV, sent
from healthcheck.web.request import context

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue

    from healthcheck.core.public_status import Line
    from healthcheck.services.status import CycleStatus

blueprint = Blueprint("status", __name__)

ADDRESS = "/status/<questionnaire>/<cycle>"
COLUMNS = (
    ("Employer", 36),
    ("Type", 26),
    ("Nation", 18),
    ("Region", 26),
    ("Service", 22),
    ("Status", 16),
    ("Published report", 50),
    ("Safe levels of work", 50),
)
NOT_IN_IT = "Not in this cycle"


@blueprint.get("/status")
@public
def cycles() -> ResponseReturnValue:
    """List the cycles that have opened."""
    return render_template(
        "status/cycles.html", lines=status.cycles(context()), signed_in_as=context().person
    )


@blueprint.get(ADDRESS)
@public
def show(questionnaire: str, cycle: str) -> ResponseReturnValue:
    """Show every employer of a cycle with the status of each service."""
    found = _asked_for(questionnaire, cycle)
    counted = counts(found.lines)
    return render_template(
        "status/status.html",
        found=found,
        counts=counted,
        total=sum(many for _, many in counted),
        missing=missing(found.lines),
        chart=count_chart("Health checks by status", counted),
        nation=request.args.get("nation", ""),
        employer_type=request.args.get("type", ""),
        nations=NATIONS,
        types=EMPLOYER_TYPES,
        services=SERVICES,
        not_in_it=NOT_IN_IT,
        service_title=service_title,
        download=_download,
        signed_in_as=context().person,
    )


@blueprint.get(f"{ADDRESS}.csv")
@public
def as_table(questionnaire: str, cycle: str) -> ResponseReturnValue:
    """Send the same as CSV: one row for each employer and service."""
    found = _asked_for(questionnaire, cycle)
    rows = [row for line in found.lines for row in _rows(line)]
    name = f"status-{found.cycle.questionnaire}-{found.cycle.name}.csv"
    return sent(as_csv(Sheet("Status", COLUMNS, rows)), CSV, name)


@blueprint.get(f"{ADDRESS}.json")
@public
def as_json(questionnaire: str, cycle: str) -> ResponseReturnValue:
    """Send the same as JSON."""
    found = _asked_for(questionnaire, cycle)
    return jsonify(
        questionnaire=found.cycle.questionnaire,
        title=found.title,
        cycle=found.cycle.name,
        edition=found.cycle.edition,
        opens=found.cycle.opens.isoformat(),
        due=found.cycle.due.isoformat(),
        closes=found.cycle.closes.isoformat(),
        as_of=found.today.isoformat(),
        counts=dict(counts(found.lines)),
        employers=[
            {
                "name": line.employer.name,
                "type": line.employer.employer_type,
                "nation": line.employer.nation,
                "region": line.region,
                "safe_levels": _published("benchmarks.show", line.benchmark),
                "services": {
                    service: {
                        "status": each.word,
                        "published": _published("publications.show", each.address),
                    }
                    for service, each in line.statuses.items()
                },
            }
            for line in found.lines
        ],
    )


def _asked_for(questionnaire: str, cycle: str) -> CycleStatus:
    asked = request.args
    nation, employer_type = asked.get("nation", ""), asked.get("type", "")
    return status.status(context(), questionnaire, cycle, nation, employer_type)


def _download(endpoint: str) -> str:
    """Return the address of a download of exactly what the page shows."""
    asked = {name: given for name in ("nation", "type") if (given := request.args.get(name))}
    address = url_for(f"status.{endpoint}", **(request.view_args or {}))
    return f"{address}?{urlencode(asked)}" if asked else address


def _published(endpoint: str, address: str | None) -> str | None:
    """Return a public page's whole address on this installation, whatever the browser asked."""
    return context().site + url_for(endpoint, address=address) if address else None


def _rows(line: Line) -> Iterator[list[str]]:
    about = [
        line.employer.name,
        EMPLOYER_TYPES[line.employer.employer_type],
        NATIONS[line.employer.nation],
        line.region,
    ]
    levels = _published("benchmarks.show", line.benchmark) or ""
    for service in (*SERVICES, *line.others):
        each = line.statuses.get(service)
        word = each.word if each else NOT_IN_IT
        published = (each and _published("publications.show", each.address)) or ""
        yield [*about, service_title(service), word, published, levels]
