"""Everything held about an employer, in one zip: all of its own, and nothing of anybody else's."""

from __future__ import annotations

import hashlib
import json
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from healthcheck.core.errors import NotAllowedError, NotFoundError, NotSignedInError
from healthcheck.core.plans import Details, Progress
from healthcheck.core.reviews import RemarkKind
from healthcheck.core.staff_page import Line
from healthcheck.services import (
    employers,
    export,
    plans,
    publications,
    quarterly_reviews,
    review_steps,
    staff_page,
)
from healthcheck.services.assessments import save_topic
from healthcheck.services.attachments import Upload
from healthcheck.services.review_writing import end_request, moderate, remark
from healthcheck.storage import reports as jobs
from healthcheck.storage import versions
from tests import reviewing
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE, VERA, offer
from tests.pictures_of import PNG
from tests.reviewing import ADA, OLIVE, RHONA

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from tests.people import World

NOTE = "The union says otherwise."
UNSENT = "This was never sent."
OF_SOUTHMERE = "Only Southmere wrote this."


@pytest.fixture(name="accepted")
def northmeres_accepted_and_public(world: World) -> World:
    """Take Northmere's through a review and publication, with something written of everything."""
    save_topic(
        world.as_(CHARLIE),
        world.southmeres.id,
        "scheme",
        {"agreed-scheme": offer("1", evidence=OF_SOUTHMERE)},
        {"agreed-scheme": [Upload("southmere.txt", OF_SOUTHMERE.encode())]},
    )
    reviewing.start(world)
    rhona, id_ = world.as_(RHONA), world.northmeres.id
    remark(rhona, id_, "agreed-scheme", RemarkKind.COMMENT, "Well argued.")
    remark(rhona, id_, "agreed-scheme", RemarkKind.PRIVATE_NOTE, NOTE)
    moderate(rhona, id_, "fair-allocation", "0", "Nothing shows it.")
    request_id = reviewing.resubmit(world)
    review_steps.start(rhona, id_)
    end_request(rhona, id_, request_id, "met", "It is there now.")
    review_steps.accept(rhona, id_)
    published = publications.publish(world.as_(OLIVE), id_, own_words=False)
    ctx = world.as_(None)
    accepted_job = jobs.newest(ctx.store, id_, "accepted-")
    assert accepted_job is not None
    with ctx.store.writing():
        versions.keep_pdf(ctx.store, id_, 2, b"%PDF of version 2")
        jobs.finish(ctx.store, accepted_job.key, b"%PDF accepted")
        jobs.finish(ctx.store, f"published-{published.address}", b"%PDF published")
        ctx.store.run("UPDATE comments SET sent_at = NULL, text = ? WHERE kind = 'comment'", UNSENT)
    employers.set_logo(world.as_(ADA), NORTHMERE.id, Upload("logo.png", PNG))
    return world


def exported(world: World, person: Person | None = ALICE) -> dict[str, bytes]:
    file = BytesIO()
    if person is None:
        export.export_for(world.as_(None), NORTHMERE, file)
    else:
        export.export(world.as_(person), NORTHMERE.id, file)
    with ZipFile(file) as zipped:
        assert zipped.testzip() is None
        return {each.filename: zipped.read(each) for each in zipped.infolist()}


def read(files: dict[str, bytes], name: str) -> Any:  # noqa: ANN401 - whatever JSON says
    (found,) = [content for path, content in files.items() if path.endswith(name)]
    return json.loads(found)


def test_the_plan_has_its_quarterly_reviews_and_its_page_for_staff(accepted: World) -> None:
    alice, id_ = accepted.as_(ALICE), accepted.northmeres.id
    action = plans.add(alice, id_, Details("Write a scheme.", no_date_reason="It waits."))
    quarterly_reviews.start(alice, id_)
    given = quarterly_reviews.Step(Progress(), "As it was.", 1, None)
    quarterly_reviews.step(alice, id_, action.id, given)
    staff_page.save_line(alice, id_, Line(action.id, "No scheme.", "One is written."))
    staff_page.publish(alice, id_)
    plan = read(exported(accepted), "improvement-plan.json")
    (review,) = plan["quarterly_reviews"]
    assert (review["quarter"], review["started_by"]) == ("2026-Q1", ALICE.name)
    assert review["outcomes"] == {action.id: "changed"}
    (line,), (page,) = plan["page_for_staff"]["lines"], plan["page_for_staff"]["published"]
    assert (line["said"], line["did"]) == ("No scheme.", "One is written.")
    assert [each["said"] for each in page["lines"]] == ["No scheme."]


