"""The renderer: makes waiting reports into PDFs, one after another, away from the web.

It runs as a process of its own, at low priority. Each report is made in a forked child, so that one
that takes too long, or too much memory, ends alone. WeasyPrint is imported only here, only when
there is work, and before the fork, so that children need not load it again.
"""

from __future__ import annotations

import logging
import os
import select
import signal
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from healthcheck.services.locks import alone
from healthcheck.storage import publications, versions
from healthcheck.storage import reports as stored

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from healthcheck.services.context import Context
    from healthcheck.storage.versions import Version

Work = Callable[[], bytes]
LOG = logging.getLogger(__name__)

SECONDS_FOR_A_REPORT = 120.0
SECONDS_IDLE = 60.0
SECONDS_BETWEEN_LOOKS = 0.2
NICENESS = 10
MOST_TRIES = 2
CHUNK = 2**20
DATA = "What was submitted, as data: its SHA-256 is the fingerprint on the cover."

TOO_SLOW = (
    "The report took longer than two minutes to make, so it was stopped. Your answers are safe."
    " Tell the person who runs this service."
)
FAILED = (
    "The report could not be made. Your answers are safe. Try again, and if it fails again tell"
    " the person who runs this service."
)


def nothing_else(_ctx: Context) -> None:
    """Look after nothing besides reports."""


class ChildFailedError(Exception):
    """Raised when the forked child did not deliver; its text is a sentence for people."""


def run(
    open_context: Callable[[], AbstractContextManager[Context]],
    lock: Path,
    seconds_idle: float = SECONDS_IDLE,
    look_after: Callable[[Context], None] = nothing_else,
) -> None:
    """Render what waits, until nothing has waited for a while or the server that started it ended.

    In each round it does what it is given to `look_after`, which must be quick. Returns at once
    when another renderer holds the lock file. A report that is asked for just as this one stops is
    not missed: whoever finds the lock free starts the next renderer, and this one looks once more
    after letting it go.
    """
    os.nice(NICENESS)
    is_wanted = True
    while is_wanted:
        with alone(lock) as is_alone:
            if not is_alone:
                return
            with open_context() as ctx, ctx.store.writing():
                stored.requeue_interrupted(ctx.store)
            _render_until_idle(open_context, seconds_idle, look_after)
        with open_context() as ctx:
            look_after(ctx)
            is_wanted = stored.is_any_waiting(ctx.store)


def is_running(lock: Path) -> bool:
    """Say whether a renderer holds the lock file."""
    with alone(lock) as is_free:
        return not is_free


def render_next(ctx: Context, seconds: float = SECONDS_FOR_A_REPORT) -> bool:
    """Render the report that has waited longest; say whether there was one.

    A report that fails, or takes longer than the seconds given, is stored as failed with a
    sentence. Raises BusyError and NoRoomError when the outcome cannot be stored.
    """
    if not stored.is_any_waiting(ctx.store):
        return False
    with ctx.store.writing():
        job = stored.claim_next(ctx.store)
    if job is None:  # pragma: no cover - another took it between the two lines above
        return False
    version = versions.find_by_job(ctx.store, job.key)
    try:
        pdf = _rendered(job, version, seconds)
    except ChildFailedError as failure:
        with ctx.store.writing():
            stored.fail(ctx.store, job.key, str(failure))
    else:
        with ctx.store.writing():
            _keep(ctx, job, version, pdf)
    return True


def in_child(work: Work, seconds: float) -> bytes:
    """Return what the work returns, done in a forked process.

    Raises ChildFailedError when it raises, dies or takes longer than the seconds given.
    """
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - what runs in the child cannot be measured from here
        _work_and_exit(work, sending)
    os.close(sending)
    received = _received(receiving, time.monotonic() + seconds)
    if received is None:
        os.kill(child, signal.SIGKILL)
    os.close(receiving)
    _, status = os.waitpid(child, 0)
    if received is None:
        raise ChildFailedError(TOO_SLOW)
    if status:
        raise ChildFailedError(FAILED)
    return received


def _render_until_idle(
    open_context: Callable[[], AbstractContextManager[Context]],
    seconds_idle: float,
    look_after: Callable[[Context], None],
) -> None:
    parent = os.getppid()
    idle_since = time.monotonic()
    while True:
        with open_context() as ctx:
            look_after(ctx)
            has_rendered = render_next(ctx)
        if has_rendered:
            idle_since = time.monotonic()
        elif os.getppid() == parent and time.monotonic() - idle_since < seconds_idle:
            time.sleep(SECONDS_BETWEEN_LOOKS)
        else:
            return


def _keep(ctx: Context, job: stored.Claimed, version: Version | None, pdf: bytes) -> None:
    """Store a finished PDF: a version's with the version, and then its job is over.

    Of a published one its fingerprint is noted as well, for the verify page.
    """
    if version is None:
        stored.finish(ctx.store, job.key, pdf)
        publications.keep_fingerprint(ctx.store, job.key, pdf)
    else:
        versions.keep_pdf(ctx.store, version.assessment_id, version.number, pdf)
        stored.forget(ctx.store, job.key)


def _rendered(job: stored.Claimed, version: Version | None, seconds: float) -> bytes:
    if job.tries > MOST_TRIES:
        raise ChildFailedError(FAILED)
    return in_child(_renderer(job.html, version), seconds)


def _renderer(html: str, version: Version | None) -> Work:
    from healthcheck.reports import pdf  # noqa: PLC0415 - slow, and the web must not load it

    if version is None:
        return partial(pdf.render, html)
    data = pdf.Data(f"version-{version.number}.json", DATA, version.content, at=version.signed_at)
    return partial(pdf.render, html, data)


def _received(receiving: int, deadline: float) -> bytes | None:
    """Return all that comes through the pipe, None when the deadline passes first."""
    chunks: list[bytes] = []
    while select.select([receiving], [], [], max(0.0, deadline - time.monotonic()))[0]:
        chunk = os.read(receiving, CHUNK)
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)
    return None


def _work_and_exit(work: Work, sending: int) -> NoReturn:  # pragma: no cover
    """Send what the work returns, and end without any of the parent's closing down."""
    status = 1
    try:
        with os.fdopen(sending, "wb") as pipe:
            pipe.write(work())
        status = 0
    except Exception:
        LOG.exception("a report could not be rendered")
    finally:
        os._exit(status)
