"""Answering a topic: what is typed is saved, valid or not, and the button says where to go on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests import reviewing
from tests.people import ALICE

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses


@pytest.mark.parametrize(
    ("topic", "typed", "shown"),
    [
        ("scheme", {"agreed-scheme": "0"}, "0. Not in place"),
        ("scheme", {"employs-new": "no"}, "No"),
        ("allocation", {"who-allocates": "panel"}, "A panel"),
        (
            "allocation",
            {"seen-in": ["supervision", "meetings"]},
            "Supervision and Team meetings",
        ),
        ("equipment", {"last-checked.day": "3", "last-checked.month": "2"}, None),
        (
            "equipment",
            {
                "last-checked.day": "03",
                "last-checked.month": "2",
                "last-checked.year": "2026",
            },
            "3 February 2026",
        ),
        ("equipment", {"who-checked": "Tŷ Ŵyr <b>& Sons</b>"}, "Tŷ Ŵyr <b>& Sons</b>"),
        ("equipment", {"remarks": "\r\nOne\r\n\r\nTwo שלום 👍"}, "OneTwo שלום 👍"),
        ("posts", {"in-post": " 1,234.5 "}, "1,234.5 full-time equivalent"),
        ("posts", {"long-hours": "12%"}, "12%"),
    ],
)
def test_what_is_typed_comes_back_as_typed_and_is_shown_in_words(
    alice: Someone,
    at: Addresses,
    topic: str,
    typed: dict[str, str | list[str]],
    shown: str | None,
) -> None:
    page = alice.get(at.topic(topic))
    alice.submit(page, typed, status=303 if shown else 422)
    again = alice.get(at.topic(topic)).fields("Save and continue")
    expected = {name: [value] if isinstance(value, str) else value for name, value in typed.items()}
    assert {name: again[name] for name in typed} == expected
    if shown:
        assert shown in alice.get(at.check).words


def test_each_question_shows_its_number_descriptors_and_why(alice: Someone, at: Addresses) -> None:
    page = alice.get(at.topic("scheme"))
    question = page.says("question-agreed-scheme")
    assert question.startswith("1.1 A scheme is agreed with the Director of Children's Services.")
    capped = "Essential. While this is “Not in place”, the whole area’s band is at most Low."
    assert capped in question
    assert page.says("agreed-scheme-4-item-hint") == "There is one and it is reviewed."
    assert "Why this matters: A scheme is agreed" in page.words
    assert "Attach the scheme." in page.words


def test_the_page_says_where_it_is_and_how_far_it_got(alice: Someone, at: Addresses) -> None:
    page = alice.get(at.topic("allocation"))
    assert "Page 2 of 4. 0 of 3 questions answered on this page." in page.words
    page = alice.follow(alice.submit(page, {"who-allocates": "panel"}, go="stay"))
    assert "1 of 3 questions answered on this page." in page.words
    assert "Saved 10:30" in page.words


def test_a_save_of_an_earlier_day_is_shown_with_its_day(
    alice: Someone, signed_in: Callable[[Person], Someone], at: Addresses, world: World
) -> None:
    alice.submit(alice.get(at.topic("allocation")), {"who-allocates": "panel"})
    world.clock.forward(timedelta(days=3))
    later = signed_in(ALICE).get(at.topic("allocation"))
    assert "Saved 10:30 on 2 March 2026" in later.words


@pytest.mark.parametrize(
    ("topic", "button", "leads_to"),
    [
        ("scheme", "continue", "topics/allocation"),
        ("allocation", "back", "topics/scheme"),
        ("scheme", "back", "topics/scheme"),
        ("allocation", "list", ""),
        ("posts", "continue", "check"),
        ("scheme", "somewhere else", "topics/scheme"),
        ("scheme", "", "topics/scheme"),
    ],
)
def test_the_button_says_where_to_go(
    alice: Someone, at: Addresses, topic: str, button: str, leads_to: str
) -> None:
    page = alice.get(at.topic(topic))
    answer = alice.submit(page, {"go": [button] if button else []})
    assert answer.leads_to == f"{at.tasks}/{leads_to}".rstrip("/")


def test_only_pages_with_one_before_them_have_a_button_back(alice: Someone, at: Addresses) -> None:
    def buttons(topic: str) -> list[str]:
        page = alice.get(at.topic(topic))
        bar = page.of_class("hc-actions")[0]
        return [each.get("value", "") for each in bar.iter("button")]

    assert buttons("scheme") == ["continue", "list"]
    assert buttons("allocation") == ["continue", "back", "list"]


def test_evidence_in_words_and_links_comes_back(alice: Someone, at: Addresses) -> None:
    typed = {
        "agreed-scheme": "2",
        "agreed-scheme.evidence": "The scheme.\r\nAgreed in May.",
        "agreed-scheme.links": "https://northmere.example/a\r\nhttps://northmere.example/b",
    }
    alice.submit(alice.get(at.topic("scheme")), typed)
    page = alice.get(at.topic("scheme"))
    assert {name: page.fields("Save")[name][0] for name in typed} == typed
    links = alice.get(at.check).links
    assert links["https://northmere.example/b"] == "https://northmere.example/b"


def test_a_figure_can_be_set_aside_with_a_reason(alice: Someone, at: Addresses) -> None:
    typed = {"in-post.na": "y", "in-post.reason": "HR cannot say.", "in-post": "12"}
    alice.submit(alice.get(at.topic("posts")), typed)
    fields = alice.get(at.topic("posts")).fields("Save")
    assert (fields["in-post.na"], fields["in-post"]) == (["y"], ["12"])
    assert "HR cannot say." in alice.get(at.check).words


@pytest.mark.parametrize("level", ["2", "not-applicable"])
def test_a_choice_can_be_cleared_by_a_button_and_its_evidence_stays(
    alice: Someone, at: Addresses, level: str
) -> None:
    typed = {
        "agreed-scheme": level,
        "agreed-scheme.reason": "None.",
        "agreed-scheme.evidence": "Some.",
    }
    alice.submit(alice.get(at.topic("scheme")), typed)
    page = alice.get(at.topic("scheme"))
    answer = alice.submit(page, {}, "Clear this answer to: A scheme")
    assert answer.leads_to == f"{at.topic('scheme')}#question-agreed-scheme"
    fields = alice.get(at.topic("scheme")).fields("Save")
    assert ("agreed-scheme" in fields, fields["agreed-scheme.evidence"]) == (False, ["Some."])


def test_clearing_what_is_not_on_the_page_clears_nothing(alice: Someone, at: Addresses) -> None:
    page = alice.get(at.topic("scheme"))
    alice.submit(page, {"agreed-scheme": "2", "clear": "quiet-space"})
    assert alice.get(at.topic("scheme")).fields("Save")["agreed-scheme"] == ["2"]


def test_an_answer_can_be_taken_back(alice: Someone, at: Addresses) -> None:
    alice.submit(alice.get(at.topic("posts")), {"in-post": "12"})
    alice.submit(alice.get(at.topic("posts")), {"in-post": ""})
    assert alice.get(at.topic("posts")).fields("Save")["in-post"] == [""]
    assert "0 of 3 questions answered" in alice.get(at.topic("posts")).words


def test_an_answer_that_opens_a_question_stays_on_the_page_and_says_so(
    alice: Someone, at: Addresses
) -> None:
    before = alice.get(at.topic("scheme"))
    assert not before.question_is_shown("protected-caseloads")
    answer = alice.submit(before, {"employs-new": "yes"})
    assert answer.leads_to == f"{at.topic('scheme')}#question-protected-caseloads"
    after = alice.follow(answer)
    assert after.messages == ["Your answer opened another question on this page."]
    assert after.question_is_shown("protected-caseloads")
    assert alice.submit(after, {}).leads_to == at.topic("allocation")


def test_an_answer_that_opens_a_question_does_not_hold_up_leaving(
    alice: Someone, at: Addresses
) -> None:
    page = alice.get(at.topic("scheme"))
    assert alice.submit(page, {"employs-new": "yes"}, go="list").leads_to == at.tasks


def test_answers_to_hidden_questions_are_kept_but_count_nowhere(
    alice: Someone, at: Addresses
) -> None:
    alice.submit(alice.get(at.topic("scheme")), {"employs-new": "yes"})
    alice.submit(alice.get(at.topic("scheme")), {"protected-caseloads": "3"})
    alice.submit(alice.get(at.topic("scheme")), {"employs-new": "no"})
    hidden = alice.get(at.topic("scheme"))
    assert not hidden.question_is_shown("protected-caseloads")
    assert "protected caseloads" not in alice.get(at.check).words
    alice.submit(hidden, {"employs-new": "yes"})
    shown = alice.get(at.topic("scheme"))
    assert shown.question_is_shown("protected-caseloads")
    assert shown.fields("Save")["protected-caseloads"] == ["3"]


def test_figures_are_told_on_the_next_page_when_they_change(alice: Someone, at: Addresses) -> None:
    typed = {"in-post": "75", "vacancies": "25"}
    answer = alice.submit(alice.get(at.topic("posts")), typed, go="stay")
    page = alice.follow(answer)
    assert page.messages == ["Posts: 100", "Vacancy rate: 25.0%"]
    assert "25.0%" in page.says("question-vacancy-rate")
    again = alice.submit(page, {"long-hours": "5"}, go="stay")
    assert alice.follow(again).messages == []


def test_figures_are_told_on_the_task_list_too(alice: Someone, at: Addresses) -> None:
    typed = {"in-post": "75", "vacancies": "25"}
    answer = alice.submit(alice.get(at.topic("posts")), typed, go="list")
    assert alice.follow(answer).messages == ["Posts: 100", "Vacancy rate: 25.0%"]


def test_a_figure_that_cannot_be_worked_out_is_not_available(alice: Someone, at: Addresses) -> None:
    page = alice.get(at.topic("posts"))
    why = "Not available, because there is no figure for F2 and F3."
    assert why in page.says("question-vacancy-rate")
    answer = alice.submit(page, {"in-post": "0", "vacancies": "0"}, go="stay")
    assert "Not available" in alice.follow(answer).says("question-vacancy-rate")


def test_the_page_left_is_remembered_for_each_person(
    alice: Someone, bob: Someone, at: Addresses
) -> None:
    alice.submit(alice.get(at.topic("allocation")), {}, go="list")
    bob.submit(bob.get(at.topic("scheme")), {"employs-new": "no"})
    bob.submit(bob.get(at.topic("allocation")), {})
    assert alice.get(at.tasks).links["Carry on: Allocation"] == at.topic("allocation")
    assert bob.get(at.tasks).links["Carry on: Equipment"] == at.topic("equipment")


def test_two_people_share_the_answers(alice: Someone, bob: Someone, at: Addresses) -> None:
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "2"})
    assert bob.get(at.topic("scheme")).fields("Save")["agreed-scheme"] == ["2"]


def test_a_topic_that_is_not_there_is_not_found(alice: Someone, at: Addresses) -> None:
    assert alice.get(at.topic("nowhere"), 404).heading == "Page not found"


def test_whoever_could_answer_is_told_why_nobody_can_now(
    alice: Someone, bob: Someone, vera: Someone, world: World, at: Addresses
) -> None:
    reviewing.with_basw(world)
    reviewing.submit(world)
    for someone in (alice, bob):
        words = someone.get(at.topic("scheme")).words
        assert (
            "This health check is now “Submitted”, so you can read these answers but not change"
            " them. It is with BASW."
        ) in words
        assert "Only the health check lead" not in words
    assert "Only the health check lead and contributors" in vera.get(at.topic("scheme")).words
