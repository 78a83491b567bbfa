"""Web addresses given as evidence."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LONGEST_LINK = 2_000


def is_web_address(link: str) -> bool:
    """Say whether text is an http or https address that is safe to show as a link."""
    if len(link) > LONGEST_LINK or re.search(r"[\s<>\"\\]", link):
        return False
    try:
        parts = urlsplit(link)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
