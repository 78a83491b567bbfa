"""A date in three boxes: day, month and year, as posted and as shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core import typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

PARTS = ("day", "month", "year")
Boxes = tuple[str, str, str]
EMPTY: Boxes = ("", "", "")


def posted(
    given: Mapping[str, str], name: str, problems: dict[str, str]
) -> tuple[Boxes, date | None]:
    """Return a date's boxes as posted, and the date, if any; a wrong one adds a problem."""
    day, month, year = (given.get(f"{name}.{part}", "").strip() for part in PARTS)
    boxes = (day, month, year)
    if boxes == EMPTY:
        return boxes, None
    try:
        return boxes, typed.day("-".join(each.replace("-", "") for each in boxes[::-1]), None, None)
    except typed.RefusedError as error:
        problems[name] = str(error)
        return boxes, None


def in_boxes(given: date | None) -> Boxes:
    """Return a date as its three boxes show it, empty without one."""
    return EMPTY if given is None else (str(given.day), str(given.month), str(given.year))
