"""What a page may load, run and be shown in, as browsers are told (Content Security Policy)."""

from __future__ import annotations

OUR_PAGES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
WITH_A_FRAME = f"{OUR_PAGES}; frame-src 'self'"
"""For a page of ours that shows a framed document of ours."""
FRAMED = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox"
)
"""For that document: it runs nothing, loads nothing, and is of no origin."""
