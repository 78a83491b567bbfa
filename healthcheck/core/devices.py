"""What a browser says of itself, in words a person knows their own device by.

The words are all that is kept: what a browser sends would tell more than is needed.
"""

from __future__ import annotations

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""The sign of each browser, those first that also carry the sign of another."""

SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("CrOS", "a Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "a Mac"),
    ("Linux", "Linux"),
)
"""The sign of each system, in the same order."""

UNKNOWN = "An unknown device"


def in_words(user_agent: str) -> str:
    """Return a device in words, such as "Firefox on Windows"."""
    browser, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    if not browser and not system:
        return UNKNOWN
    return f"{browser or 'A browser'} on {system or 'an unknown system'}"


def _first(signs: tuple[tuple[str, str], ...], text: str) -> str:
    return next((words for sign, words in signs if sign in text), "")
