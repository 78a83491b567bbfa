"""A made-up country to try the product with: twenty employers, three cycles, everybody at work.

It is loaded into a database that has no employer yet, whole or not at all, and never into one that
somebody works in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.services.demonstration import loading
from healthcheck.services.demonstration.joined import all_or_nothing
from healthcheck.services.demonstration.sign_ins import FILE_NAME, SignIn, named, passwords
from healthcheck.services.passwords import hashed
from healthcheck.storage import accounts as stored
from healthcheck.storage import employers

if TYPE_CHECKING:
    from pathlib import Path

    from healthcheck.services.context import Context

__all__ = ["FILE_NAME", "SignIn", "prepare"]


def prepare(ctx: Context, folder: Path) -> tuple[SignIn, ...]:
    """Load the country where there is nothing yet, and return the sign-ins that work.

    The passwords are made up on the first run and kept in a file of the folder that only its owner
    can read; should that file be gone, new ones are made. A database with employers of its own is
    left alone, and then there is no sign-in to return. Raises BusyError and NoRoomError.
    """
    is_empty = not employers.of_all(ctx.store)
    if not is_empty and not _is_here(ctx):
        return ()
    found, are_new = passwords(folder)
    if is_empty:
        hashes = {email: hashed(password) for email, password in found.items()}
        with all_or_nothing(ctx) as joined:
            loading.load(joined, hashes)
    elif are_new:
        _renew(ctx, found)
    return tuple(
        each for each in named(found) if stored.find_person(ctx.store, each.email) is not None
    )


def _is_here(ctx: Context) -> bool:
    """Say whether a demonstration was loaded before, this one or an earlier one."""
    first = named(dict.fromkeys(["lead@northmere.example"], ""))[0]
    return stored.find_person(ctx.store, first.email) is not None


def _renew(ctx: Context, found: dict[str, str]) -> None:
    """Give everybody who is there and can sign in a new password."""
    people = [(stored.find_person(ctx.store, email), found[email]) for email in found]
    hashes = [(person[0].id, hashed(password)) for person, password in people if person is not None]
    with ctx.store.writing():
        for person_id, password_hash in hashes:
            stored.set_password_hash(ctx.store, person_id, password_hash)
