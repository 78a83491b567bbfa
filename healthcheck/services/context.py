"""What every service needs to do its work for one request or one command."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from healthcheck.core.errors import (
    NotSignedInError,
    SecondFactorMissingError,
    SecondFactorNeededError,
)
from healthcheck.core.sessions import Missing
from healthcheck.services.doorkeeper import Doorkeeper
from healthcheck.services.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from healthcheck.core.accounts import Person
    from healthcheck.core.sessions import Holder
    from healthcheck.core.single_sign_on import Provider
    from healthcheck.definitions.library import Library
    from healthcheck.storage.store import Store

Given = ParamSpec("Given")
Result = TypeVar("Result")


def nobody_to_wake() -> None:
    """Leave the report waiting: this context has no renderer of its own to start."""


@dataclass(frozen=True)
class Context:
    """One request or command: whose it is, when, and the open store and library it works on.

    `now` is aware and in UTC. `person` may work; `holder` is whoever's session it is, even when
    something is missing yet. `address` is where the request came from, for the limit on failed
    sign-ins, and `user_agent` what the browser says of itself. `report_version` is the fingerprint
    of everything that shapes a report besides the answers. `site` is the address of this
    installation, for links in messages. `has_mail_server` says whether messages go to one; else
    they become files. `wake_renderer` starts the renderer, which also sends messages, when none is
    running. `second_factor_at_basw` says that roles at BASW ask for a second factor, and
    `single_sign_on` who else may say who somebody is. `shelf` keeps assessments that this
    process opened before, and `doorkeeper` counts what comes without signing in. `makes_papers`
    says whether PDFs are made at once or, as in a demonstration with years behind it, when
    somebody first asks for one.
    """

    store: Store
    library: Library
    now: datetime
    person: Person | None = None
    holder: Holder | None = None
    address: str = ""
    user_agent: str = ""
    report_version: str = ""
    site: str = "http://127.0.0.1:8000"
    has_mail_server: bool = False
    wake_renderer: Callable[[], None] = nobody_to_wake
    second_factor_at_basw: bool = False
    single_sign_on: Provider | None = None
    shelf: Shelf = field(default_factory=Shelf)
    doorkeeper: Doorkeeper = field(default_factory=Doorkeeper)
    makes_papers: bool = True

    def someone(self) -> Person:
        """Return the person signed in, with nothing missing.

        Raises NotSignedInError, SecondFactorNeededError and SecondFactorMissingError.
        """
        if self.person is not None:
            return self.person
        self.account_holder()
        raise SecondFactorMissingError("Set up a second factor first.")

    def account_holder(self) -> Person:
        """Return whose session it is, when at most the set-up of a second factor is missing.

        Raises NotSignedInError and SecondFactorNeededError.
        """
        if self.person is not None:
            return self.person
        if self.holder is None:
            raise NotSignedInError("Sign in to see this page.")
        if self.holder.missing is Missing.CODE:
            raise SecondFactorNeededError("Enter the code from your app to go on.")
        return self.holder.person


def in_one_save(
    act: Callable[Concatenate[Context, Given], Result],
) -> Callable[Concatenate[Context, Given], Result]:
    """Return what does the same in a transaction of its own, for callers that are in none."""

    @wraps(act)
    def saved(ctx: Context, /, *given: Given.args, **named: Given.kwargs) -> Result:
        with ctx.store.writing():
            return act(ctx, *given, **named)

    return saved
