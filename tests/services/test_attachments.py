from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.answers import Attachment
from healthcheck.core.errors import BusyError, NoRoomError, NotFoundError
from healthcheck.services.assessments import SaveOutcome, opened, save_topic
from healthcheck.services.attachments import Upload, attachment, remove_attachment
from healthcheck.services.file_types import LARGEST
from healthcheck.storage import events
from tests.people import ALICE, BOB, VERA, offer

if TYPE_CHECKING:
    from healthcheck.services.context import Context
    from tests.people import World

NOTES = Upload("notes.txt", b"We met on Monday.")


def attach(ctx: Context, id_: str, *uploads: Upload) -> SaveOutcome:
    return save_topic(ctx, id_, "scheme", {}, {"agreed-scheme": uploads})


def attached(outcome: SaveOutcome) -> tuple[Attachment, ...]:
    return outcome.opened.attachments.get("agreed-scheme", ())


def test_a_file_comes_back_byte_for_byte_to_a_colleague(world: World) -> None:
    (kept,) = attached(attach(world.as_(ALICE), world.northmeres.id, NOTES))
    assert kept == Attachment(
        kept.id, "notes.txt", "text/plain", 17, hashlib.sha256(NOTES.content).hexdigest()
    )
    assert attachment(world.as_(VERA), world.northmeres.id, kept.id) == (kept, NOTES.content)


def test_each_of_several_files_is_found(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    names = ["a.txt", "b.txt", "c.txt"]
    contents = {name: name.encode() for name in names}
    outcome = save_topic(
        ctx,
        id_,
        "scheme",
        {},
        {
            "agreed-scheme": [Upload(name, contents[name]) for name in names[:2]],
            "employs-new": [Upload(name, contents[name]) for name in names[2:]],
        },
    )
    kept = [each for group in outcome.opened.attachments.values() for each in group]
    assert {each.name: attachment(ctx, id_, each.id)[1] for each in kept} == contents


def test_a_file_is_evidence_for_its_question(world: World) -> None:
    outcome = attach(world.as_(ALICE), world.northmeres.id, NOTES)
    answer = outcome.opened.journey["agreed-scheme"].answer
    assert answer.attachments == attached(outcome)
    assert answer.has_evidence
    assert not answer.is_complete


def test_a_file_alone_is_a_change_and_an_event(world: World) -> None:
    outcome = attach(world.as_(ALICE), world.northmeres.id, NOTES)
    assert outcome.opened.assessment.revision == 1
    assert events.of(world.as_(ALICE).store, world.northmeres.id)[-1] == (
        "topic saved",
        ALICE.id,
        {"topic": "scheme", "answers": [], "files": ["notes.txt"]},
    )


def test_unacceptable_files_are_refused_each_with_a_sentence_and_the_rest_is_kept(
    world: World,
) -> None:
    outcome = save_topic(
        world.as_(ALICE),
        world.northmeres.id,
        "scheme",
        {"agreed-scheme": offer("2")},
        {
            "agreed-scheme": [Upload("a.pdf", b"no"), NOTES, Upload("b.exe", b"MZ")],
            "employs-new": [Upload("empty.txt", b"")],
        },
    )
    assert [each.name for each in attached(outcome)] == ["notes.txt"]
    assert outcome.opened.journey["agreed-scheme"].value == 2
    refused = {name: [each[:20] for each in each] for name, each in outcome.refused_files.items()}
    assert refused == {
        "agreed-scheme": ["“a.pdf” does not hol", "“b.exe” is not a kin"],
        "employs-new": ["“empty.txt” is empty"],
    }


def test_a_save_of_nothing_but_refused_files_changes_nothing(world: World) -> None:
    ctx = world.as_(ALICE)
    before = ctx.store.connection.total_changes
    outcome = attach(ctx, world.northmeres.id, Upload("b.exe", b"MZ"))
    assert ctx.store.connection.total_changes == before
    assert outcome.opened.assessment.revision == 0


def test_sending_the_same_file_twice_keeps_it_once(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    first = attach(ctx, id_, NOTES, NOTES)
    second = attach(ctx, id_, NOTES)
    assert attached(first) == attached(second)
    assert len(attached(first)) == 1
    assert second.opened.assessment.revision == 1


def test_the_same_content_under_two_names_is_stored_once(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    outcome = attach(ctx, id_, NOTES, Upload("copy.txt", NOTES.content))
    assert [each.name for each in attached(outcome)] == ["notes.txt", "copy.txt"]
    assert ctx.store.rows("SELECT count(*) FROM contents") == [(1,)]


def test_a_removed_file_is_gone_for_everyone_but_not_from_the_record(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    (kept,) = attached(attach(ctx, id_, NOTES))
    for someone in (world.as_(BOB), ctx):
        assert remove_attachment(someone, id_, kept.id) == "agreed-scheme"
    found = opened(ctx, id_)
    assert (found.attachments, found.assessment.revision) == ({}, 2)
    with pytest.raises(NotFoundError, match="It may have been removed"):
        attachment(ctx, id_, kept.id)
    assert events.of(ctx.store, id_)[-1] == (
        "file removed",
        BOB.id,
        {"question": "agreed-scheme", "file": kept.id},
    )
    assert ctx.store.rows("SELECT removed_by, content FROM attachments JOIN contents") == [
        (BOB.id, NOTES.content)
    ]


def test_a_removed_file_can_be_attached_again(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    (kept,) = attached(attach(ctx, id_, NOTES))
    remove_attachment(ctx, id_, kept.id)
    (again,) = attached(attach(ctx, id_, NOTES))
    assert again.id != kept.id
    assert attachment(ctx, id_, again.id)[1] == NOTES.content


def test_the_files_of_one_assessment_come_to_a_hundred_megabytes_at_most(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    content = b"a" * LARGEST
    ten = [Upload(f"{number}.txt", content) for number in range(10)]
    small = Upload("small.txt", b"one more")
    outcome = attach(ctx, id_, *ten, small)
    assert [each.name for each in attached(outcome)] == [each.name for each in ten]
    (refusal,) = outcome.refused_files["agreed-scheme"]
    assert refusal == (
        "“small.txt” was not added. The files in one health check can come to at most 100 MB"
        " together. Remove a file or give a link instead."
    )
    remove_attachment(ctx, id_, attached(outcome)[0].id)
    assert attached(attach(ctx, id_, small))[-1].name == "small.txt"


def test_a_full_disk_keeps_neither_the_file_nor_the_answer(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    before = opened(ctx, id_)
    (pages,) = ctx.store.rows("PRAGMA page_count")[0]
    ctx.store.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    large = Upload("large.txt", b"a" * 2**20)
    with pytest.raises(NoRoomError):
        save_topic(ctx, id_, "scheme", {"agreed-scheme": offer("2")}, {"agreed-scheme": [large]})
    assert opened(ctx, id_) == before
    assert ctx.store.rows("SELECT count(*) FROM entry_history") == [(0,)]


@pytest.mark.impatient
def test_a_locked_database_keeps_neither_the_file_nor_the_answer(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    before = opened(ctx, id_)
    with world.as_(BOB).store.writing(), pytest.raises(BusyError):
        attach(ctx, id_, NOTES)
    assert opened(ctx, id_) == before
    assert attached(attach(ctx, id_, NOTES))[0].name == "notes.txt"
