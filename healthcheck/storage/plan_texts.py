"""An action's details and progress as the text that is stored, and read again."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from healthcheck.core.plans import Delivery, Details, Owner, Priority, Progress

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.accounts import Person

DATES = ("start", "due", "review", "completed")


def of_details(details: Details) -> str:
    """Return details as text.

    An owner with an account is kept by their id alone, so that their name is always the one their
    account has, also when it was taken out.
    """
    owner = details.owner
    if owner.person_id is not None:
        owner = replace(owner, name="", email="")
    return _text({**asdict(details), "owner": asdict(owner), "priority": details.priority.name})


def details(text: str, account: Person | None) -> Details:
    """Return details that were stored; `account` is the owner's, None when they have none."""
    parts = _parts(text)
    owner = Owner(**parts["owner"])
    if account is not None:
        owner = replace(owner, name=account.name, email=account.email)
    return Details(**{**parts, "owner": owner, "priority": Priority[parts["priority"]]})


def of_progress(progress: Progress) -> str:
    """Return progress as text."""
    return _text({**asdict(progress), "delivery": progress.delivery.name})


def progress(text: str) -> Progress:
    """Return progress that was stored."""
    parts = _parts(text)
    return Progress(**{**parts, "delivery": Delivery[parts["delivery"]]})


def _text(parts: Mapping[str, object]) -> str:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)


def _parts(text: str) -> dict[str, Any]:
    parts: dict[str, Any] = json.loads(text)
    for name in DATES:
        if parts.get(name):
            parts[name] = date.fromisoformat(parts[name])
    return parts
