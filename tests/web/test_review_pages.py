"""What stands beside a question in a review: last year's answer, and what to look at twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.checks import Check, NoEvidence, Rose
from healthcheck.core.errors import NotFoundError
from healthcheck.core.saving import Offered
from healthcheck.services import reviews
from healthcheck.services.assessments import save_topic, start
from healthcheck.web.review_pages import ReviewPage
from tests import reviewing
from tests.people import ALICE, NORTHMERE
from tests.reviewing import ANSWERS, RHONA

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from healthcheck.core.answers import Entry
    from healthcheck.core.assessments import Assessment
    from healthcheck.services.reviews import Review
    from tests.people import World
    from tests.web.client import Someone

CHECKS = (
    Check("bare", "What shows it?", NoEvidence(3)),
    Check("rose", "What is new?", Rose(1)),
)


def submit_again(world: World, **changed: Entry) -> Assessment:
    """Submit Northmere's of 2026, then one of 2027 that differs in these answers."""
    reviewing.with_basw(world)
    reviewing.submit(world)
    ctx = world.as_(ALICE)
    now = start(
        ctx,
        NORTHMERE,
        service="childrens",
        cycle="2027",
        due=date(2027, 9, 30),
        questionnaire="small-check",
        edition="2026",
    )
    for topic, answers in ANSWERS.items():
        offered = {
            name: Offered(changed.get(name.replace("-", "_"), entry), 0)
            for name, entry in answers.items()
        }
        files = {"agreed-scheme": [reviewing.SCHEME]} if topic == "scheme" else {}
        save_topic(ctx, now.id, topic, offered, files)
    reviewing.sign(world, now)
    return now


def with_checks(review: Review) -> Review:
    submitted, opened = review.submitted, review.opened
    questionnaire = replace(opened.questionnaire, checks=CHECKS)
    changed = replace(opened, questionnaire=questionnaire)
    return replace(review, submission=replace(submitted, opened=changed))


def test_last_years_answer_stands_beside_this_years(
    signed_in: Callable[[Person], Someone], world: World
) -> None:
    new = replace(ANSWERS["scheme"]["protected-caseloads"], value=("3",))
    now = submit_again(world, protected_caseloads=new)
    rhona = signed_in(RHONA)
    page = rhona.get(f"/basw/reviews/{now.id}/questions/protected-caseloads")
    assert "Self-assessed 3. Embedded" in page.words
    assert "Last year 1. Partly in place" in page.words
    area = rhona.get(f"/basw/reviews/{now.id}/areas/workload")
    assert "We agreed the scheme with the union in May." in area.words
    assert "Last year’s evidence" in area.words


def test_without_a_submission_last_year_nothing_stands_beside(world: World) -> None:
    reviewing.start(world)
    page = ReviewPage(reviews.review(world.as_(RHONA), world.northmeres.id))
    assert page.item("agreed-scheme").then is None


def test_prompts_stand_with_their_question(world: World) -> None:
    new = replace(ANSWERS["scheme"]["protected-caseloads"], value=("3",))
    now = submit_again(world, protected_caseloads=new)
    page = ReviewPage(with_checks(reviews.review(world.as_(RHONA), now.id)))
    assert page.item("protected-caseloads").prompts == ("What shows it?", "What is new?")
    assert page.item("fair-allocation").prompts == ("What shows it?",)
    assert page.item("agreed-scheme").prompts == ()


def test_a_question_that_is_not_there_is_not_found(world: World) -> None:
    reviewing.start(world)
    page = ReviewPage(reviews.review(world.as_(RHONA), world.northmeres.id))
    with pytest.raises(NotFoundError, match="no such question"):
        page.item("of-nobody")
