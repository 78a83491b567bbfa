"""What is known about an assessment before any question: service, nation, employer type.

Conditions, `applies_to` and wording read these. The lists are closed except the service, because
employers may name services of their own (issue vocabulary; domain notes, section 3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NATIONS: Mapping[str, str] = {
    "england": "England",
    "wales": "Wales",
    "scotland": "Scotland",
    "northern-ireland": "Northern Ireland",
}
EMPLOYER_TYPES: Mapping[str, str] = {
    "council": "Council",
    "nhs-trust": "NHS trust",
    "childrens-trust": "Children’s trust",
    "hsc-trust": "Health and Social Care trust",
    "voluntary": "Voluntary organisation",
    "private": "Private organisation",
    "other": "Other employer",
}
SERVICES: Mapping[str, str] = {
    "childrens": "Children’s services",
    "adults": "Adults’ services",
}

SERVICE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SERVICE = 60

ALLOWED: Mapping[str, Mapping[str, str] | None] = {
    "service": None,
    "nation": NATIONS,
    "employer_type": EMPLOYER_TYPES,
}
"""Every fact by name, with its closed list of values, or None where any id is allowed."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one assessment, each as its id."""

    service: str
    nation: str
    employer_type: str

    def get(self, fact: str) -> str:
        """Return the id held for the named fact; KeyError when there is no such fact."""
        if fact not in ALLOWED:
            raise KeyError(fact)
        return str(getattr(self, fact))


@dataclass(frozen=True, slots=True)
class Audience:
    """The assessments something is meant for; an empty list of a fact means all of them."""

    service: tuple[str, ...] = ()
    nation: tuple[str, ...] = ()
    employer_type: tuple[str, ...] = ()

    def includes(self, facts: Facts) -> bool:
        """Say whether an assessment with these facts is meant."""
        return (
            (not self.service or facts.service in self.service)
            and (not self.nation or facts.nation in self.nation)
            and (not self.employer_type or facts.employer_type in self.employer_type)
        )


EVERYONE = Audience()


def is_service(text: str) -> bool:
    """Say whether text can be a service's id: small letters and digits, joined by hyphens."""
    return len(text) <= LONGEST_SERVICE and SERVICE.fullmatch(text) is not None


def service_title(service: str) -> str:
    """Return the service's name for readers; an employer's own id becomes words."""
    return SERVICES.get(service) or service.replace("-", " ").capitalize()
