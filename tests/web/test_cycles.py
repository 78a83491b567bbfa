"""Cycles as BASW's administrator opens and changes them, and BASW's first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.storage import employers as stored
from tests.people import NORTHMERE, SOUTHMERE
from tests.reviewing import ADA, RHONA, with_basw
from tests.web.markup import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses
    from tests.web.page import Page

LIST, NEW = "/basw/cycles", "/basw/cycles/new"
OPEN, SAVE = "Open the cycle", "Save the dates"


@pytest.fixture
def ada(world: World, signed_in: Callable[[Person], Someone]) -> Someone:
    with_basw(world)
    store = world.as_(None).store
    with store.writing():
        for employer in (NORTHMERE, SOUTHMERE):
            stored.assesses(store, employer.id, "adults")
    return signed_in(ADA)


def cells(page: Page) -> list[list[str]]:
    """Return the words of every cell of every row of the page's tables."""
    return [[words_of(each) for each in row] for row in page.tree.iter("tr")]


def dates(opens: str, due: str, closes: str) -> dict[str, str]:
    typed = {"opens": opens, "due": due, "closes": closes}
    return {
        f"{name}.{part}": box
        for name, text in typed.items()
        for part, box in zip(("day", "month", "year"), text.split(), strict=True)
    }


TYPED = {"name": "2027", **dates("1 3 2026", "30 9 2027", "1 12 2027")}


def opened(ada: Someone, **typed: str | list[str]) -> Page:
    return ada.follow(ada.submit(ada.get(NEW), {**TYPED, **typed}, OPEN))


def test_a_cycle_is_opened_for_everybody(ada: Someone) -> None:
    page = opened(ada)
    assert page.heading == "2027 cycle"
    assert page.messages == ["The 2027 cycle is set up with 4 health checks."]
    assert "Open. Opens 1 March 2026, due 30 September 2027, closes 1 December 2027." in page.words
    assert cells(page)[1:] == [["Not started", "4"], ["All", "4"]]
    assert "Every service of every employer is in it." in page.words
    assert ada.get(page.links["What the public sees of it"]).status == 200
    assert [*ada.get(LIST).links][-8:].count("2027") == 1


def test_only_some_kinds_are_invited_and_more_later(ada: Someone) -> None:
    page = opened(ada, invite="some", nations=["england"], types=["council"], services=["adults"])
    assert page.messages == ["The 2027 cycle is set up with 1 health check."]
    more = ada.get(page.links["Invite more"])
    assert "3 services are listed." in more.words
    filtered = ada.get(f"{more.address}?nation=northern-ireland&type=hsc-trust")
    assert "2 services are listed, of 3 that are not in this cycle." in filtered.words
    chosen = {"invite": [f"{SOUTHMERE.id}:adults", f"{NORTHMERE.id}:childrens"]}
    done = ada.follow(ada.submit(more, chosen, "Invite those ticked"))
    assert done.messages == ["2 health checks added to the cycle."]
    assert cells(done)[-1] == ["All", "3"]
    none = ada.follow(ada.submit(ada.get(more.address), {}, "Invite those ticked"))
    assert none.messages == ["Nobody was chosen, so nobody was invited."]
    ada.submit(
        ada.get(more.address), {"invite": "nobody:adults"}, "Invite those ticked", status=404
    )


def test_a_cycle_can_be_prepared_before_it_opens_and_for_nobody_yet(ada: Someone) -> None:
    page = opened(ada, invite="nobody", **dates("1 4 2026", "30 9 2027", "1 12 2027"))
    assert "Not open yet. Opens 1 April 2026" in page.words
    assert "Nobody is in this cycle yet." in page.words
    assert "What the public sees of it" not in page.links


def test_every_problem_is_shown_at_once_and_what_was_typed_is_kept(ada: Someone) -> None:
    typed = {
        "name": "20/27",
        "invite": None,
        "edition": None,
        **dates("32 4 2026", "30 9 2027", "1 12 2027"),
        **{f"closes.{part}": "" for part in ("day", "month", "year")},
    }
    page = ada.submit(ada.get(NEW), typed, OPEN, status=422)
    assert page.errors == [
        ("edition", "Choose a questionnaire."),
        ("name", page.errors[1][1]),
        ("invite", "Choose who is invited."),
        ("opens", "The day must be a number from 1 to 31."),
        ("closes", "Enter the day on which the cycle closes."),
    ]
    fields = page.fields(OPEN)
    assert (fields["name"], fields["opens.day"], fields["due.year"]) == (
        ["20/27"],
        ["32"],
        ["2027"],
    )


