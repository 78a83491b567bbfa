"""A plain chart of counts: one bar a line, its name before it and its number after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from healthcheck.reports.charts import BOX, COLOUR, DRAWING, INK, TEXT, WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

ROW = 34
NAMES = 130
NUMBERS = 60
BAR = 20


def count_chart(title: str, counts: Sequence[tuple[str, int]]) -> Markup:
    """Return a bar for each count, as long as its share of the largest; its words are its title."""
    most = max((many for _, many in counts), default=0) or 1
    body = [_row(ROW * place, name, many, most) for place, (name, many) in enumerate(counts)]
    said = ", ".join(f"{name}: {many}" for name, many in counts)
    return DRAWING.format(
        css="count-chart",
        width=WIDTH,
        height=ROW * len(counts),
        alternative=f"{title}. {said}.",
        body=Markup().join(body),
    )


def _row(top: int, name: str, many: int, most: int) -> Markup:
    length = round((WIDTH - NAMES - NUMBERS) * many / most, 1)
    middle = top + ROW / 2
    parts = [_word(0, middle, name), _word(NAMES + length + 8, middle, f"{many:,}", weight=700)]
    if many:
        box = {"x": NAMES, "y": middle - BAR / 2, "width": length, "height": BAR}
        parts.append(BOX.format(**box, fill=COLOUR, stroke=COLOUR))
    return Markup().join(parts)


def _word(x: float, y: float, text: str, *, weight: int = 400) -> Markup:
    return TEXT.format(x=x, y=y + 5, text=text, size=16, weight=weight, anchor="start", fill=INK)
