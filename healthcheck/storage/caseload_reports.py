"""Reports of an excessive caseload with their answers, and how each employer takes them.

Of one without a name nothing says who made it, nor when beyond the day. Nothing here comes back in
the order in which it was written.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

from healthcheck.core.accounts import Employer, Person
from healthcheck.core.caseload_reports import Answer, Report
from healthcheck.core.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from healthcheck.storage.store import Parameter, Row, Store

REPORTS = """
SELECT r.id, r.reference, e.id, e.name, e.nation, e.employer_type, r.service, r.team_id,
    coalesce(t.name, ''), p.id, p.name, p.email, r.problem, r.wish, r.days, r.made_on,
    r.reopened_on, r.still_wrong, r.told_round, r.escalated_round,
    (SELECT json_group_array(x.person_id) FROM caseload_told x WHERE x.report_id = r.id)
FROM caseload_reports r JOIN employers e ON e.id = r.employer_id
LEFT JOIN teams t ON t.id = r.team_id LEFT JOIN people p ON p.id = r.raised_by
WHERE {} ORDER BY r.made_on, r.id
"""
ANSWERS = """
SELECT report_id, text, name, answered_on FROM caseload_answers
JOIN people ON people.id = answered_by
WHERE report_id IN (SELECT value FROM json_each(?)) ORDER BY report_id, round
"""
OPEN = """
(SELECT count(*) FROM caseload_answers a WHERE a.report_id = r.id)
    < CASE WHEN r.reopened_on IS NULL THEN 1 ELSE 2 END
"""
MANAGERS = """
SELECT t.id, p.id, p.name, p.email FROM teams t JOIN team_managers m ON m.team_id = t.id
JOIN memberships h ON h.person_id = m.person_id AND h.employer_id = t.employer_id AND h.role = ?2
JOIN people p ON p.id = m.person_id
WHERE t.employer_id IN (SELECT value FROM json_each(?1)) AND t.closed_at IS NULL
ORDER BY p.name, p.id
"""


def add(store: Store, report: Report, code_hash: str | None) -> None:
    """Write a new report; the fingerprint of a code goes with one without a name, and only then."""
    store.run(
        "INSERT INTO caseload_reports (id, reference, employer_id, service, team_id, raised_by,"
        " code_hash, problem, wish, days, made_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        report.id,
        report.reference,
        report.employer.id,
        report.service,
        report.team_id,
        report.raised_by.id if report.raised_by else None,
        code_hash,
        report.problem,
        report.wish,
        report.days,
        report.made_on.isoformat(),
    )


def find(store: Store, report_id: str) -> Report | None:
    """Return the report of that id."""
    return next(iter(_reports(store, "r.id = ?", report_id)), None)


def find_by_code(store: Store, code_hash: str) -> Report | None:
    """Return the report that was made without a name and with this code."""
    return next(iter(_reports(store, "r.code_hash = ?", code_hash)), None)


def of_person(store: Store, person_id: str) -> tuple[Report, ...]:
    """Return the reports that a person made with their name, oldest first."""
    return _reports(store, "r.raised_by = ?", person_id)


def of_employers(store: Store, employer_ids: Collection[str]) -> tuple[Report, ...]:
    """Return every report at these employers, oldest first, in two queries."""
    wanted = "r.employer_id IN (SELECT value FROM json_each(?))"
    return _reports(store, wanted, json.dumps([*employer_ids]))


def waiting(store: Store) -> tuple[Report, ...]:
    """Return every report that waits for an answer, oldest first."""
    return _reports(store, OPEN)


def answer(store: Store, report: Report, text: str, answered_by: str, on: date) -> None:
    """Write the answer of the present round; `answered_by` is a person's id."""
    store.run(
        "INSERT INTO caseload_answers VALUES (?, ?, ?, ?, ?)",
        report.id,
        report.round,
        text,
        answered_by,
        on.isoformat(),
    )


def reopen(store: Store, report_id: str, still_wrong: str, on: date) -> None:
    """Write that the answer did not help, and why."""
    store.run(
        "UPDATE caseload_reports SET reopened_on = ?, still_wrong = ? WHERE id = ?",
        on.isoformat(),
        still_wrong,
        report_id,
    )


def told(store: Store, report: Report) -> None:
    """Note that those who must act were told of the present round."""
    store.run("UPDATE caseload_reports SET told_round = ? WHERE id = ?", report.round, report.id)


def shown(store: Store, report: Report, people: Iterable[Person]) -> None:
    """Note that these people were told of a report with a name; twice changes nothing."""
    for person in people:
        store.run("INSERT OR IGNORE INTO caseload_told VALUES (?, ?)", report.id, person.id)


def escalated(store: Store, report: Report) -> None:
    """Note that the present round was passed to the accountable officer."""
    store.run(
        "UPDATE caseload_reports SET escalated_round = ? WHERE id = ?", report.round, report.id
    )


