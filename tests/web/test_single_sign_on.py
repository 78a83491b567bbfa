"""Single sign-on with a provider that really runs, signs and checks: there and back."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import requests

from healthcheck.core.permissions import Role
from healthcheck.services import invitations, single_sign_on
from healthcheck.storage import events
from tests import oidc_provider
from tests.oidc_provider import CLIENT
from tests.people import ALICE, BOB, NORTHMERE, PASSWORD
from tests.signing_in import code, with_second_factor
from tests.web.client import Someone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.oidc_provider import Mock
    from tests.people import Clock, World
    from tests.web.page import Page

THERE = "/sign-in/single-sign-on"
NOT_BELIEVED = "could not be checked, so it was not believed"


@pytest.fixture
def mock(world: World, clock: Clock) -> Iterator[Mock]:
    claims = {"sub": "alice-at-northmere", "email": "Alice@Northmere.example"}
    with oidc_provider.running({**claims, "email_verified": True}, clock) as mock:
        use(world, mock)
        yield mock


def use(world: World, mock: Mock, **settings: Any) -> None:  # noqa: ANN401 - any setting
    provider = mock.settings(**settings)
    world.product.config = replace(world.product.config, single_sign_on=provider)


@pytest.fixture
def someone(app: Flask, mock: Mock) -> Someone:
    assert mock.issuer
    return Someone(app)


def there(someone: Someone, came_for: str = "") -> str:
    """Go to the provider, and return where it sends the browser back to."""
    address = someone.get(f"{THERE}?next={came_for}", 303).leads_to
    sent = requests.get(address, allow_redirects=False, timeout=5).headers["Location"]
    parts = urlsplit(sent)
    assert f"{parts.scheme}://{parts.netloc}" == "http://127.0.0.1:8000"
    return f"{parts.path}?{parts.query}"


def come(someone: Someone, status: int = 303, came_for: str = "") -> Page:
    return someone.get(there(someone, came_for), status)


def test_somebody_known_by_a_checked_address_is_let_in_and_linked(
    someone: Someone, world: World
) -> None:
    page = someone.get("/sign-in?next=/account")
    assert page.links["Sign in with Northmere"] == f"{THERE}?next=/account"
    back = come(someone, came_for="/account")
    assert back.leads_to == "/account"
    account = someone.follow(back)
    assert "by single sign-on" in account.words
    assert "Northmere: linked since 2 March 2026" in account.words
    rows = "SELECT kind, person_id FROM events ORDER BY number DESC LIMIT 2"
    store = world.as_(None).store
    assert store.rows(rows) == [("signed in", ALICE.id), ("identity linked", ALICE.id)]
    assert "alice-at-northmere" not in str(store.rows("SELECT detail FROM events"))
    assert events.first_break(store)[1] is None


def test_once_linked_the_subject_counts_and_not_the_address(someone: Someone, mock: Mock) -> None:
    come(someone)
    mock.told.claims |= {"email": BOB.email, "email_verified": False}
    someone.submit(someone.get("/account"), {}, "Sign out")
    come(someone)
    assert ALICE.email in someone.get("/account").words


def test_an_address_given_to_somebody_else_opens_nothing(someone: Someone, mock: Mock) -> None:
    come(someone)
    told = someone.follow(someone.submit(someone.get("/account"), {}, "Sign out"))
    assert told.heading == "Sign in"
    mock.told.claims["sub"] = "another-alice"
    page = come(someone, 403)
    assert "an account that somebody else signs in to" in page.words
    assert someone.get("/", 303).leads_to.startswith("/sign-in")


def test_an_account_is_unlinked_by_its_owner(someone: Someone, mock: Mock) -> None:
    come(someone)
    account = someone.get("/account")
    someone.submit(account, {}, "Unlink")
    told = someone.follow(someone.submit(account, {}, "Unlink"))
    assert told.messages[-1:] == ["Single sign-on is unlinked from your account."]
    assert "not linked" in told.words
    mock.told.claims["sub"] = "a-new-name"
    assert come(someone).leads_to == "/"


def test_a_token_that_is_not_for_us_now_is_refused(someone: Someone, mock: Mock) -> None:
    right = dict(mock.told.claims)
    wrongs: list[dict[str, object]] = [
        {"nonce": "of another question"},
        {"nonce": None},
        {"aud": "another-client"},
        {"aud": [CLIENT, "another-client"]},
        {"azp": "another-client"},
        {"iss": "http://127.0.0.1:1"},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"iat": None},
        {"sub": None},
    ]
    for wrong in wrongs:
        mock.told.claims = right | wrong
        page = come(someone, 403)
        assert (page.heading, NOT_BELIEVED in page.words) == ("You are not signed in", True), wrong
        assert someone.get("/", 303).leads_to.startswith("/sign-in")
    mock.told.claims = right
    assert come(someone).leads_to == "/"


def test_a_token_signed_by_another_key_is_refused(someone: Someone, mock: Mock) -> None:
    mock.told.signed_by = "another"
    assert NOT_BELIEVED in come(someone, 403).words


def test_a_token_with_a_weaker_signature_is_refused(someone: Someone, mock: Mock) -> None:
    mock.told.header = {"alg": "RS384"}
    assert NOT_BELIEVED in come(someone, 403).words


def test_new_keys_of_the_provider_are_fetched_when_they_are_needed(
    someone: Someone, mock: Mock, clock: Clock
) -> None:
    come(someone)
    mock.told.signed_by = mock.told.shown = "another"
    assert NOT_BELIEVED in come(someone, 403).words
    clock.forward(timedelta(minutes=1))
    assert come(someone).leads_to == "/"
    assert mock.told.asked.count("/jwks") == 2


def test_an_answer_is_of_use_once_to_one_browser_and_not_for_long(
    someone: Someone, app: Flask, clock: Clock
) -> None:
    address = there(someone)
    kept = someone.http.get_cookie("healthcheck")
    assert kept is not None
    other = Someone(app, "198.51.100.9")
    assert "belongs to another browser" in other.get(address, 403).words
    assert someone.get(address, 303).leads_to == "/"
    someone.http.set_cookie("healthcheck", kept.value)
    assert "was used before" in someone.get(address, 403).words
    late = there(someone)
    clock.forward(timedelta(minutes=10))
    assert "came too late" in someone.get(late, 403).words
    forged = there(someone).replace("state=", "state=x")
    assert "belongs to another browser" in someone.get(forged, 403).words


def test_a_refusal_of_the_provider_is_said(someone: Someone, mock: Mock) -> None:
    address = there(someone)
    state = address.split("state=")[1]
    page = someone.get(f"{THERE}/back?error=access_denied&state={state}", 403)
    assert "The other service did not say who you are." in page.words
    mock.told.claims["sub"] = "x" * 256
    assert "The other service did not say who you are." in come(someone, 403).words


def test_an_address_of_which_nothing_is_said_is_believed_by_a_setting_alone(
    someone: Someone, world: World, mock: Mock
) -> None:
    for said, trusts in ((None, False), (False, True)):
        use(world, mock, trusts_email=trusts)
        mock.told.claims["email_verified"] = said
        page = come(someone, 403)
        assert "does not say that your email address was checked" in page.words
    mock.told.claims["email_verified"] = None
    assert come(someone).leads_to == "/"


def test_nobody_gets_an_account_and_the_invited_are_told_to_join(
    someone: Someone, world: World, mock: Mock
) -> None:
    mock.told.claims["email"] = "dan@northmere.example"
    assert "Nobody has an account here" in come(someone, 403).words
    invitations.invite(world.as_(ALICE), NORTHMERE.id, "dan@northmere.example", Role.VIEWER)
    assert "You are invited, but have not joined yet." in come(someone, 403).words
    store = world.as_(None).store
    assert store.rows("SELECT count(*) FROM identities") == [(0,)]
    assert store.rows("SELECT count(*) FROM people WHERE email LIKE 'dan%'") == [(0,)]


def test_the_second_factor_is_asked_for_unless_the_provider_is_one(
    app: Flask, world: World, mock: Mock, clock: Clock
) -> None:
    someone = Someone(app)
    secret, _ = with_second_factor(world, ALICE)
    clock.forward(timedelta(seconds=30))
    assert come(someone, came_for="/account").leads_to == "/sign-in/code?next=/account"
    form = someone.get("/sign-in/code?next=/account")
    assert someone.submit(form, {"code": code(secret, clock())}, "Go on").leads_to == "/account"
    use(world, mock, is_second_factor=True)
    other = Someone(app)
    assert come(other).leads_to == "/"
    assert other.get("/").heading == "Your health checks"


def test_nobody_is_sent_elsewhere_afterwards(someone: Someone) -> None:
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example"):
        assert come(someone, came_for=elsewhere).leads_to == "/"


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "http://127.0.0.1:1"},
        {"token_endpoint": "http://elsewhere.example/token"},
        {"jwks_uri": None},
        {"token_endpoint_auth_methods_supported": ["private_key_jwt"]},
        {"padding": "x" * 1_100_000},
    ],
    ids=["issuer", "not safe", "no keys", "no way to ask", "too large"],
)
def test_a_provider_that_is_not_the_one_we_know_is_not_asked(
    someone: Someone, mock: Mock, wrong: dict[str, object]
) -> None:
    mock.told.discovery = wrong
    page = someone.get(THERE, 403)
    assert "The other service did not answer as it should." in page.words


def test_a_provider_that_is_down_is_not_asked_again_and_again(
    someone: Someone, mock: Mock, clock: Clock
) -> None:
    mock.told.is_down = True
    for _ in range(3):
        assert "did not answer as it should" in someone.get(THERE, 403).words
    assert len(mock.told.asked) == 1
    mock.told.is_down = False
    clock.forward(timedelta(minutes=1))
    assert come(someone).leads_to == "/"
    form = someone.get("/sign-in", 303)
    assert form.leads_to == "/"


def test_refused_answers_are_counted_as_failed_sign_ins(someone: Someone) -> None:
    for _ in range(20):
        someone.get(f"{THERE}/back?state=x&code=y", 403)
    assert "Try again in 15 minutes" in someone.get(f"{THERE}/back?state=x&code=y", 429).words


def test_what_it_needs_is_loaded_only_where_it_is_used() -> None:
    program = (
        "import sys, healthcheck.cli, healthcheck.web.app;"
        "print({'authlib', 'joserfc', 'requests'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert run.stdout == b"set()\n"


def test_without_the_setting_there_is_no_such_thing(nobody: Someone, world: World) -> None:
    assert "Sign in with" not in " ".join(nobody.get("/sign-in").links)
    for address in (THERE, f"{THERE}/back"):
        nobody.get(address, 404)
    assert single_sign_on.linked_since(world.as_(ALICE)) is None
    nobody.submit(nobody.get("/sign-in"), {"email": ALICE.email, "password": PASSWORD}, "Sign in")
    token = nobody.get("/").fields("Sign out")["csrf_token"]
    nobody.post("/account/single-sign-on/unlink", {"csrf_token": token}, 404)
