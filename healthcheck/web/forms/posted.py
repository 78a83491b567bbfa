"""What was posted for a topic's questions, as core entries.

Whether an entry is acceptable is decided by `core.answers.accept` alone, whose problems the page
then shows; so a draft that is not valid yet is kept as typed. A field left out is empty, never what
was stored before.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from healthcheck.core import questionnaires as q
from healthcheck.core.answers import Entry
from healthcheck.core.saving import Offered
from healthcheck.web.forms.questions import DATE_PARTS, NOT_APPLICABLE, takes_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from werkzeug.datastructures import FileStorage, MultiDict

REVISION = re.compile(r"[0-9]{1,9}")
NOT_TICKED = frozenset({"", "false"})


def offered(
    questions: Iterable[q.Question], posted: MultiDict[str, str], clear: str | None = None
) -> dict[str, Offered]:
    """Return what was posted for each question that the page really carried.

    The answer of the question `clear` is taken out; its evidence stays.
    """
    found = {
        each.id: Offered(_entry(each, posted), int(revision))
        for each in questions
        if q.is_asked(each)
        and REVISION.fullmatch(revision := posted.get(f"{each.id}.revision", ""))
    }
    if clear is not None and clear in found:
        offer = found[clear]
        found[clear] = replace(offer, entry=replace(offer.entry, value=(), not_applicable=False))
    return found


def uploads(
    questions: Iterable[q.Question], files: MultiDict[str, FileStorage]
) -> dict[str, list[FileStorage]]:
    """Return the files chosen for each question that takes evidence."""
    chosen = {
        each.id: [file for file in files.getlist(f"{each.id}.files") if file.filename]
        for each in questions
        if q.is_asked(each) and takes_evidence(each)
    }
    return {question_id: found for question_id, found in chosen.items() if found}


def _entry(question: q.Question, posted: MultiDict[str, str]) -> Entry:
    name = question.id
    value = _value(question, posted)
    ticked = posted.get(f"{name}.na", "") not in NOT_TICKED
    evidence = takes_evidence(question)
    return Entry(
        value=tuple(each for each in value if each != NOT_APPLICABLE),
        not_applicable=NOT_APPLICABLE in value
        or (ticked and not isinstance(question, q.Rating | q.Choice | q.YesNo)),
        reason=_lines(posted.get(f"{name}.reason", "")),
        evidence=_lines(posted.get(f"{name}.evidence", "")) if evidence else "",
        links=_lines(posted.get(f"{name}.links", "")) if evidence else "",
    )


def _value(question: q.Question, posted: MultiDict[str, str]) -> list[str]:
    name = question.id
    if isinstance(question, q.MultipleChoice):
        return posted.getlist(name)
    if isinstance(question, q.Date):
        boxes = [posted.get(f"{name}.{part}", "") for part in DATE_PARTS]
        parts = [box.replace("-", "").strip() for box in boxes]
        return ["-".join(parts)] if any(parts) else []
    typed = posted.get(name, "")
    return [_lines(typed)] if typed else []


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")