def unnamed_on(store: Store, employer_id: str, day: date) -> int:
    """Return how many reports without a name an employer had on a day."""
    return _count(
        store,
        "SELECT count(*) FROM caseload_reports WHERE employer_id = ? AND made_on = ?"
        " AND raised_by IS NULL",
        employer_id,
        day.isoformat(),
    )


def raised_on(store: Store, person_id: str, day: date) -> int:
    """Return how many reports a person made with their name on a day."""
    return _count(
        store,
        "SELECT count(*) FROM caseload_reports WHERE raised_by = ? AND made_on = ?",
        person_id,
        day.isoformat(),
    )


def managers(store: Store, employer_ids: Collection[str]) -> dict[str, tuple[Person, ...]]:
    """Return who manages each team of these employers that is not closed, by the team's id."""
    found: dict[str, tuple[Person, ...]] = {}
    for team_id, *person in store.rows(MANAGERS, json.dumps([*employer_ids]), Role.MANAGER.name):
        found[team_id] = (*found.get(team_id, ()), Person(*person))
    return found


def settings(store: Store, employer_id: str) -> tuple[str, int | None]:
    """Return the address for reports without a name, and the days stated, None for the usual."""
    row = store.row(
        "SELECT address, answer_days FROM caseload_settings WHERE employer_id = ?", employer_id
    )
    return (row[0], row[1]) if row else ("", None)


def addresses(store: Store, employer_ids: Collection[str]) -> dict[str, str]:
    """Return the addresses for reports without a name, by the employer's id."""
    rows = store.rows(
        "SELECT employer_id, address FROM caseload_settings"
        " WHERE employer_id IN (SELECT value FROM json_each(?))",
        json.dumps([*employer_ids]),
    )
    return dict(rows)


def set_days(store: Store, employer_id: str, days: int | None) -> None:
    """Write how many days the employer states."""
    store.run(
        "UPDATE caseload_settings SET answer_days = ? WHERE employer_id = ?", days, employer_id
    )


def set_address(store: Store, employer_id: str, address: str) -> None:
    """Write a new address; the one before leads nowhere from now on."""
    store.run(
        "UPDATE caseload_settings SET address = ? WHERE employer_id = ?", address, employer_id
    )


def employer_at(store: Store, address: str) -> Employer | None:
    """Return the employer whose address for reports without a name this is."""
    row = store.row(
        "SELECT e.id, e.name, e.nation, e.employer_type FROM caseload_settings s"
        " JOIN employers e ON e.id = s.employer_id WHERE s.address = ?",
        address,
    )
    return Employer(*row) if row else None


def rename(store: Store, person: Person, name: str) -> None:
    """Take a person's name and address out of the words of their own reports and the answers."""
    words = re.compile(
        "|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in (person.email, person.name))
    )

    def without(text: str) -> str:
        return words.sub(lambda _: name, text)

    own = "SELECT id, problem, wish, still_wrong FROM caseload_reports WHERE raised_by = ?"
    for report_id, *texts in store.rows(own, person.id):
        store.run(
            "UPDATE caseload_reports SET problem = ?, wish = ?, still_wrong = ? WHERE id = ?",
            *map(without, texts),
            report_id,
        )
        answers = "SELECT round, text FROM caseload_answers WHERE report_id = ?"
        for number, text in store.rows(answers, report_id):
            store.run(
                "UPDATE caseload_answers SET text = ? WHERE report_id = ? AND round = ?",
                without(text),
                report_id,
                number,
            )


def _count(store: Store, sql: str, *parameters: Parameter) -> int:
    return int(store.rows(sql, *parameters)[0][0])


def _reports(store: Store, wanted: str, *parameters: Parameter) -> tuple[Report, ...]:
    rows = store.rows(REPORTS.format(wanted), *parameters)
    answers: dict[str, list[Answer]] = {row[0]: [] for row in rows}
    if rows:
        for report_id, text, by, on in store.rows(ANSWERS, json.dumps([*answers])):
            answers[report_id].append(Answer(text, by, date.fromisoformat(on)))
    return tuple(_report(row, tuple(answers[row[0]])) for row in rows)


def _report(row: Row, answers: tuple[Answer, ...]) -> Report:
    made_on, reopened_on = row[15], row[16]
    return Report(
        id=row[0],
        reference=row[1],
        employer=Employer(*row[2:6]),
        service=row[6],
        team_id=row[7],
        team=row[8],
        raised_by=Person(*row[9:12]) if row[9] else None,
        problem=row[12],
        wish=row[13],
        days=row[14],
        made_on=date.fromisoformat(made_on),
        reopened_on=date.fromisoformat(reopened_on) if reopened_on else None,
        still_wrong=row[17],
        told=row[18],
        escalated=row[19],
        shown_to=frozenset(json.loads(row[20])),
        answers=answers,
    )
