"""Answers in a workbook: sent out, filled in, looked at, and saved only as agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core import answers_workbooks as w
from healthcheck.core import uploads
from healthcheck.core.errors import (
    NotAllowedError,
    NotFoundError,
    StepRefusedError,
    UnacceptableDetailsError,
    UnacceptableFileError,
)
from healthcheck.core.sheets import text_of
from healthcheck.core.steps import State
from healthcheck.services import answers_workbooks as workbooks
from healthcheck.services import assigning
from healthcheck.services.assessments import opened, save_topic
from healthcheck.storage import assessments as stored
from healthcheck.storage import events
from tests import next_year
from tests import workbooks as files
from tests.people import ALICE, BOB, CHARLIE, VERA, offer

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from healthcheck.core.sheets import Cell
    from healthcheck.core.uploads import Applied
    from healthcheck.services.answers_workbooks import Looked
    from tests.people import World

Written = dict[tuple[str, str], "Cell"]
SCHEME, NEW, SEEN, POSTS = ("agreed-scheme", "employs-new", "seen-in", "in-post")
FILLED: Written = {
    (SCHEME, w.ANSWER): "2. In place",
    (SCHEME, w.EVIDENCE): "=The minutes",
    ("protected-caseloads", w.REASON): "We have none.",
    ("seen-in#meetings", w.ANSWER): "Yes",
    (POSTS, w.ANSWER): 12.5,
    ("long-hours", w.ANSWER): 0.45,
    ("last-checked", w.ANSWER): "3 February 2026",
}  # fmt: skip


def sent_out(world: World, person: Person = ALICE) -> bytes:
    return workbooks.workbook(world.as_(person), world.northmeres.id)[1]


def look(world: World, content: bytes, written: Written, person: Person = ALICE) -> Looked:
    filled = files.filled_in(content, w.KEY, written)
    return workbooks.look(world.as_(person), world.northmeres.id, filled)


def agree(world: World, looked: Looked, *chosen: str, person: Person = ALICE) -> Applied[Looked]:
    return workbooks.apply(
        world.as_(person),
        world.northmeres.id,
        looked.carried,
        looked.preview.fingerprint,
        chosen or [each.question_id for each in looked.preview.changes],
    )


def save(world: World, person: Person, question: str, value: str, on: int = 0) -> None:
    topic = "posts" if question == POSTS else "scheme"
    offered = {question: offer(value, based_on=on)}
    save_topic(world.as_(person), world.northmeres.id, topic, offered, {})


def values(world: World) -> dict[str, tuple[str, ...]]:
    now = opened(world.as_(ALICE), world.northmeres.id)
    return {each: saved.entry.value for each, saved in now.saved.items()}


def test_a_workbook_filled_in_is_looked_at_and_saved_in_one_go(world: World) -> None:
    looked = look(world, sent_out(world), FILLED)
    assert (looked.preview.bad, looked.preview.conflicts) == ((), ())
    assert [each.question_id for each in looked.preview.changes] == [
        SCHEME, "protected-caseloads", "seen-in", "last-checked", POSTS, "long-hours",
    ]  # fmt: skip
    assert values(world) == {}

    assert agree(world, looked).saved == 6

    now = opened(world.as_(ALICE), world.northmeres.id)
    assert now.problems == {}
    assert now.saved[SCHEME].entry.evidence == "=The minutes"
    assert now.saved["protected-caseloads"].entry.reason == "We have none."
    assert values(world)["seen-in"] == ("meetings",)
    assert values(world)["long-hours"] == ("45",)
    assert now.assessment.state is State.IN_PROGRESS
    found = events.timeline(world.as_(ALICE).store, world.northmeres.id, "topic saved")
    assert {each.detail["way"] for each in found} == {"workbook"}
    assert sorted(str(each.detail["topic"]) for each in found) == [
        "allocation", "equipment", "posts", "scheme",
    ]  # fmt: skip
    assert not look(world, sent_out(world), {}).preview.can_be_applied


def test_an_answer_that_a_colleague_changed_meanwhile_is_kept_unless_ticked(world: World) -> None:
    save(world, ALICE, SCHEME, "1")
    content = sent_out(world)
    save(world, BOB, SCHEME, "3", on=1)
    save(world, BOB, NEW, "no")

    looked = look(world, content, FILLED)

    assert [each.question_id for each in looked.preview.conflicts] == [SCHEME]
    assert looked.preview.conflicts[0].now.saved_by == BOB.name
    agree(world, looked, POSTS)
    assert values(world) == {SCHEME: ("3",), NEW: ("no",), POSTS: ("12.5",)}
    again = look(world, content, FILLED)
    agree(world, again, SCHEME)
    assert values(world)[SCHEME] == ("2",)


def test_what_changes_between_look_and_agreement_saves_nothing(world: World) -> None:
    looked = look(world, sent_out(world), FILLED)
    save(world, BOB, SCHEME, "3")
    done = agree(world, looked)
    assert done.saved == 0
    assert done.moved is not None
    assert [each.question_id for each in done.moved.preview.conflicts] == [SCHEME]
    assert values(world) == {SCHEME: ("3",)}


def test_bad_cells_are_named_and_the_rest_can_be_saved(world: World) -> None:
    written: Written = {
        (POSTS, w.ANSWER): "many", ("who-allocates", w.ANSWER): "Nobody", (NEW, w.ANSWER): "Yes"
    }  # fmt: skip
    looked = look(world, sent_out(world), written)
    assert [str(each) for each in looked.preview.bad] == [
        "Workload!E7: “Nobody” is not one of the answers in the list of this cell.",
        "Workforce figures!E3: Enter a number in figures, such as 12 or 12.5.",
    ]
    assert agree(world, looked).saved == 1


def test_topics_of_others_are_left_to_them(world: World) -> None:
    assigning.assign(world.as_(ALICE), world.northmeres.id, {}, {"scheme": [ALICE.id]})
    looked = look(world, sent_out(world), FILLED, BOB)
    assert [each.question_id for each in looked.preview.not_yours] == [
        SCHEME, "protected-caseloads",
    ]  # fmt: skip
    assert SCHEME not in {each.question_id for each in looked.preview.changes}
    assert agree(world, looked, SCHEME, POSTS, person=BOB).saved == 1
    assert values(world) == {POSTS: ("12.5",)}


def test_who_may_download_and_who_may_upload(world: World) -> None:
    name, content = workbooks.workbook(world.as_(VERA), world.northmeres.id)
    assert name == f"answers-{world.northmeres.reference}.xlsx"
    with pytest.raises(NotAllowedError):
        look(world, content, {}, VERA)
    with pytest.raises(NotFoundError):
        workbooks.workbook(world.as_(CHARLIE), world.northmeres.id)
    with pytest.raises(NotFoundError):
        look(world, content, {}, CHARLIE)
    looked = look(world, content, FILLED)
    for person, error in ((VERA, NotAllowedError), (CHARLIE, NotFoundError)):
        with pytest.raises(error):
            agree(world, looked, person=person)
    assert values(world) == {}


def test_another_employer_s_workbook_is_refused(world: World) -> None:
    theirs = workbooks.workbook(world.as_(CHARLIE), world.southmeres.id)[1]
    looked = look(world, theirs, FILLED)
    assert not looked.preview.can_be_applied
    assert "belongs to another health check" in str(looked.preview.bad[0])


def test_a_file_that_is_no_workbook_is_refused(world: World) -> None:
    with pytest.raises(UnacceptableFileError, match="not an Excel workbook"):
        workbooks.look(world.as_(ALICE), world.northmeres.id, b"hello")


@pytest.mark.parametrize(
    ("carried", "message"),
    [
        ("nonsense", "not what was shown"),
        ('[["posts-in-all",0,"",["3"],false,"","",""]]', "no such question"),
        ('[["nowhere",0,"",["3"],false,"","",""]]', "no such question"),
    ],
)
def test_what_no_look_gave_is_refused(world: World, carried: str, message: str) -> None:
    with pytest.raises(UnacceptableDetailsError, match=message):
        workbooks.apply(world.as_(ALICE), world.northmeres.id, carried, "", [])


def test_nothing_ticked_saves_nothing(world: World) -> None:
    looked = look(world, sent_out(world), FILLED)
    with pytest.raises(UnacceptableDetailsError, match="No answer was ticked"):
        agree(world, looked, "who-allocates")


def test_a_look_has_a_limit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST_PREVIEW", 50)
    with pytest.raises(UnacceptableDetailsError, match="more text than can be looked at"):
        look(world, sent_out(world), FILLED)


def test_answers_that_somebody_else_is_reading_cannot_be_uploaded(world: World) -> None:
    content, store = sent_out(world), world.as_(ALICE).store
    with store.writing():
        stored.move(store, world.northmeres.id, State.NOT_STARTED, State.READY, world.clock())
    with pytest.raises(StepRefusedError):
        look(world, content, FILLED)


def test_the_workbook_shows_the_answers_as_they_are_and_last_year_s_beside(world: World) -> None:
    save(world, ALICE, SCHEME, "2")
    save(world, ALICE, POSTS, "1,234.5")
    cells = files.cells_of(sent_out(world), w.KEY)
    assert (cells[SCHEME][w.ANSWER], cells[SCHEME][w.REVISION]) == ("2. In place", 1.0)
    assert cells[POSTS][w.ANSWER] == 1234.5
    assert "0. Not in place: There is none." in text_of(cells[SCHEME][w.MEANINGS])
    assert "Answer this only if" in text_of(cells["protected-caseloads"][w.GUIDANCE])
    assert {w.KEY, w.REVISION} <= cells["posts-in-all"].keys()


def test_last_year_s_answers_stand_beside_the_cells_to_fill_in(world: World) -> None:
    later = next_year.answer_and_begin(world)
    cells = files.cells_of(workbooks.workbook(world.as_(ALICE), later.id)[1], w.KEY)
    said = {key: cells[key]["Last year (2026)"] for key in (SCHEME, "who-allocates", "long-hours")}
    assert said == {
        SCHEME: "2. In place",
        "who-allocates": "Did not apply: We have one team.",
        "long-hours": None,
    }
    assert cells[SCHEME][w.ANSWER] is None
