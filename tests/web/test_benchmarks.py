"""The caseload benchmark: the lead's page for it, and the public page that comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.people import NORTHMERE
from tests.teams import set_up, with_people

if TYPE_CHECKING:
    from tests.people import World
    from tests.web.client import Someone

PLACE = f"/employers/{NORTHMERE.id}/caseload-benchmark"
PUBLISH, DOWN = "Publish the", "Take the page down"


def test_a_lead_looks_publishes_and_takes_down_what_anybody_reads(
    alice: Someone, nobody: Someone, world: World
) -> None:
    empty = alice.get(PLACE)
    assert "Nothing yet." in empty.words
    alice.get(f"{PLACE}/preview", 409)
    with_people(world)
    set_up(world)
    start = alice.get(PLACE)
    assert "225 points Lower for part-time hours and protected time." in start.words
    preview = alice.get(start.links["See it first"])
    assert "Nothing is public by this." in preview.words
    long = alice.submit(start, {"note": "x" * 1001}, PUBLISH, status=422)
    assert [field for field, _ in long.errors] == ["note"]

    done = alice.follow(alice.submit(start, {"note": "The <union> agreed."}, PUBLISH))
    assert done.messages == ["The page is public now."]
    page = nobody.get(done.links["see the public page"])
    assert page.heading == "Safe levels of work for social workers"
    for shown in (
        "The <union> agreed.",
        "Children’s services",
        "1 July 2009",
        "As published.",
        "They are a comparison, and no safe level of this employer.",
        "Complex child protection (Laming): 12 cases.",
        "Keep in mind",
        "They support judgement and never replace it.",
        "As of 2 March 2026.",
    ):
        assert shown in page.words
    for hidden in ("Duty", "Alice Archer", "Mia", "Put in what your employer agreed"):
        assert hidden not in page.words

    no_reason = alice.submit(done, {}, DOWN, status=422)
    assert no_reason.errors == [("reason", "Give a reason to take the page down.")]
    down = alice.follow(alice.submit(no_reason, {"reason": "It was wrong."}, DOWN))
    assert "Taken down because: It was wrong." in down.words
    gone = nobody.get(page.address, 410)
    assert "The employer took this page down on 2 March 2026." in gone.words
    nobody.get("/benchmark/nowhere", 404)
