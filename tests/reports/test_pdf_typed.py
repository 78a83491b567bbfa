from __future__ import annotations

import pytest

from healthcheck.core.answers import Answer
from healthcheck.reports import pdf
from healthcheck.reports.html import page
from tests.core.build import questionnaire, rating

from . import made

pytestmark = pytest.mark.slow

LONGEST_LINE = 130
"""More letters than fit between the margins of a page."""


def test_a_long_answer_is_not_cut(typed: bytes) -> None:
    text = " ".join(made.pages_of(typed))

    assert len(made.LONG) > 9_000
    assert [each for each in ("word1 ", "word575 ", "word1149 ") if each not in text] == []
    assert set(made.LONG.split()) - set(text.split()) == set()


def test_an_unbroken_word_is_whole_and_wrapped(typed: bytes) -> None:
    lines = [line for drawn in made.lines_of(typed) for line in drawn]

    assert made.UNBROKEN in "".join(lines)
    assert max(len(each) for each in lines if "abcdefghij" in each) < LONGEST_LINE


@pytest.mark.parametrize("text", [made.WELSH, "😀", "✅", "עומס"])
def test_welsh_hebrew_and_emoji_can_be_read_back(typed: bytes, text: str) -> None:
    found = " ".join(made.pages_of(typed))

    assert text in found or text[::-1] in found


def test_arabic_letters_have_glyphs(typed: bytes) -> None:
    fonts = {
        str(font["/BaseFont"]).split("+")[1]
        for drawn in made.opened(typed).pages
        for font in drawn.Resources.Font.values()
    }

    assert fonts == {
        "Source-Sans-3,",
        "Source-Sans-3-Bold",
        "Source-Sans-3-Semi-Bold",
        "DejaVu-Sans",
        "Noto-Emoji",
    }


def test_nothing_is_missing_from_the_fonts_or_unknown_in_the_styles(
    caplog: pytest.LogCaptureFixture,
) -> None:
    asked = questionnaire(rating("a"))
    words = f"{made.WELSH} {made.EMOJI} {made.ARABIC} {made.HEBREW}"

    pdf.render(page(made.report_of(asked, {"a": Answer(1, evidence=words)})))

    assert caplog.messages == []


def test_hostile_words_come_out_as_words(typed: bytes) -> None:
    text = " ".join(made.pages_of(typed))

    assert "<script>x</script>" in text
    assert "root:" not in text
    assert "/EmbeddedFiles" not in made.opened(typed).Root.get("/Names", {})


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="file:///etc/passwd" alt="x">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
        '<object data="file:///etc/passwd"></object>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        '<style>@import "file:///etc/passwd"; p {background: url(file:///etc/passwd)}</style>',
    ],
)
def test_even_unescaped_markup_fetches_nothing(markup: str) -> None:
    content = pdf.render(f"<html lang=en><title>x</title><p>Words</p>{markup}")

    document = made.opened(content)
    assert "root:" not in " ".join(made.pages_of(content))
    assert "/EmbeddedFiles" not in document.Root.get("/Names", {})
    assert list(document.pages[0].Resources.get("/XObject", {})) == []


def test_the_fetcher_refuses_every_address() -> None:
    for address in ("file:///etc/passwd", "http://a.example/", "data:text/plain,x"):
        with pytest.raises(ValueError, match="A report may not fetch"):
            pdf.NothingFetched().fetch(address)
