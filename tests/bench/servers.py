"""Starting and stopping the two servers, ours and the bare one, and signing in."""

from __future__ import annotations

import html
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.bench import prepared
from tests.bench.load import fetch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from healthcheck.config import Config

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 60
SECONDS_TO_STOP = 20
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Running:
    """A server with its workers: a group of processes."""

    group: int

    def processor_seconds(self) -> float:
        """Return the processor time that the group has used so far."""
        used = 0
        for process in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                _, _, fields = process.read_text(encoding="ascii", errors="replace").rpartition(
                    ") "
                )
                _, _, group, *rest = fields.split()
                if int(group) == self.group:
                    used += int(rest[8]) + int(rest[9])
        return used / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port: int = tried.getsockname()[1]
        return port


@contextmanager
def serving(settings: Config, *command: str) -> Iterator[Running]:
    """Run a server until the block ends; `command` is what follows `python -m`."""
    server = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=prepared.environment(settings),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(server, settings.port)
        yield Running(server.pid)
    finally:
        # The renderer that a server starts is in its group, and ends with it.
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(SECONDS_TO_STOP)


def ours(settings: Config) -> AbstractContextManager[Running]:
    """Run the shipped server."""
    return serving(settings, "healthcheck", "serve")


def head(method: str, path: str, **headers: str) -> bytes:
    """Return the first lines of a request, up to the blank line; `_` in a header's name is `-`."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name.replace('_', '-')}: {text}" for name, text in headers.items()]
    return "".join(f"{line}\r\n" for line in lines).encode()


def get(port: int, path: str, cookie: str = "") -> bytes:
    """Return a page."""
    answer = fetch(port, head("GET", path, Cookie=cookie) + b"\r\n")
    if answer.status != 200:
        raise ValueError(f"{path} gave {answer.status}")
    return answer.body


def sign_in(port: int) -> str:
    """Return the cookie of the lead, signed in."""
    before = fetch(port, head("GET", "/sign-in") + b"\r\n")
    fields = {
        "email": prepared.EMAIL,
        "password": prepared.PASSWORD,
        "csrf_token": csrf_token(before.body),
    }
    body = urlencode(fields).encode()
    first = head("POST", "/sign-in", Cookie=_cookie(before.head), Content_Type=FORM)
    after = fetch(port, b"%sContent-Length: %d\r\n\r\n%s" % (first, len(body), body))
    if after.status != 303:
        raise ValueError(f"signing in gave {after.status}: {after.body!r}")
    # The page after it makes the token against forged forms, and that goes into the cookie too.
    page = fetch(port, head("GET", "/", Cookie=_cookie(after.head)) + b"\r\n")
    return _cookie(page.head) or _cookie(after.head)


def csrf_token(page: bytes) -> str:
    """Return the token that a form on the page must send back."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.decode())
    if found is None:
        raise ValueError("there is no CSRF token on the page")
    return html.unescape(found[1])


def _cookie(answer_head: str) -> str:
    found = re.search(r"(?im)^set-cookie: ([^;\r\n]+)", answer_head)
    return found[1] if found else ""


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise ValueError("the server did not start")
