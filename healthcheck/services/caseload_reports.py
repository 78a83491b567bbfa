"""Reports of an excessive caseload for those who must act on them, and counts for everybody else.

A report is seen by the managers of its team (without any, by the leads), and by the accountable
officers once it was late. One with a name stays with those who were told of it; when none of them
is left it goes to the accountable officers, and not to a lead who took the manager's role away. To
everybody else, BASW's people too, it looks as if it were not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core import caseload_reports as core
from healthcheck.core import caseload_rules as rules
from healthcheck.core.errors import NotFoundError, StepRefusedError, UnacceptableDetailsError
from healthcheck.core.permissions import Permission, can
from healthcheck.services import caseload_settings, caseload_telling
from healthcheck.services.open_now import today
from healthcheck.services.permissions import permitted_at
from healthcheck.storage import caseload_reports as stored
from healthcheck.storage import roles

if TYPE_CHECKING:
    from datetime import date

    from healthcheck.core.accounts import Employer, Person
    from healthcheck.core.caseload_counts import Counts
    from healthcheck.core.caseload_reports import Report
    from healthcheck.services.context import Context

NO_SUCH_REPORT = "There is no report here that you can open."
OPENED_AGAIN = (
    "Nothing was saved: there was an answer, and the report was opened again after you opened this"
    " page. Read what is still wrong, then send your answer."
)


@dataclass(frozen=True, slots=True)
class Listed:
    """The reports at an employer that one must act on: those that wait, and those answered."""

    employer: Employer
    today: date
    waiting: tuple[Report, ...]
    answered: tuple[Report, ...]
    may_set: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A report as somebody who must act on it sees it; `others` must act on it as well."""

    report: Report
    today: date
    others: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """What somebody can do at one employer: make reports, and answer so many that wait."""

    employer: Employer
    address: str
    may_answer: bool
    may_set: bool
    waiting: int


def listed(ctx: Context, employer_id: str) -> Listed:
    """Return the reports at an employer that the person must act on, the oldest first.

    Raises NotSignedInError, NotFoundError and NotAllowedError.
    """
    with ctx.store.reading():
        employer = permitted_at(ctx, employer_id, Permission.ANSWER_CASELOADS)
        found = _to_act_on(ctx, (employer_id,))
        held = roles.at_employer(ctx.store, ctx.someone().id, employer_id)
        return Listed(
            employer,
            today(ctx),
            tuple(each for each in found if each.is_open),
            tuple(each for each in reversed(found) if not each.is_open),
            can(held, Permission.SET_UP_TEAMS),
        )


def seen(ctx: Context, employer_id: str, report_id: str) -> Seen:
    """Return a report to somebody who must act on it.

    Raises NotSignedInError, NotFoundError and NotAllowedError.
    """
    permitted_at(ctx, employer_id, Permission.ANSWER_CASELOADS)
    report, person, day = stored.find(ctx.store, report_id), ctx.someone(), today(ctx)
    shown = core.passed_on(report, day) if report is not None else None
    if shown is None or shown.employer.id != employer_id:
        raise NotFoundError(NO_SUCH_REPORT)
    people = core.must_act(caseload_telling.staff(ctx, shown), shown, day)
    if person not in people:
        raise NotFoundError(NO_SUCH_REPORT)
    return Seen(shown, day, tuple(each for each in people if each != person))


def answer(
    ctx: Context, employer_id: str, report_id: str, text: str, of_round: int | None = None
) -> Report:
    """Say what will change; who made the report with their name is told that there is an answer.

    `of_round` is the round that the page showed, None for a caller without a page. Raises as `seen`
    does, UnacceptableDetailsError also when the report was opened again since, and StepRefusedError
    when it has an answer.
    """
    said = rules.answer(text)
    with ctx.store.writing():
        report = seen(ctx, employer_id, report_id).report
        if not report.is_open:
            raise StepRefusedError(
                f"Nothing was saved. {report.reference} has an answer already: open it to read it."
            )
        if of_round not in {None, report.round}:
            raise UnacceptableDetailsError(OPENED_AGAIN)
        stored.answer(ctx.store, report, said, ctx.someone().id, today(ctx))
        caseload_telling.note(ctx, "caseload report answered", report, ctx.someone().id)
        caseload_telling.tell_of_answer(ctx, report)
    return report


def ways(ctx: Context) -> tuple[Way, ...]:
    """Return what the person can do at each employer of theirs, in a fixed number of queries.

    Raises NotSignedInError.
    """
    found = roles.employers_of(ctx.store, ctx.someone().id)
    answering = [one.id for one, held in found if can(held, Permission.ANSWER_CASELOADS)]
    addresses = stored.addresses(ctx.store, [one.id for one, _ in found])
    open_ = [each for each in _to_act_on(ctx, tuple(answering)) if each.is_open]
    return tuple(
        Way(
            one,
            addresses[one.id],
            one.id in answering,
            can(held, Permission.SET_UP_TEAMS),
            sum(each.employer == one for each in open_),
        )
        for one, held in found
        if can(held, Permission.REPORT_CASELOAD)
    )


def counts(ctx: Context, employer_id: str, service: str, since: date, until: date) -> Counts:
    """Return how many reports a service had from one day until another, for its figures.

    Never whose. Before anybody can read them in public, `core.caseload_counts.shown` hides what is
    small. For those who read the employer's health checks: raises NotSignedInError, NotFoundError
    and NotAllowedError.
    """
    employer = permitted_at(ctx, employer_id, Permission.READ)
    return caseload_settings.count(ctx, employer.id, service, since, until)


def who_answers(ctx: Context, report: Report) -> tuple[Person, ...]:
    """Return who must answer a report, for its maker to know; checks nothing."""
    return core.responsible(caseload_telling.staff(ctx, report), report)


def _to_act_on(ctx: Context, employer_ids: tuple[str, ...]) -> tuple[Report, ...]:
    if not employer_ids:
        return ()
    person, day = ctx.someone(), today(ctx)
    staffs = caseload_telling.staffs(ctx, employer_ids)
    every = (core.passed_on(each, day) for each in stored.of_employers(ctx.store, employer_ids))
    return tuple(
        each for each in every if each and person in core.must_act(staffs.of(each), each, day)
    )
