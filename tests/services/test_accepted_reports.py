"""The accepted report: both scores and the whole ledger, made once and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import NotFoundError, ReportFailedError
from healthcheck.core.reviews import RemarkKind
from healthcheck.services import accepted_reports, review_steps, reviews
from healthcheck.services.looked_at import looks
from healthcheck.services.reports import ask_for_report
from healthcheck.services.review_writing import end_request, moderate, remark
from healthcheck.storage import reports as jobs
from tests import reviewing
from tests.people import ALICE, CHARLIE, VERA
from tests.reviewing import RHONA

if TYPE_CHECKING:
    from tests.people import World

pytestmark = pytest.mark.slow

SECRET = "The union says otherwise."


def accept(world: World) -> None:
    """Take Northmere's through a whole review, with something of everything written."""
    reviewing.start(world)
    rhona, id_ = world.as_(RHONA), world.northmeres.id
    for kind, text in (
        (RemarkKind.COMMENT, "Well argued."),
        (RemarkKind.GOOD_PRACTICE, "A joint forum."),
        (RemarkKind.PRIVATE_NOTE, SECRET),
    ):
        remark(rhona, id_, "agreed-scheme", kind, text)
    moderate(rhona, id_, "fair-allocation", "0", "Nothing shows it.")
    request_id = reviewing.resubmit(world)
    review_steps.start(rhona, id_)
    end_request(rhona, id_, request_id, "partly met", "It is half there.")
    review_steps.accept(rhona, id_)


def test_the_report_says_both_scores_and_the_whole_ledger(world: World) -> None:
    accept(world)
    review = reviews.review(world.as_(RHONA), world.northmeres.id)
    report, basws = accepted_reports.accepted_report(world.as_(RHONA), review)
    assert report.cover.status == "Signed off by the employer and accepted by BASW"
    assert basws.accepted == "Rhona Reviewer, 2 March 2026"
    assert [(each.title, each.own, each.moderated) for each in basws.scores] == [
        ("Overall", "56 out of 100, Moderate", "22 out of 100, Low"),
        ("Workload", "56 out of 100, Moderate", "22 out of 100, Low"),
        ("The right tools", "No score", "No score"),
    ]
    (asked,) = basws.written.requests
    assert (asked.answer, asked.outcome, asked.note) == (
        ("We lowered the rating.",),
        "Partly met",
        ("It is half there.",),
    )
    assert [each.reason for each in basws.written.ratings] == [("Nothing shows it.",)]
    assert basws.written.private_notes == ()


def test_the_page_it_is_made_from_has_no_private_note(world: World) -> None:
    accept(world)
    (page,) = world.as_(None).store.rows("SELECT html FROM report_jobs WHERE key LIKE 'accepted-%'")
    assert "It is half there." in page[0]
    assert "A joint forum." in page[0]
    assert SECRET not in page[0]


def test_it_is_made_and_handed_to_both_sides_and_each_download_is_noted(world: World) -> None:
    accept(world)
    reviewing.render_accepted(world)
    for person in (VERA, RHONA):
        found, job = accepted_reports.progress(world.as_(person), world.northmeres.id)
        assert (found.assessment.id, job.state) == (world.northmeres.id, "ready")
        _, pdf = accepted_reports.download(world.as_(person), world.northmeres.id)
        assert pdf.startswith(b"%PDF-")
        assert pdf == accepted_reports.pdf(world.as_(person), world.northmeres.id)
    did = looks(world.as_(ALICE), world.northmeres.id)[1]
    assert [(each.person, each.version) for each in did if "accepted" in each.did] == [
        (RHONA.name, "2"),
        (VERA.name, "2"),
    ]


def test_it_is_not_there_before_it_is_made_nor_for_others(world: World) -> None:
    reviewing.start(world)
    alice, id_ = world.as_(ALICE), world.northmeres.id
    with pytest.raises(NotFoundError, match="not been accepted yet"):
        accepted_reports.progress(alice, id_)
    assert accepted_reports.pdf(alice, id_) is None
    review_steps.accept(world.as_(RHONA), id_)
    with pytest.raises(NotFoundError, match="not ready yet"):
        accepted_reports.download(alice, id_)
    with pytest.raises(NotFoundError, match="no health check here"):
        accepted_reports.progress(world.as_(CHARLIE), id_)


def test_it_stays_when_other_reports_are_forgotten(world: World) -> None:
    accept(world)
    store, id_ = world.as_(None).store, world.northmeres.id
    kept = jobs.newest(store, id_, accepted_reports.PREFIX)
    assert kept is not None
    with store.writing():
        jobs.finish(store, kept.key, b"%PDF-1.7")
        for number in range(12):
            jobs.add(store, f"report-{number}", id_, "", person_id=ALICE.id, now=world.clock.now)
            jobs.finish(store, f"report-{number}", b"%PDF-1.7")
            jobs.forget_old(store, id_, 5)
    ask_for_report(world.as_(ALICE), id_)
    assert accepted_reports.pdf(world.as_(ALICE), id_) == b"%PDF-1.7"


def test_one_that_failed_can_be_asked_for_again(world: World) -> None:
    accept(world)
    alice, id_ = world.as_(ALICE), world.northmeres.id
    _, job = accepted_reports.progress(alice, id_)
    with alice.store.writing():
        jobs.fail(alice.store, job.key, "It could not be made.")
    with pytest.raises(ReportFailedError, match="could not be made"):
        accepted_reports.download(alice, id_)
    accepted_reports.ask_again(alice, id_)
    assert accepted_reports.progress(alice, id_)[1].state == "waiting"
    accepted_reports.ask_again(alice, id_)
    assert accepted_reports.progress(alice, id_)[1].key == job.key


def test_there_is_no_accepted_report_of_nothing(world: World) -> None:
    reviewing.with_basw(world)
    review = reviews.review(world.as_(RHONA), world.northmeres.id)
    with pytest.raises(NotFoundError, match="Nothing has been submitted"):
        accepted_reports.accepted_report(world.as_(RHONA), review)


def test_a_report_that_nobody_asked_for_is_made_when_somebody_does(world: World) -> None:
    accept(world)
    alice, id_ = world.as_(ALICE), world.northmeres.id
    with alice.store.writing():
        alice.store.run("DELETE FROM report_jobs")
    assert accepted_reports.progress(alice, id_)[1].state == jobs.NOT_ASKED
    accepted_reports.ask_again(alice, id_)
    assert accepted_reports.progress(alice, id_)[1].state == "waiting"
