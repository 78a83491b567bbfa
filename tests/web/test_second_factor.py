"""The pages of a second factor, and that nothing opens without its code."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.permissions import Role
from healthcheck.services import invitations, second_factor
from healthcheck.storage import roles
from tests import letters
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE, PASSWORD
from tests.signing_in import begun, code, with_second_factor
from tests.web.client import Someone
from tests.web.route_list import SIGNED_IN
from tests.web.test_access import dump

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from healthcheck.core.accounts import Person
    from tests.people import Clock, World

HERE = "/account/second-factor"
A_STEP = timedelta(seconds=30)


def make(world: World, person: Person, role: Role) -> None:
    store = world.as_(None).store
    with store.writing():
        roles.give(store, person.id, role, None)


def half_way(nobody: Someone, came_for: str = "/") -> str:
    """Give the right password, and return where that leads."""
    page = nobody.get(f"/sign-in?next={came_for}")
    return nobody.submit(page, {"email": ALICE.email, "password": PASSWORD}, "Sign in").leads_to


def test_a_second_factor_is_set_up_and_its_recovery_codes_are_shown_once(
    alice: Someone, world: World, clock: Clock
) -> None:
    page = alice.get(alice.get("/account").links["Set up your second factor"])
    form = alice.follow(alice.submit(page, {}, "Set up a second factor"))
    (square,) = form.of_class("hc-qr")
    assert [each.tag.rpartition("}")[2] for each in square.iter()][:2] == ["div", "svg"]
    secret = form.says("key")
    wrong = alice.submit(form, {"code": "12345"}, "Turn on", status=422)
    assert wrong.errors[0][0] == "code"
    assert alice.submit(form, {"code": ""}, "Turn on", status=422).errors == [
        ("code", "Enter a code.")
    ]
    assert wrong.says("key") == secret
    shown = alice.follow(alice.submit(form, {"code": code(secret, clock())}, "Turn on"))
    codes = [each.text for each in shown.of_class("hc-codes")[0].iter("li")]
    assert (shown.heading, len(codes)) == ("Your recovery codes", 10)
    assert alice.get(f"{HERE}/recovery-codes", 303).leads_to == HERE
    assert "On since 2 March 2026" in alice.get("/account").words
    assert "You have 10 recovery codes left." in alice.get(HERE).words
    assert second_factor.standing(world.as_(ALICE)).since == clock()


def test_signing_in_asks_for_the_code_and_goes_on_where_one_came_for(
    nobody: Someone, world: World, clock: Clock
) -> None:
    secret, _ = with_second_factor(world, ALICE)
    clock.forward(A_STEP)
    assert half_way(nobody, "/account") == "/sign-in/code?next=/account"
    form = nobody.get("/sign-in/code?next=/account")
    assert (form.heading, ALICE.name in form.words) == ("Enter your code", False)
    empty = nobody.submit(form, {"code": ""}, "Go on", status=422)
    assert empty.errors == [("code", "Enter a code.")]
    wrong = nobody.submit(form, {"code": "000000"}, "Go on", status=422)
    assert [each[0] for each in wrong.errors] == ["code"]
    assert wrong.title.startswith("Error: Enter your code")
    done = nobody.submit(wrong, {"code": code(secret, clock())}, "Go on")
    assert done.leads_to == "/account"
    assert nobody.follow(done).heading == "Your account"
    assert nobody.get("/sign-in/code", 303).leads_to == "/sign-in"


def test_a_recovery_code_does_as_well_but_an_address_elsewhere_does_not(
    nobody: Someone, world: World
) -> None:
    _, codes = with_second_factor(world, ALICE)
    half_way(nobody)
    form = nobody.get("/sign-in/code?next=//evil.example")
    wrong = nobody.submit(form, {"code": "abcd"}, "Use this recovery code", status=422)
    assert wrong.errors == [
        ("recovery-code", "That recovery code is not right, or it was used before.")
    ]
    done = nobody.submit(wrong, {"code": codes[0]}, "Use this recovery code")
    assert done.leads_to == "/"


def test_with_the_password_alone_nothing_opens_and_nothing_changes(
    nobody: Someone, world: World
) -> None:
    with_second_factor(world, ALICE)
    half_way(nobody)
    token = nobody.get("/sign-in/code").fields("Go on")["csrf_token"]
    before = dump(str(world.product.config.database))
    for method, path in sorted(SIGNED_IN):
        if method == "GET":
            assert nobody.get(path, 303).leads_to.startswith("/sign-in/code?next=/")
        else:
            sent = nobody.post(path, {"csrf_token": token}, 303)
            assert sent.leads_to == "/sign-in/code"
    assert nobody.get(HERE, 303).leads_to == f"/sign-in/code?next={HERE}"
    assert dump(str(world.product.config.database)) == before
    refused = nobody.http.get("/", headers={"Accept": "application/json"})
    assert (refused.status_code, "code" in refused.text) == (403, True)


def test_codes_are_guessed_five_times(nobody: Someone, world: World) -> None:
    with_second_factor(world, ALICE)
    with nobody.http.session_transaction() as session:
        session["token"] = begun(world, ALICE)
    form = nobody.get("/sign-in/code")
    for _ in range(5):
        nobody.submit(form, {"code": "000000"}, "Go on", status=422)
    page = nobody.submit(form, {"code": "000000"}, "Go on", status=429)
    assert "Try again in 15 minutes." in page.errors[0][1]


def test_an_invitation_is_not_accepted_without_the_code(nobody: Someone, world: World) -> None:
    with_second_factor(world, BOB)
    invitations.invite(world.as_(ALICE), NORTHMERE.id, BOB.email, Role.ACCOUNTABLE_OFFICER)
    address = f"/join/{letters.token(world, '/join')}"
    with nobody.http.session_transaction() as session:
        session["token"] = begun(world, BOB)
    page = nobody.get(address)
    assert "Sign in to accept" in page.links
    token = nobody.get("/sign-in/code").fields("Go on")["csrf_token"]
    nobody.post(address, {"csrf_token": token, "name": "Bob", "password": PASSWORD}, 422)
    held = roles.at_employer(world.as_(None).store, BOB.id, NORTHMERE.id)
    assert held == {Role.CONTRIBUTOR}


def test_somebody_else_can_sign_in_instead(nobody: Someone, world: World) -> None:
    with_second_factor(world, ALICE)
    half_way(nobody)
    assert nobody.get("/sign-in", 303).leads_to == "/"
    nobody.submit(nobody.get("/sign-in/code"), {}, "Sign in as somebody else")
    assert nobody.sign_in(BOB).heading == "Your health checks"


def test_new_codes_and_turning_off_ask_for_the_password(alice: Someone, world: World) -> None:
    with_second_factor(world, ALICE)
    page = alice.get(HERE)
    form = alice.get(page.links["Make new recovery codes"])
    wrong = alice.submit(form, {"password": "not hers"}, "Make new codes", status=422)
    assert wrong.errors == [("password", "That is not your password.")]
    shown = alice.follow(alice.submit(wrong, {"password": PASSWORD}, "Make new codes"))
    assert shown.heading == "Your recovery codes"
    form = alice.get(page.links["Turn off your second factor"])
    assert alice.submit(form, {}, "Turn it off", status=422).errors == [
        ("password", "Enter your password.")
    ]
    told = alice.follow(alice.submit(form, {"password": PASSWORD}, "Turn it off"))
    assert told.messages == ["Your second factor is turned off."]
    assert "Set up your second factor" in told.links


@pytest.fixture
def strict(app: Flask, world: World) -> Flask:
    """Return the application where roles at BASW ask for a second factor."""
    world.product.config = replace(world.product.config, second_factor_at_basw=True)
    return app


def test_at_basw_one_sets_it_up_before_anything_else(
    strict: Flask, world: World, clock: Clock
) -> None:
    make(world, CHARLIE, Role.ADMINISTRATOR)
    charlie = Someone(strict)
    with charlie.http.session_transaction() as session:
        session["token"] = begun(world, CHARLIE)
    assert {charlie.get(path, 303).leads_to for path in ("/", "/basw", "/account")} == {HERE}
    told = charlie.http.get("/", headers={"Accept": "application/json"})
    assert told.status_code == 403
    page = charlie.get(HERE)
    assert "You have a role at BASW, so you need a second factor." in page.words
    form = charlie.follow(charlie.submit(page, {}, "Set up a second factor"))
    typed = {"code": code(form.says("key"), clock())}
    assert charlie.follow(charlie.submit(form, typed, "Turn on")).heading == "Your recovery codes"
    assert charlie.get("/basw").status == 200
    assert "you are then asked to set up a new one" in charlie.get(HERE).words


def test_an_administrator_removes_a_lost_one_from_the_persons_page(
    signed_in: Callable[[Person], Someone], world: World
) -> None:
    make(world, CHARLIE, Role.ADMINISTRATOR)
    charlie = signed_in(CHARLIE)
    address = f"/employers/{NORTHMERE.id}/people/{ALICE.id}"
    words = "Remove the second factor, when the phone is lost"
    assert words not in charlie.get(address).links
    with_second_factor(world, ALICE)
    form = charlie.get(charlie.get(address).links[words])
    refused = charlie.submit(form, {}, "Remove the second factor", status=422)
    assert [each[0] for each in refused.errors] == ["reason"]
    typed = {"reason": "Lost the phone."}
    told = charlie.follow(charlie.submit(refused, typed, "Remove the second factor"))
    assert told.messages == ["Alice Archer now signs in with the password alone."]
    charlie.get(form.address, 404)


def test_a_lead_and_a_stranger_are_not_even_shown_the_page(
    alice: Someone, charlie: Someone, world: World
) -> None:
    with_second_factor(world, BOB)
    pages = [
        someone.get(f"/people/{person_id}/second-factor", 404)
        for someone in (alice, charlie)
        for person_id in (BOB.id, "of-nobody")
    ]
    assert {page.heading for page in pages} == {"Page not found"}
    assert second_factor.standing(world.as_(BOB)).since is not None
