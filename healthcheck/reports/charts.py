"""Drawings as SVG for page and paper: they read without colour and carry their own text.

Only presentation attributes are used, never `style`, so that a strict Content-Security-Policy lets
them be drawn. The `title` child is the alternative text.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup

from healthcheck.core.scoring import FULL_SCORE
from healthcheck.reports import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthcheck.reports.back_matter import BandRow
    from healthcheck.reports.parts import AreaReport
    from healthcheck.reports.view_model import Report

WIDTH = 680
ROW = 42
BAR_TOP = 19
BAR = 14
AXIS = 26
LETTERS_A_ROW = 84
COLOUR = "#0b5563"
INK = "#1d2729"
QUIET = "#55666a"
TRACK = "#f3f7f7"

DRAWING = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" class="{css}" viewBox="0 0 {width} {height}" '
    'width="{width}" height="{height}" role="img" '
    "font-family=\"'Source Sans 3', 'DejaVu Sans', arial, sans-serif\">"
    "<title>{alternative}</title>{body}</svg>"
)
HATCH = Markup(
    '<pattern id="hatch-{step}" width="{gap}" height="{gap}" patternUnits="userSpaceOnUse">'
    '<path d="M0 {gap}L{gap} 0" stroke="{colour}" stroke-width="{thick}"/></pattern>'
)
BOX = Markup(
    '<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}" stroke="{stroke}"/>'
)
TEXT = Markup(
    '<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" '
    'fill="{fill}">{text}</text>'
)
LINE = Markup('<path d="M{x} {top}V{bottom}" stroke="{colour}" stroke-dasharray="2 3"/>')
SHEETS = {"sparse": (10, 1.6), "dense": (5, 2.2)}


def area_chart(report: Report) -> Markup:
    """Return one bar an area, each with its score and band in words, over the bands' edges.

    The denser the pattern, the higher the band: sparse lines, dense lines, solid.
    """
    areas, bands = report.areas, report.scoring.bands
    height = ROW * len(areas) + AXIS
    body = [_patterns(len(bands)), _edges(bands, height)]
    body += [_row(area, len(bands), ROW * place) for place, area in enumerate(areas)]
    alternative = "Score of each area out of 100. " + " ".join(_said(area) for area in areas)
    return DRAWING.format(
        css="area-chart",
        width=WIDTH,
        height=height,
        alternative=alternative,
        body=Markup().join(body),
    )


def level_steps(level: int, top: int) -> Markup:
    """Return a small scale of boxes, filled up to the level: "Level 2 of 3"."""
    body = [
        BOX.format(
            x=0.5 + 15 * place,
            y=0.5,
            width=12,
            height=9,
            fill=COLOUR if place < level else "#ffffff",
            stroke=COLOUR,
        )
        for place in range(top)
    ]
    return DRAWING.format(
        css="level-steps",
        width=15 * top,
        height=10,
        alternative=f"Level {level} of {top}",
        body=Markup().join(body),
    )


def _said(area: AreaReport) -> str:
    if area.score.number is None:
        return f"{area.title}: no score."
    return f"{area.title}: {area.score.number}, {area.score.band_in_full}."


def _patterns(bands: int) -> Markup:
    hatches = [
        HATCH.format(step=name, gap=gap, thick=thick, colour=COLOUR)
        for name, (gap, thick) in SHEETS.items()
    ]
    return Markup("<defs>{}</defs>").format(Markup().join(hatches[: bands - 1]))


def _row(area: AreaReport, bands: int, top: int) -> Markup:
    score = area.score
    text = f"{score.number} {score.band_in_full}" if score.is_scored else score.text
    title = words.shortened(area.title, LETTERS_A_ROW - len(text))
    parts = [
        _text(0, top + 13, f"{area.number}  {title}"),
        _text(WIDTH, top + 13, text, weight=700, anchor="end"),
        BOX.format(
            x=0.5, y=top + BAR_TOP, width=WIDTH - 1, height=BAR, fill=TRACK, stroke="#b4c3c6"
        ),
    ]
    if score.number:
        bar = {"x": 0.5, "y": top + BAR_TOP, "width": (WIDTH - 1) * score.number / FULL_SCORE}
        fill = _fill(score.band_step or 0, bands)
        parts.append(BOX.format(**bar, height=BAR, fill="#ffffff", stroke="none"))
        parts.append(BOX.format(**bar, height=BAR, fill=fill, stroke=COLOUR))
    return Markup().join(parts)


def _fill(step: int, bands: int) -> str:
    if step == bands - 1:
        return COLOUR
    return f"url(#hatch-{'sparse' if step == 0 else 'dense'})"


def _edges(bands: Sequence[BandRow], height: int) -> Markup:
    ends = [band.lowest for band in bands] + [FULL_SCORE]
    parts = []
    for band, (start, end) in zip(bands, pairwise(ends), strict=True):
        if start:
            parts.append(
                LINE.format(
                    x=_across(start), top=BAR_TOP - 3, bottom=height - AXIS + 4, colour=QUIET
                )
            )
        middle = (_across(start) + _across(end)) / 2
        label = f"{band.name}, {band.scores}"
        parts.append(_text(middle, height - 6, label, size=13, anchor="middle", fill=QUIET))
    return Markup().join(parts)


def _across(score: int) -> float:
    return round(WIDTH * score / FULL_SCORE, 1)


def _text(  # noqa: PLR0913 - a drawing's word has this many traits
    x: float,
    y: float,
    text: str,
    *,
    size: int = 15,
    weight: int = 400,
    anchor: str = "start",
    fill: str = INK,
) -> Markup:
    return TEXT.format(x=x, y=y, text=text, size=size, weight=weight, anchor=anchor, fill=fill)
