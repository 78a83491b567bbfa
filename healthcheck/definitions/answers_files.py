"""A file of answers held against the library: accepted answers, or every problem in it at once.

Each value goes through the core's `accept`, so a file, a page and the command line have one rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.answers import Entry, accept
from healthcheck.core.errors import NotFoundError
from healthcheck.core.facts import Facts
from healthcheck.core.questionnaires import Calculated, Question, YesNo
from healthcheck.definitions import reading
from healthcheck.definitions.answers_schema import Answers, Response
from healthcheck.definitions.problems import Problem, hint, in_order, shown
from healthcheck.definitions.validation import validate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from healthcheck.core.answers import Answer
    from healthcheck.core.answers import Problem as Refusal
    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.definitions.library import Library
    from healthcheck.definitions.reading import Document, Place, Tree

BOOLEANS = {"true": "yes", "false": "no"}
"""What YAML authors write beside yes and no."""
WORKED_OUT = ("worked out",)
"""Stands for whatever was written for a calculated figure: the core refuses it all the same."""


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """The accepted answers of one assessment, by question id, and what they were given on."""

    questionnaire: str
    edition: str
    facts: Facts
    organisation_name: str
    answers: Mapping[str, Answer]


def read_answers(path: Path, library: Library) -> tuple[AnswersFile | None, tuple[Problem, ...]]:
    """Return the answers in a file, None when it has any problem, and the problems."""
    document, problems = reading.read(path)
    if document is None:
        return None, problems
    part, faults = validate(Answers, document.data, document)
    questionnaire, unknown = _questionnaire(document, library)
    answers, refused = _answers(document, questionnaire)
    found = in_order([*problems, *faults, *unknown, *refused])
    if part is None or found:
        return None, found
    place = part.organisation
    facts = Facts(part.service, place.nation, place.employer_type)
    return AnswersFile(part.questionnaire, part.edition, facts, place.name, answers), ()


def _questionnaire(
    document: Document, library: Library
) -> tuple[Questionnaire | None, list[Problem]]:
    """Return the questionnaire a file names; a missing name is the schema's to report."""
    named, edition = document.data.get("questionnaire"), document.data.get("edition")
    if not isinstance(named, str) or not isinstance(edition, str):
        return None, []
    try:
        return library.get(named.strip(), edition.strip()), []
    except NotFoundError as error:
        known = any(each == named.strip() for each, _ in library.editions())
        key = "edition" if known else "questionnaire"
        return None, [document.problem((key,), str(error))]


def _answers(
    document: Document, questionnaire: Questionnaire | None
) -> tuple[dict[str, Answer], list[Problem]]:
    answers: dict[str, Answer] = {}
    problems: list[Problem] = []
    written = document.data.get("answers")
    if questionnaire is None or not isinstance(written, dict):
        return answers, problems
    for question_id, given in written.items():
        question = questionnaire.questions.get(question_id)
        if question is None:
            known = hint(question_id, questionnaire.questions)
            sentence = f"There is no question {shown(question_id)} in this questionnaire.{known}"
            problems.append(document.problem(("answers", question_id), sentence))
            continue
        entry, faults = _entry(question, given, document)
        if entry is not None:
            accepted = accept(question, entry)
            answers[question_id] = accepted.answer
            faults = [_refused(document, question, entry, each) for each in accepted.problems]
        problems += faults
    return answers, problems


def _entry(
    question: Question, given: Tree, document: Document
) -> tuple[Entry | None, list[Problem]]:
    """Return what was entered for a question, None when it is not in a shape to be judged."""
    place: Place = ("answers", question.id)
    if isinstance(question, Calculated):
        return Entry(WORKED_OUT), []
    response: Response | None = Response(value=given)
    faults: list[Problem] = []
    if isinstance(given, dict):
        response, faults = validate(Response, given, document, place)
    if response is None:
        return None, faults
    words = _words(question, response.value)
    if words is None:
        sentence = f"{shown(question.id)} must have a single value or a list of them."
        return None, [document.problem((*place, "value"), sentence)]
    set_aside = response.not_applicable is not None
    links = "\n".join(response.links)
    reason = response.not_applicable or ""
    return Entry(words, set_aside, reason, response.evidence, links), []


def _words(question: Question, value: object) -> tuple[str, ...] | None:
    """Return a value's words as a form would post them, None when it is not made of words."""
    if value is None:
        return ()
    listed = value if isinstance(value, list) else [value]
    words = tuple(each for each in listed if isinstance(each, str))
    if len(words) < len(listed):
        return None
    return (
        tuple(BOOLEANS.get(each, each) for each in words) if isinstance(question, YesNo) else words
    )


def _refused(document: Document, question: Question, entry: Entry, problem: Refusal) -> Problem:
    place: Place = ("answers", question.id, problem.part)
    named = shown(question.id)
    if problem.part != "value" or entry.value == WORKED_OUT:
        return document.problem(place, f"{named}: {problem.message}")
    value = shown(", ".join(entry.value))
    return document.problem(place, f"{named} cannot be {value}. {problem.message}")
