"""The parts of WeasyPrint that are put in another way: they fit, and they change no page."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pydyf
import pytest
from weasyprint.css import StyleFor
from weasyprint.html import UA_STYLESHEET
from weasyprint.text import line_break

from healthcheck import resources
from healthcheck.reports import pdf, pdf_speed
from healthcheck.reports.html import page
from tests.core.build import questionnaire, rating

from . import made

if TYPE_CHECKING:
    from weasyprint import CSS

pytestmark = pytest.mark.slow

PLAIN = """
import sys
from weasyprint import CSS, HTML
sheet = CSS(string=sys.argv[1])
made = HTML(string=sys.stdin.read()).write_pdf(stylesheets=[sheet], pdf_variant="pdf/ua-1")
sys.stdout.buffer.write(made)
"""
TEXTS = (
    "Tŷ Ŵyr, a week’s work",
    "עומס עבודה 12 שעות",
    "One 😀 two",
    "One\ntwo\n\nthree",
    "One\rtwo",
    "One\N{LINE SEPARATOR}two, " * 3,
    "One\N{PARAGRAPH SEPARATOR}two",
    "One\ttwo   three",
    "x" * 300,
    "Words that run over many lines. " * 30,
    "co\N{SOFT HYPHEN}oper\N{SOFT HYPHEN}ation " * 40,
)
WAYS = (
    '<p class="link">{}</p>',
    '<p dir="rtl">{}</p>',
    '<p style="text-align: justify">{}</p>',
    '<p style="white-space: pre-wrap">{}</p>',
    '<p style="overflow: hidden; text-overflow: ellipsis; white-space: nowrap">{}</p>',
    '<p style="letter-spacing: 1mm; word-spacing: 2mm">{}</p>',
    '<p style="hyphens: auto; width: 30mm">{} responsibilities notwithstanding</p>',
    "<ol><li>{}</li></ol>",
    "<table><thead><tr><th>{0}</th></tr></thead><tbody><tr><td>{0}</td></tr></tbody></table>",
)


def drawn(content: bytes) -> list[list[bytes]]:
    """Return what each page draws; how it is tagged, which is changed on purpose, left out.

    A space of 0 after a character moves nothing. Whether one is written after a character that no
    font has depends on what the process drew before.
    """
    with pikepdf.open(BytesIO(content)) as document:
        return [
            [
                pikepdf.unparse_content_stream([each]).replace(b"> 0 ", b"> ")
                for each in pikepdf.parse_content_stream(sheet)
                if str(each.operator) != "BDC"
            ]
            for sheet in document.pages
        ]


def test_pages_are_drawn_as_weasyprint_draws_them_by_itself() -> None:
    short = page(made.report_of(questionnaire(rating("a"), rating("b")), {"a": 1, "b": 3}))
    more = "".join(way.format(text) for text in TEXTS for way in WAYS)
    html = short.replace("</body>", f"{more}</body>")
    press = (resources.folder("report_templates") / "press.css").read_text(encoding="utf-8")

    plain = subprocess.run(
        [sys.executable, "-c", PLAIN, press],
        input=html.encode(),
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONUTF8": "1"},
    ).stdout

    ours, theirs = drawn(pdf.render(html)), drawn(plain)
    assert len(ours) == len(theirs) > 10
    assert [number for number in range(len(ours)) if ours[number] != theirs[number]] == []


def test_our_parts_are_in_the_library() -> None:
    assert pydyf.PDF is pdf_speed.Pdf
    assert line_break.Layout is pdf_speed.Line


def test_rendering_asks_for_room_for_its_calls() -> None:
    def twice(number: int, *, more: int = 0) -> int:
        return 2 * number + more

    roomy = pdf_speed.roomy(twice)

    assert roomy(20, more=2) == 42
    assert roomy.__code__.co_stacksize == pdf_speed.ROOM
    assert pdf.render.__code__.co_stacksize == pdf_speed.ROOM


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("set_text", ["self", "text", "justify"]),
        ("deactivate", ["self"]),
        ("reactivate", ["self", "style"]),
    ],
)
def test_the_library_calls_a_line_as_ours_is_called(name: str, asked: list[str]) -> None:
    theirs = getattr(pdf_speed.Line.__base__, name)

    assert list(inspect.signature(theirs).parameters) == asked
    assert list(inspect.signature(getattr(pdf_speed.Line, name)).parameters) == asked


def test_streams_are_packed_at_the_usual_level() -> None:
    words = b"Words and more words. " * 500

    packed = pydyf.Stream([words], compress=True).data

    assert zlib.compress(words) in packed
    assert zlib.compress(words, 9) not in packed


def pseudo_elements(document: pdf.Page, sheet: CSS) -> set[tuple[str, str]]:
    """Return which elements have which pseudo-elements under one style sheet."""
    sheets = [(sheet, "user agent", None)]
    found = StyleFor(
        document, sheets, presentational_hints=False, font_config=pdf.FONTS, target_collector=None
    ).get_computed_styles()
    return {(element.tag, name) for element, name in found if name is not None}


def test_only_list_items_have_a_marker_and_nothing_has_a_note() -> None:
    document = pdf.Page("<html><body><p>Words</p><ul><li>One</li></ul></body></html>")

    assert pseudo_elements(document, pdf.BEGINNINGS) == {("li", "marker")}
    assert pseudo_elements(document, UA_STYLESHEET) == {
        (tag, name)
        for tag in ("html", "body", "p", "ul", "li")
        for name in {"marker", *pdf_speed.NOTES}
    }
