"""Links to one action each; of the secret in them, only the fingerprint."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from healthcheck.core.plan_links import Link
from healthcheck.storage.store import Row, Store, moment, stamp

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

LINK = """
SELECT l.id, l.action_id, l.name, l.email, coalesce(p.name, ''), l.created_at, l.expires_at,
    l.revoked_at, l.used_at
FROM progress_links l LEFT JOIN people p ON p.id = l.sent_by
"""
OF_THESE = " WHERE l.action_id IN (SELECT value FROM json_each(?)) ORDER BY l.created_at DESC, l.id"


def add(store: Store, link: Link, token_hash: str, sent_by: str | None) -> None:
    """Write a link; `sent_by` is a person's id, None when a reminder carries it."""
    store.run(
        "INSERT INTO progress_links (id, token_hash, action_id, name, email, sent_by, created_at,"
        " expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        link.id,
        token_hash,
        link.action_id,
        link.name,
        link.email,
        sent_by,
        stamp(link.created_at),
        stamp(link.expires_at),
    )


def find(store: Store, token_hash: str) -> Link | None:
    """Return the link that carries the token with this fingerprint."""
    row = store.row(f"{LINK} WHERE l.token_hash = ?", token_hash)
    return _link(row) if row else None


def of_actions(store: Store, action_ids: Collection[str]) -> dict[str, tuple[Link, ...]]:
    """Return the links to each of these actions, newest first, in one query."""
    found: dict[str, list[Link]] = {each: [] for each in action_ids}
    for row in store.rows(
        LINK + OF_THESE,
        json.dumps([*action_ids]),
    ):
        found[row[1]].append(_link(row))
    return {action_id: tuple(links) for action_id, links in found.items()}


def revoke(store: Store, action_id: str, now: datetime) -> int:
    """End every link to an action that has not ended; return how many did."""
    return store.run(
        "UPDATE progress_links SET revoked_at = ? WHERE action_id = ? AND revoked_at IS NULL",
        stamp(now),
        action_id,
    )


def use(store: Store, link_id: str, now: datetime) -> None:
    """Note that progress came by a link."""
    store.run("UPDATE progress_links SET used_at = ? WHERE id = ?", stamp(now), link_id)


def _link(row: Row) -> Link:
    id_, action_id, name, email, sent_by, created_at, expires_at, revoked_at, used_at = row
    return Link(
        id_,
        action_id,
        name,
        email,
        sent_by,
        moment(created_at),
        moment(expires_at),
        moment(revoked_at) if revoked_at else None,
        moment(used_at) if used_at else None,
    )
