"""The verify page, used by somebody who is not signed in."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.publishing import Publication
from healthcheck.core.steps import Step
from healthcheck.core.versions import grouped
from healthcheck.services import accepted_reports, review_steps, sign_off
from healthcheck.storage import publications, versions
from healthcheck.web import verifying
from tests import reviewing
from tests.people import ALICE, NOW
from tests.reviewing import ADA, RHONA

if TYPE_CHECKING:
    from healthcheck.storage.store import Store
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.page import Page

PDF = b"%PDF-1.7 the report"
IT_IS = "of version 1, signed and submitted on 2 March 2026 at 10:30."
IT_IS_THE_PDF = (
    "It is version 1, signed and submitted on 2 March 2026 at 10:30. Nothing in the file"
)


@pytest.fixture
def submitted(world: World) -> World:
    reviewing.with_basw(world)
    reviewing.submit(world)
    store = world.as_(None).store
    with store.writing():
        versions.keep_pdf(store, world.northmeres.id, 1, PDF)
    return world


def store_of(world: World) -> Store:
    return world.as_(None).store


def ask(someone: Someone, reference: str, fingerprint: str, status: int = 200) -> Page:
    query = {"reference": reference, "fingerprint": fingerprint}
    address = someone.http.get("/verify", query_string=query).request.full_path
    return someone.get(address, status)


def hand_in(someone: Someone, content: bytes, status: int = 303) -> Page:
    files = {"file": [("report.pdf", content)]}
    return someone.submit(someone.get("/verify"), {}, "Verify the PDF", files, status)


def test_a_printed_fingerprint_is_verified(nobody: Someone, submitted: World) -> None:
    version = versions.get(store_of(submitted), submitted.northmeres.id, 1)
    page = ask(nobody, submitted.northmeres.reference, grouped(version.fingerprint).upper())
    assert IT_IS in page.words
    assert "There is no later version." in page.words
    assert "Northmere" not in page.html


def test_a_pdf_is_verified_and_not_kept(nobody: Someone, submitted: World) -> None:
    before = [*store_of(submitted).connection.iterdump()]
    sent = hand_in(nobody, PDF)
    assert sent.leads_to == f"/verify?pdf={hashlib.sha256(PDF).hexdigest()}"
    page = nobody.follow(sent)
    assert IT_IS_THE_PDF in page.words
    assert "Northmere" not in page.html
    assert submitted.northmeres.reference not in page.html
    assert [*store_of(submitted).connection.iterdump()] == before


@pytest.mark.usefixtures("submitted")
def test_a_pdf_with_one_other_byte_is_not_it(nobody: Someone) -> None:
    page = nobody.follow(hand_in(nobody, PDF + b"\n"))
    assert "No: this PDF is not one that was submitted, accepted or published here" in page.words


def test_a_published_pdf_is_verified_as_what_it_is(nobody: Someone, submitted: World) -> None:
    store, public = store_of(submitted), b"%PDF-1.7 without names"
    publication = Publication(submitted.northmeres.id, 1, "n-x", own_words=False, published_at=NOW)
    with store.writing():
        publications.add(store, publication, ALICE.id)
        publications.keep_fingerprint(store, "published-n-x", public)
    page = nobody.follow(hand_in(nobody, public))
    assert "Yes: this PDF was published here" in page.words
    assert "published it on 2 March 2026, without files and names, and without what" in page.words
    with store.writing():
        publications.remove(store, "n-x", "A mistake.", ALICE.id, NOW)
    page = nobody.follow(hand_in(nobody, public))
    assert "The employer took it down on 2 March 2026." in page.words
    assert "A mistake." not in page.words


def test_an_accepted_report_is_verified_also_after_another_version(
    nobody: Someone, world: World
) -> None:
    reviewing.start(world)
    review_steps.accept(world.as_(RHONA), world.northmeres.id)
    reviewing.render_accepted(world)
    pdf = accepted_reports.pdf(world.as_(None), world.northmeres.id)
    assert pdf is not None
    page = nobody.follow(hand_in(nobody, pdf))
    assert "Yes: this PDF is a report that BASW accepted" in page.words
    assert "accepted version 1, signed and submitted on 2 March 2026." in page.words
    assert "There is no later version." in page.words
    assert "Northmere" not in page.words
    world.clock.forward(timedelta(days=1))
    sign_off.take(world.as_(ADA), world.northmeres.id, Step.REOPEN, "A wrong figure.")
    reviewing.sign(world)
    page = nobody.follow(hand_in(nobody, pdf))
    assert "accepted version 1, signed" in page.words
    assert "A later version was submitted since." in page.words


def test_an_unknown_reference_and_a_wrong_fingerprint_look_the_same(
    nobody: Someone, submitted: World
) -> None:
    version = versions.get(store_of(submitted), submitted.northmeres.id, 1)
    reference = submitted.northmeres.reference
    unknown = ask(nobody, "HC-2026-ZZZZZZ", version.fingerprint)
    wrong = ask(nobody, reference, "0" * 64)
    assert "No: nothing with this reference and fingerprint was submitted here" in unknown.words
    assert unknown.words == wrong.words.replace("0" * 64, version.fingerprint)


def test_a_recalled_version_and_a_later_one_are_told(nobody: Someone, submitted: World) -> None:
    sign_off.take(submitted.as_(ALICE), submitted.northmeres.id, Step.RECALL)
    reviewing.sign(submitted)
    page = nobody.follow(hand_in(nobody, PDF))
    assert "It was recalled by the employer before its review began" in page.words
    assert "A later version was submitted since." in page.words


def test_what_was_typed_wrongly_is_named_and_kept(nobody: Someone) -> None:
    page = ask(nobody, "", "abc def", 422)
    assert page.links["Type all 64 letters and digits of the fingerprint. You typed 6."] == (
        "#fingerprint"
    )
    assert any(href == "#reference" for href in page.links.values())
    assert "abc def" in page.words


def test_a_reference_is_not_a_book(nobody: Someone) -> None:
    assert any(
        "#reference" in each for each in ask(nobody, "x" * 101, "0" * 64, 422).links.values()
    )


def test_no_file_and_too_large_a_file_are_named(
    nobody: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = nobody.submit(nobody.get("/verify"), {}, "Verify the PDF", status=422)
    assert page.links["Choose the PDF to check."] == "#file"
    monkeypatch.setattr(verifying, "LARGEST", 2**20)
    page = hand_in(nobody, b"x" * (2**20 + 1), 422)
    assert page.links["The file is larger than 1 MB, so it is not one of ours."] == "#file"
    hand_in(nobody, b"x" * 2**20)
