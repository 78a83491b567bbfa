"""The parts of a report, with every word and number already decided.

Values only: the Results page, the PDF and the command line read the same ones, so they can never
disagree. Texts are plain text and must be escaped where they are drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from healthcheck.core.facts import Facts

State = Literal["answered", "not-applicable", "unanswered", "undetermined"]
"""`undetermined`: an earlier answer will decide whether the question is asked."""

LONG = 1_500
LINE = 80


def is_long(texts: Iterable[str]) -> bool:
    """Say whether texts run to more than about twenty lines; each line end counts as a line."""
    return sum(len(text) + LINE * (1 + text.count("\n")) for text in texts) > LONG


@dataclass(frozen=True, slots=True)
class SignOff:
    """What was said and signed on submission; `on` is the day, `fingerprint` of the version."""

    version: int
    name: str
    role: str
    on: str
    fingerprint: str
    practitioners: str
    how: tuple[str, ...]
    unions: tuple[str, ...]
    attestations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose report it is; `as_at` is the day the answers were last changed, or signed."""

    employer: str
    facts: Facts
    cycle: str
    reference: str
    as_at: date
    signed_off: bool = False
    sign_off: SignOff | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """What the first page says; a line that has nothing to say is blank.

    `date_of` says what the date is that of: a draft's plan may have changed after its answers.
    """

    employer: str
    employer_type: str
    nation: str
    service: str
    cycle: str
    reference: str
    status: str
    is_draft: bool
    date_of: str
    date: str
    date_iso: str


@dataclass(frozen=True, slots=True)
class Pointer:
    """A question named in a list: its stable number, such as "1.3", and its text."""

    id: str
    number: str
    text: str
    section: str


@dataclass(frozen=True, slots=True)
class Step:
    """One answer to raise on the way to the next band, from and to a level in words."""

    question: Pointer
    now: str
    needed: str


@dataclass(frozen=True, slots=True)
class Route:
    """The shortest route to the next band; without steps the sentence says why.

    `note` says what a route is not, and what to answer before following it; it may be blank.
    """

    sentence: str
    steps: tuple[Step, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A strength or an area for improvement as a full sentence, with the level behind it."""

    question: Pointer
    sentence: str
    level: str


@dataclass(frozen=True, slots=True)
class Score:
    """A score with its band, working, limiting factor and route, all in words.

    `number` is 0 to 100, or None; `band_step` counts bands from 0, or is None. `coverage` is a
    phrase and `answered` the same in short, "8 of 8". `is_provisional` says that answers still to
    come may change it. `capped` is blank unless an essential question lowered the band, and then
    `held_down_by` is its number. `set_aside` is blank unless an essential question was marked not
    applicable.
    """

    number: int | None
    text: str
    band: str
    band_step: int | None
    sentence: str
    coverage: str
    answered: str
    working: str
    capped: str
    held_back: str
    route: Route
    is_provisional: bool = False
    held_down_by: str = ""
    set_aside: str = ""

    @property
    def is_scored(self) -> bool:
        """Say whether there is a score at all."""
        return self.number is not None

    @property
    def band_in_full(self) -> str:
        """The band with all that qualifies it: "Low, held down by 1.8, provisional"."""
        held_down = f"held down by {self.held_down_by}" if self.held_down_by else ""
        provisional = "provisional" if self.is_provisional else ""
        return ", ".join(filter(None, [self.band, held_down, provisional]))


@dataclass(frozen=True, slots=True)
class Summary:
    """The report on one page: at most five strengths and five areas for improvement."""

    score: Score
    strengths: tuple[Finding, ...]
    strengths_note: str
    improvements: tuple[Finding, ...]
    improvements_note: str


@dataclass(frozen=True, slots=True)
class File:
    """A file given as evidence."""

    id: str
    name: str
    size: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was given to show an answer; `missing` is a sentence when the level asks for some."""

    paragraphs: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    missing: str = ""

    @property
    def is_given(self) -> bool:
        """Say whether there is any."""
        return bool(self.paragraphs or self.links or self.files)

    @property
    def typed(self) -> tuple[str, ...]:
        """Everything that people wrote: explanations, addresses and names of files."""
        return (*self.paragraphs, *self.links, *(file.name for file in self.files))


@dataclass(frozen=True, slots=True)
class Comparison:
    """A published figure beside the employer's own; `spread` and `standing` may be blank.

    `date` is blank when the label already says the year.
    """

    label: str
    value: str
    spread: str
    standing: str
    date: str
    source: str


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question and its answer.

    `answer` is a level's name, a value with its unit, words, or what stands in for an answer.
    `level` and `top` are set for a rating that has a level. `amount` is a figure without its unit.
    `rests_on` says in sentences where the question comes from. `is_left` says that nothing at all
    was given yet, so that a list can stand for it.
    """

    id: str
    number: str
    text: str
    hint: str
    kind: Literal["rating", "figure", "choice", "words"]
    state: State
    answer: str
    paragraphs: tuple[str, ...] = ()
    amount: str = ""
    unit: str = ""
    worked_out: str = ""
    doubt: str = ""
    level: int | None = None
    top: int | None = None
    descriptor: str = ""
    next_level: str = ""
    next_descriptor: str = ""
    points: str = ""
    essential: str = ""
    reason: tuple[str, ...] = ()
    evidence: Evidence = Evidence()
    comparisons: tuple[Comparison, ...] = ()
    standards: tuple[str, ...] = ()
    rests_on: str = ""
    is_left: bool = False

    @property
    def is_long(self) -> bool:
        """Say whether what was typed may need more room than a page leaves."""
        return is_long((*self.paragraphs, *self.reason, *self.evidence.typed))


@dataclass(frozen=True, slots=True)
class TopicRows:
    """A topic with the questions that are asked in it."""

    id: str
    title: str
    about: tuple[str, ...]
    questions: tuple[QuestionRow, ...]

    @property
    def told(self) -> tuple[QuestionRow, ...]:
        """The questions for which something was given, or worked out."""
        return tuple(row for row in self.questions if not row.is_left)


@dataclass(frozen=True, slots=True)
class AreaReport:
    """One area: its score and its questions by topic; `left` names those still to answer."""

    id: str
    number: str
    title: str
    about: tuple[str, ...]
    score: Score
    topics: tuple[TopicRows, ...]
    left: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The workforce figures; `left` names those still to give."""

    title: str
    about: tuple[str, ...]
    topics: tuple[TopicRows, ...]
    left: str

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the published figures come from, each once, in the order they are shown."""
        rows = (row for topic in self.topics for row in topic.questions)
        return tuple(dict.fromkeys(each.source for row in rows for each in row.comparisons))
