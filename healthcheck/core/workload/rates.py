"""Figures agreed from a day on: the newest row that has begun holds, and none is made up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from healthcheck.core.errors import NoRateError

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction


class Standing(Enum):
    """What a figure rests on; the value is the words beside it."""

    PUBLISHED = "as published"
    EXAMPLE = "example, agree locally"
    AGREED = "agreed locally"


@dataclass(frozen=True, slots=True)
class Row:
    """A figure from a day on, up to and including `ends` where that is given."""

    value: Fraction
    starts: date
    standing: Standing
    ends: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """A figure over the years, rows earliest first; `name` is what people call it."""

    name: str
    rows: tuple[Row, ...]

    def on(self, day: date) -> Row:
        """Return the row that holds on a day; raises NoRateError, for there is no fallback."""
        begun = self._begun(day)
        if begun is None:
            raise NoRateError(
                f"This scheme has no {self.name} for {_said(day)}: its first row is from"
                f" {_said(self.rows[0].starts)}. Add a row from that day or earlier, or use another"
                " scheme."
            )
        if begun.ends is not None and begun.ends < day:
            raise NoRateError(
                f"This scheme has no {self.name} for {_said(day)}: the row before that day ended on"
                f" {_said(begun.ends)}. Agree a new row, or use another scheme."
            )
        return begun

    def has(self, day: date) -> bool:
        """Say whether there is a row that holds on a day."""
        begun = self._begun(day)
        return begun is not None and (begun.ends is None or day <= begun.ends)

    def _begun(self, day: date) -> Row | None:
        return next((row for row in reversed(self.rows) if row.starts <= day), None)


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
