"""Report jobs: the page asked for, where its PDF has got to, and the finished PDF."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from healthcheck.storage.store import Store, moment, stamp

if TYPE_CHECKING:
    from datetime import datetime

State = Literal["waiting", "rendering", "ready", "failed", "not asked for"]
NOT_ASKED: Literal["not asked for"] = "not asked for"
"""The state of a report that nobody has asked for yet; no job is stored for one."""


@dataclass(frozen=True, slots=True)
class ReportJob:
    """One report on its way: `position` is its place in the queue, 1 being next and 0 not waiting.

    `problem` is a sentence when it failed. `assessment_id` is None for a paper of no health check.
    """

    key: str
    assessment_id: str | None
    state: State
    position: int = 0
    problem: str = ""

    @property
    def is_finished(self) -> bool:
        """Say whether nothing more will happen to it."""
        return self.state in {"ready", "failed", NOT_ASKED}


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job being rendered: its page, and which try this is, from 1."""

    key: str
    html: str
    tries: int


def find(store: Store, key: str) -> ReportJob | None:
    """Return the job of that key."""
    row = store.row(
        "SELECT key, assessment_id, state, CASE state WHEN 'waiting' THEN (SELECT count(*)"
        " FROM report_jobs ahead WHERE ahead.state = 'waiting' AND ahead.number <= job.number)"
        " ELSE 0 END, problem FROM report_jobs job WHERE key = ?",
        key,
    )
    return ReportJob(*row) if row else None


def add(  # noqa: PLR0913 - who asked for which page of what, when
    store: Store, key: str, assessment_id: str | None, html: str, *, person_id: str, now: datetime
) -> None:
    """Put a job at the end of the queue; one that failed before goes there again."""
    store.run(
        "INSERT INTO report_jobs (key, assessment_id, number, state, html, asked_by, asked_at)"
        " VALUES (?, ?, (SELECT coalesce(max(number), 0) + 1 FROM report_jobs), 'waiting', ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET number = excluded.number, state = 'waiting', tries = 0,"
        " html = excluded.html, problem = '', asked_by = excluded.asked_by,"
        " asked_at = excluded.asked_at WHERE state = 'failed'",
        key,
        assessment_id,
        html,
        person_id,
        stamp(now),
    )


def forget_old(store: Store, assessment_id: str, keep: int) -> None:
    """Forget an assessment's finished jobs but for the newest ones.

    Never a version's, an accepted or a published report: they are kept for good.
    """
    store.run(
        "DELETE FROM report_jobs WHERE assessment_id = ? AND state IN ('ready', 'failed')"
        " AND key NOT LIKE 'version-%' AND key NOT LIKE 'accepted-%'"
        " AND key NOT LIKE 'published-%' AND number NOT IN"
        " (SELECT number FROM report_jobs WHERE assessment_id = ?"
        " AND key NOT LIKE 'version-%' AND key NOT LIKE 'accepted-%'"
        " AND key NOT LIKE 'published-%'"
        " ORDER BY number DESC LIMIT ?)",
        assessment_id,
        assessment_id,
        keep,
    )


def forget_others(store: Store, prefix: str, keep: str) -> None:
    """Forget every job whose key begins so, but the one of the key `keep`."""
    store.run(
        "DELETE FROM report_jobs WHERE substr(key, 1, ?) = ? AND key <> ?",
        len(prefix),
        prefix,
        keep,
    )


def newest(store: Store, assessment_id: str, prefix: str) -> ReportJob | None:
    """Return the job an assessment was given last, of those whose key begins so."""
    row = store.row(
        "SELECT key FROM report_jobs WHERE assessment_id = ? AND substr(key, 1, ?) = ?"
        " ORDER BY number DESC LIMIT 1",
        assessment_id,
        len(prefix),
        prefix,
    )
    return find(store, row[0]) if row else None


def forget(store: Store, key: str) -> None:
    """Forget one job, whose PDF is kept elsewhere."""
    store.run("DELETE FROM report_jobs WHERE key = ?", key)


def is_any_waiting(store: Store) -> bool:
    """Say whether there is a job to render."""
    return store.row("SELECT 1 FROM report_jobs WHERE state = 'waiting' LIMIT 1") is not None


def claim_next(store: Store) -> Claimed | None:
    """Return the job that has waited longest, now marked as rendering; None when none waits."""
    row = store.row(
        "SELECT key, html, tries + 1 FROM report_jobs WHERE state = 'waiting'"
        " ORDER BY number LIMIT 1"
    )
    if row is None:
        return None
    store.run("UPDATE report_jobs SET state = 'rendering', tries = ? WHERE key = ?", row[2], row[0])
    return Claimed(*row)


def requeue_interrupted(store: Store) -> None:
    """Let jobs wait again that a renderer left unfinished; call it while none is running."""
    store.run("UPDATE report_jobs SET state = 'waiting' WHERE state = 'rendering'")


def finish(store: Store, key: str, pdf: bytes) -> None:
    """Store a finished PDF with its SHA-256; the page it was made from is no longer needed."""
    store.run(
        "UPDATE report_jobs SET state = 'ready', pdf = ?, pdf_sha256 = ?, html = NULL"
        " WHERE key = ?",
        pdf,
        hashlib.sha256(pdf).hexdigest(),
        key,
    )


def fail(store: Store, key: str, problem: str) -> None:
    """Store, in a sentence, why a PDF could not be made."""
    store.run(
        "UPDATE report_jobs SET state = 'failed', problem = ?, html = NULL WHERE key = ?",
        problem,
        key,
    )


def pdf(store: Store, key: str) -> bytes | None:
    """Return a finished PDF, None while it is not ready."""
    row = store.row("SELECT pdf FROM report_jobs WHERE key = ? AND state = 'ready'", key)
    return bytes(row[0]) if row else None


def find_by_pdf(store: Store, prefix: str, sha256: str) -> tuple[str, datetime] | None:
    """Return whose PDF has that SHA-256, by the assessment's id, and when it was asked for.

    Only PDFs of jobs whose key begins so are looked at.
    """
    row = store.row(
        "SELECT assessment_id, asked_at FROM report_jobs"
        " WHERE pdf_sha256 = ? AND substr(key, 1, ?) = ? ORDER BY number LIMIT 1",
        sha256,
        len(prefix),
        prefix,
    )
    return (row[0], moment(row[1])) if row else None
