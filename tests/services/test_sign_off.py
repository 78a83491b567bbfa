from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.answers import Entry
from healthcheck.core.errors import (
    NotAllowedError,
    NotFoundError,
    NotReadyError,
    StepRefusedError,
    UnacceptableDetailsError,
)
from healthcheck.core.permissions import Role
from healthcheck.core.sign_off import Attestation, Consultation
from healthcheck.core.steps import State, Step
from healthcheck.core.versions import fingerprint
from healthcheck.services import sign_off, submissions
from healthcheck.services.assessments import opened
from healthcheck.services.readiness import Lack
from healthcheck.storage import accounts, events, roles, versions
from tests import plans
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE, VERA, World, password_hash
from tests.reviewing import ANSWERS, CONSULTATION, OLIVE, RHONA, SCHEME, save, with_basw

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person

ATTESTED = [each.name for each in Attestation]


@pytest.fixture(name="answered")
def everything_answered(world: World) -> World:
    """Answer everything in Northmere's health check, with Olive there to sign."""
    with_basw(world)
    for topic, answers in ANSWERS.items():
        save(world, topic, answers, {"agreed-scheme": [SCHEME]} if topic == "scheme" else {})
    plans.settle(world.as_(ALICE), world.northmeres.id)
    return world


def send(world: World) -> str:
    sign_off.send(world.as_(ALICE), world.northmeres.id, CONSULTATION)
    return sign_off.draft(world.as_(OLIVE), world.northmeres.id).fingerprint


def sign(world: World, read: str | None = None) -> versions.Version:
    id_ = world.northmeres.id
    return sign_off.sign(world.as_(OLIVE), id_, ATTESTED, "Olive Officer", "Director", read)


def state(world: World) -> State:
    return opened(world.as_(VERA), world.northmeres.id).assessment.state


def told(world: World) -> list[tuple[str, str]]:
    rows = world.as_(None).store.rows("SELECT kind, recipient FROM messages ORDER BY number")
    return [(kind, recipient) for kind, recipient in rows]


def test_an_empty_health_check_names_what_blocks_sending(world: World) -> None:
    save(world, "scheme", {"agreed-scheme": Entry(("2",)), "employs-new": Entry(("perhaps",))})
    found = sign_off.draft(world.as_(VERA), world.northmeres.id)
    lacks = {each.lack: each.question_ids for each in found.blockers}
    assert lacks[Lack.CORRECTION] == ("employs-new",)
    assert lacks[Lack.EVIDENCE] == ("agreed-scheme",)
    assert "who-allocates" in lacks[Lack.ANSWER]
    assert {"agreed-scheme", "employs-new"}.isdisjoint(lacks[Lack.ANSWER])
    assert [each.sentence for each in found.blockers][1:] == [
        "1 answer needs correcting",
        "1 answer needs evidence at the level chosen",
    ]
    with pytest.raises(NotReadyError, match=r"^It was not sent\. \d+ questions have no answer yet"):
        sign_off.send(world.as_(ALICE), world.northmeres.id, CONSULTATION)
    assert state(world) is State.IN_PROGRESS


def test_what_is_complete_can_be_sent_with_its_consultation(answered: World) -> None:
    assert sign_off.draft(answered.as_(VERA), answered.northmeres.id).blockers == ()
    with pytest.raises(NotReadyError, match="Say how practitioners were consulted"):
        sign_off.send(answered.as_(ALICE), answered.northmeres.id, Consultation(3, "", "None."))
    send(answered)
    assert state(answered) is State.READY
    assert sign_off.draft(answered.as_(VERA), answered.northmeres.id).consultation == CONSULTATION
    assert told(answered) == [("READY_FOR_SIGN_OFF", OLIVE.email)]


def test_a_draft_of_the_consultation_is_kept_until_it_is_sent(answered: World) -> None:
    alice, id_ = answered.as_(ALICE), answered.northmeres.id
    sign_off.save_consultation(alice, id_, Consultation(None, "A forum", ""))
    sign_off.save_consultation(alice, id_, Consultation(None, "A forum", ""))
    assert sign_off.draft(alice, id_).consultation == Consultation(None, "A forum", "")
    kinds = [kind for kind, _, _ in events.of(alice.store, id_)]
    assert kinds.count("consultation saved") == 1
    send(answered)
    with pytest.raises(StepRefusedError, match="was sent already"):
        sign_off.save_consultation(alice, id_, Consultation())


