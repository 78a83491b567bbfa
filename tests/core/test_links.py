from __future__ import annotations

import pytest

from healthcheck.core.links import is_web_address


@pytest.mark.parametrize(
    "link",
    [
        "https://a.example",
        "http://a.example:8080/path?x=1#y",
        "HTTPS://A.EXAMPLE",
        "https://[2001:db8::1]/",
        "https://ŵyr.example/tŷ",
        "https://a.example/" + "x" * 1_982,
    ],
)
def test_http_and_https_addresses_are_web_addresses(link: str) -> None:
    assert is_web_address(link)


@pytest.mark.parametrize(
    "link",
    [
        "",
        "a.example",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://a.example",
        "https://",
        "https:///path",
        "https://:443",
        "https://a.example:port",
        "https://a.example:99999",
        "https://a.example:0",
        "https://[2001:db8::1",
        "https://a.example/<b>",
        'https://a.example/"',
        "https://a.example/a b",
        "https://a.example\\b",
        "https://a.example/" + "x" * 1_983,
    ],
)
def test_everything_else_is_no_web_address(link: str) -> None:
    assert not is_web_address(link)
