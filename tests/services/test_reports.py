from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import BusyError, NotFoundError, ReportFailedError
from healthcheck.services import reports
from healthcheck.services.assessments import opened, save_topic
from healthcheck.services.attachments import Upload, remove_attachment
from healthcheck.services.reports import ask_for_report, report_job, report_pdf, results
from healthcheck.storage import events
from healthcheck.storage import reports as stored
from healthcheck.storage.reports import ReportJob
from tests.people import ALICE, BOB, CHARLIE, VERA, offer

if TYPE_CHECKING:
    from healthcheck.services.context import Context
    from tests.people import World

PDF = b"%PDF-1.7 not a real one"


def answer(ctx: Context, id_: str, level: str = "2", based_on: int = 0) -> None:
    offered = {"agreed-scheme": offer(level, based_on=based_on, evidence="<b>The scheme</b>")}
    save_topic(ctx, id_, "scheme", offered, {})


def finish(ctx: Context, job: ReportJob) -> None:
    with ctx.store.writing():
        stored.finish(ctx.store, job.key, PDF)


def page(ctx: Context, job: ReportJob) -> str:
    row = ctx.store.row("SELECT html FROM report_jobs WHERE key = ?", job.key)
    assert row is not None
    return str(row[0])


def test_results_are_those_of_the_answers_in_the_words_of_the_assessment(world: World) -> None:
    ctx = world.as_(VERA)
    answer(world.as_(ALICE), world.northmeres.id)
    report = results(opened(ctx, world.northmeres.id))
    assert report.cover.employer == "Northmere Council"
    assert report.cover.reference == world.northmeres.reference
    assert report.cover.is_draft
    assert report.cover.date_iso == "2026-03-02"
    assert report.summary.score.number == 67


def test_a_report_is_dated_by_the_day_in_the_united_kingdom(world: World) -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    answer(replace(world.as_(ALICE), now=late), world.northmeres.id)
    assert results(opened(world.as_(ALICE), world.northmeres.id)).cover.date_iso == "2026-07-01"


def test_a_report_asked_for_waits_with_its_page_drawn_already(world: World) -> None:
    ctx, id_ = world.as_(VERA), world.northmeres.id
    answer(world.as_(ALICE), id_)
    job = ask_for_report(ctx, id_)
    assert job == ReportJob(job.key, id_, "waiting", position=1)
    assert report_job(ctx, id_, job.key) == job
    assert "&lt;b&gt;The scheme&lt;/b&gt;" in page(ctx, job)
    assert events.of(ctx.store, id_)[-1] == ("report asked for", VERA.id, {"revision": 1})


def test_asking_again_for_the_same_answers_finds_the_same_report(world: World) -> None:
    id_ = world.northmeres.id
    first = ask_for_report(world.as_(ALICE), id_)
    finish(world.as_(ALICE), first)
    changes = world.as_(BOB)
    before = changes.store.connection.total_changes
    second = ask_for_report(changes, id_)
    assert second == ReportJob(first.key, id_, "ready")
    assert report_pdf(changes, id_, second.key) == PDF
    assert changes.store.connection.total_changes == before


