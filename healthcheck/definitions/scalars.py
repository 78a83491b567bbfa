"""The kinds of single value an author writes, each turned exactly from text into what it means.

A refusal is a phrase that follows the key's name: “must be a whole number, such as 3, not “x””.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, NoReturn

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from healthcheck.core.facts import EMPLOYER_TYPES, NATIONS
from healthcheck.definitions.problems import either, hint, shown

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WHOLE = re.compile(r"0|-?[1-9][0-9]{0,8}")
NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
SHARE = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6}|/[1-9][0-9]{0,5})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST_DECIMALS = 6
LONGEST_ID = 80


def refuse(phrase: str) -> NoReturn:
    """Refuse a value with a phrase that follows the name of its key."""
    raise PydanticCustomError("phrase", "{phrase}", {"phrase": phrase})


def one(raw: object) -> str:
    """Return a single value's text without spaces around it; refuses a list or mapping."""
    if not isinstance(raw, str):
        refuse(f"must be a single value, not {shown(raw)}")
    return raw.strip()


def _text(raw: object) -> str:
    return one(raw) or refuse("must not be empty")


def _matching(pattern: re.Pattern[str], what: str) -> Callable[[object], str]:
    def match(raw: object) -> str:
        text = one(raw)
        if not pattern.fullmatch(text) or len(text) > LONGEST_ID:
            refuse(f"must be {what}, not {shown(text)}")
        return text

    return match


WHAT_ID = "small letters, digits and single hyphens, beginning with a letter, such as staff-survey"
WHAT_SLUG = "small letters, digits and single hyphens, such as 2026"
id_text = _matching(ID, WHAT_ID)
slug_text = _matching(SLUG, WHAT_SLUG)
whole_text = _matching(WHOLE, "a whole number, such as 3")
number_text = _matching(NUMBER, "a number, such as 12 or 12.5")
share_text = _matching(SHARE, "a number or a fraction, such as 0.5 or 2/3")


def _whole(raw: object) -> int:
    return int(whole_text(raw))


def _decimals(raw: object) -> int:
    number = _whole(raw)
    if not 0 <= number <= MOST_DECIMALS:
        refuse(f"must be from 0 to {MOST_DECIMALS}, not {number}")
    return number


def _days(raw: object) -> int:
    days = _whole(raw)
    return days if days > 0 else refuse(f"must be 1 day or more, not {days}")


def _number(raw: object) -> Decimal:
    return Decimal(number_text(raw))


def _exact(raw: object) -> Fraction:
    return Fraction(share_text(raw))


def _points(raw: object) -> Fraction:
    points = _exact(raw)
    return points if points >= 0 else refuse(f"must be 0 or more, not {shown(raw)}")


def _weight(raw: object) -> Fraction:
    weight = _exact(raw)
    return weight if weight > 0 else refuse(f"must be more than 0, not {shown(raw)}")


def _flag(raw: object) -> bool:
    text = one(raw)
    if text not in {"true", "false"}:
        refuse(f"must be true or false, not {shown(text)}")
    return text == "true"


def _day(raw: object) -> date:
    text = one(raw)
    try:
        return date.fromisoformat(text if DAY.fullmatch(text) else "")
    except ValueError:
        refuse(f"must be a real date as year-month-day, such as 2026-09-30, not {shown(text)}")


def one_of(allowed: tuple[str, ...]) -> Callable[[object], str]:
    """Return a rule that takes only the words listed."""

    def choose(raw: object) -> str:
        text = one(raw)
        if text not in allowed:
            refuse(f"cannot be {shown(text)}.{hint(text, allowed)}")
        return text

    return choose


def kind(
    words: str, rule: Callable[[object], Any], **schema: object
) -> tuple[PlainValidator, WithJsonSchema]:
    """Return what makes a type of a rule, its name in words and its JSON Schema for editors."""
    return PlainValidator(rule), WithJsonSchema({"$comment": words, **schema})


def listed(allowed: tuple[str, ...]) -> tuple[PlainValidator, WithJsonSchema]:
    """Return what makes a type of a closed list of words."""
    words = either(f"`{each}`" for each in allowed)
    return kind(words, one_of(allowed), enum=list(allowed))


AS_WRITTEN = ["string", "number", "boolean"]
"""The JSON types that plain words have to an editor: `2026` and `yes` need no quotation marks."""
NUMERIC = {"type": ["number", "string"], "pattern": f"^({SHARE.pattern})$"}
A_SHARE = "number or fraction"

Text = Annotated[str, *kind("text", _text, type=AS_WRITTEN, minLength=1)]
Id = Annotated[str, *kind("id", id_text, type="string", pattern=f"^{ID.pattern}$")]
Slug = Annotated[
    str, *kind("id", slug_text, type=["string", "integer"], pattern=f"^{SLUG.pattern}$")
]
Whole = Annotated[int, *kind("whole number", _whole, type="integer")]
Decimals = Annotated[
    int, *kind("whole number", _decimals, type="integer", minimum=0, maximum=MOST_DECIMALS)
]
Days = Annotated[int, *kind("whole number", _days, type="integer", minimum=1)]
Number = Annotated[Decimal, *kind("number", _number, type="number")]
Share = Annotated[Fraction, *kind(A_SHARE, _exact, **NUMERIC)]
Points = Annotated[Fraction, *kind(A_SHARE, _points, **NUMERIC, minimum=0)]
Weight = Annotated[Fraction, *kind(A_SHARE, _weight, **NUMERIC, exclusiveMinimum=0)]
Flag = Annotated[bool, *kind("`true` or `false`", _flag, type="boolean")]
Day = Annotated[date, *kind("date", _day, type="string", format="date")]
Nation = Annotated[str, *listed(tuple(NATIONS))]
EmployerType = Annotated[str, *listed(tuple(EMPLOYER_TYPES))]