def test_it_holds_everything_of_the_employer(accepted: World) -> None:
    files = exported(accepted)
    folder = f"health-checks/2026 childrens {accepted.northmeres.reference}"
    reference = accepted.northmeres.reference
    assert list(files) == [
        "README.txt",
        "employer.json",
        "logo.png",
        "events.json",
        "caseload-benchmarks.json",
        "caseload-reports.json",
        f"{folder}/files/agreed-scheme/scheme.txt",
        f"{folder}/health-check.json",
        f"{folder}/review.json",
        f"{folder}/improvement-plan.json",
        f"{folder}/versions/1.json",
        f"{folder}/versions/2.json",
        f"{folder}/versions/2.pdf",
        f"{folder}/versions/versions.json",
        f"{folder}/reports/accepted {reference}.pdf",
        f"{folder}/reports/published {reference}.pdf",
        "index.json",
    ]
    assert b"about Northmere Council\nas it was on 2026-03-02 at 10:30" in files["README.txt"]
    assert files["logo.png"] == PNG
    assert files[f"{folder}/files/agreed-scheme/scheme.txt"] == reviewing.SCHEME.content
    assert files[f"{folder}/versions/2.pdf"] == b"%PDF of version 2"
    assert files[f"{folder}/reports/published {reference}.pdf"] == b"%PDF published"


def test_answers_are_there_with_their_questions_and_history(accepted: World) -> None:
    check = read(exported(accepted), "health-check.json")
    assert (check["reference"], check["state"]) == (accepted.northmeres.reference, "accepted")
    answer = check["answers"]["agreed-scheme"]
    assert answer["question"] == "A scheme is agreed with the Director of Children's Services."
    assert answer["entry"]["value"] == ["1"]
    assert answer["saved_by"] == "Alice Archer"
    history = [each for each in check["history"] if each["question_id"] == "agreed-scheme"]
    assert [(each["revision"], each["entry"]["value"]) for each in history] == [
        (1, ["2"]),
        (2, ["1"]),
    ]
    (file,) = check["files"]
    assert file["path"].endswith("/files/agreed-scheme/scheme.txt")
    assert check["consultation"]["how"] == "In four forums."
    assert [each["version"] for each in check["publications"]] == [2]


def test_the_review_is_there_as_it_was_sent(accepted: World) -> None:
    review = read(exported(accepted), "review.json")
    assert review["remarks"] == []
    assert [(each["level"], each["reason"]) for each in review["moderations"]] == [
        (0, "Nothing shows it.")
    ]
    (request,) = review["requests"]
    assert (request["answer"], request["outcome"]) == ("We lowered the rating.", "met")


@pytest.mark.parametrize("person", [ALICE, None])
def test_what_basw_keeps_to_itself_and_what_is_anothers_is_nowhere(
    accepted: World, person: Person | None
) -> None:
    files = exported(accepted, person)
    kept = accepted.as_(None).store.rows("SELECT text FROM comments")
    assert {text for (text,) in kept} == {NOTE, UNSENT}
    for secret in (NOTE, UNSENT, OF_SOUTHMERE, "southmere", "password"):
        holding = [name for name, content in files.items() if secret.encode() in content]
        assert holding == (["README.txt"] if secret == "password" else [])
    assert "review claimed" not in {each["what"] for each in read(files, "events.json")}


def test_the_fingerprint_of_a_version_is_that_of_its_data(accepted: World) -> None:
    files = exported(accepted)
    about = read(files, "versions.json")
    for each in about:
        (content,) = [c for p, c in files.items() if p.endswith(f"/versions/{each['content']}")]
        assert hashlib.sha256(content).hexdigest() == each["fingerprint"]
    assert [each["number"] for each in about] == [1, 2]


