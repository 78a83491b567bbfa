"""Log lines, plain or as one JSON object a line, without personal data or secrets.

Our own lines are written with that in mind. Of lines that libraries write, only the fixed words are
kept, never the values put into them: an address asked for may hold a key, a fault's text an answer.
For the same reason a fault is logged by its kind and place, without its text.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    Fault = tuple[type[BaseException], BaseException, TracebackType | None]

OURS = "healthcheck"
VALUES = re.compile(r" from ip=.*", re.DOTALL)
"""What the web server puts into the words of its own lines."""


class Plain(logging.Formatter):
    """Writes a line for people: when, how grave, what."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and below it where a fault was."""
        words = [_moment(record), record.levelname, said(record)]
        words += [f"{name}={value}" for name, value in _fields(record).items()]
        return "\n".join([" ".join(words), *_places(record)])


class Json(logging.Formatter):
    """Writes one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; `fault` is the kind of a fault, and `places` where it went through."""
        line: dict[str, object] = {
            "at": _moment(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": said(record),
            **_fields(record),
        }
        if record.exc_info and record.exc_info[0]:
            line |= {"fault": record.exc_info[0].__name__, "places": _places(record)}
        return json.dumps(line, ensure_ascii=False)


def set_up(style: str) -> logging.Handler:
    """Have all log lines of this process written to the error stream, "plain" or as "json".

    A second call changes the style.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Json() if style == "json" else Plain())
    root = logging.getLogger()
    for old in [each for each in root.handlers if isinstance(each.formatter, Plain | Json)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(logging.INFO)
    return handler


def said(record: logging.LogRecord) -> str:
    """Return what a line says: ours with its values, a library's without."""
    if record.name.split(".")[0] == OURS:
        return record.getMessage()
    return VALUES.sub("", str(record.msg))


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _fields(record: logging.LogRecord) -> dict[str, object]:
    request_id = getattr(record, "request_id", None)
    fields: dict[str, object] = dict(getattr(record, "fields", {}))
    return fields | ({"request_id": request_id} if request_id else {})


def _places(record: logging.LogRecord) -> list[str]:
    """Return the kind of each fault in a chain, after the places it came through."""
    fault = record.exc_info[1] if record.exc_info else None
    lines: list[str] = []
    met: set[int] = set()
    while fault is not None and id(fault) not in met:
        met.add(id(fault))
        lines += [
            f"{PurePath(each.filename).name}:{each.lineno} {each.name}"
            for each in traceback.extract_tb(fault.__traceback__)
        ]
        lines.append(type(fault).__name__)
        fault = fault.__cause__ or fault.__context__
    return lines