def test_dates_out_of_order_and_a_cycle_that_is_there_are_refused(ada: Someone) -> None:
    wrong = dates("1 4 2027", "1 3 2027", "1 2 2027")
    page = ada.submit(ada.get(NEW), {**TYPED, **wrong}, OPEN, status=422)
    assert [target for target, _ in page.errors] == ["due", "closes"]
    opened(ada)
    again = ada.submit(ada.get(NEW), TYPED, OPEN, status=422)
    assert again.errors[0][1].startswith("There is a 2027 cycle of this questionnaire already.")
    nonsense = {**TYPED, "name": "2029", "edition": "nothing/1"}
    page = ada.submit(ada.get(NEW), nonsense, OPEN, status=422)
    assert page.errors == [("edition", "Choose a questionnaire.")]


def test_dates_are_changed(ada: Someone) -> None:
    page = opened(ada)
    assert page.fields(SAVE)["due.month"] == ["9"]
    done = ada.follow(ada.submit(page, dates("1 3 2026", "15 October 2027", "1 12 2027"), SAVE))
    assert done.messages == ["The dates are saved."]
    assert "due 15 October 2027" in done.words
    refused = ada.submit(done, dates("1 3 2026", "15 10 2027", "1 10 2027"), SAVE, status=422)
    assert [target for target, _ in refused.errors] == ["closes"]


def test_basws_first_page_leads_to_what_a_role_allows(
    ada: Someone, signed_in: Callable[[Person], Someone], alice: Someone
) -> None:
    page = ada.get("/basw")
    for name in ("Queue", "Employers", "Cycles", "People", "Public status"):
        assert ada.get(page.links[name]).status == 200
    rhona = signed_in(RHONA)
    assert {"Employers", "Cycles", "People"}.isdisjoint(rhona.get("/basw").links)
    assert rhona.get("/").links["Your work at BASW"] == "/basw"
    assert "There is no health check here for you" not in rhona.get("/").words
    assert "Your work at BASW" not in alice.get("/").links
    alice.get("/basw", 404)


@pytest.mark.parametrize("address", [LIST, NEW, f"{LIST}/nothing", f"{LIST}/nothing/invite"])
def test_nobody_else_learns_of_these_pages(
    ada: Someone,
    alice: Someone,
    charlie: Someone,
    signed_in: Callable[[Person], Someone],
    address: str,
) -> None:
    there = address in {LIST, NEW}
    assert ada.get(address, 200 if there else 404).status == (200 if there else 404)
    for someone in (alice, charlie):
        assert someone.get(address, 404).heading == "Page not found"
        if not there:
            token = someone.get("/").fields("Sign out")["csrf_token"]
            someone.post(address, {"csrf_token": token, **TYPED}, 404)
    signed_in(RHONA).get(address, 403)


@pytest.mark.parametrize(
    ("dates_of_the_cycle", "said"),
    [
        ("opens = '2026-03-03'", "The 2026 cycle opens on 3 March 2026."),
        ("due = '2026-03-01', closes = '2026-03-01'", "The 2026 cycle closed on 1 March 2026"),
    ],
)
def test_outside_its_dates_the_pages_of_a_health_check_say_so_and_take_nothing(
    alice: Someone, world: World, at: Addresses, dates_of_the_cycle: str, said: str
) -> None:
    store = world.as_(None).store
    with store.writing():
        store.run(f"UPDATE cycles SET {dates_of_the_cycle}")  # noqa: S608 - of this test
    for address in (at.tasks, at.topic("scheme")):
        page = alice.get(address)
        assert said in page.words
        assert "Save and continue" not in page.words
    token = alice.get("/").fields("Sign out")["csrf_token"]
    sent = {"csrf_token": token, "agreed-scheme": "2", "agreed-scheme.revision": "0"}
    assert said in alice.post(at.topic("scheme"), sent, 422).words
    assert store.rows("SELECT count(*) FROM entries") == [(0,)]
