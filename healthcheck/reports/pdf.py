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
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from healthcheck import resources
from healthcheck.reports.pdf_tags import finish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

BLANK = '<html lang="en-GB"><title>Blank</title><p><a href="https://a.example/">x</a></p></html>'
PICTURES = ("data:image/png;base64,", "data:image/jpeg;base64,")
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

from cssselect2 import ElementWrapper  # type: ignore[import-untyped] # noqa: E402 - fonts first
from weasyprint import CSS, HTML, Attachment  # noqa: E402
from weasyprint.html import UA_STYLESHEET  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import URLFetcher  # noqa: E402

from healthcheck.reports import pdf_speed  # noqa: E402

pdf_speed.install()


@dataclass(frozen=True, slots=True)
class Data:
    """A text that goes into a PDF as a file, dated so that the PDF is the same every time."""

    name: str
    description: str
    text: str
    at: datetime


class NothingFetched(URLFetcher):  # type: ignore[misc] # the library has no types
    """Refuses every address: a report carries all that it needs, its pictures included."""

    def fetch(self, url: str, headers: object = None) -> object:
        """Return a picture that the page holds; else raise ValueError, and there is no resource."""
        if url.startswith(PICTURES):
            return super().fetch(url, headers)
        raise ValueError(f"A report may not fetch {url[:80]}")


class Page(HTML):  # type: ignore[misc] # the library has no types
    """A page that is XML as well as HTML, read by the parser in C: forty times as fast."""

    def __init__(self, html: str) -> None:
        """Raise ParseError when the page is not XML."""
        root = ET.fromstring(html)  # noqa: S314 - our own page, every text in it escaped
        self.base_url = None
        self.url_fetcher = NothingFetched()
        self.media_type = "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:  # noqa: FBT001, FBT002 - theirs
        """Return what every page begins with; WeasyPrint asks for it."""
        del forms
        return [BEGINNINGS]


BEGINNINGS = pdf_speed.without_notes(UA_STYLESHEET)
FONTS = FontConfiguration()
PRESS = CSS(
    string=(resources.folder("report_templates") / "press.css").read_text(encoding="utf-8"),
    font_config=FONTS,
)


@pdf_speed.roomy
def render(html: str, data: Data | None = None) -> bytes:
    """Return the PDF of a page made by `reports.html`, with its data attached if there is some."""
    with _collector_paused():
        pdf: bytes = _page(html).write_pdf(
            stylesheets=[PRESS],
            font_config=FONTS,
            pdf_variant="pdf/ua-1",
            finisher=finish,
            attachments=[] if data is None else [_attached(data)],
        )
    return pdf


def _attached(data: Data) -> Attachment:
    return Attachment(
        string=data.text,
        name=data.name,
        description=data.description,
        created=data.at,
        modified=data.at,
        relationship="Data",
    )


def _page(html: str) -> HTML:
    try:
        return Page(html)
    except ET.ParseError:
        return HTML(string=html, url_fetcher=NothingFetched())


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the cyclic garbage collector, which finds nothing to free until a page is done.

    What is left of the page is then set aside unseen: a process that renders once need not look
    through it, and the next rendering in the same process frees it first.
    """
    was_on = gc.isenabled()
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


# What every first rendering in a process has to load is loaded now, so that the forked processes
# which render one report each find it done.
render(BLANK)
gc.unfreeze()
