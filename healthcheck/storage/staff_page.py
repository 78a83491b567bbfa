"""“You said, we did”: the lines chosen from a plan, and what was published of them."""

from __future__ import annotations

import json
from dataclasses import astuple
from typing import TYPE_CHECKING

from healthcheck.core.staff_page import Line, Shown, StaffPage
from healthcheck.storage.store import Row, Store, moment, stamp

if TYPE_CHECKING:
    from datetime import datetime

PAGE = "SELECT assessment_id, address, lines, published_at, removed_at, reason FROM staff_pages"


def lines(store: Store, assessment_id: str) -> dict[str, Line]:
    """Return the chosen lines by action."""
    rows = store.rows(
        "SELECT action_id, said, did FROM staff_lines WHERE assessment_id = ?", assessment_id
    )
    return {row[0]: Line(*row) for row in rows}


def put(store: Store, assessment_id: str, line: Line) -> None:
    """Write a line, in place of the one there was for its action."""
    store.run(
        "INSERT OR REPLACE INTO staff_lines (action_id, assessment_id, said, did)"
        " VALUES (?, ?, ?, ?)",
        line.action_id,
        assessment_id,
        line.said,
        line.did,
    )


def leave_out(store: Store, action_id: str) -> bool:
    """Take the line of an action out; say whether there was one."""
    return store.run("DELETE FROM staff_lines WHERE action_id = ?", action_id) > 0


def publish(store: Store, page: StaffPage, person_id: str) -> None:
    """Write that a page is public."""
    store.run(
        "INSERT INTO staff_pages (address, assessment_id, lines, published_by, published_at)"
        " VALUES (?, ?, ?, ?, ?)",
        page.address,
        page.assessment_id,
        json.dumps([astuple(each) for each in page.lines], ensure_ascii=False),
        person_id,
        stamp(page.published_at),
    )


def change(store: Store, page: StaffPage, person_id: str) -> None:
    """Write what a page that stands says from now on, at the same address."""
    store.run(
        "UPDATE staff_pages SET lines = ?, published_by = ?, published_at = ? WHERE address = ?"
        " AND removed_at IS NULL",
        json.dumps([astuple(each) for each in page.lines], ensure_ascii=False),
        person_id,
        stamp(page.published_at),
        page.address,
    )


def remove(store: Store, address: str, reason: str, person_id: str, now: datetime) -> None:
    """Write that the page at an address was taken down, and why."""
    store.run(
        "UPDATE staff_pages SET removed_by = ?, removed_at = ?, reason = ?"
        " WHERE address = ? AND removed_at IS NULL",
        person_id,
        stamp(now),
        reason,
        address,
    )


def find(store: Store, address: str) -> StaffPage | None:
    """Return what is, or was, public at an address."""
    row = store.row(f"{PAGE} WHERE address = ?", address)
    return _page(row) if row else None


def of(store: Store, assessment_id: str) -> tuple[StaffPage, ...]:
    """Return every page of a plan, newest first."""
    rows = store.rows(f"{PAGE} WHERE assessment_id = ? ORDER BY number DESC", assessment_id)
    return tuple(map(_page, rows))


def _page(row: Row) -> StaffPage:
    assessment_id, address, said, published_at, removed_at, reason = row
    return StaffPage(
        assessment_id,
        address,
        tuple(Shown(*each) for each in json.loads(said)),
        moment(published_at),
        moment(removed_at) if removed_at else None,
        reason,
    )
