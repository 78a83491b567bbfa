"""What a made-up employer answers: levels from its manner, figures that fit them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from healthcheck.core.answers import Entry
from healthcheck.core.questionnaires import Date, Rating
from healthcheck.services.demonstration.country import MANNERS
from healthcheck.services.demonstration.texts import drawn, evidence

if TYPE_CHECKING:
    from datetime import date

    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.services.demonstration.country import House

WOBBLE = 115
"""How far an answer may lie from what is usual in its area, in hundredths of a level."""

INTRANET = "https://intranet.{}.example/social-work/{}"
NOT_OURS = {
    ("ostlergrove", "workflow-partner-thresholds"): "We take no referrals from partners. Councils"
    " place children with our foster carers, under a contract that says who may be placed.",
    ("tallowbridge", "delivery-reviews"): "We are not a safeguarding partner and had no review"
    " of our own in the last two years. We read those of the councils we work for in supervision.",
    ("coastyouth", "workflow-step-down"): "Our work begins and ends with a court order, so we do"
    " not decide when it ends.",
}
CASES = {
    "childrens": "An open case is one child or young person with a named social worker.",
    "adults": "An open case is one adult or carer with a named social worker, reviews included.",
}


def level(house: House, service: str, year: int, question: Rating, area: int) -> int:
    """Return what an employer rates itself; `year` counts its cycles from 0, `area` from 0 too."""
    manner = MANNERS[house.manner]
    wobble = drawn(-WOBBLE, WOBBLE, house.key, service, question.id) / 100
    usual = manner.areas[area] + manner.rise * year + wobble
    return min(max(round(usual), 0), 3)


def rated(house: House, service: str, year: int, question: Rating, area: int) -> Entry:
    """Return the answer to a rating."""
    reason = NOT_OURS.get((house.key, question.id), "")
    if reason:
        return Entry(not_applicable=True, reason=reason)
    given = level(house, service, year, question, area)
    seed = f"{house.key} {service} {drawn(0, 1, house.key, question.id, year)}"
    words = evidence(house, service, question.id, given, seed)
    has_link = given > 1 and drawn(0, 5, house.key, service, question.id, "link") == 0
    link = INTRANET.format(house.key, question.id.partition("-")[2]) if has_link else ""
    return Entry((str(given),), evidence=words, links=link)


def entries(
    house: House, service: str, year: int, questionnaire: Questionnaire, on: date
) -> dict[str, Entry]:
    """Return an employer's answer to every question; figures are for the day given."""
    found = {
        question.id: rated(house, service, year, question, place)
        for place, area in enumerate(questionnaire.areas)
        for topic in area.topics
        for question in topic.questions
        if isinstance(question, Rating)
    }
    figures = _figures(house, service, year, _levels(found), _taken(questionnaire, on))
    return found | {
        name: Entry((value,)) for name, value in figures.items() if name in questionnaire.questions
    }


def _taken(questionnaire: Questionnaire, on: date) -> date:
    """Return the day nearest to this one that the question for the day of the figures takes."""
    question = questionnaire.questions.get("figures-date")
    if not isinstance(question, Date):
        return on
    return min(max(on, question.minimum or on), question.maximum or on)


def _levels(found: dict[str, Entry]) -> dict[str, int]:
    return {name: int(each.value[0]) for name, each in found.items() if each.value}


def _figures(
    house: House, service: str, year: int, levels: dict[str, int], on: date
) -> dict[str, str]:
    seed = (house.key, service, year)
    ease = MANNERS[house.manner].at_ease
    workers = Decimal(house.workers) * drawn(92, 108, *seed) / 100
    hard = Decimal(str(1 - ease))
    vacant = workers * (Decimal("0.05") + hard * Decimal("0.22")) * drawn(80, 120, *seed, 1) / 100
    holders = workers * Decimal("0.78")
    load = Decimal(12) + hard * 9 + drawn(-10, 10, *seed, 2) / Decimal(10)
    waiting = int(workers * hard * drawn(5, 30, *seed, 3) / 100)
    has_safe_level = levels.get("workload-safe-levels", 0) > 0
    reports = drawn(3, 20, *seed, 4)
    supervised = (48, 63, 84, 92)[levels.get("wellbeing-supervision-quality", 1)]
    long_hours = (62, 54, 41, 30)[levels.get("workload-extra-hours", 1)]
    found = {
        "figures-date": on.isoformat(),
        "figures-records": "Workforce lead, from payroll, the case system and the flexitime sheets",
        "figures-supplied-by": "Workforce lead",
        "figures-systems": "Payroll, the case system and the flexitime sheets",
        "employs-newly-qualified": "yes",
        "social-workers-in-post": _tenth(workers),
        "vacant-posts": _tenth(vacant),
        "agency-workers": _tenth(vacant * drawn(45, 85, *seed, 5) / 100),
        "leavers-in-year": _tenth(workers * (Decimal("0.08") + hard * Decimal("0.11"))),
        "sickness-days-lost": _tenth(workers * (7 + hard * 6) * drawn(90, 110, *seed, 6) / 100),
        "case-definition": CASES.get(service, "An open case is one person."),
        "cases-held": str(int(holders * load)),
        "case-holders": _tenth(holders),
        "unallocated-cases": str(waiting),
        "safe-level-set": "yes" if has_safe_level else "no",
        "caseload-reports-made": str(reports),
        "caseload-reports-resolved": str(reports * (50 + int(45 * ease)) // 100),
        "share-supervised": str(supervised + drawn(0, 6, *seed, 7)),
        "share-over-contracted-hours": str(long_hours + drawn(0, 6, *seed, 8)),
        "share-over-by-a-day": str(drawn(2, 12, *seed, 9)),
    }
    if waiting:
        found["unallocated-longest-wait"] = str(drawn(9, 30, *seed, 10) + int(hard * 60))
    if has_safe_level:
        found["safe-level-cases"] = str(16 + drawn(0, 3, *seed, 11))
        found["share-over-safe-level"] = str(4 + int(hard * 30) + drawn(0, 5, *seed, 12))
        found["share-often-over-safe-level"] = str(2 + int(hard * 15))
    return found


def _tenth(number: Decimal) -> str:
    return str(number.quantize(Decimal("0.1")))
