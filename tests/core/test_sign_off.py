from __future__ import annotations

import pytest

from healthcheck.core.sign_off import (
    LONGEST_ACCOUNT,
    LONGEST_NAME,
    MOST_PRACTITIONERS,
    Attestation,
    Consultation,
    Signing,
    accept_consultation,
    accept_signing,
    lacking,
    sentence,
)

EVERYTHING = [each.name for each in Attestation]


def test_what_is_said_about_consultation_is_kept_without_spaces_around_it() -> None:
    assert accept_consultation(" 1,240 ", " In forums.\r\n", "They agreed. ") == (
        Consultation(1240, "In forums.", "They agreed."),
        {},
    )


def test_a_draft_may_say_nothing_yet() -> None:
    assert accept_consultation("", "", "") == (Consultation(), {})


@pytest.mark.parametrize("typed", ["many", "12.5", "-3", "1" * 13, "½"])
def test_how_many_took_part_is_a_whole_number(typed: str) -> None:
    found, problems = accept_consultation(typed, "", "")
    assert found.practitioners is None
    assert problems == {"practitioners": "How many took part must be a whole number, such as 120."}


def test_how_many_took_part_has_a_limit() -> None:
    assert accept_consultation(str(MOST_PRACTITIONERS), "", "")[1] == {}
    assert accept_consultation(str(MOST_PRACTITIONERS + 1), "", "")[1] == {
        "practitioners": "How many took part must be 100,000 or fewer."
    }


def test_an_account_that_is_too_long_says_by_how_much() -> None:
    _, problems = accept_consultation("", "x" * (LONGEST_ACCOUNT + 2), "y" * LONGEST_ACCOUNT)
    assert problems == {"how": "Use 4,000 characters or fewer. It is 2 too long."}


def test_all_of_it_must_be_said_before_sending_and_somebody_consulted() -> None:
    assert [*lacking(Consultation())] == ["practitioners", "how", "unions"]
    assert [*lacking(Consultation(0, "None were.", "None."))] == ["practitioners"]
    assert lacking(Consultation(1, "A talk.", "None was asked.")) == {}


def test_an_attestation_says_how_many_were_consulted() -> None:
    assert sentence(Attestation.CONSULTED, Consultation(1240)) == (
        "Practitioners were consulted: 1,240 took part, in the way described."
    )
    assert "0 took part" in sentence(Attestation.CONSULTED, Consultation())
    assert sentence(Attestation.ACTS, Consultation()) == Attestation.ACTS.value


def test_a_signature_is_every_attestation_a_name_and_a_role() -> None:
    assert accept_signing(EVERYTHING, " Anita\n Rao ", "Director") == (
        Signing(frozenset(Attestation), "Anita Rao", "Director"),
        {},
    )


@pytest.mark.parametrize("missing", Attestation)
def test_each_attestation_must_be_ticked(missing: Attestation) -> None:
    ticked = [name for name in EVERYTHING if name != missing.name]
    _, problems = accept_signing([*ticked, "SOMETHING_ELSE"], "Anita Rao", "Director")
    assert [*problems] == [missing.name]
    assert problems[missing.name].endswith("or decline and say why.")


def test_a_name_and_a_role_must_be_typed_and_not_too_long() -> None:
    assert accept_signing(EVERYTHING, " ", "")[1] == {
        "name": "Type your name.",
        "role": "Type your role.",
    }
    assert accept_signing(EVERYTHING, "A" * LONGEST_NAME, "D" * (LONGEST_NAME + 1))[1] == {
        "role": "Your role must be 200 characters or fewer."
    }
