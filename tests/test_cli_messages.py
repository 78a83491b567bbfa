"""The commands that cron runs, as cron runs them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from healthcheck import bootstrap
from healthcheck.cli import main
from healthcheck.core.caseload_rules import Typed
from healthcheck.core.messages import Kind
from healthcheck.services import caseload_raising
from healthcheck.services.locks import alone
from healthcheck.services.messages import queue
from healthcheck.storage import caseload_reports
from healthcheck.storage import messages as stored
from tests.mail_server import free_port
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE
from tests.working_plans import add

if TYPE_CHECKING:
    from click.testing import Result

    from tests.people import World


@pytest.fixture(autouse=True)
def _settings(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in world.product.config.environment().items():
        monkeypatch.setenv(name, value)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def write_to(world: World, *emails: str) -> None:
    ctx = world.as_(None)
    with ctx.store.writing():
        for email in emails:
            queue(ctx, Kind.PASSWORD_LINK, email, due="1 May 2026", path="/new-password/s3cret")


def test_remind_queues_what_is_due_once_and_names_no_person(world: World) -> None:
    due_in_a_week = (bootstrap.clock() + timedelta(days=7)).date().isoformat()
    store = world.as_(None).store
    with store.writing():
        store.run("UPDATE assessments SET due = ?", due_in_a_week)
        store.run("UPDATE cycles SET opens = '2026-01-01', due = ?1, closes = ?1", due_in_a_week)

    first, second = run("remind"), run("remind")

    assert (first.exit_code, second.exit_code) == (0, 0)
    *lines, last = first.output.splitlines()
    assert last == "Queued 2 reminders."
    assert sorted(lines) == sorted(
        f"{each.reference}: due in 7 days (1 to remind)"
        for each in (world.northmeres, world.southmeres)
    )
    assert second.output == "Queued 0 reminders.\n"
    assert {each.recipient for each in stored.page(store, 0, 9)} == {ALICE.email, CHARLIE.email}


def test_remind_counts_the_messages_about_actions(world: World) -> None:
    add(world, due=date(2026, 1, 1))
    store = world.as_(None).store
    with store.writing():
        store.run("UPDATE assessments SET state = 'ACCEPTED'")
    first, second = run("remind"), run("remind")
    assert first.output == "Queued 0 reminders.\nQueued 1 messages about 1 actions.\n"
    assert second.output == "Queued 0 reminders.\n"


def test_send_messages_writes_to_the_outbox_without_a_mail_server(world: World) -> None:
    write_to(world, ALICE.email, BOB.email)

    first, second = run("send-messages"), run("send-messages")

    assert (first.exit_code, first.output) == (0, "Wrote to the outbox: 2 messages.\n")
    assert (second.exit_code, second.output) == (0, "Wrote to the outbox: 0 messages.\n")
    assert len([*world.product.config.outbox.iterdir()]) == 2


def test_send_messages_ends_with_status_1_and_the_problem_when_something_waits(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setenv("HEALTHCHECK_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("HEALTHCHECK_SMTP_PORT", str(port))
    monkeypatch.setenv("HEALTHCHECK_SMTP_SECURITY", "none")
    monkeypatch.setenv("HEALTHCHECK_MAIL_FROM", "healthcheck@example.org")
    write_to(world, ALICE.email, BOB.email)

    ended = run("send-messages")

    assert ended.exit_code == 1
    assert ended.output.splitlines() == [
        "Sent 0 messages.",
        "2 messages were not delivered:",
        f"The mail server 127.0.0.1, port {port}, cannot be used (Connection refused).",
    ]
    assert ALICE.email not in ended.output


def test_send_messages_leaves_the_work_to_whoever_does_it_already(world: World) -> None:
    write_to(world, ALICE.email)
    with alone(world.product.post().lock):
        ended = run("send-messages")

    assert (ended.exit_code, ended.output) == (0, "Another process is sending the messages.\n")


def test_remind_says_when_it_removes_old_messages(world: World) -> None:
    write_to(world, ALICE.email, BOB.email)
    store = world.as_(None).store
    with store.writing():
        store.run("UPDATE messages SET created_at = '2020-01-01', next_try_at = NULL")
    assert run("remind").output.splitlines()[-1] == "Removed 2 messages older than a year."
    assert store.rows("SELECT 1 FROM messages WHERE created_at = '2020-01-01'") == []


def test_remind_passes_reports_without_a_name_on_and_says_how_many_messages(world: World) -> None:
    ctx = world.as_(None)
    address = caseload_reports.settings(ctx.store, NORTHMERE.id)[0]
    caseload_raising.raise_unnamed(ctx, address, Typed("service-childrens", "Too many cases."))

    first, second = run("remind"), run("remind")

    # Made months ago by the clock of the tests: the lead is told, and told that it is late.
    assert "Queued 2 messages about caseload reports.\n" in first.output
    assert "caseload reports" not in second.output
