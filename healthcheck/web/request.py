"""One request's context: an open store, the time, and who is asking."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from typing import TYPE_CHECKING, cast

from flask import current_app, g, request, session

from healthcheck.core.errors import ProductError
from healthcheck.core.sessions import Missing
from healthcheck.services import accounts, own_actions

if TYPE_CHECKING:
    from healthcheck.bootstrap import Product
    from healthcheck.core.accounts import Person
    from healthcheck.services.context import Context

LOG = logging.getLogger(__name__)
TOKEN = "token"  # noqa: S105 - the name of the session's entry, not a secret


def product() -> Product:
    """Return the product this application serves."""
    return cast("Product", current_app.extensions["healthcheck"])


def context() -> Context:
    """Return this request's context, opened on first use and closed when the request ends."""
    if "context" not in g:
        stack = g.stack = ExitStack()
        bare = stack.enter_context(
            product().context(
                address=request.remote_addr or "", user_agent=request.user_agent.string
            )
        )
        token = session.get(TOKEN)
        g.context = accounts.recognised(bare, token) if isinstance(token, str) else bare
    return cast("Context", g.context)


def nobodys_context() -> Context:
    """Return this request's context without a look at whose browser it is, signed in or not.

    No session is read, so none is noted as used. What came from where is for counting alone.
    """
    if "context" not in g:
        stack = g.stack = ExitStack()
        g.context = stack.enter_context(product().context(address=request.remote_addr or ""))
    return cast("Context", g.context)


def signed_in_as() -> dict[str, Person | None]:
    """Return, for every template, the person signed in on this request.

    A page that anyone may see looks nobody up by itself; that of an address we do not have does.
    """
    if "context" in g:
        return {"signed_in_as": person_shown()}
    return {"signed_in_as": _person_if_known() if request.endpoint is None else None}


def has_own_actions(person: Person) -> bool:
    """Say whether the header leads the person it names to their own actions.

    Where that cannot be read it does not, so that the page which says so has its header.
    """
    try:
        return own_actions.has_page(context(), person)
    except ProductError:
        return False


def person_shown() -> Person | None:
    """Return whose name the header shows: nobody's while a code is still to be given."""
    holder = context().holder
    return holder.person if holder is not None and holder.missing is not Missing.CODE else None


def _person_if_known() -> Person | None:
    """Return the same, and nobody where that cannot be read: it is for a page about an error."""
    try:
        return person_shown()
    except ProductError:
        return None
    except Exception:
        LOG.exception("cannot read who is signed in")
        return None


def close(_error: BaseException | None = None) -> None:
    """Close this request's context, if one was opened."""
    stack = g.pop("stack", None)
    g.pop("context", None)
    if stack is not None:
        stack.close()
