from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.employers import Details
from healthcheck.core.errors import (
    NotAllowedError,
    NotFoundError,
    NotSignedInError,
    UnacceptableFileError,
)
from healthcheck.services import employers
from healthcheck.services.attachments import Upload
from healthcheck.services.employers import LARGEST_LOGO
from healthcheck.storage import employers as stored
from healthcheck.storage import events
from tests.people import ALICE, CHARLIE, NORTHMERE, SOUTHMERE, VERA
from tests.pictures_of import JPEG, PNG, SVG
from tests.reviewing import ADA, RHONA, with_basw

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.services.context import Context
    from tests.people import World

WESTMERE = {"name": "Westmere Council", "nation": "Wales", "employer_type": "council"}
HEAD = "code,name,nation,region,type\n"
FILE = (
    HEAD + "W1,Westmere Council,Wales,,WPA\nX1,Northmere Council,England,North West,LBO\n"
).encode()


@pytest.fixture
def ada(world: World) -> Context:
    with_basw(world)
    return world.as_(ADA)


def names(ctx: Context, *asked: str) -> list[str]:
    return [each.details.name for each in employers.every(ctx, *asked)]


def events_of(ctx: Context, employer_id: str) -> list[tuple[str, str | None]]:
    rows = ctx.store.rows(
        "SELECT kind, person_id FROM events WHERE employer_id = ? AND assessment_id IS NULL"
        " ORDER BY number",
        employer_id,
    )
    return [(kind, person_id) for kind, person_id in rows]


def test_an_employer_is_added_with_the_services_that_are_usual(ada: Context) -> None:
    outcome = employers.add(ada, WESTMERE, [])
    assert outcome.known is not None
    assert outcome.problems == ()
    details = Details("Westmere Council", "wales", "council", "", "", ("childrens", "adults"))
    assert employers.get(ada, outcome.known.id) == outcome.known
    assert outcome.known.details == details
    assert events_of(ada, outcome.known.id) == [("employer added", ADA.id)]


def test_what_is_wrong_is_said_and_nothing_is_added(ada: Context) -> None:
    outcome = employers.add(ada, {**WESTMERE, "name": " northmere COUNCIL", "nation": ""}, ["!"])
    assert [each.part for each in outcome.problems] == ["nation", "services", "name"]
    assert outcome.known is None
    assert names(ada) == [NORTHMERE.name, SOUTHMERE.name]


def test_a_code_belongs_to_one_employer(ada: Context) -> None:
    employers.add(ada, {**WESTMERE, "code": "w1"}, [])
    outcome = employers.add(ada, {**WESTMERE, "name": "Other", "code": "W1"}, [])
    (problem,) = outcome.problems
    assert (problem.part, problem.message) == ("code", "Westmere Council has the code W1 already.")


def test_details_are_changed_and_the_record_says_how(ada: Context) -> None:
    typed = {**WESTMERE, "name": NORTHMERE.name, "region": "North West", "code": "X1"}
    outcome = employers.change(ada, NORTHMERE.id, typed, ["childrens", "Asylum"])
    assert outcome.known is not None
    assert outcome.known.details == replace(
        Details(NORTHMERE.name, "wales", "council", "North West", "X1"),
        services=("childrens", "asylum"),
    )
    ((detail,),) = ada.store.rows("SELECT detail FROM events ORDER BY number DESC LIMIT 1")
    assert '"Nation": "England → Wales"' in detail
    before = events_of(ada, NORTHMERE.id)
    assert before == [("employer changed", ADA.id)]
    employers.change(ada, NORTHMERE.id, typed, ["childrens", "Asylum"])
    assert events_of(ada, NORTHMERE.id) == before


def test_details_that_are_wrong_change_nothing(ada: Context) -> None:
    kept = employers.get(ada, NORTHMERE.id)
    outcome = employers.change(ada, NORTHMERE.id, {**WESTMERE, "name": SOUTHMERE.name}, [])
    assert [each.part for each in outcome.problems] == ["name", "services"]
    assert employers.get(ada, NORTHMERE.id) == kept


def test_employers_are_found_by_words_nation_and_type(ada: Context) -> None:
    employers.add(ada, {**WESTMERE, "region": "Dyfed", "code": "W0600"}, [])
    assert names(ada) == [NORTHMERE.name, SOUTHMERE.name, "Westmere Council"]
    assert names(ada, "COUNCIL") == [NORTHMERE.name, "Westmere Council"]
    assert names(ada, "dyf") == names(ada, "w06") == names(ada, "", "wales") == ["Westmere Council"]
    assert names(ada, "", "", "hsc-trust") == [SOUTHMERE.name]
    assert names(ada, "%") == []


def test_a_file_is_looked_at_agreed_to_and_brought_in_once(ada: Context) -> None:
    plan = employers.plan(ada, FILE)
    assert [each.name for each in plan.new] == ["Westmere Council"]
    assert [each.known.id for each in plan.changed] == [NORTHMERE.id]
    assert names(ada) == [NORTHMERE.name, SOUTHMERE.name]
    done = employers.import_agreed(ada, FILE, plan.fingerprint)
    assert done == plan
    assert names(ada) == [NORTHMERE.name, SOUTHMERE.name, "Westmere Council"]
    assert employers.get(ada, NORTHMERE.id).details.code == "X1"
    again = employers.plan(ada, FILE)
    assert (again.changes_something, again.unchanged) == (False, 2)
    assert events.first_break(ada.store)[1] is None


