from __future__ import annotations

from datetime import UTC, date, datetime

from healthcheck.core.accounts import Employer
from healthcheck.core.assessments import Assessment, days_left
from healthcheck.core.facts import Facts


def test_the_facts_come_from_the_service_and_the_employer() -> None:
    assessment = Assessment(
        id="a1",
        reference="HC-1",
        employer=Employer("e1", "Anytown", nation="wales", employer_type="council"),
        service="adults",
        cycle="2026",
        due=date(2026, 12, 31),
        questionnaire="tiny",
        edition="1",
        digest="0",
        revision=3,
        changed_at=datetime(2026, 11, 23, tzinfo=UTC),
    )

    assert assessment.facts == Facts(service="adults", nation="wales", employer_type="council")


def test_the_days_left_count_down_to_nothing_on_the_day_and_below_after_it() -> None:
    due = date(2026, 12, 31)

    days = [days_left(due, today) for today in (date(2026, 12, 1), due, date(2027, 1, 2))]

    assert days == [30, 0, -2]
