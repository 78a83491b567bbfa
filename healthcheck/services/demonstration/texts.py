"""The evidence that made-up employers give: read from evidence.txt and filled in for each."""

from __future__ import annotations

import re
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from healthcheck.services.demonstration.country import House

FILE = Path(__file__).with_name("evidence.txt")
LEVEL = re.compile(r"([0-3]): (.+)")
MONTHS = ("January", "February", "March", "April", "May", "June")
WHO = {"childrens": "children and families", "adults": "adults and carers"}


def drawn(low: int, high: int, *seed: object) -> int:
    """Return a number from low to high: always the same for the same seed."""
    return low + zlib.crc32(" ".join(map(str, seed)).encode()) % (high - low + 1)


@cache
def texts() -> Mapping[str, Mapping[int, Sequence[str]]]:
    """Return what can be said of each question, by its id and level."""
    found: dict[str, dict[int, list[str]]] = {}
    question = ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            question = line.removeprefix("= ")
            found[question] = {}
        elif match := LEVEL.fullmatch(line):
            found[question].setdefault(int(match[1]), []).append(match[2])
    return found


def evidence(house: House, service: str, question_id: str, level: int, seed: str) -> str:
    """Return what an employer says of its answer; it is the same each time for one seed.

    A question that this file does not know gets none.
    """
    choices = texts().get(question_id, {}).get(level, ())
    if not choices:
        return ""
    own = f"{seed} {question_id} {level}"
    who = WHO.get(service, "people who use the service")
    return choices[drawn(0, len(choices) - 1, own)].format(
        teams=house.teams,
        some=max(2, house.teams * drawn(3, 7, own, "some") // 10),
        workers=house.workers,
        bases=drawn(3, 6, own, "bases"),
        share=drawn(91, 98, own, "share"),
        low=drawn(56, 76, own, "low"),
        n=drawn(12, 38, own, "n"),
        sample=drawn(30, 80, own, "sample"),
        few=drawn(2, 6, own, "few"),
        month=MONTHS[drawn(0, len(MONTHS) - 1, own, "month")],
        who=who,
        who_=who.capitalize(),
    )
