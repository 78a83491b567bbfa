from __future__ import annotations

import pytest

from healthcheck.core.sessions import Missing, missing


@pytest.mark.parametrize(
    ("needs_code", "has_one", "must", "stands_in", "expected"),
    [
        (False, False, False, False, None),
        (True, True, False, False, Missing.CODE),
        (True, True, True, True, Missing.CODE),
        (False, True, True, False, None),
        (False, False, True, False, Missing.SET_UP),
        (False, False, True, True, None),
    ],
)
def test_what_is_missing_follows_from_four_facts(
    *, needs_code: bool, has_one: bool, must: bool, stands_in: bool, expected: Missing | None
) -> None:
    found = missing(
        needs_code=needs_code, has_second_factor=has_one, must_have_one=must, stands_in=stands_in
    )
    assert found is expected
