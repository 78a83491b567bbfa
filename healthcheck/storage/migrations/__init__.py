"""The tables, and how a database made by an earlier version gets to have them.

Each migration runs once and never changes after it was published; a new need is a new migration.
Some tables only ever grow: `entry_history`, `events` and four of the plan; triggers see to it. A
version is never changed or taken out, and an action never taken out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Database, Migrations

from healthcheck.storage.migrations import (
    accepted_pdfs,
    benchmarks,
    caseload_reports,
    caseload_told,
    chain,
    cycle,
    decisions,
    first,
    people,
    plan,
    plan_work,
    published_pdfs,
    review,
    signing_in,
    team_sums,
    workload,
    writing_less,
)

if TYPE_CHECKING:
    from healthcheck.storage.store import Store

TABLES = (
    "employers",
    "employer_services",
    "people",
    "memberships",
    "basw_roles",
    "invitations",
    "password_links",
    "second_factors",
    "recovery_codes",
    "identities",
    "sessions",
    "sign_in_failures",
    "used_states",
    "cycles",
    "assessments",
    "topic_assignments",
    "entries",
    "entry_history",
    "carried",
    "contents",
    "attachments",
    "places",
    "consultations",
    "versions",
    "comments",
    "moderations",
    "change_requests",
    "actions",
    "action_history",
    "action_notes",
    "declined_proposals",
    "level_updates",
    "progress_links",
    "action_reminders",
    "quarterly_reviews",
    "quarterly_review_steps",
    "calendars",
    "staff_lines",
    "staff_pages",
    "publications",
    "benchmarks",
    "teams",
    "team_managers",
    "workers",
    "worker_links",
    "snapshots",
    "decisions",
    "workload_sums",
    "team_sums",
    "caseload_settings",
    "caseload_reports",
    "caseload_answers",
    "caseload_told",
    "report_jobs",
    "messages",
    "events",
)
"""Every table of the product."""

MIGRATIONS = Migrations("healthcheck")

ONLY_GROWS = """
CREATE TRIGGER {table}_refuses_{change} BEFORE {change} ON {table}
BEGIN
    SELECT RAISE(ABORT, '{table} only grows');
END;
"""


@MIGRATIONS()
def m001_first_tables(db: Database) -> None:
    """Make the tables that answer, score and report one health check."""
    _run(db, first.SQL)
    for table in ("entry_history", "events"):
        for change in ("UPDATE", "DELETE"):
            db.execute(ONLY_GROWS.format(table=table, change=change))


@MIGRATIONS()
def m002_people(db: Database) -> None:
    """Make the tables for many employers, their people, and messages to them."""
    _run(db, people.SQL)


@MIGRATIONS()
def m003_cycle(db: Database) -> None:
    """Make the tables of the yearly cycle; what was started already becomes part of one."""
    _run(db, cycle.SQL)
    for trigger in cycle.TRIGGERS:
        db.execute(trigger)


@MIGRATIONS()
def m004_review(db: Database) -> None:
    """Make the tables of the review and of publication."""
    _run(db, review.SQL)


@MIGRATIONS()
def m005_chain(db: Database) -> None:
    """Link the events into a chain."""
    _run(db, chain.SQL)
    chain.fill(db)
    db.execute(ONLY_GROWS.format(table="events", change="UPDATE"))


@MIGRATIONS()
def m006_plan(db: Database) -> None:
    """Make the tables of the improvement plan."""
    _run(db, plan.SQL)
    for table in plan.GROW:
        for change in ("UPDATE", "DELETE"):
            db.execute(ONLY_GROWS.format(table=table, change=change))
    db.execute(plan.NEVER_GOES)


@MIGRATIONS()
def m007_signing_in(db: Database) -> None:
    """Give sessions ids that say nothing of their tokens; remember single sign-on’s answers."""
    _run(db, signing_in.SQL)


@MIGRATIONS()
def m008_plan_work(db: Database) -> None:
    """Make the tables of working the plan: links, reminders, reviews, calendars, staff's page."""
    _run(db, plan_work.SQL)


@MIGRATIONS()
def m009_published_pdfs(db: Database) -> None:
    """Know published PDFs by their fingerprints."""
    _run(db, published_pdfs.SQL)
    published_pdfs.fill(db)


@MIGRATIONS()
def m010_accepted_pdfs(db: Database) -> None:
    """Know accepted reports by their fingerprints."""
    _run(db, accepted_pdfs.SQL)
    accepted_pdfs.fill(db)


@MIGRATIONS()
def m011_workload(db: Database) -> None:
    """Make the tables of teams and their caseloads."""
    _run(db, workload.SQL)


@MIGRATIONS()
def m012_decisions(db: Database) -> None:
    """Make the tables of decisions about workload; let a report job belong to no health check."""
    _run(db, decisions.SQL)
    for trigger in decisions.TRIGGERS:
        db.execute(trigger)


@MIGRATIONS()
def m013_caseload_reports(db: Database) -> None:
    """Make the tables of reports of an excessive caseload; every employer gets an address."""
    _run(db, caseload_reports.SQL)
    db.execute(caseload_reports.EVERY_EMPLOYER_HAS_AN_ADDRESS)


@MIGRATIONS()
def m014_benchmarks(db: Database) -> None:
    """Make the table of safe levels that employers published."""
    _run(db, benchmarks.SQL)


@MIGRATIONS()
def m015_team_sums(db: Database) -> None:
    """Make the table of what pages show of each team's newest snapshot."""
    _run(db, team_sums.SQL)
    for trigger in team_sums.TRIGGERS:
        db.execute(trigger)


@MIGRATIONS()
def m016_writing_less(db: Database) -> None:
    """Order what every save writes so that it changes few pages."""
    _run(db, writing_less.SQL)
    for change in ("UPDATE", "DELETE"):
        db.execute(ONLY_GROWS.format(table="entry_history", change=change))


@MIGRATIONS()
def m017_caseload_told(db: Database) -> None:
    """Make the table of who was told of a report with a name."""
    _run(db, caseload_told.SQL)


def migrate(store: Store) -> None:
    """Bring the database up to date; two programs starting together do it once."""
    database = Database(store.connection)
    if MIGRATIONS.pending(database):
        with store.writing():
            MIGRATIONS.apply(database)


def _run(db: Database, sql: str) -> None:
    for statement in filter(str.strip, sql.split(";\n")):
        db.execute(statement)
