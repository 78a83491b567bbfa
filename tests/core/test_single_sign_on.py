from __future__ import annotations

import pytest

from healthcheck.core.single_sign_on import checked_email, is_safe_address, subject

EMAIL = "alice@northmere.example"


@pytest.mark.parametrize(
    ("said", "trusts", "is_believed"),
    [
        (True, False, True),
        ("true", False, True),
        (False, False, False),
        (False, True, False),
        ("false", True, False),
        (1, True, False),
        (None, False, False),
        (None, True, True),
    ],
)
def test_an_address_is_believed_when_it_was_checked(
    *, said: object, trusts: bool, is_believed: bool
) -> None:
    claims = {"email": EMAIL, "email_verified": said}
    assert checked_email(claims, trusts_email=trusts) == (EMAIL if is_believed else None)


@pytest.mark.parametrize("email", [None, "", "alice", 7, ["alice@northmere.example"]])
def test_what_is_no_address_is_not_believed(email: object) -> None:
    assert checked_email({"email": email, "email_verified": True}, trusts_email=True) is None


@pytest.mark.parametrize(
    ("sub", "expected"), [("a", "a"), ("x" * 256, None), ("", None), (7, None), (None, None)]
)
def test_a_subject_is_text_of_255_characters_at_most(sub: object, expected: str | None) -> None:
    assert subject({"sub": sub}) == expected


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("https://login.example.org/tenant/v2.0", True),
        ("http://127.0.0.1:9000", True),
        ("http://localhost/x", True),
        ("http://login.example.org", False),
        ("http://127.0.0.1.example.org", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_secrets_go_by_https_or_stay_on_this_machine(*, address: str, is_safe: bool) -> None:
    assert is_safe_address(address) is is_safe
