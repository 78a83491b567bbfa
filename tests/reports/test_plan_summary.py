from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.plans import Declined, Delivery, LevelUpdate
from healthcheck.core.staff_page import Line
from healthcheck.reports import plan_summary
from healthcheck.reports.plan_html import running
from healthcheck.reports.plan_parts import Status
from healthcheck.reports.plan_poster import MOST, NOTHING_YET, poster
from healthcheck.reports.plan_view import heading
from healthcheck.reports.view_last_year import Earlier
from healthcheck.reports.view_model import report
from tests.core.build import FACTS, area, journey, questionnaire, rating
from tests.plan_made import THEN, TODAY, action, full_action

from . import made
from .plan_sources import ASKED, LEVELS, sources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.answers import Answer, Value
    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.reports.plan_view import PlanSources

LAST = {"a": 1, "b": 0, "c": 2}
LATE = {"delivery": Delivery.OFF_TRACK, "due": date(2026, 11, 11)}


def board(
    given: PlanSources,
    last: Mapping[str, Value | Answer] | None = None,
    then: Questionnaire = ASKED,
) -> plan_summary.Board:
    """Return the board summary beside last year's answers, if there are some."""
    earlier = None if last is None else Earlier("2025", then, journey(then, last), FACTS)
    now = journey(ASKED, LEVELS)
    return plan_summary.board(given, report(made.SUBJECT, ASKED, now, earlier))


def test_scores_have_their_band_and_what_moved_since_last_year() -> None:
    found = board(sources(), LAST)

    assert (found.score.text, found.score.band) == ("58 out of 100", "Moderate")
    assert (found.moved, found.last_cycle) == ("Up 16 points since 2025, when it was 42.", "2025")
    assert [(each.title, each.score, each.band, each.then, each.says) for each in found.areas] == [
        ("Area load", "17 out of 100", "Low", "17", "No change"),
        ("Area tools", "100 out of 100", "High", "67", "Up 33 points"),
    ]
    assert (found.how_many_areas, found.more_areas, found.is_tight) == ("2 areas", "", False)
    assert found.is_draft


def test_without_last_year_nothing_is_said_of_it() -> None:
    found = board(sources())

    assert (found.moved, found.last_cycle) == ("", "")
    assert {(each.then, each.says) for each in found.areas} == {("", "")}


def test_what_cannot_be_compared_is_said_in_a_few_words() -> None:
    other = questionnaire(area("load", rating("a")), area("tools", rating("c")))

    found = board(sources(), {"a": 1, "c": 3}, other)

    assert found.moved == "In 2025 it was 67; the two cannot be compared."
    assert found.areas[0].says == "Not comparable"
    assert board(sources(), {}).moved == "There is no score of 2025 to compare with."


def test_a_risk_says_what_is_wrong_and_what_is_done_about_it() -> None:
    given = full_action(4, question_id="a", **LATE)

    first, second = board(sources(given, action(5, question_id="a"))).risks

    assert first == plan_summary.RiskLine(
        what="There is no agreed way to tell when somebody has too much work.",
        about="Question 1.1, at “1. Partly in place”",
        action="A4: Agree a workload scheme with practitioners and the union, and start using it."
        " (1 more action)",
        owner="Priya Shah",
        status=Status("Off track", "■", "off-track", "12 days overdue"),
        due="Due 11 November 2026",
        why="Two of the three test teams have not begun.",
    )
    assert (second.what, second.action, second.why) == (
        "Question b",
        "No action",
        "Not decided yet.",
    )


def test_a_weak_answer_without_an_action_gives_the_reason() -> None:
    declined = {"b": Declined("b", 0, "The office moves in May. All is new.", "Priya", THEN)}

    first, second = board(sources(declined=declined)).risks

    assert (first.about, first.why, first.status) == (
        "Question 1.2, at “0. Not in place”",
        "The office moves in May. All is new.",
        None,
    )
    assert second.why == "Not decided yet."


def test_an_action_that_stands_alone_can_be_a_risk() -> None:
    first, *_ = board(sources(action(1, **LATE | {"due": None}))).risks

    assert (first.what, first.about, first.due) == ("No finding was written.", "", "No due date")


