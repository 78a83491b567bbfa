"""What every service needs to do its work for one request or one command."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from healthcheck.core.errors import NotSignedInError
from healthcheck.services.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from healthcheck.core.accounts import Person
    from healthcheck.definitions.library import Library
    from healthcheck.storage.store import Store


def nobody_to_wake() -> None:
    """Leave the report waiting: this context has no renderer of its own to start."""


@dataclass(frozen=True)
class Context:
    """One request or command: whose it is, when, and the open store and library it works on.

    `now` is aware and in UTC. `address` is where the request came from, for the limit on failed
    sign-ins. `report_version` is the fingerprint of everything that shapes a report besides the
    answers. `site` is the address of this installation, for links in messages. `has_mail_server`
    says whether messages go to one; else they become files. `wake_renderer` starts the renderer,
    which also sends messages, when none is running. `shelf` keeps assessments that this process
    opened before.
    """

    store: Store
    library: Library
    now: datetime
    person: Person | None = None
    address: str = ""
    report_version: str = ""
    site: str = "http://127.0.0.1:8000"
    has_mail_server: bool = False
    wake_renderer: Callable[[], None] = nobody_to_wake
    shelf: Shelf = field(default_factory=Shelf)

    def someone(self) -> Person:
        """Return the person signed in. Raises NotSignedInError."""
        if self.person is None:
            raise NotSignedInError("Sign in to see this page.")
        return self.person
