from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.answers import Entry
from healthcheck.core.carrying import Carried, Wording
from healthcheck.core.errors import NotAllowedError, NotFoundError, NotReadyError
from healthcheck.core.permissions import Permission
from healthcheck.core.steps import State
from healthcheck.services import requests
from healthcheck.services.assessments import opened, save_topic
from healthcheck.services.attachments import remove_attachment
from healthcheck.services.carrying import carry_on, unsettled
from healthcheck.services.last_year import last_year
from healthcheck.services.permissions import permitted
from healthcheck.services.readiness import Lack, drafted
from healthcheck.storage import assessments as stored
from healthcheck.storage import carried, events
from tests import next_year, reviewing
from tests.people import ALICE, BOB, CHARLIE, SOUTHMERE, VERA, offer

if TYPE_CHECKING:
    from healthcheck.core.assessments import Assessment
    from healthcheck.core.saving import Offered
    from healthcheck.services.assessments import SaveOutcome
    from tests.people import World


@pytest.fixture(name="new")
def begun(world: World) -> Assessment:
    """Northmere's health check of 2027, after most of that of 2026 was answered."""
    return next_year.answer_and_begin(world)


def confirm(
    world: World, new: Assessment, topic: str, *question_ids: str, **typed: Offered
) -> SaveOutcome:
    offered = {name.replace("_", "-"): each for name, each in typed.items()}
    return save_topic(world.as_(BOB), new.id, topic, offered, {}, confirm=question_ids)


def carried_level(world: World, new: Assessment) -> tuple[str, ...]:
    last = opened(world.as_(ALICE), new.id).last
    assert last is not None
    return last.carried["agreed-scheme"].entry.value


def test_answers_are_offered_and_none_is_copied(world: World, new: Assessment) -> None:
    found = opened(world.as_(ALICE), new.id)
    assert found.saved == {}
    assert found.attachments == {}
    assert found.last is not None
    assert (found.last.assessment_id, found.last.cycle) == (world.northmeres.id, "2026")
    assert found.last.questionnaire.edition == "2026"
    assert {name: each.wording.value for name, each in found.last.carried.items()} == {
        "agreed-scheme": "same",
        "employs-new": "same",
        "who-allocates": "same",
        "fair-allocation": "reworded",
        "quiet-room": "same",
        "remarks": "same",
        "vacancies": "same",
    }


def test_what_is_offered_is_the_entry_with_its_files(world: World, new: Assessment) -> None:
    then = opened(world.as_(ALICE), world.northmeres.id)
    last = opened(world.as_(ALICE), new.id).last
    assert last is not None
    assert last.carried["agreed-scheme"] == Carried(
        "agreed-scheme",
        "agreed-scheme",
        Wording.SAME,
        Entry(("2",), evidence="The scheme is on the intranet."),
        then.attachments["agreed-scheme"],
    )
    assert last.carried["quiet-room"].from_question_id == "quiet-space"


def test_a_first_health_check_is_offered_nothing(world: World) -> None:
    assert opened(world.as_(ALICE), world.northmeres.id).last is None
    assert unsettled(world.as_(ALICE), world.northmeres.id) == ()
    assert opened(world.as_(CHARLIE), next_year.begin(world, SOUTHMERE).id).last is None


def test_what_waits_to_be_confirmed_is_neither_reworded_nor_optional(
    world: World, new: Assessment
) -> None:
    expected = ("agreed-scheme", "employs-new", "who-allocates", "quiet-room", "vacancies")
    assert unsettled(world.as_(VERA), new.id) == expected
    with pytest.raises(NotFoundError):
        unsettled(world.as_(CHARLIE), new.id)


