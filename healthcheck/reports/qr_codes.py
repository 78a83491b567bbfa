"""QR codes as SVG that a page may hold: no style, no script, nothing to load."""

from __future__ import annotations

import segno
from markupsafe import Markup


def drawn(text: str) -> Markup:
    """Return a QR code of a text, black on white whatever is around it."""
    code = segno.make(text, error="m", micro=False)
    svg = code.svg_inline(dark="#000", light="#fff", svgclass=None, lineclass=None, omitsize=True)
    return Markup(svg)  # noqa: S704 - drawn by the library; the text is only in its squares
