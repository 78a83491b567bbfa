"""HTML to PDF: the only module that imports WeasyPrint.

The result is tagged (PDF/UA-1), carries its fonts, and is the same to the byte whenever the HTML
is the same. Nothing outside the HTML is read but the program's own fonts.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from xml.sax.saxutils import escape

from healthcheck import resources
from healthcheck.reports.pdf_tags import finish

if TYPE_CHECKING:
    from collections.abc import Iterator

FONTS_FILE = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def _list_only_our_fonts() -> None:
    """Tell the font library of our fonts alone, so that every machine sets the same pages.

    The font library reads this whenever WeasyPrint opens the fonts, so it stays until the end.
    """
    home = Path(tempfile.mkdtemp(prefix="healthcheck-fonts-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    file = home / "fonts.conf"
    text = FONTS_FILE.format(folder=escape(str(resources.FONTS)), cache=escape(str(home)))
    file.write_text(text, encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(file)


_list_only_our_fonts()

from weasyprint import CSS, HTML  # noqa: E402 - the fonts must be listed first
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import URLFetcher  # noqa: E402


class NothingFetched(URLFetcher):  # type: ignore[misc] # the library has no types
    """Refuses every address: a report carries all that it needs."""

    def fetch(self, url: str, headers: object = None) -> NoReturn:
        """Raise ValueError, which WeasyPrint turns into an absent resource."""
        del headers
        raise ValueError(f"A report may not fetch {url[:80]}")


@cache
def _press() -> tuple[CSS, FontConfiguration]:
    """Return the style sheet and the open fonts that every rendering shares."""
    fonts = FontConfiguration()
    sheet = resources.folder("report_templates") / "press.css"
    return CSS(string=sheet.read_text(encoding="utf-8"), font_config=fonts), fonts


def render(html: str) -> bytes:
    """Return the PDF of a page made by `reports.html`."""
    sheet, fonts = _press()
    with _collector_paused():
        document = HTML(string=html, url_fetcher=NothingFetched())
        pdf: bytes = document.write_pdf(
            stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1", finisher=finish
        )
    return pdf


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the cyclic garbage collector, which finds nothing to free until a page is done."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
