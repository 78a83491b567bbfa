from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.answers import Answer, Attachment
from healthcheck.core.checks import Check, Compared, Fits, NoEvidence, Rose
from healthcheck.core.conditions import All, Any, Not
from healthcheck.core.consistency import Prompt, prompts
from tests.core import build

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core import questionnaires as q
    from healthcheck.core.answers import Value
    from healthcheck.core.checks import CheckKind

PHOTO = Attachment("1", "photo.png", "image/png", 10, "aa")


def asked(*questions: q.Question, kinds: Mapping[str, CheckKind]) -> q.Questionnaire:
    checks = tuple(Check(name, f"Why {name}?", kind) for name, kind in kinds.items())
    return build.questionnaire(*questions, checks=checks)


def found(
    questionnaire: q.Questionnaire,
    values: Mapping[str, Value | Answer],
    last_year: Mapping[str, Value | Answer] | None = None,
    last_asked: q.Questionnaire | None = None,
) -> list[str]:
    """Return which check applies to which question, as check@question."""
    then = None
    if last_year is not None:
        then = build.journey(last_asked or questionnaire, last_year)
    given = prompts(questionnaire, build.journey(questionnaire, values), then)
    return [f"{each.check_id}@{each.question_id}" for each in given]


def test_a_prompt_says_what_the_check_says_about_which_question() -> None:
    questionnaire = asked(
        build.number("n"), build.number("m"), kinds={"more": Compared("above", "n", "m")}
    )
    given = prompts(questionnaire, build.journey(questionnaire, {"n": 3, "m": 2}), None)
    assert given == (Prompt("n", "Why more?", "more", "Question n", ("m",)),)


def test_prompts_are_in_the_order_of_the_questions_then_of_the_checks() -> None:
    questionnaire = asked(
        build.rating("a"),
        build.rating("b"),
        build.number("n"),
        kinds={
            "many": Compared("above", "n", Fraction(1)),
            "bare": NoEvidence(2),
            "high": Fits(build.over("a", "at_least", "2"), "b"),
        },
    )
    assert found(questionnaire, {"a": 2, "b": 3, "n": 2}) == [
        "bare@a", "bare@b", "high@b", "many@n",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "applies"),
    [
        (Answer(2), True),
        (Answer(3), True),
        (Answer(1), False),
        (Answer(), False),
        (build.NOT_APPLICABLE, False),
        (Answer(2, evidence="Minutes."), False),
        (Answer(2, links=("https://example.org",)), False),
        (Answer(2, attachments=(PHOTO,)), False),
    ],
)
def test_a_level_without_evidence(answer: Answer, *, applies: bool) -> None:
    questionnaire = asked(build.rating("a"), build.number("n"), kinds={"bare": NoEvidence(2)})
    assert found(questionnaire, {"a": answer, "n": 3}) == ["bare@a"] * applies


def test_a_hidden_rating_is_not_asked_about() -> None:
    hidden = build.rating("a", show_when=build.over("y", "is", "yes"))
    questionnaire = asked(
        build.yes_no("y"),
        hidden,
        kinds={"bare": NoEvidence(2), "odd": Fits(build.over("y", "is", "no"), "a")},
    )
    assert found(questionnaire, {"y": False, "a": 3}) == []
    assert found(questionnaire, {"y": True, "a": 3}) == ["bare@a"]


@pytest.mark.parametrize(
    ("n", "m", "applies"),
    [
        (3, 2, ["above@n"]),
        (2, 2, []),
        (1, 2, ["below@n", "few@n"]),
        (2, None, []),
        (None, 1, []),
    ],
)
def test_a_figure_beside_its_limit(n: int | None, m: int | None, applies: list[str]) -> None:
    questionnaire = asked(
        build.number("n"),
        build.number("m"),
        kinds={
            "above": Compared("above", "n", "m"),
            "below": Compared("below", "n", "m"),
            "few": Compared("below", "n", Fraction(3, 2)),
        },
    )
    values = {name: value for name, value in (("n", n), ("m", m)) if value is not None}
    assert found(questionnaire, values) == applies


