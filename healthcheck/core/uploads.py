"""Files of which a person looks at what they would change, and chooses, before it is saved.

The page carries what it shows, and sends it back when a person agrees to it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from healthcheck.core.errors import UnacceptableDetailsError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from healthcheck.core.sheets import BadCell

LARGEST_PREVIEW = 3 * 2**20
"""Characters of changes that a page can carry."""


class Change(Protocol):
    """One thing that a file would change."""

    @property
    def id(self) -> str:
        """What it is ticked by."""

    @property
    def told(self) -> tuple[object, ...]:
        """What tells it from another change."""


C = TypeVar("C", bound=Change)


@dataclass(frozen=True, slots=True)
class Preview(Generic[C]):
    """What applying a file would do.

    `conflicts` were changed here since the file was made; `bad` says of every cell that cannot be
    taken why.
    """

    changes: tuple[C, ...] = ()
    conflicts: tuple[C, ...] = ()
    bad: tuple[BadCell, ...] = ()

    @property
    def can_be_applied(self) -> bool:
        """Say whether there is anything to choose."""
        return bool(self.changes or self.conflicts)

    @property
    def is_refused(self) -> bool:
        """Say whether there is nothing to choose because its cells cannot be taken."""
        return bool(self.bad) and not self.can_be_applied

    @property
    def fingerprint(self) -> str:
        """What tells this preview from another: it is how an agreement to it is known later."""
        told = [
            (*each.told, kind)
            for kind, listed in enumerate((self.changes, self.conflicts))
            for each in listed
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def chosen(self, ids: Collection[str], thing: str) -> tuple[C, ...]:
        """Return the changes that were ticked; `thing` is what one of them is called.

        Raises UnacceptableDetailsError when none was.
        """
        ticked = tuple(each for each in (*self.changes, *self.conflicts) if each.id in ids)
        if not ticked:
            raise UnacceptableDetailsError(
                f"No {thing} was ticked, so nothing was saved. Tick what should be saved."
            )
        return ticked


S = TypeVar("S")
P = TypeVar("P", bound=Preview[Any])


@dataclass(frozen=True)
class Upload(Generic[S, P]):
    """An upload as a person looks at it before anything is saved.

    `subject` is what it would change, and `carried` what the page sends back to apply it.
    """

    subject: S
    preview: P
    carried: str


@dataclass(frozen=True)
class Applied(Generic[S]):
    """What became of an agreement: how much was saved, or what there is to look at now."""

    saved: int = 0
    moved: S | None = None


def packed(rows: Iterable[object], file: str, part: str) -> str:
    """Return rows as a text that a page can carry while a person looks at them.

    `file` is what the upload is called, and `part` what it can be divided into. Raises
    UnacceptableDetailsError when they are more than a page can carry.
    """
    text = json.dumps(list(rows), ensure_ascii=False, separators=(",", ":"))
    if len(text) > LARGEST_PREVIEW:
        raise UnacceptableDetailsError(
            f"This {file} changes more text than can be looked at together, so nothing was saved."
            f" Upload a copy of it with fewer {part}, then another with the rest."
        )
    return text


def unpacked(text: str, read: Callable[[Any], S | None], file: str) -> list[S]:
    """Return what was packed, each row as `read` understands it: None is a row never packed.

    The text comes from outside as well: raises UnacceptableDetailsError when it was not packed.
    """
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        rows = None
    found = [read(each) for each in rows] if isinstance(rows, list) else [None]
    known = [each for each in found if each is not None]
    if len(known) < len(found):
        raise UnacceptableDetailsError(
            f"What was sent is not what was shown, so nothing was saved. Upload the {file} again."
        )
    return known
