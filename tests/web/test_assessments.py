"""The first page and the task list: what is done, what is left, how long there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.accounts import Employer, Person
from healthcheck.core.permissions import Role
from healthcheck.core.steps import Step
from healthcheck.services import sign_off
from healthcheck.services.assessments import start
from healthcheck.storage import accounts
from tests import reviewing
from tests.people import ALICE, DUE, SOUTHMERE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.people import Clock, World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses
    from tests.web.page import Page


def tasks_of(page: Page) -> dict[str, str]:
    """Return the words beside each topic."""
    lines = page.of_class("govuk-task-list__item")
    return {
        "".join(each.find(".//a").itertext()): page.says(each.find(".//a").get("aria-describedby"))  # type: ignore[union-attr, arg-type]
        for each in lines
    }


def test_the_first_page_lists_the_health_checks_of_ones_employers(
    alice: Someone, world: World, at: Addresses
) -> None:
    store = world.as_(None).store
    with store.writing():
        accounts.add_role(store, ALICE.id, SOUTHMERE.id, Role.VIEWER)
    page = alice.get("/")
    names = ["".join(each.itertext()) for each in page.tree.iter("h2")]
    assert names == ["Northmere Council", "Southmere Trust"]
    assert page.links["Children’s services, 2026"] == at.tasks
    assert f"{world.northmeres.reference}. Due 30 September 2026: 212 days left." in page.words
    assert "Not started Next: answer the questions. 0 of 10 questions answered" in page.words


def test_who_belongs_to_no_employer_is_told_what_to_do(
    world: World, signed_in: Callable[[Person], Someone]
) -> None:
    newcomer = Person("nora", "Nora New", "nora@nowhere.example")
    store = world.as_(None).store
    with store.writing():
        accounts.add_person(store, newcomer, "", world.clock())
    assert "There is no health check here for you yet." in signed_in(newcomer).get("/").words


def test_an_employer_with_two_services_has_a_card_for_each(alice: Someone, world: World) -> None:
    start(
        world.as_(None),
        Employer("northmere", "Northmere Council", "england", "council"),
        service="adults",
        cycle="2026",
        due=DUE,
        questionnaire="small-check",
        edition="2026",
    )
    cards = alice.get("/").of_class("hc-card")
    titles = [each.find("h3/a").text for each in cards]  # type: ignore[union-attr]
    assert sorted(str(each) for each in titles) == [
        "Adults’ services, 2026",
        "Children’s services, 2026",
    ]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (211, "Due 30 September 2026: 1 day left."),
        (212, "Due 30 September 2026: today."),
        (213, "Due 30 September 2026: 1 day overdue."),
        (222, "Due 30 September 2026: 10 days overdue."),
    ],
)
def test_the_deadline_is_told_in_words(
    clock: Clock, signed_in: Callable[[Person], Someone], at: Addresses, days: int, words: str
) -> None:
    clock.forward(timedelta(days=days))
    assert words in signed_in(ALICE).get(at.tasks).words


def test_what_was_submitted_is_never_called_overdue(
    clock: Clock, signed_in: Callable[[Person], Someone], at: Addresses, world: World
) -> None:
    reviewing.with_basw(world)
    reviewing.submit(world)
    clock.forward(timedelta(days=300))
    words = signed_in(ALICE).get(at.tasks).words
    assert "Due 30 September 2026." in words
    assert "overdue" not in words


def test_why_a_health_check_came_back_stands_on_its_pages_until_the_next_step(
    alice: Someone, at: Addresses, world: World
) -> None:
    reviewing.with_basw(world)
    reviewing.submit(world)
    reason = "A figure was wrong."
    sign_off.take(world.as_(ALICE), world.northmeres.id, Step.RECALL, reason)
    told = f"Alice Archer recalled the submission on 2 March 2026: {reason}"
    assert all(told in alice.get(address).words for address in (at.tasks, f"{at.tasks}/sign-off"))
    reviewing.sign(world)
    assert reason not in alice.get(at.tasks).words


def test_the_deadline_counts_days_as_the_united_kingdom_does(
    clock: Clock, signed_in: Callable[[Person], Someone], at: Addresses
) -> None:
    clock.now = clock.now.replace(month=9, day=29, hour=23, minute=30)
    assert "today" in signed_in(ALICE).get(at.tasks).words


def test_the_task_list_counts_each_area_and_topic(alice: Someone, at: Addresses) -> None:
    alice.submit(
        alice.get(at.topic("scheme")), {"agreed-scheme": "2", "employs-new": "no"}, go="list"
    )
    alice.submit(alice.get(at.topic("allocation")), {"who-allocates": "panel"}, go="list")
    page = alice.get(at.tasks)
    assert page.heading == "Children’s services health check"
    assert tasks_of(page) == {
        "The scheme": "Completed 2 of 2 answered",
        "Allocation": "In progress 1 of 3 answered",
        "Equipment": "Not started 0 of 1 answered",
        "Posts": "Not started 0 of 3 answered",
    }
    assert "3 of 9 questions answered." in page.words
    assert "6 questions are left to answer." in page.words
    assert page.links["1 answer needs evidence"] == at.check
    assert "1. Workload In progress 3 of 5 answered" in page.words
    assert "Workforce figures Not started 0 of 3 answered" in page.words


def test_a_new_health_check_offers_to_start_at_its_first_page(
    alice: Someone, at: Addresses
) -> None:
    assert alice.get(at.tasks).links["Start: The scheme"] == at.topic("scheme")


def test_without_a_page_left_it_goes_on_where_an_answer_is_missing(
    alice: Someone, bob: Someone, at: Addresses
) -> None:
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "2", "employs-new": "no"})
    assert "Carry on: Allocation" in bob.get(at.tasks).links


def test_a_finished_health_check_says_so(alice: Someone, bob: Someone, at: Addresses) -> None:
    typed: dict[str, dict[str, str]] = {
        "scheme": {"agreed-scheme": "1", "employs-new": "no"},
        "allocation": {
            "who-allocates": "panel",
            "seen-in": "nowhere",
            "fair-allocation": "3",
        },
        "equipment": {"quiet-space": "2"},
        "posts": {"in-post": "5", "vacancies": "1", "long-hours": "10"},
    }
    for topic, fields in typed.items():
        alice.submit(alice.get(at.topic(topic)), fields)
    page = bob.get(at.tasks)
    assert "9 of 9 questions answered." in page.words
    assert "Every question has an answer." in page.words
    assert not any(name.startswith(("Carry on", "Start")) for name in page.links)
    assert "Nothing is missing." in bob.get(at.check).words


def test_a_viewer_has_no_button_to_carry_on(vera: Someone, at: Addresses) -> None:
    names = vera.get(at.tasks).links
    assert [name for name in names if name.startswith(("Carry on", "Start"))] == []
    assert "Check your answers" in names


def test_a_questionnaire_changed_under_a_health_check_is_reported(
    alice: Someone, world: World, at: Addresses
) -> None:
    store = world.as_(None).store
    with store.writing():
        store.run("UPDATE assessments SET digest = 'of another file'")
    assert "The questionnaire’s file has changed since" in alice.get(at.tasks).words


def test_a_topic_with_an_answer_to_correct_is_in_progress_however_many_are_answered(
    alice: Someone, world: World, at: Addresses
) -> None:
    long = replace(reviewing.ANSWERS["scheme"]["agreed-scheme"], evidence="x" * 20_412)
    reviewing.save(world, "scheme", {**reviewing.ANSWERS["scheme"], "agreed-scheme": long})
    page = alice.get(at.tasks)
    assert tasks_of(page)["The scheme"] == "In progress 3 of 3 answered"
    assert "1 answer needs correcting" in page.words
    reviewing.save(world, "scheme", reviewing.ANSWERS["scheme"])
    assert tasks_of(alice.get(at.tasks))["The scheme"] == "Completed 3 of 3 answered"
