"""What stands after the areas in a report: actions, lists, and how scoring works.

Values only, like those of `parts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.reports.parts import is_long

if TYPE_CHECKING:
    from healthcheck.reports.parts import File, Pointer


@dataclass(frozen=True, slots=True)
class SuggestedAction:
    """What could be done about one area for improvement."""

    question: Pointer
    level: str
    finding: str
    quick_win: str
    longer_step: str
    owner: str
    when: str
    measure: str


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A line of the evidence list: explanations in words stand with their question instead."""

    question: Pointer
    links: tuple[str, ...]
    files: tuple[File, ...]

    @property
    def is_long(self) -> bool:
        """Say whether its row may need more room than a page leaves."""
        return is_long((*self.links, *(file.name for file in self.files)))


@dataclass(frozen=True, slots=True)
class SetAside:
    """A question marked not applicable, with the reason given."""

    question: Pointer
    reason: tuple[str, ...]

    @property
    def is_long(self) -> bool:
        """Say whether its row may need more room than a page leaves."""
        return is_long(self.reason)


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists at the end: evidence given and wanted, what is unanswered, what was set aside."""

    evidence: tuple[EvidenceItem, ...]
    evidence_missing: tuple[Pointer, ...]
    unanswered: tuple[Pointer, ...]
    undetermined: tuple[Pointer, ...]
    not_applicable: tuple[SetAside, ...]


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """A level of the scale and what it earns."""

    name: str
    points: str


@dataclass(frozen=True, slots=True)
class BandRow:
    """A band, the whole scores it covers from `lowest`, and its sentence."""

    name: str
    lowest: int
    scores: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Scoring:
    """How scoring works, from the questionnaire itself."""

    explanation: tuple[str, ...]
    rules: tuple[str, ...]
    scale: tuple[ScaleRow, ...]
    bands: tuple[BandRow, ...]
    essential: tuple[Pointer, ...]
