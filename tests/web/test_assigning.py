"""The page where a lead says who answers what, and what contributors see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.permissions import Role
from healthcheck.services import assigning
from healthcheck.storage import accounts
from tests import letters
from tests.people import ALICE, BOB, NORTHMERE, password_hash
from tests.web.test_access import ask, dump

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses

BUTTON = "Save who answers what"


@pytest.fixture
def cora(world: World) -> Person:
    """Give another contributor at Northmere."""
    cora, store = type(BOB)("cora", "Cora Cole", "cora@northmere.example"), world.as_(None).store
    with store.writing():
        accounts.add_person(store, cora, password_hash(), world.clock())
        accounts.add_role(store, cora.id, NORTHMERE.id, Role.CONTRIBUTOR)
    return cora


def give(world: World, person: Person, *topics: str) -> None:
    chosen = {topic: [person.id] for topic in topics}
    assigning.assign(world.as_(ALICE), world.northmeres.id, {}, chosen)


def test_a_lead_assigns_topics_on_one_page(
    alice: Someone, world: World, at: Addresses, cora: Person
) -> None:
    page = alice.get(alice.get(at.tasks).links["Who answers what"])
    assert page.heading == "Who answers what"
    assert [key for key in page.fields(BUTTON) if not key.endswith(".shown")] == ["csrf_token"]
    typed = {"scheme": [BOB.id, cora.id], "posts": [BOB.id]}
    told = alice.follow(alice.submit(page, typed, BUTTON))
    assert told.messages == ["Who answers what is saved. 2 people are told by email."]
    assert "Bob Baker, Cora Cole" in told.words
    again = alice.get(page.address).fields(BUTTON)
    assert (again["scheme"], again["scheme.shown"]) == ([BOB.id, cora.id], [f"{BOB.id} {cora.id}"])
    less = alice.follow(alice.submit(alice.get(page.address), {"scheme": None}, BUTTON))
    assert less.messages == ["Who answers what is saved."]
    assert assigning.assigned(world.as_(ALICE), world.northmeres.id) == {"posts": (BOB,)}
    assert [who for _, who in letters.sent(world)] == [BOB.email, cora.email]


def test_one_person_told_is_said_so(alice: Someone, at: Addresses) -> None:
    page = alice.get(f"{at.tasks}/assign")
    told = alice.follow(alice.submit(page, {"scheme": [BOB.id, ALICE.id]}, BUTTON))
    assert told.messages == ["Who answers what is saved. One person is told by email."]


def test_a_page_that_stood_open_takes_nothing_from_a_colleague(
    alice: Someone, world: World, at: Addresses
) -> None:
    page = alice.get(f"{at.tasks}/assign")
    give(world, BOB, "scheme")
    alice.submit(page, {"posts": [BOB.id]}, BUTTON)
    assert set(assigning.assigned(world.as_(ALICE), world.northmeres.id)) == {"scheme", "posts"}


def test_whoever_can_no_longer_answer_is_not_assigned(
    alice: Someone, world: World, at: Addresses
) -> None:
    page = alice.get(f"{at.tasks}/assign")
    back = alice.submit(page, {"scheme": ["vera"]}, BUTTON)
    assert back.leads_to == page.address
    assert alice.follow(back).messages == [
        "Somebody’s role changed meanwhile, so nothing was saved. Open the page again."
    ]
    assert assigning.assigned(world.as_(ALICE), world.northmeres.id) == {}


def test_a_contributor_sees_what_is_theirs_with_the_deadline(
    bob: Someone, alice: Someone, world: World, at: Addresses
) -> None:
    assert "Yours to answer" not in bob.get("/").words
    give(world, BOB, "posts", "allocation")
    for page in (bob.get("/"), bob.get(at.tasks)):
        assert "Yours to answer" in page.words
        assert "0 of your 2 topics completed. Due 30 September 2026: 212 days left." in page.words
    assert at.topic("posts") in [each.get("href") for each in bob.get("/").tree.iter("a")]
    assert "Yours to answer" not in alice.get("/").words
    tasks = bob.get(at.tasks)
    assert [each for each in tasks.links if each.startswith("Start: ")] == [
        "Start: " + _title(world, "allocation")
    ]


def _title(world: World, topic_id: str) -> str:
    questionnaire = world.as_(None).library.get("small-check", "2026")
    return next(topic.title for topic in questionnaire.topics if topic.id == topic_id)


def test_what_is_completed_stays_on_the_task_list_and_leaves_the_first_page(
    bob: Someone, world: World, at: Addresses
) -> None:
    give(world, BOB, "posts")
    form = bob.get(at.topic("posts"))
    bob.submit(form, {"in-post": "90", "vacancies": "10", "long-hours": "12"}, go="list")
    home, tasks = bob.get("/"), bob.get(at.tasks)
    for page in (home, tasks):
        assert "1 of your 1 topic completed." in page.words
    yours = [
        [link.get("href") for link in page.of_class("hc-yours")[0].iter("a")]
        for page in (home, tasks)
    ]
    assert yours == [[], [at.topic("posts")]]


def test_a_topic_of_others_can_be_read_and_says_whose_it_is(
    bob: Someone, world: World, at: Addresses, cora: Person
) -> None:
    form = bob.get(at.topic("scheme"))
    give(world, cora, "scheme")
    page = bob.get(at.topic("scheme"))
    assert "Cora Cole answers this topic. You can read it." in page.words
    assert "Only the health check lead and contributors" not in page.words
    assert [each.get("name") for each in page.tree.iter("button")] == [None]
    refused = bob.submit(form, {"agreed-scheme": "3"}, status=403)
    assert "Cora Cole answers this topic, so nothing was saved." in refused.words
    assert "Save and continue" in bob.get(at.topic("posts")).words


def test_two_people_both_answer(
    bob: Someone, alice: Someone, world: World, at: Addresses, cora: Person
) -> None:
    give(world, cora, "scheme")
    give(world, ALICE, "scheme")
    page = bob.get(at.topic("scheme"))
    assert "Alice Archer and Cora Cole answer this topic." in page.words
    assert "Save and continue" in alice.get(at.topic("scheme")).words


def test_a_contributor_is_led_only_to_topics_they_may_answer(
    bob: Someone, world: World, at: Addresses, cora: Person
) -> None:
    bob.submit(bob.get(at.topic("scheme")), {"agreed-scheme": "2"}, go="back")
    give(world, cora, "scheme")
    link = next(each for each in bob.get(at.tasks).links if each.startswith("Carry on: "))
    assert link == "Carry on: " + _title(world, "allocation")


def test_your_own_name_is_you_on_the_task_list(bob: Someone, world: World, at: Addresses) -> None:
    give(world, BOB, "posts")
    hints = bob.get(at.tasks).of_class("govuk-task-list__hint")
    assert ["".join(each.itertext()) for each in hints] == ["You"]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(("who", "status"), [("bob", 403), ("vera", 403), ("charlie", 404)])
def test_only_the_lead_assigns(  # noqa: PLR0913, PLR0917 - a grid
    request: pytest.FixtureRequest, world: World, at: Addresses, who: str, status: int, method: str
) -> None:
    someone = request.getfixturevalue(who)
    before = dump(str(world.product.config.database))
    ask(someone, method, f"{at.tasks}/assign", status)
    assert dump(str(world.product.config.database)) == before
    if who != "charlie":
        assert "Who answers what" not in someone.get(at.tasks).links


def test_somebody_at_two_places_is_shown_what_is_theirs_at_each(
    signed_in: Callable[[Person], Someone], world: World, cora: Person
) -> None:
    give(world, cora, "posts")
    give(world, BOB, "scheme")
    words = signed_in(cora).get("/").of_class("hc-yours")
    titles = [link.text for each in words for link in each.iter("a")]
    assert titles == [_title(world, "posts")]
