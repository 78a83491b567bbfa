"""The generated tables of the READMEs, by name: what the code says, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck import config
from healthcheck.config.reading import PREFIX
from healthcheck.core.permissions import PERMISSIONS, Role
from healthcheck.definitions import reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def tables() -> dict[str, str]:
    """Return the language's tables, the settings, and who may do what."""
    return reference.blocks() | {"settings": _settings(), "permissions": _permissions()}


def updated(text: str) -> str:
    """Return a Markdown text with its generated tables as the code has them now.

    Raises KeyError when a marker names a table that is not generated.
    """
    made = tables()
    return reference.BLOCK.sub(lambda found: f"{found[1]}\n{made[found[2]]}\n\n{found[3]}", text)


def write(path: Path) -> None:
    """Bring the generated tables of a Markdown file up to date; raises OSError."""
    path.write_text(updated(path.read_text(encoding="utf-8")), encoding="utf-8")


def _settings() -> str:
    rows = [(f"`{PREFIX}{name}`", meaning) for name, meaning in config.SETTINGS.items()]
    return _table(("Setting", "What it is, and what it is when left out"), rows)


def _permissions() -> str:
    rows = [
        (f"To {permission.value}", *("yes" if role in roles else "-" for role in Role))
        for permission, roles in PERMISSIONS.items()
    ]
    return _table(("", *(role.value for role in Role)), rows)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
