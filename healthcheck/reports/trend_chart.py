"""The trend of a load over snapshots: a bar a day, with its percentage and light in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from healthcheck.reports.charts import BOX, COLOUR, DRAWING, INK, QUIET, TEXT, TRACK, WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

ROW = 34
NAMES, NUMBERS = 160, 150
BAR = 18
FULL = 100
LEAST_AXIS = 125
MARK = Markup('<path d="M{x} 0V{bottom}" stroke="{colour}" stroke-width="2"/>')

Point = tuple[str, "Fraction | None", str]
"""A day, the exact percentage of capacity on it, and that in words with the light."""


def trend_chart(title: str, points: Sequence[Point]) -> Markup:
    """Return a bar for each day, as long as its percentage, and a line where capacity is full."""
    known = [float(share) for _, share, _ in points if share is not None]
    most = max([LEAST_AXIS, *known])
    body = [_row(ROW * place, point, most) for place, point in enumerate(points)]
    height = ROW * len(points) + 22
    x = NAMES + (WIDTH - NAMES - NUMBERS) * FULL / most
    body.append(MARK.format(x=round(x, 1), bottom=height - 20, colour=INK))
    body.append(_word(x, height - 6, "full capacity, 100%", size=13, anchor="middle"))
    said = "; ".join(f"{day}: {words}" for day, _, words in points)
    return DRAWING.format(
        css="trend-chart",
        width=WIDTH,
        height=height,
        alternative=f"{title}. {said}.",
        body=Markup().join(body),
    )


def _row(top: int, point: Point, most: float) -> Markup:
    day, share, words = point
    middle = top + ROW / 2
    room = WIDTH - NAMES - NUMBERS
    length = 0.0 if share is None else round(room * float(share) / most, 1)
    parts = [_word(0, middle + 5, day), _word(WIDTH - NUMBERS + 10, middle + 5, words, weight=700)]
    box = {"x": NAMES, "y": middle - BAR / 2, "height": BAR}
    parts.append(BOX.format(**box, width=room, fill=TRACK, stroke=QUIET))
    if length:
        parts.append(BOX.format(**box, width=length, fill=COLOUR, stroke=COLOUR))
    return Markup().join(parts)


def _word(  # noqa: PLR0913 - a drawing's word has this many traits
    x: float, y: float, text: str, *, size: int = 15, weight: int = 400, anchor: str = "start"
) -> Markup:
    return TEXT.format(x=x, y=y, text=text, size=size, weight=weight, anchor=anchor, fill=INK)
