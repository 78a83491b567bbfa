"""What anybody sees: statuses, counts, a chart with its table, and the same as files."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from typing import TYPE_CHECKING

from healthcheck.core.steps import State
from healthcheck.services import benchmarks
from healthcheck.services.assessments import start
from healthcheck.services.employers import take_in
from healthcheck.storage import assessments as stored
from tests.people import ALICE, DUE, NORTHMERE, NOW
from tests.teams import set_up, with_people
from tests.web.markup import words_of

if TYPE_CHECKING:
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.page import Page

PAGE = "/status/small-check/2026"
OUT = "\N{EN DASH} Not in this cycle"


def cells(page: Page) -> list[list[str]]:
    """Return the words of every cell of every row of the page's tables."""
    return [[words_of(each) for each in row] for row in page.tree.iter("tr")]


def add(world: World, name: str, service: str) -> None:
    ctx = world.as_(None)
    typed = {"name": name, "nation": "wales", "employer_type": "voluntary", "region": "Gwent"}
    known = take_in(ctx, typed, [service]).known
    assert known is not None
    start(
        ctx,
        known.employer,
        service=service,
        cycle="2026",
        due=DUE,
        questionnaire="small-check",
        edition="2026",
    )


def test_the_cycles_are_listed_for_anybody(nobody: Someone) -> None:
    page = nobody.get("/status")
    assert page.links["Small check, 2026"] == PAGE
    assert "Open. Due on 30 September 2026." in page.words
    assert nobody.get("/about").links["Who has done the health check"] == "/status"


def test_missing_services_are_seen_side_by_side(nobody: Someone, world: World) -> None:
    add(world, "Westmere Trust", "asylum")
    page = nobody.get(PAGE)
    assert page.heading == "Status of the 2026 health checks"
    assert cells(page)[-3:] == [
        ["Northmere Council Council, England", "Not started", OUT, "\N{EN DASH} None"],
        [
            "Southmere Trust Health and Social Care trust, Northern Ireland",
            "Not started",
            OUT,
            "\N{EN DASH} None",
        ],
        ["Westmere Trust Voluntary organisation, Wales", OUT, OUT, "Asylum: Not started"],
    ]
    assert "3 employers have no health check of adults’ services." in page.words
    assert "1 employer has no health check of children’s services." in page.words


def test_the_chart_has_a_table_that_says_the_same(nobody: Someone, world: World) -> None:
    ctx = world.as_(None)
    with ctx.store.writing():
        stored.move(ctx.store, world.northmeres.id, State.NOT_STARTED, State.IN_REVIEW, NOW)
    page = nobody.get(PAGE)
    (chart,) = page.of_class("count-chart")
    title = next(each for each in chart.iter() if str(each.tag).endswith("title"))
    said = "Accepted: 0, Submitted: 1, In progress: 0, Not started: 1, Overdue: 0, Withdrawn: 0."
    assert title.text == f"Health checks by status. {said}"
    assert cells(page)[1:7] == [
        ["Accepted", "0"],
        ["Submitted", "1"],
        ["In progress", "0"],
        ["Not started", "1"],
        ["Overdue", "0"],
        ["Withdrawn", "0"],
    ]
    assert "In review" not in page.words


def test_it_is_filtered_in_the_address_and_downloads_are_of_the_same(
    nobody: Someone, world: World
) -> None:
    add(world, "Westmere Trust", "adults")
    page = nobody.get(f"{PAGE}?nation=wales&type=voluntary")
    assert "1 health check of 1 employer, out of 3 in this cycle" in page.words
    assert NORTHMERE.name not in page.words
    assert page.links["CSV"] == f"{PAGE}.csv?nation=wales&type=voluntary"
    names = [each["name"] for each in json.loads(nobody.get(page.links["JSON"]).html)["employers"]]
    assert names == ["Westmere Trust"]
    assert "No employer like this" in nobody.get(f"{PAGE}?nation=scotland").words
    nobody.get(f"{PAGE}?nation=narnia", 404)
    nobody.get("/status/small-check/1999", 404)
    nobody.get("/status/small-check/1999.csv", 404)