def test_one_click_saves_the_entry_with_history_files_and_event(
    world: World, new: Assessment
) -> None:
    outcome = confirm(world, new, "scheme", "agreed-scheme")
    saved = outcome.opened.saved["agreed-scheme"]
    assert (saved.entry.value, saved.revision, saved.saved_by) == (("2",), 1, BOB.name)
    assert saved.entry.evidence == "The scheme is on the intranet."
    (file,) = outcome.opened.attachments["agreed-scheme"]
    (then,) = opened(world.as_(ALICE), world.northmeres.id).attachments["agreed-scheme"]
    assert (file.name, file.sha256) == (then.name, then.sha256)
    assert file.id != then.id
    assert outcome.opened.assessment.state is State.IN_PROGRESS
    assert outcome.opened == opened(world.as_(BOB), new.id)
    store = world.as_(BOB).store
    assert stored.entry_at(store, new.id, "agreed-scheme", 1) == saved.entry
    assert carried.settled(store, new.id) == {"agreed-scheme"}
    assert events.of(store, new.id)[1] == (
        "answers confirmed", BOB.id, {"answers": ["agreed-scheme"], "cycle": "2026"},
    )  # fmt: skip
    assert "agreed-scheme" not in unsettled(world.as_(BOB), new.id)


def test_confirming_twice_writes_nothing_more(world: World, new: Assessment) -> None:
    first = confirm(world, new, "scheme", "agreed-scheme", agreed_scheme=offer())
    written = world.as_(BOB).store.row("SELECT count(*) FROM events")
    again = confirm(world, new, "scheme", "agreed-scheme", agreed_scheme=offer())
    assert again.opened == first.opened
    assert world.as_(BOB).store.row("SELECT count(*) FROM events") == written


def test_a_whole_page_is_confirmed_with_what_was_typed_on_it(world: World, new: Assessment) -> None:
    outcome = confirm(
        world,
        new,
        "equipment",
        "quiet-room",
        "remarks",
        quiet_room=offer(evidence="New chairs."),
        remarks=offer(""),
        shared_equipment=offer("yes"),
    )
    entries = {name: saved.entry for name, saved in outcome.opened.saved.items()}
    assert entries == {
        "quiet-room": Entry(("3",), evidence="New chairs."),
        "remarks": Entry(("All well.",)),
        "shared-equipment": Entry(("yes",)),
    }


def test_an_answer_typed_instead_wins_and_is_no_confirmation(world: World, new: Assessment) -> None:
    outcome = confirm(world, new, "equipment", "quiet-room", quiet_room=offer("1"))
    assert outcome.opened.saved["quiet-room"].entry == Entry(("1",))
    assert carried.settled(world.as_(BOB).store, new.id) == frozenset()


def test_not_applicable_is_confirmed_with_its_reason(world: World, new: Assessment) -> None:
    outcome = confirm(world, new, "allocation", "who-allocates")
    answer = outcome.opened.journey["who-allocates"].answer
    assert answer.not_applicable == "We have one team."


def test_an_answer_saved_by_hand_is_settled(world: World, new: Assessment) -> None:
    save_topic(world.as_(BOB), new.id, "posts", {"vacancies": offer("12")}, {})
    assert "vacancies" not in unsettled(world.as_(BOB), new.id)


def test_a_colleagues_answer_meanwhile_is_a_clash(world: World, new: Assessment) -> None:
    save_topic(world.as_(ALICE), new.id, "posts", {"vacancies": offer("12")}, {})
    save_topic(world.as_(ALICE), new.id, "posts", {"vacancies": offer("", based_on=1)}, {})
    save_topic(world.as_(ALICE), new.id, "posts", {"vacancies": offer("13", based_on=2)}, {})
    typed = offer("", evidence="Mine.", based_on=0)
    outcome = confirm(world, new, "posts", "vacancies", vacancies=typed)
    assert [clash.question_id for clash in outcome.clashes] == ["vacancies"]
    assert outcome.opened.saved["vacancies"].entry == Entry(("13",))
    assert carried.settled(world.as_(BOB).store, new.id) == frozenset()