def test_what_is_not_agreed_to_is_not_done(ada: Context) -> None:
    agreed = employers.plan(ada, FILE).fingerprint
    employers.add(ada, WESTMERE, [])
    assert employers.import_agreed(ada, FILE, agreed) is None
    assert employers.import_agreed(ada, FILE, "") is None
    assert employers.get(ada, NORTHMERE.id).details.code == ""


def test_a_file_with_one_bad_row_is_not_half_imported(ada: Context) -> None:
    bad = FILE + b"Y1,,Wales,,UA\n"
    plan = employers.plan(ada, bad)
    assert [str(each) for each in plan.problems] == ["Line 4: Enter the employer’s name."]
    assert employers.import_agreed(ada, bad, plan.fingerprint) is None
    assert employers.bring_in(ada, bad) == plan
    assert names(ada) == [NORTHMERE.name, SOUTHMERE.name]


def test_who_runs_the_installation_brings_a_file_in_or_only_looks(world: World) -> None:
    ctx = world.as_(None)
    assert employers.bring_in(ctx, FILE, only_look=True).changes_something
    assert len(stored.of_all(ctx.store)) == 2
    employers.bring_in(ctx, FILE)
    assert len(stored.of_all(ctx.store)) == 3
    assert not employers.bring_in(ctx, FILE).changes_something


def test_letters_survive_a_file_and_its_text(ada: Context) -> None:
    content = "name,nation,type\nCyngor Ŵyr,Wales,WPA\n".encode("utf-16")
    text = employers.text_of(content)
    assert employers.plan(ada, text.encode()) == employers.plan(ada, content)


@pytest.mark.parametrize(
    ("name", "content", "media_type"), [("a.png", PNG, "image/png"), ("b.jpg", JPEG, "image/jpeg")]
)
def test_a_logo_is_kept_and_handed_to_the_employers_own_people_and_basw(
    ada: Context, world: World, name: str, content: bytes, media_type: str
) -> None:
    employers.set_logo(ada, NORTHMERE.id, Upload(name, content))
    for person in (ALICE, VERA, ADA, RHONA):
        assert employers.logo(world.as_(person), NORTHMERE.id) == (content, media_type)
    with pytest.raises(NotFoundError):
        employers.logo(world.as_(CHARLIE), NORTHMERE.id)
    with pytest.raises(NotSignedInError):
        employers.logo(world.as_(None), NORTHMERE.id)
    known = employers.get(ada, NORTHMERE.id)
    assert employers.logos(world.as_(ALICE)) == {NORTHMERE.id: known.logo}
    assert employers.logos(world.as_(CHARLIE)) == employers.logos(world.as_(None)) == {}


def test_a_logo_is_replaced_and_removed(ada: Context) -> None:
    for name, content in (("a.png", PNG), ("a.png", PNG), ("b.jpg", JPEG)):
        employers.set_logo(ada, NORTHMERE.id, Upload(name, content))
    employers.remove_logo(ada, NORTHMERE.id)
    employers.remove_logo(ada, NORTHMERE.id)
    assert employers.get(ada, NORTHMERE.id).logo is None
    with pytest.raises(NotFoundError, match="There is no logo here"):
        employers.logo(ada, NORTHMERE.id)
    kinds = [kind for kind, _ in events_of(ada, NORTHMERE.id)]
    assert kinds == ["logo added", "logo added", "logo removed"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("logo.svg", SVG, "we can take. A logo is a PNG or a JPEG file.$"),
        ("logo.png", SVG, "does not hold a PNG picture"),
        ("logo.png", JPEG, "does not hold a PNG picture"),
        ("logo.pdf", b"%PDF-1.7", "is not a picture. A logo is a PNG or a JPEG file."),
        ("logo.png", PNG + bytes(LARGEST_LOGO), "is larger than 1 MB"),
        ("logo.png", PNG[:16] + b"\x00\x01\x00\x00" * 2 + PNG[24:], "more than 16 million dots"),
        ("", b"", "is empty"),
    ],
)
def test_what_is_no_small_picture_is_no_logo(
    ada: Context, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(UnacceptableFileError, match=said):
        employers.set_logo(ada, NORTHMERE.id, Upload(name, content))
    assert employers.get(ada, NORTHMERE.id).logo is None


ACTIONS: dict[str, Callable[[Context], object]] = {
    "require": employers.require,
    "list": employers.every,
    "get": lambda ctx: employers.get(ctx, NORTHMERE.id),
    "add": lambda ctx: employers.add(ctx, WESTMERE, []),
    "change": lambda ctx: employers.change(ctx, NORTHMERE.id, WESTMERE, []),
    "plan": lambda ctx: employers.plan(ctx, FILE),
    "import": lambda ctx: employers.import_agreed(ctx, FILE, ""),
    "set logo": lambda ctx: employers.set_logo(ctx, NORTHMERE.id, Upload("a.png", PNG)),
    "remove logo": lambda ctx: employers.remove_logo(ctx, NORTHMERE.id),
}


@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS.keys())
def test_only_an_administrator_looks_after_employers(
    ada: Context, world: World, action: Callable[[Context], object]
) -> None:
    assert ada.someone() == ADA
    with pytest.raises(NotSignedInError):
        action(world.as_(None))
    for person in (ALICE, CHARLIE):
        with pytest.raises(NotFoundError, match="There is no page here"):
            action(world.as_(person))
    with pytest.raises(NotAllowedError, match="does not let you add and change employers"):
        action(world.as_(RHONA))


def test_an_employer_that_is_not_there_is_said(ada: Context) -> None:
    with pytest.raises(NotFoundError, match="There is no such employer"):
        employers.get(ada, "nothing")
