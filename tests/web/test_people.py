"""The pages of an employer's people and of BASW's, and deleting an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.permissions import Role
from healthcheck.services import invitations, people
from healthcheck.storage import roles
from tests import letters, reviewing
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE, SOUTHMERE
from tests.reviewing import ADA, RHONA
from tests.web.test_access import ask, dump

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from tests.people import World
    from tests.web.client import Someone

NORTHMERES = f"/employers/{NORTHMERE.id}/people"
NEW = "dan@northmere.example"


@pytest.fixture
def basw(world: World) -> World:
    reviewing.with_basw(world)
    return world


@pytest.fixture
def ada(signed_in: Callable[[Person], Someone], basw: World) -> Someone:  # noqa: ARG001 - comes first
    return signed_in(ADA)


@pytest.fixture
def rhona(signed_in: Callable[[Person], Someone], basw: World) -> Someone:  # noqa: ARG001 - comes first
    return signed_in(RHONA)


def test_a_lead_finds_the_people_from_the_first_page(alice: Someone, bob: Someone) -> None:
    page = alice.get(alice.get("/").links["People at Northmere Council"])
    assert page.heading == "People at Northmere Council"
    rows = [" ".join("".join(each.itertext()).split()) for each in page.tree.iter("tr")]
    assert rows == [
        "PersonRoles",
        "Alice Archer alice@northmere.example Health check lead",
        "Bob Baker bob@northmere.example Contributor",
        "Vera Viewer vera@northmere.example Viewer",
    ]
    assert "People at Northmere Council" not in bob.get("/").links


def test_a_lead_invites_somebody(alice: Someone, world: World) -> None:
    form = alice.get(NORTHMERES)
    typed = {"email": NEW, "role": "VIEWER"}
    page = alice.follow(alice.submit(form, typed, "Send the invitation"))
    assert page.messages == [f"An invitation is on its way to {NEW}."]
    assert f"{NEW} Viewer, invited by Alice Archer on 2 March 2026" in page.words
    assert "Works until 16 March 2026" in page.words
    assert letters.sent(world) == [("INVITATION", NEW)]


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        (
            {},
            [
                ("email", "Enter the email address of the person to invite."),
                ("role-1", "Choose a role."),
            ],
        ),
        (
            {"email": "dan", "role": "VIEWER"},
            [("email", "Enter an email address in full, such as name@northmere.gov.uk.")],
        ),
        (
            {"email": BOB.email, "role": "CONTRIBUTOR"},
            [("email", "Bob Baker has that role at Northmere Council already.")],
        ),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_field(
    alice: Someone, typed: dict[str, str], errors: list[tuple[str, str]]
) -> None:
    page = alice.submit(alice.get(NORTHMERES), typed, "Send the invitation", status=422)
    assert page.errors == errors
    assert page.title.startswith("Error: People at")
    assert page.fields("Send the invitation")["email"] == [typed.get("email", "")]


def test_a_role_that_is_not_ones_to_give_is_refused(alice: Someone, world: World) -> None:
    typed = {"email": NEW, "role": "ADMINISTRATOR"}
    page = alice.submit(alice.get(NORTHMERES), typed, "Send the invitation", status=403)
    assert "not yours to give" in page.words
    typed = {"email": NEW, "role": "KING"}
    alice.submit(alice.get(NORTHMERES), typed, "Send the invitation", status=422)
    assert letters.sent(world) == []


def test_an_invitation_is_sent_again_and_cancelled(alice: Someone, world: World) -> None:
    invitations.invite(world.as_(ALICE), NORTHMERE.id, NEW, Role.VIEWER)
    page = alice.follow(alice.submit(alice.get(NORTHMERES), {}, "Invite again"))
    assert page.messages == [f"A new invitation is on its way to {NEW}."]
    gone = alice.follow(alice.submit(page, {}, "Cancel"))
    assert gone.messages == [f"The invitation to {NEW} is cancelled."]
    assert "Invitations not yet accepted" not in gone.words
    late = alice.follow(alice.submit(page, {}, "Cancel"))
    assert late.messages == ["This invitation was accepted or cancelled meanwhile."]


def test_an_invitation_that_ran_out_says_so(alice: Someone, world: World) -> None:
    ctx = world.as_(ALICE)
    invitations.invite(ctx, NORTHMERE.id, NEW, Role.VIEWER)
    with ctx.store.writing():
        ctx.store.run("UPDATE invitations SET expires_at = '2026-03-01T00:00:00.000000+00:00'")
    assert "Run out on 1 March 2026" in alice.get(NORTHMERES).words


def test_roles_are_changed_on_a_persons_page(alice: Someone, world: World) -> None:
    page = alice.get(alice.get(NORTHMERES).links["Bob Baker"])
    assert (page.heading, page.fields("Save the roles")["role"]) == ("Bob Baker", ["CONTRIBUTOR"])
    typed = {"role": ["CONTRIBUTOR", "VIEWER", "KING"]}
    told = alice.follow(alice.submit(page, typed, "Save the roles"))
    assert told.messages == ["Bob Baker is now: Contributor and Viewer."]
    gone = alice.follow(alice.submit(page, {}, "Remove from Northmere Council"))
    assert gone.messages == ["Bob Baker no longer has a role at Northmere Council."]
    assert roles.at_employer(world.as_(None).store, BOB.id, NORTHMERE.id) == set()
    alice.get(page.address, 404)


def test_the_only_lead_is_told_that_they_must_stay(alice: Someone) -> None:
    page = alice.get(f"{NORTHMERES}/{ALICE.id}")
    assert "so you cannot give that role up" in page.words
    assert "Leave Northmere Council" not in page.words
    refused = alice.submit(page, {"role": ["VIEWER"]}, "Save the roles", status=422)
    assert refused.errors[0][0] == "role-1"
    assert "Give somebody else that role first." in refused.errors[0][1]


def test_a_lead_with_another_beside_them_can_leave(alice: Someone, world: World) -> None:
    people.set_roles(world.as_(ALICE), NORTHMERE.id, BOB.id, {Role.LEAD})
    page = alice.get(f"{NORTHMERES}/{ALICE.id}")
    home = alice.follow(alice.submit(page, {}, "Leave Northmere Council"))
    assert home.messages == ["Alice Archer no longer has a role at Northmere Council."]
    assert "People at Northmere Council" not in home.links


def test_an_administrator_takes_the_last_lead_only_after_a_tick(ada: Someone) -> None:
    page = ada.get(f"{NORTHMERES}/{ALICE.id}")
    assert "Alice Archer is the only Health check lead at Northmere Council." in page.words
    button = "Remove from Northmere Council"
    refused = ada.submit(page, {}, button, status=422)
    assert refused.errors[0][0] == "confirmed"
    told = ada.follow(ada.submit(refused, {"confirmed": "yes"}, button))
    assert told.messages == ["Alice Archer no longer has a role at Northmere Council."]


def test_an_administrator_invites_the_first_lead_of_an_employer(ada: Someone, basw: World) -> None:
    page = ada.get(f"/employers/{SOUTHMERE.id}/people")
    assert "the lead invites everybody else" in page.words
    assert page.fields("Send the invitation")["role"] == ["LEAD"]
    ada.submit(page, {"email": NEW}, "Send the invitation")
    assert letters.sent(basw) == [("INVITATION", NEW)]
    assert "Charlie Carter is the only" in ada.get(page.links["Charlie Carter"]).words


def test_people_of_basw_have_their_page(ada: Someone, basw: World) -> None:
    page = ada.get("/basw/people")
    assert page.heading == "People at BASW"
    assert "Rhona Reviewer rhona@basw.example BASW reviewer" in page.words
    ada.follow(ada.submit(page, {"email": NEW, "role": "REVIEWER"}, "Send the invitation"))
    rhona = ada.get(page.links["Rhona Reviewer"])
    typed = {"role": ["REVIEWER", "ADMINISTRATOR"]}
    told = ada.follow(ada.submit(rhona, typed, "Save the roles"))
    assert told.messages == ["Rhona Reviewer is now: BASW administrator and BASW reviewer."]
    assert roles.at_basw(basw.as_(None).store, RHONA.id) == {Role.REVIEWER, Role.ADMINISTRATOR}


def test_an_account_is_deleted_after_a_question(ada: Someone, basw: World) -> None:
    page = ada.get(
        ada.get(f"{NORTHMERES}/{BOB.id}").links["Delete the account and everything personal in it"]
    )
    assert page.heading == "Delete the account of Bob Baker"
    assert "under the name “Former contributor”" in page.words
    told = ada.follow(ada.submit(page, {}, "Delete the account for good"))
    assert told.messages == ["The account is deleted. The record now says “Former contributor”."]
    assert "bob@" not in "\n".join(dump(str(basw.product.config.database)))
    ada.get(page.address, 404)


def test_deleting_the_only_lead_warns(ada: Someone) -> None:
    page = ada.get(f"/people/{CHARLIE.id}/delete")
    assert "Charlie Carter is the only health check lead at Southmere Trust." in page.words


def test_accounts_with_no_role_are_listed_for_deleting(ada: Someone, basw: World) -> None:
    people.set_roles(basw.as_(ALICE), NORTHMERE.id, BOB.id, ())
    page = ada.get("/basw/people")
    assert "Accounts with no role" in page.words
    assert page.links["Delete the account of Bob Baker"] == f"/people/{BOB.id}/delete"


def test_nobody_deletes_their_own_account(ada: Someone) -> None:
    assert ada.get(f"/people/{ADA.id}/delete", 422).heading == "Something else comes first"
    assert "Delete the account" not in ada.get(f"/basw/people/{ADA.id}").words


PAGES = [
    ("GET", ""),
    ("POST", ""),
    ("GET", "/{person}"),
    ("POST", "/{person}"),
    ("POST", "/invitations/{invitation}"),
]


@pytest.mark.parametrize(("method", "path"), PAGES)
def test_another_employers_people_look_as_if_they_were_not_there(
    charlie: Someone, world: World, method: str, path: str
) -> None:
    sent = invitations.invite(world.as_(ALICE), NORTHMERE.id, NEW, Role.VIEWER)
    before = dump(str(world.product.config.database))
    seen = set()
    for place, person, invitation in (
        (f"/employers/{NORTHMERE.id}", BOB.id, sent.id),
        ("/employers/of-nobody", "of-nobody", "of-nobody"),
    ):
        address = f"{place}/people{path}".format(person=person, invitation=invitation)
        page = ask(charlie, method, address, 404)
        seen.add((page.title, page.words))
    own = f"/employers/{SOUTHMERE.id}/people{path}".format(person=BOB.id, invitation=sent.id)
    if path:
        ask(charlie, method, own, 404)
    assert len(seen) == 1
    assert dump(str(world.product.config.database)) == before


@pytest.mark.parametrize(("method", "path"), PAGES)
@pytest.mark.parametrize("who", ["bob", "vera", "rhona"])
def test_who_may_not_look_after_people_is_told_so(
    request: pytest.FixtureRequest, basw: World, who: str, method: str, path: str
) -> None:
    someone = request.getfixturevalue(who)
    before = dump(str(basw.product.config.database))
    filled = f"{NORTHMERES}{path}".format(person=BOB.id, invitation="of-nobody")
    ask(someone, method, filled, 403)
    assert dump(str(basw.product.config.database)) == before


@pytest.mark.parametrize(("method", "path"), PAGES)
@pytest.mark.parametrize(("who", "status"), [("alice", 404), ("charlie", 404), ("rhona", 403)])
def test_people_of_basw_are_for_administrators(  # noqa: PLR0913, PLR0917 - a grid
    request: pytest.FixtureRequest, basw: World, who: str, status: int, method: str, path: str
) -> None:
    del basw
    filled = f"/basw/people{path}".format(person=RHONA.id, invitation="of-nobody")
    ask(request.getfixturevalue(who), method, filled, status)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(("who", "status"), [("alice", 404), ("charlie", 404), ("rhona", 403)])
def test_only_administrators_delete_accounts(
    request: pytest.FixtureRequest, basw: World, who: str, status: int, method: str
) -> None:
    someone = request.getfixturevalue(who)
    before = dump(str(basw.product.config.database))
    ask(someone, method, f"/people/{BOB.id}/delete", status)
    assert dump(str(basw.product.config.database)) == before


def test_reading_the_pages_changes_nothing(ada: Someone, alice: Someone, basw: World) -> None:
    before = dump(str(basw.product.config.database))
    for address in (NORTHMERES, f"{NORTHMERES}/{BOB.id}"):
        ada.get(address)
        alice.get(address)
    for address in ("/basw/people", f"/basw/people/{RHONA.id}", f"/people/{BOB.id}/delete"):
        ada.get(address)
    assert dump(str(basw.product.config.database)) == before
