from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from healthcheck.core import questionnaires as q
from healthcheck.core.checks import Check, Compared, Fits, NoEvidence, Rose
from healthcheck.core.conditions import All, Not, OverFact
from healthcheck.core.conditions import Any as AnyOf
from healthcheck.core.editions import (
    Carries,
    Change,
    Kind,
    as_asked,
    carries,
    differences,
    old_id,
    rewordings,
)
from healthcheck.core.facts import Audience
from tests.core import build

if TYPE_CHECKING:
    from collections.abc import Sequence

GUIDE = q.EvidenceGuide("Attach it.", ("Minutes.",), ("A policy.",), 2)
IMPROVE = {0: q.Improvement("No.", "Ask.", "Do.", "Head", 90, "One.")}
ENGLAND = Audience(nation=("england", "wales"))
COMPARATOR = q.Comparator("England", ENGLAND, Decimal("15.2"), date(2025, 9, 30), "Statistics.")
SPREAD = replace(COMPARATOR, low=Decimal(1), middle=Decimal(2), high=Decimal(3))


def changes(old: q.Question, new: q.Question) -> list[Change]:
    found = differences(build.questionnaire(old), build.questionnaire(new))
    assert found.whole == ()
    (question,) = found.questions
    return list(question.changes)


def kinds(old: q.Question, new: q.Question) -> list[str]:
    return [f"{each.kind.value}: {each.part}" for each in changes(old, new)]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"text": "Another text"}, ["wording: text"]),
        ({"hint": "A hint."}, ["wording: hint"]),
        ({"why": "A reason."}, ["wording: why"]),
        ({"source": "A paper."}, ["wording: source"]),
        ({"standards": ("lga-1", "lga-2")}, ["wording: standards"]),
        ({"unit": "people"}, ["meaning: unit"]),
        ({"minimum": Decimal(1)}, ["meaning: minimum"]),
        ({"maximum": Decimal(9)}, ["meaning: maximum"]),
        ({"decimals": 2}, ["meaning: decimals"]),
        ({"optional": True}, ["meaning: optional"]),
        ({"carry_forward": "never"}, ["meaning: carry_forward"]),
        ({"applies_to": ENGLAND}, ["meaning: applies_to"]),
        ({"show_when": OverFact("nation", ("wales",))}, ["meaning: show_when"]),
        (
            {"evidence": GUIDE},
            [
                "wording: evidence, ask",
                "wording: evidence, good",
                "wording: evidence, not_enough",
                "wording: evidence, required_from",
            ],
        ),
        ({"comparators": (COMPARATOR,)}, ["wording: comparators, England"]),
        ({"weight": 2}, ["scoring: weight"]),
        ({"essential": True, "caps_at": "Low"}, ["scoring: essential", "scoring: caps_at"]),
        ({"score_when": (build.at_least(5, 1),)}, ["scoring: score_when"]),
    ],
)
def test_every_part_has_its_kind_of_change(more: dict[str, Any], expected: list[str]) -> None:
    old, new = build.number("n"), replace(build.number("n"), **more)
    assert kinds(old, new) == expected
    assert kinds(new, old) == expected
    assert kinds(new, new) == []


def test_a_change_says_what_stood_there_and_what_stands_there_now() -> None:
    old = build.number("n", show_when=OverFact("nation", ("wales", "england")), unit="people")
    new = build.number("n", unit="posts", comparators=(SPREAD,), score_when=(build.at_most(5, 1),))
    assert changes(old, new) == [
        Change(Kind.MEANING, "unit", "people", "posts"),
        Change(Kind.MEANING, "show_when", "nation is wales or england", ""),
        Change(
            Kind.WORDING,
            "comparators, England",
            "",
            "15.2 (1, 2, 3), 2025-09-30, Statistics. nation england or wales",
        ),
        Change(Kind.SCORING, "score_when", "", "at_most 5: 1"),
    ]


def test_conditions_are_compared_in_words() -> None:
    condition = All(
        (
            AnyOf((build.over("a", "is", "yes"), build.over("a", "answered"))),
            Not(build.over("n", "at_least", "2")),
        )
    )
    asked = (build.yes_no("a"), build.number("n"))
    old = build.questionnaire(*asked, build.yes_no("z"))
    new = build.questionnaire(*asked, build.yes_no("z", show_when=condition))
    (change,) = differences(old, new).questions[2].changes
    assert change.new == "all of (any of (a is yes; a answered); not (n at_least 2))"


