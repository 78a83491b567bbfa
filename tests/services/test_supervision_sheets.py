"""Supervision sheets: for the worker alone and whoever keeps the caseload; one kept a worker."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import NoRateError, NotFoundError, ReportFailedError
from healthcheck.services import snapshots, teams
from healthcheck.services import supervision_sheets as sheets
from healthcheck.storage import reports as stored
from tests import reviewing
from tests.people import ALICE, BOB, CHARLIE, VERA
from tests.reviewing import ADA, RHONA
from tests.teams import DAY, MIA, PAT, keep, kept_of, names, set_up, with_people

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from healthcheck.core.workload.teams import Team
    from tests.people import Clock, World


@pytest.fixture
def team(world: World) -> Team:
    with_people(world)
    return set_up(world)


@pytest.fixture
def workers(world: World, team: Team) -> tuple[str, str]:
    """AB, who is Pat, and CD, who is nobody with an account."""
    first, second = (each.id for each in keep(world, team).snapshot.workers)
    teams.change_worker(world.as_(ALICE), team.id, first, "AB", PAT.id)
    return first, second


def html(world: World, key: str) -> str:
    ((page,),) = world.as_(None).store.rows("SELECT html FROM report_jobs WHERE key = ?", key)
    return str(page)


@pytest.mark.parametrize("person", [ALICE, MIA, PAT])
def test_a_sheet_holds_one_worker_and_none_of_the_others(
    world: World, team: Team, workers: tuple[str, str], person: Person
) -> None:
    job = sheets.ask(world.as_(person), team.id, workers[0])
    page = html(world, job.key)

    assert job.assessment_id is None
    assert "AB" in page
    assert not names("CD", page)
    assert "C-7" not in page
    assert sheets.offer(world.as_(person), team.id, workers[0]).is_own is (person is PAT)


def test_the_same_sheet_is_made_once_and_only_the_newest_is_kept(
    world: World, team: Team, workers: tuple[str, str], clock: Clock
) -> None:
    job = sheets.ask(world.as_(PAT), team.id, workers[0])
    assert sheets.ask(world.as_(ALICE), team.id, workers[0]) == job
    clock.forward(timedelta(days=1))
    other = sheets.ask(world.as_(ALICE), team.id, workers[1])
    after = sheets.ask(world.as_(PAT), team.id, workers[0])

    keys = {key for (key,) in world.as_(None).store.rows("SELECT key FROM report_jobs")}
    assert keys == {after.key, other.key}
    with pytest.raises(NotFoundError, match="Ask for it again"):
        sheets.progress(world.as_(PAT), team.id, workers[0], job.key)


@pytest.mark.parametrize("how", ["renamed", "deleted"])
def test_a_sheet_goes_with_the_name_or_the_snapshot_it_was_made_from(
    world: World, team: Team, workers: tuple[str, str], how: str
) -> None:
    sheets.ask(world.as_(PAT), team.id, workers[0])
    alice = world.as_(ALICE)
    if how == "renamed":
        teams.change_worker(alice, team.id, workers[0], "Another", PAT.id)
    else:
        (kept,) = kept_of(alice, team.id)
        snapshots.delete(alice, team.id, kept.id, "It named a client.", wipes=True)
    assert alice.store.rows("SELECT key FROM report_jobs") == []


def test_a_finished_sheet_is_downloaded_and_that_is_an_event(
    world: World, team: Team, workers: tuple[str, str]
) -> None:
    pat = world.as_(PAT)
    key = sheets.ask(pat, team.id, workers[0]).key
    with pytest.raises(NotFoundError, match="not ready yet"):
        sheets.download(pat, team.id, workers[0], key)
    with pat.store.writing():
        stored.finish(pat.store, key, b"%PDF")
    assert sheets.download(pat, team.id, workers[0], key) == b"%PDF"
    kinds = [kind for (kind,) in pat.store.rows("SELECT kind FROM events ORDER BY number DESC")]
    assert kinds[:2] == [sheets.DOWNLOADED, sheets.ASKED]


def test_one_that_failed_says_why_and_can_be_asked_for_again(
    world: World, team: Team, workers: tuple[str, str]
) -> None:
    pat = world.as_(PAT)
    key = sheets.ask(pat, team.id, workers[0]).key
    with pat.store.writing():
        stored.fail(pat.store, key, "It took too long.")
    with pytest.raises(ReportFailedError, match="too long"):
        sheets.download(pat, team.id, workers[0], key)
    assert sheets.ask(pat, team.id, workers[0]).state == "waiting"


def test_without_a_snapshot_there_is_no_sheet(
    world: World, team: Team, workers: tuple[str, str]
) -> None:
    store = world.as_(None).store
    with store.writing():
        store.run("UPDATE snapshots SET deleted_at = 'now', deleted_by = 'alice'")
    assert sheets.offer(world.as_(PAT), team.id, workers[0]).own.why_nothing == (
        "There is no snapshot of this team yet."
    )
    with pytest.raises(NotFoundError, match="no snapshot"):
        sheets.ask(world.as_(PAT), team.id, workers[0])


def test_what_keeps_a_sheet_from_being_made_is_said(
    world: World, team: Team, workers: tuple[str, str]
) -> None:
    alice = world.as_(ALICE)
    dated = set_up(world, "Court", ("hours-planner",))
    kept = keep(world, dated, date(2010, 3, 1))
    ab = kept.snapshot.workers[0].id
    with pytest.raises(NoRateError, match=r"\(hours\): .* no working month for 1 March 2010"):
        sheets.ask(alice, dated.id, ab)
    with alice.store.writing():
        alice.store.run("UPDATE teams SET schemes = '[\"gone\"]'")
    with pytest.raises(NotFoundError, match="None of this team’s schemes is here any more"):
        sheets.ask(alice, team.id, workers[0])
    keep(world, team, DAY + timedelta(days=1), 0)
    with alice.store.writing():
        alice.store.run("INSERT INTO workers VALUES ('new', ?, 'Nina', 'now')", team.id)
    with pytest.raises(NotFoundError, match="Nina is not in the newest snapshot"):
        sheets.ask(alice, team.id, "new")


@pytest.mark.parametrize("person", [BOB, VERA, CHARLIE, RHONA, ADA])
def test_nobody_else_gets_a_sheet_and_a_worker_none_of_a_colleague(
    world: World, team: Team, workers: tuple[str, str], person: Person
) -> None:
    reviewing.with_basw(world)
    mine = sheets.ask(world.as_(PAT), team.id, workers[0]).key
    theirs = sheets.ask(world.as_(ALICE), team.id, workers[1]).key
    for who, worker, key in ((person, workers[0], mine), (PAT, workers[1], theirs)):
        for ask in (
            lambda ctx, worker, _key: sheets.offer(ctx, team.id, worker),
            lambda ctx, worker, _key: sheets.ask(ctx, team.id, worker),
            lambda ctx, worker, key: sheets.progress(ctx, team.id, worker, key),
            lambda ctx, worker, key: sheets.download(ctx, team.id, worker, key),
        ):
            with pytest.raises(NotFoundError):
                ask(world.as_(who), worker, key)
    with pytest.raises(NotFoundError):
        sheets.progress(world.as_(PAT), team.id, workers[0], theirs)
