"""Joining by an invitation, and choosing a new password, on their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.permissions import Role
from healthcheck.services import invitations, password_links
from healthcheck.storage import accounts, roles
from tests import letters
from tests.people import ALICE, BOB, NORTHMERE, PASSWORD
from tests.web.client import Someone
from tests.web.test_access import dump

if TYPE_CHECKING:
    from flask import Flask

    from tests.people import World

NEW = "dan@northmere.example"
ENDED = "This link no longer works"


def link(world: World, email: str = NEW, role: Role = Role.CONTRIBUTOR) -> str:
    invitations.invite(world.as_(ALICE), NORTHMERE.id, email, role)
    return f"/join/{letters.token(world, '/join')}"


def test_somebody_new_joins_and_is_signed_in(nobody: Someone, world: World) -> None:
    page = nobody.get(link(world))
    assert page.heading == "Join Northmere Council"
    assert f"Alice Archer has invited {NEW} to be Contributor" in page.words
    home = nobody.follow(nobody.submit(page, {"name": "Dan Dale", "password": PASSWORD}, "Join"))
    assert home.messages == ["Your account is ready, and you are signed in."]
    assert ("Dan Dale" in home.words, "Northmere Council" in home.words) == (True, True)


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({}, [("name", "Enter your name."), ("password", "Enter a password.")]),
        (
            {"name": "Dan", "password": "short"},
            [("password", "A password needs 12 to 200 characters.")],
        ),
        (
            {"name": "x" * 101, "password": PASSWORD},
            [("name", "Enter your name in up to 100 letters.")],
        ),
        ({"name": "Dan", "password": "x" * 201}, [("password", "Enter a shorter password.")]),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_password_is_not_shown_again(
    nobody: Someone, world: World, typed: dict[str, str], errors: list[tuple[str, str]]
) -> None:
    page = nobody.submit(nobody.get(link(world)), typed, "Join", status=422)
    assert page.errors == errors
    assert page.title.startswith("Error: Join Northmere Council")
    fields = page.fields("Join")
    assert (fields["name"], fields["password"]) == ([typed.get("name", "")], [""])


@pytest.mark.parametrize("how", ["wrong", "used", "run out", "cancelled"])
def test_every_link_that_does_not_work_looks_the_same(
    nobody: Someone, world: World, how: str
) -> None:
    address, store = link(world), world.as_(None).store
    form = nobody.get(address)
    changes = {
        "used": "UPDATE invitations SET used_at = created_at, used_by = 'bob'",
        "run out": "UPDATE invitations SET expires_at = created_at",
        "cancelled": "UPDATE invitations SET cancelled_at = created_at",
    }
    if how == "wrong":
        address = "/join/no-such-token"
    else:
        with store.writing():
            store.run(changes[how])
    page = nobody.get(address, 410)
    assert page.heading == ENDED
    assert (
        "or its address is not whole. The person who invited you can send a new one." in page.words
    )
    fields = {**form.fields("Join"), "name": "Dan", "password": PASSWORD}
    posted = nobody.post(address, fields, 410)
    assert posted.words == page.words
    assert accounts.find_person(store, NEW) is None


def test_somebody_with_an_account_signs_in_and_accepts(nobody: Someone, world: World) -> None:
    address = link(world, BOB.email, Role.ACCOUNTABLE_OFFICER)
    page = nobody.get(address)
    assert "This address has an account already." in page.words
    form = nobody.get(page.links["Sign in to accept"])
    back = nobody.submit(form, {"email": BOB.email, "password": PASSWORD}, "Sign in")
    assert back.leads_to == address
    home = nobody.follow(nobody.submit(nobody.follow(back), {}, "Accept the invitation"))
    assert home.messages == ["You are now Accountable officer at Northmere Council."]
    held = roles.at_employer(world.as_(None).store, BOB.id, NORTHMERE.id)
    assert held == {Role.CONTRIBUTOR, Role.ACCOUNTABLE_OFFICER}
    nobody.get(address, 410)


def test_somebody_signed_in_with_another_address_is_told_so(charlie: Someone, world: World) -> None:
    address = link(world)
    page = charlie.get(address)
    told = f"You are signed in as charlie@southmere.example, but this invitation was sent to {NEW}."
    assert told in page.words
    token = page.fields("Sign out")["csrf_token"]
    refused = charlie.post(address, {"csrf_token": token}, 403)
    assert told.removesuffix(".") in refused.words
    assert len(invitations.waiting(world.as_(ALICE), NORTHMERE.id)) == 1


def test_a_form_sent_for_an_address_that_has_an_account_makes_no_second_one(
    nobody: Someone, world: World
) -> None:
    fields = nobody.get(link(world)).fields("Join")
    page = nobody.post(
        link(world, BOB.email, Role.VIEWER), {**fields, "name": "B", "password": PASSWORD}, 422
    )
    assert "This address has an account already." in page.words
    assert "Sign in to accept" in page.links


def test_reading_the_pages_changes_nothing(nobody: Someone, bob: Someone, world: World) -> None:
    address = link(world, BOB.email, Role.VIEWER)
    password_links.ask(world.as_(None), ALICE.email)
    new_password = f"/new-password/{letters.token(world, '/new-password')}"
    before = dump(str(world.product.config.database))
    for someone in (nobody, bob):
        for page in (address, new_password, "/forgotten-password", "/forgotten-password/sent"):
            someone.get(page)
        for page in ("/join/wrong", "/new-password/wrong"):
            assert someone.get(page, 410).heading == ENDED
    assert dump(str(world.product.config.database)) == before


def test_whoever_asks_for_a_link_gets_the_same_words(nobody: Someone, world: World) -> None:
    form = nobody.get(nobody.get("/sign-in").links["Forgotten your password?"])
    pages = [
        nobody.follow(nobody.submit(form, {"email": email}, "Send the link"))
        for email in (ALICE.email, "nobody@northmere.example", "no address")
    ]
    assert {page.words for page in pages} == {pages[0].words}
    assert pages[0].heading == "Look at your email"
    assert letters.sent(world) == [("PASSWORD_LINK", ALICE.email)]


def test_an_empty_address_is_asked_for(nobody: Someone) -> None:
    form = nobody.get("/forgotten-password")
    page = nobody.submit(form, {"email": ""}, "Send the link", status=422)
    assert page.errors == [("email", "Enter your email address.")]


def test_a_new_password_is_chosen_and_used(nobody: Someone, alice: Someone, world: World) -> None:
    nobody.submit(nobody.get("/forgotten-password"), {"email": ALICE.email}, "Send the link")
    address = f"/new-password/{letters.token(world, '/new-password')}"
    page = nobody.get(address)
    assert (page.heading, ALICE.email in page.words) == ("Choose a new password", True)
    button = "Change the password"
    for password, error in (
        ("", "Enter a password."),
        ("short", "A password needs 12 to 200 characters."),
    ):
        refused = nobody.submit(page, {"password": password}, button, status=422)
        assert refused.errors == [("password", error)]
    told = nobody.follow(nobody.submit(page, {"password": "an even longer walk"}, button))
    assert told.messages == ["Your password is changed. Sign in with the new one."]
    assert alice.get("/", 303).leads_to == "/sign-in?next=/"
    assert nobody.sign_in(ALICE, "an even longer walk").heading == "Your health checks"
    nobody.get(address, 410)
    fields = {**page.fields(button), "password": "another long walk"}
    nobody.post(address, {**fields, "csrf_token": "x"}, 400)


def test_asking_again_and_again_must_wait(app: Flask) -> None:
    someone = Someone(app, "198.51.100.7")
    form = someone.get("/forgotten-password")
    for number in range(20):
        someone.submit(form, {"email": f"{number}@northmere.example"}, "Send the link")
    page = someone.submit(form, {"email": ALICE.email}, "Send the link", status=429)
    assert page.heading == "Too many tries"
    assert "Try again in 15 minutes." in page.words
