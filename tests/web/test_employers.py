"""Employers as BASW's administrator meets them, and a logo as the employer's people do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.services import employers
from tests.people import ALICE, NORTHMERE, SOUTHMERE
from tests.pictures_of import PNG, SVG
from tests.reviewing import ADA, RHONA, with_basw
from tests.web.markup import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.page import Page

LIST, NEW, IMPORT = "/basw/employers", "/basw/employers/new", "/basw/employers/import"
NORTHMERES = f"{LIST}/{NORTHMERE.id}"
LOOK, SAVE_ALL = "Look at what it would do", "Save all of this"
FILE = (
    "code,name,nation,region,type,slug\nW1,Westmere & Co,Wales,,WPA,x\n"
    "X1,Northmere Council,England,,LBO,x\n"
)


@pytest.fixture
def ada(world: World, signed_in: Callable[[Person], Someone]) -> Someone:
    with_basw(world)
    return signed_in(ADA)


def cells(page: Page) -> list[list[str]]:
    """Return the words of every cell of every row of the page's tables."""
    return [[words_of(each) for each in row] for row in page.tree.iter("tr")]


def look(someone: Someone, content: bytes, status: int = 200) -> Page:
    return someone.submit(
        someone.get(IMPORT), {}, LOOK, files={"file": [("list.csv", content)]}, status=status
    )


def test_the_list_is_searched_and_filtered_in_the_address(ada: Someone) -> None:
    page = ada.get(LIST)
    assert page.links[NORTHMERE.name] == NORTHMERES
    assert "2 employers." in page.words
    found = ada.get(f"{LIST}?words=north&nation=england&type=council")
    assert "1 employer like this." in found.words
    assert SOUTHMERE.name not in found.words
    assert "0 employers like this." in ada.get(f"{LIST}?words=%3Cscript%3E").words


def test_an_employer_is_added(ada: Someone) -> None:
    page = ada.get(NEW)
    assert page.fields("Add the employer")["services"] == ["childrens", "adults"]
    typed = {
        "name": "Westmere",
        "nation": "wales",
        "employer_type": "nhs-trust",
        "others": "Asylum",
    }
    done = ada.follow(ada.submit(page, typed, "Add the employer"))
    assert done.heading == "Westmere"
    assert done.messages == ["Westmere is added. Now invite its health check lead."]
    fields = done.fields("Save the details")
    assert (fields["others"], fields["nation"]) == (["Asylum"], ["wales"])
    assert ada.get(done.links["People at this employer"]).heading == "People at Westmere"


def test_what_is_wrong_is_shown_beside_its_field_and_kept(ada: Someone) -> None:
    typed = {"name": "=cmd", "code": "!", "others": "???"}
    page = ada.submit(ada.get(NEW), typed, "Add the employer", status=422)
    wrong = [target for target, _ in page.errors]
    assert wrong == ["name", "employer_type", "nation", "code", "services"]
    assert page.fields("Add the employer")["name"] == ["=cmd"]


def test_details_are_changed(ada: Someone) -> None:
    typed = {"region": "North West", "services": ["adults"], "others": "Asylum\r\nHospital"}
    done = ada.follow(ada.submit(ada.get(NORTHMERES), typed, "Save the details"))
    assert done.messages == ["The details of Northmere Council are saved."]
    fields = done.fields("Save the details")
    assert fields["services"] == ["adults"]
    assert fields["others"] == ["Asylum\r\nHospital"]
    refused = ada.submit(done, {"name": SOUTHMERE.name}, "Save the details", status=422)
    assert refused.errors == [("name", "There is an employer of that name already.")]
    assert refused.heading == NORTHMERE.name


def test_a_file_is_looked_at_and_then_brought_in(ada: Someone) -> None:
    page = look(ada, FILE.encode())
    assert page.heading == "What this file would do"
    assert "1 employer would be added, 1 changed, and 0 left as they are." in page.words
    assert "These columns are not used: slug." in page.words
    assert "Official code: from none to X1" in page.words
    assert "Westmere" not in ada.get(LIST).words
    done = ada.follow(ada.submit(page, {}, SAVE_ALL))
    assert done.messages == ["1 employer added, 1 changed, 0 left as they were."]
    assert "Westmere & Co" in done.words
    again = look(ada, FILE.encode())
    assert "So there is nothing to save." in again.words


def test_a_file_with_wrong_rows_names_each_and_cannot_be_agreed_to(ada: Someone) -> None:
    page = look(ada, (FILE + "Y1,,England,,UA,x\nY2,=x,Narnia,,UA,x\n").encode(), 422)
    assert page.heading == "This file cannot be taken"
    assert "Correct 3 problems in the file" in page.words
    assert ["4", "Enter the employer’s name."] in cells(page)
    assert SAVE_ALL not in page.words
    assert "Westmere" not in ada.get(LIST).words


