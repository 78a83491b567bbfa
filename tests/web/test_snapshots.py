"""A team's caseload through its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.people import ALICE, CHARLIE, NORTHMERE
from tests.teams import MIA, PAT, keep, kept_of, set_up, with_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from healthcheck.core.workload.teams import Team
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.page import Page

LOOK, SAVE = "Look at it first", "Save this snapshot"
PASTE = """Social worker\tHours\tChild protection\tCIN\tWard
AB\t37\t3\t2\tNorth
CD\t18.5\t1\t\tSouth
unallocated\t\t\t2\t
Total\t\t4\t4\t
"""


@pytest.fixture
def team(world: World) -> Team:
    with_people(world)
    return set_up(world)


@pytest.fixture
def mia(team: Team, signed_in: Callable[[Person], Someone]) -> Someone:
    assert MIA in team.managers
    return signed_in(MIA)


def paste(someone: Someone, team: Team, text: str, status: int = 200) -> Page:
    page = someone.get(f"/teams/{team.id}/snapshots/new")
    return someone.submit(page, {"text": text}, LOOK, status=status)


def test_a_manager_pastes_looks_and_saves(mia: Someone, team: Team, world: World) -> None:
    home = mia.get("/")
    listed = mia.get(home.links["Teams and caseloads at Northmere Council"])
    page = mia.get(listed.links["Duty"])
    page = mia.get(page.links["Put in the first snapshot"])
    page = mia.submit(page, {"text": PASTE}, LOOK, status=200)

    assert page.heading == "Check the snapshot"
    assert "2 March 2026: 2 workers, 8 cases, 2 unallocated." in page.words
    assert "Line 5 is a total and was left out." in page.words
    assert "no scheme here asks for it: “Ward”" in page.words
    assert kept_of(world.as_(MIA), team.id) == ()
    page = mia.follow(mia.submit(page, {}, SAVE))
    assert page.heading == "Snapshot of 2 March 2026"
    assert "The snapshot is saved." in page.words
    assert "It was pasted. Saved by Mia Mason on 2 March 2026." in page.words
    (kept,) = kept_of(world.as_(ALICE), team.id)
    assert len(kept.snapshot.cases) == 8


def test_a_paste_with_faults_names_each_line_and_keeps_what_was_pasted(
    mia: Someone, team: Team, world: World
) -> None:
    text = "Name\tKind\tRef\nAB\tCIX\t1\n\tCIN\t2\nAB\tCIN\tJohn Smith 1/2/2010"
    page = paste(mia, team, text, 422)
    assert page.errors == [("bad", "The paste cannot be taken yet: 3 things to correct.")]
    for said in (
        "Line 2, Kind“CIX” is not a kind of case that this team’s schemes know.",
        "Line 3, NameNobody is named in this line.",
        "Line 4, RefA case reference cannot hold a date, which may be a date of birth.",
    ):
        assert said in page.words
    assert page.fields(LOOK)["text"] == [text.replace("\n", "\r\n")]
    assert kept_of(world.as_(MIA), team.id) == ()


def test_many_bad_lines_are_all_named(mia: Someone, team: Team) -> None:
    text = "Name\tKind\n" + "".join(f"AB\tzz{n}\n" for n in range(250)) + "AB\tyy\nAB\tyy\n"
    page = paste(mia, team, text, 422)
    assert "And 51 more places:" in page.words
    assert "Line 251, Kind" in page.words
    assert "Lines 252 and 253, Kind" in page.words


def test_a_file_is_taken_by_the_same_rule(mia: Someone, team: Team) -> None:
    page = mia.get(f"/teams/{team.id}/snapshots/new")
    content = "Name;CIN\nAB;2\nCD;x".encode("utf-16")
    bad = mia.submit(page, {}, LOOK, {"file": [("team.csv", content)]}, 422)
    assert "Sheet “Table”, line 3, CIN“x” is not a number of cases." in bad.words
    assert "Correct these in the file and choose it again." in bad.words
    page = mia.submit(page, {}, LOOK, {"file": [("team.csv", b"Name,CIN\nAB,2")]}, 200)
    shown = mia.follow(mia.submit(page, {}, SAVE))
    assert "It was uploaded." in shown.words


@pytest.mark.parametrize("day", [("", "", ""), ("31", "2", "2026"), ("3", "3", "2026")])
def test_a_day_that_cannot_be_taken_is_said(
    mia: Someone, team: Team, day: tuple[str, str, str]
) -> None:
    page = mia.get(f"/teams/{team.id}/snapshots/new")
    boxes = dict(zip(("day.day", "day.month", "day.year"), day, strict=True))
    page = mia.submit(page, {"text": PASTE, **boxes}, LOOK, status=422)
    assert [href for href, _ in page.errors] == ["day"]


def test_a_team_is_typed_changed_and_deleted(mia: Someone, team: Team, world: World) -> None:
    page = mia.get(f"/teams/{team.id}/snapshots/type")
    page = mia.submit(page, {"worker-worker": "AB"}, "Add the worker", status=200)
    page = mia.submit(page, {"worker-worker": "ab"}, "Add the worker", status=422)
    assert page.errors == [("worker-worker", "There is a worker “ab” in this team already.")]
    case = {"case-worker": "worker-1", "case-kind": "child-in-need", "case-score.risk": "9"}
    page = mia.submit(page, case, "Add the case", status=422)
    assert [href for href, _ in page.errors] == ["case-score.risk"]
    page = mia.submit(page, {"case-score.risk": "3"}, "Add the case", status=200)
    page = mia.submit(page, {}, "Change AB", status=200)
    grade = {"worker-grade": "Senior", "worker-protected": "7; Union"}
    page = mia.submit(page, grade, "Change the worker", status=200)
    page = mia.submit(page, {}, "Change Case 1", status=200)
    page = mia.submit(page, {"case-reference": "C-1"}, "Change the case", status=200)
    assert kept_of(world.as_(MIA), team.id) == ()
    page = mia.follow(mia.submit(page, {}, "Save the snapshot"))
    assert "AB Senior1Not given7 hours: Union" in page.words

    page = mia.get(page.links["Change it"])
    page = mia.submit(page, {}, "Remove AB", status=422)
    assert "AB still has 1 case." in page.words
    page = mia.submit(page, {}, "Remove C-1", status=200)
    page = mia.submit(page, {"day.day": "3"}, "Save the snapshot", status=422)
    assert page.errors[0] == ("day", "A snapshot cannot be of a day that is still to come.")
    page = mia.submit(page, {"day.day": "1"}, "Save the snapshot")
    page = mia.follow(page)
    assert page.heading == "Snapshot of 1 March 2026"
    assert "changed 1 time" in page.words

    page = mia.get(page.links["Delete it"])
    page = mia.submit(page, {}, "Delete the snapshot", status=422)
    assert page.errors == [("reason", "Say why. The reason stays on the record.")]
    page = mia.follow(mia.submit(page, {"reason": "A test."}, "Delete the snapshot"))
    assert "1 March 2026: deleted on 2 March 2026 by Mia Mason. A test." in page.words
    page = mia.follow(mia.submit(page, {}, "Wipe what the snapshot of 1 March 2026 said"))
    assert page.messages == ["What the snapshot said is wiped."]
    assert "A test. What it said is wiped." in page.words


def test_the_last_one_is_copied_forward(mia: Someone, team: Team, world: World) -> None:
    keep(world, team)
    page = mia.get(f"/teams/{team.id}/snapshots/new")
    page = mia.get(page.links["Copy the snapshot of 1 March 2026, then change it"])
    page = mia.submit(page, {"case-reference": "C-8"}, "Add the case", status=200)
    page = mia.submit(page, {}, "Remove C-7", status=200)
    page = mia.submit(page, {}, "Remove C-8", status=200)
    assert "2 workers, 4 cases, 1 unallocated so far." in page.words
    page = mia.submit(page, {"day.day": "1"}, "Save the snapshot", status=422)
    assert "There is a snapshot of 1 March 2026 already." in page.words
    page = mia.follow(mia.submit(page, {"day.day": "2"}, "Save the snapshot"))
    assert "It was copied from the one before." in page.words


def test_a_snapshot_is_downloaded_and_taken_again(mia: Someone, team: Team, world: World) -> None:
    kept = keep(world, team)
    response = mia.get(f"/teams/{team.id}/snapshots/{kept.id}.csv")
    assert response.content.startswith("\ufeffWorker,Contracted hours".encode())
    page = mia.get(f"/teams/{team.id}/snapshots/new")
    page = mia.submit(page, {}, LOOK, {"file": [("team.csv", response.content)]}, 200)
    assert "2 workers, 5 cases, 1 unallocated." in page.words


def test_a_lead_sets_a_team_up_changes_and_closes_it(alice: Someone, world: World) -> None:
    with_people(world)
    page = alice.get(f"/employers/{NORTHMERE.id}/teams")
    assert "There is no team yet." in page.words
    page = alice.get(page.links["Set up a team"])
    page = alice.submit(page, {"name": "Duty"}, "Set up the team", status=422)
    assert [href for href, _ in page.errors] == ["service", "schemes"]
    chosen = {"service": "childrens", "schemes": ["simple-count"], "managers": [MIA.id]}
    page = alice.follow(alice.submit(page, chosen, "Set up the team"))
    assert (page.heading, "ManagersMia Mason" in page.words) == ("Duty", True)
    page = alice.get(page.links["Change the team, its schemes or its managers"])
    page = alice.submit(page, {"name": ""}, "Save", status=422)
    page = alice.follow(alice.submit(page, {"name": "Court"}, "Save"))
    assert page.heading == "Court"
    page = alice.get(page.links["Change the team, its schemes or its managers"])
    bad = alice.submit(page, {}, "Close the team", status=422)
    assert bad.errors == [("reason", "Say why. The reason stays on the record.")]
    page = alice.follow(alice.submit(page, {"reason": "Merged."}, "Close the team"))
    assert "Court is closed. Its snapshots are kept." in page.words


def test_a_worker_gets_an_account(mia: Someone, team: Team, world: World) -> None:
    keep(world, team)
    page = mia.get(mia.get(f"/teams/{team.id}").links["AB"])
    bad = mia.submit(page, {"name": "cd"}, "Save", status=422)
    assert bad.errors[0][1].startswith("There is a worker “cd” in this team already.")
    page = mia.follow(mia.submit(page, {"person": PAT.id}, "Save"))
    assert "ABPat Price" in page.words


def test_another_employers_lead_finds_nothing(
    team: Team, world: World, signed_in: Callable[[Person], Someone]
) -> None:
    kept, charlie = keep(world, team), signed_in(CHARLIE)
    for path in (f"/teams/{team.id}", f"/teams/{team.id}/snapshots/{kept.id}.csv"):
        assert charlie.get(path, 404).heading == "Page not found"
    assert kept_of(world.as_(ALICE), team.id) == (kept,)
