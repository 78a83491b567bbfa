"""Where the files that come with the program lie: in a checkout, or inside an installed copy.

In a checkout the content is at the top level, for the people who own it; an installed copy carries
it in the package. Standard library only, so that any floor may ask.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
INSTALLED = PACKAGE / "_content"
ROOT = INSTALLED if INSTALLED.is_dir() else PACKAGE.parent

FONTS = PACKAGE / "web" / "static" / "built" / "fonts"


def folder(name: str) -> Path:
    """Return a folder of content: `questionnaires` or `report_templates`."""
    return ROOT / name


def shaping_reports() -> tuple[Path, ...]:
    """Return all that decides what a report looks like, besides answers, questions and fonts."""
    return PACKAGE / "core", PACKAGE / "reports", folder("report_templates")


def fingerprint(*folders: Path) -> str:
    """Return what changes whenever any file in these folders does, by name or content."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(folder)}\n{path.stat().st_size}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
