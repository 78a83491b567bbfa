"""Publishing: what anybody can read, what nobody can, and what is left when it is taken down."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import (
    NotAllowedError,
    NotFoundError,
    NotSignedInError,
    StepRefusedError,
    TakenDownError,
    UnacceptableDetailsError,
)
from healthcheck.core.steps import State, Step
from healthcheck.services import publications, review_steps, sign_off, status
from healthcheck.services.rendering import render_next
from healthcheck.services.reports import ask_for_report
from healthcheck.services.review_writing import end_request, moderate
from healthcheck.services.verifying import by_pdf
from healthcheck.storage import events
from healthcheck.storage import reports as jobs
from tests import reviewing
from tests.people import ALICE, BOB, CHARLIE, VERA
from tests.reviewing import ADA, OLIVE, RHONA

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.services.context import Context
    from tests.people import World

pytestmark = pytest.mark.slow

PRIVATE = ("scheme.txt", "Alice", "Olive", "Rhona", "Nothing shows it.", "half there", "Attach it")
TYPED = ("We agreed the new scheme", "Everybody works from home", "Our offices", "four forums")


@pytest.fixture
def accepted(world: World) -> World:
    """Northmere's health check through a whole review, with a rating moderated."""
    reviewing.start(world)
    rhona, id_ = world.as_(RHONA), world.northmeres.id
    moderate(rhona, id_, "fair-allocation", "0", "Nothing shows it.")
    request_id = reviewing.resubmit(world)
    review_steps.start(rhona, id_)
    end_request(rhona, id_, request_id, "partly met", "It is half there.")
    review_steps.accept(rhona, id_)
    return world


def published(world: World, *, own_words: bool = False) -> str:
    made = publications.publish(world.as_(ALICE), world.northmeres.id, own_words=own_words)
    return made.address


def test_anybody_can_read_what_was_published(accepted: World) -> None:
    address = published(accepted)
    assert address.startswith("northmere-council-childrens-2026-")
    shown = publications.read(accepted.as_(None), address)
    assert shown.report.cover.employer == "Northmere Council"
    assert shown.report.cover.status == "Signed off by the employer and accepted by BASW"
    assert [(each.title, each.own, each.moderated) for each in shown.reviewed.scores] == [
        ("Overall", "56 out of 100, Moderate", "22 out of 100, Low"),
        ("Workload", "56 out of 100, Moderate", "22 out of 100, Low"),
        ("The right tools", "No score", "No score"),
    ]
    assert shown.publication.version == 2
    assert not shown.has_pdf


def test_no_file_name_or_free_text_is_in_it(accepted: World) -> None:
    shown = repr(publications.read(accepted.as_(None), published(accepted)))
    assert [each for each in (*PRIVATE, *TYPED) if each in shown] == []


def test_with_own_words_what_was_typed_is_in_it_and_files_and_names_are_not(
    accepted: World,
) -> None:
    shown = repr(publications.read(accepted.as_(None), published(accepted, own_words=True)))
    assert [each for each in TYPED if each not in shown] == []
    assert [each for each in PRIVATE if each in shown] == []


def test_the_pdf_is_made_from_the_same(accepted: World) -> None:
    ctx = accepted.as_(None)
    with ctx.store.writing():
        ctx.store.run("DELETE FROM report_jobs")
    address = published(accepted)
    (page,) = ctx.store.rows("SELECT html FROM report_jobs")[0]
    assert [each for each in (*PRIVATE, *TYPED) if each in page] == []
    for absent in ("Evidence list", "The review by BASW", "Evidence is missing", "asked for no"):
        assert absent not in page
    assert "Self-assessed and moderated scores" in page
    with pytest.raises(NotFoundError, match="This PDF is not ready"):
        publications.pdf(ctx, address)
    assert render_next(ctx)
    made = publications.pdf(ctx, address)
    assert made.startswith(b"%PDF-")
    verified = by_pdf(ctx, sha256(made).hexdigest())
    assert verified is not None
    assert verified.publication is not None
    assert (verified.number, verified.publication.address) == (2, address)
    assert publications.read(ctx, address).has_pdf


def test_the_pdf_stays_when_other_reports_are_forgotten(accepted: World) -> None:
    address = published(accepted)
    ctx, id_ = accepted.as_(ALICE), accepted.northmeres.id
    with ctx.store.writing():
        jobs.finish(ctx.store, f"published-{address}", b"%PDF-1.7")
        jobs.forget_old(ctx.store, id_, 0)
    ask_for_report(ctx, id_)
    assert publications.pdf(ctx, address) == b"%PDF-1.7"


def test_a_pdf_that_failed_is_made_again_and_no_other(accepted: World) -> None:
    address = published(accepted)
    ctx, key = accepted.as_(OLIVE), f"published-{address}"
    publications.make_pdf_again(ctx, accepted.northmeres.id)
    with ctx.store.writing():
        jobs.fail(ctx.store, key, "It failed.")
    assert publications.place(ctx, accepted.northmeres.id).job == jobs.find(ctx.store, key)
    publications.make_pdf_again(ctx, accepted.northmeres.id)
    job = jobs.find(ctx.store, key)
    assert job is not None
    assert job.state == "waiting"


