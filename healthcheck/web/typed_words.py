"""What somebody typed into a form that was refused, given back to them so that it is not lost."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import HTTPException

SECRETS = frozenset({"password", "old", "new", "code", "csrf_token"})
"""Fields that are never shown again."""
SENTENCE = re.compile(r"\S\s+\S+\s+\S")
"""Three words: fewer are soon typed again, and what a form says of itself has no spaces."""


def typed_words() -> list[str]:
    """Return the texts of three words or more in the form that was just posted, as they came.

    Only of a form of our own: a page elsewhere must not put its words on one of ours.
    """
    if request.method != "POST" or not _is_ours():
        return []
    try:
        posted = request.form
    except HTTPException:  # too large, or not to be read
        return []
    return [
        value.strip()
        for name, value in posted.items(multi=True)
        if name not in SECRETS and SENTENCE.search(value)
    ]


def _is_ours() -> bool:
    """Say whether the browser says that the form was on a page of this site."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc == request.host