def test_levels_options_and_calculations_are_meaning() -> None:
    worded = {0: "No", 1: "Partly in place", 2: "In place", 3: "Embedded"}
    assert kinds(build.rating("r"), build.rating("r", descriptors=worded)) == [
        "meaning: descriptors, 0"
    ]
    assert changes(
        build.multiple_choice("m", "x", "y"), build.multiple_choice("m", "x", alone="x")
    ) == [
        Change(Kind.MEANING, "options, x", "X", "X (exclusive)"),
        Change(Kind.MEANING, "options, y", "Y", ""),
    ]
    assert kinds(build.choice("m", "x"), build.choice("m", "x", "y")) == ["meaning: options, y"]
    assert changes(build.calculated("c", "sum", 1, 2), build.calculated("c", "sum", 1, 3)) == [
        Change(Kind.MEANING, "calculate", "sum: 1, 2", "sum: 1, 3")
    ]
    assert kinds(build.yes_no("a"), build.multiple_choice("a", "x"))[0] == "meaning: type"


def test_improvements_are_wording() -> None:
    new = build.rating("r", improve=IMPROVE)
    assert set(kinds(build.rating("r"), new)) == {
        f"wording: improve, 0, {part}"
        for part in ("finding", "quick_win", "longer_step", "owner", "days", "measure")
    }


def test_only_how_a_text_is_broken_into_lines_is_no_change() -> None:
    old, new = build.yes_no("a", hint="One two."), build.yes_no("a", hint="One\n  two.")
    assert changes(old, new) == []


WHOLE = build.questionnaire(
    build.yes_no("a"),
    terms=(q.Term("boss", "boss", (q.Saying(ENGLAND, "chief"),)),),
    standards=(q.Standard("lga-1", "One"),),
    figures=q.Area("f", "Figures", "", (), scored=False),
    checks=(
        Check("bare", "Bare.", NoEvidence(2)),
        Check("leap", "Leap.", Rose(2)),
        Check("more", "More.", Compared("above", "a", Fraction(2))),
        Check("odd", "Odd.", Fits(build.over("a", "is", "no"), "a")),
    ),
)
AREA = WHOLE.areas[0]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"title": "Another"}, [("wording", "title", "Another")]),
        ({"about": "Another"}, [("wording", "about", "Another")]),
        (
            {"scale": (replace(build.SCALE[0], name="No", points=Fraction(-1)), *build.SCALE[1:])},
            [("meaning", "scale, 0, name", "No"), ("scoring", "scale, 0, points", "-1")],
        ),
        (
            {"bands": (replace(build.LOW, sentence="Other."), build.MODERATE, build.HIGH)},
            [("wording", "bands, Low, sentence", "Other.")],
        ),
        (
            {"bands": (build.LOW, replace(build.MODERATE, lowest=40), build.HIGH)},
            [("scoring", "bands, Moderate, from", "40")],
        ),
        (
            {"roll_up": q.RollUp(Fraction(3, 4), Fraction(1, 3), "Other.")},
            [
                ("scoring", "roll_up, strength_from", "3/4"),
                ("wording", "roll_up, explanation", "Other."),
            ],
        ),
        (
            {"terms": (q.Term("boss", "boss"),)},
            [("wording", "terms, boss", "otherwise: boss")],
        ),
        ({"standards": ()}, [("wording", "standards, lga-1", "")]),
        (
            {"areas": (replace(AREA, title="Other", about="Other.", weight=Fraction(2)),)},
            [
                ("wording", "areas, one, title", "Other"),
                ("wording", "areas, one, about", "Other."),
                ("scoring", "areas, one, weight", "2"),
            ],
        ),
        (
            {"areas": (replace(AREA, topics=(replace(AREA.topics[0], about="T.", title="T"),)),)},
            [
                ("wording", "topics, one-topic, title", "T"),
                ("wording", "topics, one-topic, about", "T."),
            ],
        ),
        (
            {"figures": q.Area("f", "Staff", "", (), scored=False)},
            [("wording", "figures, title", "Staff")],
        ),
        (
            {"checks": (Check("bare", "Other.", NoEvidence(3)), *WHOLE.checks[1:])},
            [
                ("wording", "checks, bare, text", "Other."),
                ("meaning", "checks, bare", "no_evidence_from 3"),
            ],
        ),
        (
            {"checks": WHOLE.checks[:1]},
            [
                ("wording", "checks, leap, text", ""),
                ("meaning", "checks, leap", ""),
                ("wording", "checks, more, text", ""),
                ("meaning", "checks, more", ""),
                ("wording", "checks, odd, text", ""),
                ("meaning", "checks, odd", ""),
            ],
        ),
    ],
)  # fmt: skip
def test_the_questionnaire_as_a_whole(
    more: dict[str, Any], expected: Sequence[tuple[str, str, str]]
) -> None:
    found = differences(WHOLE, replace(WHOLE, **more))
    words = sorted((each.kind.value, each.part, each.new) for each in found.whole)
    assert words == sorted(expected)
    assert [each.changes for each in found.questions] == [()]


def test_checks_are_compared_in_words() -> None:
    found = differences(WHOLE, replace(WHOLE, checks=()))
    assert [each.old for each in found.whole if each.kind is Kind.MEANING] == [
        "no_evidence_from 2",
        "rose_by 2",
        "a above 2",
        "a: a is no",
    ]