def test_the_status_page_links_to_it(accepted: World) -> None:
    address = published(accepted)
    (northmere, southmere) = status.status(accepted.as_(None), "small-check", "2026").lines
    assert northmere.statuses["childrens"].address == address
    assert southmere.statuses["childrens"].address is None


def test_it_stays_as_it_was_when_the_health_check_is_reopened(accepted: World) -> None:
    address = published(accepted)
    before = publications.read(accepted.as_(None), address)
    accepted.clock.forward(timedelta(days=1))
    sign_off.take(accepted.as_(ADA), accepted.northmeres.id, Step.REOPEN, "A figure was wrong.")
    ctx = accepted.as_(None)
    with ctx.store.writing():
        ctx.store.run(
            "INSERT INTO moderations (assessment_id, version, question_id, level, reason,"
            " moderated_by, moderated_at, sent_at)"
            " SELECT assessment_id, version, question_id, 3, 'Later.', moderated_by,"
            " '2026-03-03T10:30:00.000000+00:00', '2026-03-03T10:30:00.000000+00:00'"
            " FROM moderations LIMIT 1"
        )
    assert publications.read(accepted.as_(None), address) == before


def test_it_is_taken_down_with_a_reason_and_its_address_says_so(accepted: World) -> None:
    address = published(accepted)
    publications.take_down(accepted.as_(OLIVE), accepted.northmeres.id, " A mistake. ")
    for read in (publications.read, publications.pdf):
        with pytest.raises(TakenDownError, match="took this report down on 2 March 2026"):
            read(accepted.as_(None), address)
    place = publications.place(accepted.as_(ALICE), accepted.northmeres.id)
    assert place.standing is None
    assert [(each.address, each.reason) for each in place.earlier] == [(address, "A mistake.")]
    assert published(accepted) != address
    told = [
        (kind, person)
        for kind, person, _ in events.of(accepted.as_(None).store, accepted.northmeres.id)
        if kind.startswith("report ")
    ]
    assert told == [
        ("report published", ALICE.id),
        ("report taken down", OLIVE.id),
        ("report published", ALICE.id),
    ]


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001])
def test_a_reason_is_needed_and_has_a_limit(accepted: World, reason: str) -> None:
    address = published(accepted)
    with pytest.raises(UnacceptableDetailsError, match="reason"):
        publications.take_down(accepted.as_(ALICE), accepted.northmeres.id, reason)
    assert publications.read(accepted.as_(None), address).publication.stands


def test_what_is_public_cannot_be_published_again_nor_what_is_not_be_taken_down(
    accepted: World,
) -> None:
    alice, id_ = accepted.as_(ALICE), accepted.northmeres.id
    with pytest.raises(StepRefusedError, match="Nothing is public here"):
        publications.take_down(alice, id_, "Why not.")
    published(accepted)
    for again in (publications.publish, publications.preview):
        with pytest.raises(StepRefusedError, match="The report is public already"):
            again(alice, id_, own_words=False)


def test_only_what_is_accepted_can_be_published(world: World) -> None:
    reviewing.start(world)
    alice, id_ = world.as_(ALICE), world.northmeres.id
    assert not publications.place(alice, id_).may_publish
    assert not publications.may_publish(alice, world.northmeres)
    with pytest.raises(StepRefusedError, match="This health check is now “In review”"):
        publications.publish(alice, id_, own_words=False)


def test_a_preview_shows_what_would_be_public_and_changes_nothing(accepted: World) -> None:
    alice, id_ = accepted.as_(ALICE), accepted.northmeres.id
    shown = publications.preview(alice, id_, own_words=False)
    assert publications.place(alice, id_).standing is None
    assert publications.read(alice, published(accepted)).report == shown.report


def test_an_address_that_never_was_is_not_found(world: World) -> None:
    for read in (publications.read, publications.pdf):
        with pytest.raises(NotFoundError, match="There is no page at this address"):
            read(world.as_(None), "nothing")


ACTIONS: dict[str, Callable[[Context, str], object]] = {
    "place": publications.place,
    "publish": lambda ctx, id_: publications.publish(ctx, id_, own_words=True),
    "preview": lambda ctx, id_: publications.preview(ctx, id_, own_words=True),
    "take down": lambda ctx, id_: publications.take_down(ctx, id_, "Why not."),
    "pdf again": publications.make_pdf_again,
}


@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS.keys())
def test_only_the_employers_lead_and_officer_publish(
    accepted: World, action: Callable[[Context, str], object]
) -> None:
    id_ = accepted.northmeres.id
    with pytest.raises(NotSignedInError):
        action(accepted.as_(None), id_)
    with pytest.raises(NotFoundError):
        action(accepted.as_(CHARLIE), id_)
    for person in (BOB, VERA, RHONA, ADA):
        with pytest.raises(NotAllowedError, match="cannot publish the accepted report"):
            action(accepted.as_(person), id_)


def test_who_may_publish_is_offered_it(accepted: World) -> None:
    found = publications.place(accepted.as_(ALICE), accepted.northmeres.id).found.assessment
    assert found.state is State.ACCEPTED
    offered = [
        person
        for person in (ALICE, OLIVE, BOB, VERA, CHARLIE)
        if publications.may_publish(accepted.as_(person), found)
    ]
    assert offered == [ALICE, OLIVE]
