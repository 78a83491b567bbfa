"""Who answers which topic, and who may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.assigning import Change
from healthcheck.core.errors import (
    NotAllowedError,
    NotFoundError,
    NotSignedInError,
    UnacceptableDetailsError,
)
from healthcheck.core.permissions import Role
from healthcheck.services import assigning, attachments
from healthcheck.services.assessments import opened, save_topic
from healthcheck.services.attachments import Upload
from healthcheck.storage import accounts, events
from tests import letters, reviewing
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE, SOUTHMERE, VERA, offer, password_hash
from tests.reviewing import ADA, RHONA

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from tests.people import World

NOBODY: dict[str, list[str]] = {}


def give(world: World, person: Person, *topics: str) -> Change:
    chosen = {topic: [person.id] for topic in topics}
    return assigning.assign(world.as_(ALICE), world.northmeres.id, NOBODY, chosen)


def save(world: World, person: Person, topic: str = "scheme") -> None:
    save_topic(world.as_(person), world.northmeres.id, topic, {"agreed-scheme": offer("2")}, {})


@pytest.fixture
def cora(world: World) -> Person:
    """Give another contributor at Northmere."""
    cora, store = type(BOB)("cora", "Cora Cole", "cora@northmere.example"), world.as_(None).store
    with store.writing():
        accounts.add_person(store, cora, password_hash(), world.clock())
        accounts.add_role(store, cora.id, NORTHMERE.id, Role.CONTRIBUTOR)
    return cora


def test_a_lead_assigns_topics_and_everybody_sees_whose_they_are(world: World) -> None:
    give(world, BOB, "scheme", "posts")
    for person in (ALICE, BOB, VERA):
        assert assigning.assigned(world.as_(person), world.northmeres.id) == {
            "scheme": (BOB,),
            "posts": (BOB,),
        }
    assert assigning.board(world.as_(BOB), world.northmeres.id).mine == {"scheme", "posts"}
    assert assigning.board(world.as_(ALICE), world.northmeres.id).mine == set()
    boards = assigning.boards(world.as_(BOB))
    assert {id_: board.mine for id_, board in boards.items()} == {
        world.northmeres.id: {"scheme", "posts"}
    }
    assert assigning.boards(world.as_(ALICE)) == {}


def test_topics_can_be_assigned_to_whoever_answers(world: World, cora: Person) -> None:
    found = assigning.who_can_answer(world.as_(ALICE), world.northmeres.id)
    assert found == (ALICE, BOB, cora)


@pytest.mark.parametrize("person", [BOB, VERA], ids=lambda each: each.id)
def test_only_a_lead_assigns(world: World, person: Person) -> None:
    ctx = world.as_(person)
    with pytest.raises(NotAllowedError, match="say who answers which topic"):
        assigning.assign(ctx, world.northmeres.id, NOBODY, {"scheme": [BOB.id]})
    with pytest.raises(NotAllowedError, match="say who answers which topic"):
        assigning.who_can_answer(ctx, world.northmeres.id)
    assert assigning.assigned(ctx, world.northmeres.id) == {}


def test_another_employers_topics_look_like_none_at_all(world: World) -> None:
    for id_ in (world.northmeres.id, "no-such-id"):
        for act in (assigning.assigned, assigning.board, assigning.who_can_answer):
            with pytest.raises(NotFoundError, match="no health check here"):
                act(world.as_(CHARLIE), id_)
        with pytest.raises(NotFoundError, match="no health check here"):
            assigning.assign(world.as_(CHARLIE), id_, NOBODY, {"scheme": [CHARLIE.id]})
    with pytest.raises(NotSignedInError):
        assigning.boards(world.as_(None))


@pytest.mark.parametrize("person", [RHONA, ADA], ids=lambda each: each.id)
def test_basw_assigns_nothing(world: World, person: Person) -> None:
    reviewing.with_basw(world)
    with pytest.raises(NotAllowedError):
        assigning.assign(world.as_(person), world.northmeres.id, NOBODY, {"scheme": [BOB.id]})


@pytest.mark.parametrize("chosen", [{"no-topic": [BOB.id]}, {"scheme": [VERA.id]}])
@pytest.mark.parametrize("also", [{}, {"posts": [BOB.id]}])
def test_what_is_not_there_is_not_assigned_and_nothing_is(
    world: World, chosen: dict[str, list[str]], also: dict[str, list[str]]
) -> None:
    with pytest.raises(UnacceptableDetailsError, match="nothing was saved"):
        assigning.assign(world.as_(ALICE), world.northmeres.id, NOBODY, {**also, **chosen})
    assert assigning.assigned(world.as_(ALICE), world.northmeres.id) == {}


def test_somebody_of_another_employer_is_not_assigned(world: World) -> None:
    with pytest.raises(UnacceptableDetailsError):
        give(world, CHARLIE, "scheme")


def test_a_topic_with_nobody_is_open_to_every_contributor(world: World, cora: Person) -> None:
    save(world, BOB)
    save_topic(
        world.as_(cora),
        world.northmeres.id,
        "scheme",
        {"agreed-scheme": offer("3", based_on=1)},
        {},
    )
    assert opened(world.as_(cora), world.northmeres.id).saved["agreed-scheme"].saved_by == cora.name


def test_a_topic_is_answered_by_those_it_is_assigned_to_and_the_lead(
    world: World, cora: Person
) -> None:
    give(world, cora, "scheme")
    with pytest.raises(NotAllowedError, match="Cora Cole answers this topic, so nothing was saved"):
        save(world, BOB)
    assert opened(world.as_(BOB), world.northmeres.id).saved == {}
    save(world, cora)
    save_topic(
        world.as_(ALICE),
        world.northmeres.id,
        "scheme",
        {"agreed-scheme": offer("3", based_on=1)},
        {},
    )
    board = assigning.board(world.as_(BOB), world.northmeres.id)
    assert (board.may_answer("scheme"), board.may_answer("posts")) == (False, True)


def test_two_people_are_both_named(world: World, cora: Person) -> None:
    give(world, cora, "scheme")
    give(world, ALICE, "scheme")
    with pytest.raises(NotAllowedError, match="Alice Archer and Cora Cole answer this topic"):
        save(world, BOB)


def test_a_file_of_anothers_topic_cannot_be_removed(world: World, cora: Person) -> None:
    files = {"agreed-scheme": [Upload("scheme.txt", b"The scheme.")]}
    saved = save_topic(world.as_(ALICE), world.northmeres.id, "scheme", {}, files)
    file = saved.opened.attachments["agreed-scheme"][0].id
    give(world, cora, "scheme")
    with pytest.raises(NotAllowedError, match="Cora Cole answers"):
        attachments.remove_attachment(world.as_(BOB), world.northmeres.id, file)
    attachments.remove_attachment(world.as_(cora), world.northmeres.id, file)
    assert opened(world.as_(cora), world.northmeres.id).attachments == {}


def test_a_topic_is_taken_back_and_is_open_again(world: World, cora: Person) -> None:
    give(world, cora, "scheme")
    done = assigning.assign(
        world.as_(ALICE), world.northmeres.id, {"scheme": [cora.id]}, {"scheme": []}
    )
    assert done == Change((), (("scheme", cora.id),))
    save(world, BOB)


def test_what_a_colleague_assigned_meanwhile_stays(world: World, cora: Person) -> None:
    give(world, BOB, "scheme")
    done = assigning.assign(
        world.as_(ALICE), world.northmeres.id, {"scheme": []}, {"scheme": [BOB.id, cora.id]}
    )
    assert done == Change((("scheme", cora.id),), ())
    gone = {"scheme": [ALICE.id]}
    again = assigning.assign(world.as_(ALICE), world.northmeres.id, gone, {"scheme": []})
    assert again == Change((), ())
    assert assigning.assigned(world.as_(ALICE), world.northmeres.id) == {"scheme": (BOB, cora)}


def test_whoever_gets_topics_is_sent_one_message_with_all_of_them(
    world: World, cora: Person
) -> None:
    chosen = {"scheme": [BOB.id, ALICE.id], "posts": [BOB.id, cora.id]}
    assigning.assign(world.as_(ALICE), world.northmeres.id, NOBODY, chosen)
    assert letters.sent(world) == [("ASSIGNED", BOB.email), ("ASSIGNED", cora.email)]
    text = letters.last_text(world)
    assert "30 September 2026" in text
    assert f"/assessments/{world.northmeres.id}" in text
    topics = {
        each.id: each.title
        for each in opened(world.as_(ALICE), world.northmeres.id).questionnaire.topics
    }
    assert (topics["posts"] in text, topics["scheme"] in text) == (True, False)


def test_the_record_says_who_assigned_what_to_whom(world: World) -> None:
    give(world, BOB, "scheme")
    assigning.assign(world.as_(ALICE), world.northmeres.id, {"scheme": [BOB.id]}, NOBODY)
    detail = {"topic": "scheme", "person": BOB.id}
    told = [
        each
        for each in events.of(world.as_(None).store, world.northmeres.id)
        if each[0].startswith("topic")
    ]
    assert told == [
        ("topic assigned", ALICE.id, detail),
        ("topic no longer assigned", ALICE.id, detail),
    ]


def test_assigning_counts_for_its_own_health_check_alone(world: World) -> None:
    store = world.as_(None).store
    with store.writing():
        accounts.add_role(store, BOB.id, SOUTHMERE.id, Role.CONTRIBUTOR)
    assigning.assign(world.as_(CHARLIE), world.southmeres.id, NOBODY, {"scheme": [CHARLIE.id]})
    save(world, BOB)
    with pytest.raises(NotAllowedError):
        save_topic(world.as_(BOB), world.southmeres.id, "scheme", {}, {})
