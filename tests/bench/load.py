"""A light HTTP client: one process a connection, timing every request.

It sends ready-made bytes through a plain socket and reads no more of an answer than its status and
length, so that the server is measured and not the client.
"""

from __future__ import annotations

import socket
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CHUNK = 2**16
SECONDS_TO_ANSWER = 60
SECONDS_TO_GET_READY = 0.3
REQUESTS_A_CONNECTION = 50
"""A server's workers share connections unevenly, so they are dealt anew now and then."""


class UnexpectedAnswerError(Exception):
    """Raised when a server answers something else than what is measured."""


class ClosedError(Exception):
    """Raised when the server closes the connection instead of answering."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request to send again and again.

    `head` ends before the blank line. In `body`, NUMBER becomes first, first + 1, first + 2… so
    that each request says something new, and LEVEL a rating's level that is not the last one's.
    `pause` is the least time from the start of one request to the next, in seconds.
    """

    NUMBER = b"#number#"
    LEVEL = b"#level#"

    port: int
    head: bytes
    status: int
    body: bytes = b""
    first: int = 0
    pause: float = 0.0

    def request(self, number: int) -> bytes:
        """Return the bytes to send."""
        if not self.body:
            return self.head + b"\r\n"
        body = self.body.replace(self.NUMBER, b"%08d" % number)
        body = body.replace(self.LEVEL, b"%d" % (number % 4))
        return b"%sContent-Length: %d\r\n\r\n%s" % (self.head, len(body), body)


@dataclass(frozen=True, slots=True)
class Visited:
    """How long each request took, and all of them together; seconds.

    `client_seconds` is the client's own use of the processor.
    """

    times: tuple[float, ...]
    seconds: float
    client_seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    head: str
    body: bytes


class Clients:
    """Processes that wait for visits to make."""

    def __init__(self, most: int) -> None:
        self._pool = ProcessPoolExecutor(most, mp_context=get_context("spawn"))
        list(self._pool.map(time.sleep, [SECONDS_TO_GET_READY] * most))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()

    def visit(self, given: Sequence[Visit], seconds: float) -> list[Visited]:
        """Make the visits for some seconds, each from its own process, all at the same time."""
        return self.start(given, seconds)()

    def start(self, given: Sequence[Visit], seconds: float) -> Callable[[], list[Visited]]:
        """Begin the visits; what is returned waits for them to end."""
        begin = time.monotonic() + SECONDS_TO_GET_READY
        made = [self._pool.submit(_visit, each, begin, seconds) for each in given]
        return lambda: [each.result() for each in made]


def fetch(port: int, request: bytes) -> Answer:
    """Return one answer, asked for on a connection of its own."""
    with _connection(port) as connection:
        connection.sendall(request)
        return _answer(connection)


def _visit(visit: Visit, begin: float, seconds: float) -> Visited:
    times: list[float] = []
    time.sleep(max(0.0, begin - time.monotonic()))
    used = time.process_time()
    beginning = now = time.perf_counter()
    while now < beginning + seconds:
        with _Line(visit) as line:
            for _ in range(REQUESTS_A_CONNECTION):
                times.append(line.time(visit.first + len(times)))
                time.sleep(max(0.0, visit.pause - times[-1]))
                now = time.perf_counter()
                if now >= beginning + seconds:
                    break
    return Visited(tuple(times), now - beginning, time.process_time() - used)


class _Line:
    """One connection to a server."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._connection = _connection(visit.port)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def time(self, number: int) -> float:
        """Return how long one request took, in seconds."""
        request = self._visit.request(number)
        started = time.perf_counter()
        try:
            answer = self._ask(request)
        except (ClosedError, ConnectionError):
            if self._visit.body:
                raise
            # As a browser does: a page may be asked for again when a kept connection has ended.
            self._connection.close()
            self._connection = _connection(self._visit.port)
            answer = self._ask(request)
        seconds = time.perf_counter() - started
        if answer.status != self._visit.status:
            raise UnexpectedAnswerError(f"{answer.status} for {request!r}: {answer.body!r}")
        return seconds

    def _ask(self, request: bytes) -> Answer:
        self._connection.sendall(request)
        return _answer(self._connection)


def _connection(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), SECONDS_TO_ANSWER)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _answer(connection: socket.socket) -> Answer:
    received = bytearray()
    while (at := received.find(b"\r\n\r\n")) < 0:
        received += _more(connection)
    head = received[:at].decode("latin-1")
    length = int(head.lower().partition("\r\ncontent-length:")[2].partition("\r\n")[0])
    while len(received) < at + 4 + length:
        received += _more(connection)
    return Answer(int(head[9:12]), head, bytes(received[at + 4 :]))


def _more(connection: socket.socket) -> bytes:
    chunk = connection.recv(CHUNK)
    if not chunk:
        raise ClosedError("the server closed the connection")
    return chunk
