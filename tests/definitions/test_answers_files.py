from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.answers import Answer
from healthcheck.core.facts import Facts
from healthcheck.definitions.answers_files import AnswersFile, read_answers
from healthcheck.definitions.library import Library
from healthcheck.definitions.questionnaire_files import read_questionnaire

if TYPE_CHECKING:
    from collections.abc import Callable

    Written = Callable[[str], list[str]]

HEAD = """\
questionnaire: every-type
edition: "2026"
organisation: {name: Ashdown Council, nation: england, employer_type: council}
service: childrens
"""


@pytest.fixture(scope="module")
def library() -> Library:
    questionnaire, problems = read_questionnaire(Path(__file__).parent / "every-type.yaml")
    assert problems == ()
    assert questionnaire is not None
    return Library({("every-type", "2026"): (questionnaire, "")})


@pytest.fixture
def problems(tmp_path: Path, library: Library) -> Written:
    def write(text: str) -> list[str]:
        path = tmp_path / "answers.yaml"
        path.write_text(text, encoding="utf-8")
        file, found = read_answers(path, library)
        assert (file is None) is bool(found)
        return [f"{each.line}: {each.sentence}" for each in found]

    return write


EVERY_KIND = """\
answers:
  rating:
    value: 2
    evidence: Minutes of May.
    links: [https://ashdown.example/minutes, https://ashdown.example/audit]
  choice: small
  multiple: [y, x]
  yes-no: true
  other-yes-no: {value: false}
  number: 1,250.50
  percentage: 12%
  date: 2026-09-30
  short: no
  long: |
    One.

    Two.
  set-aside: {not_applicable: We employ none.}
  optional: {evidence: To follow.}
"""


