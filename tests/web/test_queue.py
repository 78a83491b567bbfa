"""BASW's queue as a page: filters, order and page in the address, claims, and downloads."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from healthcheck.core.accounts import Employer
from healthcheck.core.permissions import Role
from healthcheck.services import review_steps, reviews
from healthcheck.services.assessments import start
from healthcheck.storage import accounts, roles
from tests import reviewing
from tests.people import ALICE, NORTHMERE, VERA
from tests.reviewing import ADA, REMI, RHONA
from tests.web.markup import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.page import Page

HOSTILE = '=HYPERLINK("https://a.example")'


@pytest.fixture
def rhona(signed_in: Callable[[Person], Someone], world: World) -> Someone:
    reviewing.with_basw(world)
    return signed_in(RHONA)


def add(world: World, *names: str, nation: str = "wales") -> None:
    ctx = world.as_(None)
    for name in names:
        employer = Employer(name.lower().replace(" ", "-"), name, nation, "council")
        with ctx.store.writing():
            accounts.add_employer(ctx.store, employer, ctx.now)
        start(
            ctx,
            employer,
            service="adults",
            cycle="2026",
            due=date(2026, 2, 1),
            questionnaire="small-check",
            edition="2026",
        )


def employers(page: Page) -> list[str]:
    rows = page.tree.iter("tr")
    cells = [row.find("th") for row in rows if row.find("td") is not None]
    return [words_of(cell).partition(",")[0] for cell in cells]


def test_every_line_is_shown_with_its_status_in_words(rhona: Someone, world: World) -> None:
    reviewing.submit(world)
    page = rhona.get("/basw/queue")
    assert page.heading == "Review queue"
    assert employers(page) == ["Northmere Council", "Southmere Trust"]
    assert "Submitted Done" in page.words
    assert "212 days left" in page.words
    assert page.links["Northmere Council, Children’s services"] == (
        f"/basw/reviews/{world.northmeres.id}"
    )


def test_a_resubmission_leads_to_what_changed(rhona: Someone, world: World) -> None:
    reviewing.submit(world)
    review_steps.start(world.as_(RHONA), world.northmeres.id)
    reviewing.resubmit(world)
    page = rhona.get("/basw/queue?status=RESUBMITTED")
    (address,) = [to for words, to in page.links.items() if words.startswith("Northmere")]
    assert address == f"/basw/reviews/{world.northmeres.id}/changes"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("nation=wales", ["Avon"]),
        ("employer_type=hsc-trust", ["Southmere Trust"]),
        ("service=adults", ["Avon"]),
        ("overdue=yes", ["Avon"]),
        ("reviewer=nobody&name=mere", ["Northmere Council", "Southmere Trust"]),
        ("status=NOT_STARTED&sort=-employer", ["Southmere Trust", "Northmere Council", "Avon"]),
        ("sort=-employer&page=99", ["Southmere Trust", "Northmere Council", "Avon"]),
        ("page=-1&sort=of-nobody", ["Avon", "Northmere Council", "Southmere Trust"]),
        ("cycle=of-nobody:1999&page=x", ["Avon", "Northmere Council", "Southmere Trust"]),
        ("status=of-nobody", []),
    ],
)
def test_what_is_wanted_is_in_the_address(
    rhona: Someone, world: World, asked: str, found: list[str]
) -> None:
    add(world, "Avon")
    page = rhona.get(f"/basw/queue?{asked}")
    assert employers(page) == found
    downloads = [words for words in page.links if words in {"CSV", "Excel"}]
    assert downloads == ["CSV", "Excel"]
    rows = list(csv.reader(StringIO(rhona.get(page.links["CSV"]).content.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == found


def test_a_heading_sorts_and_then_turns_the_order_round(rhona: Someone, world: World) -> None:
    add(world, "Avon")
    page = rhona.get("/basw/queue?nation=wales")
    page = rhona.get(page.links["Deadline"])
    assert page.address == "/basw/queue?nation=wales&sort=deadline"
    (header,) = [each for each in page.tree.iter("th") if each.get("aria-sort")]
    assert (words_of(header), header.get("aria-sort")) == ("Deadline soonest first", "ascending")
    assert page.links["Deadline"] == "/basw/queue?nation=wales&sort=-deadline"


def test_filters_keep_what_was_chosen(rhona: Someone) -> None:
    page = rhona.get("/basw/queue?nation=wales&overdue=yes&name=%22%3E%3Cb%3E&sort=-status")
    chosen = [each.get("value") for each in page.tree.iter("option") if "selected" in each.attrib]
    assert chosen == ["small-check:2026", "wales"]
    fields = page.fields("Show")
    assert (fields["name"], fields["sort"], fields["overdue"]) == (['"><b>'], ["-status"], ["yes"])


def test_an_earlier_cycle_stays_chosen(rhona: Someone, world: World) -> None:
    ctx = world.as_(None)
    for cycle in ("2027", "2028"):
        start(
            ctx,
            NORTHMERE,
            service="adults",
            cycle=cycle,
            due=date(int(cycle), 9, 30),
            questionnaire="small-check",
            edition="2026",
        )
    assert rhona.get("/basw/queue").says("main-content").startswith("Small check, 2028")
    page = rhona.get("/basw/queue?cycle=small-check:2026")
    assert page.says("main-content").startswith("Small check, 2026")
    page = rhona.get(page.links["Status"])
    assert page.address == "/basw/queue?cycle=small-check%3A2026&sort=status"
    assert page.says("main-content").startswith("Small check, 2026")


def test_long_queues_have_pages(rhona: Someone, world: World) -> None:
    add(world, *(f"More {number:03}" for number in range(120)))
    page = rhona.get("/basw/queue?sort=nation")
    assert "122 lines, page 1 of 3." in page.words
    assert len(employers(page)) == 50
    last = rhona.get(page.links["3"])
    assert last.address == "/basw/queue?sort=nation&page=3"
    assert len(employers(last)) == 22
    assert [each.get("aria-current") for each in last.tree.iter("a") if words_of(each) == "3"] == [
        "page"
    ]


def test_a_line_is_claimed_and_released_and_the_queue_stays_as_it_was(
    rhona: Someone, world: World
) -> None:
    page = rhona.get("/basw/queue?nation=england")
    page = rhona.follow(rhona.submit(page, {}, "Claim Northmere Council"))
    assert page.address == "/basw/queue?nation=england"
    assert page.messages == ["You have claimed this review."]
    assert "Rhona Reviewer Release Northmere Council" in page.words
    page = rhona.follow(rhona.submit(page, {}, "Release Northmere Council"))
    assert reviews.review(world.as_(RHONA), world.northmeres.id).reviewer is None


def test_a_review_is_started_from_the_queue(rhona: Someone, world: World) -> None:
    reviewing.submit(world)
    page = rhona.get("/basw/queue")
    page = rhona.follow(rhona.submit(page, {}, "Start the review Northmere Council"))
    assert page.heading == "Review of Children’s services"
    assert page.messages == ["The review has started, and it is yours."]
    again = rhona.get("/basw/queue")
    assert "Start the review" not in again.words
    assert "Release Northmere Council" in again.words


@pytest.mark.parametrize(
    "said", ["//evil.example", "_scheme=javascript&_external=1", "_anchor=x", "a=1#b", "%0d%0aX: y"]
)
def test_a_button_of_the_queue_never_leads_elsewhere(
    rhona: Someone, world: World, said: str
) -> None:
    page = rhona.get("/basw/queue?nation=england")
    answer = rhona.submit(page, {"queue": said}, "Claim Northmere Council")
    assert answer.leads_to.startswith("/basw/queue")
    assert "evil" not in answer.leads_to.partition("?")[0]
    assert "\n" not in answer.leads_to
    del world


def test_a_claim_that_came_too_late_says_who_was_quicker(rhona: Someone, world: World) -> None:
    page = rhona.get("/basw/queue")
    reviews.claim(world.as_(REMI), world.northmeres.id)
    refused = rhona.submit(page, {}, "Claim Northmere Council", status=409)
    assert "Remi Reader has claimed this review." in refused.words


def test_ones_own_employer_has_neither_link_nor_claim(
    signed_in: Callable[[Person], Someone], world: World
) -> None:
    store = world.as_(None).store
    with store.writing():
        roles.give(store, VERA.id, Role.REVIEWER, None)
    page = signed_in(VERA).get("/basw/queue")
    assert "Your own employer: somebody else reviews it" in page.words
    assert [words for words in page.links if words.startswith("Northmere")] == []
    assert [words for words in page.links if words.startswith("Southmere")] != []


def test_an_administrator_sees_the_queue_and_claims_nothing(
    signed_in: Callable[[Person], Someone], world: World
) -> None:
    reviewing.with_basw(world)
    page = signed_in(ADA).get("/basw/queue")
    assert [words_of(each) for each in page.tree.iter("button")] == ["Sign out", "Show"]


def test_a_workbook_is_a_download_with_every_line(rhona: Someone, world: World) -> None:
    add(world, *(f"More {number:03}" for number in range(60)), HOSTILE)
    file = rhona.get("/basw/queue.xlsx")
    assert file.headers["Content-Disposition"] == "attachment; filename=queue.xlsx"
    with ZipFile(BytesIO(file.content)) as book:
        page, strings = (
            book.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "sharedStrings")
        )
    assert page.count("<row ") == 64
    assert "<f>" not in page
    assert "HYPERLINK" in strings


def test_no_cell_of_the_csv_is_a_formula_or_a_negative_number(rhona: Someone, world: World) -> None:
    add(world, HOSTILE, "Avon")
    file = rhona.get("/basw/queue.csv")
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(StringIO(file.content.decode("utf-8-sig"), newline="")))
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))] == []
    assert rows[1][0] == f"'{HOSTILE}"
    avon = dict(zip(rows[0], rows[2], strict=True))
    assert (avon["Days left"], avon["Days overdue"], avon["Due"]) == ("", "29", "2026-02-01")


@pytest.mark.parametrize("path", ["/basw/queue", "/basw/queue.csv", "/basw/queue.xlsx"])
def test_the_queue_is_not_there_for_anybody_else(
    signed_in: Callable[[Person], Someone], path: str
) -> None:
    someone = signed_in(ALICE)
    page = someone.get(path, 404)
    assert (page.heading, "Northmere" in page.words) == ("Page not found", False)


def test_before_the_first_cycle_the_queue_says_so(rhona: Someone, world: World) -> None:
    store = world.as_(None).store
    with store.writing():
        store.run("DROP TRIGGER events_refuses_DELETE")
        for table in ("events", "assessments", "cycles"):
            store.run(f"DELETE FROM {table}")  # noqa: S608 - a name of our own
    assert "There is no cycle yet." in rhona.get("/basw/queue").words
    assert len(rhona.get("/basw/queue.csv").content.splitlines()) == 1
