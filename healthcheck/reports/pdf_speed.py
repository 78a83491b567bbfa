"""Parts of WeasyPrint put in another way here, so that the same pages are made in less time.

Each was measured, and the pages are the same to the last stroke: a test draws one document with and
without them. The library is pinned to one version, so they are looked at again when it changes.
"""

from __future__ import annotations

import zlib
from copy import copy
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import pydyf
from weasyprint.text import line_break
from weasyprint.text.ffi import pango

if TYPE_CHECKING:
    from collections.abc import Callable

    from weasyprint import CSS

Given = ParamSpec("Given")
Got = TypeVar("Got")

ENDS = frozenset("\n\r\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}")
"""The characters that end a line wherever they stand."""
NOTES = {"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}
PSEUDO_ELEMENT = 3
"""Where the pseudo-element stands in an entry of a matcher of selectors."""
ROOM = 2**16 + 1
"""Values a roomy function asks for: just over half a megabyte, so that it is given a whole one."""


class Pdf(pydyf.PDF):  # type: ignore[misc] # the library has no types
    """A file that lists its pages once, not anew for every tag: 5,000 times in 40 pages."""

    _listed: tuple[bytes, ...] = ()

    @property
    def page_references(self) -> tuple[bytes, ...]:
        """The references of all pages so far, in their order."""
        kids = self.pages["Kids"]
        if 3 * len(self._listed) != len(kids):
            self._listed = tuple(f"{number} 0 R".encode() for number in kids[::3])
        return self._listed


class Line(line_break.Layout):  # type: ignore[misc] # the library has no types
    """A line of text that is kept as it was set until it is drawn, not set anew for that."""

    _is_drawn = False

    def set_text(self, text: str, justify: bool = False) -> None:  # noqa: FBT001, FBT002 - theirs
        """Set the text in the mode it will be drawn in: changing that later would unset it."""
        pango.pango_layout_set_single_paragraph_mode(self.layout, ENDS.isdisjoint(text))
        super().set_text(text, justify)

    def deactivate(self) -> None:
        """Keep what was set until it is drawn, then free it."""
        if self._is_drawn:
            super().deactivate()

    def reactivate(self, style: object) -> None:
        """Set the text again only where it was freed or its spaces are not yet stretched."""
        if self._is_drawn or self.justification_spacing:
            super().reactivate(style)
        self._is_drawn = True


def install() -> None:
    """Put our parts in the place of the library's, in this process."""
    pydyf.PDF = Pdf
    pydyf.zlib = SimpleNamespace(compressobj=_compressor)
    line_break.Layout = Line


def roomy(function: Callable[Given, Got]) -> Callable[Given, Got]:
    """Return the function, given room on Python's own stack for all the calls it will ever make.

    Python maps that stack in pieces of 16 KB and hands each back when the last call leaves it. A
    loop that works at the edge of a piece asks the system for memory and returns it thousands of
    times. A piece is made larger for a function that asks for more, and the calls share the rest.
    """
    code = function.__code__
    function.__code__ = code.replace(co_stacksize=ROOM)
    return function


def without_notes(sheet: CSS) -> CSS:
    """Return a style sheet that gives no element a style for notes, and only list items a marker.

    Otherwise every element gets six styles more. Our pages have no footnotes.
    """
    lean, matcher = copy(sheet), copy(sheet.matcher)
    entries: list[Any] = matcher.other_selectors
    markers = [each for each in entries if each[PSEUDO_ELEMENT] == "marker"]
    unused = {"marker", *NOTES}
    matcher.other_selectors = [each for each in entries if each[PSEUDO_ELEMENT] not in unused]
    by_name = matcher.lower_local_name_selectors
    matcher.lower_local_name_selectors = {**by_name, "li": [*by_name["li"], *markers]}
    lean.matcher = matcher
    return lean


def _compressor(level: int) -> Any:  # noqa: ANN401 - the standard library does not name the type
    """Return a compressor at zlib's own level: 4% more bytes than at 9 in a third of the time."""
    del level
    return zlib.compressobj()