def test_the_index_has_every_file_with_its_hash(accepted: World) -> None:
    files = exported(accepted)
    index = read(files, "index.json")
    assert (index["format"], index["employer"]) == (1, "Northmere Council")
    assert index["exported_at"] == "2026-03-02T10:30:00+00:00"
    del files["index.json"]
    assert [(each["path"], each["bytes"], each["sha256"]) for each in index["files"]] == [
        (path, len(content), hashlib.sha256(content).hexdigest()) for path, content in files.items()
    ]


def test_people_and_what_happened_are_there(accepted: World) -> None:
    files = exported(accepted)
    employer = read(files, "employer.json")
    assert (employer["name"], employer["nation"]) == ("Northmere Council", "england")
    people = {each["person"]["name"]: each["roles"] for each in employer["people"]}
    assert people["Alice Archer"] == ["lead"]
    assert set(people) == {"Alice Archer", "Bob Baker", "Olive Officer", "Vera Viewer"}
    told = [(each["what"], each["by"]) for each in read(files, "events.json")]
    assert ("signed and submitted", "Olive Officer") in told
    assert ("logo added", "Ada Admin") in told
    assert told[-1] == ("everything downloaded", "Alice Archer")


def test_the_same_again_is_the_same_but_for_the_download_itself(accepted: World) -> None:
    first, second = exported(accepted), exported(accepted)
    assert list(first) == list(second)
    differing = {name for name in first if first[name] != second[name]}
    assert differing == {"events.json", "index.json"}


def test_names_from_outside_lead_nowhere_and_none_is_lost(world: World) -> None:
    names = ["notes.txt", "NOTES.txt", "a:b.txt"]
    save_topic(
        world.as_(ALICE),
        world.northmeres.id,
        "scheme",
        {"agreed-scheme": offer("1")},
        {"agreed-scheme": [Upload(name, name.encode()) for name in names]},
    )
    ctx = world.as_(None)
    with ctx.store.writing():
        ctx.store.run("UPDATE attachments SET name = '../../x.txt' WHERE name = 'a_b.txt'")
        ctx.store.run("UPDATE assessments SET cycle = '../2026' WHERE employer_id = 'northmere'")
    files = exported(world)
    folder = f"health-checks/_2026 childrens {world.northmeres.reference}"
    assert [path for path in files if "/files/" in path] == [
        f"{folder}/files/agreed-scheme/notes.txt",
        f"{folder}/files/agreed-scheme/NOTES (2).txt",
        f"{folder}/files/agreed-scheme/_.._x.txt",
    ]


def test_a_file_that_was_taken_out_is_there_and_says_so(world: World) -> None:
    upload = {"agreed-scheme": [Upload("old.txt", b"old")]}
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    saved = save_topic(ctx, id_, "scheme", {"agreed-scheme": offer("1")}, upload)
    with ctx.store.writing():
        ctx.store.run(
            "UPDATE attachments SET removed_by = 'bob', removed_at = added_at WHERE id = ?",
            saved.opened.attachments["agreed-scheme"][0].id,
        )
    files = exported(world)
    (about,) = read(files, "health-check.json")["files"]
    assert (about["removed_by"], about["removed_at"]) == ("Bob Baker", "2026-03-02T10:30:00+00:00")
    assert files[about["path"]] == b"old"


@pytest.mark.parametrize(
    ("person", "error"),
    [
        (BOB, NotAllowedError),
        (VERA, NotAllowedError),
        (OLIVE, NotAllowedError),
        (RHONA, NotAllowedError),
        (ADA, NotAllowedError),
        (CHARLIE, NotFoundError),
        (None, NotSignedInError),
    ],
)
def test_nobody_but_its_lead_may_and_nothing_is_written(
    world: World, person: Person | None, error: type[Exception]
) -> None:
    reviewing.with_basw(world)
    file, ctx = BytesIO(), world.as_(person)
    with pytest.raises(error):
        export.export(ctx, NORTHMERE.id, file)
    assert file.getvalue() == b""
    if person is not None:
        assert not export.may_export(ctx, NORTHMERE.id)
    assert ctx.store.rows("SELECT 1 FROM events WHERE kind = 'everything downloaded'") == []
