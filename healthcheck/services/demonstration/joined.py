"""The one transaction in which a whole demonstration is written: all of it, or nothing."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from healthcheck.services.shelf import Shelf
from healthcheck.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Generator

    from healthcheck.services.context import Context


class Joined(Store):
    """A store inside a transaction that is open already: what is read and written belongs to it."""

    @contextmanager
    def reading(self) -> Generator[None]:
        """Read inside the transaction that is open."""
        yield

    @contextmanager
    def writing(self) -> Generator[None]:
        """Write inside the transaction that is open; nothing is saved before that ends."""
        yield


@contextmanager
def all_or_nothing(ctx: Context) -> Generator[Context]:
    """Give a context whose services write in one transaction, which ends with the block.

    A thousand saves would else wait for the disk a thousand times. Raises BusyError and
    NoRoomError; nothing is kept then.
    """
    with ctx.store.writing():
        yield replace(ctx, store=Joined(ctx.store.connection), shelf=Shelf())
