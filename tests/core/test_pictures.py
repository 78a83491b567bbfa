from __future__ import annotations

import struct

import pytest

from healthcheck.core.pictures import MOST_PIXELS, is_drawable, size


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">L4s2L", 13, b"IHDR", width, height) + b"\x08\x02"


def jpeg(width: int, height: int, marker: int = 0xC0) -> bytes:
    other = struct.pack(">BBH", 0xFF, 0xE0, 6) + b"JFIF"
    frame = struct.pack(">BBHB2H", 0xFF, marker, 11, 8, height, width)
    return b"\xff\xd8" + other + frame + b"\x01\x01\x11\x00"


@pytest.mark.parametrize("content", [png(300, 120), jpeg(300, 120), jpeg(300, 120, 0xC2)])
def test_the_first_bytes_say_how_large_a_picture_is(content: bytes) -> None:
    assert size(content) == (300, 120)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a" + b"\x00" * 30,
        png(300, 120)[:20],
        png(300, 120).replace(b"IHDR", b"IDAT"),
        jpeg(300, 120)[:14],
        jpeg(300, 120, 0xC4),
        b"\xff\xd8" + b"\x00" * 20,
        b"\xff\xd8\xff\xe0\x00\x00" + b"\x00" * 20,
    ],
)
def test_what_does_not_say_is_of_no_size(content: bytes) -> None:
    assert size(content) == (0, 0)
    assert not is_drawable(content)


def test_a_picture_that_would_unfold_to_gigabytes_is_not_drawn() -> None:
    assert is_drawable(png(4000, MOST_PIXELS // 4000))
    assert not is_drawable(png(4000, MOST_PIXELS // 4000 + 1))
    assert not is_drawable(jpeg(65_000, 65_000))
