from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from healthcheck.core.messages import PAUSES, Kind, masked, next_try

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


def test_only_messages_whose_link_is_a_key_have_a_secret() -> None:
    assert {kind for kind in Kind if kind.value.has_secret} == {
        Kind.INVITATION,
        Kind.PASSWORD_LINK,
        Kind.PROGRESS_LINK,
        Kind.ACTIONS_DUE_BY_LINK,
    }
    assert {kind for kind in Kind if kind.value.opens_accounts} == {Kind.PASSWORD_LINK}


def test_every_kind_has_words_of_its_own_and_a_link() -> None:
    assert len({kind.value.words for kind in Kind}) == len(Kind)
    assert all("path" in kind.value.values for kind in Kind)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Join:\nhttps://a.example/join/s3cret-_x\n", "Join:\nhttps://a.example/join/(hidden)\n"),
        ('<a href="https://a.example/join/s3c">', '<a href="https://a.example/join/(hidden)">'),
        ("<span>http://h:8000/p/q/s3c</span>", "<span>http://h:8000/p/q/(hidden)</span>"),
        ("https://a.example", "https://a.example"),
        ("https://a.example/s3c?x=s3c#s3c", "https://a.example/(hidden)"),
        ("no address / here", "no address / here"),
    ],
)
def test_masking_takes_the_end_of_each_address(text: str, seen: str) -> None:
    assert masked(text) == seen


def test_the_pause_grows_with_each_try_until_a_message_is_given_up() -> None:
    waits = [next_try(tries, NOW) for tries in range(1, len(PAUSES) + 1)]

    assert waits == [NOW + pause for pause in PAUSES]
    assert list(PAUSES) == sorted(PAUSES)
    assert sum(PAUSES, timedelta()) > timedelta(days=2)
    assert next_try(len(PAUSES) + 1, NOW) is None