def edition(*names: str, **was: str) -> q.Questionnaire:
    return build.questionnaire(*(build.yes_no(each, was=was.get(each)) for each in names))


def test_new_removed_and_renamed_questions() -> None:
    found = differences(edition("a", "b", "c"), edition("a", "z", "new", z="c"))
    told = [
        (each.id, each.old_id, [change.kind for change in each.changes], each.carries)
        for each in found.questions
    ]
    assert told == [
        ("a", "a", [], Carries.CONFIRM),
        ("z", "c", [Kind.RENAMED, Kind.WORDING], Carries.ANEW),
        ("new", None, [Kind.NEW], Carries.NEW),
        ("b", "b", [Kind.REMOVED], Carries.GONE),
    ]


def test_a_rename_is_looked_up_only_where_the_old_id_is() -> None:
    question = build.yes_no("new", was="old")
    assert old_id(question, {"old": 1, "new": 1}) == "old"
    assert old_id(question, {"new": 1}) == "new"
    assert old_id(question, {"other": 1}) is None


@pytest.mark.parametrize(
    ("after", "moved"),
    [
        (("b", "c", "a"), ["a"]),
        (("a", "c", "b"), ["c"]),
        (("new", "a", "b", "c"), []),
        (("a", "c"), []),
    ],
)
def test_a_question_in_another_order_is_moved(after: tuple[str, ...], moved: list[str]) -> None:
    found = differences(edition("a", "b", "c"), edition(*after)).questions
    assert [each.id for each in found if Change(Kind.MOVED, "order") in each.changes] == moved


def test_a_question_in_another_area_is_moved() -> None:
    old = build.questionnaire(build.area("x", build.yes_no("a"), build.yes_no("b")))
    new = build.questionnaire(
        build.area("x", build.yes_no("b")), build.area("y", build.yes_no("a"))
    )
    change = Change(Kind.MOVED, "place", "x, x-topic", "y, y-topic")
    assert {each.id: each.changes for each in differences(old, new).questions} == {
        "b": (),
        "a": (change,),
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (build.yes_no("a", hint="A."), build.yes_no("a", hint="B.")),
        (build.yes_no("a"), build.choice("a", "x")),
        (build.rating("a"), build.rating("a", descriptors={0: "No", 3: "Yes"})),
        (build.choice("a", "x", "y"), build.choice("a", "x", "z")),
        (build.number("a"), build.number("a", unit="people")),
        (build.number("a"), build.number("a", maximum=Decimal(9))),
        (q.Percentage(id="a", text="A"), q.Percentage(id="a", text="A", decimals=1)),
        (q.Date(id="a", text="A"), q.Date(id="a", text="A", minimum=date(2026, 1, 1))),
        (q.ShortText(id="a", text="A"), q.ShortText(id="a", text="B")),
    ],
)
def test_what_is_asked_in_another_way_must_be_answered_anew(
    old: q.Question, new: q.Question
) -> None:
    before, after = build.questionnaire(old), build.questionnaire(new)
    assert carries(before, after, new, old) is Carries.ANEW
    assert carries(before, before, old, old) is Carries.CONFIRM
    assert rewordings(before, after, old, new)
    assert rewordings(before, before, old, old) == ()


def test_another_name_of_a_level_makes_ratings_be_answered_anew() -> None:
    old = build.questionnaire(build.rating("r"), build.yes_no("a"))
    scale = (*build.SCALE[:3], replace(build.SCALE[3], name="Reviewed"))
    new = replace(old, scale=scale)
    fates = {each.id: each.carries for each in differences(old, new).questions}
    assert fates == {"r": Carries.ANEW, "a": Carries.CONFIRM}
    rating = old.questions["r"]
    assert rewordings(old, new, rating, rating) == (
        Change(Kind.MEANING, "level, 3", "Embedded", "Reviewed"),
    )


@pytest.mark.parametrize(
    "more",
    [
        {"why": "Other."},
        {"evidence": GUIDE},
        {"improve": IMPROVE},
        {"weight": 2},
        {"essential": True},
        {"show_when": OverFact("nation", ("wales",))},
        {"optional": True},
        {"text": "Question  r"},
    ],
)
def test_what_stands_beside_a_question_may_change(more: dict[str, Any]) -> None:
    old, new = build.rating("r"), replace(build.rating("r"), **more)
    before, after = build.questionnaire(old), build.questionnaire(new)
    assert carries(before, after, new, old) is Carries.CONFIRM
    assert as_asked(before, old) == as_asked(after, new)


def test_figures_worked_out_and_those_never_carried() -> None:
    total, count = build.calculated("t", "sum", 1, 2), build.number("n", carry_forward="never")
    edition = build.questionnaire(total, count)
    assert [each.carries for each in differences(edition, edition).questions] == [
        Carries.WORKED_OUT,
        Carries.EMPTY,
    ]
