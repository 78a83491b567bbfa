"""Requests whose forms are read quickly when they are as plain as those of our own pages.

A page with files is posted in parts, and few choose a file. The general reader of parts looks for a
boundary letter by letter and for every kind of header; this one splits the body once and knows two
kinds of part: a text, and a file that was not chosen. Anything else is left to the general reader.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from flask import Request
from werkzeug.datastructures import FileStorage
from werkzeug.formparser import FormDataParser

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]

ROOM_FOR_FORMS = 4 * 2**20
"""What one page of text answers can need at the most, in bytes, beside its files."""
ROOM_FOR_FILES = 30 * 2**20
"""What the files of one page may have in all, in bytes."""

PLAIN = re.compile(
    rb'\r\nContent-Disposition: form-data; name="([\w.-]+)"'
    rb'(; filename=""(?:\r\nContent-Type: application/octet-stream)?)?\r\n\r\n',
    re.ASCII,
)


class Part(NamedTuple):
    """One part of a posted form: a text, or a file input where nothing was chosen."""

    name: str
    text: str
    is_file: bool


class FormParser(FormDataParser):
    """Reads a posted form, the plain kind quickly and every kind to the same result."""

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> Parsed:
        """Return the rest of the stream, the texts and the files."""
        boundary = (options or {}).get("boundary", "")
        most = self.max_form_memory_size or 0
        if mimetype == "multipart/form-data" and boundary and (content_length or most + 1) <= most:
            body = stream.read()
            parts = plain_parts(body, boundary)
            if parts is not None and len(parts) <= (self.max_form_parts or 0):
                return stream, *self._sorted(parts)
            stream = BytesIO(body)
        return super().parse(stream, mimetype, content_length, options)

    def _sorted(self, parts: list[Part]) -> tuple[MultiDict[str, str], MultiDict[str, FileStorage]]:
        texts = [(each.name, each.text) for each in parts if not each.is_file]
        files: list[tuple[str, Any]] = [
            (each.name, FileStorage(BytesIO(), "", each.name)) for each in parts if each.is_file
        ]
        return self.cls(texts), self.cls(files)


class FormRequest(Request):
    """A request that reads its form so."""

    form_data_parser_class = FormParser


def plain_parts(body: bytes, boundary: str) -> list[Part] | None:
    """Return the parts of a form in the order sent, None when any of it is not plain."""
    before, *parts = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())
    if before or not parts or parts.pop() not in {b"--", b"--\r\n"}:
        return None
    found = []
    for part in parts:
        head = PLAIN.match(part)
        if head is None:
            return None
        is_file, text = head[2] is not None, part[head.end() :]
        if is_file and text:
            return None
        found.append(Part(head[1].decode(), text.decode("utf-8", "replace"), is_file))
    return found
