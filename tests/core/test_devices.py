from __future__ import annotations

import pytest

from healthcheck.core.devices import in_words

LIKE = "Mozilla/5.0"
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (f"{LIKE} (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
         "Firefox on Windows"),
        (f"{LIKE} (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/142.0 Safari/537.36 Edg/142.0",
         "Edge on Windows"),
        (f"{LIKE} (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/18.1 Safari/605.1",
         "Safari on a Mac"),
        (f"{LIKE} (iPhone; CPU iPhone OS 18_1 like Mac OS X) {WEBKIT} CriOS/142.0 Safari/604.1",
         "Chrome on an iPhone"),
        (f"{LIKE} (Linux; Android 14; K) {WEBKIT} SamsungBrowser/27.0 Chrome/125.0 Safari/537.36",
         "Samsung Internet on Android"),
        (f"{LIKE} (X11; CrOS x86_64 14541.0.0) {WEBKIT} Chrome/142.0 Safari/537.36",
         "Chrome on a Chromebook"),
        (f"{LIKE} (X11; Linux x86_64)", "A browser on Linux"),
        ("Firefox/1 (Plan 9)", "Firefox on an unknown system"),
        ("curl/8.5", "An unknown device"),
        ("", "An unknown device"),
    ],
)  # fmt: skip
def test_a_device_is_named_in_words(said: str, words: str) -> None:
    assert in_words(said) == words
