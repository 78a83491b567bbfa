"""What somebody typed into a form that was refused, given back to them so that it is not lost."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import HTTPException

SECRETS = frozenset({"password", "old", "new", "code", "csrf_token"})
"""Fields that are never shown again."""
NOT_TYPED = frozenset(
    {"agreed", "all", "came_for", "carried", "changes", "content", "queue", "read", "username"}
)
"""Fields in which a page tells itself something."""
WORDS = re.compile(r"\s|[^\x00-\x7f]|.{20}", re.DOTALL)
"""Several words, a long one, or one in another script: less is soon typed again, or a choice."""


def typed_words() -> list[str]:
    """Return the texts in the form that was just posted, in its order and as they came.

    Only of a form of our own: a page elsewhere must not put its words on one of ours.
    """
    if not is_own_form():
        return []
    try:
        posted = request.form
    except HTTPException:  # too large, or not to be read
        return []
    return [
        text
        for name, value in posted.items(multi=True)
        if not _is_told(name) and WORDS.search(text := value.strip("\r\n "))
    ]


def is_own_form() -> bool:
    """Say whether this is a form posted from a page of this site, as the browser says."""
    if request.method != "POST":
        return False
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc == request.host


def page_of_form() -> str | None:
    """Return the address on this site of the page that the form stood on, None when not known."""
    found = urlsplit(request.referrer or "")
    if not is_own_form() or found.netloc != request.host:
        return None
    return f"{found.path}?{found.query}" if found.query else found.path


def _is_told(name: str) -> bool:
    return name in SECRETS | NOT_TYPED or name.endswith((".revision", ".shown"))
