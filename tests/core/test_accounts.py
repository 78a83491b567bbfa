from __future__ import annotations

import pytest

from healthcheck.core.accounts import is_email


@pytest.mark.parametrize("text", ["alice@council.example", "a.b+c@x.y", "a" * 242 + "@council.org"])
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
        "a" * 243 + "@council.org",
    ],
)
def test_anything_else_is_not_an_email(text: str) -> None:
    assert not is_email(text)