def test_long_texts_are_cut_and_many_areas_make_room() -> None:
    many = questionnaire(*(area(f"area-{each}", rating(f"q{each}")) for each in range(14)))
    made_of = report(made.SUBJECT, many, journey(many, {}))
    given = full_action(1, finding="word " * 100, **LATE)

    found = plan_summary.board(sources(given), made_of)

    assert len(found.risks[0].what) == plan_summary.LONGEST_RISK
    assert (found.is_tight, found.how_many_areas) == (True, "14 areas")
    assert (len(found.areas), found.more_areas) == (12, "2 more areas are in the report.")


def test_progress_counts_what_was_not_cancelled_and_the_ratings_that_rose() -> None:
    given = (
        action(1, delivery=Delivery.COMPLETE),
        action(2, **LATE),
        action(3, delivery=Delivery.CANCELLED),
    )
    updates = tuple(
        LevelUpdate(each, "action-1", before, 2, "", "Priya Shah", THEN)
        for each, before in (("a", 1), ("a", 1), ("b", None), ("c", 3))
    )

    found = board(sources(*given, updates=updates))

    assert found.progress == (
        "1 of 2 actions complete; 1 overdue.",
        "2 ratings have risen since the answers were given.",
    )
    assert [(each.status.word, each.many) for each in found.counts] == [
        ("On track", 0),
        ("At risk", 0),
        ("Off track", 1),
        ("Complete", 1),
        ("Cancelled", 1),
    ]


def test_an_empty_plan_has_a_summary_too() -> None:
    found = board(sources())

    assert found.progress == ("There are no actions in the plan yet.",)
    assert found.counts == ()
    assert len(found.risks) == 2


def test_the_rule_of_the_risks_is_printed_as_it_was_used() -> None:
    assert board(sources()).rule == plan_summary.RULE
    part = board(sources(action(1), chosen="Only part."))
    assert part.rule == plan_summary.RULE_OF_A_CHOICE
    assert part.risks == ()


def test_the_poster_has_what_is_done_first_and_never_what_was_cancelled() -> None:
    done = {"delivery": Delivery.COMPLETE, "finding": "Said."}
    given = (
        action(1, finding="Nothing agreed.", due=date(2027, 3, 31), measure="Share", target="9"),
        action(2, completed=date(2026, 10, 1), **done),
        action(3, completed=date(2026, 11, 1), **done),
        action(4, finding="Said.", delivery=Delivery.CANCELLED),
        action(5),
        action(6, question_id="a", due=date(2026, 11, 1)),
    )

    pairs = poster(sources(*given)).pairs

    assert [(each.said, each.did, each.status.word, each.when) for each in pairs] == [
        ("Said.", "Do thing 3.", "Done", "1 November 2026"),
        ("Said.", "Do thing 2.", "Done", "1 October 2026"),
        ("Nothing agreed.", "Do thing 1.", "Under way", "By 31 March 2027"),
        ("Question a", "Do thing 6.", "Under way", "Was due 1 November 2026"),
    ]
    assert pairs[2].result == "Share: target 9"


def test_the_poster_tells_success_in_short() -> None:
    given = action(1, finding="Said.", measure="word " * 30, baseline="34%", target="10%")

    assert poster(sources(given)).pairs[0].result == "From 34% to 10%"


def test_the_poster_says_how_many_are_left_out_or_that_nothing_is_there_yet() -> None:
    given = [action(each, finding="Said.") for each in range(1, MOST + 3)]

    assert poster(sources(*given)).more == "2 more actions are in the plan."
    assert poster(sources(*given[:MOST])).more == ""
    assert poster(sources()).more == NOTHING_YET


def test_the_poster_has_the_lines_that_the_lead_chose_for_staff() -> None:
    given = (
        action(1, finding="Not this."),
        action(2, delivery=Delivery.CANCELLED, due=TODAY),
        action(3, delivery=Delivery.OFF_TRACK),
    )
    lines = {
        "action-2": Line("action-2", "Too little room.", "We tried."),
        "action-3": Line("action-3", "No time.", "We are hiring."),
    }

    pairs = poster(sources(*given, staff_lines=lines)).pairs

    assert [(each.said, each.did, each.status.word, each.when) for each in pairs] == [
        ("No time.", "We are hiring.", "Delayed", ""),
        ("Too little room.", "We tried.", "Stopped", ""),
    ]


@pytest.mark.parametrize(
    ("after", "line"),
    [
        ("", "Northmere Council, Children’s services, 2026"),
        ("Area 1", "Northmere Council, Children’s services, 2026: Area 1"),
    ],
)
def test_the_running_line_says_whose_plan_it_is(after: str, line: str) -> None:
    assert running(heading(sources(), "Plan"), after) == line
