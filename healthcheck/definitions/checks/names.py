"""Ids, names and references to them; works on a document's text, whatever else is wrong with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthcheck.core.facts import ALLOWED
from healthcheck.definitions.problems import hint, shown
from healthcheck.definitions.reading import Place
from healthcheck.definitions.scalars import ID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthcheck.definitions.problems import Problem
    from healthcheck.definitions.reading import Document, Tree

Shape = tuple[str, ...]
"""The end of a place, with a star for a position in a list."""
Text = tuple[Place, str]

OWN: tuple[tuple[str, tuple[Shape, ...]], ...] = (
    ("area id", (("areas", "*", "id"), ("figures", "id"))),
    ("topic id", (("topics", "*", "id"),)),
    ("question id", (("questions", "*", "id"),)),
    ("standard id", (("standards", "*", "id"),)),
    ("check id", (("checks", "*", "id"),)),
    ("level name", (("scale", "*", "name"),)),
    ("band name", (("bands", "*", "name"),)),
    ("area title", (("areas", "*", "title"), ("figures", "title"))),
)
"""What must differ throughout a file."""
OWN_IN_A_LIST: tuple[tuple[str, Shape], ...] = (
    ("option id", ("options", "*", "id")),
    ("option text", ("options", "*", "text")),
)
"""What must differ within one list."""
BRACED = re.compile(r"\{[^{}]*\}")


class Names:
    """Every single value of a document, to be found by the end of its place."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.texts = [
            (tuple("*" if isinstance(step, int) else step for step in place), place, text)
            for place, text in _texts(document.data, ())
        ]
        self._by_end: dict[str, list[int]] = {}
        for number, (has, _, _) in enumerate(self.texts):
            self._by_end.setdefault(has[-1], []).append(number)

    def ending(self, *shapes: Shape) -> list[Text]:
        """Return the values whose place ends in one of the shapes, in the order of the file."""
        numbers = {
            number
            for shape in shapes
            for number in self._by_end.get(shape[-1], ())
            if self.texts[number][0][-len(shape) :] == shape
        }
        return [self.texts[number][1:] for number in sorted(numbers)]

    def inside(self, key: str) -> list[Text]:
        """Return the values anywhere under a key."""
        return [(place, text) for has, place, text in self.texts if key in has[:-1]]

    def known(self, *shapes: Shape) -> list[str]:
        """Return those values without their places."""
        return [text for _, text in self.ending(*shapes)]


def check(document: Document) -> Iterator[Problem]:
    """Yield every repeated name and every reference to something that is not there."""
    names = Names(document)
    for what, shapes in OWN:
        yield from repeated(document, what, [((), *each) for each in names.ending(*shapes)])
    for what, shape in OWN_IN_A_LIST:
        listed = [(place[:-2], place, text) for place, text in names.ending(shape)]
        yield from repeated(document, what, listed)
    yield from _references(names)
    yield from _facts(names)
    yield from _terms(names)


def repeated(
    document: Document, what: str, texts: list[tuple[Place, Place, str]]
) -> Iterator[Problem]:
    """Yield a problem for each text that its group already has."""
    first: dict[tuple[Place, str], Place] = {}
    for group, place, text in texts:
        before = first.setdefault((group, text), place)
        if before != place:
            line = document.line(before)
            sentence = f"The {what} {shown(text)} is already used on line {line}: use another."
            yield document.problem(place, sentence)


def _references(names: Names) -> Iterator[Problem]:
    questions = names.known(("questions", "*", "id"))
    tested = [(place, text) for place, text in names.inside("show_when") if place[-1] == "question"]
    operands = [(place, text) for place, text in names.inside("calculate") if ID.fullmatch(text)]
    checked = [(place, text) for place, text in names.inside("checks") if _names_one(place, text)]
    yield from unknown(names, "question", [*tested, *operands, *checked], questions)
    linked = names.ending(("questions", "*", "standards", "*"))
    yield from unknown(names, "standard", linked, names.known(("standards", "*", "id")))
    capped = names.ending(("questions", "*", "caps_at"))
    yield from unknown(names, "band", capped, names.known(("bands", "*", "name")))


def unknown(names: Names, what: str, texts: list[Text], known: list[str]) -> Iterator[Problem]:
    """Yield a problem for each text that names something the file does not have."""
    present = set(known)
    for place, text in texts:
        if text not in present:
            sentence = f"There is no {what} {shown(text)} in this file.{hint(text, known)}"
            yield names.document.problem(place, sentence)


def _names_one(place: Place, text: str) -> bool:
    """Say whether a text within a check is the id of a question."""
    return place[-1] in {"question", "figure", "about"} or (
        place[-1] == "limit" and ID.fullmatch(text) is not None
    )


def _facts(names: Names) -> Iterator[Problem]:
    """Yield a problem for each value of a fact that the fact cannot have."""
    tests = names.inside("show_when")
    facts = {place[:-1]: text for place, text in tests if place[-1] == "fact"}
    for place, text in tests:
        around = place[:-2] if isinstance(place[-1], int) else place[:-1]
        fact = facts.get(around, "")
        allowed = ALLOWED.get(fact)
        if (
            allowed is not None
            and place[len(around)] in {"is", "is_any_of"}
            and text not in allowed
        ):
            sentence = f"“{fact}” cannot be {shown(text)}.{hint(text, allowed)}"
            yield names.document.problem(place, sentence)


def _terms(names: Names) -> Iterator[Problem]:
    terms = names.document.data.get("terms")
    known = [f"{{{term}}}" for term in terms] if isinstance(terms, dict) else []
    for shape, place, text in names.texts:
        for braced in BRACED.findall(text):
            if shape[0] == "terms":
                sentence = f"A term cannot use another: write out what {braced} stands for."
                yield names.document.problem(place, sentence)
            elif braced not in known:
                sentence = f"{shown(braced)} is not one of the terms of this file."
                yield names.document.problem(place, sentence + hint(braced, known))


def _texts(tree: Tree, place: Place) -> Iterator[Text]:
    if isinstance(tree, str):
        yield place, tree
        return
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for step, each in inside:
        yield from _texts(each, (*place, step))
