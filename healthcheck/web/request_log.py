"""One log line for each request: what was asked for, how it ended, how long it took.

Of the address only the route is logged (`/join/<token>`), never what stands in its place, nor what
follows a question mark, nor who asked.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from typing import TYPE_CHECKING

from flask import g, has_request_context, request

if TYPE_CHECKING:
    from flask import Flask, Response

LOG = logging.getLogger(__name__)
NUMBER = "X-Request-ID"
FROM_A_PROXY = re.compile(r"[A-Za-z0-9-]{1,64}")
UNLOGGED = frozenset({"unnamed_reports"})
"""Rooms whose requests leave no line, because its time could tell who made a report."""
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})


class OfRequest(logging.Filter):
    """Adds the number of the request to every line written while it is answered."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the line pass."""
        if has_request_context() and "request_id" in g:
            record.request_id = g.request_id
        return True


def register(app: Flask, *, trusts_proxy: bool) -> None:
    """Give every request a number, unless a trusted proxy did, and log it."""

    def begin() -> None:
        g.began = time.perf_counter()
        given = request.headers.get(NUMBER, "") if trusts_proxy else ""
        g.request_id = given if FROM_A_PROXY.fullmatch(given) else secrets.token_hex(8)

    app.before_request(begin)
    app.after_request(_end)


def _end(response: Response) -> Response:
    response.headers[NUMBER] = g.request_id
    if request.blueprint in UNLOGGED:
        return response
    LOG.info(
        "request",
        extra={
            "fields": {
                "method": request.method if request.method in METHODS else "other",
                "route": request.url_rule.rule if request.url_rule else "none",
                "status": response.status_code,
                "ms": round(1000 * (time.perf_counter() - g.began), 1),
            }
        },
    )
    return response
