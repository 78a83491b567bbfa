from __future__ import annotations

import re
from base64 import b64encode
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from healthcheck.reports import pdf
from healthcheck.reports.html import blank_html, page
from tests.core.build import questionnaire, rating
from tests.pictures_of import JPEG, PNG

from . import made

pytestmark = pytest.mark.slow


def test_the_document_is_tagged_with_title_and_language(full: bytes) -> None:
    document = made.opened(full)

    assert bool(document.Root.MarkInfo.Marked)
    assert str(document.Root.Lang) == "en-GB"
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == (
            "Employer health check: Northmere Council, Children’s services, 2026"
        )


def test_every_figure_has_alternative_text(full: bytes) -> None:
    figures = made.named(made.structure(full), "Figure")

    texts = [str(each.Alt) for each in figures]

    assert texts[0].startswith("Score of each area out of 100. Effective workload management: ")
    assert set(texts[1:]) == {f"Level {level} of 3" for level in range(4)}


def test_a_logo_on_the_cover_is_named_and_drawn() -> None:
    asked = questionnaire(rating("a"))
    for content, kind in ((PNG, "png"), (JPEG, "jpeg")):
        logo = f"data:image/{kind};base64,{b64encode(content).decode()}"
        made_with_it = pdf.render(page(made.report_of(asked, {"a": 1}), logo=logo))
        figures = made.named(made.structure(made_with_it), "Figure")
        assert str(figures[0].Alt) == "Logo of Northmere Council"
        objects = made.opened(made_with_it).pages[0].Resources.XObject.values()
        sizes = [(int(o.Width), int(o.Height)) for o in objects if str(o.Subtype) == "/Image"]
        assert sizes == [(1, 1)]


def test_headings_step_down_one_at_a_time(full: bytes) -> None:
    levels = [
        int(str(each.S)[2]) for each in made.structure(full) if re.match("/H[1-6]", str(each.S))
    ]

    assert levels[0] == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


def test_header_cells_have_a_scope_and_no_repeated_ids(full: bytes) -> None:
    elements = made.structure(full)
    heads = made.named(elements, "TH")

    assert {str(each.A.Scope) for each in heads} == {"/Column", "/Row"}
    assert [each for each in heads if "/ID" in each] == []
    assert [each for each in made.named(elements, "TD") if "/Headers" in each.A] == []


def test_running_lines_are_not_read_out(full: bytes) -> None:
    document = made.opened(full)

    for drawn in document.pages:
        marks = [
            (str(each.operands[0]), each.operands[1])
            for each in pikepdf.parse_content_stream(drawn)
            if str(each.operator) == "BDC"
        ]
        furniture = [each for tag, each in marks if tag == "/Artifact"]
        assert len(furniture) >= 3
        assert {str(each.Type) for each in furniture} == {"/Pagination"}


def test_links_are_printed_and_described(full: bytes) -> None:
    links = [
        each
        for drawn in made.opened(full).pages
        for each in drawn.get("/Annots", [])
        if each.Subtype == "/Link"
    ]

    assert {int(each.F) for each in links} == {4}
    assert {str(each.A.URI) for each in links if "/A" in each} == {
        "https://northmere.example/policy"
    }
    assert [each for each in links if "/Contents" not in each] == []


def test_all_fonts_are_embedded(full: bytes) -> None:
    for drawn in made.opened(full).pages:
        for font in drawn.Resources.Font.values():
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_bookmarks_follow_the_parts(full: bytes) -> None:
    outline: list[Any] = made.read(full).outline

    titles = [str(each["/Title"]) for each in outline if not isinstance(each, list)]
    parts = [str(each["/Title"]) for each in outline[1] if not isinstance(each, list)]

    assert titles == ["Employer health check report"]
    assert parts[:3] == ["Contents", "Summary", "All strengths and areas for improvement"]
    assert parts[3:8] == [f"Area {a.number}: {a.title}" for a in made.full_report().areas]


def test_the_workbook_is_tagged_too() -> None:
    content = pdf.render(blank_html(questionnaire(rating("a"))))

    assert str(made.opened(content).Root.Lang) == "en-GB"
    assert [str(each.S) for each in made.named(made.structure(content), "H1")] == ["/H1"]
    assert "Not applicable because" in " ".join(made.pages_of(content))
