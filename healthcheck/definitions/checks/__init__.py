"""What the schema alone cannot see: rules that hold between the parts of a questionnaire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.definitions.checks import (
    conditions,
    consistency,
    figures,
    names,
    reachability,
    renames,
    scoring,
    structure,
)
from healthcheck.definitions.checks.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.definitions.problems import Problem
    from healthcheck.definitions.reading import Document

CHECKS = (structure, scoring, figures, conditions, reachability, consistency, renames)


def check_names(document: Document) -> Iterator[Problem]:
    """Yield every problem of ids and references, whatever else is wrong with the document."""
    return names.check(document)


def check(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """Yield every problem of a questionnaire that the schema has accepted."""
    subject = Subject(questionnaire, document)
    for each in CHECKS:
        yield from each.check(subject)


def check_editions(
    questionnaire: Questionnaire, document: Document, earlier: Collection[str]
) -> Iterator[Problem]:
    """Yield every problem of an edition beside the questions, by id, of those before it."""
    yield from renames.check_editions(Subject(questionnaire, document), earlier)
