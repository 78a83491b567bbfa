"""Pages about the service, the sign that it runs, and what every answer carries."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from flask import request

from healthcheck import bootstrap
from healthcheck.web.app import create_app
from healthcheck.web.filters import STATIC, static_file
from tests.people import ALICE
from tests.web.client import Someone

if TYPE_CHECKING:
    from pathlib import Path

    from healthcheck.bootstrap import Product
    from tests.people import World


@pytest.mark.parametrize(
    ("address", "heading"),
    [("/accessibility", "Accessibility"), ("/about", "How the health check works")],
)
def test_anyone_can_read_about_the_service(
    nobody: Someone, alice: Someone, address: str, heading: str
) -> None:
    page = nobody.get(address)
    assert page.heading == heading
    assert ALICE.name not in page.words
    assert ALICE.name in alice.get(address).words


def test_the_sign_that_it_runs_is_one_word(nobody: Someone) -> None:
    page = nobody.get("/healthz")
    assert (page.content, page.headers["Content-Type"]) == (b"ok", "text/plain; charset=utf-8")


def test_every_answer_keeps_browsers_from_running_or_framing_anything_else(
    nobody: Someone,
) -> None:
    headers = nobody.get("/about").headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in headers


def test_behind_tls_browsers_are_told_to_use_nothing_else(world: World) -> None:
    world.product.config = replace(world.product.config, secure_cookies=True)
    someone = Someone(create_app(world.product))
    for page in (someone.get("/about"), someone.get("/", 303), someone.get("/nowhere", 404)):
        assert page.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("built/main.css", "text/css"),
        ("healthcheck.js", "text/javascript"),
        ("mark.svg", "image/svg+xml"),
        ("built/fonts/SourceSans3-Regular.woff2", "font/woff2"),
    ],
)
def test_files_of_the_look_are_served_to_be_kept(nobody: Someone, name: str, kind: str) -> None:
    with nobody.http.get(static_file(name)) as response:
        assert response.data == (STATIC / name).read_bytes()
        assert response.headers["Content-Type"].startswith(kind)
        assert "max-age=31536000" in response.headers["Cache-Control"]


def test_files_outside_the_look_are_not_served(nobody: Someone) -> None:
    nobody.get("/static/../app.py", 404)
    nobody.get("/static/nothing.css", 404)


def test_behind_a_trusted_proxy_the_true_address_counts(product: Product, tmp_path: Path) -> None:
    config = replace(product.config, data=tmp_path / "proxied", trusted_proxies=1)
    with closing(bootstrap.load(config)) as proxied:
        app = create_app(proxied)
        seen = []
        app.before_request(lambda: seen.append(_scheme()))
        app.test_client().get(
            "/healthz", headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
        )
    assert seen == [("https", "203.0.113.9")]


def test_without_a_proxy_such_words_are_not_believed(product: Product) -> None:
    app = create_app(product)
    seen = []
    app.before_request(lambda: seen.append(_scheme()))
    app.test_client().get("/healthz", headers={"X-Forwarded-For": "203.0.113.9"})
    assert seen == [("http", "127.0.0.1")]


def _scheme() -> tuple[str, str | None]:
    return request.scheme, request.remote_addr
