"""The pages of workload: a team, trying out, deciding, one's own page, a service, the sheet."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.workload.changes import MOST_CHANGES, Add, written
from healthcheck.services import teams
from healthcheck.storage import reports as stored
from tests.people import ALICE, NORTHMERE
from tests.teams import DAY, MIA, PAT, keep, set_up, with_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from healthcheck.core.workload.teams import Kept, Team
    from tests.people import World
    from tests.web.client import Someone

FOUR_SCHEMES = ("contracted-hours", "ne-london-points", "priority-factors", "simple-count")
DECISION = {
    "kind": "REALLOCATE",
    "what": "Two reviews move.",
    "owner": MIA.id,
    "review.day": "20",
    "review.month": "3",
    "review.year": "2026",
}


@pytest.fixture
def team(world: World) -> Team:
    with_people(world)
    return set_up(world, "Duty", FOUR_SCHEMES)


@pytest.fixture
def kept(world: World, team: Team) -> Kept:
    keep(world, team, DAY - timedelta(days=7), 12)
    return keep(world, team, cases=14)


@pytest.fixture
def mia(signed_in: Callable[[Person], Someone], team: Team) -> Someone:  # noqa: ARG001 - who she is
    return signed_in(MIA)


@pytest.fixture
def pat(signed_in: Callable[[Person], Someone], world: World, kept: Kept) -> Someone:
    teams.change_worker(world.as_(ALICE), kept.team_id, kept.snapshot.workers[0].id, "AB", PAT.id)
    return signed_in(PAT)


def test_a_team_is_shown_by_every_scheme_with_words_working_and_cautions(
    mia: Someone, team: Team, kept: Kept
) -> None:
    page = mia.get(f"/teams/{team.id}/workload")

    assert "1 decision is waiting, the first of them for 1 day." in page.words
    assert "■ Red" in page.words
    assert "112 ÷ 100 = 112%: red. 12 too much." in page.words
    assert "The schemes side by side" in page.words
    assert "It is a crude comparison" in page.says("simple-count")
    for view in FOUR_SCHEMES:
        assert "It supports supervision and a manager's judgement." in page.says(view)
    assert "Prioritisation" in page.words or "most pressing first" in page.words
    assert "Share of the team’s capacity in each snapshot" in page.html
    old = mia.get(f"/teams/{team.id}/workload?snapshot={kept.id}")
    assert old.says("contracted-hours") == page.says("contracted-hours")
    mia.get(f"/teams/{team.id}/workload?snapshot=of-nobody", 404)


def test_a_team_without_a_snapshot_leads_to_putting_one_in(mia: Someone, team: Team) -> None:
    page = mia.get(f"/teams/{team.id}/workload")
    assert page.links["Put one in"] == f"/teams/{team.id}/snapshots/new"
    service = mia.get(f"/employers/{NORTHMERE.id}/workload")
    assert "None yet" in service.words
    assert "Every worker" in mia.get(service.links["Show every worker"].partition("#")[0]).words


def test_changes_are_tried_one_after_another_and_live_on_the_page_alone(
    mia: Someone, team: Team, kept: Kept, world: World
) -> None:
    before = world.as_(None).store.rows("SELECT count(*) FROM events")
    ab, cd = (each.id for each in kept.snapshot.workers)
    case = kept.snapshot.held[ab][0].id
    page = mia.get(f"/teams/{team.id}/what-if")
    assert page.words.count("The same") > 4
    page = mia.submit(page, {"move_case": case, "move_to": cd}, "Move it and look", status=200)
    assert "Red becomes amber" in page.words
    page = mia.submit(page, {"close_case": case}, "Close it and look", status=200)
    more = {"join_name": "EF", "join_hours": "37", "join_newly": "yes"}
    page = mia.submit(page, more, "Add them and look", status=200)
    more = {"hours_worker": ab, "hours_value": "40"}
    page = mia.submit(page, more, "Change them and look", status=200)
    more = {"add_to": ab, "add_kind": "child-in-need", "add_score.risk": "5"}
    page = mia.submit(page, more, "Add it and look", status=200)
    assert len(page.fields("Add it")["change"]) == 5
    page = mia.submit(page, {}, "Take out change 1", status=200)
    assert len(page.fields("Add it")["change"]) == 4
    page = mia.submit(page, {"add_to": ab}, "Add it", status=200)
    assert "New case 3, AB" in page.words
    page = mia.submit(page, {}, "Take out change 5", status=200)
    same = mia.post(page.address, page.fields("Add it") | {"do": ["nothing known"]}, status=200)
    assert len(same.fields("Add it")["change"]) == 4
    assert world.as_(None).store.rows("SELECT count(*) FROM events") == before


@pytest.mark.parametrize(
    ("typed", "button", "field"),
    [
        ({"move_case": ""}, "Move it and look", "move_case"),
        ({"close_case": "gone"}, "Close it and look", "close_case"),
        ({"hours_worker": ""}, "Change them", "hours_worker"),
        ({"join_name": " "}, "Add them", "join_name"),
        ({"join_name": "EF", "join_hours": "many"}, "Add them", "join_name"),
        ({"add_hours": "x"}, "Add it", "add_to"),
        ({"change": "[]"}, "Add it", "add_to"),
    ],
)
def test_what_cannot_be_tried_says_why(
    mia: Someone, kept: Kept, typed: dict[str, str], button: str, field: str
) -> None:
    page = mia.submit(mia.get(f"/teams/{kept.team_id}/what-if"), typed, button, status=422)
    ((where, sentence),) = page.errors
    assert where == field
    assert page.title.startswith("Error: What if")
    assert sentence


def test_a_what_if_has_an_end(mia: Someone, kept: Kept) -> None:
    page = mia.get(f"/teams/{kept.team_id}/what-if")
    many = [written(Add("", "", "", number=f"{each}")) for each in range(MOST_CHANGES)]
    page = mia.submit(page, {"change": many}, "Add it", status=422)
    assert page.errors == [("add_to", "A what-if holds 50 changes. Take one out first.")]


@pytest.mark.usefixtures("kept")
def test_a_decision_is_taken_and_leads_to_its_action(
    alice: Someone, mia: Someone, team: Team
) -> None:
    assert "Workload decisions at Northmere Council: 1 waiting" in alice.get("/").words
    page = mia.get(f"/teams/{team.id}/decisions")
    assert "1 decision waiting" in page.words
    page = mia.get(page.links["Decide on AB"])
    assert "it names the team, and never the worker" in page.words
    wrong = mia.submit(page, {}, "Record the decision", status=422)
    assert [where for where, _ in wrong.errors] == ["kind", "owner", "review"]
    wrong = mia.submit(page, {**DECISION, "review.month": "13"}, "Record", status=422)
    assert [where for where, _ in wrong.errors] == ["review"]
    wrong = mia.submit(page, {**DECISION, "owner": "charlie"}, "Record", status=422)
    assert wrong.errors == [
        ("owner", "Choose an owner who belongs to this employer, or write who it is.")
    ]
    done = mia.follow(mia.submit(page, DECISION, "Record the decision"))
    assert done.messages == ["The decision is recorded. It is an action in the improvement plan."]
    assert "No decision is waiting in this team." in done.words
    assert "Decided Review on 20 March 2026" in done.words
    theirs = alice.get(f"/teams/{team.id}/decisions")
    link = next(each for each in theirs.links if each.startswith("The action in the"))
    action = alice.get(theirs.links[link])
    assert "From a decision about workload" in action.words
    assert "Workload decisions" not in alice.get("/").words


def test_accepting_until_a_date_needs_its_reason_and_no_other_kind_does(
    alice: Someone, team: Team, kept: Kept
) -> None:
    page = alice.get(f"/teams/{team.id}/decisions/{kept.snapshot.workers[0].id}")
    until = {"until.day": "40", "until.month": "3", "until.year": "2026"}
    wrong = alice.submit(page, {**DECISION, **until, "kind": "ACCEPT"}, "Record", status=422)
    assert [where for where, _ in wrong.errors] == ["until", "reason"]
    alice.submit(page, {**DECISION, **until}, "Record")
    alice.get(f"/teams/{team.id}/decisions/team", 404)
    alice.get(f"/teams/{team.id}/decisions/of-nobody", 404)


def test_somebodys_own_page_has_their_load_and_nobody_elses(pat: Someone, team: Team) -> None:
    home = pat.get("/")
    page = pat.get(home.links["Your workload"])

    assert "■ Red 112% of your capacity, 12 too much" in page.words
    assert "112 ÷ 100 = 112%: red. 12 too much." in page.words
    assert "Your share of capacity in each snapshot" in page.html
    assert (
        "Discharge planning: allocated cases, least pressing first: 14 cases of yours" in page.words
    )
    assert "CD" not in page.words
    assert "C-7" not in page.words
    assert "crude" in page.words
    for path in ("workload", "what-if", "decisions"):
        pat.get(f"/teams/{team.id}/{path}", 404)


def test_who_is_not_linked_is_told_so_and_others_find_no_page(mia: Someone, alice: Someone) -> None:
    assert "No worker of a team is linked to your account yet." in mia.get("/my-workload").words
    alice.get("/my-workload", 404)


@pytest.mark.usefixtures("kept")
def test_a_worker_makes_their_supervision_sheet(pat: Someone, world: World) -> None:
    page = pat.get("/my-workload")
    what = pat.get(page.links["What the sheet holds"])
    assert what.links["Your workload"] == "/my-workload"
    watched = pat.follow(pat.submit(page, {}, "Make your supervision sheet"))
    assert watched.heading == "Your supervision sheet is waiting its turn"
    ((key,),) = world.as_(None).store.rows("SELECT key FROM report_jobs")
    store = world.as_(None).store
    with store.writing():
        stored.finish(store, key, b"%PDF")
    ready = pat.get(watched.address)
    pdf = pat.get(ready.links["Download the supervision sheet (PDF)"])
    assert pdf.headers["Content-Type"] == "application/pdf"
    told = pat.http.get(watched.address, headers={"Accept": "application/json"})
    assert told.get_json() == {"state": "ready"}


@pytest.mark.usefixtures("kept")
def test_a_manager_makes_the_sheet_of_a_worker(mia: Someone, team: Team) -> None:
    page = mia.get(f"/teams/{team.id}/workload")
    sheet = mia.get(page.links["Supervision sheet of CD"])
    assert sheet.links["Workload of the team"] == f"/teams/{team.id}/workload"
    mia.submit(sheet, {}, "Make the PDF")


@pytest.mark.usefixtures("kept")
def test_a_service_shows_who_waits_the_totals_and_every_worker_if_asked(
    alice: Someone, mia: Someone, charlie: Someone, team: Team
) -> None:
    page = alice.get(f"/employers/{NORTHMERE.id}/workload")

    assert "1 decision waiting; 1 worker or team at or above capacity." in page.words
    assert "Needs a decision Waiting 1 day, since 1 March 2026" in page.words
    everybody = alice.get(page.links["Show every worker"].partition("#")[0])
    assert "CD" in everybody.words
    assert "These are the teams that you manage." in mia.get(page.address).words
    charlie.get(page.address, 404)
    for path in ("workload", "what-if", "decisions"):
        charlie.get(f"/teams/{team.id}/{path}", 404)


def test_an_old_snapshot_says_how_old_it_is(
    mia: Someone, pat: Someone, team: Team, world: World
) -> None:
    store = world.as_(None).store
    with store.writing():
        store.run("UPDATE snapshots SET taken_on = date(taken_on, '-60 days')")
    assert "This snapshot is 8 weeks old." in mia.get(f"/teams/{team.id}/workload").words
    assert "some time ago" in pat.get("/my-workload").words
