"""What in free text seems to say who a client is, however it is written."""

from __future__ import annotations

import pytest

from healthcheck.core.workload.clients import named_in, refused

A_NUMBER = "ten figures, which may be an NHS number"
A_BIRTH = "a date of birth"
A_NAME = "what looks like a name and a date"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The child’s NHS number is 943 476 5919.", A_NUMBER),
        ("NHS 943.476.5919", A_NUMBER),
        ("943\N{EN DASH}476\N{EN DASH}5919", A_NUMBER),
        ("943\N{NO-BREAK SPACE}476\N{NO-BREAK SPACE}5919", A_NUMBER),
        ("94\N{ZERO WIDTH SPACE}34765919", A_NUMBER),
        ("".join(chr(ord(each) + 0xFEE0) for each in "9434765919"), A_NUMBER),
        ("AB123456C is the mother.", "a National Insurance number"),
        ("One, dob 12/3/09, needs me daily.", A_BIRTH),
        ("He was born on the 3rd of March 2014.", A_BIRTH),
        ("DOB: 01022010", A_BIRTH),
        ("D O B 1/2/2010", A_BIRTH),
        ("date of  birth\n1 / 2 / 2010", A_BIRTH),
        ("dob Feb 1st, 2010", A_BIRTH),
        ("John Smith (12/03/2014) waits.", A_NAME),
        ("12/03/2014, Mary O’Neill waits.", A_NAME),
        ("Mary O’Neill, March 12 2014", A_NAME),
        ("Since Monday 2 March 2026 I have 30 cases.", ""),
        ("Thirty cases since 1/2/2026. My manager knows.", ""),
        ("We are three of nine. Ring 01234 567890.", ""),
        ("Practice Educator, 1/9/2026 to 31/3/2027", ""),
        ("Born leaders. The team has had 37 hours less since.", ""),
        ("Born leaders, and thirty of them a week since the floods of 1/2/2026.", ""),
    ],
)
def test_what_seems_to_say_who_a_client_is_is_seen(text: str, told: str) -> None:
    assert named_in(text) == told
    sentence = (
        f"There is {told} in what you wrote. Take it out: a report is about the work, never about"
        " a client."
    )
    assert refused(text, "a report") == (sentence if told else "")
