"""The quick reader of posted forms: it may know less than the general one, but never differ."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from healthcheck.web.form_requests import FormParser, Part, plain_parts

BOUNDARY = "----WebKitFormBoundary7MA4YWxk"
OPTIONS = {"boundary": BOUNDARY}
ROOM = 10_000
Fields = tuple[list[tuple[str, str]], list[tuple[str, str | None, bytes]]]


def body(*parts: str, end: str = f"--{BOUNDARY}--\r\n") -> bytes:
    return ("".join(f"--{BOUNDARY}\r\n{part}\r\n" for part in parts) + end).encode()


def text(name: str, value: str) -> str:
    return f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'


def file(name: str, filename: str = "", content: str = "") -> str:
    kind = "Content-Type: application/octet-stream"
    head = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"'
    return f"{head}\r\n{kind}\r\n\r\n{content}"


def in_memory(*_: object, **__: object) -> BytesIO:
    return BytesIO()


def read(parser: FormDataParser, sent: bytes, length: int | None) -> Fields:
    found = parser.parse(BytesIO(sent), "multipart/form-data", length, OPTIONS)
    files = [(name, each.filename, each.read()) for name, each in found[2].items(multi=True)]
    return list(found[1].items(multi=True)), files


def both(sent: bytes) -> tuple[Fields, Fields]:
    quick, general = (
        kind(stream_factory=in_memory, max_form_memory_size=ROOM, max_form_parts=50)
        for kind in (FormParser, FormDataParser)
    )
    return read(quick, sent, len(sent)), read(general, sent, len(sent))


def test_texts_and_files_not_chosen_are_read_in_the_order_sent() -> None:
    sent = body(text("a.reason", "line\r\n\r\nline"), file("a.files"), text("go", "é"))
    assert plain_parts(sent, BOUNDARY) == [
        Part("a.reason", "line\r\n\r\nline", is_file=False),
        Part("a.files", "", is_file=True),
        Part("go", "é", is_file=False),
    ]


def test_an_empty_form_is_plain() -> None:
    assert plain_parts(body(text("a", "")), BOUNDARY) == [Part("a", "", is_file=False)]
    assert plain_parts(body(), BOUNDARY) == []


values = st.one_of(st.text(max_size=40), st.sampled_from(["\r\n--", f"\r\n--{BOUNDARY}", "\n\n"]))
names = st.one_of(st.from_regex(r"[a-z.-]{1,12}", fullmatch=True), st.text(max_size=8))
parts = st.one_of(
    st.builds(text, names, values),
    st.builds(file, names),
    st.builds(file, names, st.sampled_from(["", "a.txt", 'b"c.csv']), values),
)


@given(st.lists(parts, max_size=5), st.sampled_from([f"--{BOUNDARY}--\r\n", f"--{BOUNDARY}--", ""]))
def test_no_form_is_read_differently_from_the_general_reader(sent: list[str], end: str) -> None:
    try:
        whole = body(*sent, end=end)
    except UnicodeEncodeError:
        return
    quick, general = both(whole)
    assert quick == general


@pytest.mark.parametrize(
    "sent",
    [
        body(file("a.files", "audit.csv", "a,b")),
        body(file("a.files", "", "content without a name")),
        body(text("a", "1")).replace(b"\r\n", b"\n"),
        body(text("a", "1"), end=""),
        b"before\r\n" + body(text("a", "1")),
        body("Content-Type: text/plain; charset=iso-8859-1\r\n" + text("a", "1")),
        body(text("a%22", "1")),
        body(text("a", f"words\r\n--{BOUNDARY}, they said")),
        b"",
    ],
    ids=["chosen", "nameless", "line feeds", "cut", "preamble", "kind", "quote", "within", "none"],
)
def test_a_form_that_is_not_plain_is_left_to_the_general_reader(sent: bytes) -> None:
    assert plain_parts(sent, BOUNDARY) is None
    quick, general = both(sent)
    assert quick == general


@pytest.mark.parametrize("length", [None, ROOM + 1])
def test_a_form_of_no_known_length_or_too_long_is_left_to_the_general_reader(
    length: int | None,
) -> None:
    sent = body(text("a", "x" * ROOM))
    with pytest.raises(RequestEntityTooLarge):
        read(FormParser(max_form_memory_size=ROOM), sent, length)


def test_a_form_of_too_many_parts_is_refused() -> None:
    sent = body(text("a", "1"), text("b", "2"), text("c", "3"))
    with pytest.raises(RequestEntityTooLarge):
        read(FormParser(max_form_memory_size=ROOM, max_form_parts=2), sent, len(sent))


def test_a_form_posted_without_parts_is_read_as_ever() -> None:
    parser = FormParser(max_form_memory_size=ROOM)
    _, form, files = parser.parse(BytesIO(b"a=1"), "application/x-www-form-urlencoded", 3)
    assert (form.to_dict(), files.to_dict()) == ({"a": "1"}, {})