def test_a_figure_worked_out_is_compared_exactly() -> None:
    third = build.calculated("third", "ratio", "n", 3)
    questionnaire = asked(
        build.number("n"), third, kinds={"more": Compared("above", "third", Fraction(1, 3))}
    )
    assert found(questionnaire, {"n": 1}) == []
    assert found(questionnaire, {"n": 2}) == ["more@third"]


LINKED = Answer(2, links=("https://example.org/a", "https://example.org/b"))


@pytest.mark.parametrize(
    ("then", "now", "applies"),
    [
        (Answer(0), Answer(2), True),
        (Answer(0, evidence="As it was."), Answer(2, evidence="As  it\nwas."), True),
        (Answer(0, attachments=(PHOTO,)), Answer(3, attachments=(PHOTO,)), True),
        (Answer(0, links=LINKED.links[::-1]), LINKED, True),
        (Answer(1), Answer(2), False),
        (Answer(3), Answer(1), False),
        (Answer(0, evidence="As it was."), Answer(2, evidence="New."), False),
        (Answer(0), Answer(2, attachments=(PHOTO,)), False),
        (Answer(0), LINKED, False),
        (Answer(), Answer(2), False),
        (build.NOT_APPLICABLE, Answer(2), False),
        (Answer(0), build.NOT_APPLICABLE, False),
    ],
)
def test_a_rating_that_rose_on_the_same_evidence(
    then: Answer, now: Answer, *, applies: bool
) -> None:
    questionnaire = asked(build.rating("a"), kinds={"leap": Rose(2)})
    assert found(questionnaire, {"a": now}, {"a": then}) == ["leap@a"] * applies


def test_a_first_year_has_no_rise() -> None:
    questionnaire = asked(build.rating("a"), kinds={"leap": Rose(2)})
    assert found(questionnaire, {"a": 3}) == []


def test_a_renamed_rating_is_found_under_its_old_id() -> None:
    questionnaire = asked(
        build.rating("a", was="old"), build.rating("new"), kinds={"leap": Rose(2)}
    )
    last_asked = build.questionnaire(build.rating("old"))
    assert found(questionnaire, {"a": 2, "new": 2}, {"old": 0}, last_asked) == ["leap@a"]


def test_a_rename_is_forgotten_where_the_new_id_was_there_already() -> None:
    questionnaire = asked(build.rating("a", was="older"), kinds={"leap": Rose(2)})
    last_asked = build.questionnaire(build.rating("a"))
    assert found(questionnaire, {"a": 2}, {"a": 0}, last_asked) == ["leap@a"]


@pytest.mark.parametrize(
    "before", [build.rating("a", descriptors={0: "No", 2: "Yes"}), build.number("a")]
)
def test_ratings_on_other_levels_are_not_compared(before: q.Question) -> None:
    questionnaire = asked(build.rating("a"), kinds={"leap": Rose(2)})
    assert found(questionnaire, {"a": 2}, {"a": 0}, build.questionnaire(before)) == []


def test_answers_that_do_not_go_together() -> None:
    condition = All(
        (
            build.over("a", "at_least", "2"),
            Any((build.over("n", "at_most", "1"), build.over("y", "is", "no"))),
            Not(build.over("a", "is", "3")),
        )
    )
    questionnaire = asked(
        build.rating("a"),
        build.number("n", optional=True),
        build.yes_no("y"),
        kinds={"odd": Fits(condition, "a")},
    )
    assert found(questionnaire, {"a": 2, "n": 1, "y": True}) == ["odd@a"]
    assert found(questionnaire, {"a": 2, "y": False}) == ["odd@a"]
    assert found(questionnaire, {"a": 2, "y": True}) == []
    assert found(questionnaire, {"a": 2}) == []
    assert found(questionnaire, {"a": 3, "n": 1, "y": False}) == []


def test_a_prompt_names_the_other_answers_it_looked_at() -> None:
    tests = All(tuple(build.over(each, "at_least", "1") for each in ("n", "a", "n")))
    questionnaire = asked(build.rating("a"), build.number("n"), kinds={"odd": Fits(tests, "a")})
    (prompt,) = prompts(questionnaire, build.journey(questionnaire, {"a": 2, "n": 1}), None)
    assert prompt.looked_at == ("n",)
