from __future__ import annotations

import pytest

from healthcheck.core.accounts import is_email, is_guessable


@pytest.mark.parametrize(
    "text", ["alice@council.example", "a.b+c@x.y", "o'hara_1@x-y.z.uk", "a" * 242 + "@council.org"]
)
def test_an_address_with_a_name_and_a_domain_is_an_email(text: str) -> None:
    assert is_email(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "alice",
        "alice@council",
        "@council.example",
        "alice@.",
        "alice @council.example",
        "alice@council.example\n",
        "alice@bob@council.example",
        "alice@council.example\x00",
        "alice\x1b@council.example",
        "al\u202eice@council.example",
        "<alice@council.example>",
        'a"lice@council.example',
        "a,b@council.example",
        "alice..archer@council.example",
        ".alice@council.example",
        "alice@council..example",
        "a" * 243 + "@council.org",
    ],
)
def test_anything_else_is_not_an_email(text: str) -> None:
    assert not is_email(text)


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Passwort2026!",
        "qwertyuiop12",
        "healthcheck2026",
        "Health Check 26",
        "administrator1",
        "aaaaaaaaaaaa",
        "ababababababab",
        "123456789012",
    ],
)
def test_what_is_tried_first_is_guessable(password: str) -> None:
    assert is_guessable(password)


@pytest.mark.parametrize("password", ["a long walk to Northmere", "xK9#2$7!83@1", "twelve chars"])
def test_a_password_with_enough_of_its_own_is_not(password: str) -> None:
    assert not is_guessable(password)
