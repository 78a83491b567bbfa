from __future__ import annotations

import pytest

from healthcheck.core.links import is_origin, is_own_path, is_web_address


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


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/join/Ab-_9.~",
        "/assessments/x/sign-off",
        "/status/q/2026.csv?page=2&a=%20b#top",
        "/#top",
    ],
)
def test_a_path_on_this_site(path: str) -> None:
    assert is_own_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "join",
        "//evil.example",
        "/\\evil.example",
        "/a//b",
        "/a b",
        "/a\nb",
        '/a"b',
        "/<b>",
        "/é",
        "@evil.example",
        "https://evil.example/",
        "/" + "x" * 2_000,
    ],
)
def test_everything_else_is_no_path_of_ours(path: str) -> None:
    assert not is_own_path(path)


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:8000", "https://healthcheck.example.org", "http://[::1]:8000"],
)
def test_the_address_of_a_site(address: str) -> None:
    assert is_origin(address)


@pytest.mark.parametrize(
    "address",
    [
        "healthcheck.example.org",
        "ftp://healthcheck.example.org",
        "https://healthcheck.example.org/",
        "https://healthcheck.example.org/app",
        "https://healthcheck.example.org?x",
        "https://healthcheck.example.org#x",
        "https://me@healthcheck.example.org",
        "https://",
    ],
)
def test_everything_else_is_no_address_of_a_site(address: str) -> None:
    assert not is_origin(address)