def test_anything_that_the_report_would_show_differently_makes_another_one(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    keys = [ask_for_report(ctx, id_).key]
    answer(ctx, id_)
    keys.append(ask_for_report(ctx, id_).key)
    outcome = save_topic(ctx, id_, "scheme", {}, {"agreed-scheme": [Upload("notes.txt", b"words")]})
    keys.append(ask_for_report(ctx, id_).key)
    remove_attachment(ctx, id_, outcome.opened.attachments["agreed-scheme"][0].id)
    keys.append(ask_for_report(ctx, id_).key)
    keys.append(ask_for_report(replace(ctx, report_version="new templates"), id_).key)
    keys.append(ask_for_report(world.as_(CHARLIE), world.southmeres.id).key)
    assert len(set(keys)) == len(keys)


def test_reports_wait_in_the_order_they_were_asked_for(world: World) -> None:
    first = ask_for_report(world.as_(ALICE), world.northmeres.id)
    second = ask_for_report(world.as_(CHARLIE), world.southmeres.id)
    assert (first.position, second.position) == (1, 2)
    finish(world.as_(ALICE), first)
    assert report_job(world.as_(CHARLIE), world.southmeres.id, second.key).position == 1


def test_a_report_that_is_not_ready_cannot_be_downloaded_yet(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    job = ask_for_report(ctx, id_)
    with pytest.raises(NotFoundError, match="not ready yet"):
        report_pdf(ctx, id_, job.key)


def test_a_failed_report_says_why_and_waits_anew_when_asked_for_again(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    job = ask_for_report(ctx, id_)
    with ctx.store.writing():
        stored.fail(ctx.store, job.key, "It took too long.")
    assert report_job(ctx, id_, job.key) == replace(
        job, state="failed", position=0, problem="It took too long."
    )
    with pytest.raises(ReportFailedError, match="It took too long"):
        report_pdf(ctx, id_, job.key)
    assert ask_for_report(ctx, id_) == job
    assert "Northmere Council" in page(ctx, job)


def test_another_employers_report_cannot_be_had_by_its_key(world: World) -> None:
    job = ask_for_report(world.as_(ALICE), world.northmeres.id)
    finish(world.as_(ALICE), job)
    charlie = world.as_(CHARLIE)
    for id_ in (world.northmeres.id, world.southmeres.id):
        for act in (report_job, report_pdf):
            with pytest.raises(NotFoundError):
                act(charlie, id_, job.key)


def test_a_workbook_is_blank_and_not_made_again_when_answers_change(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    answer(ctx, id_)
    job = reports.ask_for_workbook(ctx, id_)
    assert "&lt;b&gt;The scheme" not in page(ctx, job)
    assert "Small check" in page(ctx, job)
    finish(ctx, job)
    answer(ctx, id_, "1", based_on=1)
    assert reports.ask_for_workbook(ctx, id_) == report_job(ctx, id_, job.key)
    asked = [event for event in events.of(ctx.store, id_) if event[0] == "workbook asked for"]
    assert asked == [("workbook asked for", ALICE.id, {"revision": 1})]


def test_a_key_tells_a_report_from_a_workbook(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    assert reports.is_report(ask_for_report(ctx, id_).key)
    assert not reports.is_report(reports.ask_for_workbook(ctx, id_).key)


def test_a_key_that_never_was_is_not_found(world: World) -> None:
    with pytest.raises(NotFoundError, match="Ask for it again"):
        report_job(world.as_(ALICE), world.northmeres.id, "no-such-key")


def test_the_renderer_is_woken_while_there_is_something_for_it_to_do(world: World) -> None:
    woken: list[str] = []
    ctx = replace(world.as_(ALICE), wake_renderer=lambda: woken.append("woken"))
    job = ask_for_report(ctx, world.northmeres.id)
    asked = len(woken)
    report_job(ctx, world.northmeres.id, job.key)
    watched = len(woken)
    finish(ctx, job)
    report_job(ctx, world.northmeres.id, job.key)
    ask_for_report(ctx, world.northmeres.id)
    assert asked > 0
    assert (watched, len(woken)) == (asked + 1, asked + 1)


def test_only_the_newest_reports_of_an_assessment_are_kept(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    southmeres = ask_for_report(world.as_(CHARLIE), world.southmeres.id)
    finish(ctx, southmeres)
    jobs = []
    for revision in range(reports.JOBS_KEPT + 2):
        answer(ctx, id_, level=str(revision % 2), based_on=revision)
        jobs.append(ask_for_report(ctx, id_))
        finish(ctx, jobs[-1])
    kept = [key for (key,) in ctx.store.rows("SELECT key FROM report_jobs ORDER BY number")]
    assert kept == [southmeres.key, *(job.key for job in jobs[2:])]


def test_a_report_that_still_waits_is_never_dropped(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    waiting = ask_for_report(ctx, id_)
    for revision in range(reports.JOBS_KEPT + 1):
        answer(ctx, id_, level=str(revision % 2), based_on=revision)
        finish(ctx, ask_for_report(ctx, id_))
    assert report_job(ctx, id_, waiting.key) == waiting


@pytest.mark.impatient
def test_a_locked_database_leaves_no_half_asked_report(world: World) -> None:
    ctx = world.as_(ALICE)
    with world.as_(BOB).store.writing(), pytest.raises(BusyError):
        ask_for_report(ctx, world.northmeres.id)
    assert ctx.store.rows("SELECT * FROM report_jobs") == []
