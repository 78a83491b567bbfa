"""One questionnaire file from YAML to the core's value, or every problem in it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.definitions import checks, reading
from healthcheck.definitions.problems import Problem, in_order
from healthcheck.definitions.schema import Questionnaire
from healthcheck.definitions.validation import validate, without_faults

if TYPE_CHECKING:
    from pathlib import Path

    from healthcheck.core import questionnaires as q
    from healthcheck.definitions.reading import Document


def read_questionnaire(path: Path) -> tuple[q.Questionnaire | None, tuple[Problem, ...]]:
    """Return the questionnaire a file defines, None when it has any problem, and the problems."""
    document, problems = reading.read(path)
    if document is None:
        return None, problems
    questionnaire, more = understand(document)
    found = in_order([*problems, *more])
    return (None if found else questionnaire), found


def understand(document: Document) -> tuple[q.Questionnaire | None, tuple[Problem, ...]]:
    """Return the questionnaire a document makes, None when the schema refuses it, and problems.

    Names are checked even when the schema refuses the document; the rest needs a whole one, or one
    that is whole without the keys that are at fault.
    """
    part, faults = validate(Questionnaire, document.data, document)
    named = checks.check_names(document)
    is_refused = part is None
    if part is None:
        part, _ = validate(Questionnaire, without_faults(Questionnaire, document.data), document)
    if part is None:
        return None, in_order([*faults, *named])
    questionnaire = part.build()
    found = in_order([*faults, *named, *checks.check(questionnaire, document)])
    return (None if is_refused else questionnaire), found
