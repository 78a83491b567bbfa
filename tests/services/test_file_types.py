from __future__ import annotations

import io
import struct
import zipfile
import zlib
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcheck.core.errors import UnacceptableFileError
from healthcheck.services.file_types import KINDS, LARGEST, TAKEN, clean_name, judge

OFFICE = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"


def zipped(*parts: tuple[str, bytes], compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts:
            stored = zipfile.ZIP_STORED if name == "mimetype" else compress
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=stored)
    return file.getvalue()


def office(main_part: str, *more: str) -> bytes:
    return zipped(*((name, b"<x/>") for name in ("[Content_Types].xml", main_part, *more)))


def open_document(media_type: str) -> bytes:
    return zipped(("mimetype", media_type.encode()), ("content.xml", b"<x/>"))


def old_office(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le")


PDF = b"%PDF-1.7\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + bytes(17)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
DOCX = office("word/document.xml")
XLSX = office("xl/workbook.xml")
GOOD = {
    "pdf": (PDF, "application/pdf"),
    "png": (PNG, "image/png"),
    "jpg": (JPEG, "image/jpeg"),
    "jpeg": (JPEG, "image/jpeg"),
    "doc": (old_office("WordDocument"), "application/msword"),
    "xls": (old_office("Workbook"), "application/vnd.ms-excel"),
    "docx": (DOCX, f"{OFFICE}.wordprocessingml.document"),
    "xlsx": (XLSX, f"{OFFICE}.spreadsheetml.sheet"),
    "odt": (open_document(f"{ODF}.text"), f"{ODF}.text"),
    "ods": (open_document(f"{ODF}.spreadsheet"), f"{ODF}.spreadsheet"),
    "odp": (open_document(f"{ODF}.presentation"), f"{ODF}.presentation"),
    "txt": ("Ŵyr said: “yes”\n\tand so on\f".encode(), "text/plain"),
    "csv": (b"team,posts\r\nA,12\r\n", "text/csv"),
}


def test_there_is_a_good_file_here_for_every_kind() -> None:
    assert GOOD.keys() == KINDS.keys()


@pytest.mark.parametrize("ending", GOOD)
def test_a_file_that_is_what_it_says_is_taken(ending: str) -> None:
    content, media_type = GOOD[ending]
    assert judge(f"notes.{ending}", content) == media_type
    assert judge(f"NOTES.{ending.upper()}", content) == media_type


def can_be_told_apart(ending: str, other: str) -> bool:
    """Say whether they can: the start of a PDF, for one, is all letters, so it is text too."""
    if ending in {"txt", "csv"}:
        return other not in {"txt", "csv", "pdf"}
    return KINDS[ending] != KINDS[other]


@pytest.mark.parametrize(
    ("ending", "other"), [pair for pair in product(GOOD, GOOD) if can_be_told_apart(*pair)]
)
def test_a_file_that_is_another_kind_than_it_says_is_refused(ending: str, other: str) -> None:
    content = GOOD[other][0]
    with pytest.raises(UnacceptableFileError, match=KINDS[ending].words):
        judge(f"notes.{ending}", content)


def test_a_refusal_says_what_is_wrong_and_what_is_taken() -> None:
    with pytest.raises(UnacceptableFileError) as refused:
        judge("notes.pdf", PNG)
    assert str(refused.value) == (
        "“notes.pdf” does not hold a PDF document, although its name says so."
        f" It looks like a file of the kind “png”. {TAKEN}"
    )


@pytest.mark.parametrize("name", ["virus.exe", "page.html", "notes", "notes.pdf.exe", "a.docm"])
def test_other_kinds_are_refused_by_name(name: str) -> None:
    with pytest.raises(UnacceptableFileError, match="is not a kind of file we can take"):
        judge(name, PDF)


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\x00\x03\x00", b"a\x00b", "a\u0085b".encode(), b"\x81\x8d", b"\xff\xfea", b"\x1b[31m"],
    ids=["program", "zero", "control", "no encoding", "half a letter", "terminal colours"],
)
def test_what_is_not_text_is_not_taken_as_text(content: bytes) -> None:
    with pytest.raises(UnacceptableFileError, match="does not hold plain text"):
        judge("notes.txt", content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_may_be_in_any_of_the_usual_encodings(encoding: str) -> None:
    assert judge("notes.txt", "Café: £12 “each”\n".encode(encoding)) == "text/plain"


@pytest.mark.parametrize("macros", ["word/vbaProject.bin", "xl/vbaProject.bin"])
def test_an_office_file_with_macros_is_refused(macros: str) -> None:
    with pytest.raises(UnacceptableFileError, match="without macros"):
        judge("notes.docx", office("word/document.xml", macros))


def test_a_zip_that_would_unpack_to_a_gigabyte_is_judged_without_unpacking() -> None:
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeezer.compress(bytes(2**24)) + squeezer.flush()
    bomb = zipped(("[Content_Types].xml", packed), ("word/document.xml", packed))
    assert judge("notes.docx", bomb) == f"{OFFICE}.wordprocessingml.document"


def test_an_open_document_that_squeezes_its_type_is_refused() -> None:
    squeezed = io.BytesIO()
    with zipfile.ZipFile(squeezed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", f"{ODF}.text")
        archive.writestr("content.xml", "<x/>")
    with pytest.raises(UnacceptableFileError, match="OpenDocument text"):
        judge("notes.odt", squeezed.getvalue())


def test_an_open_document_of_a_longer_type_is_refused() -> None:
    with pytest.raises(UnacceptableFileError, match="OpenDocument text"):
        judge("notes.odt", open_document(f"{ODF}.text-master"))


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 and nothing more",
        DOCX[:-8],
        DOCX[:-22] + b"PK\x06\x07" + bytes(16) + DOCX[-22:],
        DOCX[:-22] + DOCX[-22:-10] + struct.pack("<LL", 2**21, 0) + DOCX[-2:],
        DOCX[:-22] + DOCX[-22:-10] + struct.pack("<LL", 2**19, 0) + DOCX[-2:],
        DOCX.replace(b"PK\x01\x02", b"PK\x01\x09"),
    ],
    ids=["no end", "cut", "zip64", "endless list", "list too long", "list broken"],
)
def test_a_damaged_zip_is_refused_and_breaks_nothing(content: bytes) -> None:
    with pytest.raises(UnacceptableFileError, match="does not hold a Word document"):
        judge("notes.docx", content)


@given(st.binary(max_size=400), st.sampled_from(sorted(KINDS)))
def test_no_content_breaks_the_judgement(content: bytes, ending: str) -> None:
    for start in (b"", b"PK\x03\x04", DOCX):
        try:
            judged = judge(f"a.{ending}", start + content)
        except UnacceptableFileError as refused:
            judged = str(refused)[: len(ending) + 5]
        assert judged in {KINDS[ending].media_type, f"“a.{ending}” "}


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(UnacceptableFileError, match="is empty"):
        judge("a.pdf", b"")


def test_a_file_may_be_ten_megabytes_and_not_a_byte_more() -> None:
    assert judge("a.pdf", PDF.ljust(LARGEST)) == "application/pdf"
    with pytest.raises(UnacceptableFileError, match="is larger than 10 MB"):
        judge("a.pdf", PDF.ljust(LARGEST + 1))


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("scheme.pdf", "scheme.pdf"),
        ("C:\\Users\\Alice\\scheme.pdf", "scheme.pdf"),
        ("../../etc/passwd", "passwd"),
        ("Cynllun Tŷ Ŵyr.pdf", "Cynllun Tŷ Ŵyr.pdf"),
        ("Cafe\u0301.txt", "Café.txt"),
        ("a\r\nb\x00c.pdf", "abc.pdf"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ('<what>: "why"?.pdf', "_what__ _why__.pdf"),
        ("  two   spaces .pdf ", "two spaces.pdf"),
        ("...hidden.txt", "hidden.txt"),
        ("", "file"),
        ("///", "file"),
        ("..", "file"),
        ("n" * 300 + ".docx", "n" * 145 + ".docx"),
        ("n" * 300, "n" * 150),
        ("a." + "n" * 300, "a." + "n" * 148),
    ],
)
def test_a_name_is_made_safe_and_stays_readable(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept
