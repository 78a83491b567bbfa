"""A review: who may, who has claimed it, its steps, and what each side sees."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.answers import Entry
from healthcheck.core.errors import (
    NotAllowedError,
    NotFoundError,
    NotReadyError,
    NotSignedInError,
    StepRefusedError,
)
from healthcheck.core.permissions import Permission, Role
from healthcheck.core.queue import Wanted
from healthcheck.core.saving import Offered
from healthcheck.core.steps import State
from healthcheck.services import review_steps, review_writing, reviews, submissions
from healthcheck.services.assessments import save_topic, start
from healthcheck.services.attachments import Upload
from healthcheck.services.looked_at import looks
from healthcheck.services.permissions import permitted
from healthcheck.services.queue import queue
from healthcheck.storage import events, roles, versions
from tests import reviewing
from tests.people import ALICE, CHARLIE, NORTHMERE, VERA
from tests.reviewing import ADA, OLIVE, REMI, RHONA, ledger

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from healthcheck.core.assessments import Assessment
    from healthcheck.services.context import Context
    from tests.people import World

    Act = Callable[[Context, str], object]

pytestmark = pytest.mark.slow

ACTS: dict[str, Act] = {
    "review": reviews.review,
    "claim": reviews.claim,
    "release": reviews.release,
    "file": lambda ctx, id_: reviews.submitted_file(ctx, id_, "of-nobody"),
    "start": review_steps.start,
    "send": review_steps.send_requests,
    "accept": review_steps.accept,
    "request": lambda ctx, id_: review_writing.request_change(ctx, id_, "agreed-scheme", "Why?"),
}


def state(world: World) -> State:
    return reviews.review(world.as_(ADA), world.northmeres.id).found.assessment.state


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
@pytest.mark.parametrize("person", [ALICE, VERA, OLIVE, CHARLIE], ids=lambda person: person.id)
def test_a_review_is_not_there_for_an_employers_people(
    world: World, person: Person, act: Act
) -> None:
    reviewing.start(world)
    with pytest.raises(NotFoundError, match="no page here"):
        act(world.as_(person), world.northmeres.id)


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_a_review_is_not_there_for_a_reviewer_who_belongs_to_the_employer(
    world: World, act: Act
) -> None:
    reviewing.start(world)
    ctx = world.as_(VERA)
    with ctx.store.writing():
        roles.give(ctx.store, VERA.id, Role.REVIEWER, None)
        roles.give(ctx.store, VERA.id, Role.ADMINISTRATOR, None)
    with pytest.raises(NotFoundError, match="no health check here"):
        act(ctx, world.northmeres.id)


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_a_review_needs_somebody_signed_in(world: World, act: Act) -> None:
    with pytest.raises(NotSignedInError):
        act(world.as_(None), world.northmeres.id)


@pytest.mark.parametrize("name", sorted(set(ACTS) - {"review", "release", "file"}))
def test_an_administrator_reads_but_does_not_review(world: World, name: str) -> None:
    reviewing.with_basw(world)
    reviewing.submit(world)
    assert reviews.review(world.as_(ADA), world.northmeres.id).submission is not None
    with pytest.raises(NotAllowedError, match="review: comment"):
        ACTS[name](world.as_(ADA), world.northmeres.id)


def test_before_anything_is_submitted_there_is_nothing_to_read(world: World) -> None:
    reviewing.with_basw(world)
    found = reviews.review(world.as_(RHONA), world.northmeres.id)
    assert (found.submission, found.changes, found.may_claim) == (None, (), True)
    with pytest.raises(NotFoundError, match="Nothing has been submitted yet"):
        _ = found.opened
    assert looks(world.as_(ALICE), world.northmeres.id)[1] == ()


def test_starting_the_review_claims_it(world: World) -> None:
    reviewing.start(world)
    found = reviews.review(world.as_(RHONA), world.northmeres.id)
    assert found.found.assessment.state is State.IN_REVIEW
    assert (found.is_mine, found.may_write, found.reviewer) == (
        True,
        True,
        (RHONA.id, RHONA.name),
    )
    other = reviews.review(world.as_(REMI), world.northmeres.id)
    assert (other.is_mine, other.may_write, other.may_claim, other.may_release) == (False,) * 4


def test_of_two_who_claim_at_once_one_wins_and_the_other_is_told_who(world: World) -> None:
    reviewing.with_basw(world)
    both_are_here = threading.Barrier(2)
    told: dict[str, str] = {}

    def claim(person: Person) -> None:
        with world.product.context(person) as ctx:
            both_are_here.wait()
            try:
                reviews.claim(ctx, world.northmeres.id)
            except StepRefusedError as refusal:
                told[person.name] = str(refusal)

    threads = [threading.Thread(target=claim, args=(each,)) for each in (RHONA, REMI)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = reviews.review(world.as_(ADA), world.northmeres.id)
    assert found.reviewer is not None
    ((loser, words),) = told.items()
    assert {loser, found.reviewer[1]} == {RHONA.name, REMI.name}
    assert words.startswith(f"{found.reviewer[1]} has claimed this review.")
    kinds = [kind for kind, *_ in events.of(world.as_(None).store, world.northmeres.id)]
    assert kinds.count("review claimed") == 1


def test_claiming_ones_own_again_changes_nothing(world: World) -> None:
    reviewing.with_basw(world)
    reviews.claim(world.as_(RHONA), world.northmeres.id)
    reviews.claim(world.as_(RHONA), world.northmeres.id)
    kinds = [kind for kind, *_ in events.of(world.as_(None).store, world.northmeres.id)]
    assert kinds.count("review claimed") == 1


@pytest.mark.parametrize("person", [RHONA, ADA], ids=lambda person: person.id)
def test_a_claim_is_released_by_who_made_it_or_an_administrator(
    world: World, person: Person
) -> None:
    reviewing.with_basw(world)
    reviews.claim(world.as_(RHONA), world.northmeres.id)
    with pytest.raises(StepRefusedError, match=r"^Rhona Reviewer has claimed this review"):
        reviews.release(world.as_(REMI), world.northmeres.id)
    assert reviews.review(world.as_(person), world.northmeres.id).may_release
    reviews.release(world.as_(person), world.northmeres.id)
    assert reviews.review(world.as_(person), world.northmeres.id).reviewer is None
    with pytest.raises(StepRefusedError, match=r"^Nobody has claimed this review"):
        reviews.release(world.as_(person), world.northmeres.id)


def test_who_reviewed_what_was_accepted_stays_on_record(world: World) -> None:
    reviewing.start(world)
    review_steps.accept(world.as_(RHONA), world.northmeres.id)
    for person in (RHONA, ADA):
        listed = queue(world.as_(person), "small-check", "2026", Wanted())
        assert not any(listed.may_release(line) for line in listed.lines)
        assert not reviews.review(world.as_(person), world.northmeres.id).may_release
        with pytest.raises(StepRefusedError, match="stays on record"):
            reviews.release(world.as_(person), world.northmeres.id)
    found = reviews.review(world.as_(RHONA), world.northmeres.id)
    assert found.reviewer == (RHONA.id, RHONA.name)


def test_who_has_not_claimed_a_review_cannot_start_it(world: World) -> None:
    reviewing.with_basw(world)
    reviewing.submit(world)
    reviews.claim(world.as_(REMI), world.northmeres.id)
    with pytest.raises(StepRefusedError, match=r"^Remi Reader has claimed this review"):
        review_steps.start(world.as_(RHONA), world.northmeres.id)
    assert state(world) is State.SUBMITTED


def test_an_accepted_review_cannot_be_claimed(world: World) -> None:
    reviewing.start(world)
    review_steps.accept(world.as_(RHONA), world.northmeres.id)
    assert not reviews.review(world.as_(REMI), world.northmeres.id).may_claim
    with pytest.raises(StepRefusedError, match="accepted, so there is nothing to review"):
        reviews.claim(world.as_(REMI), world.northmeres.id)


def test_there_must_be_a_request_to_send(world: World) -> None:
    reviewing.start(world)
    with pytest.raises(NotReadyError, match="no change request to send"):
        review_steps.send_requests(world.as_(RHONA), world.northmeres.id)
    assert state(world) is State.IN_REVIEW


def test_only_who_has_claimed_the_review_takes_its_steps(world: World) -> None:
    reviewing.start(world)
    reviewing.ask(world)
    with pytest.raises(NotReadyError, match=r"^Rhona Reviewer has claimed"):
        review_steps.send_requests(world.as_(REMI), world.northmeres.id)
    reviews.release(world.as_(RHONA), world.northmeres.id)
    with pytest.raises(NotReadyError, match=r"^Nobody has claimed"):
        review_steps.accept(world.as_(RHONA), world.northmeres.id)


def told(world: World, kind: str) -> list[str]:
    rows = world.as_(None).store.rows(
        "SELECT recipient FROM messages WHERE kind = ? ORDER BY recipient", kind
    )
    return [recipient for (recipient,) in rows]


def test_sending_and_accepting_tell_the_lead_and_the_officer(world: World) -> None:
    reviewing.start(world)
    request_id = reviewing.resubmit(world)
    assert told(world, "CHANGES_REQUESTED") == [ALICE.email, OLIVE.email]
    rhona = world.as_(RHONA)
    review_steps.start(rhona, world.northmeres.id)
    review_writing.end_request(rhona, world.northmeres.id, request_id, "met", "Done.")
    assert told(world, "ACCEPTED") == []
    review_steps.accept(rhona, world.northmeres.id)
    assert told(world, "ACCEPTED") == [ALICE.email, OLIVE.email]


def test_a_step_that_cannot_be_taken_is_refused(world: World) -> None:
    reviewing.start(world)
    reviewing.ask_and_send(world)
    for step in (review_steps.start, review_steps.send_requests, review_steps.accept):
        with pytest.raises(StepRefusedError, match="now “Changes requested”"):
            step(world.as_(RHONA), world.northmeres.id)


def test_a_resubmission_shows_what_changed(world: World) -> None:
    reviewing.start(world)
    reviewing.resubmit(world)
    found = reviews.review(world.as_(RHONA), world.northmeres.id)
    assert found.earlier is not None
    assert found.submission is not None
    assert (found.earlier.version.number, found.submission.version.number) == (1, 2)
    (change,) = found.changes
    assert change.question.id == "agreed-scheme"
    assert (change.before.value, change.after.value) == (2, 1)
    assert (change.files_added, change.files_removed) == ((), ())


def test_a_request_that_has_not_ended_holds_acceptance_up(world: World) -> None:
    reviewing.start(world)
    request_id = reviewing.resubmit(world)
    review_steps.start(world.as_(RHONA), world.northmeres.id)
    with pytest.raises(NotReadyError, match=r"^These change requests have not ended: 1\."):
        review_steps.accept(world.as_(RHONA), world.northmeres.id)
    review_writing.end_request(
        world.as_(RHONA), world.northmeres.id, request_id, "met", "It says so now."
    )
    review_steps.accept(world.as_(RHONA), world.northmeres.id)
    assert state(world) is State.ACCEPTED
    assert ledger(world).requests[0].status == "Met"


def test_moderation_changes_the_moderated_score_only(world: World) -> None:
    reviewing.start(world)
    before = reviews.review(world.as_(RHONA), world.northmeres.id)
    review_writing.moderate(
        world.as_(RHONA), world.northmeres.id, "fair-allocation", "0", "Nothing shows it."
    )
    after = reviews.review(world.as_(RHONA), world.northmeres.id)
    assert after.self_assessed == before.self_assessed == before.moderated
    assert (after.self_assessed.score, after.moderated.score) == (67, 33)


def test_a_file_of_the_submission_is_handed_over_and_noted_each_time(world: World) -> None:
    reviewing.start(world)
    found = reviews.review(world.as_(RHONA), world.northmeres.id)
    (file,) = found.opened.journey["agreed-scheme"].answer.attachments
    for _ in range(2):
        held = reviews.submitted_file(world.as_(RHONA), world.northmeres.id, file.id)
        assert held == (file, reviewing.SCHEME.content)
    downloads = [each for each in looks(world.as_(ALICE), world.northmeres.id)[1] if each.what]
    assert [(each.person, each.did, each.version, each.what) for each in downloads] == [
        (RHONA.name, "Downloaded a file", "1", "scheme.txt")
    ] * 2


def test_a_file_that_was_never_submitted_is_not_handed_over(world: World) -> None:
    reviewing.start(world)
    reviewing.ask_and_send(world)
    reviewing.save(world, "scheme", {}, {"agreed-scheme": [Upload("new.txt", b"New")]})
    store = world.as_(None).store
    (live,) = store.rows("SELECT id FROM attachments WHERE name = 'new.txt'")
    with pytest.raises(NotFoundError, match="no such file"):
        reviews.submitted_file(world.as_(RHONA), world.northmeres.id, live[0])


def test_reading_is_noted_once_an_hour_for_each_person_and_version(world: World) -> None:
    reviewing.start(world)
    id_ = world.northmeres.id
    for person in (RHONA, RHONA, REMI, RHONA):
        reviews.review(world.as_(person), id_)
    world.clock.forward(timedelta(minutes=61))
    reviews.review(world.as_(RHONA), id_)
    reviews.review(world.as_(RHONA), id_)
    seen = [(each.person, each.did) for each in looks(world.as_(VERA), id_)[1]]
    read = "Read the submission, for BASW"
    assert seen == [(RHONA.name, read), (REMI.name, read), (RHONA.name, read)]


def test_reading_by_the_employers_own_people_is_not_noted(world: World) -> None:
    reviewing.start(world)
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    version = versions.latest(ctx.store, id_)
    assert version is not None
    submissions.note_read(ctx, permitted(ctx, id_, Permission.READ), version)
    assert looks(ctx, id_)[1] == ()


@pytest.mark.parametrize("person", [RHONA, ADA, CHARLIE], ids=lambda person: person.id)
def test_who_looked_is_for_the_employer(world: World, person: Person) -> None:
    reviewing.start(world)
    with pytest.raises(NotFoundError):
        looks(world.as_(person), world.northmeres.id)


def another_year(world: World, cycle: str, due: date) -> Assessment:
    return start(
        world.as_(None),
        NORTHMERE,
        service="childrens",
        cycle=cycle,
        due=due,
        questionnaire="small-check",
        edition="2026",
    )


def test_last_year_is_what_was_submitted_then_and_reading_it_is_noted(world: World) -> None:
    reviewing.start(world)
    now = another_year(world, "2028", date(2028, 9, 30))
    ctx = world.as_(ALICE)
    for topic, answers in reviewing.ANSWERS.items():
        offered = {name: Offered(entry, 0) for name, entry in answers.items()}
        save_topic(
            ctx,
            now.id,
            topic,
            offered,
            {"agreed-scheme": [reviewing.SCHEME]} if topic == "scheme" else {},
        )
    reviewing.sign(world, now)
    found = reviews.review(world.as_(REMI), now.id)
    assert found.last_year is not None
    assert found.last_year.assessment.cycle == "2026"
    assert found.last_year.journey["agreed-scheme"].value == 2
    noted = [each.person for each in looks(world.as_(ALICE), world.northmeres.id)[1]]
    assert noted == [REMI.name]


def test_what_was_not_submitted_last_year_stays_the_employers_own(world: World) -> None:
    last = another_year(world, "2025", date(2025, 9, 30))
    then = replace(world.as_(ALICE), now=datetime(2025, 9, 30, 12, tzinfo=UTC))
    save_topic(then, last.id, "scheme", {"employs-new": Offered(Entry(("yes",)), 0)}, {})
    reviewing.start(world)
    assert reviews.review(world.as_(RHONA), world.northmeres.id).last_year is None


def test_requests_that_wait_for_an_answer_are_given(world: World) -> None:
    reviewing.start(world)
    assert reviews.unanswered_requests(world.as_(ALICE), world.northmeres.id) == ()
    request_id = reviewing.ask_and_send(world)
    (waiting,) = reviews.unanswered_requests(world.as_(ALICE), world.northmeres.id)
    assert waiting.id == request_id
    with pytest.raises(NotFoundError):
        reviews.unanswered_requests(world.as_(CHARLIE), world.northmeres.id)
