from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthcheck.core.errors import NotFoundError, UnacceptableDetailsError
from healthcheck.core.workload.calculating import calculate
from healthcheck.core.workload.changes import (
    LONGEST,
    MOST_CHANGES,
    UNREADABLE,
    Add,
    Change,
    Close,
    Hours,
    Join,
    Move,
    applied,
    in_words,
    next_number,
    read,
    written,
)
from healthcheck.core.workload.kept_results import packed, unpacked

from .caseloads import AVAILABLE, COUNT, DAY, POINTS, PRIORITY, case, scheme, scored, team, worker

TEAM = team([worker(), worker("cd", 20)], [case("a"), case("b", "cd", "long"), case("c", None)])
CHANGES: list[Change] = [
    Move("a", "cd"),
    Move("b", ""),
    Close("c"),
    Add("ab", "long", "2.5", (("risk", "4"), ("time", " "))),
    Add("", "", "", number="2"),
    Hours("cd", "30"),
    Join("E F", "18.5", newly_qualified=True, number="3"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_comes_back_as_it_went(change: Change) -> None:
    assert read(written(change)) == change


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "{}",
        "5",
        '["steal","a"]',
        '[["move"],"a","b"]',
        '["move","a"]',
        '["move","a",5]',
        '["move",["a","b"],"c"]',
        '["add","ab","","",["ab"]]',
        '["add","ab","","","risk"]',
        '["join","E","18",1]',
        r'["close","\ud800"]',
        "[" * LONGEST,
        '["close","' + "a" * LONGEST + '"]',
    ],
)
def test_anything_else_is_refused(line: str) -> None:
    with pytest.raises(UnacceptableDetailsError, match=UNREADABLE):
        read(line)


@given(
    st.text(max_size=40)
    | st.lists(st.sampled_from(["move", "add", "a", "", None, 5, ["a", "5"], [["risk", "1"]]])).map(
        json.dumps
    )
)
@settings(deadline=None, max_examples=60)
def test_whatever_is_posted_is_read_or_refused(line: str) -> None:
    try:
        made = read(line)
    except UnacceptableDetailsError:
        return
    assert read(written(made)) == made


def test_changes_are_made_one_after_another() -> None:
    after = applied(TEAM, CHANGES)

    assert [each.id for each in after.held["cd"]] == ["a"]
    assert [each.id for each in after.held["ab"]] == ["new-1"]
    assert [each.id for each in after.unallocated] == ["b", "new-2"]
    assert after.held["ab"][0].hours == Fraction(5, 2)
    assert after.held["ab"][0].scores == {"risk": 4}
    assert [each.contracted_hours for each in after.workers] == [37, 30, Fraction(37, 2)]
    assert after.workers[2].newly_qualified
    assert applied(TEAM, []) == TEAM


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (Hours("ab", "many"), "Give the hours as a number from 0 to 168, such as 18.5."),
        (Hours("ab", "-1"), "Give the hours as a number from 0 to 168, such as 18.5."),
        (Join("", "37"), "Give a name or initials of 60 characters or fewer."),
        (Join("n" * 61, "37"), "Give a name or initials of 60 characters or fewer."),
        (Add("ab", "", "1000"), "Give the hours as a number from 0 to 744, such as 18.5."),
        (
            Add("ab", "", "", (("risk", "x"),)),
            "Give the score as a number from 0 to 1,000, such as 18.5.",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_a_sentence(change: Change, sentence: str) -> None:
    with pytest.raises(UnacceptableDetailsError, match=sentence):
        applied(TEAM, [change])


def test_a_case_or_worker_that_is_not_there_is_refused() -> None:
    for change in (Move("z", "ab"), Move("a", "z"), Close("z"), Hours("z", "1"), Add("z", "", "")):
        with pytest.raises(NotFoundError):
            applied(TEAM, [change])


def test_a_what_if_does_not_grow_without_end() -> None:
    with pytest.raises(UnacceptableDetailsError, match="holds 50 changes"):
        applied(TEAM, [Add("", "", "", number=f"{each}") for each in range(MOST_CHANGES + 1)])


def test_a_change_means_the_same_when_an_earlier_one_is_taken_out() -> None:
    joins = [Join(name, "37", number=str(place)) for place, name in enumerate("EFG", start=1)]
    changes: list[Change] = [*joins, Move("a", "new-2")]

    assert next_number(changes) == "4"
    assert next_number([Add("", "", "", number="x")]) == next_number([]) == "1"
    after = applied(TEAM, changes[1:])
    assert after.worker_of["new-2"].name == "F"
    assert [each.id for each in after.held["new-2"]] == ["a"]
    with pytest.raises(UnacceptableDetailsError, match="already"):
        applied(TEAM, [joins[0], joins[0]])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Move("a", "cd"), "a (AB) moves to CD."),
        (Move("c", "z"), "c (unallocated) moves to somebody who is not in the team."),
        (Move("z", ""), "A case that is not in the snapshot moves to nobody: unallocated."),
        (Close("a"), "a (AB) is closed."),
        (Hours("cd", "30.50"), "CD has 30.5 hours a week."),
        (Hours("cd", "x"), "CD has x hours a week."),
        (Join("E F", "37"), "E F joins the team with 37 hours a week."),
        (Join("E", "37", newly_qualified=True), "E joins the team with 37 hours a week, newly qualified."),  # noqa: E501
        (Add("ab", "long", ""), "A new case (long) comes, for AB."),
        (Add("", "", ""), "A new case comes, that nobody has."),
    ],
)  # fmt: skip
def test_a_change_is_said_in_words(change: Change, words: str) -> None:
    assert in_words(TEAM, change) == words


@pytest.mark.parametrize("rule", [POINTS, AVAILABLE, COUNT, PRIORITY])
@pytest.mark.parametrize("lights", [True, False])
def test_a_kept_result_says_the_same_without_its_cases(rule: object, *, lights: bool) -> None:
    made = scheme(rule) if lights else scheme(rule, lights=None)  # type: ignore[arg-type]
    cases = [scored(f"c{each}", 5, 10) for each in range(8)]
    snapshot = team([worker(), worker("cd", None)], [*cases, case("d", None)])
    result = calculate(made, snapshot)
    text = json.dumps(packed(result))
    back = unpacked(made, "Team", DAY, {"ab": "AB", "cd": "CD"}, json.loads(text))

    assert (back.team, back.unallocated) == (result.team, result.unallocated)
    for each, kept in zip(result.workers, back.workers, strict=True):
        assert (each.worker.id, each.worker.name) == (kept.worker.id, kept.worker.name)
        assert (each.cases, each.load, each.capacity, each.light) == (
            kept.cases, kept.load, kept.capacity, kept.light
        )  # fmt: skip
        assert (each.is_complete, each.unagreed) == (kept.is_complete, kept.unagreed)
    assert "AB" not in text
