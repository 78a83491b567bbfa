"""How an employer takes reports of an excessive caseload: its days, its address, its record.

What is counted here may be read by anybody, so small numbers are not told, to the lead neither.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING

from healthcheck.core import caseload_counts, caseload_reports, caseload_rules
from healthcheck.core.permissions import Permission
from healthcheck.services import public_pages
from healthcheck.services.open_now import today
from healthcheck.services.permissions import permitted_at
from healthcheck.storage import caseload_reports as stored
from healthcheck.storage import events

if TYPE_CHECKING:
    from healthcheck.core.accounts import Employer
    from healthcheck.core.caseload_counts import Counts, Shown
    from healthcheck.services.context import Context
    from healthcheck.storage.events import Detail

LETTERS_OF_AN_ADDRESS = 10


@dataclass(frozen=True, slots=True)
class Settings:
    """The days an employer states; its address for reports without a name; its last year.

    `is_usual` when it stated no days of its own.
    """

    employer: Employer
    address: str
    days: int
    is_usual: bool
    last_year: Shown


def of(ctx: Context, employer: Employer) -> Settings:
    """Return how an employer takes reports, for anybody who may make one; checks nothing."""
    address, days = stored.settings(ctx.store, employer.id)
    since, until = caseload_counts.year_before(today(ctx))
    return Settings(
        employer,
        address,
        days or caseload_reports.USUAL_DAYS,
        days is None,
        caseload_counts.shown(count(ctx, employer.id, None, since, until)),
    )


def settings(ctx: Context, employer_id: str) -> Settings:
    """Return the same to who may change it: the lead.

    Raises NotSignedInError, NotFoundError and NotAllowedError.
    """
    return of(ctx, permitted_at(ctx, employer_id, Permission.SET_UP_TEAMS))


def set_days(ctx: Context, employer_id: str, typed: str) -> None:
    """State in how many days reports are answered; nothing typed goes back to the usual ones.

    A report keeps the days that were stated when it was made. Raises as `settings` does, and
    UnacceptableDetailsError.
    """
    days = caseload_rules.answer_days(typed)
    with ctx.store.writing():
        employer = permitted_at(ctx, employer_id, Permission.SET_UP_TEAMS)
        stored.set_days(ctx.store, employer.id, days)
        _note(ctx, "days for caseload reports stated", employer, days=days or 0)


def renew_address(ctx: Context, employer_id: str) -> str:
    """Give reports without a name a new address; the one before leads nowhere.

    Raises as `settings` does.
    """
    address = public_pages.letters(LETTERS_OF_AN_ADDRESS)
    with ctx.store.writing():
        employer = permitted_at(ctx, employer_id, Permission.SET_UP_TEAMS)
        stored.set_address(ctx.store, employer.id, address)
        _note(ctx, "address for caseload reports changed", employer)
    return address


def count(ctx: Context, employer_id: str, service: str | None, since: date, until: date) -> Counts:
    """Return the counts of a service's reports, or of all; checks nothing."""
    day = today(ctx)
    seen = (
        caseload_reports.passed_on(each, day)
        for each in stored.of_employers(ctx.store, [employer_id])
        if service in {None, each.service}
    )
    return caseload_counts.count((each for each in seen if each), since, until, day)


def for_export(ctx: Context, employer_id: str) -> dict[str, object]:
    """Return what an export tells of reports: the days stated, and counts that point at nobody.

    What was reported is for those who must act on it, and an export is for the lead alone.
    """
    _, days = stored.settings(ctx.store, employer_id)
    until = caseload_counts.year_before(today(ctx))[1]
    services = {each.service for each in stored.of_employers(ctx.store, [employer_id])}
    counted = {
        each: asdict(caseload_counts.shown(count(ctx, employer_id, each, date.min, until)))
        for each in sorted(services)
    }
    return {
        "days_to_answer": days or caseload_reports.USUAL_DAYS,
        "until": until,
        "services": counted,
    }


def _note(ctx: Context, kind: str, employer: Employer, **detail: Detail) -> None:
    events.add(
        ctx.store,
        kind,
        ctx.now,
        person_id=ctx.someone().id,
        employer_id=employer.id,
        detail=detail,
    )
