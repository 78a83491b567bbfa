"""Making a report of an excessive caseload, with one's name or without, and what came of it.

A report without a name is made by somebody who is nobody here: no account is looked at, no event
is written at the time, and of its code only a fingerprint is kept. How often that can be done is
limited by the employer's day and, in memory alone, by the address it comes from.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core import caseload_rules as rules
from healthcheck.core.caseload_reports import Report
from healthcheck.core.errors import (
    NotFoundError,
    StepRefusedError,
    TooManyTriesError,
    UnacceptableDetailsError,
)
from healthcheck.core.permissions import Permission
from healthcheck.core.workload.team_rules import services as usual_services
from healthcheck.services import caseload_settings, caseload_telling
from healthcheck.services.accounts import fingerprint
from healthcheck.services.beginning import LETTERS
from healthcheck.services.open_now import today
from healthcheck.services.permissions import permitted_at
from healthcheck.storage import caseload_reports as stored
from healthcheck.storage import employers, teams

if TYPE_CHECKING:
    from healthcheck.core.accounts import Employer, Person
    from healthcheck.core.caseload_rules import Place, Typed
    from healthcheck.services.caseload_settings import Settings
    from healthcheck.services.context import Context

MOST_NAMED = 10
"""Reports that one person can make with their name in a day."""
MOST_UNNAMED = 60
"""Reports without a name that one employer takes in a day."""
LETTERS_OF_A_REFERENCE, LETTERS_OF_A_CODE, IN_A_GROUP = 6, 16, 4
NO_SUCH_CODE = (
    "No report has this code. Check each letter and figure. A code that was lost cannot be found"
    " again, because nobody knows it but you."
)
NOT_OPEN = (
    "Nothing was saved. You can say once that an answer did not help, and only after there is one."
)


@dataclass(frozen=True, slots=True)
class Form:
    """What somebody who makes a report is asked and told: where they can work, and the days."""

    settings: Settings
    places: tuple[Place, ...]

    @property
    def employer(self) -> Employer:
        """Whose report it will be."""
        return self.settings.employer


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is shown once to who made a report without a name: nobody can find the code again."""

    reference: str
    code: str
    days: int


def named_form(ctx: Context, employer_id: str) -> Form:
    """Return the form for somebody at the employer, who gives their name.

    Raises NotSignedInError, NotFoundError and NotAllowedError.
    """
    return _form(ctx, permitted_at(ctx, employer_id, Permission.REPORT_CASELOAD))


def unnamed_form(ctx: Context, address: str) -> Form:
    """Return the form at an employer's address, for anybody. Raises NotFoundError."""
    employer = stored.employer_at(ctx.store, address)
    if employer is None:
        raise NotFoundError("There is no page for reports at this address. Ask for the new one.")
    return _form(ctx, employer)


def raise_named(ctx: Context, employer_id: str, typed: Typed) -> Report:
    """Make a report with the name of the person signed in; those who must answer are told.

    Raises as `named_form` does, UnacceptableDetailsError and TooManyTriesError.
    """
    with ctx.store.writing():
        form, person = named_form(ctx, employer_id), ctx.someone()
        report = _report(ctx, form, typed, person)
        if stored.raised_on(ctx.store, person.id, today(ctx)) >= MOST_NAMED:
            raise TooManyTriesError(f"You can make up to {MOST_NAMED} reports in a day.")
        stored.add(ctx.store, report, None)
        caseload_telling.pass_on(ctx, report)
    return report


def raise_unnamed(ctx: Context, address: str, typed: Typed) -> Receipt:
    """Make a report without a name, by anybody at the employer's address for it.

    Raises NotFoundError, UnacceptableDetailsError and TooManyTriesError.
    """
    code = _letters(LETTERS_OF_A_CODE)
    with ctx.store.writing():
        form = unnamed_form(ctx, address)
        report = _report(ctx, form, typed, None)
        made = stored.unnamed_on(ctx.store, form.employer.id, today(ctx))
        if made >= MOST_UNNAMED or not ctx.doorkeeper.lets_in(ctx.address, ctx.now):
            raise TooManyTriesError(
                "So many reports came in that no more is taken for now. Yours was not saved. Try"
                " again in an hour, or from another place."
            )
        stored.add(ctx.store, report, fingerprint(code))
    ctx.store.forget_order()
    groups = (code[i : i + IN_A_GROUP] for i in range(0, len(code), IN_A_GROUP))
    return Receipt(report.reference, "-".join(groups), report.days)


def by_code(ctx: Context, code: str) -> Report:
    """Return the report that was made without a name and with this code. Raises NotFoundError."""
    letters = "".join(each for each in code.upper() if each.isalnum())
    report = stored.find_by_code(ctx.store, fingerprint(letters))
    if report is None:
        raise NotFoundError(NO_SUCH_CODE)
    return report


def did_not_help_by_code(ctx: Context, code: str, why: str) -> None:
    """Open a report again because the answer did not help; the employer sees it the day after.

    Raises NotFoundError, StepRefusedError and UnacceptableDetailsError.
    """
    said = rules.still_wrong(why)
    with ctx.store.writing():
        _reopen(ctx, by_code(ctx, code), said)
    ctx.store.forget_order()


def own(ctx: Context, report_id: str) -> Report:
    """Return a report that the person signed in made with their name.

    Raises NotSignedInError and NotFoundError.
    """
    person, report = ctx.someone(), stored.find(ctx.store, report_id)
    if report is None or report.raised_by != person:
        raise NotFoundError("There is no report of yours here.")
    return report


def did_not_help(ctx: Context, report_id: str, why: str) -> None:
    """Open one's own report again because the answer did not help; who must answer is told.

    Raises as `own` does, StepRefusedError and UnacceptableDetailsError.
    """
    said = rules.still_wrong(why)
    with ctx.store.writing():
        _reopen(ctx, own(ctx, report_id), said)
        caseload_telling.pass_on(ctx, own(ctx, report_id))


def mine(ctx: Context) -> tuple[Report, ...]:
    """Return the reports one made with one's name, newest first. Raises NotSignedInError."""
    return stored.of_person(ctx.store, ctx.someone().id)[::-1]


def _form(ctx: Context, employer: Employer) -> Form:
    known = employers.find(ctx.store, employer.id)
    services = usual_services(known.details.services if known else ())
    there = [
        (each.id, each.name, each.service) for each in teams.of_employer(ctx.store, employer.id)
    ]
    return Form(caseload_settings.of(ctx, employer), rules.places(services, there))


def _report(ctx: Context, form: Form, typed: Typed, person: Person | None) -> Report:
    given = rules.tidied(typed)
    problems = rules.problems(given, form.places)
    if problems:
        raise UnacceptableDetailsError(" ".join(problems.values()))
    place = next(each for each in form.places if each.value == given.place)
    return Report(
        id=secrets.token_urlsafe(12),
        reference=f"CR-{_letters(LETTERS_OF_A_REFERENCE)}",
        employer=form.employer,
        service=place.service,
        team_id=place.team_id,
        team="",
        raised_by=person,
        problem=given.problem,
        wish=given.wish,
        days=form.settings.days,
        made_on=today(ctx),
    )


def _reopen(ctx: Context, report: Report, still_wrong: str) -> None:
    if not report.may_reopen:
        raise StepRefusedError(NOT_OPEN)
    stored.reopen(ctx.store, report.id, still_wrong, today(ctx))


def _letters(many: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(many))
