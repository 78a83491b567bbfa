"""The rules that every page keeps, checked on its parsed markup."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from tinyhtml5 import inputstream  # type: ignore[import-untyped]
from tinyhtml5.parser import HTMLParser  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
FIELDS = frozenset({"input", "textarea", "select"})
REFERENCES = (
    "aria-describedby",
    "aria-labelledby",
    "aria-controls",
    "data-aria-controls",
    "for",
    "list",
)
NEED_NO_LABEL = frozenset({"hidden", "submit", "button", "image"})


@dataclass(frozen=True)
class Parsed:
    """A page as a tree, with what the parser had to mend."""

    tree: Element
    mended: list[str]


class Patterns(dict[tuple[Iterable[str], bool], re.Pattern[str]]):
    """The parser's patterns, each compiled once: its own store files them where it never looks."""

    def __missing__(self, key: tuple[Iterable[str], bool]) -> re.Pattern[str]:
        letters, is_opposite = key
        inside = "".join(f"\\x{ord(each):02x}" for each in letters)
        pattern = self[key] = re.compile(f"[{'' if is_opposite else '^'}{inside}]+")
        return pattern


inputstream.characters_until_regex = Patterns()


@lru_cache(maxsize=16)
def parsed(html: str) -> Parsed:
    """Return a page as a tree that nobody changes: it is kept, as a page is looked at often.

    What the parser does is nobody's to measure; with that it would take three times as long.
    """
    parser, measuring = HTMLParser(namespace_html_elements=False), sys.gettrace()
    sys.settrace(None)
    try:
        tree = parser.parse(html)
    finally:
        sys.settrace(measuring)
    return Parsed(tree, [str(error) for error in parser.errors])


def words_of(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def faults(html: str) -> list[str]:
    """Return a sentence for every rule the page breaks."""
    page = parsed(html)
    tree = page.tree
    return [
        *(f"the parser mended {each}" for each in page.mended),
        *_headings(tree),
        *_references(tree),
        *_labels(tree),
        *_inline(tree),
    ]


def _headings(tree: Element) -> Iterator[str]:
    if not tree.get("lang"):
        yield "the page does not say its language"
    ones = [words_of(each) for each in tree.iter("h1")]
    if len(ones) != 1:
        yield f"there are {len(ones)} h1, not one"
    title = words_of(tree.find(".//title")).removeprefix("Error: ")
    for one in ones:
        if not one or not title.startswith(one):
            yield f"the title “{title}” does not begin with the heading “{one}”"
    levels = [HEADINGS.index(each.tag) + 1 for each in tree.iter() if each.tag in HEADINGS]
    before = levels[: levels.index(1)] if 1 in levels else []
    if set(before) - {2}:
        yield f"before the h1 are headings of the levels {before}"
    for upper, lower in pairwise(levels[len(before) :]):
        if lower > upper + 1:
            yield f"after an h{upper} comes an h{lower}"
    for each in tree.iter():
        if each.tag in HEADINGS and not words_of(each):
            yield f"an {each.tag} is empty"


def _references(tree: Element) -> Iterator[str]:
    ids = Counter(found for each in tree.iter() if (found := each.get("id")) is not None)
    for name, count in ids.items():
        if count > 1 or not name or " " in name:
            yield f"the id “{name}” stands {count} times"
    for each in tree.iter():
        for attribute in REFERENCES:
            for name in each.get(attribute, "").split():
                if name not in ids:
                    yield f"{attribute} of a {each.tag} names “{name}”, which is not there"
        href = each.get("href", "")
        if href.startswith("#") and href[1:] not in ids:
            yield f"a link leads to “{href}”, which is not there"


def _labels(tree: Element) -> Iterator[str]:
    labelled = {each.get("for") for each in tree.iter("label") if words_of(each)}
    inside = {id(field) for each in tree.iter("label") for field in each.iter()}
    for each in tree.iter():
        if each.tag in FIELDS and each.get("type") not in NEED_NO_LABEL:
            is_named = each.get("aria-label") or each.get("aria-labelledby")
            if not is_named and each.get("id") not in labelled and id(each) not in inside:
                yield f"the field “{each.get('name')}” has no label"
        if each.tag in {"button", "a", "summary", "legend"} and not (
            words_of(each) or each.get("aria-label")
        ):
            yield f"a {each.tag} has no words"
    for each in tree.iter("fieldset"):
        if each.find("legend") is None:
            yield "a fieldset has no legend"
    for each in tree.iter("img"):
        if "alt" not in each.attrib:
            yield "a picture has no alternative text"


def _inline(tree: Element) -> Iterator[str]:
    for each in tree.iter():
        if each.tag == "style" or "style" in each.attrib:
            yield f"a {each.tag} has inline style"
        if each.tag == "script" and not each.get("src"):
            yield "there is an inline script"
        for name in each.attrib:
            if str(name).startswith("on"):
                yield f"a {each.tag} has the script {name}"