def test_the_csv_has_a_row_for_each_service_and_none_of_its_cells_is_a_formula(
    nobody: Someone, world: World
) -> None:
    ctx = world.as_(None)
    with ctx.store.writing():
        ctx.store.run("UPDATE employers SET name = '=cmd()' WHERE id = 'southmere'")
    page = nobody.get(f"{PAGE}.csv")
    rows = list(csv.reader(page.content.decode("utf-8-sig").splitlines()))
    assert page.headers["Content-Disposition"] == "attachment; filename=status-small-check-2026.csv"
    assert rows[0] == [
        "Employer",
        "Type",
        "Nation",
        "Region",
        "Service",
        "Status",
        "Published report",
        "Safe levels of work",
    ]
    assert {row[7] for row in rows[1:]} == {""}
    assert [[row[0], *row[4:7]] for row in rows[1:]] == [
        ["'=cmd()", "Children’s services", "Not started", ""],
        ["'=cmd()", "Adults’ services", "Not in this cycle", ""],
        ["Northmere Council", "Children’s services", "Not started", ""],
        ["Northmere Council", "Adults’ services", "Not in this cycle", ""],
    ]


def test_the_json_says_no_more_than_the_page(nobody: Someone) -> None:
    found = json.loads(nobody.get(f"{PAGE}.json").html)
    assert found["employers"][0] == {
        "name": "Northmere Council",
        "type": "council",
        "nation": "england",
        "region": "",
        "safe_levels": None,
        "services": {"childrens": {"status": "Not started", "published": None}},
    }
    assert found.keys() == {
        "as_of",
        "closes",
        "counts",
        "cycle",
        "due",
        "edition",
        "employers",
        "opens",
        "questionnaire",
        "title",
    }


def test_a_published_benchmark_is_linked_until_it_is_taken_down(
    nobody: Someone, world: World
) -> None:
    ctx = world.as_(ALICE)
    with_people(world)
    set_up(world)
    address = f"/benchmark/{benchmarks.publish(ctx, NORTHMERE.id, '').address}"
    page = nobody.get(PAGE)
    assert page.links["Safe levels of work of Northmere Council"] == address
    assert "Safe levels of work of Southmere" not in page.words
    (northmere, southmere) = json.loads(nobody.get(f"{PAGE}.json").html)["employers"]
    whole = f"http://127.0.0.1:8000{address}"
    assert (northmere["safe_levels"], southmere["safe_levels"]) == (whole, None)
    rows = list(csv.reader(nobody.get(f"{PAGE}.csv").content.decode("utf-8-sig").splitlines()))
    assert [row[7] for row in rows[1:]] == [whole, whole, "", ""]
    benchmarks.take_down(ctx, NORTHMERE.id, "It was wrong.")
    assert "Safe levels of work" not in nobody.get(PAGE).words


def test_after_the_deadline_it_is_overdue_and_after_closing_it_says_so(
    nobody: Someone, world: World
) -> None:
    world.clock.forward(timedelta(days=365))
    page = nobody.get(PAGE)
    assert ["Overdue", "2"] in cells(page)
    assert "the cycle closed on 29 December 2026" in page.words


def test_a_cycle_that_is_only_prepared_is_not_public(nobody: Someone, world: World) -> None:
    ctx = world.as_(None)
    with ctx.store.writing():
        ctx.store.run("UPDATE cycles SET opens = '2026-03-03'")
    assert "No cycle has opened yet." in nobody.get("/status").words
    nobody.get(PAGE, 404)


def test_no_reference_id_or_person_is_public(nobody: Someone, world: World) -> None:
    for address in (PAGE, f"{PAGE}.csv", f"{PAGE}.json"):
        shown = nobody.get(address).content.decode("utf-8-sig")
        for private in (
            world.northmeres.id,
            world.northmeres.reference,
            "Alice",
            NORTHMERE.id + '"',
        ):
            assert private not in shown
