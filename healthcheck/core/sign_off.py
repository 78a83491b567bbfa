"""Sign-off: what must be said about consultation, what is attested, and what a signature needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from healthcheck.core.answers import clean

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LONGEST_ACCOUNT = 4_000
LONGEST_NAME = 200
MOST_PRACTITIONERS = 100_000
WHOLE_NUMBER = re.compile(r"[0-9]{1,12}")

Problems = dict[str, str]
"""A sentence for each field that is not right, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Consultation:
    """How practitioners and trade unions were consulted, in the employer's words.

    `practitioners` is how many took part, None while nobody has said.
    """

    practitioners: int | None = None
    how: str = ""
    unions: str = ""


class Attestation(Enum):
    """What the accountable officer puts their name to."""

    ACCURATE = "The answers are accurate, and the evidence shows what they say."
    CONSULTED = "Practitioners were consulted: {practitioners} took part, in the way described."
    ACTS = "We will act on the plan for improvement, and publish it."


@dataclass(frozen=True, slots=True)
class Signing:
    """What was posted to sign: what was ticked, and the name and role typed."""

    attested: frozenset[Attestation]
    name: str
    role: str


def sentence(attestation: Attestation, consultation: Consultation) -> str:
    """Return an attestation as it is read and ticked."""
    return attestation.value.format(practitioners=f"{consultation.practitioners or 0:,}")


def accept_consultation(practitioners: str, how: str, unions: str) -> tuple[Consultation, Problems]:
    """Return the valid parts of what was typed, with a sentence for each part that is not."""
    problems: Problems = {}
    typed = practitioners.replace(",", "").strip()
    number = int(typed) if WHOLE_NUMBER.fullmatch(typed) else None
    if number is None and typed:
        problems["practitioners"] = "How many took part must be a whole number, such as 120."
    elif number is not None and number > MOST_PRACTITIONERS:
        problems["practitioners"] = f"How many took part must be {MOST_PRACTITIONERS:,} or fewer."
    texts = {"how": _trimmed(how), "unions": _trimmed(unions)}
    for name, text in texts.items():
        if len(text) > LONGEST_ACCOUNT:
            problems[name] = (
                f"Use {LONGEST_ACCOUNT:,} characters or fewer. It is"
                f" {len(text) - LONGEST_ACCOUNT:,} too long."
            )
    return Consultation(number, **texts), problems


def lacking(consultation: Consultation) -> Problems:
    """Return a sentence for each part that must be said before the check can be sent."""
    problems: Problems = {}
    if not consultation.practitioners:
        problems["practitioners"] = (
            "Say how many practitioners took part. At least one must have been consulted."
        )
    if not consultation.how:
        problems["how"] = "Say how practitioners were consulted."
    if not consultation.unions:
        problems["unions"] = "Say what trade unions said, or that none was asked and why."
    return problems


def accept_signing(ticked: Collection[str], name: str, role: str) -> tuple[Signing, Problems]:
    """Return what was signed, with a sentence for each part that is missing or too long."""
    attested = frozenset(each for each in Attestation if each.name in ticked)
    signing = Signing(attested, _line(name), _line(role))
    missing: Mapping[Attestation, str] = {
        Attestation.ACCURATE: "Tick that the answers are accurate, or decline and say why.",
        Attestation.CONSULTED: "Tick that practitioners were consulted, or decline and say why.",
        Attestation.ACTS: "Tick that you will act on the plan, or decline and say why.",
    }
    problems = {each.name: missing[each] for each in Attestation if each not in attested}
    for field, text, what in (("name", signing.name, "name"), ("role", signing.role, "role")):
        if not text:
            problems[field] = f"Type your {what}."
        elif len(text) > LONGEST_NAME:
            problems[field] = f"Your {what} must be {LONGEST_NAME} characters or fewer."
    return signing, problems


def _trimmed(text: str) -> str:
    return clean(text).strip()


def _line(text: str) -> str:
    return " ".join(clean(text).split())
