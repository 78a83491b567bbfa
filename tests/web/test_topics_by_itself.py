"""Saving by itself: what the small script is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.web.client import JSON
from tests.web.markup import parsed, words_of

if TYPE_CHECKING:
    from tests.web.client import Someone
    from tests.web.conftest import Addresses

SCHEME = ["agreed-scheme", "employs-new"]


def figures(told: dict[str, Any]) -> dict[str, str]:
    """Return the value of each figure that the script is told to show."""
    shown = {name: parsed(html).tree for name, html in told["figures"].items()}
    return {
        name: words_of(tree.find(".//*[@class='hc-figure__value']")) for name, tree in shown.items()
    }


def test_it_is_told_when_it_was_saved_and_all_that_the_page_needs(
    alice: Someone, at: Addresses
) -> None:
    page = alice.get(at.topic("scheme"))
    assert alice.save_by_itself(page, {"agreed-scheme": "2"}) == {
        "saved_at": "10:30",
        "revisions": {"agreed-scheme": 1},
        "visible": SCHEME,
        "figures": {},
        "offered": [],
        "answered": 1,
        "of": 3,
        "clashes": [],
    }
    assert alice.get(at.topic("scheme")).fields("Save")["agreed-scheme"] == ["2"]


def test_it_is_told_which_question_an_answer_opens(alice: Someone, at: Addresses) -> None:
    page = alice.get(at.topic("scheme"))
    told = alice.save_by_itself(page, {"employs-new": "yes"})
    assert told["visible"] == [*SCHEME, "protected-caseloads"]


def test_it_is_told_figures_in_words(alice: Someone, at: Addresses) -> None:
    page = alice.get(at.topic("posts"))
    told = alice.save_by_itself(page, {"in-post": "75"})
    assert figures(told) == {"posts-in-all": "Not available", "vacancy-rate": "Not available"}
    told = alice.save_by_itself(page, {"vacancies": "25", "in-post": "75"})
    assert figures(told) == {"posts-in-all": "100", "vacancy-rate": "25.0%"}


def test_the_figures_it_is_told_are_those_of_the_page(alice: Someone, at: Addresses) -> None:
    told = alice.save_by_itself(alice.get(at.topic("posts")), {"in-post": "7", "vacancies": "1"})
    page = alice.get(at.topic("posts"))
    for name, html in told["figures"].items():
        assert words_of(parsed(html).tree) == page.says(f"question-{name}")


def test_what_is_not_valid_yet_is_saved_without_a_word(alice: Someone, at: Addresses) -> None:
    told = alice.save_by_itself(alice.get(at.topic("posts")), {"in-post": "about"})
    assert (told["revisions"], told["answered"]) == ({"in-post": 1}, 0)
    assert alice.get(at.topic("posts")).fields("Save")["in-post"] == ["about"]


def test_nothing_is_told_on_the_next_page(alice: Someone, at: Addresses) -> None:
    alice.save_by_itself(alice.get(at.topic("posts")), {"in-post": "75", "vacancies": "25"})
    assert alice.get(at.tasks).messages == []


def test_it_is_told_of_a_clash_and_the_colleagues_answer_stays(
    alice: Someone, bob: Someone, at: Addresses
) -> None:
    page = bob.get(at.topic("scheme"))
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "1"})
    told = bob.save_by_itself(page, {"agreed-scheme": "3", "employs-new": "no"})
    assert told["clashes"] == ["agreed-scheme"]
    fields = bob.get(at.topic("scheme")).fields("Save")
    assert (fields["agreed-scheme"], fields["employs-new"]) == (["1"], ["no"])


def test_saving_by_itself_stays_on_the_page(alice: Someone, at: Addresses) -> None:
    alice.save_by_itself(alice.get(at.topic("allocation")), {"who-allocates": "panel"})
    assert "Carry on: Allocation" in alice.get(at.tasks).links


def test_who_was_signed_out_is_told_so(alice: Someone, at: Addresses) -> None:
    page = alice.get(at.topic("scheme"))
    alice.submit(page, {}, "Sign out")
    assert alice.save_by_itself(page, {"agreed-scheme": "2"}, 401) == {
        "problem": "You have been signed out",
        "advice": "Sign in again in another tab.",
    }


def test_a_missing_token_is_told_in_words(alice: Someone, at: Addresses) -> None:
    page = alice.get(at.topic("scheme"))
    told = alice.save_by_itself(page, {"csrf_token": None}, 400)
    assert told["problem"] == "This page had been open too long, or came from somewhere else"


def test_a_viewer_is_told_that_it_cannot_be_saved(vera: Someone, at: Addresses) -> None:
    page = vera.get(at.topic("scheme"))
    sent = {**page.fields("Sign out"), "agreed-scheme": "2", "agreed-scheme.revision": "0"}
    answer = vera.http.post(page.address, data=sent, headers=JSON)
    assert answer.status_code == 403
    assert answer.get_json()["problem"] == (
        "You can open this health check, but you cannot answer questions and add evidence."
        " Ask your health check lead if you should be able to."
    )
