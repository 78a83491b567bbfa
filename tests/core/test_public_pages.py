from __future__ import annotations

from datetime import UTC, datetime

import pytest

from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.public_pages import accepted_reason, address, earlier, standing
from healthcheck.core.staff_page import StaffPage

NOW = datetime(2026, 3, 2, tzinfo=UTC)
FIRST = StaffPage("check", "a", (), NOW, NOW, "Old")
SECOND = StaffPage("check", "b", (), NOW)


def test_one_page_stands_and_the_others_were_taken_down() -> None:
    assert (standing([SECOND, FIRST]), earlier([SECOND, FIRST])) == (SECOND, (FIRST,))
    assert (standing([FIRST]), earlier([])) == (None, ())


def test_an_address_has_the_employers_name_and_ends_in_the_letters() -> None:
    assert address("bcdfghjk", "Cyngor T\u0177 \u0174yr (City)") == "cyngor-ty-wyr-city-bcdfghjk"
    assert address("bcdfghjk", "\u5317\u4eac") == "bcdfghjk"


def test_taking_it_down_needs_a_reason() -> None:
    assert accepted_reason(" It is out of date. ") == "It is out of date."
    with pytest.raises(UnacceptableDetailsError, match=r"^Give a reason to take the page down\.$"):
        accepted_reason(" ")
    with pytest.raises(UnacceptableDetailsError, match=r"2,000 characters; this one has 2,001"):
        accepted_reason("x" * 2001)
