"""A zip file written bit by bit, with an index of everything in it."""

from __future__ import annotations

import hashlib
import json
import zipfile
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from healthcheck.core.export import as_json, new_path, safe_name, same_path

if TYPE_CHECKING:
    from collections.abc import Generator
    from datetime import datetime

INDEX = "index.json"
PACKED_ALREADY = frozenset({"pdf", "png", "jpg", "jpeg", "docx", "xlsx", "odt", "ods", "odp"})
MAY_BE_READ = 0o644 << 16


class Archive:
    """Takes files one by one and writes each at once; the order is the order they are given in.

    Every part of a path is made safe, and a path that is taken gets a number.
    """

    def __init__(self, zipped: zipfile.ZipFile, at: datetime) -> None:
        self._zipped = zipped
        self._at = at
        self._taken = {same_path(INDEX)}
        self._index: list[dict[str, str | int]] = []

    def add(self, *path: str, content: bytes) -> str:
        """Write a file, named by its folders and its own name; return the path it was given."""
        wanted = "/".join(map(safe_name, path))
        given = new_path(wanted, self._taken)
        self._taken.add(same_path(given))
        sha256 = hashlib.sha256(content).hexdigest()
        self._index.append({"path": given, "bytes": len(content), "sha256": sha256})
        self._write(given, content)
        return given

    def add_values(self, *path: str, values: object) -> str:
        """Write values as a JSON file that people can read; return the path it was given."""
        return self.add(*path, content=_json(values))

    def add_index(self, **about: object) -> int:
        """Write the index last, after what it is about; return how many files it lists."""
        self._write(INDEX, _json({**about, "files": self._index}))
        return len(self._index)

    def _write(self, path: str, content: bytes) -> None:
        entry = zipfile.ZipInfo(path, self._at.timetuple()[:6])
        entry.external_attr = MAY_BE_READ
        is_packed = path.rpartition(".")[2].lower() in PACKED_ALREADY
        entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
        self._zipped.writestr(entry, content)


@contextmanager
def archive(to: IO[bytes], at: datetime) -> Generator[Archive]:
    """Write an archive to a file that is open for it; `at` dates everything in it."""
    with zipfile.ZipFile(to, "w") as zipped:
        yield Archive(zipped, at)


def _json(values: object) -> bytes:
    return f"{json.dumps(values, default=as_json, indent=2, ensure_ascii=False)}\n".encode()
