"""What is known about an employer, and the one rule for taking its details.

The page, the import of a file and the command line all take details through `accept`, so they
refuse the same things in the same words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.facts import EMPLOYER_TYPES, LONGEST_SERVICE, NATIONS, SERVICES, service_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from healthcheck.core.accounts import Employer

LONGEST_NAME = 120
LONGEST_REGION = 60
MOST_SERVICES = 12
CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,19}")
NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
A_FORMULA = ("=", "+", "-", "@")
APOSTROPHES = re.compile(
    "[\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{ACUTE ACCENT}`]"
)
NOT_IN_AN_ID = re.compile(r"[^a-z0-9]+")

COUNCIL_CODES = ("LBO", "MD", "UA", "CTY", "CC", "WPA", "SCO")
"""How the lists of UK local authorities call the kinds of council with social workers."""


@dataclass(frozen=True, slots=True)
class Details:
    """An employer's details; `region` and `code` may be blank, `services` are ids in order."""

    name: str
    nation: str
    employer_type: str
    region: str = ""
    code: str = ""
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """An employer with all its details; `logo` is its picture's fingerprint, or None."""

    employer: Employer
    details: Details
    logo: str | None = None

    @property
    def id(self) -> str:
        """The employer's id."""
        return self.employer.id


@dataclass(frozen=True, slots=True)
class Problem:
    """A detail that cannot be taken: which, and a sentence that says why and what to do."""

    part: str
    message: str


def same(text: str) -> str:
    """Return text as names are compared by: case, spaces and kinds of apostrophe aside."""
    plain = APOSTROPHES.sub("'", unicodedata.normalize("NFKC", text))
    return " ".join(plain.split()).casefold()


_TYPES = {
    **{same(name): key for key, title in EMPLOYER_TYPES.items() for name in (key, title)},
    **dict.fromkeys(map(same, COUNCIL_CODES), "council"),
    same("HSCT"): "hsc-trust",
    same("HSC trust"): "hsc-trust",
}
_NATIONS = {same(name): key for key, title in NATIONS.items() for name in (key, title)}
_SERVICES = {
    **{same(name): key for key, title in SERVICES.items() for name in (key, title)},
    **{same(f"{word} services"): "childrens" for word in ("children", "childrens")},
    **{same(f"{word} services"): "adults" for word in ("adult", "adults")},
    same("children's"): "childrens",
    same("children"): "childrens",
    same("adults'"): "adults",
}


def usual_services(employer_type: str) -> tuple[str, ...]:
    """Return the services an employer of a type is taken to assess until somebody says more."""
    return ("childrens",) if employer_type == "childrens-trust" else tuple(SERVICES)


def accept(
    typed: Mapping[str, str], services: Iterable[str]
) -> tuple[Details, tuple[Problem, ...]]:
    """Return details as typed, made tidy, and every problem with them.

    `typed` has name, nation, employer_type, region and code; what is missing is blank. Nation and
    type may be ids or words. Services may be ids or names, and the usual ones are not added here.
    The details are worth keeping only when there is no problem.
    """
    problems: list[Problem] = []
    name, region = _line(typed.get("name", "")), _line(typed.get("region", ""))
    code = _line(typed.get("code", "")).upper()
    nation = _NATIONS.get(same(typed.get("nation", "")), "")
    employer_type = _TYPES.get(same(typed.get("employer_type", "")), "")
    problems += [Problem("name", text) for text in _text_problems("name", name, LONGEST_NAME)]
    if not name:
        problems.append(Problem("name", "Enter the employer’s name."))
    if not nation:
        problems.append(Problem("nation", _not_one_of("nation", typed, NATIONS)))
    if not employer_type:
        problems.append(
            Problem("employer_type", _not_one_of("employer_type", typed, EMPLOYER_TYPES))
        )
    problems += [
        Problem("region", text) for text in _text_problems("region", region, LONGEST_REGION)
    ]
    if code and not CODE.fullmatch(code):
        problems.append(
            Problem("code", "The code must be up to 20 letters, figures and hyphens: E06000022.")
        )
    ids, more = _service_ids(services)
    details = Details(name, nation, employer_type, region, code, ids)
    return details, (*problems, *more)


def service_id(typed: str) -> str:
    """Return the id of a service named by hand, blank when no letter or figure is left."""
    known = _SERVICES.get(same(typed))
    if known is not None:
        return known
    plain = unicodedata.normalize("NFKD", APOSTROPHES.sub("", typed).replace("'", ""))
    letters = "".join(each for each in plain if not unicodedata.combining(each)).casefold()
    return NOT_IN_AN_ID.sub("-", letters).strip("-")


def differences(old: Details, new: Details) -> tuple[tuple[str, str, str], ...]:
    """Return what changes between two versions of details: the detail, before and after."""
    before, after = _in_words(old), _in_words(new)
    return tuple(
        (what, before[what], after[what]) for what in before if before[what] != after[what]
    )


def _in_words(details: Details) -> dict[str, str]:
    return {
        "Name": details.name,
        "Type": EMPLOYER_TYPES[details.employer_type],
        "Nation": NATIONS[details.nation],
        "Region": details.region or "none",
        "Official code": details.code or "none",
        "Services": ", ".join(map(service_title, details.services)) or "none",
    }


def _line(text: str) -> str:
    """Return text without spaces around, and with one between words; other marks stay."""
    return re.sub(r"[ \u00a0]+", " ", unicodedata.normalize("NFC", text)).strip(" \t\r\n")


def _text_problems(what: str, text: str, longest: int) -> list[str]:
    if len(text) > longest:
        return [f"The {what} can have up to {longest} characters; this one has {len(text):,}."]
    if NOT_SHOWN.search(text):
        return [f"The {what} holds a line end or a character that is not shown. Type it again."]
    if text.startswith(A_FORMULA):
        said = f"The {what} begins with “{text[0]}”, as a spreadsheet’s formula does."
        return [f"{said} Begin it with a letter or a figure."]
    return []


def _not_one_of(part: str, typed: Mapping[str, str], known: Mapping[str, str]) -> str:
    what = {"nation": "nation", "employer_type": "type of employer"}[part]
    given = _line(typed.get(part, ""))
    choices = ", ".join(known.values())
    if not given:
        return f"Choose the {what}: {choices}."
    return f"“{given[:40]}” is not a {what} we know. Choose from {choices}."


def _service_ids(typed: Iterable[str]) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    ids: list[str] = []
    problems = []
    for each in filter(None, map(_line, typed)):
        found = service_id(each)
        if not found or len(found) > LONGEST_SERVICE:
            problems.append(
                Problem(
                    "services",
                    f"“{each[:40]}” cannot be a service’s name. Use a few words in plain letters,"
                    f" up to {LONGEST_SERVICE} characters.",
                )
            )
        elif found not in ids:
            ids.append(found)
    if len(ids) > MOST_SERVICES:
        problems.append(Problem("services", f"Name up to {MOST_SERVICES} services."))
    order = {service: place for place, service in enumerate(SERVICES)}
    ids.sort(key=lambda each: (order.get(each, len(order)), each))
    return tuple(ids), tuple(problems)
