from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import NotAllowedError, NotFoundError, NotSignedInError
from healthcheck.core.permissions import AT_BASW, PERMISSIONS, Permission, Role, can
from healthcheck.services import assessments, attachments, reports
from healthcheck.services.attachments import Upload
from healthcheck.services.context import Context
from healthcheck.services.permissions import permitted, permitted_at, permitted_at_basw
from healthcheck.storage import roles
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE, VERA, offer

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from tests.people import World

Act = Callable[[Context, str, str], object]

READING: dict[str, Act] = {
    "opened": lambda ctx, id_, _: assessments.opened(ctx, id_),
    "remember_place": lambda ctx, id_, _: assessments.remember_place(ctx, id_, "posts"),
    "attachment": attachments.attachment,
    "ask_for_report": lambda ctx, id_, _: reports.ask_for_report(ctx, id_),
    "ask_for_workbook": lambda ctx, id_, _: reports.ask_for_workbook(ctx, id_),
}
ANSWERING: dict[str, Act] = {
    "save_topic": lambda ctx, id_, _: assessments.save_topic(
        ctx, id_, "scheme", {"agreed-scheme": offer("2")}, {}
    ),
    "remove_attachment": attachments.remove_attachment,
}
EVERYTHING = {**READING, **ANSWERING}


@pytest.fixture
def file(world: World) -> str:
    """Give the id of a file that Alice attached to Northmere's assessment."""
    outcome = assessments.save_topic(
        world.as_(ALICE),
        world.northmeres.id,
        "posts",
        {},
        {"vacancies": [Upload("posts.csv", b"team,posts\n")]},
    )
    return outcome.opened.attachments["vacancies"][0].id


@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_the_table_says_and_nothing_else(world: World, role: Role) -> None:
    ctx = world.as_(CHARLIE)
    with ctx.store.writing():
        roles.give(ctx.store, CHARLIE.id, role, None if role in AT_BASW else NORTHMERE.id)
    opens = can({role}, Permission.READ) or can({role}, Permission.READ_SUBMISSION)
    for permission in Permission:
        if opens and role in PERMISSIONS[permission]:
            found = permitted(ctx, world.northmeres.id, permission)
            assert found.assessment == world.northmeres
            assert found.roles == {role}
        elif permission is Permission.READ or not opens:
            with pytest.raises(NotFoundError, match="no health check here"):
                permitted(ctx, world.northmeres.id, permission)
        else:
            with pytest.raises(NotAllowedError, match=permission.value):
                permitted(ctx, world.northmeres.id, permission)


def test_a_role_at_basw_is_worth_nothing_at_the_persons_own_employer(world: World) -> None:
    ctx = world.as_(VERA)
    with ctx.store.writing():
        roles.give(ctx.store, VERA.id, Role.REVIEWER, None)
        roles.give(ctx.store, VERA.id, Role.ADMINISTRATOR, None)
    for permission in Permission:
        if can({Role.VIEWER}, permission):
            assert permitted(ctx, world.northmeres.id, permission).roles == {Role.VIEWER}
        else:
            with pytest.raises(NotAllowedError, match=permission.value):
                permitted(ctx, world.northmeres.id, permission)


@pytest.mark.parametrize("role", Role)
def test_a_role_reaches_its_employer_as_the_table_says(world: World, role: Role) -> None:
    ctx = world.as_(CHARLIE)
    for permission in Permission:
        with pytest.raises(NotFoundError, match="no employer here"):
            permitted_at(ctx, NORTHMERE.id, permission)
    with ctx.store.writing():
        roles.give(ctx.store, CHARLIE.id, role, None if role in AT_BASW else NORTHMERE.id)
    for permission in Permission:
        if can({role}, permission):
            assert permitted_at(ctx, NORTHMERE.id, permission) == NORTHMERE
        else:
            with pytest.raises(NotAllowedError, match=permission.value):
                permitted_at(ctx, NORTHMERE.id, permission)


