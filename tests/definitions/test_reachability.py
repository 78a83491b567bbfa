from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthcheck.core.answers import Answer, Entry, accept
from healthcheck.core.facts import NATIONS, Facts
from healthcheck.core.journey import walk
from healthcheck.definitions.questionnaire_files import understand
from healthcheck.definitions.reading import parse

Written = dict[str, Any]
"""A part of a questionnaire as YAML that happens to be JSON."""


def yes_no(question_id: str, **keys: object) -> Written:
    return {"id": question_id, "type": "yes-no", "text": "So?", **keys}


def is_yes(question_id: str) -> Written:
    return {"question": question_id, "is": "yes"}


def definition(questions: list[Written]) -> str:
    levels = [{"level": str(n), "name": f"Level {n}", "points": str(n)} for n in range(2)]
    topics = [
        {"id": f"topic-{start}", "title": "Topic", "questions": questions[start : start + 5]}
        for start in range(0, len(questions), 5)
    ]
    return json.dumps(
        {
            "id": "tiny",
            "edition": "1",
            "title": "Tiny",
            "about": "About.",
            "source": "Made for a test.",
            "scale": levels,
            "bands": [{"name": "All", "from": "0", "sentence": "All."}],
            "roll_up": {"strength_from": "1", "improve_to": "0", "explanation": "Mean."},
            "areas": [{"id": "area", "title": "Area", "about": "About.", "topics": topics}],
        }
    )


def unreachable(questions: list[Written]) -> list[str]:
    document, _ = parse(definition(questions).encode(), "f")
    assert document is not None
    problems = [problem.sentence for problem in understand(document)[1]]
    assert all("can never be asked" in sentence for sentence in problems)
    return [sentence.split("“")[1].split("”")[0] for sentence in problems]


def test_a_way_along_a_chain_is_found() -> None:
    chain = [yes_no("q0"), *(yes_no(f"q{n}", show_when=is_yes(f"q{n - 1}")) for n in range(1, 20))]
    assert unreachable(chain) == []


def test_a_question_behind_a_faulty_condition_is_not_judged_by_it() -> None:
    questions = [
        yes_no("a"),
        yes_no("b", show_when={"question": "a", "is": "maybe"}),
        yes_no("c", show_when=is_yes("b")),
        yes_no("d", show_when={"all": [is_yes("b"), {"question": "b", "is": "no"}]}),
    ]
    document, _ = parse(definition(questions).encode(), "f")
    assert document is not None
    assert [problem.sentence for problem in understand(document)[1]] == [
        "“a” can never be “maybe”. Allowed: yes or no.",
        (
            "“d” can never be asked: no answers to earlier questions make its condition true "
            "for those it applies to."
        ),
    ]


def contradiction(question_id: str) -> list[Written]:
    return [is_yes(question_id), {"question": question_id, "is": "no"}]


def test_a_long_chain_is_given_the_benefit_of_the_doubt() -> None:
    chain = [yes_no("q0"), *(yes_no(f"q{n}", show_when=is_yes(f"q{n - 1}")) for n in range(1, 60))]
    last = yes_no("last", show_when={"all": [*contradiction("q0"), is_yes("q59")]})
    assert unreachable([*chain, last]) == []


def test_a_wide_search_is_given_the_benefit_of_the_doubt() -> None:
    wide = [yes_no(f"q{n}") for n in range(20)]
    tests = [is_yes(f"q{n}") for n in range(20)]
    last = yes_no("last", show_when={"all": [*tests, {"question": "q19", "is": "no"}]})
    assert unreachable([*wide, last]) == []


@pytest.mark.parametrize(("count", "found"), [(6, ["last"]), (7, [])])
def test_only_a_few_options_at_once_are_searched(count: int, found: list[str]) -> None:
    options = [{"id": f"o{n}", "text": f"O {n}"} for n in range(8)]
    many = {"id": "m", "type": "multiple-choice", "text": "M?", "options": options}
    tests: list[Written] = [{"question": "m", "is": f"o{n}"} for n in range(count)]
    nothing = {"not": {"question": "m", "answered": "true"}}
    last = yes_no("last", show_when={"all": [*tests, nothing]})
    assert unreachable([many, last]) == found


OPTIONS = [
    {"id": "x", "text": "X"},
    {"id": "y", "text": "Y"},
    {"id": "none", "text": "None", "exclusive": "true"},
]
QUESTIONS: list[Written] = [
    yes_no("a"),
    {"id": "n", "type": "number", "text": "N?", "minimum": "0", "maximum": "3"},
    {"id": "m", "type": "multiple-choice", "text": "M?", "options": OPTIONS},
]
ANSWERS: dict[str, list[tuple[str, ...] | None]] = {
    "a": [("yes",), ("no",), None],
    "n": [("0",), ("1",), ("2",), ("3",), None],
    "m": [("x",), ("y",), ("x", "y"), ("none",), None],
}
"""Every answer there is; None is set aside as not applicable."""

LEAVES = st.one_of(
    st.builds(lambda word: {"question": "a", "is": word}, st.sampled_from(["yes", "no"])),
    st.builds(
        lambda operator, limit: {"question": "n", operator: str(limit)},
        st.sampled_from(["is", "at_least", "at_most"]),
        st.integers(0, 3),
    ),
    st.builds(lambda word: {"question": "m", "is": word}, st.sampled_from(["x", "y", "none"])),
    st.builds(lambda word: {"question": word, "answered": "true"}, st.sampled_from("anm")),
    st.builds(lambda nation: {"fact": "nation", "is": nation}, st.sampled_from(list(NATIONS))),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda part: {"not": part}, inner),
        st.builds(
            lambda word, parts: {word: parts},
            st.sampled_from(["all", "any"]),
            st.lists(inner, min_size=1, max_size=3),
        ),
    ),
    max_leaves=6,
)


def truly_reachable(questions: list[Written]) -> set[str]:
    """Walk through every nation and every answer there is."""
    document, _ = parse(definition(questions).encode(), "f")
    assert document is not None
    questionnaire, _ = understand(document)
    assert questionnaire is not None
    reached: set[str] = set()
    for nation, raw in product(NATIONS, product(*ANSWERS.values())):
        answers: dict[str, Answer] = {}
        for question_id, words in zip(ANSWERS, raw, strict=True):
            entry = Entry(words) if words else Entry(not_applicable=True, reason="None here.")
            answers[question_id] = accept(questionnaire.questions[question_id], entry).answer
        journey = walk(questionnaire, Facts("adults", nation, "council"), answers)
        reached |= {each for each, standing in journey.items() if standing.is_visible}
    return reached


@settings(max_examples=40, deadline=None)
@given(CONDITIONS, CONDITIONS)
def test_a_question_is_called_unreachable_exactly_when_no_answers_reach_it(
    on_m: Written, on_last: Written
) -> None:
    earlier = [part for part in json.dumps(on_m).split('"') if part == "m"]
    middle = QUESTIONS[2] if earlier else {**QUESTIONS[2], "show_when": on_m}
    questions = [*QUESTIONS[:2], middle, yes_no("last", show_when=on_last)]
    expected = [each for each in ("m", "last") if each not in truly_reachable(questions)]
    assert unreachable(questions) == expected
