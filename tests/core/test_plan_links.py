"""Links to one action: how long they work, for whom, and when a reminder may carry a new one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from healthcheck.core.plan_links import (
    Link,
    Standing,
    may_be_sent_again,
    needs_link,
    runs_out,
    works,
)
from healthcheck.core.plans import Owner
from tests.plan_made import action

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TOM = Owner("Tom Reed", email="Tom@it.example")
LINK = Link("l", "action-1", "Tom Reed", "tom@it.example", "Alice", NOW, runs_out(NOW))
ENDED = replace(LINK, revoked_at=NOW)


def test_a_link_works_for_30_days_and_runs_out_at_that_very_moment() -> None:
    until = NOW + timedelta(days=30)
    assert LINK.standing(until - timedelta(seconds=1)) is Standing.WORKS
    assert LINK.standing(until) is Standing.EXPIRED
    assert ENDED.standing(NOW) is Standing.REVOKED
    assert runs_out(NOW, 14) == NOW + timedelta(days=14)


def test_a_link_works_only_while_its_action_has_the_same_owner() -> None:
    assert works(LINK, action(owner=TOM), NOW)
    assert not works(LINK, action(owner=replace(TOM, email="ana@it.example")), NOW)
    assert not works(LINK, action(owner=replace(TOM, email="")), NOW)
    assert not works(replace(LINK, email=""), action(owner=replace(TOM, email="")), NOW)
    assert not works(ENDED, action(owner=TOM), NOW)
    assert not works(LINK, action(owner=TOM), LINK.expires_at)


def test_only_an_owner_with_an_address_and_no_account_needs_one() -> None:
    assert needs_link(TOM)
    assert not needs_link(replace(TOM, person_id="tom"))
    assert not needs_link(Owner("The IT department"))


def test_after_the_lead_ended_the_newest_link_no_reminder_carries_another() -> None:
    other = replace(ENDED, email="ana@it.example")
    assert may_be_sent_again([], TOM)
    assert may_be_sent_again([LINK, ENDED], TOM)
    assert may_be_sent_again([other, LINK], TOM)
    assert not may_be_sent_again([other, ENDED, LINK], TOM)
