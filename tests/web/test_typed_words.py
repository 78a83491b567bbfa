"""What was typed into a form that is refused stands on the page that says so, and only there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import pytest
from wtforms import PasswordField
from wtforms.fields.core import UnboundField

from healthcheck.web import forms
from healthcheck.web.typed_words import SECRETS

if TYPE_CHECKING:
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses
    from tests.web.page import Page

pytestmark = pytest.mark.impatient

EVIDENCE = "The panel met in May.\n\nIts minutes are <b>kept</b>."
TYPED = {"agreed-scheme": "2", "agreed-scheme.evidence": EVIDENCE}
HEADING = "What you typed"
OUR_OWN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
AN_OLD_BROWSERS = {"HTTP_ORIGIN": "http://localhost"}


def refused(someone: Someone, page: Page, world: World, **headers: str) -> Page:
    """Save the page while somebody else does."""
    someone.http.environ_base.update(headers)
    with closing(sqlite3.connect(world.product.config.database)) as other:
        other.execute("BEGIN IMMEDIATE")
        return someone.submit(page, TYPED, status=503)


@pytest.mark.parametrize("headers", [OUR_OWN, AN_OLD_BROWSERS])
def test_what_could_not_be_saved_is_given_back(
    alice: Someone, world: World, at: Addresses, headers: dict[str, str]
) -> None:
    told = refused(alice, alice.get(at.topic("scheme")), world, **headers)
    assert HEADING in told.words
    assert "The panel met in May." in told.words
    assert "Its minutes are <b>kept</b>." in told.words
    assert "<b>kept" not in told.html


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"} | AN_OLD_BROWSERS,
        {"HTTP_ORIGIN": "https://elsewhere.example"},
        {"HTTP_ORIGIN": "null"},
    ],
)
def test_another_site_cannot_put_words_on_our_pages(
    alice: Someone, world: World, at: Addresses, headers: dict[str, str]
) -> None:
    told = refused(alice, alice.get(at.topic("scheme")), world, **headers)
    assert HEADING not in told.words
    assert "panel" not in told.html


def test_whoever_was_signed_out_meanwhile_keeps_their_words(
    alice: Someone, world: World, at: Addresses
) -> None:
    page = alice.get(at.topic("scheme"))
    alice.http.environ_base.update(OUR_OWN, HTTP_REFERER=f"http://localhost{page.address}")
    with closing(sqlite3.connect(world.product.config.database)) as other, other:
        other.execute("DELETE FROM sessions")
    told = alice.submit(page, TYPED, status=403)
    assert told.heading == "You have been signed out"
    assert told.links["Sign in"] == f"/sign-in?next={at.topic('scheme')}"
    assert "Its minutes are <b>kept</b>." in told.words
    choices = alice.submit(page, {"agreed-scheme": "2"}, status=403)
    assert "Nothing was saved. Sign in again" in choices.words


def test_a_form_without_its_token_gives_the_words_back(alice: Someone, at: Addresses) -> None:
    alice.http.environ_base.update(OUR_OWN)
    page = alice.get(at.topic("scheme"))
    told = alice.submit(page, TYPED | {"csrf_token": "one that is too old"}, status=400)
    assert "Its minutes are <b>kept</b>." in told.words
    assert "too old" not in told.words.partition(HEADING)[2]


def test_a_word_and_choices_are_not_repeated(alice: Someone, at: Addresses) -> None:
    alice.http.environ_base.update(OUR_OWN)
    page = alice.get(at.topic("scheme"))
    typed = {"agreed-scheme": "2", "agreed-scheme.evidence": "Oneword", "csrf_token": "none"}
    assert HEADING not in alice.submit(page, typed, status=400).words


def test_too_much_to_read_is_not_read_again(alice: Someone, at: Addresses) -> None:
    alice.http.environ_base.update(OUR_OWN)
    page = alice.get(at.topic("scheme"))
    typed = {"agreed-scheme.evidence": "too much " * 2**19}
    assert HEADING not in alice.submit(page, typed, status=413).words


def test_no_password_is_ever_shown(nobody: Someone) -> None:
    nobody.http.environ_base.update(OUR_OWN)
    page = nobody.get("/sign-in")
    secret = "correct horse battery staple"
    typed = {"email": "alice", "password": secret, "csrf_token": "none"}
    assert secret not in nobody.submit(page, typed, "Sign in", status=400).html


def test_every_password_field_is_known_to_be_secret() -> None:
    modules = [
        import_module(f"{forms.__name__}.{each.name}") for each in iter_modules(forms.__path__)
    ]
    names = {
        name
        for module in modules
        for form in vars(module).values()
        if isinstance(form, type)
        for name, field in vars(form).items()
        if isinstance(field, UnboundField) and field.field_class is PasswordField
    }
    assert {"password", "old", "new"} <= names <= SECRETS


def test_links_tabs_and_other_scripts_come_back_as_they_were(alice: Someone, at: Addresses) -> None:
    alice.http.environ_base.update(OUR_OWN)
    page = alice.get(at.topic("scheme"))
    typed = {
        "csrf_token": "none",
        "agreed-scheme.links": "https://northmere.example/scheme",
        "agreed-scheme.evidence": "AB\t\t12\nCD\t3\t",
        "employs-new.reason": "面接は毎月",
    }
    told = alice.submit(page, typed, status=400)
    found = [each.text for each in told.tree.iter("textarea")]
    assert sorted(filter(None, found)) == sorted(list(typed.values())[1:])


def test_whoever_has_a_code_to_give_keeps_their_words(
    alice: Someone, world: World, at: Addresses
) -> None:
    page = alice.get(at.topic("scheme"))
    alice.http.environ_base.update(OUR_OWN, HTTP_REFERER=f"http://localhost{page.address}")
    with closing(sqlite3.connect(world.product.config.database)) as other, other:
        other.execute("UPDATE sessions SET needs_code = 1")
    told = alice.submit(page, TYPED, status=403)
    assert told.heading == "A code is needed as well"
    assert told.links["Enter the code"].endswith(f"?next={at.topic('scheme')}")
    assert "Its minutes are <b>kept</b>." in told.words


def test_a_page_elsewhere_is_not_gone_back_to(nobody: Someone, at: Addresses) -> None:
    address = "https://elsewhere.example/assessments"
    nobody.http.environ_base.update(OUR_OWN, HTTP_REFERER=address)
    nobody.http.get("/sign-in")
    told = nobody.post(at.topic("scheme"), {"a": "x"}, status=403)
    assert told.links["Sign in"] == "/sign-in"
