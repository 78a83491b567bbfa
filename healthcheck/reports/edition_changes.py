"""What changed between two editions, for a terminal and for programs."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from healthcheck.core.editions import Carries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthcheck.core.editions import Change, Differences, QuestionDifference

WIDTH = 100
NOTHING = "(nothing)"


def change_lines(title: str, found: Differences) -> Iterator[str]:
    """Yield the changes as lines to read: the whole first, each question, then what carries."""
    yield f"{title}: edition {found.old} compared with edition {found.new}"
    changed = [each for each in found.questions if each.changes]
    if not found.whole and not changed:
        yield ""
        yield "Nothing differs."
    if found.whole:
        yield ""
        yield "The questionnaire as a whole"
        for change in found.whole:
            yield from _change(change)
    for each in changed:
        yield ""
        yield from textwrap.wrap(f"{each.id}: {each.text}", WIDTH, subsequent_indent="  ")
        yield f"  {each.carries.value}."
        for change in each.changes:
            yield from _change(change)
    yield ""
    yield f"What becomes of the answers of edition {found.old}"
    yield from _summary(found)


def change_object(questionnaire: str, found: Differences) -> dict[str, object]:
    """Return the changes as one JSON object."""
    return {
        "questionnaire": questionnaire,
        "old": found.old,
        "new": found.new,
        "whole": [_change_object(change) for change in found.whole],
        "questions": [_question_object(each) for each in found.questions],
    }


def _summary(found: Differences) -> Iterator[str]:
    for fate in Carries:
        ids = [each.id for each in found.questions if each.carries is fate]
        if ids:
            line = f"{fate.value}: {len(ids)} ({', '.join(ids)})"
            yield from textwrap.wrap(
                line,
                WIDTH,
                initial_indent="  ",
                subsequent_indent="    ",
                break_on_hyphens=False,
            )


def _change(change: Change) -> Iterator[str]:
    yield f"  {change.kind.value}: {change.part}"
    if change.old or change.new:
        for sign, words in (("-", change.old), ("+", change.new)):
            text = " ".join(words.split()) or NOTHING
            yield from textwrap.wrap(
                text, WIDTH, initial_indent=f"    {sign} ", subsequent_indent="      "
            )


def _change_object(change: Change) -> dict[str, str]:
    return {
        "kind": change.kind.value,
        "part": change.part,
        "old": change.old,
        "new": change.new,
    }


def _question_object(each: QuestionDifference) -> dict[str, object]:
    return {
        "id": each.id,
        "old_id": each.old_id,
        "text": each.text,
        "kinds": list(dict.fromkeys(change.kind.value for change in each.changes)),
        "carries": each.carries.name.lower(),
        "changes": [_change_object(change) for change in each.changes],
    }
