"""Second factors: the secret shared with an app, the last code used, the recovery codes left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.storage.store import Store, moment, stamp

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """What a person's app shares with us; until it is confirmed nothing asks for its codes."""

    secret: str
    confirmed_at: datetime | None


def begin(store: Store, person_id: str, secret: str, now: datetime) -> None:
    """Write a secret that is not confirmed yet, in the place of one before."""
    store.run(
        "INSERT OR REPLACE INTO second_factors (person_id, secret, added_at) VALUES (?, ?, ?)",
        person_id,
        secret,
        stamp(now),
    )


def find(store: Store, person_id: str) -> SecondFactor | None:
    """Return a person's second factor, confirmed or not."""
    row = store.row(
        "SELECT secret, confirmed_at FROM second_factors WHERE person_id = ?", person_id
    )
    return SecondFactor(row[0], moment(row[1]) if row[1] else None) if row else None


def is_confirmed(store: Store, person_id: str) -> bool:
    """Say whether codes are asked of a person."""
    found = find(store, person_id)
    return found is not None and found.confirmed_at is not None


def use(store: Store, person_id: str, counter: int) -> bool:
    """Use up the code of a time step and all before it; say whether it was still there to use."""
    return bool(
        store.run(
            "UPDATE second_factors SET last_counter = ?2"
            " WHERE person_id = ?1 AND last_counter < ?2",
            person_id,
            counter,
        )
    )


def confirm(store: Store, person_id: str, now: datetime) -> None:
    """Ask for codes from now on."""
    store.run(
        "UPDATE second_factors SET confirmed_at = ? WHERE person_id = ?", stamp(now), person_id
    )


def remove(store: Store, person_id: str) -> bool:
    """Forget a person's second factor and recovery codes; say whether codes were asked for."""
    was_asked = is_confirmed(store, person_id)
    store.run("DELETE FROM recovery_codes WHERE person_id = ?", person_id)
    store.run("DELETE FROM second_factors WHERE person_id = ?", person_id)
    return was_asked


def set_recovery_codes(store: Store, person_id: str, code_hashes: Iterable[str]) -> None:
    """Write new recovery codes in the place of those before."""
    store.run("DELETE FROM recovery_codes WHERE person_id = ?", person_id)
    for each in code_hashes:
        store.run(
            "INSERT INTO recovery_codes (person_id, code_hash) VALUES (?, ?)", person_id, each
        )


def use_recovery_code(store: Store, person_id: str, code_hash: str, now: datetime) -> bool:
    """Use up a recovery code; say whether it was there to use."""
    return bool(
        store.run(
            "UPDATE recovery_codes SET used_at = ?"
            " WHERE person_id = ? AND code_hash = ? AND used_at IS NULL",
            stamp(now),
            person_id,
            code_hash,
        )
    )


def recovery_codes_left(store: Store, person_id: str) -> int:
    """Return how many recovery codes were not used yet."""
    ((count,),) = store.rows(
        "SELECT count(*) FROM recovery_codes WHERE person_id = ? AND used_at IS NULL", person_id
    )
    return int(count)
