"""The choice between two versions of an answer, when two people changed it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.saving import Offered

if TYPE_CHECKING:
    from collections.abc import Mapping

MINE = "mine"
THEIRS = "theirs"


class ClashForm:
    """What was posted, less each question whose other version was kept.

    The page of choices posts your version again, based on the colleague's revision, with your
    choice under `<question>.keep`. A question without a choice is offered on revision -1, so the
    choice is asked for again and neither version is lost.
    """

    def __init__(self, offered: Mapping[str, Offered], posted: Mapping[str, str]) -> None:
        choices = {name: posted.get(f"{name}.keep") for name in offered}
        asked = "clash" in posted
        self.undecided = asked and any(choice not in {MINE, THEIRS} for choice in choices.values())
        self.offered = {
            name: offer if choices[name] == MINE or not asked else Offered(offer.entry, -1)
            for name, offer in offered.items()
            if not (asked and choices[name] == THEIRS)
        }
