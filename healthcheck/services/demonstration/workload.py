"""The caseloads of made-up teams: counted once a month, decided on, reported as too much.

Everything is done through the service that its people would use, in their names; what they do
stands in the tables of `workload_given`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from healthcheck.core.caseload_rules import TEAM, Typed
from healthcheck.core.plans import Owner
from healthcheck.core.workload.decisions import Proposed
from healthcheck.core.workload.team_rules import Details
from healthcheck.core.workload.teams import Way
from healthcheck.services import (
    benchmarks,
    caseload_figures,
    caseload_raising,
    caseload_reports,
    caseload_settings,
    caseload_telling,
    decisions,
    snapshots,
    teams,
)
from healthcheck.services.demonstration import calendar, country
from healthcheck.services.demonstration import workload_given as given
from healthcheck.services.demonstration.counting import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from healthcheck.core.accounts import Employer, Person
    from healthcheck.services.context import Context
    from healthcheck.services.demonstration.health_checks import HealthCheck
    from healthcheck.services.demonstration.workload_given import Complaint, Group, Verdict

Deed = Callable[[datetime], object]
OPENED = 2
"""Which of the cycles has just been opened, counted from 0."""


@dataclass
class Caseloads:
    """The teams as their people work on them; `checks` are all health checks there will be.

    `ids` are those of the teams, by employer and name, and `references` those of the reports.
    """

    ctx: Context
    people: Mapping[str, Person]
    employers: Mapping[str, Employer]
    checks: Iterable[HealthCheck]
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    references: dict[Complaint, str] = field(default_factory=dict)

    def deeds(self, today: date) -> Iterator[tuple[datetime, Deed]]:
        """Yield everything that was done until today, each with its moment."""
        for days, deed, *about in self._days():
            at = calendar.moment(today + timedelta(days=days), 0, *about)
            yield at, partial(deed, *about)

    def _days(self) -> Iterator[tuple[Any, ...]]:
        """Yield what was done: the day, counted from today, the deed, and what it is about."""
        for house in sorted({each.house for each in given.COMPLAINTS}):
            yield given.SET_UP, self._state_days, house
        for group in given.GROUPS:
            yield given.SET_UP, self._set_up, group
            for month, days in enumerate(given.COUNTED):
                yield days, self._count, group, month
        for verdict in given.VERDICTS:
            yield verdict.on, self._decide, verdict
        for complaint in given.COMPLAINTS:
            yield from self._days_of(complaint)
        for house, days, note in given.BENCHMARKS:
            yield days, self._publish, house, note
        for house, service, days in given.FILLED:
            yield days, self._fill, house, service

    def _days_of(self, complaint: Complaint) -> Iterator[tuple[Any, ...]]:
        yield complaint.on, self._complain, complaint
        for days in (1, given.DAYS_TO_ANSWER + 1):
            yield min(complaint.on + days, -1), self._remind
        for number, (days, _, _) in enumerate(complaint.answers):
            yield days, self._answer, complaint, number
        if complaint.again is not None:
            days, why = complaint.again
            yield days, self._say_again, complaint, why

    def _by(self, house: str, mailbox: str, at: datetime) -> Context:
        """Return a context for somebody at an employer, named by the mailbox, at a moment."""
        email = country.BY_KEY[house].mailbox(mailbox)
        return replace(self.ctx, person=self.people[email], now=at)

    def _state_days(self, house: str, at: datetime) -> None:
        by, employer = self._by(house, given.LEAD, at), self.employers[house]
        caseload_settings.set_days(by, employer.id, str(given.DAYS_TO_ANSWER))

    def _set_up(self, group: Group, at: datetime) -> None:
        manager = self.people[country.BY_KEY[group.house].mailbox(group.manager)]
        managers = () if group.manager == given.LEAD else (manager.id,)
        details = Details(group.name, group.service, group.schemes, managers)
        by = self._by(group.house, given.LEAD, at)
        made = teams.add(by, self.employers[group.house].id, details)
        self.ids[group.house, group.name] = made.id

    def _count(self, group: Group, month: int, at: datetime) -> None:
        by, team_id = self._by(group.house, group.manager, at), self.ids[group.house, group.name]
        way = Way.COPIED if month else Way.PASTED
        snapshots.save(by, team_id, counted(group, month, at.date()), way=way)
        if month == 0:
            self._link(by, team_id, group)

    def _link(self, by: Context, team_id: str, group: Group) -> None:
        """Say whose account belongs to which of the workers."""
        ids = {each.name: each.id for each in teams.team(by, team_id).workers}
        for each in group.members:
            if each.mailbox:
                person = self.people[country.BY_KEY[group.house].mailbox(each.mailbox)]
                teams.change_worker(by, team_id, ids[each.name], each.name, person.id)

    def _decide(self, verdict: Verdict, at: datetime) -> None:
        by = self._by(verdict.house, verdict.by, at)
        team_id, day = self.ids[verdict.house, verdict.team], at.date() - timedelta(verdict.on)
        ids = {each.name: each.id for each in teams.team(by, team_id).workers}
        owner = self.people[country.BY_KEY[verdict.house].mailbox(verdict.owner)]
        proposed = Proposed(
            verdict.kind,
            verdict.what,
            verdict.reason,
            None if verdict.until is None else day + timedelta(verdict.until),
            Owner(person_id=owner.id),
            day + timedelta(verdict.review),
        )
        decisions.decide(by, team_id, ids.get(verdict.worker), proposed)

    def _complain(self, complaint: Complaint, at: datetime) -> None:
        employer = self.employers[complaint.house]
        place = f"{TEAM}{self.ids[complaint.house, complaint.team]}"
        typed = Typed(place, complaint.problem, complaint.wish)
        if complaint.who:
            by = self._by(complaint.house, complaint.who, at)
            made = caseload_raising.raise_named(by, employer.id, typed).reference
        else:
            nobody = replace(self.ctx, now=at)
            address = caseload_settings.of(nobody, employer).address
            made = caseload_raising.raise_unnamed(nobody, address, typed).reference
        self.references[complaint] = made

    def _remind(self, at: datetime) -> None:
        caseload_telling.remind(replace(self.ctx, now=at))

    def _answer(self, complaint: Complaint, number: int, at: datetime) -> None:
        _, who, what = complaint.answers[number]
        by, employer = self._by(complaint.house, who, at), self.employers[complaint.house]
        waiting = caseload_reports.listed(by, employer.id).waiting
        reference = self.references[complaint]
        report = next(each for each in waiting if each.reference == reference)
        caseload_reports.answer(by, employer.id, report.id, what)

    def _say_again(self, complaint: Complaint, why: str, at: datetime) -> None:
        by, reference = self._by(complaint.house, complaint.who, at), self.references[complaint]
        report = next(each for each in caseload_raising.mine(by) if each.reference == reference)
        caseload_raising.did_not_help(by, report.id, why)

    def _publish(self, house: str, note: str, at: datetime) -> None:
        by = self._by(house, given.LEAD, at)
        benchmarks.publish(by, self.employers[house].id, note)

    def _fill(self, house: str, service: str, at: datetime) -> None:
        """Save every figure that the snapshots give, and attach the totals."""
        check = next(
            each
            for each in self.checks
            if (each.house.key, each.service, each.year) == (house, service, OPENED)
        )
        by = replace(self.ctx, person=self.people[country.answers_figures(check.house)], now=at)
        looked = caseload_figures.look(by, check.id)
        caseload_figures.apply(
            by,
            check.id,
            looked.day,
            looked.fingerprint,
            {each.question.id for each in looked.rows if each.is_ticked},
            {each.question.id for each in looked.evidence if not each.hindrance},
        )
