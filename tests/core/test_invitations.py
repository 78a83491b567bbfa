"""What becomes of an invitation."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from healthcheck.core.accounts import Employer
from healthcheck.core.invitations import TIME_TO_JOIN, Invitation, Standing
from healthcheck.core.permissions import Role

SENT = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
WAITING = Invitation("one", "a@b.example", None, Role.REVIEWER, "Ada", SENT, SENT + TIME_TO_JOIN)
A_MOMENT = timedelta(microseconds=1)


def test_it_waits_for_fourteen_days_and_not_a_moment_longer() -> None:
    end = datetime(2026, 3, 16, 10, 30, tzinfo=UTC)
    assert WAITING.standing(SENT) is Standing.WAITING
    assert WAITING.standing(end - A_MOMENT) is Standing.WAITING
    assert WAITING.standing(end) is Standing.EXPIRED


@pytest.mark.parametrize("at", [SENT, SENT + 2 * TIME_TO_JOIN])
def test_what_was_accepted_or_cancelled_stays_so(at: datetime) -> None:
    assert replace(WAITING, used_at=SENT).standing(at) is Standing.ACCEPTED
    assert replace(WAITING, cancelled_at=SENT).standing(at) is Standing.CANCELLED


def test_it_says_where_the_role_is() -> None:
    northmere = Employer("northmere", "Northmere Council", "england", "council")
    assert WAITING.place == "BASW"
    assert replace(WAITING, employer=northmere).place == "Northmere Council"
