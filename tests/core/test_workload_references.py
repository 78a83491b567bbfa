from __future__ import annotations

from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthcheck.core.workload.references import ALLOWED, problem

A_DATE = "a date, which may be a date of birth"
A_NAME = "what looks like a name"


@pytest.mark.parametrize(
    "reference",
    [
        "", "7", "C-1042", "1042", "LL/20391", "SW 1234567", "2026/114", "AB12", "P0012345678",
        "9434765918", "Case 12", "case of the day", "Smith", "O’Brien 4", "12-34-5678", "Court A",
        "D 12", "NW/2026/0042", "31-12", "Family No 4", "REF 10-20-30",
    ],
)  # fmt: skip
def test_a_reference_of_ones_own_is_taken(reference: str) -> None:
    assert problem(reference) == ""


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        ("1/2/2010", A_DATE),
        ("JS 01.02.10", A_DATE),
        ("C-7 2010-02-28", A_DATE),
        ("31 Dec 1999", A_DATE),
        ("3rd March 2012", A_DATE),
        ("John Smith 3/4/2011", A_DATE),
        ("".join(chr(ord(each) + 0xFEE0) for each in "01/02/2010"), A_DATE),
        ("01 / 02 / 2010", A_DATE),
        ("01\N{EN DASH}02\N{EN DASH}2010", A_DATE),
        ("Feb 1st, 2010", A_DATE),
        ("C-7 dob 010210", A_DATE),
        ("943 476 5919", "an NHS number"),
        ("943.476.5919", "an NHS number"),
        ("943\N{NO-BREAK SPACE}476\N{NO-BREAK SPACE}5919", "an NHS number"),
        ("NHS9434765919", "an NHS number"),
        ("943-476-5919", "an NHS number"),
        ("QQ 12 34 56 C".replace("QQ", "AB"), "a National Insurance number"),
        ("ab123456c", "a National Insurance number"),
        ("jo@example.org", "an e-mail address"),
        ("John Smith", A_NAME),
        ("Smith, John", A_NAME),
        ("Anne-Marie O'Neill 12", A_NAME),
        ("Case Mary Jones", A_NAME),
        ("john smith 12", A_NAME),
        ("J Smith", A_NAME),
        ("J. Smith", A_NAME),
        ("Smith, J", A_NAME),
        ("Smith J.", A_NAME),
        ("Élodie Dupont", A_NAME),
    ],
)
def test_what_says_who_a_client_is_is_refused_without_repeating_it(
    reference: str, told: str
) -> None:
    assert problem(reference) == f"A case reference cannot hold {told}. {ALLOWED}"


def test_a_reference_is_short_and_can_be_read() -> None:
    assert problem(31 * "7").startswith("A case reference can have up to 30 characters.")
    assert "cannot be seen" in problem("7\u200b8")


def test_a_very_long_reference_is_refused_at_once() -> None:
    began = process_time()
    assert problem("a-" * 40_000).startswith("A case reference can have up to 30 characters.")
    assert process_time() - began < 1


DAYS = st.dates(date(1920, 1, 1), date(2026, 12, 31))


@settings(max_examples=60)
@given(DAYS, st.sampled_from(["%d/%m/%Y", "%d.%m.%y", "%Y-%m-%d", "%d %b %Y", "%d %m %Y"]))
def test_no_day_of_a_life_passes_however_it_is_written(born: date, form: str) -> None:
    assert problem(f"{born:{form}}")
    assert problem(f"C-7 {born - timedelta(days=1):{form}}")
