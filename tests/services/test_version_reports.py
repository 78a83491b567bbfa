from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

import pikepdf
import pypdf
import pytest

from healthcheck.core.errors import NotFoundError
from healthcheck.core.versions import grouped, typed
from healthcheck.services import rendering, version_reports
from healthcheck.services.reports import JOBS_KEPT
from healthcheck.storage import events, versions
from healthcheck.storage import reports as stored
from tests import reviewing
from tests.people import ALICE, CHARLIE, VERA
from tests.reviewing import OLIVE, RHONA

if TYPE_CHECKING:
    from tests.people import World

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


@pytest.fixture(name="submitted")
def northmeres_submitted(world: World) -> World:
    reviewing.with_basw(world)
    reviewing.submit(world)
    return world


def version(world: World) -> versions.Version:
    return versions.get(world.as_(None).store, world.northmeres.id, 1)


def key(world: World) -> str:
    return versions.job_key(world.northmeres.id, 1)


def test_the_pdf_carries_the_data_and_shows_what_it_is_a_version_of(submitted: World) -> None:
    ctx, id_ = submitted.as_(None), submitted.northmeres.id
    assert version_reports.progress(ctx, version(submitted)).state == "waiting"
    assert rendering.render_next(ctx)
    assert stored.find(ctx.store, key(submitted)) is None
    found, pdf = version_reports.download(submitted.as_(VERA), id_, 1)
    assert found.pdf_sha256 == hashlib.sha256(pdf).hexdigest()
    assert version_reports.progress(ctx, found).state == "ready"
    with pikepdf.open(io.BytesIO(pdf)) as document:
        (name,) = document.attachments
        attached = document.attachments[name]
        assert (name, attached.get_file().mime_type) == ("version-1.json", "application/json")
        assert attached.get_file().read_bytes() == found.content.encode()
        assert str(attached.obj.AFRelationship) == "/Data"
        assert len(document.Root.AF) == 1
        assert bool(document.Root.MarkInfo.Marked)
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
    pages = [
        " ".join(each.extract_text().split()) for each in pypdf.PdfReader(io.BytesIO(pdf)).pages
    ]
    assert not any("DRAFT" in each for each in pages)
    cover = pages[0]
    for words in (
        f"Reference {submitted.northmeres.reference}",
        "Status Signed off",
        "Version 1",
        "Signed by Olive Officer, Director",
        "Date 2 March 2026",
    ):
        assert words in cover
    assert typed(grouped(found.fingerprint)) in typed(cover)
    text = " ".join(pages)
    for words in (
        "40 practitioners took part.",
        "In four forums.",
        "The union read the draft.",
        "Signed by Olive Officer, Director, on 2 March 2026. Version 1.",
    ):
        assert words in text


def test_a_download_is_noted(submitted: World) -> None:
    ctx, id_ = submitted.as_(RHONA), submitted.northmeres.id
    with pytest.raises(NotFoundError, match="not ready yet"):
        version_reports.download(ctx, id_, 1)
    with ctx.store.writing():
        versions.keep_pdf(ctx.store, id_, 1, b"%PDF")
    version_reports.download(ctx, id_, 1)
    assert events.of(ctx.store, id_)[-1] == (
        version_reports.PDF_DOWNLOADED,
        RHONA.id,
        {"version": 1},
    )


def test_the_first_pdf_stays(submitted: World) -> None:
    store, id_ = submitted.as_(None).store, submitted.northmeres.id
    with store.writing():
        versions.keep_pdf(store, id_, 1, b"first")
        versions.keep_pdf(store, id_, 1, b"second")
    assert versions.pdf(store, id_, 1) == b"first"


def test_a_pdf_that_failed_can_be_asked_for_again_and_the_version_stands(submitted: World) -> None:
    ctx, id_ = submitted.as_(OLIVE), submitted.northmeres.id
    with ctx.store.writing():
        stored.fail(ctx.store, key(submitted), "It took too long.")
    assert version_reports.progress(ctx, version(submitted)).problem == "It took too long."
    version_reports.ask_again(ctx, id_, 1)
    assert version_reports.progress(ctx, version(submitted)).state == "waiting"
    version_reports.ask_again(ctx, id_, 1)
    assert ctx.store.rows("SELECT count(*) FROM report_jobs") == [(1,)]


def test_a_pdf_whose_job_is_gone_can_be_asked_for_again(submitted: World) -> None:
    ctx = submitted.as_(ALICE)
    with ctx.store.writing():
        stored.forget(ctx.store, key(submitted))
    assert version_reports.progress(ctx, version(submitted)).state == "not asked for"
    version_reports.ask_again(ctx, submitted.northmeres.id, 1)
    assert version_reports.progress(ctx, version(submitted)).state == "waiting"


def test_a_version_that_could_not_be_rendered_fails_in_words(submitted: World) -> None:
    ctx = submitted.as_(None)
    assert rendering.render_next(ctx, seconds=0.0001)
    assert version_reports.progress(ctx, version(submitted)).problem == rendering.TOO_SLOW
    assert version(submitted).pdf_sha256 is None


def test_a_versions_job_is_never_dropped_for_newer_reports(submitted: World) -> None:
    store, id_ = submitted.as_(None).store, submitted.northmeres.id
    with store.writing():
        stored.fail(store, key(submitted), "It took too long.")
        for number in range(JOBS_KEPT + 2):
            name = f"report-{number}"
            stored.add(store, name, id_, "<p>", person_id=ALICE.id, now=submitted.clock())
            stored.finish(store, name, b"%PDF")
        stored.forget_old(store, id_, JOBS_KEPT)
    kept = {name for (name,) in store.rows("SELECT key FROM report_jobs")}
    assert kept == {key(submitted), *(f"report-{each}" for each in range(2, JOBS_KEPT + 2))}


def test_charlie_gets_no_pdf_and_cannot_ask_for_one(submitted: World) -> None:
    charlie, id_ = submitted.as_(CHARLIE), submitted.northmeres.id
    with charlie.store.writing():
        versions.keep_pdf(charlie.store, id_, 1, b"%PDF")
    for act in (version_reports.download, version_reports.ask_again):
        with pytest.raises(NotFoundError):
            act(charlie, id_, 1)