def test_signing_freezes_a_version_with_everything_that_belongs_to_it(answered: World) -> None:
    version = sign(answered, send(answered))
    assert (version.number, version.signed_by, version.signed_role) == (1, OLIVE.name, "Director")
    assert version.fingerprint == fingerprint(version.content)
    assert state(answered) is State.SUBMITTED
    kind, person_id, detail = events.of(answered.as_(None).store, answered.northmeres.id)[-1]
    assert (kind, person_id) == ("signed and submitted", OLIVE.id)
    assert (detail["version"], detail["fingerprint"]) == (1, version.fingerprint)
    said = json.loads(version.content)
    assert said["consultation"] == {
        "practitioners": 40,
        "how": "In four forums.",
        "unions": "The union read the draft.",
    }
    assert said["attestations"][1] == (
        "Practitioners were consulted: 40 took part, in the way described."
    )
    assert said["digest"] == answered.northmeres.digest
    assert said["answers"]["agreed-scheme"]["value"] == ["2"]
    assert said["files"]["agreed-scheme"][0]["name"] == "scheme.txt"
    assert said["scores"]["overall"]["band"] == "Moderate"
    (declined,) = said["plan"]["declined"]
    assert (declined["question"], declined["reason"]) == ("protected-caseloads", plans.REASON)
    assert said["plan"]["actions"] == []
    assert told(answered)[1:] == [("SUBMITTED", ALICE.email)]


def test_a_hidden_answer_is_not_submitted(answered: World) -> None:
    save(answered, "scheme", {"employs-new": Entry(("no",))})
    version = sign(answered, send(answered))
    assert "protected-caseloads" in opened(answered.as_(ALICE), answered.northmeres.id).saved
    assert "protected-caseloads" not in json.loads(version.content)["answers"]


def test_what_changed_since_it_was_read_is_not_signed(answered: World) -> None:
    read = send(answered)
    sign_off.take(answered.as_(ALICE), answered.northmeres.id, Step.TAKE_BACK)
    save(answered, "scheme", {"agreed-scheme": Entry(("3",), evidence="More.")})
    send(answered)
    with pytest.raises(StepRefusedError, match="Something changed after you opened the page"):
        sign(answered, read)
    assert state(answered) is State.READY
    assert versions.of(answered.as_(None).store, answered.northmeres.id) == ()


def test_another_account_of_the_consultation_is_a_change_too(answered: World) -> None:
    read, id_ = send(answered), answered.northmeres.id
    sign_off.take(answered.as_(ALICE), id_, Step.TAKE_BACK)
    sign_off.send(answered.as_(ALICE), id_, replace(CONSULTATION, practitioners=400))
    with pytest.raises(StepRefusedError, match="Something changed"):
        sign(answered, read)


def test_nothing_is_signed_without_every_tick_a_name_and_a_role(answered: World) -> None:
    send(answered)
    olive, id_ = answered.as_(OLIVE), answered.northmeres.id
    with pytest.raises(UnacceptableDetailsError, match="Tick that you will act on the plan"):
        sign_off.sign(olive, id_, ATTESTED[:2], "Olive Officer", "Director")
    with pytest.raises(UnacceptableDetailsError, match="Type your role"):
        sign_off.sign(olive, id_, ATTESTED, "Olive Officer", "")
    assert state(answered) is State.READY


def test_if_any_part_of_signing_fails_none_of_it_is_stored(answered: World) -> None:
    read = send(answered)
    store = answered.as_(None).store
    with store.writing():
        store.run(
            "CREATE TRIGGER full BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'x'); END"
        )
    with pytest.raises(Exception, match="x"):
        sign(answered, read)
    assert state(answered) is State.READY
    assert versions.of(store, answered.northmeres.id) == ()
    assert store.rows("SELECT key FROM report_jobs") == []


def test_declining_says_why_to_the_lead(answered: World) -> None:
    send(answered)
    olive, id_ = answered.as_(OLIVE), answered.northmeres.id
    with pytest.raises(UnacceptableDetailsError, match="Give a reason to decline to sign"):
        sign_off.decline(olive, id_, " ")
    sign_off.decline(olive, id_, "The figures are last year’s.")
    assert state(answered) is State.DECLINED
    assert told(answered)[-1] == ("DECLINED", ALICE.email)
    (text,) = [each for (each,) in olive.store.rows("SELECT text FROM messages") if "last" in each]
    assert "The figures are last year’s." in text
    send(answered)
    assert state(answered) is State.READY