def test_every_kind_of_answer(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(HEAD + EVERY_KIND, encoding="utf-8")
    assert read_answers(path, library) == (
        AnswersFile(
            questionnaire="every-type",
            edition="2026",
            facts=Facts("childrens", "england", "council"),
            organisation_name="Ashdown Council",
            answers={
                "rating": Answer(
                    2,
                    evidence="Minutes of May.",
                    links=("https://ashdown.example/minutes", "https://ashdown.example/audit"),
                ),
                "choice": Answer("small"),
                "multiple": Answer(("x", "y")),
                "yes-no": Answer(value=True),
                "other-yes-no": Answer(value=False),
                "number": Answer(Decimal("1250.50")),
                "percentage": Answer(Decimal(12)),
                "date": Answer(date(2026, 9, 30)),
                "short": Answer("no"),
                "long": Answer("One.\n\nTwo."),
                "set-aside": Answer(not_applicable="We employ none."),
                "optional": Answer(evidence="To follow."),
            },
        ),
        (),
    )


def test_a_service_may_be_the_employers_own(problems: Written) -> None:
    assert problems(HEAD.replace("childrens", "fostering-and-adoption") + "answers: {}\n") == []


def test_every_wrong_answer_is_named_at_once(problems: Written) -> None:
    assert problems(
        HEAD
        + """\
answers:
  ratng: 2
  rating: 4
  choice: [small, large]
  multiple: [x, none]
  yes-no: maybe
  number: many
  percentage: 101
  date: 2026-02-30
  total: 5
  short: {value: {a: b}}
  long: [[a]]
  set-aside: {value: 1, not_applicable: None here.}
  optional: {not_applicable: yes}
"""
    ) == [
        "6: There is no question “ratng” in this questionnaire. Did you mean “rating”?",
        "7: “rating” cannot be “4”. Choose one of the levels 0, 1 or 2.",
        "8: “choice” cannot be “small, large”. Give one answer only.",
        "9: “multiple” cannot be “x, none”. “None” cannot be chosen with another answer.",
        "10: “yes-no” cannot be “maybe”. Choose yes or no.",
        "11: “number” cannot be “many”. Enter a number in figures, such as 12 or 12.5.",
        "12: “percentage” cannot be “101”. The number must be 100 or less.",
        "13: “date” cannot be “2026-02-30”. 30 February 2026 is not a real date.",
        "14: “total”: This figure is worked out from others and cannot be entered.",
        "15: “short” must have a single value or a list of them.",
        "16: “long” must have a single value or a list of them.",
        "17: A question that is not_applicable has no value: keep one of the two.",
        "18: “not_applicable” must give the reason in words.",
    ]


def test_every_wrong_part_of_a_response_is_named(problems: Written) -> None:
    assert problems(
        HEAD
        + f"""\
answers:
  rating: {{valu: 2}}
  choice:
    value: small
    links:
      - ftp://ashdown.example
  short:
    evidence: {"x" * 10_001}
  total: {{not_applicable: We do not count.}}
"""
    ) == [
        (
            "6: “valu” is not a key of this response. Did you mean “value”?"
            " Allowed: value, evidence, links or not_applicable."
        ),
        (
            "9: “choice”: “ftp://ashdown.example” is not a web address."
            " Start each with https:// on its own line."
        ),
        "12: “short”: Evidence must be 10,000 characters or fewer. It is 1 too long.",
        "13: “total”: This figure is worked out from others and cannot be entered.",
    ]


def test_every_missing_and_unknown_key_is_named(problems: Written) -> None:
    assert problems("organization: {}\n") == [
        "1: “questionnaire” is missing from this answers file. Add it: the questionnaire's id.",
        "1: “edition” is missing from this answers file. Add it: the edition, such as 2026.",
        (
            "1: “organisation” is missing from this answers file."
            " Add it: the employer: name, nation, employer_type."
        ),
        (
            "1: “service” is missing from this answers file."
            " Add it: childrens, adults or another service's id."
        ),
        (
            "1: “answers” is missing from this answers file."
            " Add it: a value or a response for each question id."
        ),
        (
            "1: “organization” is not a key of this answers file. Did you mean “organisation”?"
            " Allowed: questionnaire, edition, organisation, service or answers."
        ),
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        (
            '"2026"',
            "2025",
            "2: There is no edition “2025” of every-type. Editions here: 2026.",
        ),
        (
            "every-type",
            "any-type",
            "1: There is no questionnaire “any-type”. Questionnaires here: every-type.",
        ),
        (
            "england",
            "britain",
            (
                "3: “nation” cannot be “britain”."
                " Allowed: england, wales, scotland or northern-ireland."
            ),
        ),
        (
            "type: council",
            "type: councl",
            (
                "3: “employer_type” cannot be “councl”. Did you mean “council”? Allowed: council, "
                "nhs-trust, childrens-trust, hsc-trust, voluntary, private or other."
            ),
        ),
        (
            "childrens",
            "Children's services",
            (
                "4: “service” must be small letters, digits and single hyphens, beginning with a "
                "letter, such as staff-survey, not “Children's services”."
            ),
        ),
    ],
)
def test_a_wrong_head_is_refused(problems: Written, right: str, wrong: str, problem: str) -> None:
    assert problems(HEAD.replace(right, wrong) + "answers: {rating: 2}\n") == [problem]


def test_a_question_unlike_any_other_is_named_with_those_there_are(problems: Written) -> None:
    assert problems(HEAD + "answers: {caseload: 2}\n") == [
        (
            "5: There is no question “caseload” in this questionnaire. Allowed: rating, choice, "
            "multiple, yes-no, other-yes-no, number, percentage, date, total, short, long, "
            "set-aside and 1 more."
        )
    ]


def test_answers_that_are_no_answers_are_refused(problems: Written) -> None:
    assert problems(HEAD + "answers: [2]\n") == [
        "5: “answers” must hold keys and values, not a list."
    ]


def test_an_answer_without_a_value_is_a_problem(problems: Written) -> None:
    assert problems(HEAD + "answers:\n  rating:\n  choice: ''\n  multiple: []\n") == [
        "6: “rating” has no value: write one or remove the key."
    ]


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path, library: Library) -> None:
    file, found = read_answers(tmp_path / "none.yaml", library)
    assert file is None
    assert [each.sentence for each in found] == [
        "This file cannot be read: No such file or directory."
    ]
