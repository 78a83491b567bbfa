"""How large a picture says it is, read from its first bytes without unpacking it.

A few thousand bytes can say that they unfold to gigabytes; whoever draws the picture should know.
"""

from __future__ import annotations

import struct

MOST_PIXELS = 16_000_000
"""What a report may have to unfold for one picture: some 64 MB."""

PNG = b"\x89PNG\r\n\x1a\n"
PNG_HEADER = 24
"""Bytes up to and with the size."""
PNG_SIZE = struct.Struct(">2L")
JPEG = b"\xff\xd8"
SEGMENT = struct.Struct(">BBH")
JPEG_SIZE = struct.Struct(">2H")
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of the JPEG segments that give the size."""


def is_drawable(content: bytes) -> bool:
    """Say whether a PNG or JPEG picture gives its size, and that is not too large to draw."""
    width, height = size(content)
    return 0 < width * height <= MOST_PIXELS


def size(content: bytes) -> tuple[int, int]:
    """Return a picture's width and height in pixels, both 0 when its first bytes do not say."""
    if content.startswith(PNG) and content[12:16] == b"IHDR" and len(content) >= PNG_HEADER:
        width, height = PNG_SIZE.unpack_from(content, PNG_HEADER - PNG_SIZE.size)
        return width, height
    return _jpeg_size(content) if content.startswith(JPEG) else (0, 0)


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = len(JPEG)
    while at + SEGMENT.size + 1 + JPEG_SIZE.size <= len(content):
        begins, marker, length = SEGMENT.unpack_from(content, at)
        if begins != 0xFF or length < 2:  # noqa: PLR2004 - a length counts its own two bytes
            break
        if marker in FRAMES:
            height, width = JPEG_SIZE.unpack_from(content, at + SEGMENT.size + 1)
            return width, height
        at += 2 + length
    return 0, 0
