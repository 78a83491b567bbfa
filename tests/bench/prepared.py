"""Employers with health checks in which everything is answered, with evidence."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from healthcheck import bootstrap, config, resources
from healthcheck.config.reading import PREFIX
from healthcheck.core import questionnaires as q
from healthcheck.core.answers import Entry
from healthcheck.core.permissions import Role
from healthcheck.core.saving import Offered
from healthcheck.services import accounts, assessments

if TYPE_CHECKING:
    from pathlib import Path

    from healthcheck.bootstrap import Product
    from healthcheck.config import Config
    from healthcheck.core.accounts import Person
    from healthcheck.services.context import Context

QUESTIONNAIRE, EDITION = "employer-health-check", "2026"
EMAIL, PASSWORD = "lead@northmere.example", "a long walk to Northmere"

MERGED = "delivery-quality"
"""The topic that has four ratings once the next one, of two, is joined to it."""
EMPTIED = "      - id: delivery-results\n"

EVIDENCE = (
    "The audit of 60 supervision records in spring found a review of the whole workload in 56 of"
    " them. Each record that said too high named an action, a person and a date. Practitioners"
    " helped to choose the sample and read the findings at the June briefing, and two of the five"
    " actions came from them. The next audit is in the plan for the autumn."
)
LINK = "https://intranet.northmere.example/workload/audit"


@dataclass(frozen=True)
class Prepared:
    """A data folder, ready to be served, with the lead's finished health checks."""

    config: Config
    product: Product
    lead: Person
    assessments: tuple[str, ...]


def questionnaires_with_four_ratings(folder: Path) -> Path:
    """Write the shipped questionnaire with two topics of two ratings joined; return its folder."""
    source = resources.folder("questionnaires") / QUESTIONNAIRE / f"{EDITION}.yaml"
    before, found, rest = source.read_text(encoding="utf-8").partition(EMPTIED)
    if not found:
        raise ValueError("The shipped questionnaire has changed: choose other topics to join.")
    _, _, questions = rest.partition("        questions:\n")
    joined = folder / "questionnaires" / QUESTIONNAIRE / source.name
    joined.parent.mkdir(parents=True)
    joined.write_text(before + questions, encoding="utf-8")
    return folder / "questionnaires"


def prepare(folder: Path, questionnaires: Path, port: int, how_many: int) -> Prepared:
    """Make a data folder with this many finished health checks of one employer, one a year."""
    given = {"DATA": folder / "data", "QUESTIONNAIRES": questionnaires, "PORT": port}
    ours = {f"{PREFIX}{name}": str(value) for name, value in given.items()}
    settings = config.read(ours)
    product = bootstrap.load(settings)
    with product.context() as ctx:
        employer = accounts.add_employer(
            ctx, name="Northmere Council", nation="england", employer_type="council"
        )
        lead = accounts.add_person(
            ctx, "Priya Shah", EMAIL, PASSWORD, employer=employer, role=Role.LEAD
        )
        made = tuple(
            assessments.start(
                ctx,
                employer,
                service="childrens",
                cycle=str(2026 + number),
                due=date(2027, 9, 30),
                questionnaire=QUESTIONNAIRE,
                edition=EDITION,
            ).id
            for number in range(how_many)
        )
        for assessment_id in made:
            answer_everything(replace(ctx, person=lead), assessment_id)
    return Prepared(settings, product, lead, made)


def answer_everything(ctx: Context, assessment_id: str) -> None:
    """Answer every question, with evidence wherever evidence is taken."""
    found = assessments.opened(ctx, assessment_id)
    order = list(found.questionnaire.questions)
    for topic in found.questionnaire.topics:
        offered = {
            each.id: Offered(entry(each, order.index(each.id)), 0)
            for each in topic.questions
            if q.is_asked(each)
        }
        assessments.save_topic(ctx, assessment_id, topic.id, offered, {})
    found = assessments.opened(ctx, assessment_id)
    left = [name for name, standing in found.journey.items() if standing.is_unanswered]
    if left or found.problems:
        raise ValueError(f"Not everything is answered: {left}, {found.problems}")


def entry(question: q.Question, place: int) -> Entry:
    """Return a good answer; levels are mixed, by the question's place."""
    if question.evidence is None:
        return Entry((value(question, place),))
    return Entry((value(question, place),), evidence=EVIDENCE, links=LINK)


def value(question: q.Question, place: int) -> str:  # noqa: PLR0911 - one arm a question type
    """Return the value of a good answer, as typed."""
    match question:
        case q.Rating():
            return str(list(question.descriptors)[place % len(question.descriptors)])
        case q.Choice() | q.MultipleChoice():
            return question.options[0].id
        case q.YesNo():
            return "yes"
        case q.Date():
            return "2026-09-30"
        case q.Number():
            return str(max(question.minimum or Decimal(0), Decimal(12 + place)))
        case q.Percentage():
            return "12"
        case _:
            return "Taken from the payroll and from the case system on the last day of the month."


def environment(settings: Config) -> dict[str, str]:
    """Return the whole environment for a process with these settings and no others of ours."""
    others = {name: text for name, text in os.environ.items() if not name.startswith(PREFIX)}
    return others | settings.environment()
