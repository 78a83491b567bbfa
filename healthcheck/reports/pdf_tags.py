"""What PDF/UA asks of the tags beyond what WeasyPrint writes, done before the file is closed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pydyf

if TYPE_CHECKING:
    from collections.abc import Iterator

PRINTED = 4
"""The annotation flag that says "print this too"."""


def finish(document: object, pdf: pydyf.PDF) -> None:
    """Give header cells their scope and links their print flag; take page numbers out of the text.

    A file in it is the data that the document shows.

    A table that runs over pages repeats its header, so ids made from cells repeat too. They are
    taken out: scope alone says which cells a header is for.
    """
    del document
    objects = [each for each in pdf.objects if isinstance(each, pydyf.Dictionary)]
    for each in objects:
        if each.get("S") == "/TH":
            each["A"]["Scope"] = "/Column" if _is_in_head(each, pdf) else "/Row"
            each.pop("ID", None)
        elif each.get("S") == "/TD":
            each["A"].pop("Headers", None)
        elif each.get("Subtype") == "/Link":
            each["F"] = PRINTED
        elif each.get("Type") == "/Filespec":
            each["AFRelationship"] = "/Data"
            pdf.catalog["AF"] = pydyf.Array([each.reference])
    _make_running_lines_artifacts(pdf, objects)


def _at(pdf: pydyf.PDF, reference: bytes) -> Any:  # noqa: ANN401 - the library has no types
    """Return the object that a reference ("12 0 R") names: a file numbers them by their places."""
    return pdf.objects[int(reference.partition(b" ")[0])]


def _is_in_head(cell: pydyf.Dictionary, pdf: pydyf.PDF) -> bool:
    row = _at(pdf, cell["P"])
    return bool(_at(pdf, row["P"]).get("S") == "/THead")


def _make_running_lines_artifacts(pdf: pydyf.PDF, objects: list[pydyf.Dictionary]) -> None:
    """Mark headers and footers as page furniture, so that nobody has them read out on each page.

    WeasyPrint tags them as text and leaves their elements outside the tree.
    """
    root = _at(pdf, pdf.catalog["StructTreeRoot"])
    (whole,) = root["K"]
    inside = set(_at(pdf, whole)["K"])
    loose = [each for each in objects if each.get("P") == whole and each.reference not in inside]
    numbers = _at(pdf, root["ParentTree"])["Nums"]
    by_page = {page: numbers[2 * place + 1] for place, page in enumerate(pdf.page_references)}
    by_stream: dict[bytes, set[int]] = defaultdict(set)
    for each in loose:
        by_stream[each["Pg"]].update(_marks(each, pdf))
    for page, marks in by_stream.items():
        for mark in marks:
            by_page[page][mark] = "null"
        _unmark(_at(pdf, _at(pdf, page)["Contents"]).stream, marks)


def _marks(element: pydyf.Dictionary, pdf: pydyf.PDF) -> Iterator[int]:
    for kid in element["K"]:
        if isinstance(kid, int):
            yield kid
        else:
            yield from _marks(_at(pdf, kid), pdf)


def _unmark(operations: list[Any], marks: set[int]) -> None:
    for place, each in enumerate(operations):
        if isinstance(each, pydyf.Dictionary) and each.get("MCID") in marks:
            operations[place - 1] = "/Artifact"
            operations[place] = pydyf.Dictionary({"Type": "/Pagination"})
