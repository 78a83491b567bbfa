from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.plan_rules import LONGEST_TEXT
from healthcheck.core.plans import Owner, Priority
from healthcheck.core.workload.at_capacity import above, at_capacity
from healthcheck.core.workload.calculating import calculate
from healthcheck.core.workload.decisions import (
    LONGEST_WORDS,
    NAMES_SOMEBODY,
    Decision,
    Kind,
    Proposed,
    Standing,
    age,
    as_action,
    needs,
    problems,
    tidy,
)
from healthcheck.core.workload.teams import LONGEST_NAME

from .caseloads import AVAILABLE, DAY, case, scheme, team, worker

if TYPE_CHECKING:
    from healthcheck.core.workload.results import Result
    from healthcheck.core.workload.snapshots import Snapshot

TODAY = DAY + timedelta(days=10)
PRIYA = Owner("Priya Shah")
PROPOSED = Proposed(Kind.REALLOCATE, "Two move.", owner=PRIYA, review=TODAY)
ACCEPT = Proposed(
    Kind.ACCEPT, reason="A colleague is back soon.", until=TODAY, owner=PRIYA, review=TODAY
)
SCHEME = scheme(AVAILABLE)


def loaded(long: int, day: date = DAY, of: int = 37) -> Snapshot:
    """A team in which AB has so many cases of 10 points against 100, and CD none."""
    cases = [case(f"c{each}", "ab", "long") for each in range(long)]
    return replace(team([worker("ab", of), worker("cd")], cases), taken_on=day)


def result(long: int, day: date = DAY) -> Result:
    return calculate(SCHEME, loaded(long, day))


def decision(**more: object) -> Decision:
    given: dict[str, object] = {
        "id": "d",
        "team_id": "t",
        "worker_id": "ab",
        "name": "AB",
        "taken_on": DAY,
        "said": ("Scheme: a Amber, 100%: 100 of 100 points, 10 cases",),
        "starts": Fraction(100),
        "proposed": PROPOSED,
        "decided_by": "Alice",
        "decided_at": datetime(2026, 11, 2, tzinfo=UTC),
        **more,
    }
    return Decision(**given)  # type: ignore[arg-type]


def test_who_is_at_or_above_capacity_is_found_in_every_scheme_the_team_first() -> None:
    alone = calculate(SCHEME, replace(loaded(11), workers=(worker("ab"),)))
    found = above([alone, alone])

    assert [*found] == [None, "ab"]
    assert [each.said for each in found["ab"]] == [
        "Scheme: r Red, 110%: 110 of 100 points, 11 cases"
    ] * 2
    assert found[None][0].name == "The team as a whole"
    assert above([result(9)]) == {}


@pytest.mark.parametrize(("cases", "asked"), [(9, False), (10, True), (11, True)])
def test_a_decision_is_needed_exactly_from_amber_on(cases: int, *, asked: bool) -> None:
    assert bool(needs(at_capacity([result(cases)], []), [], TODAY)) is asked


def test_a_need_ages_from_the_first_of_the_snapshots_in_a_row_that_show_it() -> None:
    those: list[set[str | None]] = [{"ab"}, {"ab", None}, set(), {"ab"}]
    days = [(DAY - timedelta(days=30 * each), who) for each, who in enumerate(those)]
    (need,) = needs(at_capacity([result(10)], days), [], TODAY)

    assert need.since == need.waits_since == DAY - timedelta(days=30)
    assert (need.standing, need.is_waiting) == (Standing.UNDECIDED, True)
    assert need.waits(TODAY) == "5 weeks"
    assert need.is_long(TODAY)
    assert not need.is_long(DAY - timedelta(days=17))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "since today"),
        (0, "since today"),
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (84, "12 weeks"),
        (85, "2 months"),
        (400, "13 months"),
    ],
)
def test_age_is_said_in_words(days: int, words: str) -> None:
    assert age(TODAY - timedelta(days=days), TODAY) == words


@pytest.mark.parametrize(
    ("taken", "load", "today", "standing", "since"),
    [
        (decision(), 10, TODAY, Standing.DECIDED, DAY),
        (decision(), 10, TODAY + timedelta(days=1), Standing.REVIEW_DUE, TODAY),
        (decision(proposed=ACCEPT), 10, TODAY, Standing.DECIDED, DAY),
        (decision(proposed=ACCEPT), 10, TODAY + timedelta(days=1), Standing.TIME_OVER, TODAY),
        (decision(), 11, TODAY, Standing.WORSE, DAY),
        (decision(starts=Fraction(110)), 10, TODAY, Standing.DECIDED, DAY),
        (decision(worker_id="cd"), 10, TODAY, Standing.UNDECIDED, DAY),
        (decision(taken_on=DAY - timedelta(days=1)), 10, TODAY, Standing.UNDECIDED, DAY),
    ],
)
def test_a_decision_stands_until_its_review_and_only_while_nothing_is_worse(
    taken: Decision, load: int, today: date, standing: Standing, since: date
) -> None:
    days = [(DAY, {"ab"}), (DAY - timedelta(days=1), set[str]())]
    (need,) = needs(at_capacity([result(load)], days), [taken], today)

    assert (need.standing, need.waits_since) == (standing, since)
    assert need.is_waiting is (standing is not Standing.DECIDED)


