"""What PDF/UA asks of the tags beyond what WeasyPrint writes, added before the file is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pydyf

if TYPE_CHECKING:
    from collections.abc import Mapping

PRINTED = 4
"""The annotation flag that says "print this too"."""


def finish(document: object, pdf: pydyf.PDF) -> None:
    """Give header cells their scope and links their print flag.

    A table that runs over pages repeats its header, so ids made from cells repeat too. They are
    taken out: scope alone says which cells a header is for.
    """
    del document
    elements = {each.reference: each for each in pdf.objects if isinstance(each, pydyf.Dictionary)}
    for each in elements.values():
        if each.get("S") == "/TH":
            in_head = _grandparent(each, elements).get("S") == "/THead"
            each.setdefault("A", pydyf.Dictionary({"O": "/Table"}))
            each["A"]["Scope"] = "/Column" if in_head else "/Row"
            each.pop("ID", None)
        elif each.get("S") == "/TD":
            each["A"].pop("Headers", None)
        elif each.get("Subtype") == "/Link":
            each["F"] = PRINTED


def _grandparent(
    element: pydyf.Dictionary, elements: Mapping[bytes, pydyf.Dictionary]
) -> Mapping[str, Any]:
    row: Mapping[str, Any] = elements.get(element["P"], {})
    found: Mapping[str, Any] = elements.get(row.get("P", b""), {})
    return found
