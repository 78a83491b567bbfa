"""The sign-ins that are printed on start: who, with what password, and what there is to look at.

The passwords are made up for each copy and kept in a file that only its owner can read.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.permissions import Role
from healthcheck.services.demonstration.country import (
    ADMINISTRATOR,
    BY_KEY,
    HOUSES,
    REVIEWERS,
    TWO_JOBS,
    people_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from healthcheck.services.demonstration.country import Somebody

FILE_NAME = "demonstration-sign-ins.txt"
CONSONANTS = "bdfghjklmnprstvz"
VOWELS = "aeiou"
GROUPS = 5

LOOK: Mapping[str, str] = {
    "lead@northmere.example": "a health check half answered: carry on from where it was left",
    "lead@harrowdale.example": "three cycles, what BASW asked for in the last, a plan at work",
    "lead@portwexmoor.example": "the cycle before: two change requests, one not answered yet",
    "lead@kestrelford.example": "the newest was declined at sign-off; the one before is public",
    "lead@sorravoe.example": "a small employer: figures filled from its teams’ caseloads",
    "lead@southmere.example": "another employer: sees nothing of the others",
    "contributor@northmere.example": "answers topics, and cannot send",
    TWO_JOBS[0]: "the workforce figures of two employers, assigned to her",
    "officer@aldersley.example": "the newest cycle: a whole draft to read, then sign or decline",
    "viewer@northmere.example": "reads, and changes nothing",
    "manager@northmere.example": "two teams, one of them over capacity; reports to answer",
    "practitioner@northmere.example": "her own workload, and reports of her caseload",
    REVIEWERS[0].email: "the queue; choose the cycle before for reviews under way",
    REVIEWERS[1].email: "drafts on Harrowdale; cannot review Dyffryn Arfel, her own",
    ADMINISTRATOR.email: "cycles, employers, people, messages and the queue",
}
"""The people who can sign in, in the order they are printed within a role."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account of the demonstration; `role` is in the words that pages show.

    `look` says in a line what there is to look at.
    """

    email: str
    password: str
    name: str
    role: str
    employer: str
    look: str


def passwords(folder: Path) -> tuple[dict[str, str], bool]:
    """Return everybody's password by address, and whether they were made up just now.

    The file of an earlier demonstration may have fewer addresses; passwords for the rest are then
    made up and written too.
    """
    file = folder / FILE_NAME
    known = _read(file) if file.exists() else {}
    found = {email: known.get(email) or passphrase() for email in LOOK}
    if found != known:
        _write(file, found)
    return found, not known


def named(found: Mapping[str, str]) -> tuple[SignIn, ...]:
    """Return the sign-ins with these passwords, the leads first."""
    everybody = {each.email: each for house in HOUSES for each in people_of(house)}
    everybody |= {each.email: each for each in (ADMINISTRATOR, *REVIEWERS)}
    known = [_sign_in(everybody[email], found[email]) for email in LOOK if email in found]
    order = [role.value for role in (Role.LEAD, Role.CONTRIBUTOR, Role.ACCOUNTABLE_OFFICER)]
    last = len(order)
    return tuple(
        sorted(known, key=lambda each: order.index(each.role) if each.role in order else last)
    )


def passphrase() -> str:
    """Return a random password that can be read aloud, such as “bado-kemu-tila-roso-vine”."""
    groups = (
        "".join(secrets.choice(letters) for letters in (CONSONANTS, VOWELS) * 2)
        for _ in range(GROUPS)
    )
    return "-".join(groups)


def _sign_in(somebody: Somebody, password: str) -> SignIn:
    employer = BY_KEY[somebody.house].name if somebody.house else "BASW"
    return SignIn(
        somebody.email, password, somebody.name, somebody.role.value, employer, LOOK[somebody.email]
    )


def _write(file: Path, found: Mapping[str, str]) -> None:
    """Write addresses and passwords, one a line with a tab between, readable by the owner alone."""
    draft = file.with_suffix(".part")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as lines:
        lines.writelines(f"{email}\t{password}\n" for email, password in found.items())
    draft.replace(file)


def _read(file: Path) -> dict[str, str]:
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines())
    return {row[0]: row[1] for row in rows if len(row) > 1}
