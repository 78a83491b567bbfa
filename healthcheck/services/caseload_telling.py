"""Who is told of a report of an excessive caseload: those who must answer, and when it is late.

No message says who made a report, what it says or of which team it is: messages are kept, and go
through other people's machines. A report without a name is passed on by `remind`, from the day
after it was made, so that neither a message nor an event tells its time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core import caseload_reports as core
from healthcheck.core.caseload_reports import Staff
from healthcheck.core.messages import Kind
from healthcheck.core.permissions import Role
from healthcheck.services import messages
from healthcheck.services.open_now import today
from healthcheck.storage import caseload_reports as stored
from healthcheck.storage import events, roles

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from healthcheck.core.accounts import Person
    from healthcheck.core.caseload_reports import Report
    from healthcheck.services.context import Context

A_REPORT = "/employers/{}/caseload-reports/{}"
OWN_REPORT = "/my-caseload-reports/{}"


@dataclass(frozen=True, slots=True)
class Staffs:
    """Who could have to act on the reports of some employers."""

    managers: Mapping[str, tuple[Person, ...]]
    leads: Mapping[str, tuple[Person, ...]]
    officers: Mapping[str, tuple[Person, ...]]

    def of(self, report: Report) -> Staff:
        """Return who could have to act on one of the reports."""
        return Staff(
            self.managers.get(report.team_id or "", ()),
            self.leads[report.employer.id],
            self.officers[report.employer.id],
        )


def staffs(ctx: Context, employer_ids: Collection[str]) -> Staffs:
    """Return who could have to act at these employers, in three queries."""
    return Staffs(
        stored.managers(ctx.store, employer_ids),
        roles.holders_at(ctx.store, employer_ids, Role.LEAD),
        roles.holders_at(ctx.store, employer_ids, Role.ACCOUNTABLE_OFFICER),
    )


def staff(ctx: Context, report: Report) -> Staff:
    """Return who could have to act on one report."""
    return staffs(ctx, [report.employer.id]).of(report)


def pass_on(ctx: Context, report: Report) -> int:
    """Tell those who must answer that a report waits, inside the caller's transaction.

    Returns how many messages are queued. The event names nobody.
    """
    people = core.responsible(staff(ctx, report), report)
    stored.told(ctx.store, report)
    return _tell(ctx, "caseload report passed on", people, report)


def tell_of_answer(ctx: Context, report: Report) -> None:
    """Tell who made a report with their name that there is an answer; nobody else can be told."""
    person = report.raised_by
    if person is not None and "@" in person.email:
        messages.queue(
            ctx,
            Kind.CASELOAD_ANSWERED,
            person.email,
            employer=report.employer.name,
            reference=report.reference,
            path=OWN_REPORT.format(report.id),
        )


def remind(ctx: Context) -> int:
    """Pass on what was made without a name, what others have to answer now, and what is late.

    What is late goes to the accountable officer. Returns how many messages are queued. Each report
    is dealt with in a transaction of its own that also notes it, so nobody is told twice. Raises
    BusyError and NoRoomError.
    """
    queued = 0
    waiting = stored.waiting(ctx.store)
    known = staffs(ctx, {each.employer.id for each in waiting})
    for each in waiting:
        if _is_due(ctx, known.of(each), each):
            with ctx.store.writing():
                queued += _remind_of(ctx, each.id)
    return queued


def note(ctx: Context, kind: str, report: Report, person_id: str | None = None) -> None:
    """Write an event about a report; its maker is never the person of one."""
    events.add(
        ctx.store,
        kind,
        ctx.now,
        person_id=person_id,
        employer_id=report.employer.id,
        detail={"report": report.id},
    )


def _is_due(ctx: Context, there: Staff, report: Report) -> bool:
    day = today(ctx)
    return (
        core.needs_telling(report, day)
        or core.needs_escalating(report, day)
        or bool(core.not_told(there, report))
    )


def _remind_of(ctx: Context, report_id: str) -> int:
    report, day, queued = stored.find(ctx.store, report_id), today(ctx), 0
    if report is None:  # pragma: no cover - a report never goes
        return 0
    if core.needs_telling(report, day):
        queued += pass_on(ctx, report)
    there = staff(ctx, report)
    if core.needs_escalating(report, day):
        people = core.escalated_to(there, report)
        stored.escalated(ctx.store, report)
        note(ctx, "caseload report escalated", report)
        queued += _queue(ctx, Kind.CASELOAD_LATE, people, report)
    elif people := core.not_told(there, report):
        queued += _tell(ctx, "caseload report handed over", people, report)
    return queued


def _tell(ctx: Context, event: str, people: Collection[Person], report: Report) -> int:
    """Tell these people that a report waits; with whom one with a name stays is kept."""
    if report.raised_by is not None:
        stored.shown(ctx.store, report, people)
    note(ctx, event, report)
    return _queue(ctx, Kind.CASELOAD_REPORTED, people, report)


def _queue(ctx: Context, kind: Kind, people: Collection[Person], report: Report) -> int:
    for person in people:
        messages.queue(
            ctx,
            kind,
            person.email,
            employer=report.employer.name,
            reference=report.reference,
            due=report.due,
            duty="first" if report.round == 1 else "again",
            path=A_REPORT.format(report.employer.id, report.id),
        )
    return len(people)
