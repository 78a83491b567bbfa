"""A calendar of due dates (RFC 5545): one all-day event an action, as calendar programs read it.

The same actions give the same bytes, so a program that asks again sees what really changed: an
event keeps its UID for ever, and its SEQUENCE grows with the action's revision.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar, Event, vDuration, vText

from healthcheck.core.plans import Delivery

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from healthcheck.core.plans import Action

MEDIA_TYPE = "text/calendar"
DOMAIN = "employer-health-check"
"""What ends every UID, so that it is unlike that of any other program."""
BETWEEN_LOOKS = timedelta(hours=12)
LONGEST_SUMMARY = 120
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """An action with a due date, what it belongs to in words, and the address of its page."""

    action: Action
    about: str
    link: str


def written(title: str, entries: Iterable[Entry]) -> bytes:
    """Return a calendar of what has a due date, in the order given; what has none is left out."""
    calendar = Calendar()
    calendar.add("prodid", "-//Employer Health Check//Improvement plan//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    name = " ".join(_plain(title).split())
    calendar.add("name", name)
    # The library writes what it has no type for as it is given.
    calendar.add("x-wr-calname", vText(name).to_ical().decode())
    calendar.add("refresh-interval", vDuration(BETWEEN_LOOKS), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(BETWEEN_LOOKS))
    for each in entries:
        if each.action.details.due is not None:
            calendar.add_component(_event(each, each.action.details.due))
    said: bytes = calendar.to_ical()
    return said


def _event(entry: Entry, due: date) -> Event:
    action, event = entry.action, Event()
    delivery = action.progress.delivery
    event.add("uid", f"action-{action.id}@{DOMAIN}")
    event.add("sequence", action.revision)
    event.add("dtstamp", action.changed_at)
    event.add("last-modified", action.changed_at)
    event.add("created", action.created_at)
    event.add("dtstart", due)
    event.add("dtend", due + A_DAY)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if delivery is Delivery.CANCELLED else "CONFIRMED")
    event.add("summary", _summary(action))
    event.add("description", _description(entry))
    event.add("url", entry.link)
    return event


def _summary(action: Action) -> str:
    words = " ".join(_plain(action.details.action).split())
    if len(words) > LONGEST_SUMMARY:
        words = f"{words[:LONGEST_SUMMARY].rstrip()}…"
    start = f"{action.progress.delivery.word}: " if not action.is_open else "Due: "
    return f"{start}{action.reference} {words}"


def _description(entry: Entry) -> str:
    details, progress = entry.action.details, entry.action.progress
    parts = {
        "": details.action,
        "Status": progress.delivery.word,
        "Owner": details.owner.name,
        "Success measure": details.measure,
        "Health check": entry.about,
    }
    said = [f"{name}: {text}" if name else text for name, text in parts.items() if text]
    return _plain("\n".join(said))


def _plain(text: str) -> str:
    """Return text without characters that a calendar must not hold; line ends stay."""
    return "".join(
        letter for letter in text.replace("\r\n", "\n") if letter.isprintable() or letter in "\n\t"
    )
