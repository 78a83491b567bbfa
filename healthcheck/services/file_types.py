"""What kind of file this really is, judged by its content, and a safe name for it."""

from __future__ import annotations

import io
import re
import struct
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import filetype

from healthcheck.core.errors import UnacceptableFileError

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST = 10 * 2**20
"""Bytes in one file."""

LONGEST_NAME = 150
TAKEN = (
    "Files can be PDF, Word (doc, docx), Excel (xls, xlsx), OpenDocument (odt, ods, odp),"
    " pictures (png, jpg) or plain text (txt, csv)."
)
OFFICE = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_END = struct.Struct("<4s4H2LH")
ZIP_END_SIGNATURE = b"PK\x05\x06"
ZIP64_LOCATOR = b"PK\x06\x07"
LONGEST_DIRECTORY = 2**20
"""Bytes in the list of a zip file's parts; real documents need a few thousand."""

NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
UNSAFE_IN_NAMES = re.compile(r'[<>:"|?*]')


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken: what it is called, and how its content is told."""

    words: str
    media_type: str
    fits: Callable[[bytes], bool]


def judge(name: str, content: bytes) -> str:
    """Return the media type of a file whose content is what its name says.

    Raises UnacceptableFileError with a sentence for the person who sent it.
    """
    if not content:
        raise UnacceptableFileError(f"“{name}” is empty.")
    if len(content) > LARGEST:
        raise UnacceptableFileError(
            f"“{name}” is larger than {LARGEST >> 20} MB. Make it smaller or give a link instead."
        )
    kind = KINDS.get(_ending(name))
    if kind is None:
        raise UnacceptableFileError(f"“{name}” is not a kind of file we can take. {TAKEN}")
    if not kind.fits(content):
        raise UnacceptableFileError(
            f"“{name}” does not hold {kind.words}, although its name says so."
            f"{_looks_like(content)} {TAKEN}"
        )
    return kind.media_type


def clean_name(name: str) -> str:
    """Return a file's own name, without folders or characters that could mislead, kept short."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(each if unicodedata.category(each)[0] != "C" else "" for each in last)
    plain = " ".join(UNSAFE_IN_NAMES.sub("_", shown).split()).lstrip(". ").rstrip(". ")
    stem, dot, ending = plain.rpartition(".")
    if dot and len(ending) < LONGEST_NAME // 2:
        return f"{stem[: LONGEST_NAME - len(ending) - 1].rstrip()}.{ending}"
    return plain[:LONGEST_NAME] or "file"


def _begins_as(media_type: str) -> Callable[[bytes], bool]:
    def fits(content: bytes) -> bool:
        return bool(filetype.guess_mime(content) == media_type)

    return fits


def _old_office(*streams: str) -> Callable[[bytes], bool]:
    names = [each.encode("utf-16-le") for each in streams]

    def fits(content: bytes) -> bool:
        return content.startswith(OLD_OFFICE) and any(each in content for each in names)

    return fits


def _new_office(main_part: str) -> Callable[[bytes], bool]:
    def fits(content: bytes) -> bool:
        parts = {part.filename for part in _zip_parts(content)}
        has_macros = any(part.endswith("vbaProject.bin") for part in parts)
        return {"[Content_Types].xml", main_part} <= parts and not has_macros

    return fits


def _open_document(media_type: str) -> Callable[[bytes], bool]:
    """OpenDocument keeps its media type, uncompressed, as the first part of the zip."""
    first = b"mimetype" + media_type.encode("ascii")

    def fits(content: bytes) -> bool:
        return any(part.filename == "content.xml" for part in _zip_parts(content)) and (
            content[30 : 30 + len(first) + 2].startswith(first + b"PK")
        )

    return fits


def _zip_parts(content: bytes) -> list[zipfile.ZipInfo]:
    """Return the list of parts, reading no part itself, so nothing is ever unpacked."""
    at = content.rfind(ZIP_END_SIGNATURE)
    if at < 0 or len(content) < at + ZIP_END.size or content[at - 20 : at - 16] == ZIP64_LOCATOR:
        return []
    if ZIP_END.unpack_from(content, at)[5] > LONGEST_DIRECTORY:
        return []
    try:
        return zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return []


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return NOT_TEXT.search(content.decode(encoding)) is None
        except UnicodeDecodeError:
            continue
    return False


def _looks_like(content: bytes) -> str:
    kind = filetype.guess(content)
    return f" It looks like a file of the kind “{kind.extension}”." if kind else ""


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


PDF = Kind("a PDF document", "application/pdf", _begins_as("application/pdf"))
JPEG = Kind("a JPEG picture", "image/jpeg", _begins_as("image/jpeg"))
KINDS = {
    "pdf": PDF,
    "png": Kind("a PNG picture", "image/png", _begins_as("image/png")),
    "jpg": JPEG,
    "jpeg": JPEG,
    "doc": Kind("a Word document", "application/msword", _old_office("WordDocument")),
    "xls": Kind("an Excel workbook", "application/vnd.ms-excel", _old_office("Workbook", "Book")),
    "docx": Kind(
        "a Word document without macros",
        f"{OFFICE}.wordprocessingml.document",
        _new_office("word/document.xml"),
    ),
    "xlsx": Kind(
        "an Excel workbook without macros",
        f"{OFFICE}.spreadsheetml.sheet",
        _new_office("xl/workbook.xml"),
    ),
    "odt": Kind("an OpenDocument text", f"{ODF}.text", _open_document(f"{ODF}.text")),
    "ods": Kind(
        "an OpenDocument spreadsheet", f"{ODF}.spreadsheet", _open_document(f"{ODF}.spreadsheet")
    ),
    "odp": Kind(
        "an OpenDocument presentation",
        f"{ODF}.presentation",
        _open_document(f"{ODF}.presentation"),
    ),
    "txt": Kind("plain text", "text/plain", _is_text),
    "csv": Kind("plain text", "text/csv", _is_text),
}
"""Every kind that is taken, by the ending of its name."""
