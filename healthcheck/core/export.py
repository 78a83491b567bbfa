"""What an export is made of: safe names for its files, and our values in JSON."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST_NAME = 100
LONGEST_ENDING = 10
NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')
TAKEN_BY_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def safe_name(name: str) -> str:
    """Return one name of a file or folder that any system can unpack, as like the one given as can.

    It holds no path, no control character and no name that Windows keeps for itself.
    """
    plain = unicodedata.normalize("NFC", name)
    plain = "".join(each for each in plain if unicodedata.category(each)[0] != "C")
    plain = " ".join(NOT_IN_NAMES.sub("_", plain).split()).lstrip(". ")
    stem, dot, ending = plain.rpartition(".")
    if dot and len(ending) <= LONGEST_ENDING:
        plain = f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
    plain = plain[:LONGEST_NAME].rstrip(". ")
    return f"_{plain}" if not plain or TAKEN_BY_WINDOWS.match(plain) else plain


def new_path(path: str, taken: Collection[str]) -> str:
    """Return the path, with a number before its ending when it is taken; capitals do not count.

    `taken` has what `same_path` makes of every path before it.
    """
    folder, slash, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".") if "." in name[1:] else (name, "", "")
    number, tried = 1, path
    while same_path(tried) in taken:
        number += 1
        tried = f"{folder}{slash}{stem} ({number}){dot}{ending}"
    return tried


def same_path(path: str) -> str:
    """Return what two paths have in common that some systems take for one."""
    return unicodedata.normalize("NFKC", path).casefold()


def as_json(value: object) -> str | dict[str, object] | list[object]:
    """Return a value of ours as JSON can say it: dates as ISO 8601, one of a few as its name.

    What stands inside may need the same; `json.dumps` asks for it. Raises TypeError for anything
    else.
    """
    if isinstance(value, Enum):
        return value.name.lower().replace("_", " ")
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {each.name: getattr(value, each.name) for each in fields(value)}
    if isinstance(value, frozenset):
        return sorted(value, key=str)
    raise TypeError(f"{type(value).__name__} cannot be said in JSON")
