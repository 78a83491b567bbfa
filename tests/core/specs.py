"""Random questionnaires and answers for properties, and the product's own form of them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from healthcheck.core import questionnaires as q
from healthcheck.core.answers import Answer
from healthcheck.core.conditions import Not
from healthcheck.core.facts import EVERYONE, Audience

from .build import NOT_APPLICABLE, area, number, over, questionnaire, rating

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .plain import Given, Spec

WEIGHTS = st.sampled_from([(1, 1), (1, 1), (2, 1), (1, 3), (5, 2), (7, 9), (0, 1)])
SHARES = st.sampled_from([(0, 1), (1, 3), (1, 2), (2, 3), (1, 1)])
LIMITS = st.integers(0, 9)
BANDS = [
    [("Low", 0), ("Moderate", 51), ("High", 75)],
    [("Poor", 0), ("Fair", 17), ("Good", 34), ("Better", 50), ("Best", 100)],
    [("All", 0)],
]
OTHERS = Audience(nation=("scotland",))


@st.composite
def specs(
    draw: st.DrawFn,
    *,
    most: int = 8,
    negations: bool = True,
    conditions: bool = True,
    numbers: bool = True,
) -> Spec:
    """Return a questionnaire as plain dictionaries; see `tests.core.plain`."""
    bands = draw(st.sampled_from(BANDS))
    points = draw(st.lists(st.integers(0, 6), min_size=2, max_size=4).filter(any))
    earlier: list[str] = []
    areas: list[Spec] = []
    for number_of_questions in draw(st.lists(st.integers(1, 4), min_size=1, max_size=most // 2)):
        asked: list[Spec] = []
        for _ in range(number_of_questions):
            if len(earlier) == most:
                break
            asked.append(
                {
                    "id": f"q{len(earlier)}",
                    "weight": draw(WEIGHTS),
                    "rows": draw(st.none() | _rows()) if numbers else None,
                    "cap": draw(st.none() | st.sampled_from([name for name, _ in bands])),
                    "for": draw(st.sampled_from(["all", "all", "all", "others"])),
                    "when": draw(
                        st.tuples(
                            st.sampled_from(earlier),
                            st.integers(0, 3),
                            st.booleans() if negations else st.just(value=True),
                        )
                    )
                    if conditions and earlier and draw(st.booleans())
                    else None,
                }
            )
            earlier.append(asked[-1]["id"])
        areas.append({"id": f"a{len(areas)}", "weight": draw(WEIGHTS), "questions": asked})
    return {
        "areas": areas,
        "bands": [{"name": name, "from": lowest} for name, lowest in bands],
        "points": points,
        "strength_from": draw(SHARES),
        "improve_to": draw(SHARES),
    }


@st.composite
def cases(draw: st.DrawFn, /, **shape: Any) -> tuple[Spec, Given]:
    """Return a questionnaire and some answers to it, hidden questions' among them."""
    spec = draw(specs(**shape))
    given: Given = {}
    for each in questions_of(spec):
        entry = draw(st.none() | st.just("n/a") | value_for(spec, each))
        if entry is not None:
            given[each["id"]] = entry
    return spec, given


def value_for(spec: Spec, question: Spec) -> st.SearchStrategy[int]:
    """Return the values a question may take: a level, or a number around its limits."""
    if question["rows"] is None:
        return st.integers(0, len(spec["points"]) - 1)
    return st.integers(-1, 10)


def questions_of(spec: Spec) -> list[Spec]:
    """Return every question of every area."""
    return [each for one in spec["areas"] for each in one["questions"]]


def built(spec: Spec) -> q.Questionnaire:
    """Return the questionnaire as the product holds it."""
    scale = tuple(
        q.Level(level, str(level), Fraction(points)) for level, points in enumerate(spec["points"])
    )
    return questionnaire(
        *(
            area(
                one["id"],
                *(_question(spec, each) for each in one["questions"]),
                weight=Fraction(*one["weight"]),
            )
            for one in spec["areas"]
        ),
        scale=scale,
        bands=tuple(q.Band(each["name"], each["from"], "") for each in spec["bands"]),
        roll_up=q.RollUp(Fraction(*spec["strength_from"]), Fraction(*spec["improve_to"]), ""),
    )


def values(spec: Spec, given: Given) -> Mapping[str, Answer]:
    """Return the answers as the product holds them."""
    numbers = {each["id"] for each in questions_of(spec) if each["rows"] is not None}
    return {
        name: NOT_APPLICABLE
        if entry == "n/a"
        else Answer(Decimal(entry) if name in numbers else int(entry))
        for name, entry in given.items()
    }


def _question(spec: Spec, each: Spec) -> q.Question:
    more: dict[str, Any] = {
        "weight": Fraction(*each["weight"]),
        "essential": each["cap"] is not None,
        "caps_at": each["cap"],
        "applies_to": OTHERS if each["for"] == "others" else EVERYONE,
    }
    if each["when"] is not None:
        other, least, wanted = each["when"]
        condition = over(other, "at_least", str(least))
        more["show_when"] = condition if wanted else Not(condition)
    if each["rows"] is None:
        levels = {level: str(level) for level in range(len(spec["points"]))}
        return rating(each["id"], descriptors=levels, **more)
    rows = tuple(
        q.Threshold(word, Fraction(limit), Fraction(points)) for word, limit, points in each["rows"]
    )
    return number(each["id"], score_when=rows, **more)


def _rows() -> st.SearchStrategy[list[tuple[str, int, int]]]:
    row = st.tuples(st.sampled_from(["at_least", "at_most"]), LIMITS, st.integers(0, 5))
    return st.lists(row, min_size=1, max_size=3).filter(lambda rows: any(each[2] for each in rows))