@pytest.mark.parametrize("content", [b"\xff\x00\x89", b"name\n", b'"', FILE.encode("utf-32")])
def test_a_hostile_file_is_refused_in_words(ada: Someone, content: bytes) -> None:
    assert look(ada, content, 422).heading == "This file cannot be taken"


def test_no_file_is_asked_for_again_and_a_huge_one_is_refused(ada: Someone) -> None:
    page = ada.submit(ada.get(IMPORT), {}, LOOK, status=422)
    assert page.errors == [("file", "Choose a file first.")]
    huge = look(ada, b"name,nation,type\n" * 70_000, 422)
    assert "The file is larger than 1 MB" in huge.words
    assert ada.post(IMPORT, page.fields(LOOK) | {"x": "y" * 50_000_000}, 413).status == 413


def test_a_plan_that_would_now_do_something_else_is_shown_again(ada: Someone, world: World) -> None:
    page = look(ada, FILE.encode())
    typed = {"name": "Westmere & Co", "nation": "wales", "employer_type": "council"}
    employers.take_in(world.as_(None), typed, [])
    moved = ada.submit(page, {}, SAVE_ALL, status=409)
    assert "Nothing was saved. The employers changed while you were looking" in moved.words
    assert ada.follow(ada.submit(moved, {}, SAVE_ALL)).messages == [
        "0 employers added, 2 changed, 0 left as they were."
    ]
    nothing = ada.submit(page, {"content": "\r\n", "agreed": "x"}, SAVE_ALL, status=409)
    assert nothing.heading == "This file cannot be taken"


def test_a_logo_is_saved_shown_and_removed(
    ada: Someone, world: World, signed_in: Callable[[Person], Someone], charlie: Someone
) -> None:
    files = {"logo": [("logo.png", PNG)]}
    page = ada.follow(ada.submit(ada.get(NORTHMERES), {}, "Save the logo", files=files))
    assert page.messages == ["The logo is saved."]
    (picture,) = page.of_class("hc-logo")
    assert picture.get("alt") == "The logo of Northmere Council"
    alice = signed_in(ALICE)
    for address in ("/", f"/assessments/{world.northmeres.id}"):
        (own,) = alice.get(address).of_class("hc-logo")
        assert own.get("src") == picture.get("src")
    sent = alice.get(picture.get("src") or "")
    assert sent.content == PNG
    assert sent.headers["Content-Type"] == "image/png"
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert sent.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    charlie.get(picture.get("src") or "", 404)
    assert charlie.get("/").of_class("hc-logo") == []
    gone = ada.follow(ada.submit(page, {}, "Remove the logo"))
    assert gone.messages == ["The logo is removed."]
    assert gone.of_class("hc-logo") == []


def test_what_is_no_picture_is_refused_beside_its_field(ada: Someone) -> None:
    files = {"logo": [("logo.png", SVG)]}
    page = ada.submit(ada.get(NORTHMERES), {}, "Save the logo", files=files, status=422)
    ((target, sentence),) = page.errors
    assert (target, "does not hold a PNG picture" in sentence) == ("logo", True)
    page = ada.submit(ada.get(NORTHMERES), {}, "Save the logo", status=422)
    assert page.errors == [("logo", "Choose a file first.")]


@pytest.mark.parametrize("address", [LIST, NEW, IMPORT, NORTHMERES, f"{LIST}/nothing"])
def test_nobody_else_learns_of_these_pages(
    ada: Someone,
    alice: Someone,
    charlie: Someone,
    signed_in: Callable[[Person], Someone],
    address: str,
) -> None:
    assert ada.get("/basw").status == 200
    for someone in (alice, charlie):
        assert someone.get(address, 404).heading == "Page not found"
    assert signed_in(RHONA).get(address, 403).status == 403


@pytest.mark.parametrize(
    "address", [NEW, IMPORT, f"{IMPORT}/confirm", NORTHMERES, f"{NORTHMERES}/logo"]
)
def test_nobody_else_changes_anything(
    ada: Someone, alice: Someone, world: World, address: str
) -> None:
    token = alice.get("/").fields("Sign out")["csrf_token"]
    before = ada.get(LIST).words
    assert alice.post(address, {"csrf_token": token, "name": "X"}, 404).status == 404
    assert ada.post(address, {"name": "X"}, 400).status == 400
    assert ada.get(LIST).words == before
    assert world.as_(None).store.rows("SELECT count(*) FROM employers") == [(2,)]
