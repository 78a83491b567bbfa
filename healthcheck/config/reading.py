"""Settings taken from environment variables, with every fault kept for the person who gave them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

PREFIX = "HEALTHCHECK_"
HIGHEST_PORT = 65535
THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})


class Reader:
    """Takes settings one by one, and keeps every fault met on the way."""

    def __init__(self, environ: Mapping[str, str], known: Collection[str]) -> None:
        self.given = {
            name.removeprefix(PREFIX): value.strip()
            for name, value in environ.items()
            if name.startswith(PREFIX) and value.strip()
        }
        self.faults = [
            f"{PREFIX}{name} is not a setting. The settings are {', '.join(known)}."
            for name in self.given
            if name not in known
        ]

    def number(self, name: str, otherwise: int, lowest: int, highest: int) -> int:
        """Return a whole number from the lowest to the highest that is taken."""
        text = self.given.get(name, str(otherwise))
        if text.isascii() and text.isdigit() and lowest <= int(text[:9]) <= highest:
            return int(text[:9])
        self.faults.append(
            f"{PREFIX}{name} is “{text}”, but must be a whole number from {lowest} to {highest}."
        )
        return otherwise

    def yes(self, name: str, *, otherwise: bool) -> bool:
        """Say whether a setting is on."""
        text = self.given.get(name, "yes" if otherwise else "no").lower()
        if text not in {"yes", "no"}:
            self.faults.append(f"{PREFIX}{name} is “{text}”, but must be yes or no.")
        return text == "yes"

    def one_of(self, name: str, otherwise: str, *others: str) -> str:
        """Return one of a few words."""
        text = self.given.get(name, otherwise).lower()
        if text in {otherwise, *others}:
            return text
        allowed = ", ".join([otherwise, *others])
        self.faults.append(f"{PREFIX}{name} is “{text}”, but must be one of: {allowed}.")
        return otherwise

    def path(self, name: str, otherwise: Path) -> Path:
        """Return a file or folder, absolute."""
        return Path(self.given.get(name, otherwise)).expanduser().absolute()