@pytest.mark.parametrize("role", Role)
def test_pages_of_basw_are_not_there_for_anyone_else(world: World, role: Role) -> None:
    ctx = world.as_(CHARLIE)
    with ctx.store.writing():
        roles.give(ctx.store, CHARLIE.id, role, None if role in AT_BASW else NORTHMERE.id)
    for permission in Permission:
        if role not in AT_BASW:
            with pytest.raises(NotFoundError, match="no page here"):
                permitted_at_basw(ctx, permission)
        elif can({role}, permission):
            assert permitted_at_basw(ctx, permission) == CHARLIE
        else:
            with pytest.raises(NotAllowedError, match=permission.value):
                permitted_at_basw(ctx, permission)


@pytest.mark.parametrize("act", READING.values(), ids=READING)
@pytest.mark.parametrize("person", [ALICE, BOB, VERA], ids=lambda each: each.id)
def test_everyone_at_the_employer_may_read(
    world: World, file: str, person: Person, act: Act
) -> None:
    act(world.as_(person), world.northmeres.id, file)


@pytest.mark.parametrize("act", ANSWERING.values(), ids=ANSWERING)
@pytest.mark.parametrize("person", [ALICE, BOB], ids=lambda each: each.id)
def test_a_lead_and_a_contributor_may_answer(
    world: World, file: str, person: Person, act: Act
) -> None:
    before = world.as_(person).store.row("SELECT revision FROM assessments WHERE revision > 0")
    act(world.as_(person), world.northmeres.id, file)
    after = world.as_(person).store.row("SELECT revision FROM assessments WHERE revision > 0")
    assert (before, after) == ((1,), (2,))


@pytest.mark.parametrize("act", ANSWERING.values(), ids=ANSWERING)
def test_a_viewer_is_told_that_she_may_not_answer_and_nothing_changes(
    world: World, file: str, act: Act
) -> None:
    ctx = world.as_(VERA)
    before = assessments.opened(ctx, world.northmeres.id)
    with pytest.raises(NotAllowedError, match="cannot answer questions and add evidence"):
        act(ctx, world.northmeres.id, file)
    assert assessments.opened(ctx, world.northmeres.id) == before
    assert not before.may_answer


@pytest.mark.parametrize("act", EVERYTHING.values(), ids=EVERYTHING)
def test_another_employers_assessment_looks_like_none_at_all(
    world: World, file: str, act: Act
) -> None:
    ctx = world.as_(CHARLIE)
    with pytest.raises(NotFoundError) as theirs:
        act(ctx, world.northmeres.id, file)
    with pytest.raises(NotFoundError) as none_at_all:
        act(ctx, "no-such-id", file)
    assert str(theirs.value) == str(none_at_all.value)


@pytest.mark.parametrize("act", EVERYTHING.values(), ids=EVERYTHING)
def test_nobody_does_anything_without_signing_in(world: World, file: str, act: Act) -> None:
    with pytest.raises(NotSignedInError):
        act(world.as_(None), world.northmeres.id, file)


def test_another_employers_file_cannot_be_had_through_ones_own_assessment(
    world: World, file: str
) -> None:
    ctx = world.as_(CHARLIE)
    with pytest.raises(NotFoundError, match="no such file"):
        attachments.attachment(ctx, world.southmeres.id, file)
    with pytest.raises(NotFoundError, match="no such file"):
        attachments.remove_attachment(ctx, world.southmeres.id, file)


def test_a_list_shows_ones_own_employers_and_no_others(world: World, file: str) -> None:
    del file
    seen = {
        person.id: [each.assessment.id for each in assessments.mine(world.as_(person))]
        for person in (ALICE, BOB, VERA, CHARLIE)
    }
    assert seen == {
        ALICE.id: [world.northmeres.id],
        BOB.id: [world.northmeres.id],
        VERA.id: [world.northmeres.id],
        CHARLIE.id: [world.southmeres.id],
    }


def test_a_person_at_two_employers_sees_both(world: World) -> None:
    ctx = world.as_(CHARLIE)
    with ctx.store.writing():
        roles.give(ctx.store, CHARLIE.id, Role.VIEWER, NORTHMERE.id)
        roles.give(ctx.store, CHARLIE.id, Role.VIEWER, NORTHMERE.id)
    may_answer = {each.assessment.id: each.may_answer for each in assessments.mine(ctx)}
    assert may_answer == {world.northmeres.id: False, world.southmeres.id: True}
