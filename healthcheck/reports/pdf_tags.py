"""What PDF/UA asks of the tags beyond what WeasyPrint writes, done before the file is closed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pydyf

if TYPE_CHECKING:
    from collections.abc import Iterator

PRINTED = 4
"""The annotation flag that says "print this too"."""


class Pdf(pydyf.PDF):  # type: ignore[misc] # the library has no types
    """A file that lists its pages once, not anew for every tag."""

    _listed: tuple[bytes, ...] = ()

    @property
    def page_references(self) -> tuple[bytes, ...]:
        """The references of all pages so far, in their order."""
        kids = self.pages["Kids"]
        if 3 * len(self._listed) != len(kids):
            self._listed = tuple(f"{number} 0 R".encode() for number in kids[::3])
        return self._listed


pydyf.PDF = Pdf  # the only way in; tagging 40 pages asks for the list 5,000 times


def finish(document: object, pdf: pydyf.PDF) -> None:
    """Give header cells their scope and links their print flag; take page numbers out of the text.

    A table that runs over pages repeats its header, so ids made from cells repeat too. They are
    taken out: scope alone says which cells a header is for.
    """
    del document
    objects = {each.reference: each for each in pdf.objects if isinstance(each, pydyf.Dictionary)}
    for each in objects.values():
        if each.get("S") == "/TH":
            each["A"]["Scope"] = "/Column" if _is_in_head(each, objects) else "/Row"
            each.pop("ID", None)
        elif each.get("S") == "/TD":
            each["A"].pop("Headers", None)
        elif each.get("Subtype") == "/Link":
            each["F"] = PRINTED
    _make_running_lines_artifacts(pdf, objects)


def _is_in_head(cell: pydyf.Dictionary, objects: dict[bytes, Any]) -> bool:
    row = objects[cell["P"]]
    return bool(objects[row["P"]].get("S") == "/THead")


def _make_running_lines_artifacts(pdf: pydyf.PDF, objects: dict[bytes, Any]) -> None:
    """Mark headers and footers as page furniture, so that nobody has them read out on each page.

    WeasyPrint tags them as text and leaves their elements outside the tree.
    """
    root = objects[pdf.catalog["StructTreeRoot"]]
    whole = objects[root["K"][0]]
    inside = set(whole["K"])
    loose = [
        each
        for reference, each in objects.items()
        if each.get("P") == whole.reference and reference not in inside
    ]
    numbers = objects[root["ParentTree"]]["Nums"]
    by_page = {page: numbers[2 * place + 1] for place, page in enumerate(pdf.page_references)}
    by_reference = {each.reference: each for each in pdf.objects}
    streams = {page: by_reference[objects[page]["Contents"]] for page in by_page}
    by_stream: dict[bytes, set[int]] = defaultdict(set)
    for each in loose:
        by_stream[each["Pg"]].update(_marks(each, objects))
    for page, marks in by_stream.items():
        for mark in marks:
            by_page[page][mark] = "null"
        _unmark(streams[page].stream, marks)


def _marks(element: pydyf.Dictionary, objects: dict[bytes, Any]) -> Iterator[int]:
    for kid in element["K"]:
        if isinstance(kid, int):
            yield kid
        else:
            yield from _marks(objects[kid], objects)


def _unmark(operations: list[Any], marks: set[int]) -> None:
    for place, each in enumerate(operations):
        if isinstance(each, pydyf.Dictionary) and each.get("MCID") in marks:
            operations[place - 1] = "/Artifact"
            operations[place] = pydyf.Dictionary({"Type": "/Pagination"})
