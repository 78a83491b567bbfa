"""“You said, we did”: the lead's page for it, and the public page that comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.services import plans
from tests.people import ALICE
from tests.plans import COMPLETE
from tests.working_plans import TOM, add

if TYPE_CHECKING:
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses

PUBLISH, DOWN = "Publish the", "Take the page down"


def test_a_lead_writes_publishes_changes_and_takes_down_what_staff_read(
    alice: Someone, nobody: Someone, world: World, at: Addresses
) -> None:
    action = add(world, TOM, finding="There is no scheme.")
    plans.report_progress(
        world.as_(ALICE), world.northmeres.id, action.id, COMPLETE, "A private note.", 1
    )
    place = f"{at.tasks}/plan/staff-page"
    line = alice.get(alice.get(place).links["Put on the page: A1"])
    assert line.fields("Save")["said"] == ["There is no scheme."]
    empty = alice.submit(line, {"said": " "}, "Save", status=422)
    assert empty.errors == [("said", "Write what staff said, or leave this action out.")]
    long = alice.submit(line, {"did": "x" * 601}, "Save", status=422)
    assert long.errors == [("did", "What was done can be up to 600 characters; this has 601.")]
    typed = {"said": "We have too much <work>.", "did": "We agreed a scheme."}
    saved = alice.follow(alice.submit(empty, typed, "Save"))
    assert saved.messages == ["Saved. What is public has not changed."]
    preview = alice.get(saved.links["See it first"])
    assert "Nothing is public by this." in preview.words

    done = alice.follow(alice.submit(saved, {}, PUBLISH))
    page = nobody.get(done.links["see the public page"])
    assert page.heading == "You said, we did"
    assert "We have too much <work>. We did We agreed a scheme. ✓ Done" in page.words
    for hidden in ("Tom Reed", "A private note.", "Alice Archer", "A1"):
        assert hidden not in page.words
    assert PUBLISH not in done.words

    no_reason = alice.submit(done, {}, DOWN, status=422)
    assert no_reason.errors == [("reason", "Give a reason to take the page down.")]
    down = alice.follow(alice.submit(no_reason, {"reason": "It was wrong."}, DOWN))
    assert "Taken down because: It was wrong." in down.words
    gone = nobody.get(page.address, 410)
    assert gone.heading == "This page was taken down"
    assert "The employer took this page down on 2 March 2026." in gone.words

    off = alice.get(down.links["Change the words of A1"])
    left = alice.follow(alice.submit(off, {}, "Take off the page"))
    assert "On the page: 0 actions" in left.words
    assert "Nothing is on the page yet." in alice.get(f"{place}/preview").words
