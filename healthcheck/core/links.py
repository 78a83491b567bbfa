"""Web addresses given as evidence."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LONGEST_LINK = 2_000
OWN_PATH = re.compile(r"/(?:[\w.~%-]+(?:/[\w.~%-]+)*)?(?:\?[\w.~%=&-]*)?(?:#[\w.-]*)?", re.ASCII)


def is_web_address(link: str) -> bool:
    """Say whether text is an http or https address that is safe to show as a link."""
    if len(link) > LONGEST_LINK or re.search(r"[\s<>\"\\]", link):
        return False
    try:
        parts = urlsplit(link)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def is_own_path(path: str) -> bool:
    """Say whether text is a path on this site, fit to stand behind the site's address."""
    return len(path) <= LONGEST_LINK and OWN_PATH.fullmatch(path) is not None


def is_origin(address: str) -> bool:
    """Say whether text is the http or https address of a whole site: no path, no user name."""
    if not is_web_address(address) or "@" in address:
        return False
    parts = urlsplit(address)
    return address == f"{parts.scheme}://{parts.netloc}"
