"""Results: the scorecard's own numbers, in words, with what holds them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.scoring import score
from healthcheck.services import review_steps
from healthcheck.services.assessments import opened
from healthcheck.services.reports import results
from tests import reviewing
from tests.people import ALICE
from tests.reviewing import RHONA
from tests.web.markup import words_of

if TYPE_CHECKING:
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses
    from tests.web.page import Page


def answer(someone: Someone, at: Addresses, **levels: str) -> None:
    """Rate 1.1, 1.6 and 2.1 by their topics."""
    names = {
        "scheme": "agreed-scheme",
        "allocation": "fair-allocation",
        "equipment": "quiet-space",
    }
    for topic, level in levels.items():
        someone.submit(someone.get(at.topic(topic)), {names[topic]: level})


def words_of_class(page: Page, name: str) -> list[str]:
    return [words_of(each) for each in page.of_class(name)]


def scores(page: Page) -> list[str]:
    return words_of_class(page, "hc-score")


def rows(page: Page, caption: str) -> list[list[str]]:
    """Return the words of each cell of a table."""
    table = next(
        each for each in page.tree.iter("table") if words_of(each.find("caption")) == caption
    )
    return [[words_of(cell) for cell in row] for row in table.iter("tr")]


@pytest.mark.parametrize(
    "levels",
    [
        {"scheme": "3", "allocation": "2", "equipment": "1"},
        {"scheme": "0", "allocation": "3", "equipment": "3"},
        {"scheme": "1", "allocation": "1"},
    ],
)
def test_the_numbers_are_those_of_the_scorecard(
    alice: Someone, world: World, at: Addresses, levels: dict[str, str]
) -> None:
    answer(alice, at, **levels)
    found = opened(world.as_(ALICE), world.northmeres.id)
    card = score(found.questionnaire, found.journey)
    expected = [(card.score, card.band), *((area.score, area.band) for area in card.areas)]
    shown = [each.removesuffix(", provisional") for each in scores(alice.get(at.results))]
    assert shown == [
        "No score" if number is None or band is None else f"{number} out of 100 {band.name}"
        for number, band in expected
    ]


def test_worked_by_hand(alice: Someone, at: Addresses) -> None:
    """Workload (3 + 2) of 6 is 83; tools 1 of 3 is 33; the mean of 83 1/3 and 33 1/3 is 58."""
    answer(alice, at, scheme="3", allocation="2", equipment="1")
    assert scores(alice.get(at.results)) == [
        "58 out of 100 Moderate, provisional",
        "83 out of 100 High, provisional",
        "33 out of 100 Low",
    ]


@pytest.mark.parametrize(
    "levels", [{}, {"scheme": "0", "allocation": "3"}, {"scheme": "3", "equipment": "1"}]
)
def test_every_sentence_about_a_score_is_the_reports_own(
    alice: Someone, world: World, at: Addresses, levels: dict[str, str]
) -> None:
    answer(alice, at, **levels)
    report = results(opened(world.as_(ALICE), world.northmeres.id))
    words = alice.get(at.results).words
    for told in (report.summary.score, *(area.score for area in report.areas)):
        said = (told.working, told.coverage, told.capped, told.held_back, told.route.sentence)
        assert [each for each in said if each not in words] == []
    sentences = [each.sentence for each in (*report.strengths, *report.improvements)]
    assert [each for each in sentences if each not in words] == []


def test_an_essential_question_at_zero_caps_its_area_in_words(
    alice: Someone, at: Addresses
) -> None:
    answer(alice, at, scheme="0", allocation="3")
    page = alice.get(at.results)
    assert scores(page)[1] == "50 out of 100 Low, provisional"
    answer(alice, at, scheme="0", allocation="3", equipment="3")
    assert "Low" in scores(alice.get(at.results))[1]


def test_the_shortest_route_leads_to_the_questions(
    alice: Someone, world: World, at: Addresses
) -> None:
    answer(alice, at, scheme="3", allocation="2", equipment="1")
    page = alice.get(at.results)
    quiet = "2.1 There is a quiet space"
    assert page.links[quiet] == f"{at.topic('equipment')}#question-quiet-space"
    report = results(opened(world.as_(ALICE), world.northmeres.id))
    (step,) = report.summary.score.route.steps
    assert f"{quiet}: from “{step.now}” to “{step.needed}”" in page.words


def test_without_an_answer_there_is_no_score_and_the_page_says_so(
    alice: Someone, at: Addresses
) -> None:
    page = alice.get(at.results)
    assert scores(page) == ["No score"] * 3
    assert "There is no overall score yet" in page.words


def test_the_chart_has_its_numbers_beside_it_in_a_table(alice: Someone, at: Addresses) -> None:
    answer(alice, at, scheme="3", allocation="2", equipment="1")
    page = alice.get(at.results)
    assert rows(page, "Score and band of each area") == [
        ["Area", "Score", "Band"],
        ["1. Workload", "83", "High, provisional"],
        ["2. The right tools", "33", "Low"],
    ]
    chart = page.of_class("hc-chart")[0]
    title = next(each for each in chart.iter() if each.tag.endswith("title"))
    assert "83" in "".join(title.itertext())
    assert page.links["1. Workload"] == "#area-workload"


def test_viewers_see_the_same_results(alice: Someone, vera: Someone, at: Addresses) -> None:
    answer(alice, at, scheme="3", equipment="1")
    assert scores(vera.get(at.results)) == scores(alice.get(at.results))


def test_without_figures_there_is_no_table_of_them(alice: Someone, at: Addresses) -> None:
    page = alice.get(at.results)
    assert "No figures have been given yet." in page.words
    assert len(list(page.tree.iter("table"))) == 1


def test_figures_stand_in_a_table_with_their_units(alice: Someone, at: Addresses) -> None:
    typed = {"in-post": "75", "vacancies": "25", "long-hours": "12"}
    alice.submit(alice.get(at.topic("posts")), typed)
    assert rows(alice.get(at.results), "Workforce figures") == [
        ["Figure", "Yours", "Published"],
        ["F1 Social workers in post", "75 full-time equivalent", ""],
        ["F2 Vacancies", "25 full-time equivalent", ""],
        ["F3 Posts", "100", ""],
        ["F4 Vacancy rate", "25.0%", ""],
        ["F5 Share working over their hours", "12%", ""],
    ]


def test_answers_that_were_signed_have_no_draft_but_their_signed_report(
    alice: Someone, world: World, at: Addresses
) -> None:
    ask = f"/assessments/{world.northmeres.id}/report"
    reviewing.with_basw(world)
    assert "these answers have not been signed" in alice.get(at.results).words
    reviewing.submit(world)
    page = alice.get(at.results)
    signed = page.links["version 1"]
    assert "draft" not in page.words
    assert "Make the PDF report" not in page.words
    assert "The accepted report" not in page.links
    posted = alice.post(ask, {"csrf_token": page.fields("Sign out")["csrf_token"]})
    assert posted.leads_to == signed
    assert alice.get(signed).heading == "Version 1"


def test_an_accepted_health_check_leads_to_the_accepted_report(
    alice: Someone, world: World, at: Addresses
) -> None:
    reviewing.start(world)
    review_steps.accept(world.as_(RHONA), world.northmeres.id)
    page = alice.get(at.results)
    assert alice.get(page.links["The accepted report"]).heading.startswith("The accepted report")
