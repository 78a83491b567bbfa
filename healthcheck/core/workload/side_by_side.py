"""Which schemes one team can use: its table has one column for what they call by the same id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.workload.schemes import (
    AvailablePoints,
    Hours,
    Points,
    Priority,
    WeightedCases,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthcheck.core.workload.schemes import Rule, Scheme


def problem(schemes: Iterable[Scheme]) -> str:
    """Return why these schemes cannot stand side by side in one team, nothing when they can.

    They cannot where two of them give one id another title or another scale: what a table says in
    that column would be right for one of them and wrong for the other.
    """
    said: dict[object, tuple[Scheme, str, object]] = {}
    for scheme in schemes:
        for column, title, answers in _asked(scheme.rule):
            first, *before = said.setdefault(column, (scheme, title, answers))
            if before != [title, answers]:
                return (
                    f"“{first.title}” and “{scheme.title}” cannot be used together: both ask for"
                    f" “{title}”, with another title or another scale. Choose one of the two."
                )
    return ""


def _asked(rule: Rule) -> Iterator[tuple[object, str, object]]:
    """Yield each column that a rule asks for: what tells it apart, its title and its answers."""
    match rule:
        case Points(indicators=indicators):
            yield from (((each.of, each.id), each.title, each.scale) for each in indicators)
        case WeightedCases(kinds=kinds) | Hours(kinds=kinds) | AvailablePoints(kinds=kinds):
            yield from ((("kind", each.id), each.title, None) for each in kinds)
        case Priority(factors=factors, criteria=criteria):
            yield from ((("factor", each.id), each.title, None) for each in factors)
            for each in criteria:
                grades = [(grade.id, grade.title) for grade in each.grades]
                yield ("criterion", each.id), each.title, grades
        case _:
            return
