"""Messages as plain text and as HTML, both made from one source file a kind.

A source file is words with values in them. Its first line is the subject; then come blocks, with
blank lines between: a paragraph, words quoted from a person (`> `), a list (`- `) or the button
(`[words]`). A block that comes out empty is left out. The file is cut into blocks before any value
is put in, so whatever a person typed stays inside its block: it cannot add a header, a link or a
paragraph that looks like ours.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

import jinja2

from healthcheck import resources
from healthcheck.core.facts import service_title
from healthcheck.core.links import is_own_path
from healthcheck.reports import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.messages import Kind

UK = ZoneInfo("Europe/London")
FOLDER = "messages"
SUBJECT = "Subject: "
LONGEST_SUBJECT = 150
WIDTH = 72
BEFORE_A_MARK = re.compile(r"(^| )(?=[>-])")
TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
BLOCKS: Mapping[str, Shape] = {"> ": "quote", "- ": "list", "[": "button"}

Shape = Literal["paragraph", "quote", "list", "button"]


@dataclass(frozen=True, slots=True)
class Worded:
    """A message ready to send: its subject is one line, its HTML a whole page."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Block:
    """One block with its values put in: one line, or several when it is a quote or a list."""

    shape: Shape
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One source file, cut into templates."""

    subject: jinja2.Template
    blocks: tuple[tuple[Shape, jinja2.Template], ...]


def worded(kind: Kind, site: str, values: Mapping[str, object]) -> Worded:
    """Return a message of this kind; its link is the site's address with the value `path` after it.

    Raises TypeError when a value that the kind names is missing, and ValueError when the path is
    not one of ours.
    """
    if missing := kind.value.values - values.keys():
        raise TypeError(f"{kind.name} also needs {', '.join(sorted(missing))}.")
    path = str(values["path"])
    if not is_own_path(path):
        raise ValueError(f"“{path}” is not a path on this site.")
    said = {name: _said(name, value) for name, value in values.items()}
    source = _source(kind)
    subject = words.shortened(_one_line(source.subject.render(said)), LONGEST_SUBJECT)
    blocks = [
        Block(shape, lines) for shape, t in source.blocks if (lines := _lines(shape, t, said))
    ]
    link = site + path
    return Worded(
        subject,
        _text(blocks, link, site),
        _page().render(subject=subject, blocks=blocks, link=link, site=site),
    )


def _text(blocks: list[Block], link: str, site: str) -> str:
    parts = [_as_text(block, link) for block in blocks]
    return "\n\n".join([*parts, f"-- \nEmployer Health Check\n{site}"]) + "\n"


def _as_text(block: Block, link: str) -> str:
    match block.shape:
        case "paragraph":
            # No line of it may begin with what marks a quotation, a list or the signature.
            return _filled(BEFORE_A_MARK.sub("\N{NO-BREAK SPACE}", block.lines[0]))
        case "quote":
            return "\n".join(_filled(line, "> ", "> ") for line in block.lines)
        case "list":
            return "\n".join(_filled(line, "- ", "  ") for line in block.lines)
        case "button":
            return f"{block.lines[0]}:\n{link}"


def _filled(line: str, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        line,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _lines(shape: Shape, template: jinja2.Template, said: Mapping[str, object]) -> tuple[str, ...]:
    """Return a block's lines with the values in, none when nothing is left of it."""
    rendered = template.render(said)
    if shape in {"quote", "list"}:
        return tuple(line for each in rendered.splitlines() if (line := _one_line(each)))
    return tuple(filter(None, [_one_line(rendered)]))


def _said(name: str, value: object) -> object:
    """Return a value as the words say it; what a person typed keeps only its line ends."""
    match value:
        case datetime():
            local = value.astimezone(UK)
            return f"{local:%H:%M} on {words.day(local)}"
        case date():
            return words.day(value)
        case str() if name == "service":
            return _one_line(service_title(value))
        case str():
            return value if name == "reason" else _one_line(value)
        case list() | tuple():
            return tuple(_one_line(str(each)) for each in value)
        case _:
            return _one_line(str(value))


def _one_line(text: str) -> str:
    """Return text in one line, without characters that steer a screen or turn the reading order."""
    return " ".join("".join(letter for letter in text if not _steers(letter)).split())


def _steers(letter: str) -> bool:
    is_control = unicodedata.category(letter) == "Cc" and not letter.isspace()
    return is_control or unicodedata.bidirectional(letter) in TURNING


@cache
def _source(kind: Kind) -> Source:
    name = kind.name.lower().replace("_", "-")
    path = resources.folder("report_templates") / FOLDER / f"{name}.jinja"
    first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    if not first.startswith(SUBJECT):
        raise ValueError(f"“{path}” does not begin with “{SUBJECT}”.")
    plain = _environment(autoescape=False)
    blocks = [part.strip() for part in re.split(r"\n\s*\n", rest) if part.strip()]
    return Source(
        plain.from_string(first.removeprefix(SUBJECT)),
        tuple((shape, plain.from_string(text)) for shape, text in map(_shaped, blocks)),
    )


def _shaped(block: str) -> tuple[Shape, str]:
    """Return what a block of the source is, and its words without the mark."""
    for mark, shape in BLOCKS.items():
        if block.startswith(mark):
            return shape, block.removeprefix(mark).removesuffix("]" if mark == "[" else "")
    return "paragraph", block


@cache
def _page() -> jinja2.Template:
    return _environment(autoescape=True).get_template("page.html.jinja")


@cache
def _environment(*, autoescape: bool) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(resources.folder("report_templates") / FOLDER),
        autoescape=autoescape,  # noqa: S701 - off for plain text alone
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
    )
