"""The history of a health check, its steps, and its versions with their downloads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.services import review_steps, sign_off
from healthcheck.services.assessments import opened
from healthcheck.storage import events, versions
from healthcheck.storage import reports as jobs
from tests import plans, reviewing
from tests.people import ALICE
from tests.reviewing import RHONA
from tests.web.client import JSON

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses

PDF = b"%PDF-1.7 the report"


@pytest.fixture
def staffed(world: World) -> World:
    reviewing.with_basw(world)
    return world


@pytest.fixture
def submitted(staffed: World) -> World:
    reviewing.submit(staffed)
    return staffed


@pytest.fixture
def made(submitted: World) -> World:
    store = submitted.as_(None).store
    with store.writing():
        versions.keep_pdf(store, submitted.northmeres.id, 1, PDF)
        jobs.forget(store, versions.job_key(submitted.northmeres.id, 1))
    return submitted


@pytest.fixture
def rhona(signed_in: Callable[[Person], Someone], staffed: World) -> Someone:  # noqa: ARG001 - comes first
    return signed_in(RHONA)


@pytest.fixture
def address(at: Addresses) -> str:
    return f"{at.tasks}/history"


def test_an_untouched_health_check_has_no_history(alice: Someone, address: str) -> None:
    page = alice.get(address)
    assert "Nothing has happened yet." in page.words
    assert "Nothing has been submitted yet." in page.words


@pytest.mark.usefixtures("made")
def test_a_timeline_says_who_did_what_when_and_why(
    alice: Someone, at: Addresses, address: str
) -> None:
    page = alice.get(address)
    assert (
        "Olive Officer signed and submitted: version 1 2 March 2026, 10:30."
        " From “Ready for sign-off” to “Submitted”."
    ) in page.words
    assert "Alice Archer sent for sign-off" in page.words
    assert page.links["PDF of version 1"] == f"{at.tasks}/versions/1/report.pdf"
    assert page.links["Recall the submission"] == f"{at.tasks}/steps/recall"


@pytest.mark.usefixtures("made")
def test_a_lead_recalls_a_submission(
    alice: Someone, rhona: Someone, at: Addresses, address: str
) -> None:
    page = alice.get(f"{at.tasks}/steps/recall")
    assert page.heading == "Recall the submission"
    done = alice.follow(alice.submit(page, {"reason": "One more."}, "Recall the submission"))
    assert done.address == address
    assert "The submission is recalled: answers can be changed." in done.words
    assert "Recalled 2 March 2026" in done.words
    assert "Recalled" not in rhona.get(address).words
    rhona.get(f"{at.tasks}/versions/1", 404)
    assert "was recalled on 2 March 2026" in alice.get(f"{at.tasks}/versions/1").words


def test_a_recall_comes_too_late_once_the_review_began(
    alice: Someone, submitted: World, at: Addresses, address: str
) -> None:
    page = alice.get(f"{at.tasks}/steps/recall")
    review_steps.start(submitted.as_(RHONA), submitted.northmeres.id)
    refused = alice.submit(page, {}, "Recall the submission", status=409)
    assert "This health check is now “In review”" in refused.words
    assert "Recall the submission" not in alice.get(address).links
    asked = alice.submit(
        alice.get(f"{at.tasks}/steps/ask-to-reopen"), {"reason": "A mistake."}, "Ask to reopen"
    )
    assert "Alice Archer asked to reopen" in alice.follow(asked).words
    assert "Still “In review”" in alice.get(address).words


@pytest.mark.usefixtures("submitted")
@pytest.mark.parametrize("reason", ["", "x" * 2001])
def test_a_reason_that_will_not_do_is_asked_for_again(
    rhona: Someone, at: Addresses, reason: str
) -> None:
    page = rhona.get(f"{at.tasks}/steps/withdraw")
    refused = rhona.submit(page, {"reason": reason}, "Withdraw", status=422)
    assert refused.title.startswith("Error: Withdraw")
    assert refused.fields("Withdraw")["reason"] == [reason]


@pytest.mark.usefixtures("submitted")
def test_basw_withdraws_and_reopens(
    rhona: Someone, alice: Someone, at: Addresses, address: str
) -> None:
    typed = {"reason": "The service closed."}
    rhona.submit(rhona.get(f"{at.tasks}/steps/withdraw"), typed, "Withdraw")
    assert "The service closed." in alice.get(address).words
    typed = {"reason": "It did not."}
    done = rhona.submit(rhona.get(f"{at.tasks}/steps/reopen"), typed, "Reopen")
    assert "Rhona Reviewer reopened" in rhona.follow(done).words


@pytest.mark.usefixtures("submitted")
def test_a_step_that_is_not_there_for_a_person_has_no_page(
    vera: Someone, alice: Someone, at: Addresses
) -> None:
    vera.get(f"{at.tasks}/steps/recall", 403)
    alice.get(f"{at.tasks}/steps/take-back", 409)
    alice.get(f"{at.tasks}/steps/sign", 404)


def test_the_employers_reasons_are_not_shown_to_basw(
    rhona: Someone, alice: Someone, world: World, address: str
) -> None:
    for topic, answers in reviewing.ANSWERS.items():
        reviewing.save(world, topic, answers)
    plans.settle(world.as_(ALICE), world.northmeres.id)
    sign_off.send(world.as_(ALICE), world.northmeres.id, reviewing.CONSULTATION)
    sign_off.decline(world.as_(reviewing.OLIVE), world.northmeres.id, "Old figures.")
    assert "Old figures." in alice.get(address).words
    page = rhona.get(address)
    assert "Olive Officer declined to sign" in page.words
    assert "Old figures." not in page.words
    assert page.links["The review"] == f"/basw/reviews/{world.northmeres.id}"


def test_a_version_is_watched_until_its_pdf_is_made(
    alice: Someone, submitted: World, at: Addresses
) -> None:
    address, store = f"{at.tasks}/versions/1", submitted.as_(None).store
    assert "The PDF is being made." in alice.get(address).words
    assert alice.http.get(address, headers=JSON).get_json() == {"state": "waiting"}
    with store.writing():
        jobs.fail(store, versions.job_key(submitted.northmeres.id, 1), "It took too long.")
    page = alice.get(address)
    assert "The PDF could not be made: It took too long. What was signed is safe." in page.words
    again = alice.follow(alice.submit(page, {}, "Make the PDF again"))
    assert "The PDF is being made." in again.words
    assert "PDF not ready yet: version 1" in alice.get(f"{at.tasks}/history").links


def test_a_version_says_what_was_signed(alice: Someone, made: World, at: Addresses) -> None:
    page = alice.get(f"{at.tasks}/versions/1")
    for words in (
        made.northmeres.reference,
        "Olive Officer, Director",
        "Practitioners were consulted: 40 took part, in the way described.",
        "In four forums.",
    ):
        assert words in page.words
    assert page.links["verify page"] == "/verify"


@pytest.mark.parametrize("who", ["vera", "rhona"])
def test_downloads_are_what_was_signed_and_are_noted(
    request: pytest.FixtureRequest, made: World, at: Addresses, who: str
) -> None:
    someone: Someone = request.getfixturevalue(who)
    store, id_ = made.as_(None).store, made.northmeres.id
    version, reference = versions.get(store, id_, 1), made.northmeres.reference
    (file,) = opened(made.as_(ALICE), id_).attachments["agreed-scheme"]
    pdf = someone.get(f"{at.tasks}/versions/1/report.pdf")
    data = someone.get(f"{at.tasks}/versions/1/data.json")
    evidence = someone.get(f"{at.tasks}/versions/1/files/{file.id}")
    assert (pdf.content, data.content) == (PDF, version.content.encode())
    assert evidence.content == reviewing.SCHEME.content
    assert [each.headers["Content-Disposition"] for each in (pdf, data, evidence)] == [
        f"attachment; filename={reference}-version-1.pdf",
        f"attachment; filename={reference}-version-1.json",
        "attachment; filename=scheme.txt",
    ]
    assert evidence.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert [(kind, person) for kind, person, _ in events.of(store, id_)[-3:]] == [
        ("submission PDF downloaded", who),
        ("submission data downloaded", who),
        ("submission file downloaded", who),
    ]


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("number", ["2", "0", "01", "one", "1000000"])
def test_a_version_that_is_not_there_is_not_found(
    alice: Someone, at: Addresses, number: str
) -> None:
    for part in ("", "/report.pdf", "/data.json"):
        alice.get(f"{at.tasks}/versions/{number}{part}", 404)


def test_charlie_finds_nothing_of_it(charlie: Someone, made: World, at: Addresses) -> None:
    token = charlie.get("/").fields("Sign out")["csrf_token"]
    (file,) = opened(made.as_(ALICE), made.northmeres.id).attachments["agreed-scheme"]
    version = f"{at.tasks}/versions/1"
    for path in (
        f"{at.tasks}/history",
        f"{at.tasks}/steps/recall",
        version,
        f"{version}/report.pdf",
        f"{version}/data.json",
        f"{version}/files/{file.id}",
    ):
        charlie.get(path, 404)
    for path in (f"{at.tasks}/steps/recall", f"{version}/report"):
        charlie.post(path, {"csrf_token": token, "reason": "Mine."}, 404)
    own = f"/assessments/{made.southmeres.id}/versions/1/files/{file.id}"
    charlie.get(own, 404)