@pytest.mark.parametrize(
    ("topic", "question", "refusal"),
    [
        ("allocation", "fair-allocation", NotReadyError),
        ("posts", "in-post", NotFoundError),
        ("equipment", "shared-equipment", NotFoundError),
        ("posts", "agreed-scheme", NotFoundError),
    ],
)
def test_only_what_is_worded_the_same_can_be_confirmed(
    world: World, new: Assessment, topic: str, question: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        confirm(world, new, topic, question)
    assert opened(world.as_(ALICE), new.id).assessment.revision == 0


def test_who_may_not_answer_may_not_confirm(world: World, new: Assessment) -> None:
    for person, refusal in ((VERA, NotAllowedError), (CHARLIE, NotFoundError)):
        with pytest.raises(refusal):
            save_topic(world.as_(person), new.id, "posts", {}, {}, confirm=["vacancies"])


def test_a_file_that_does_not_fit_any_more_is_refused_and_the_answer_kept(
    world: World, new: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("healthcheck.services.attachments.MOST_IN_AN_ASSESSMENT", 5)
    outcome = confirm(world, new, "scheme", "agreed-scheme")
    assert outcome.opened.saved["agreed-scheme"].entry.value == ("2",)
    assert list(outcome.refused_files) == ["agreed-scheme"]
    assert "agreed-scheme" not in outcome.opened.attachments


def test_last_years_file_carries_though_it_was_removed_there_since(
    world: World, new: Assessment
) -> None:
    ctx = world.as_(ALICE)
    (then,) = opened(ctx, world.northmeres.id).attachments["agreed-scheme"]
    remove_attachment(ctx, world.northmeres.id, then.id)
    outcome = confirm(world, new, "scheme", "agreed-scheme")
    assert [each.name for each in outcome.opened.attachments["agreed-scheme"]] == ["scheme.txt"]


def test_a_later_submission_is_offered_in_place_of_what_was_not_confirmed(
    world: World, new: Assessment
) -> None:
    confirm(world, new, "scheme", "agreed-scheme", "employs-new")
    changes = {"agreed-scheme": offer("0", based_on=1), "employs-new": offer("yes", based_on=1)}
    save_topic(world.as_(ALICE), world.northmeres.id, "scheme", changes, {})
    save_topic(
        world.as_(ALICE), world.northmeres.id, "posts", {"vacancies": offer("4", based_on=1)}, {}
    )
    ctx = world.as_(ALICE)
    before = opened(ctx, new.id).assessment.revision
    with ctx.store.writing():
        carry_on(ctx, world.northmeres)
    found = opened(ctx, new.id)
    assert found.last is not None
    assert found.last.carried["vacancies"].entry == Entry(("4",))
    assert found.last.carried["agreed-scheme"].entry.value == ("2",)
    assert found.assessment.revision == before + 1


def test_there_may_be_no_later_health_check(world: World) -> None:
    ctx = world.as_(ALICE)
    with ctx.store.writing():
        carry_on(ctx, world.northmeres)
    assert opened(ctx, world.northmeres.id).assessment.revision == 0


def test_what_was_submitted_is_carried_not_what_was_changed_since(world: World) -> None:
    reviewing.start(world)
    request_id = reviewing.ask_and_send(world)
    reviewing.save(world, "scheme", {"agreed-scheme": Entry(("1",))})
    alice, new = world.as_(ALICE), next_year.begin(world)
    assert carried_level(world, new) == ("2",)
    requests.answer(alice, world.northmeres.id, request_id, "We lowered the rating.")
    reviewing.sign(world)
    assert carried_level(world, new) == ("1",)
    then = last_year(alice, new)
    assert then is not None
    assert then.journey["agreed-scheme"].value == 1


def test_what_waits_blocks_sending(world: World, new: Assessment) -> None:
    ctx = world.as_(ALICE)
    found = permitted(ctx, new.id, Permission.READ)
    lacks = {each.lack: each.question_ids for each in drafted(ctx, found).blockers}
    assert lacks[Lack.LAST_YEAR] == unsettled(ctx, new.id)
    assert set(lacks[Lack.ANSWER]).isdisjoint(lacks[Lack.LAST_YEAR])
    assert "fair-allocation" in lacks[Lack.ANSWER]
