"""The questionnaire in one assessment’s own words: `{terms}` replaced for nation and service."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from operator import is_
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.facts import Facts
    from healthcheck.core.questionnaires import Questionnaire

T = TypeVar("T")
TERM = re.compile(r"\{([a-z][a-z0-9-]*)\}")


def worded_for(questionnaire: Questionnaire, facts: Facts) -> Questionnaire:
    """Return the questionnaire with each term in the words of these facts; ids are untouched."""
    says = {
        term.id: next(
            (saying.say for saying in term.when if saying.applies_to.includes(facts)),
            term.otherwise,
        )
        for term in questionnaire.terms
    }
    return _spoken(questionnaire, says) if says else questionnaire


def terms_in(text: str) -> list[str]:
    """Return the term ids a text uses, in order."""
    return TERM.findall(text)


def _spoken(value: T, says: Mapping[str, str]) -> T:
    """Return the value with every text in it filled; the very same value when nothing changed."""
    spoken: Any = value
    if isinstance(value, str):
        spoken = _filled(value, says) if "{" in value else value
    elif isinstance(value, tuple):
        each_spoken = tuple(_spoken(each, says) for each in value)
        spoken = value if all(map(is_, each_spoken, value)) else each_spoken
    elif isinstance(value, dict):
        told = {key: _spoken(each, says) for key, each in value.items()}
        spoken = value if all(map(is_, told.values(), value.values())) else told
    elif is_dataclass(value) and not isinstance(value, type):
        parts = {each.name: getattr(value, each.name) for each in fields(value)}
        changed = {
            name: said
            for name, part in parts.items()
            if name != "terms" and (said := _spoken(part, says)) is not part
        }
        spoken = replace(value, **changed) if changed else value
    return spoken  # type: ignore[no-any-return]


def _filled(text: str, says: Mapping[str, str]) -> str:
    def say(match: re.Match[str]) -> str:
        word = says.get(match[1], match[0])
        starts = match.start() == 0 or re.search(r"[.!?]\s+$", text[: match.start()])
        return word[:1].upper() + word[1:] if starts else word

    return TERM.sub(say, text)
