from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.answers import Entry
from healthcheck.core.errors import NotFoundError
from healthcheck.core.steps import Step
from healthcheck.services import sign_off, submissions
from healthcheck.services.assessments import opened
from healthcheck.services.attachments import remove_attachment
from healthcheck.storage import events
from tests import reviewing
from tests.people import ALICE, CHARLIE, VERA
from tests.reviewing import OLIVE, RHONA, SCHEME

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from tests.people import World


@pytest.fixture(name="submitted")
def northmeres_submitted(world: World) -> World:
    reviewing.with_basw(world)
    reviewing.submit(world)
    return world


def noted(world: World, kind: str) -> list[tuple[str | None, object]]:
    found = events.of(world.as_(None).store, world.northmeres.id)
    return [(person_id, detail) for each, person_id, detail in found if each == kind]


def test_a_version_opens_as_it_was_signed_whatever_the_answers_are_now(submitted: World) -> None:
    alice, id_ = submitted.as_(ALICE), submitted.northmeres.id
    before = opened(alice, id_)
    sign_off.take(alice, id_, Step.RECALL)
    reviewing.save(submitted, "scheme", {"agreed-scheme": Entry(("0",))})
    found = submissions.open_version(alice, id_, 1)
    assert found.opened.journey == before.journey
    assert found.opened.attachments == before.attachments
    assert not found.opened.may_answer
    assert not found.opened.definition_changed
    assert found.opened.assessment.changed_at == found.version.signed_at
    assert opened(alice, id_).journey["agreed-scheme"].value == 0


def test_a_read_by_basw_is_noted_and_one_by_the_employer_is_not(submitted: World) -> None:
    submissions.open_version(submitted.as_(VERA), submitted.northmeres.id)
    assert noted(submitted, submissions.READ) == []
    submissions.open_version(submitted.as_(RHONA), submitted.northmeres.id)
    assert noted(submitted, submissions.READ) == [(RHONA.id, {"version": 1})]


def test_what_was_signed_can_be_read_without_its_answers(submitted: World) -> None:
    found, version, said = submissions.signed(submitted.as_(RHONA), submitted.northmeres.id, 1)
    assert (found.assessment.id, version.number) == (submitted.northmeres.id, 1)
    assert said.signed["name"] == "Olive Officer"
    assert noted(submitted, submissions.READ) == [(RHONA.id, {"version": 1})]


@pytest.mark.parametrize("person", [VERA, RHONA])
def test_a_download_of_the_data_is_noted(submitted: World, person: Person) -> None:
    version = submissions.data(submitted.as_(person), submitted.northmeres.id, 1)
    assert version.content.startswith('{"answers":')
    assert noted(submitted, submissions.DATA_DOWNLOADED) == [(person.id, {"version": 1})]


def test_a_submitted_file_stays_when_it_is_taken_out_of_the_answers(submitted: World) -> None:
    alice, id_ = submitted.as_(ALICE), submitted.northmeres.id
    (file,) = opened(alice, id_).attachments["agreed-scheme"]
    sign_off.take(alice, id_, Step.RECALL)
    remove_attachment(alice, id_, file.id)
    assert submissions.file(submitted.as_(VERA), id_, 1, file.id) == (file, SCHEME.content)
    assert noted(submitted, submissions.FILE_DOWNLOADED) == [
        (VERA.id, {"version": 1, "file": "scheme.txt"})
    ]
    with pytest.raises(NotFoundError, match="no such file in this version"):
        submissions.file(alice, id_, 1, "another")


def test_nothing_is_found_before_something_was_submitted(world: World) -> None:
    for number in (None, 1):
        with pytest.raises(NotFoundError, match="no such version"):
            submissions.open_version(world.as_(ALICE), world.northmeres.id, number)


def test_charlie_finds_nothing_and_nothing_is_noted(submitted: World) -> None:
    charlie, id_ = submitted.as_(CHARLIE), submitted.northmeres.id
    (file,) = opened(submitted.as_(OLIVE), id_).attachments["agreed-scheme"]
    before = events.of(charlie.store, id_)
    for act in (
        lambda: submissions.open_version(charlie, id_),
        lambda: submissions.signed(charlie, id_, 1),
        lambda: submissions.data(charlie, id_, 1),
        lambda: submissions.file(charlie, id_, 1, file.id),
        lambda: submissions.open_version(charlie, submitted.southmeres.id, 1),
    ):
        with pytest.raises(NotFoundError):
            act()
    assert events.of(charlie.store, id_) == before
