"""A made-up employer with a part-finished health check, to try the product with.

Northmere Council has one assessment half answered and one not begun. Southmere is another employer,
whose lead must see nothing of Northmere's. Whatever exists already is left alone.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from healthcheck.core.answers import Entry
from healthcheck.core.permissions import Role
from healthcheck.core.saving import Offered
from healthcheck.services import accounts, assessments
from healthcheck.services import demonstration_answers as given
from healthcheck.services.attachments import Upload
from healthcheck.services.passwords import hashed
from healthcheck.storage import accounts as stored
from healthcheck.storage import assessments as stored_assessments

if TYPE_CHECKING:
    from pathlib import Path

    from healthcheck.core.accounts import Employer, Person
    from healthcheck.services.context import Context

QUESTIONNAIRE = "employer-health-check"
FILE_NAME = "demonstration-sign-ins.txt"
TIME_TO_ANSWER = timedelta(days=60)
"""The deadline is the first 30 September at least this far ahead."""

ATTACHMENT = Upload(given.ATTACHED_NAME, given.ATTACHED.encode())
CONSONANTS = "bdfghjklmnprstvz"
VOWELS = "aeiou"
GROUPS = 5


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account of the demonstration; `role` is in the words that pages show."""

    email: str
    password: str
    name: str
    role: str
    employer: str


@dataclass(frozen=True, slots=True)
class DemonstrationEmployer:
    """An employer to make: its accounts, and the services it has assessments of."""

    name: str
    nation: str
    employer_type: str
    people: tuple[tuple[str, str, Role], ...]
    services: tuple[str, ...]


NORTHMERE = DemonstrationEmployer(
    "Northmere Council",
    "england",
    "council",
    (
        ("Priya Shah", "lead@northmere.example", Role.LEAD),
        ("Tom Hughes", "contributor@northmere.example", Role.CONTRIBUTOR),
        ("Grace Okafor", "viewer@northmere.example", Role.VIEWER),
    ),
    ("childrens", "adults"),
)
SOUTHMERE = DemonstrationEmployer(
    "Southmere Health and Social Care Trust",
    "northern-ireland",
    "hsc-trust",
    (("Aoife Quinn", "lead@southmere.example", Role.LEAD),),
    ("childrens",),
)


def prepare(ctx: Context, folder: Path) -> tuple[SignIn, ...]:
    """Make the demonstration, or what is missing of it, and return its sign-ins.

    The passwords are made up on the first run and kept in the folder, in a file that only its owner
    can read; should that file be gone, new ones are made.
    """
    file = folder / FILE_NAME
    has_passwords = file.exists()
    if not has_passwords:
        _write(file, [_new_sign_in(*each) for each in _everyone()])
    sign_ins = _read(file)
    people = {each.email: _account(ctx, each, renew=not has_passwords) for each in sign_ins}
    for employer in (NORTHMERE, SOUTHMERE):
        for service in employer.services:
            _assessment(ctx, employer, service)
    lead = people[NORTHMERE.people[0][1]]
    _answer(replace(ctx, person=lead))
    return sign_ins


def next_deadline(today: date) -> date:
    """Return the first 30 September that leaves enough time to answer."""
    this_year = date(today.year, 9, 30)
    is_near = this_year - today < TIME_TO_ANSWER
    return this_year.replace(year=today.year + 1) if is_near else this_year


def date_of_figures(today: date) -> Entry:
    """Return the latest 30 September, the day that official workforce figures are for."""
    this_year = date(today.year, 9, 30)
    latest = this_year if this_year <= today else this_year.replace(year=today.year - 1)
    return Entry((latest.isoformat(),))


def passphrase() -> str:
    """Return a random password that can be read aloud, such as “bado-kemu-tila-roso-vine”."""
    groups = (
        "".join(secrets.choice(letters) for letters in (CONSONANTS, VOWELS) * 2)
        for _ in range(GROUPS)
    )
    return "-".join(groups)


def _everyone() -> list[tuple[str, str, Role, DemonstrationEmployer]]:
    return [
        (name, email, role, employer)
        for employer in (NORTHMERE, SOUTHMERE)
        for name, email, role in employer.people
    ]


def _new_sign_in(name: str, email: str, role: Role, employer: DemonstrationEmployer) -> SignIn:
    return SignIn(email, passphrase(), name, role.value, employer.name)


def _account(ctx: Context, sign_in: SignIn, *, renew: bool) -> Person:
    found = stored.find_person(ctx.store, sign_in.email)
    if found is None:
        employer = next(each for each in (NORTHMERE, SOUTHMERE) if each.name == sign_in.employer)
        return accounts.add_person(
            ctx,
            sign_in.name,
            sign_in.email,
            sign_in.password,
            employer=_employer(ctx, employer),
            role=Role(sign_in.role),
        )
    if renew:
        password_hash = hashed(sign_in.password)
        with ctx.store.writing():
            stored.set_password_hash(ctx.store, found[0].id, password_hash)
    return found[0]


def _employer(ctx: Context, wanted: DemonstrationEmployer) -> Employer:
    return stored.find_employer(ctx.store, wanted.name) or accounts.add_employer(
        ctx, wanted.name, wanted.nation, wanted.employer_type
    )


def _assessment(ctx: Context, wanted: DemonstrationEmployer, service: str) -> None:
    employer = _employer(ctx, wanted)
    if stored_assessments.find_id(ctx.store, employer.id, service) is not None:
        return
    due = next_deadline(ctx.now.date())
    assessments.start(
        ctx,
        employer,
        service=service,
        cycle=str(due.year),
        due=due,
        questionnaire=QUESTIONNAIRE,
        edition=max(has for name, has in ctx.library.editions() if name == QUESTIONNAIRE),
    )


def _answer(ctx: Context) -> None:
    """Save the given answers, but for topics where anything was saved before."""
    employer = _employer(ctx, NORTHMERE)
    assessment_id = stored_assessments.find_id(ctx.store, employer.id, NORTHMERE.services[0])
    opened = assessments.opened(ctx, assessment_id or "")
    answers = {**given.ANSWERS, given.DATE_OF_FIGURES: date_of_figures(ctx.now.date())}
    topics = opened.questionnaire.topics
    not_begun = next(
        (topic.id for topic in topics if not any(each.id in answers for each in topic.questions)),
        topics[0].id,
    )
    for topic in topics:
        offered = {
            each.id: Offered(answers[each.id], based_on=0)
            for each in topic.questions
            if each.id in answers
        }
        if not offered or any(each.id in opened.saved for each in topic.questions):
            continue
        uploads = {each: (ATTACHMENT,) for each in offered if each == given.ATTACHED_TO}
        assessments.save_topic(ctx, opened.assessment.id, topic.id, offered, uploads, not_begun)


def _write(file: Path, sign_ins: list[SignIn]) -> None:
    """Write the sign-ins, one a line with tabs between, readable by the owner alone."""
    draft = file.with_suffix(".part")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as lines:
        for each in sign_ins:
            lines.write("\t".join(getattr(each, column.name) for column in fields(each)) + "\n")
    draft.replace(file)


def _read(file: Path) -> tuple[SignIn, ...]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return tuple(SignIn(*line.split("\t")) for line in lines)
