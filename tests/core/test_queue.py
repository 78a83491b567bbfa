"""The queue's lines: what they say, and how they are chosen, sorted and paged."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from healthcheck.core.accounts import Employer
from healthcheck.core.queue import SORTS, Line, Wanted, chosen, page_of, side_by_side
from healthcheck.core.steps import State

TODAY = date(2026, 3, 2)
EVERYTHING = Wanted()
AVON = Employer("avon", "Avon Council", "england", "council")
BRECK = Employer("breck", "breck Trust", "wales", "nhs-trust")
CLYDE = Employer("clyde", "Clyde Council", "scotland", "council")


def line(employer: Employer, service: str = "childrens", **more: object) -> Line:
    usual: dict[str, Any] = {
        "assessment_id": f"{employer.id}-{service}",
        "reference": f"HC-{employer.id}".upper(),
        "state": State.IN_PROGRESS,
        "due": date(2026, 3, 31),
        "active_at": datetime(2026, 3, 1, tzinfo=UTC),
    }
    return Line(employer, service, **{**usual, **more})


LINES = (
    line(CLYDE, state=State.SUBMITTED, reviewer_id="r", reviewer="Rhona"),
    line(AVON, "adults", due=date(2026, 2, 28), active_at=datetime(2026, 2, 1, tzinfo=UTC)),
    line(BRECK, state=State.NOT_STARTED, reviewer_id="m", reviewer="Mo"),
    line(AVON),
    Line(CLYDE, "adults"),
)


def ids(wanted: Wanted = EVERYTHING) -> list[str]:
    found = chosen(LINES, wanted, TODAY)
    return [f"{each.employer.id}-{each.service}" for each in found]


ALL = ["avon-adults", "avon-childrens", "breck-childrens", "clyde-adults", "clyde-childrens"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ALL),
        ({"status": "SUBMITTED"}, ["clyde-childrens"]),
        ({"status": "MISSING"}, ["clyde-adults"]),
        ({"status": "of-nobody"}, []),
        ({"nation": "wales"}, ["breck-childrens"]),
        ({"employer_type": "nhs-trust"}, ["breck-childrens"]),
        ({"service": "adults"}, ["avon-adults", "clyde-adults"]),
        ({"reviewer": "r"}, ["clyde-childrens"]),
        ({"reviewer": "nobody"}, ["avon-adults", "avon-childrens", "clyde-adults"]),
        ({"overdue": True}, ["avon-adults"]),
        ({"name": " BRECK"}, ["breck-childrens"]),
        ({"name": "hc-avon"}, ["avon-adults", "avon-childrens"]),
        ({"nation": "england", "service": "adults", "overdue": True}, ["avon-adults"]),
    ],
)
def test_only_the_lines_wanted_are_chosen(wanted: dict[str, Any], found: list[str]) -> None:
    assert ids(Wanted(**wanted)) == found


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("employer", "avon-adults", "clyde-childrens"),
        ("service", "avon-adults", "clyde-childrens"),
        ("nation", "avon-adults", "breck-childrens"),
        ("type", "avon-adults", "breck-childrens"),
        ("status", "clyde-adults", "clyde-childrens"),
        ("deadline", "avon-adults", "clyde-childrens"),
        ("activity", "clyde-adults", "clyde-childrens"),
        ("reviewer", "breck-childrens", "clyde-adults"),
        ("beside", "avon-adults", "clyde-childrens"),
    ],
)
def test_every_column_sorts_both_ways(sort: str, first: str, last: str) -> None:
    assert (ids(Wanted(sort=sort))[0], ids(Wanted(sort=sort))[-1]) == (first, last)
    keys = [SORTS[sort](each) for each in chosen(LINES, Wanted(sort=f"-{sort}"), TODAY)]
    assert keys == sorted(keys, reverse=True)
    assert sorted(ids(Wanted(sort=f"-{sort}"))) == ALL


def test_a_column_that_is_not_there_sorts_by_employer() -> None:
    assert ids(Wanted(sort="of-nobody")) == ALL


def test_choosing_the_column_sorted_by_turns_the_order_round() -> None:
    wanted = Wanted(sort="status", page=3, nation="wales")
    assert wanted.by("status") == replace(wanted, sort="-status", page=1)
    assert wanted.by("nation").sort == "nation"
    assert wanted.by("status").by("status").sort == "status"
    assert (wanted.by("status").column, wanted.by("status").is_descending) == ("status", True)


@pytest.mark.parametrize(
    ("due", "state", "words", "is_overdue"),
    [
        (date(2026, 3, 31), State.IN_PROGRESS, "29 days left", False),
        (date(2026, 3, 3), State.READY, "1 day left", False),
        (date(2026, 3, 2), State.NOT_STARTED, "Due today", False),
        (date(2026, 3, 1), State.DECLINED, "1 day overdue", True),
        (date(2023, 3, 2), State.REOPENED, "1,096 days overdue", True),
        (date(2026, 3, 1), State.SUBMITTED, "Done", False),
        (date(2026, 3, 1), State.CHANGES_REQUESTED, "Done", False),
        (date(2026, 3, 1), State.WITHDRAWN, "Done", False),
        (None, None, "None", False),
    ],
)
def test_the_deadline_is_told_in_words(
    due: date | None, state: State | None, words: str, *, is_overdue: bool
) -> None:
    told = line(AVON, due=due, state=state)
    assert (told.deadline(TODAY), told.is_overdue(TODAY)) == (words, is_overdue)


def test_services_stand_side_by_side_and_a_missing_one_is_told() -> None:
    found = {
        (each.employer.id, each.service): each.beside
        for each in side_by_side([*LINES, line(BRECK, "out-of-hours")])
    }
    assert found == {
        ("clyde", "childrens"): ("Adults’ services: no health check",),
        ("clyde", "adults"): ("Children’s services: submitted",),
        ("avon", "adults"): ("Children’s services: in progress",),
        ("avon", "childrens"): ("Adults’ services: in progress",),
        ("breck", "childrens"): (
            "Adults’ services: not in its list of services",
            "Out of hours: in progress",
        ),
        ("breck", "out-of-hours"): (
            "Children’s services: not started",
            "Adults’ services: not in its list of services",
        ),
    }


@pytest.mark.parametrize(
    ("number", "lines", "at", "of"),
    [(1, 2, 1, 3), (3, 1, 3, 3), (9, 1, 3, 3), (0, 2, 1, 3), (-4, 2, 1, 3)],
)
def test_pages_hold_so_many_lines_and_no_page_is_out_of_reach(
    number: int, lines: int, at: int, of: int
) -> None:
    page = page_of(LINES, number, on_a_page=2)
    assert (len(page.lines), page.number, page.of, page.total) == (lines, at, of, 5)


def test_nothing_is_one_empty_page() -> None:
    assert page_of([], 1) == page_of([], 7)
    assert page_of([], 1).of == 1


def test_a_line_is_open_to_review_until_it_is_accepted_or_withdrawn() -> None:
    ends = {State.ACCEPTED, State.WITHDRAWN}
    assert {each for each in State if not line(AVON, state=each).is_open_to_review} == ends
    assert not Line(AVON, "adults").is_open_to_review
