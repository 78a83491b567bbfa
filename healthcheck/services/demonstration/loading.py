"""The whole made-up country, written in the order in which it happened."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from operator import attrgetter
from typing import TYPE_CHECKING

from healthcheck.core.accounts import Employer, Person
from healthcheck.core.employers import Details
from healthcheck.core.permissions import Role
from healthcheck.core.steps import Step
from healthcheck.services import cycles
from healthcheck.services.demonstration import calendar, country, first, paths, planning
from healthcheck.services.demonstration.health_checks import PARTS, HealthCheck
from healthcheck.services.demonstration.workload import Caseloads
from healthcheck.storage import accounts as stored
from healthcheck.storage import employers as stored_employers
from healthcheck.storage import events, messages, roles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date, datetime

    from healthcheck.core.cycles import Cycle
    from healthcheck.services.context import Context
    from healthcheck.services.demonstration.country import House, Somebody
    from healthcheck.services.demonstration.paths import Path

BEFORE = timedelta(days=30)
"""How long before the first cycle employers and people were there."""

MESSAGES_KEPT = timedelta(days=14)
REPORTS = ((60, 130), (15,), (-1,))
"""The days on which progress is reported in each cycle; what is not done goes on in the next."""


@dataclass(frozen=True)
class Deed:
    """Something somebody did, and when."""

    at: datetime
    do: Callable[[datetime], object]


def load(ctx: Context, password_hashes: Mapping[str, str]) -> None:
    """Write the country, inside one transaction of the caller's.

    Whoever has no password hash, by address, cannot sign in until somebody sets them a password.
    """
    today = ctx.now.date()
    editions = tuple(has for name, has in ctx.library.editions() if name == calendar.QUESTIONNAIRE)
    three = calendar.cycles(today, editions)
    began = calendar.moment(three[0].opens - BEFORE)
    past = replace(ctx, now=began, makes_papers=False)
    employers = {house.key: _employer(past, house) for house in country.HOUSES}
    people = _people(past, employers, password_hashes)
    checks: list[HealthCheck] = []
    deeds: list[Deed] = []
    for place, cycle in enumerate(three):
        new = _health_checks(past, people, cycle, place)
        checks += new
        deeds.append(
            Deed(calendar.moment(cycle.opens), _opening(past, people, employers, new, cycle))
        )
        for check in new:
            deeds += _deeds(check, place, today)
    caseloads = Caseloads(past, people, employers, checks)
    deeds += [Deed(at, do) for at, do in caseloads.deeds(today)]
    for deed in sorted(deeds, key=attrgetter("at")):
        deed.do(deed.at)
    since = ctx.now if ctx.has_mail_server else ctx.now - MESSAGES_KEPT
    messages.drop_waiting(ctx.store, since)


def _employer(ctx: Context, house: House) -> Employer:
    employer = Employer(secrets.token_urlsafe(12), house.name, house.nation, house.employer_type)
    details = Details(
        house.name, house.nation, house.employer_type, house.region, services=house.services
    )
    stored_employers.add(ctx.store, employer.id, details, ctx.now)
    events.add(
        ctx.store,
        "employer added",
        ctx.now,
        employer_id=employer.id,
        detail={"employer": employer.id},
    )
    return employer


def _people(
    ctx: Context, employers: Mapping[str, Employer], password_hashes: Mapping[str, str]
) -> dict[str, Person]:
    everybody = [country.ADMINISTRATOR, *country.REVIEWERS]
    everybody += [each for house in country.HOUSES for each in country.people_of(house)]
    people = {
        each.email: _person(ctx, each, employers, password_hashes.get(each.email, ""))
        for each in everybody
    }
    _role(ctx, people[country.TWO_JOBS[0]], Role.CONTRIBUTOR, employers[country.TWO_JOBS[1]])
    _role(ctx, people[country.OWN_HOUSE[0]], Role.VIEWER, employers[country.OWN_HOUSE[1]])
    return people


def _person(
    ctx: Context, somebody: Somebody, employers: Mapping[str, Employer], password_hash: str
) -> Person:
    person = Person(secrets.token_urlsafe(12), somebody.name, somebody.email)
    employer = employers[somebody.house] if somebody.house else None
    stored.add_person(ctx.store, person, password_hash, ctx.now)
    roles.give(ctx.store, person.id, somebody.role, employer.id if employer else None)
    events.add(
        ctx.store,
        "person added",
        ctx.now,
        person_id=person.id,
        employer_id=employer.id if employer else None,
        detail={"role": somebody.role.name},
    )
    return person


def _role(ctx: Context, person: Person, role: Role, employer: Employer) -> None:
    roles.give(ctx.store, person.id, role, employer.id)
    events.add(
        ctx.store,
        "role given",
        ctx.now,
        employer_id=employer.id,
        detail={"person": person.id, "role": role.name},
    )


def _health_checks(
    ctx: Context, people: Mapping[str, Person], cycle: Cycle, place: int
) -> list[HealthCheck]:
    found = []
    for (key, service), story in paths.STORIES.items():
        if story[place]:
            found.append(HealthCheck(ctx, people, country.BY_KEY[key], service, cycle, place))
    return found


def _opening(
    ctx: Context,
    people: Mapping[str, Person],
    employers: Mapping[str, Employer],
    checks: list[HealthCheck],
    cycle: Cycle,
) -> Callable[[datetime], None]:
    def open_cycle(at: datetime) -> None:
        by = replace(ctx, person=people[country.ADMINISTRATOR.email], now=at)
        made = cycles.open_cycle(by, cycle, invite=None)
        pairs = {(employers[each.house.key].id, each.service): each for each in checks}
        for assessment in cycles.invite(by, made.id, pairs):
            pairs[assessment.employer.id, assessment.service].id = assessment.id

    return open_cycle


def _deeds(check: HealthCheck, place: int, today: date) -> Iterator[Deed]:
    story = paths.STORIES[check.house.key, check.service][place]
    path: Path = (paths.PATHS_NOW if place == 2 else paths.PATHS)[story]  # noqa: PLR2004 - newest
    base = calendar.counted_from(check.cycle, place, today)
    for days, what in path:
        at = calendar.moment(base + timedelta(days=days), 0, check.seed, what)
        if what in PARTS:
            yield from _visits(check, what, at)
        else:
            yield Deed(at, DEEDS[what](check))
    for days in REPORTS[place] if story != "withdrawn" else ():
        at = calendar.moment(base + timedelta(days=days), 60, check.seed, "report")
        yield Deed(at, _planned(planning.report)(check))


def _visits(check: HealthCheck, what: str, at: datetime) -> Iterator[Deed]:
    questionnaire = check.ctx.library.get(check.cycle.questionnaire, check.cycle.edition)
    first, last = PARTS[what]
    for number, topic in enumerate(questionnaire.topics[first:last]):
        moment = at + timedelta(minutes=calendar.MINUTES_A_TOPIC * number)
        yield Deed(moment, _answered(check, topic.id))


def _answered(check: HealthCheck, topic_id: str) -> Callable[[datetime], None]:
    def answer(at: datetime) -> None:
        topics = check.opened(at).questionnaire.topics
        check.answer(next(each for each in topics if each.id == topic_id), at)

    return answer


def _send(check: HealthCheck, at: datetime) -> None:
    """Send it, with nothing left that a plan must settle: an action may have been cancelled."""
    planning.settle(check, at)
    check.send(at)


def _sign(check: HealthCheck, at: datetime) -> None:
    """Sign it, after the lead has settled what was cancelled since it was sent."""
    planning.settle(check, at)
    check.sign(at)


def _planned(
    do: Callable[[HealthCheck, datetime], None],
) -> Callable[[HealthCheck], Callable[[datetime], None]]:
    return lambda check: lambda at: do(check, at)


DEEDS: Mapping[str, Callable[[HealthCheck], Callable[[datetime], None]]] = {
    "first answers": _planned(first.answer),
    "plan": _planned(planning.make),
    "tell staff": _planned(planning.tell_staff),
    "assign": attrgetter("assign"),
    "send": _planned(_send),
    "sign": _planned(_sign),
    "decline": attrgetter("decline"),
    "fix": attrgetter("fix"),
    "take back": lambda check: lambda at: check.step(Step.TAKE_BACK, at),
    "recall": lambda check: lambda at: check.step(Step.RECALL, at),
    "ask to reopen": attrgetter("ask_to_reopen"),
    "reopen": attrgetter("reopen"),
    "withdraw": attrgetter("withdraw"),
    "claim": attrgetter("claim"),
    "start": attrgetter("start"),
    "look": attrgetter("look"),
    "remark": attrgetter("remark"),
    "moderate": attrgetter("moderate"),
    "request": attrgetter("request"),
    "send requests": attrgetter("send_requests"),
    "answer": attrgetter("answer_request"),
    "raise": attrgetter("raise_answers"),
    "end": attrgetter("end"),
    "accept": attrgetter("accept"),
    "publish": attrgetter("publish"),
    "publish in short": lambda check: lambda at: check.publish(at, own_words=False),
    "take down": attrgetter("take_down"),
}
"""What each word of a path means."""