def test_the_newest_decision_counts_and_those_that_wait_come_first() -> None:
    both = calculate(SCHEME, replace(loaded(10), workers=(worker("ab"),)))
    older = decision(starts=Fraction(110), decided_at=datetime(2026, 10, 1, tzinfo=UTC))
    newer = decision(id="e")
    found = needs(at_capacity([both], []), [newer, older], TODAY)

    assert [(each.worker_id, each.is_waiting) for each in found] == [(None, True), ("ab", False)]
    assert found[1].decision is newer
    assert needs(at_capacity([], []), [newer], TODAY) == ()


def test_a_decision_needs_a_kind_an_owner_and_a_review_date() -> None:
    assert problems(Proposed(None), TODAY) == {
        "kind": "Choose what is decided.",
        "owner": "Say who sees to it.",
        "review": "Give the day on which somebody looks at it again.",
    }
    assert problems(PROPOSED, TODAY) == problems(ACCEPT, TODAY) == {}
    assert problems(replace(PROPOSED, owner=Owner(person_id="p")), TODAY) == {}


def test_accepting_needs_a_reason_and_a_day_and_its_review_comes_before_the_end() -> None:
    bare = replace(ACCEPT, reason=" ", until=None)
    assert problems(bare, TODAY) == {
        "reason": "Say why it is accepted for that time.",
        "until": "Give the day until which it is accepted.",
    }
    tomorrow = TODAY + timedelta(days=1)
    assert problems(ACCEPT, tomorrow) == {
        "until": "The day must be today, 12 November 2026, or later.",
        "review": "The review must be today, 12 November 2026, or later.",
    }
    late = replace(ACCEPT, review=tomorrow)
    assert problems(late, TODAY) == {
        "review": "Review it on or before 11 November 2026, when the time is over."
    }


def test_texts_have_their_length() -> None:
    long = replace(ACCEPT, what="w" * 1801, reason="r" * 1801, owner=Owner("n" * 201))
    assert [*problems(long, TODAY)] == ["what", "reason", "owner_name"]


def test_what_belongs_to_accepting_goes_with_any_other_kind() -> None:
    taken = tidy(replace(ACCEPT, kind=Kind.STAFF, what=" One more. "))
    assert (taken.reason, taken.until, taken.what) == ("", None, "One more.")


def test_the_action_says_what_is_done_and_names_no_worker() -> None:
    made = as_action(decision(), "North team", ["AB"])

    assert made.action == "Workload in North team, one worker: Re-allocate cases.\nTwo move."
    assert made.finding == "On 1 November 2026, one worker was at 100% of capacity or more."
    assert (made.owner, made.due, made.review, made.priority) == (
        PRIYA, TODAY, TODAY, Priority.HIGH
    )  # fmt: skip
    assert "AB" not in f"{made}"
    whole = as_action(decision(worker_id=None, proposed=ACCEPT), "North team", ["AB"])
    assert whole.finding == (
        "On 1 November 2026, Scheme: a Amber, 100%: 100 of 100 points, 10 cases."
    )
    assert whole.action == (
        "Workload in North team, the team as a whole: Accept the load until 11 November 2026."
        "\nWhy: A colleague is back soon."
    )


@pytest.mark.parametrize(
    ("what", "stays"),
    [
        ("Two of AB’s cases go to the duty team.", False),
        ("pat price does fewer duties.", False),
        ("Fewer duties for Price", False),
        ("Absent colleagues come back; price and patience.", True),
    ],
)
def test_words_that_name_a_worker_are_left_out_of_the_action(what: str, *, stays: bool) -> None:
    made = as_action(decision(proposed=replace(PROPOSED, what=what)), "North", ["AB", "Pat Price"])
    head = "Workload in North, one worker: Re-allocate cases.\n"
    assert made.action == head + (what if stays else NAMES_SOMEBODY)


def test_a_decision_holds_nothing_of_a_client_and_fits_into_an_action() -> None:
    told = problems(replace(PROPOSED, what="The NHS number is 943 476 5919."), TODAY)
    assert told["what"].endswith("a decision is about the work, never about a client.")
    longest = replace(ACCEPT, what=LONGEST_WORDS * "w", reason=LONGEST_WORDS * "r")
    made = as_action(decision(worker_id=None, proposed=longest), LONGEST_NAME * "n", [])
    assert len(made.action) <= LONGEST_TEXT
