"""Who may ask for which page. Every route wears exactly one of these rules.

A rule here answers "must somebody be signed in?"; whether that person may see or change one
assessment is decided by the service that reads or writes it, from the permission table.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from flask import current_app, request

from healthcheck.web.request import context

if TYPE_CHECKING:
    from flask import Flask

View = TypeVar("View", bound=Callable[..., Any])


class Rule(Enum):
    """The access rules a route can wear."""

    PUBLIC = "anyone"
    SETTING_UP = "anyone signed in, even one whose second factor is yet to be set up"
    SIGNED_IN = "anyone signed in; the service decides what is theirs"


RULES: dict[Callable[..., Any], Rule] = {}


def public(view: View) -> View:
    """Let anyone ask for this page."""
    return _wear(view, Rule.PUBLIC)


def signed_in(view: View) -> View:
    """Let anyone who is signed in ask for this page."""
    return _wear(view, Rule.SIGNED_IN)


def setting_up(view: View) -> View:
    """Let anyone who is signed in ask for this page, even if they must set up a second factor."""
    return _wear(view, Rule.SETTING_UP)


def guard(app: Flask) -> None:
    """Make the application refuse every request that its route's rule does not allow."""
    app.before_request(_check)


def _wear(view: View, rule: Rule) -> View:
    if view in RULES:
        raise TypeError(f"{view.__name__} wears two access rules; it needs exactly one")
    RULES[view] = rule
    return view


def _check() -> None:
    if request.endpoint is None:
        return
    view = current_app.view_functions[request.endpoint]
    match RULES[view]:
        case Rule.PUBLIC:
            pass
        case Rule.SETTING_UP:
            context().account_holder()
        case Rule.SIGNED_IN:
            context().someone()
