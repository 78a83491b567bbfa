from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.answers import Answer, Attachment, Entry
from healthcheck.core.carrying import (
    Carried,
    Wording,
    carry,
    confirmed,
    is_offered,
    offered,
    to_confirm,
)
from healthcheck.core.facts import Audience
from healthcheck.core.saving import Saved
from tests.core import build

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core import questionnaires as q
    from healthcheck.core.answers import Value

FILE = Attachment("1", "a.txt", "text/plain", 3, "aa")
WALES = Audience(nation=("wales",))


def carried(
    old: q.Questionnaire, new: q.Questionnaire, values: Mapping[str, Value | Answer]
) -> dict[str, Carried]:
    saved = {name: Saved(Entry((str(value),)), 1) for name, value in values.items()}
    files = dict.fromkeys(values, (FILE,))
    found = carry(old, build.journey(old, values), saved, files, new, build.FACTS)
    return {each.question_id: each for each in found}


def test_an_answer_carries_as_it_was_entered_with_its_files() -> None:
    old = build.questionnaire(build.rating("r"))
    assert carried(old, old, {"r": 2}) == {
        "r": Carried("r", "r", Wording.SAME, Entry(("2",)), (FILE,))
    }


def test_a_renamed_question_takes_the_answer_over() -> None:
    old = build.questionnaire(build.yes_no("old"))
    question = build.yes_no("new", was="old")
    same = build.questionnaire(build.rating("x"), question)
    (found,) = carried(old, same, {"old": True}).values()
    assert (found.question_id, found.from_question_id) == ("new", "old")
    assert found.wording is Wording.REWORDED  # its text names its id


@pytest.mark.parametrize(
    "question",
    [
        build.number("n", carry_forward="never"),
        build.number("n", applies_to=WALES),
        build.number("m"),
        build.calculated("n", "sum", 1, 2),
    ],
)
def test_what_does_not_carry(question: q.Question) -> None:
    old, new = build.questionnaire(build.number("n")), build.questionnaire(question)
    assert carried(old, new, {"n": 3}) == {}


@pytest.mark.parametrize("values", [{"y": True}, {"y": True, "n": Answer()}, {"y": False, "n": 3}])
def test_an_answer_that_was_not_complete_or_not_asked_does_not_carry(
    values: dict[str, Value | Answer],
) -> None:
    old = build.questionnaire(
        build.yes_no("y"), build.number("n", show_when=build.over("y", "is", "yes"))
    )
    assert list(carried(old, old, values)) == ["y"]


def offers(**wordings: Wording) -> dict[str, Carried]:
    return {name: Carried(name, name, each, Entry(("1",))) for name, each in wordings.items()}


def test_what_waits_is_asked_unanswered_needed_and_worded_the_same() -> None:
    asked = build.questionnaire(
        build.yes_no("y"),
        build.number("hidden", show_when=build.over("y", "is", "yes")),
        build.number("done"),
        build.number("waits"),
        build.number("anew"),
        build.number("extra", optional=True),
        build.number("none"),
    )
    journey = build.journey(asked, {"y": False, "done": 3})
    same = dict.fromkeys(("y", "hidden", "done", "waits", "extra"), Wording.SAME)
    found = offers(**same, anew=Wording.REWORDED)
    assert to_confirm(journey, found) == ("waits",)
    assert offered(asked.questions.values(), journey, found) == ("waits", "extra")
    assert [name for name, each in journey.items() if is_offered(each)] == [
        "waits", "anew", "extra", "none",
    ]  # fmt: skip


LAST = Carried("r", "r", Wording.SAME, Entry(("2",), evidence="Old.", links="https://a.example"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (Entry(), LAST.entry),
        (Entry(("  ",), evidence=" "), LAST.entry),
        (Entry(evidence="New."), Entry(("2",), evidence="New.", links="https://a.example")),
        (
            Entry(links="https://b.example"),
            Entry(("2",), evidence="Old.", links="https://b.example"),
        ),
        (Entry(("3",)), Entry(("3",))),
        (Entry(not_applicable=True, reason="So."), Entry(not_applicable=True, reason="So.")),
    ],
)
def test_still_true_takes_last_years_answer_and_loses_nothing_typed(
    typed: Entry, expected: Entry
) -> None:
    assert confirmed(typed, LAST) == expected
