"""A review on its pages: from the queue to the accepted report, and back to the employer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.answers import Entry
from healthcheck.core.permissions import Role
from healthcheck.core.reviews import RemarkKind
from healthcheck.core.steps import State
from healthcheck.services import requests, review_steps, review_writing, reviews
from healthcheck.services.attachments import Upload
from healthcheck.storage import reports as jobs
from healthcheck.storage import roles
from tests import reviewing
from tests.people import ALICE, CHARLIE, NORTHMERE, VERA
from tests.reviewing import ADA, OLIVE, REMI, RHONA, ledger
from tests.web.client import JSON
from tests.web.markup import words_of
from tests.web.route_list import AN_ASSESSMENT, PUBLIC, SIGNED_IN

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from tests.people import World
    from tests.web.client import Someone


@pytest.fixture
def rhona(signed_in: Callable[[Person], Someone], world: World) -> Someone:
    reviewing.with_basw(world)
    return signed_in(RHONA)


@pytest.fixture
def review(world: World) -> str:
    return f"/basw/reviews/{world.northmeres.id}"


def question(review: str, question_id: str = "agreed-scheme") -> str:
    return f"{review}/questions/{question_id}"


def begin(world: World) -> None:
    reviewing.submit(world)
    review_steps.start(world.as_(RHONA), world.northmeres.id)


def test_a_review_is_started_from_its_page(rhona: Someone, world: World, review: str) -> None:
    reviewing.submit(world)
    page = rhona.get(review)
    assert page.heading == "Review of Children’s services"
    assert "Submitted. Due 30 September 2026." in page.words
    assert "Version 1, signed by Olive Officer, Director, on 2 March 2026" in page.words
    started = rhona.follow(rhona.submit(page, {}, "Start the review"))
    assert started.address == review
    assert "In review." in started.words
    assert started.messages == ["The review has started, and it is yours."]


def test_before_a_submission_the_page_says_so(rhona: Someone, review: str) -> None:
    page = rhona.get(review)
    assert "Nothing has been submitted yet." in page.words
    rhona.get(f"{review}/areas/workload", 404)
    rhona.get(question(review), 404)


def test_a_claim_that_came_too_late_says_who_was_quicker(
    rhona: Someone, world: World, review: str
) -> None:
    page = rhona.get(review)
    reviews.claim(world.as_(REMI), world.northmeres.id)
    refused = rhona.submit(page, {}, "Claim", status=409)
    assert "Remi Reader has claimed this review." in refused.words


def test_claimed_and_released(rhona: Someone, review: str) -> None:
    page = rhona.follow(rhona.submit(rhona.get(review), {}, "Claim"))
    assert page.messages == ["You have claimed this review."]
    page = rhona.follow(rhona.submit(page, {}, "Release"))
    assert page.messages == ["The review is released: another reviewer can claim it."]


def test_a_question_is_read_with_descriptor_evidence_and_files(
    rhona: Someone, world: World, review: str
) -> None:
    begin(world)
    page = rhona.get(f"{review}/areas/workload")
    assert page.heading == "Workload"
    for words in ("2. In place", "There is one.", "We agreed the scheme with the union in May."):
        assert words in page.words
    file = rhona.get(page.links["scheme.txt"])
    assert file.content == reviewing.SCHEME.content
    assert file.headers["Content-Disposition"] == "attachment; filename=scheme.txt"
    assert file.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    rhona.get(f"{review}/files/of-nobody", 404)
    rhona.get(f"{review}/areas/of-nobody", 404)
    assert rhona.get(page.links["Next area: The right tools"]).heading == "The right tools"


def test_the_questions_can_be_read_one_after_another(
    rhona: Someone, world: World, review: str
) -> None:
    begin(world)
    address, headings = question(review), []
    while address:
        page = rhona.get(address)
        headings.append(page.heading)
        address = next((to for words, to in page.links.items() if words.startswith("Next")), "")
    assert headings[:2] == [
        "1.1 A scheme is agreed with the Director of Children's Services.",
        "1.2 Do you employ newly qualified social workers?",
    ]
    assert len(headings) == len(set(headings)) == 15


def test_a_review_from_request_to_acceptance(
    rhona: Someone, signed_in: Callable[[Person], Someone], world: World, review: str
) -> None:
    begin(world)
    page = rhona.get(question(review))
    page = rhona.follow(rhona.submit(page, {"change": "Attach it."}, "Save the change request"))
    assert "Change request 1: Not sent yet" in page.words
    page = rhona.get(f"{review}/send")
    page = rhona.follow(rhona.submit(page, {}, "Send the change requests"))
    assert page.messages == ["The change requests are sent."]

    alice, theirs = signed_in(ALICE), f"/assessments/{world.northmeres.id}/requests"
    tasks = alice.get(f"/assessments/{world.northmeres.id}")
    assert tasks.links["What BASW wrote"] == theirs
    page = alice.get(theirs)
    assert "Change request 1: Waiting for an answer" in page.words
    topic = alice.get(
        page.links["1.1 A scheme is agreed with the Director of Children's Services."]
    )
    assert topic.heading == "The scheme"
    empty = alice.submit(page, {"answer": " "}, "Save the answer", status=422)
    assert empty.errors[0][1] == "Say what you did about this request, or why you did not."
    alice.follow(alice.submit(page, {"answer": "It is attached."}, "Save the answer"))
    new = Upload("new.txt", b"The new scheme.")
    entry = Entry(("1",), evidence="We agreed the new scheme with the union in June.")
    reviewing.save(world, "scheme", {"agreed-scheme": entry}, {"agreed-scheme": [new]})
    reviewing.sign(world)

    page = rhona.follow(rhona.submit(rhona.get(review), {}, "Start the review"))
    assert page.heading == "What changed"
    assert "From 2. In place to 1. Partly in place" in page.words
    assert next(page.tree.iter("ins")).text == "1. Partly in place"
    assert "(added: new )" in page.words
    assert "File added: new.txt" in page.words
    assert "Answer: It is attached." in page.words
    page = rhona.get(question(review))
    wrong = rhona.submit(page, {"note": "Why"}, "End request 1", status=422)
    assert wrong.errors[0][1] == "Choose how the request ends."
    ended = {"outcome": "met", "note": "It is."}
    page = rhona.follow(rhona.submit(page, ended, "End request 1"))
    assert "Ended: Met It is." in page.words

    page = rhona.follow(rhona.submit(rhona.get(f"{review}/accept"), {}, "Accept"))
    assert page.messages == ["The submission is accepted and the record is closed."]
    for someone in (rhona, alice):
        made = someone.get(f"/assessments/{world.northmeres.id}/accepted")
        assert made.heading == "The accepted report is waiting its turn"
    assert "The accepted report" in alice.get(theirs).links


def test_changed_words_and_questions_no_longer_asked_are_shown(
    rhona: Someone, world: World, review: str
) -> None:
    begin(world)
    reviewing.ask_and_send(world)
    reviewing.save(world, "scheme", {"employs-new": Entry(("no",))})
    words = Entry(("Our <b>offices</b> opened this year.",))
    reviewing.save(world, "equipment", {"remarks": words})
    answered = ledger(world).requests[0].id
    requests.answer(world.as_(ALICE), world.northmeres.id, answered, "See 1.2.")
    reviewing.sign(world)
    page = rhona.get(f"{review}/changes")
    assert "3 questions changed." in page.words
    assert "From Yes to No" in page.words
    assert "From 1. Partly in place to Not asked" in page.words
    assert [words_of(each) for each in page.tree.iter("ins")][-1] == (
        "(added: <b>offices</b> opened this )"
    )
    rhona.get(question(review, "protected-caseloads"), 404)
    assert "1.3" not in rhona.get(f"{review}/areas/workload").words


def test_one_version_has_not_changed(rhona: Someone, world: World, review: str) -> None:
    begin(world)
    assert "There is only one version" in rhona.get(f"{review}/changes").words


def test_the_accepted_report_is_downloaded(
    rhona: Someone, signed_in: Callable[[Person], Someone], world: World
) -> None:
    begin(world)
    review_steps.accept(world.as_(RHONA), world.northmeres.id)
    address, store = f"/assessments/{world.northmeres.id}/accepted", world.as_(None).store
    rhona.get(f"{address}/report.pdf", 404)
    job = jobs.newest(store, world.northmeres.id, "accepted-")
    assert job is not None
    with store.writing():
        jobs.fail(store, job.key, "It could not be made.")
    page = rhona.get(address)
    assert page.heading == "The accepted report could not be made"
    assert rhona.http.get(address, headers=JSON).get_json() == {"state": "failed"}
    page = rhona.follow(rhona.submit(page, {}, "Try again"))
    assert page.heading == "The accepted report is waiting its turn"
    with store.writing():
        jobs.finish(store, job.key, b"%PDF-1.7")
    alice = signed_in(ALICE)
    page = alice.get(address)
    pdf = alice.get(page.links["Download the accepted report (PDF)"])
    assert pdf.content == b"%PDF-1.7"
    name = f"{world.northmeres.reference}-accepted.pdf"
    assert pdf.headers["Content-Disposition"] == f"attachment; filename={name}"
    looked = alice.get(f"/assessments/{world.northmeres.id}/who-looked")
    assert "2 March 2026, 10:30 Alice Archer Downloaded the accepted report" in looked.words
    signed_in(CHARLIE).get(address, 404)


def test_who_looked_lists_reads_and_downloads(
    rhona: Someone, signed_in: Callable[[Person], Someone], world: World, review: str
) -> None:
    reviewing.submit(world)
    vera, address = signed_in(VERA), f"/assessments/{world.northmeres.id}/who-looked"
    assert "Nobody has looked yet." in vera.get(address).words
    area = rhona.get(f"{review}/areas/workload")
    rhona.get(review)
    rhona.get(area.links["scheme.txt"])
    words = vera.get(address).words
    assert "Rhona Reviewer Downloaded a file, version 1: scheme.txt" in words
    assert words.count("Rhona Reviewer Read the submission, for BASW, version 1") == 1
    rhona.get(address, 404)


def test_an_administrator_reads_and_finds_no_way_to_write(
    signed_in: Callable[[Person], Someone], world: World, review: str
) -> None:
    reviewing.start(world)
    ada = signed_in(ADA)
    page = ada.get(question(review))
    assert "Write on this question" not in page.words
    names = {"".join(each.itertext()) for each in ada.get(review).tree.iter("button")}
    assert names == {"Sign out", "Release"}


WRITES = [
    "claim",
    "release",
    "start",
    "send",
    "accept",
    "questions/agreed-scheme/remarks",
    "questions/agreed-scheme/moderation",
    "questions/agreed-scheme/requests",
    "remarks/of-nobody/remove",
    "requests/of-nobody/remove",
    "requests/of-nobody/end",
]
READS = ["", "/areas/workload", "/changes", "/questions/agreed-scheme", "/send", "/accept"]


@pytest.mark.parametrize("person", [ALICE, OLIVE, VERA, CHARLIE], ids=lambda person: person.id)
def test_the_review_is_not_there_for_an_employers_people(
    signed_in: Callable[[Person], Someone], world: World, review: str, person: Person
) -> None:
    reviewing.start(world)
    if person is VERA:
        store = world.as_(None).store
        with store.writing():
            roles.give(store, VERA.id, Role.REVIEWER, None)
    someone = signed_in(person)
    token = {"csrf_token": someone.get("/about").fields("Sign out")["csrf_token"]}
    nowhere = "/basw/reviews/of-nobody"
    for path in READS:
        theirs, none = someone.get(review + path, 404), someone.get(nowhere + path, 404)
        assert theirs.words == none.words
    for path in WRITES:
        theirs = someone.post(f"{review}/{path}", token, 404)
        assert theirs.words == someone.post(f"{nowhere}/{path}", token, 404).words
    assert ledger(world).is_empty
    assert NORTHMERE.name not in someone.get(review, 404).words


SECRET = "zebra-crossing"


def test_a_private_note_is_on_no_page_or_document_of_the_employers(
    signed_in: Callable[[Person], Someone], world: World
) -> None:
    reviewing.start(world)
    rhona, id_ = world.as_(RHONA), world.northmeres.id
    for name in ("agreed-scheme", "in-post"):
        review_writing.remark(rhona, id_, name, RemarkKind.PRIVATE_NOTE, f"{SECRET} {name}")
    review_writing.remark(rhona, id_, "agreed-scheme", RemarkKind.COMMENT, "Well argued.")
    request_id = reviewing.resubmit(world)
    review_steps.start(rhona, id_)
    review_writing.end_request(rhona, id_, request_id, "met", "Done.")
    review_steps.accept(rhona, id_)
    assert reviews.review(rhona, id_).found.assessment.state is State.ACCEPTED
    assert len(ledger(world).private) == 2

    parts = {
        "<assessment_id>": id_,
        "<topic_id>": "scheme",
        "<n>": "1",
        "<int:number>": "1",
        "<number>": "1",
    }
    alice, walked = signed_in(ALICE), []
    for method, path in sorted(PUBLIC | SIGNED_IN):
        address = path
        for name, value in parts.items():
            address = address.replace(name, value)
        if method != "GET" or "<" in address or address.startswith("/basw"):
            continue
        response = alice.http.get(address, follow_redirects=True)
        walked.append(path)
        assert SECRET.encode() not in response.data, address
    assert {f"{AN_ASSESSMENT}/requests", f"{AN_ASSESSMENT}/who-looked"} <= set(walked)
    store = world.as_(None).store
    for table, column in (("report_jobs", "html"), ("versions", "content"), ("messages", "text")):
        rows = store.rows(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL")  # noqa: S608
        assert rows, table
        assert not any(SECRET in str(row[0]) for row in rows), table
    rows = store.rows("SELECT detail FROM events")
    assert not any(SECRET in detail for (detail,) in rows)
