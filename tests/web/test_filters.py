"""What templates may call."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from healthcheck.web import filters


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2026, 1, 5, 9, 5, tzinfo=UTC), "09:05"),
        (datetime(2026, 7, 5, 23, 30, tzinfo=UTC), "00:30"),
    ],
)
def test_the_time_of_day_is_that_of_the_united_kingdom(moment: datetime, shown: str) -> None:
    assert filters.clock(moment) == shown


def test_the_address_of_a_file_holds_a_fingerprint_of_what_is_in_it() -> None:
    css, script = filters.static_file("built/main.css"), filters.static_file("healthcheck.js")
    assert css.startswith("/static/built/main.css?v=")
    assert len(css.rpartition("=")[2]) == 12
    assert css.rpartition("=")[2] != script.rpartition("=")[2]
