"""Signing in and out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.accounts import Person
from healthcheck.storage import accounts as stored
from tests.people import ALICE, BOB, PASSWORD
from tests.web.client import Someone

if TYPE_CHECKING:
    from flask import Flask

    from tests.people import Clock, World
    from tests.web.conftest import Addresses
    from tests.web.page import Page

NO_MATCH = "The email address and password do not match an account. Check both and try again."
STRANGER = Person("stranger", "Stranger", "stranger@nowhere.example")


def try_to_enter(someone: Someone, email: str, password: str, status: int = 422) -> Page:
    fields = {"email": email, "password": password}
    return someone.submit(someone.get("/sign-in"), fields, "Sign in", status=status)


def test_signing_in_leads_to_the_first_page_which_names_the_person(nobody: Someone) -> None:
    page = nobody.sign_in(ALICE)
    assert (page.heading, ALICE.name in page.words) == ("Your health checks", True)


def test_an_email_address_may_be_typed_in_capitals_with_spaces_around(nobody: Someone) -> None:
    answer = try_to_enter(nobody, f" {ALICE.email.upper()} ", PASSWORD, 303)
    assert answer.leads_to == "/"


def test_wrong_password_and_unknown_address_get_the_same_words(nobody: Someone) -> None:
    wrong = try_to_enter(nobody, ALICE.email, "not her password")
    unknown = try_to_enter(nobody, STRANGER.email, "not her password")
    assert wrong.errors == unknown.errors == [("email", NO_MATCH)]
    assert wrong.words == unknown.words


def test_what_was_typed_stays_but_never_the_password(nobody: Someone) -> None:
    page = try_to_enter(nobody, ALICE.email, "not her password")
    assert page.fields("Sign in")["email"] == [ALICE.email]
    assert page.fields("Sign in")["password"] == [""]


def test_an_empty_form_names_both_fields(nobody: Someone) -> None:
    page = try_to_enter(nobody, "", "")
    assert page.errors == [
        ("email", "Enter your email address."),
        ("password", "Enter your password."),
    ]
    assert page.title.startswith("Error: Sign in")


def test_after_five_wrong_passwords_even_the_right_one_must_wait(
    nobody: Someone, clock: Clock
) -> None:
    for _ in range(5):
        try_to_enter(nobody, ALICE.email, "not her password")
    page = try_to_enter(nobody, ALICE.email, PASSWORD, 429)
    too_many = "There were too many failed tries. Try again in 15 minutes."
    assert page.errors == [("email", too_many)]
    clock.forward(timedelta(minutes=16))
    assert try_to_enter(nobody, ALICE.email, PASSWORD, 303).leads_to == "/"


def test_tries_are_counted_by_where_the_request_came_from(app: Flask, world: World) -> None:
    store = world.as_(None).store
    with store.writing():
        for number in range(19):
            stored.add_failure(store, f"guess {number}", "198.51.100.7", world.clock())
    someone = Someone(app, "198.51.100.7")
    try_to_enter(someone, STRANGER.email, "the twentieth guess")
    try_to_enter(someone, BOB.email, PASSWORD, 429)
    assert try_to_enter(Someone(app, "198.51.100.8"), BOB.email, PASSWORD, 303).leads_to == "/"


def test_a_person_sent_to_sign_in_goes_on_to_the_page_they_came_for(
    nobody: Someone, at: Addresses
) -> None:
    sent = nobody.get(f"{at.check}?from=mail", 303)
    form = nobody.follow(sent)
    fields = {"email": ALICE.email, "password": PASSWORD}
    assert nobody.submit(form, fields, "Sign in").leads_to == f"{at.check}?from=mail"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https://evil.example/",
        "https:///evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "\n//evil.example",
        "/\r\n/evil.example",
        "/\t/[evil.example",
        "evil.example",
        "",
    ],
)
def test_signing_in_never_leads_to_another_site(nobody: Someone, elsewhere: str) -> None:
    fields = {"email": ALICE.email, "password": PASSWORD, "came_for": elsewhere}
    assert nobody.submit(nobody.get("/sign-in"), fields, "Sign in").leads_to == "/"


def test_someone_signed_in_is_not_asked_again(alice: Someone) -> None:
    assert alice.get("/sign-in", 303).leads_to == "/"


def test_signing_out_ends_the_session_for_good(alice: Someone) -> None:
    home = alice.get("/")
    kept = alice.http.get_cookie("healthcheck")
    assert kept is not None
    assert alice.submit(home, {}, "Sign out").leads_to == "/sign-in"
    alice.http.set_cookie("healthcheck", kept.value)
    assert alice.get("/", 303).leads_to == "/sign-in?next=/"


def test_signing_out_twice_is_no_fault(alice: Someone) -> None:
    home = alice.get("/")
    alice.submit(home, {}, "Sign out")
    page = alice.get("/sign-in")
    token = page.fields("Sign in")["csrf_token"]
    assert alice.post("/sign-out", {"csrf_token": token}).leads_to == "/sign-in"


def test_a_session_planted_before_signing_in_opens_nothing(app: Flask) -> None:
    attacker, victim = Someone(app), Someone(app)
    attacker.get("/sign-in")
    planted = attacker.http.get_cookie("healthcheck")
    assert planted is not None
    victim.http.set_cookie("healthcheck", planted.value)
    assert victim.sign_in(ALICE).heading == "Your health checks"
    changed = victim.http.get_cookie("healthcheck")
    assert changed is not None
    assert changed.value != planted.value
    assert attacker.get("/", 303).leads_to == "/sign-in?next=/"


def test_signing_in_gives_a_new_token_for_forms(nobody: Someone) -> None:
    before = nobody.get("/sign-in").fields("Sign in")["csrf_token"]
    home = nobody.sign_in(ALICE)
    stale = nobody.post("/sign-out", {"csrf_token": before}, 400)
    assert stale.heading == "This page had been open too long, or came from somewhere else"
    assert nobody.submit(home, {}, "Sign out").leads_to == "/sign-in"


def test_a_made_up_token_signs_nobody_in(app: Flask) -> None:
    someone = Someone(app)
    with someone.http.session_transaction() as session:
        session["token"] = ["not", "a", "token"]
    assert someone.get("/", 303).leads_to == "/sign-in?next=/"


def test_a_session_ends_after_twelve_idle_hours(alice: Someone, clock: Clock) -> None:
    clock.forward(timedelta(hours=11))
    assert alice.get("/").heading == "Your health checks"
    clock.forward(timedelta(hours=13))
    assert alice.get("/", 303).leads_to == "/sign-in?next=/"


def test_the_cookie_is_shut_to_scripts_and_other_sites(nobody: Someone, world: World) -> None:
    cookie = nobody.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert ("Secure" in cookie) is world.product.config.secure_cookies
