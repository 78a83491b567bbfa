"""The shipped server, started as a person starts it: a whole health check over real requests."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, build_opener

import pytest
from werkzeug.datastructures import Headers

from tests.people import ALICE, PASSWORD
from tests.web.page import Page

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from http.client import HTTPMessage

    from tests.people import World

pytestmark = pytest.mark.slow
SECONDS = 60


class Visitor:
    """Someone who visits over the network, and keeps cookies."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.opener: OpenerDirector = build_opener(
            ProxyHandler({}), HTTPCookieProcessor(CookieJar())
        )

    def get(self, address: str) -> Page:
        return self._open(address, None)

    def submit(self, page: Page, typed: Mapping[str, str], button: str) -> Page:
        fields = page.fields(button) | {name: [value] for name, value in typed.items()}
        return self._open(page.goes_to(button), urlencode(fields, doseq=True).encode())

    def _open(self, address: str, body: bytes | None) -> Page:
        with self.opener.open(self.url + address, body, SECONDS) as answer:
            at = answer.geturl().removeprefix(self.url)
            return Page(at, answer.status, _headers(answer.headers), answer.read())


def _headers(message: HTTPMessage) -> Headers:
    return Headers(message.items())


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


@contextmanager
def server(world: World) -> Generator[str]:
    """Run `healthcheck serve` over the world's data until the end of the block."""
    port = free_port()
    settings = world.product.config.environment() | {"HEALTHCHECK_PORT": str(port)}
    process = subprocess.Popen(
        [sys.executable, "-m", "healthcheck", "serve"],
        env={**os.environ, **settings, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        announced = process.stdout.readline()
        url = re.search(r"http://\S+", announced)
        assert url is not None, announced
        wait_for(port, process)
        yield url[0]
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=SECONDS)
    assert process.returncode == 0


def wait_for(port: int, process: subprocess.Popen[str]) -> None:
    """Wait until the server takes connections."""
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), SECONDS).close()
        except ConnectionRefusedError:
            continue
        return
    raise AssertionError("the server ended")


def test_from_signing_in_to_the_report_on_the_shipped_server(world: World) -> None:
    with server(world) as url:
        alice = Visitor(url)
        page = alice.submit(alice.get("/"), {"email": ALICE.email, "password": PASSWORD}, "Sign in")
        page = alice.get(page.links["Children’s services, 2026"])
        page = alice.get(page.links["Start: The scheme"])
        typed = {"agreed-scheme": "2", "agreed-scheme.evidence": "Agreed in May."}
        page = alice.submit(page, typed, "Save and continue")
        assert page.heading == "Allocation"
        results = alice.get(f"/assessments/{world.northmeres.id}/results")
        assert "67 out of 100" in results.words
        page = alice.submit(results, {}, "Make the PDF report")
        watched = page.address
        while page.refresh:
            page = alice.get(watched)
        assert page.heading == "Your report is ready"
        report = alice.get(page.links["Download the report (PDF)"])
        assert report.content.startswith(b"%PDF-1.7")
        assert alice.submit(page, {}, "Sign out").heading == "Sign in"