def test_a_recalled_version_stays_but_basw_can_no_longer_read_it(answered: World) -> None:
    sign(answered, send(answered))
    id_, rhona = answered.northmeres.id, answered.as_(RHONA)
    assert submissions.open_version(rhona, id_).version.number == 1
    sign_off.take(answered.as_(ALICE), id_, Step.RECALL, "A figure was wrong.")
    assert state(answered) is State.IN_PROGRESS
    for number in (None, 1):
        with pytest.raises(NotFoundError):
            submissions.open_version(rhona, id_, number)
    assert submissions.open_version(answered.as_(VERA), id_, 1).version.recalled_at is not None
    assert events.of(rhona.store, id_)[-1][2]["version"] == 1
    assert sign(answered, send(answered)).number == 2
    assert submissions.open_version(rhona, id_).version.number == 2


def test_a_step_with_a_page_of_its_own_is_not_taken_here(answered: World) -> None:
    with pytest.raises(StepRefusedError, match="has a page of its own"):
        sign_off.take(answered.as_(ALICE), answered.northmeres.id, Step.SEND)


@pytest.mark.parametrize("person", [BOB, VERA, OLIVE])
def test_only_a_lead_sends(answered: World, person: Person) -> None:
    for act in (sign_off.send, sign_off.save_consultation):
        with pytest.raises(NotAllowedError):
            act(answered.as_(person), answered.northmeres.id, CONSULTATION)


@pytest.mark.parametrize("person", [ALICE, BOB, VERA, RHONA])
def test_only_an_accountable_officer_signs_or_declines(answered: World, person: Person) -> None:
    send(answered)
    ctx, id_ = answered.as_(person), answered.northmeres.id
    with pytest.raises(NotAllowedError):
        sign_off.sign(ctx, id_, ATTESTED, "Somebody", "Somebody")
    with pytest.raises(NotAllowedError):
        sign_off.decline(ctx, id_, "A reason.")


def test_charlie_sees_and_does_nothing(answered: World) -> None:
    store = answered.as_(None).store
    with store.writing():
        roles.give(store, CHARLIE.id, Role.ACCOUNTABLE_OFFICER, answered.southmeres.employer.id)
    send(answered)
    ctx, id_ = answered.as_(CHARLIE), answered.northmeres.id
    for act in (
        lambda: sign_off.draft(ctx, id_),
        lambda: sign_off.save_consultation(ctx, id_, CONSULTATION),
        lambda: sign_off.send(ctx, id_, CONSULTATION),
        lambda: sign_off.sign(ctx, id_, ATTESTED, "Charlie", "Director"),
        lambda: sign_off.decline(ctx, id_, "A reason."),
        lambda: sign_off.take(ctx, id_, Step.TAKE_BACK),
        lambda: sign_off.may_take(ctx, id_, Step.TAKE_BACK),
    ):
        with pytest.raises(NotFoundError):
            act()
    assert state(answered) is State.READY


def test_basw_cannot_read_a_draft(answered: World) -> None:
    with pytest.raises(NotFoundError):
        sign_off.draft(answered.as_(RHONA), answered.northmeres.id)


def test_who_can_sign_is_known_for_many_health_checks_at_once(answered: World) -> None:
    both = [answered.northmeres, answered.southmeres]
    assert sign_off.waiting_for(answered.as_(VERA), both) == {
        "northmere": (OLIVE.name,),
        "southmere": (),
    }


def test_a_lead_who_signs_as_well_is_not_told_of_it(answered: World) -> None:
    store = answered.as_(None).store
    with store.writing():
        accounts.add_person(
            store, replace(BOB, id="bo", email="bo@x.example"), password_hash(), answered.clock()
        )
        roles.give(store, "bo", Role.LEAD, NORTHMERE.id)
        roles.give(store, OLIVE.id, Role.LEAD, NORTHMERE.id)
    sign(answered, send(answered))
    assert [to for kind, to in told(answered) if kind == "SUBMITTED"] == [
        ALICE.email,
        "bo@x.example",
    ]
