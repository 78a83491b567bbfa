"""The only place where the parts are joined: settings, questionnaires, database and renderer."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import deque
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from healthcheck import resources
from healthcheck.core.errors import ConfigurationError
from healthcheck.definitions import library as definitions
from healthcheck.services import rendering, sending
from healthcheck.services.context import Context, nobody_to_wake
from healthcheck.services.doorkeeper import Doorkeeper
from healthcheck.services.mail import Post
from healthcheck.services.shelf import Shelf
from healthcheck.storage.opening import make_ready
from healthcheck.storage.store import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from healthcheck.config import Config
    from healthcheck.core.accounts import Person
    from healthcheck.definitions.library import Library
    from healthcheck.storage.store import Store

SECONDS_BETWEEN_STARTS = 5.0
"""The shortest time between two starts of a renderer, should it keep failing."""

SECONDS_BETWEEN_LOOKS = 1.0
"""The shortest time between two starts of a sender."""


def clock() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


@cache
def report_version() -> str:
    """Return the fingerprint of what shapes a report besides the answers, as it was at start."""
    return resources.fingerprint(*resources.shaping_reports())


class Product:
    """The program ready to work, in one process.

    Connections stay open between contexts, so in a server that forks, load it after the fork.
    """

    def __init__(
        self,
        config: Config,
        library: Library,
        now: Callable[[], datetime],
        renderer: Renderer | None = None,
    ) -> None:
        self.config = config
        self.library = library
        self._now = now
        self._renderer = renderer
        self._report_version = report_version()
        self._idle: deque[Store] = deque()
        self._shelf = Shelf()
        self._doorkeeper = Doorkeeper()

    @contextmanager
    def context(
        self, person: Person | None = None, address: str = "", user_agent: str = ""
    ) -> Generator[Context]:
        """Give one request or command what services need, with a connection of its own.

        Raises BusyError and NoRoomError when the database cannot be opened.
        """
        try:
            store = self._idle.pop()
        except IndexError:
            store = connect(self.config.database, self.config.busy_seconds)
        try:
            yield Context(
                store=store,
                library=self.library,
                now=self._now(),
                person=person,
                address=address,
                user_agent=user_agent,
                report_version=self._report_version,
                site=self.config.site,
                has_mail_server=self.config.mail_server is not None,
                second_factor_at_basw=self.config.second_factor_at_basw,
                single_sign_on=self.config.single_sign_on,
                wake_renderer=self._renderer.wake if self._renderer else nobody_to_wake,
                shelf=self._shelf,
                doorkeeper=self._doorkeeper,
            )
        finally:
            self._idle.append(store)

    def post(self) -> Post:
        """Return how this installation delivers messages."""
        return Post(self.config.mail_server, self.config.mail_from, self.config.outbox)

    def close(self) -> None:
        """Close the connections that stayed open, and stop the renderer started from here."""
        if self._renderer is not None:
            self._renderer.stop()
        while self._idle:
            self._idle.pop().close()


class Renderer:
    """Starts the renderer, a process of its own, when none is running."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = -SECONDS_BETWEEN_STARTS

    def wake(self) -> None:
        """Start a renderer unless one is running or was started a moment ago."""
        if self._process is not None and self._process.poll() is None:
            return
        if time.monotonic() - self._started_at < SECONDS_BETWEEN_STARTS:
            return
        if rendering.is_running(self._config.renderer_lock):
            return
        self._started_at = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "healthcheck", "render"],
            env={**os.environ, **self._config.environment()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )

    def stop(self) -> None:
        """Stop the renderer; a report it was making waits for the next one."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None


class Sender:
    """Starts `send-messages`, a process of its own, whenever a message is to be sent.

    A process, so that a mail server that is slow to answer keeps no report waiting.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = -SECONDS_BETWEEN_LOOKS

    def look(self, ctx: Context) -> None:
        """Start one if a message is to be sent, unless one is running or was a moment ago."""
        is_running = self._process is not None and self._process.poll() is None
        is_early = time.monotonic() - self._started_at < SECONDS_BETWEEN_LOOKS
        if is_running or is_early or not sending.is_any_due(ctx):
            return
        self._started_at = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "healthcheck", "send-messages"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )


def load(
    config: Config, now: Callable[[], datetime] = clock, *, starts_renderer: bool = False
) -> Product:
    """Return the product, its database made or brought up to date.

    A server passes `starts_renderer`; without it, reports wait until somebody runs the renderer.
    Raises FaultyDefinitionsError with every problem of the questionnaires, and ConfigurationError
    when the database cannot be opened or stands on an edition that is not there.
    """
    library = definitions.load(config.questionnaires)
    started_on = make_ready(config.database, config.busy_seconds)
    missing = [each for each in started_on if each not in library.editions()]
    if missing:
        raise ConfigurationError(
            "\n".join(
                f"A health check was started on {name}, edition {edition}, but"
                f" “{config.questionnaires / name / edition}.yaml” is not there. Put it back."
                for name, edition in missing
            )
        )
    return Product(config, library, now, Renderer(config) if starts_renderer else None)
