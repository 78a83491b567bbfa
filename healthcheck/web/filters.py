"""What templates may call: words for numbers and dates, times of day, addresses of files."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from healthcheck.core.facts import service_title
from healthcheck.core.workload.amounts import amount
from healthcheck.reports import words
from healthcheck.web.request import context

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask

STATIC = Path(__file__).with_name("static")
UK = ZoneInfo("Europe/London")


def register(app: Flask) -> None:
    """Give templates the filters and functions of this module."""
    for each in (clock, day_of, saved_when, static_file, words.day, words.size, words.paragraphs):
        app.add_template_global(each)
    app.add_template_global(service_title)
    app.add_template_global(words.count, "counted")
    app.add_template_global(amount)


def clock(value: datetime) -> str:
    """Return the time of day in the United Kingdom as 14:02."""
    return f"{value.astimezone(UK):%H:%M}"


def day_of(value: datetime) -> str:
    """Return the day in the United Kingdom as 30 September 2026."""
    return words.day(value.astimezone(UK).date())


def saved_when(value: datetime) -> str:
    """Return the time of day as 14:02, with its day when that is not today."""
    is_today = day_of(value) == day_of(context().now)
    return clock(value) if is_today else f"{clock(value)} on {day_of(value)}"


@lru_cache
def static_file(name: str) -> str:
    """Return the address of a static file; it changes when the file does."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"
