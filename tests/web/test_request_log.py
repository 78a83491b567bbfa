from __future__ import annotations

import json
import logging
import os
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from healthcheck.services.logs import Json
from healthcheck.web.access import RULES, Rule
from healthcheck.web.app import create_app
from healthcheck.web.request_log import OfRequest
from tests.mail_server import free_port
from tests.people import ALICE
from tests.web.client import Someone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.people import World


class Kept(logging.Handler):
    """Keeps the lines of this process as they would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(Json())
        self.addFilter(OfRequest())
        self.lines: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(json.loads(self.format(record)))


@pytest.fixture
def kept() -> Iterator[Kept]:
    kept, ours = Kept(), logging.getLogger("healthcheck")
    before = ours.level
    ours.addHandler(kept)
    ours.setLevel(logging.INFO)
    yield kept
    ours.removeHandler(kept)
    ours.setLevel(before)


def logging_app(world: World, proxies: int = 0) -> Flask:
    world.product.config = replace(world.product.config, log="json", trusted_proxies=proxies)
    return create_app(world.product)


def test_a_request_is_logged_by_route_status_and_time_alone(world: World, kept: Kept) -> None:
    someone = Someone(logging_app(world))
    page = someone.get("/join/a-s3cret?token=s3cret&email=alice@northmere.example", 410)
    someone.sign_in(ALICE)

    line = kept.lines[0]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/join/<token>", 410)
    assert 0 < line["ms"] < 60_000
    assert line["request_id"] == page.headers["X-Request-ID"]
    assert set(line) == {
        "at",
        "level",
        "logger",
        "message",
        "method",
        "route",
        "status",
        "ms",
        "request_id",
    }
    written = json.dumps(kept.lines)
    for private in ("s3cret", "alice", "192.0.2.1", ALICE.name, "token="):
        assert private not in written
    assert [each["route"] for each in kept.lines[1:]] == ["/sign-in", "/sign-in", "/"]


def test_what_is_not_there_and_odd_methods_leave_no_words_of_theirs(
    world: World, kept: Kept
) -> None:
    client = logging_app(world).test_client()
    client.get("/alice@northmere.example")
    client.open("/sign-in", method="ALICE")

    assert [(each["method"], each["route"], each["status"]) for each in kept.lines] == [
        ("GET", "none", 404),
        ("other", "none", 405),
    ]


def test_a_page_for_reports_without_a_name_leaves_no_line(world: World, kept: Kept) -> None:
    client = logging_app(world).test_client()
    for path in ("/caseload-progress", "/report-a-caseload/here", "/report-a-caseload/here/made"):
        assert "X-Request-ID" in client.get(path).headers
    assert kept.lines == []


def test_a_fault_is_logged_with_the_number_of_its_request(
    world: World, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = logging_app(world)

    def broken() -> None:
        raise ValueError(ALICE.email)

    monkeypatch.setitem(app.view_functions, "pages.about", broken)
    monkeypatch.setitem(RULES, broken, Rule.PUBLIC)
    answer = app.test_client().get("/about")

    fault, request = kept.lines
    assert (fault["fault"], request["status"]) == ("ValueError", 500)
    assert fault["request_id"] == request["request_id"] == answer.headers["X-Request-ID"]
    assert ALICE.email not in json.dumps(kept.lines)


def test_the_number_is_a_proxys_only_when_it_is_trusted(world: World, kept: Kept) -> None:
    asks = {"X-Request-ID": "from-the-proxy-1"}
    trusting = logging_app(world, proxies=1).test_client()
    number = trusting.get("/healthz", headers=asks).headers["X-Request-ID"]
    odd = trusting.get("/healthz", headers={"X-Request-ID": "a b"}).headers["X-Request-ID"]
    wary = logging_app(world).test_client().get("/healthz", headers=asks)

    assert number == "from-the-proxy-1"
    assert len(odd) == 16
    assert wary.headers["X-Request-ID"] != "from-the-proxy-1"
    assert len(kept.lines) == 3


def test_without_json_requests_leave_no_line(nobody: Someone, kept: Kept) -> None:
    assert "X-Request-ID" not in nobody.get("/about").headers
    assert kept.lines == []


def test_lines_outside_a_request_have_no_number(kept: Kept) -> None:
    logging.getLogger("healthcheck.x").warning("alone")

    assert "request_id" not in kept.lines[0]


@pytest.mark.slow
def test_the_shipped_server_writes_one_object_a_line_and_nothing_private(world: World) -> None:
    port = free_port()
    settings = {"HEALTHCHECK_PORT": str(port), "HEALTHCHECK_LOG": "json"}
    process = subprocess.Popen(
        [sys.executable, "-m", "healthcheck", "serve"],
        env={
            **os.environ,
            **world.product.config.environment(),
            **settings,
            "PYTHONUNBUFFERED": "1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        process.stdout.readline()
        while process.poll() is None:
            with suppress(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", port), 20).close()
                break
        ask = build_opener(ProxyHandler({}))
        for path in ("/join/s3cret?x=s3cret", "/healthz", "/alice@northmere.example"):
            wanted = Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": "a=s3cret"})
            try:
                ask.open(wanted, timeout=20).close()
            except HTTPError as refused:
                refused.close()
    finally:
        process.terminate()
        _, written = process.communicate(timeout=60)
    lines = [json.loads(line) for line in written.splitlines()]
    requests = [(each["route"], each["status"]) for each in lines if each["message"] == "request"]
    assert requests == [("/join/<token>", 410), ("/healthz", 200), ("none", 404)]
    assert not [word for word in ("s3cret", "alice", "127.0.0.1") if word in written]
