"""The page of one's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.services import accounts, own_account
from tests.people import ALICE, CHARLIE, PASSWORD
from tests.signing_in import begun

if TYPE_CHECKING:
    from tests.people import World
    from tests.web.client import Someone

NEW = "an even longer walk"


def test_the_header_leads_to_who_one_is_and_where_one_is_signed_in(
    alice: Someone, world: World
) -> None:
    begun(world, ALICE, "198.51.100.7")
    begun(world, CHARLIE, "203.0.113.9")
    page = alice.get(alice.get("/").links["Your account"])
    assert page.heading == "Your account"
    assert {ALICE.name in page.words, ALICE.email in page.words} == {True}
    assert "This one" in page.words
    assert "From 198.51.100.7, by password" in page.words
    assert "Last seen 2 March 2026, 10:30" in page.words
    assert "203.0.113.9" not in page.words


def test_one_session_is_ended_from_the_page(alice: Someone, world: World) -> None:
    there = begun(world, ALICE, "198.51.100.7")
    told = alice.follow(alice.submit(alice.get("/account"), {}, "Sign out there"))
    assert told.messages == ["You are signed out there."]
    assert "198.51.100.7" not in told.words
    assert accounts.person_for(world.as_(None), there) is None
    assert alice.get("/").heading == "Your health checks"


def test_all_others_are_ended_from_the_page(alice: Someone, world: World) -> None:
    others = [begun(world, ALICE), begun(world, ALICE)]
    told = alice.follow(alice.submit(alice.get("/account"), {}, "Sign out everywhere else"))
    assert told.messages == ["You are signed out everywhere but here."]
    assert [accounts.person_for(world.as_(None), each) for each in others] == [None, None]
    assert "Sign out everywhere else" not in told.words


def test_the_session_of_another_looks_as_if_it_were_not_there(
    charlie: Someone, world: World
) -> None:
    token = begun(world, ALICE)
    alices = own_account.this_one(accounts.recognised(world.as_(None), token))
    fields = {"csrf_token": charlie.get("/account").fields("Sign out")["csrf_token"]}
    theirs = charlie.post(f"/account/sessions/{alices}/end", fields, 404)
    none = charlie.post("/account/sessions/none/end", fields, 404)
    assert theirs.words == none.words
    assert accounts.person_for(world.as_(None), token) == ALICE


def test_the_password_is_changed_and_this_session_stays(alice: Someone, world: World) -> None:
    elsewhere = begun(world, ALICE)
    form = alice.get(alice.get("/account").links["Change your password"])
    typed = {"old": PASSWORD, "new": NEW}
    told = alice.follow(alice.submit(form, typed, "Change the password"))
    assert told.messages == ["Your password is changed. You are signed out everywhere but here."]
    assert accounts.person_for(world.as_(None), elsewhere) is None
    assert accounts.sign_in(world.as_(None), ALICE.email, NEW)


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        (
            {},
            [("old", "Enter the password you have now."), ("new", "Enter a new password.")],
        ),
        ({"old": "not her password", "new": NEW}, [("old", "That is not your password.")]),
        ({"old": PASSWORD, "new": "short"}, [("new", "A password needs 12 to 200 characters.")]),
    ],
)
def test_what_cannot_be_taken_is_said_and_no_password_is_shown_again(
    alice: Someone, typed: dict[str, str], errors: list[tuple[str, str]]
) -> None:
    page = alice.submit(alice.get("/account/password"), typed, "Change the password", status=422)
    assert page.errors == errors
    assert page.title.startswith("Error: Change your password")
    fields = page.fields("Change the password")
    assert (fields["old"], fields["new"]) == ([""], [""])
