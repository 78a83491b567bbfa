"""Reports of tiny questionnaires, and of the shipped one with every answer given."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdf

from healthcheck.core import questionnaires as q
from healthcheck.core.answers import Answer, Attachment
from healthcheck.core.journey import walk
from healthcheck.core.wording import worded_for
from healthcheck.definitions.questionnaire_files import read_questionnaire
from healthcheck.reports.html import page
from healthcheck.reports.view_model import Report, Subject, report
from tests.core.build import FACTS, journey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from healthcheck.core.answers import Value
    from healthcheck.core.facts import Facts

SHIPPED = Path(__file__).parents[2] / "questionnaires" / "employer-health-check" / "2026.yaml"
SUBJECT = Subject(
    employer="Northmere Council",
    facts=FACTS,
    cycle="2026",
    reference="EHC-2026-0001",
    as_at=date(2026, 3, 2),
)
POLICY = Attachment("file-1", "Policy (agreed).pdf", "application/pdf", 1_245_000, "0" * 64)
WELSH = "Tŷ Ŵyr: mae gan bob tîm gynllun. Llŷr, Siôn, gŵyl, ẃ ẁ ẅ ỳ"
EMOJI = "😀 👍 ✅ ⚠"
ARABIC = "عبء العمل"
HEBREW = "עומס העבודה"
LONG = " ".join(f"word{each}" for each in range(1, 1150))
UNBROKEN = "abcdefghij" * 50
LEVELS = (2, 0, 3, 1, 2, 2, 3)


def report_of(
    asked: q.Questionnaire, values: Mapping[str, Value | Answer], facts: Facts = FACTS
) -> Report:
    """Return the report of a tiny questionnaire with these values."""
    subject = Subject("Northmere Council", facts, "2026", "EHC-2026-0001", date(2026, 3, 2))
    return report(subject, asked, journey(asked, values, facts))


@cache
def shipped() -> q.Questionnaire:
    """Return the shipped questionnaire in the words of a council's children's services."""
    questionnaire, problems = read_questionnaire(SHIPPED)
    assert questionnaire is not None, problems
    return worded_for(questionnaire, FACTS)


@cache
def full_report() -> Report:
    """Return the report of the shipped questionnaire with an answer to every question."""
    answers = {
        question.id: _answer(question, place)
        for place, question in enumerate(shipped().questions.values())
        if q.is_asked(question)
    }
    return report(SUBJECT, shipped(), walk(shipped(), FACTS, answers))


@cache
def full_pdf() -> bytes:
    """Return the PDF of the full report."""
    from healthcheck.reports import pdf  # noqa: PLC0415 - slow, and few tests want it

    return pdf.render(page(full_report()))


def read(pdf: bytes) -> pypdf.PdfReader:
    """Return a PDF opened for reading."""
    return pypdf.PdfReader(io.BytesIO(pdf))


@cache
def lines_of(pdf: bytes) -> tuple[tuple[str, ...], ...]:
    """Return the text of each page line by line."""
    return tuple(tuple(each.extract_text().split("\n")) for each in read(pdf).pages)


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page, with single spaces."""
    return [" ".join(" ".join(each).split()) for each in lines_of(pdf)]


@cache
def opened(content: bytes) -> pikepdf.Pdf:
    """Return a PDF opened for looking inside; it must stay open while its parts are read."""
    return pikepdf.open(io.BytesIO(content))


def structure(content: bytes) -> list[Any]:
    """Return every element of the tag tree, in reading order."""
    root = opened(content).Root.StructTreeRoot

    def walk(element: Any) -> Iterator[Any]:  # noqa: ANN401 - pikepdf has one type for all
        yield element
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from walk(kid)

    return [each for child in root.K for each in walk(child)]


def named(elements: list[Any], kind: str) -> list[Any]:
    return [each for each in elements if str(each.S) == f"/{kind}"]


def page_with(pages: list[str], *texts: str) -> list[int]:
    """Return the numbers of the pages that hold all of the texts."""
    found = [solid(text) for text in texts]
    return [
        number
        for number, text in enumerate(map(solid, pages), start=1)
        if all(each in text for each in found)
    ]


def solid(text: str) -> str:
    """Return text without its spaces: lines end where they must, even after a hyphen."""
    return "".join(text.split())


def _answer(question: q.Question, place: int) -> Answer:
    match question:
        case q.Rating():
            return Answer(
                LEVELS[place % len(LEVELS)],
                evidence=f"Evidence {place}. Agreed with staff on 12 May.\n\nReviewed since.",
                links=("https://northmere.example/policy",) if place % 3 == 0 else (),
                attachments=(POLICY,) if place % 4 == 0 else (),
            )
        case q.YesNo():
            return Answer(value=True)
        case q.Date():
            return Answer(date(2025, 9, 30))
        case q.Number() | q.Percentage():
            return Answer(Decimal(20 + place))
        case _:
            return Answer("One child is one case.")
