"""One answer of the web as a person meets it: its words, links, errors and form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tests.web.markup import parsed, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from werkzeug.datastructures import Headers

Fields = dict[str, list[str]]
NOT_SENT = frozenset({"submit", "button", "reset", "image", "file"})


@dataclass(frozen=True)
class Page:
    """What came back, taken apart."""

    address: str
    status: int
    headers: Headers
    content: bytes

    @property
    def html(self) -> str:
        return self.content.decode()

    @property
    def leads_to(self) -> str:
        """Where the answer sends the browser."""
        return self.headers["Location"]

    @cached_property
    def tree(self) -> Element:
        return parsed(self.html).tree

    @cached_property
    def words(self) -> str:
        """Everything the page says, hidden or not, in one line."""
        return words_of(self.tree.find("body"))

    @property
    def title(self) -> str:
        return words_of(self.tree.find(".//title"))

    @property
    def heading(self) -> str:
        return words_of(self.tree.find(".//h1"))

    @cached_property
    def links(self) -> Mapping[str, str]:
        """Addresses by the words of the link; of links with the same words, the first."""
        found: dict[str, str] = {}
        for each in self.tree.iter("a"):
            found.setdefault(words_of(each), each.get("href", ""))
        return found

    @property
    def errors(self) -> list[tuple[str, str]]:
        """The error summary: the id each line leads to, and its sentence."""
        summary = self.of_class("govuk-error-summary__list")
        links = [link for each in summary for link in each.iter("a")]
        return [(link.get("href", "").removeprefix("#"), words_of(link)) for link in links]

    @property
    def messages(self) -> list[str]:
        """What the page tells about the save just made."""
        banners = self.of_class("govuk-notification-banner__content")
        return [words_of(line) for banner in banners for line in banner.iter("p")]

    @property
    def refresh(self) -> list[str]:
        """How a browser without scripts is told to look again."""
        return [
            each.get("content", "")
            for each in self.tree.iter("meta")
            if each.get("http-equiv") == "refresh"
        ]

    def of_class(self, name: str) -> list[Element]:
        return [each for each in self.tree.iter() if name in each.get("class", "").split()]

    def by_id(self, name: str) -> Element:
        return next(each for each in self.tree.iter() if each.get("id") == name)

    def says(self, name: str) -> str:
        """Return the words of the element with that id."""
        return words_of(self.by_id(name))

    def question_is_shown(self, question_id: str) -> bool:
        return "hidden" not in self.by_id(f"question-{question_id}").attrib

    def fields(self, button: str = "") -> Fields:
        """Return what a browser would send of the form that holds the button with these words."""
        form = self._form(button)
        found: Fields = {}
        for name, value in (*_sent(form), *_pressed(form, button)):
            found.setdefault(name, []).append(value)
        return found

    def all_ticked(self, button: str) -> Fields:
        """Return what a form sends of its boxes when every one of them is ticked."""
        found: Fields = {}
        for each in self._form(button).iter("input"):
            if each.get("type") == "checkbox":
                found.setdefault(each.get("name", ""), []).append(each.get("value", "on"))
        return found

    def values_of(self, name: str, label: str) -> list[str]:
        """Return the values of the choices of a field whose label begins with these words."""
        labelled = {
            each.get("for") for each in self.tree.iter("label") if words_of(each).startswith(label)
        }
        choices = [each for each in self.tree.iter("input") if each.get("name") == name]
        return [each.get("value", "") for each in choices if each.get("id") in labelled]

    def goes_to(self, button: str) -> str:
        """Return where the form that holds the button with these words is sent."""
        return self._form(button).get("action") or self.address

    def _form(self, button: str) -> Element:
        forms = [each for each in self.tree.iter("form") if _buttons(each, button)]
        return forms[-1]


def _buttons(form: Element, words: str) -> list[Element]:
    return [each for each in form.iter("button") if words_of(each).startswith(words)]


def _pressed(form: Element, words: str) -> Iterator[tuple[str, str]]:
    pressed = _buttons(form, words)[0]
    if name := pressed.get("name"):
        yield name, pressed.get("value", "")


def _sent(element: Element) -> Iterator[tuple[str, str]]:
    for each in element:
        if "disabled" in each.attrib and each.tag in {"fieldset", "input", "select", "textarea"}:
            continue
        name, kind = each.get("name", ""), each.get("type", "text")
        if each.tag == "textarea":
            yield name, _as_sent(each.text or "")
        elif each.tag == "select":
            yield name, _chosen(each)
        elif each.tag != "input":
            yield from _sent(each)
        elif kind in {"radio", "checkbox"}:
            if "checked" in each.attrib:
                yield name, each.get("value", "on")
        elif kind not in NOT_SENT:
            yield name, _as_sent(each.get("value", ""))


def _chosen(select: Element) -> str:
    """Return what a browser sends of a list: the choice that is selected, else the first."""
    choices = list(select.iter("option"))
    selected = [each for each in choices if "selected" in each.attrib] or choices
    return selected[0].get("value", "")


def _as_sent(text: str) -> str:
    """A browser sends every line end as two characters."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n")
