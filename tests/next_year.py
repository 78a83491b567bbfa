"""Northmere's next health check, for tests: most of last year's answered, and 2027 begun on it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from healthcheck.services.assessments import save_topic, start
from healthcheck.services.attachments import Upload
from tests.people import ALICE, NORTHMERE, offer

if TYPE_CHECKING:
    from healthcheck.core.accounts import Employer
    from healthcheck.core.assessments import Assessment
    from tests.people import World

SCHEME = Upload("scheme.txt", b"Our scheme.")
SAID = {
    "scheme": {
        "agreed-scheme": offer("2", evidence="The scheme is on the intranet."),
        "employs-new": offer("yes"),
        "protected-caseloads": offer("abc"),
    },
    "allocation": {
        "who-allocates": offer(reason="We have one team."),
        "seen-in": offer("supervision"),
        "fair-allocation": offer("1", evidence="We looked."),
    },
    "equipment": {"quiet-space": offer("3"), "remarks": offer("All well.")},
    "posts": {"in-post": offer("90"), "vacancies": offer("10")},
}
"""What Alice said in 2026, by topic; one answer is not valid and some were never given."""


def begin(world: World, employer: Employer = NORTHMERE, year: int = 2027) -> Assessment:
    """Begin a later health check, on the edition of 2027."""
    return start(
        world.as_(None),
        employer,
        service="childrens",
        cycle=str(year),
        due=date(year, 9, 30),
        questionnaire="small-check",
        edition="2027",
    )


def answer_and_begin(world: World) -> Assessment:
    """Answer 2026 as Alice did, and begin 2027."""
    files = {"scheme": {"agreed-scheme": [SCHEME]}}
    for topic, answers in SAID.items():
        save_topic(world.as_(ALICE), world.northmeres.id, topic, answers, files.get(topic, {}))
    return begin(world)
