"""What `was` must hold: a renamed question has the old id to itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.definitions.problems import hint, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from healthcheck.definitions.checks.subject import Subject
    from healthcheck.definitions.problems import Problem


def check(subject: Subject) -> Iterator[Problem]:
    """Yield every problem of an old id within one edition; earlier editions are for the library."""
    taken: dict[str, str] = {}
    for placed in subject.placed:
        was, name = placed.question.was, placed.question.id
        if was is None:
            continue
        if was == name:
            sentence = f"“was” is the id that {shown(name)} has now: remove it."
            yield subject.problem(placed, "was", sentence)
        elif was in subject.by_id:
            sentence = f"{shown(was)} is a question of this edition too (line {subject.line(was)})"
            sentence += f", so {shown(name)} cannot have been it."
            yield subject.problem(placed, "was", sentence)
        elif was in taken:
            sentence = f"{shown(taken[was])} was {shown(was)} already: only one question can be."
            yield subject.problem(placed, "was", sentence)
        taken.setdefault(was, name)


def check_editions(subject: Subject, earlier: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each old id that no question of an earlier edition has."""
    for placed in subject.placed:
        was = placed.question.was
        if was is not None and was not in earlier:
            sentence = f"No earlier edition here has a question {shown(was)}.{hint(was, earlier)}"
            yield subject.problem(placed, "was", sentence)
