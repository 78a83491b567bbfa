"""What happens in the browser once somebody has shown who they are: the cookie, and where to go."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import redirect, session, url_for

from healthcheck.core.sessions import Missing
from healthcheck.services import accounts
from healthcheck.web.request import TOKEN, context

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


def enter(token: str, came_for: str) -> ResponseReturnValue:
    """Keep a session's token, and go to the page that was asked for, or first to the code."""
    session.clear()
    session[TOKEN] = token
    holder = accounts.holder(context(), token)
    if holder is not None and holder.missing is Missing.CODE:
        return redirect(url_for("second_factor.ask", next=came_for or None), 303)
    return redirect(own_page(came_for), 303)


def own_page(came_for: str) -> str:
    """Return the address asked for when it is a page of ours, else the first page."""
    return came_for if _is_ours(came_for) else url_for("assessments.home")


def _is_ours(address: str) -> bool:
    """Say whether a browser would stay on this site; it leaves out tabs and line ends."""
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        return False
    try:
        return not urlsplit(address).netloc
    except ValueError:
        return False
