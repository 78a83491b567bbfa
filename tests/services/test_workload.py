"""What schemes say of a team, a service and one worker; and who may see which."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import NotFoundError, NotSignedInError
from healthcheck.core.permissions import Role
from healthcheck.core.workload.changes import Close, Hours, Move
from healthcheck.core.workload.decisions import Standing as Decided
from healthcheck.core.workload.rates import Row, Standing
from healthcheck.core.workload.schemes import AvailablePoints
from healthcheck.core.workload.team_rules import Details
from healthcheck.services import (
    decisions,
    service_workload,
    snapshots,
    teams,
    workload,
    workload_sums,
)
from healthcheck.storage import roles
from tests import reviewing
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE, SOUTHMERE, VERA
from tests.reviewing import ADA, RHONA
from tests.teams import DAY, MIA, PAT, keep, names, set_up, snapshot, with_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from healthcheck.core.workload.changes import Change
    from healthcheck.core.workload.teams import Kept, Team
    from healthcheck.services.context import Context
    from tests.people import World

RED, AMBER, GREEN = 14, 13, 12
"""How many cases of child protection, 8 points each, bring AB there; full time is 100 points."""


@pytest.fixture
def team(world: World) -> Team:
    with_people(world)
    return set_up(world)


def link(world: World, kept: Kept, name: str = "AB", person: Person = PAT) -> str:
    """Let a worker of the team be somebody's account; return the worker's id."""
    found = teams.team(world.as_(ALICE), kept.team_id)
    (worker,) = [each for each in found.workers if each.name == name]
    teams.change_worker(world.as_(ALICE), found.id, worker.id, name, person.id)
    return worker.id


def asked(ctx: Context, work: Callable[[Context], object]) -> list[str]:
    """What a piece of work asks the database."""
    statements: list[str] = []
    ctx.store.connection.set_trace_callback(statements.append)
    work(ctx)
    ctx.store.connection.set_trace_callback(None)
    return statements


def test_a_team_is_judged_by_each_of_its_schemes(world: World, team: Team) -> None:
    keep(world, team, cases=RED)
    page = workload.team_page(world.as_(MIA), team.id)

    assert page.judged is not None
    assert [each.scheme.id for each in page.judged.results] == [*team.scheme_ids]
    first = page.judged.results[0]
    assert [each.light and each.light.id for each in first.workers] == ["red", "blue"]
    assert [each.name for each in page.needs] == ["AB"]
    assert page.judged.refused == ()


def test_a_scheme_without_figures_for_the_day_says_so(world: World, team: Team) -> None:
    keep(world, team)
    store = world.as_(None).store
    with store.writing():
        store.run("UPDATE snapshots SET taken_on = '2009-01-01'")
    page = workload.team_page(world.as_(ALICE), team.id)

    assert page.judged is not None
    assert [each.scheme.id for each in page.judged.results] == ["simple-count"]
    assert [each.partition(":")[0] for each in page.judged.refused] == [
        "Capacity from contracted hours and protected time",
        "Points per case (North East London)",
    ]
    assert page.needs == ()


def test_a_team_without_a_snapshot_has_nothing_to_show(world: World, team: Team) -> None:
    page = workload.team_page(world.as_(ALICE), team.id)
    assert (page.kept, page.judged, page.trend, page.needs) == (None, None, (), ())
    with pytest.raises(NotFoundError, match="no snapshot of this team yet"):
        workload.what_if(world.as_(ALICE), team.id, ())


def test_an_older_snapshot_can_be_looked_at_and_the_trend_has_all(world: World, team: Team) -> None:
    old = keep(world, team, DAY - timedelta(days=14), GREEN)
    keep(world, team, DAY, RED)
    page = workload.team_page(world.as_(ALICE), team.id, old.id)

    assert page.kept == old
    assert [each.snapshot.taken_on for each in page.trend] == [DAY, old.taken_on]
    assert [each.workers[0].cases for each in page.trend] == [RED, GREEN]
    assert {each.scheme.id for each in page.trend} == {"contracted-hours"}
    assert [each.since for each in page.needs] == [DAY]


def test_what_is_kept_goes_with_every_change_of_its_snapshot(world: World, team: Team) -> None:
    kept = keep(world, team, cases=RED)
    assert len(workload.team_page(world.as_(ALICE), team.id).needs) == 1

    fewer = snapshot(cases=GREEN)
    snapshots.change(world.as_(ALICE), team.id, kept.id, fewer, kept.revision)
    assert workload.team_page(world.as_(ALICE), team.id).needs == ()
    snapshots.delete(world.as_(ALICE), team.id, kept.id, "A mistake.")
    assert workload.team_page(world.as_(ALICE), team.id).trend == ()
    assert world.as_(ALICE).store.rows("SELECT * FROM workload_sums") == []


def test_what_is_kept_names_nobody(world: World, team: Team) -> None:
    keep(world, team, cases=RED)
    sums = world.as_(ALICE).store.rows("SELECT above, sums FROM workload_sums")
    ((of_team,),) = world.as_(ALICE).store.rows("SELECT kept FROM team_sums")
    assert len(sums) == 3
    assert "■ Red, 112%" in of_team
    assert not names("AB", f"{sums}{of_team}")


def shown(ctx: Context) -> list[tuple[date, str, Fraction, list[tuple[str, str, date]]]]:
    """What the page of the service says of each team, in short."""
    page = service_workload.of_service(ctx, NORTHMERE.id)
    return [
        (
            each.sum.taken_on,
            each.sum.scheme.id,
            each.sum.team.load,
            [(need.name, need.said[0].partition(": ")[2], need.since) for need in each.needs],
        )
        for each in page.lines
        if each.sum is not None
    ]


def test_nothing_that_is_kept_is_ever_shown_when_it_is_not_right_any_more(
    world: World, team: Team
) -> None:
    ctx, days = world.as_(ALICE), [DAY - timedelta(days=14 * each) for each in range(3)]
    kept = keep(world, team, days[0], cases=RED)
    said = "■ Red, 112%: 112 of 100 points, 14 cases"
    before = (days[0], "contracted-hours", Fraction(112 + 5), [("AB", said, days[0])])
    assert shown(ctx) == [before]

    earlier = keep(world, team, days[1], cases=RED)
    assert shown(ctx)[0][3] == [("AB", said, days[1])]
    snapshots.change(ctx, team.id, earlier.id, snapshot(days[1], cases=GREEN), earlier.revision)
    assert shown(ctx) == [before]
    snapshots.change(ctx, team.id, earlier.id, snapshot(days[2], cases=AMBER), 2)
    assert shown(ctx)[0][3] == [("AB", said, days[2])]

    worker = kept.snapshot.workers[0]
    teams.change_worker(ctx, team.id, worker.id, "A Brown", None)
    assert shown(ctx)[0][3][0][0] == "A Brown"
    teams.change(ctx, team.id, Details("Duty", "childrens", ("simple-count",), (MIA.id,)))
    assert shown(ctx) == [(days[0], "simple-count", Fraction(RED + 1), [])]
    teams.change(ctx, team.id, Details("Duty", "childrens", team.scheme_ids, (MIA.id,)))
    assert shown(ctx)[0][2] == 112 + 5

    snapshots.delete(ctx, team.id, kept.id, "A mistake.")
    assert [(each[0], each[2]) for each in shown(ctx)] == [(days[2], Fraction(104 + 5))]
    snapshots.delete(ctx, team.id, earlier.id, "A mistake.")
    assert shown(ctx) == []


EARLIER = (
    "INSERT INTO snapshots (id, team_id, taken_on, way, content, revision, saved_by, saved_at)"
    " SELECT 'earlier', team_id, '2026-02-01', way, content, 1, saved_by, saved_at FROM snapshots"
)
MOVED = "UPDATE snapshots SET taken_on = '2026-02-02' WHERE id = 'earlier'"
GONE = "DELETE FROM snapshots WHERE id = 'earlier'"


def test_what_is_kept_of_a_team_goes_however_a_snapshot_comes_changes_or_goes(
    world: World, team: Team
) -> None:
    keep(world, team, cases=RED)
    ctx = world.as_(ALICE)
    for statement, since in ((EARLIER, (2, 1)), (MOVED, (2, 2)), (GONE, (3, 1))):
        with ctx.store.writing():
            if statement is GONE:
                ctx.store.run("DELETE FROM workload_sums WHERE snapshot_id = 'earlier'")
            ctx.store.run(statement)
        assert [each[2] for each in shown(ctx)[0][3]] == [date(2026, *since)]


def test_another_definition_of_a_scheme_is_seen_at_once(world: World, team: Team) -> None:
    keep(world, team, cases=GREEN)
    ctx = world.as_(ALICE)
    assert shown(ctx)[0][3] == []

    scheme = ctx.library.schemes.by_id["contracted-hours"]
    assert isinstance(scheme.rule, AvailablePoints)
    agreed = Row(Fraction(80), DAY, Standing.AGREED)
    target = replace(scheme.rule.target, rows=(*scheme.rule.target.rows, agreed))
    changed = replace(scheme, rule=replace(scheme.rule, target=target))
    schemes = replace(
        ctx.library.schemes,
        by_id={**ctx.library.schemes.by_id, scheme.id: changed},
        digests={**ctx.library.schemes.digests, scheme.id: "another"},
    )
    library = copy(ctx.library)
    library.schemes = schemes
    later = replace(ctx, library=library)
    assert shown(later)[0][3] == [("AB", "■ Red, 120%: 96 of 80 points, 12 cases", DAY)]
    assert len(workload.team_page(later, team.id).needs) == 1
    workload_sums.make_ready(ctx, 0)
    assert shown(replace(ctx, report_version="another"))[0][3] == []


def test_a_server_that_starts_works_out_what_an_upgrade_outdated_as_far_as_pages_need_it(
    world: World, team: Team
) -> None:
    for place, cases in enumerate((RED, GREEN, RED)):
        keep(world, team, DAY - timedelta(days=14 * place), cases)
    keep(world, set_up(world, "Court"), cases=RED)
    upgraded = replace(world.as_(ALICE), report_version="another")
    anew = (
        "SELECT count(DISTINCT snapshot_id) AS n FROM workload_sums GROUP BY made_from ORDER BY n"
    )
    workload_sums.make_ready(upgraded, -1)
    assert upgraded.store.rows(anew) == [(4,)]
    workload_sums.make_ready(upgraded, 60)
    assert upgraded.store.rows(anew) == [(1,), (3,)]
    assert [each[3][0][2] for each in shown(upgraded)] == [DAY, DAY]
    assert len(workload.team_page(upgraded, team.id).trend) == 3
    assert upgraded.store.rows(anew) == [(4,)]

    again = replace(upgraded, report_version="yet another")
    workload_sums.make_ready(again, 60)
    assert not any("INSERT" in each for each in asked(again, read_service))


def test_a_what_if_shows_before_and_after_and_saves_nothing(world: World, team: Team) -> None:
    kept = keep(world, team, cases=RED)
    ab, cd = (each.id for each in kept.snapshot.workers)
    first, second = (each.id for each in kept.snapshot.held[ab][:2])
    changes: list[Change] = [Close(first), Move(second, cd), Hours(cd, "37")]
    tried = workload.what_if(world.as_(MIA), team.id, changes)

    before, after = tried.before.results[0].of, tried.after.results[0].of
    assert [before[ab].light.id, after[ab].light.id] == ["red", "green"]  # type: ignore[union-attr]
    assert (after[ab].cases, after[cd].cases) == (RED - 2, 2)
    assert (tried.changes, len(tried.words), tried.problem) == (tuple(changes), 3, "")
    assert snapshots.newest(world.as_(MIA), team.id) == kept


def test_a_change_that_cannot_be_is_left_out_and_it_says_why(world: World, team: Team) -> None:
    kept = keep(world, team)
    tried = workload.what_if(world.as_(ALICE), team.id, [Close("gone"), Close("other")])
    assert tried.problem == "There is no such case in this snapshot."
    assert tried.changes == (Close("other"),)
    assert len(tried.after.snapshot.cases) == len(kept.snapshot.cases) - 1


def test_somebody_sees_their_own_load_and_nobody_elses(world: World, team: Team) -> None:
    keep(world, team, DAY - timedelta(days=14))
    worker_id = link(world, keep(world, team, cases=AMBER))
    (own,) = workload.own(world.as_(PAT))

    assert (own.worker.id, own.worker.name) == (worker_id, "AB")
    assert own.judged is not None
    assert len(own.trend) == 2
    with pytest.raises(NotFoundError):
        workload.team_page(world.as_(PAT), team.id)
    with pytest.raises(NotFoundError):
        service_workload.of_service(world.as_(PAT), NORTHMERE.id)


def test_who_is_not_in_the_newest_snapshot_has_no_load(world: World, team: Team) -> None:
    worker_id = link(world, keep(world, team))
    alone = snapshot(DAY + timedelta(days=1))
    alone = replace(
        alone,
        workers=alone.workers[1:],
        cases=tuple(each for each in alone.cases if each.worker_id != "ab"),
    )
    snapshots.save(world.as_(ALICE), team.id, alone)
    (own,) = workload.own(world.as_(PAT))
    assert (own.worker.id, own.judged, len(own.trend)) == (worker_id, None, 1)
    assert workload.own(world.as_(MIA)) == ()


@pytest.mark.parametrize("person", [ALICE, BOB, VERA, CHARLIE, RHONA, ADA])
def test_others_have_no_load_of_their_own(world: World, team: Team, person: Person) -> None:
    reviewing.with_basw(world)
    keep(world, team)
    with pytest.raises(NotFoundError):
        workload.own(world.as_(person))


@pytest.mark.parametrize("person", [BOB, VERA, PAT, CHARLIE, RHONA, ADA])
def test_a_team_and_a_service_are_its_managers_and_the_leads(
    world: World, team: Team, person: Person
) -> None:
    reviewing.with_basw(world)
    keep(world, team)
    ctx = world.as_(person)
    for ask in (
        lambda: workload.team_page(ctx, team.id),
        lambda: workload.what_if(ctx, team.id, ()),
        lambda: service_workload.of_service(ctx, NORTHMERE.id),
    ):
        with pytest.raises(NotFoundError):
            ask()
    with pytest.raises(NotSignedInError):
        workload.own(world.as_(None))


def test_a_service_is_the_sum_of_its_teams_and_a_manager_sees_their_own(
    world: World, team: Team
) -> None:
    details = Details("Court", "childrens", ("contracted-hours",))
    other = teams.add(world.as_(ALICE), NORTHMERE.id, details)
    keep(world, team, cases=RED)
    keep(world, other, cases=GREEN)
    empty = set_up(world, "New")
    page = service_workload.of_service(world.as_(ALICE), NORTHMERE.id)

    assert [(each.team.name, each.sum is not None) for each in page.lines] == [
        ("Court", True),
        ("Duty", True),
        ("New", False),
    ]
    (total,) = page.totals
    assert (total.teams, total.workers, total.unallocated) == (2, 4, 2)
    assert total.load.load == 8 * (RED + GREEN) + 2 * 5
    assert [len(each.waiting) for each in page.lines] == [0, 1, 0]
    assert page.lines[1].waiting[0].standing is Decided.UNDECIDED
    mias = service_workload.of_service(world.as_(MIA), NORTHMERE.id)
    assert [each.team.id for each in mias.lines] == [team.id, empty.id]
    assert (page.may_set_up, mias.may_set_up) == (True, False)


def read_service(ctx: Context) -> object:
    return service_workload.of_service(ctx, NORTHMERE.id)


def test_a_service_reads_only_what_is_kept_in_as_many_queries_with_many_teams_and_snapshots(
    world: World, team: Team
) -> None:
    keep(world, team, cases=RED)
    few = {read: len(asked(world.as_(ALICE), read)) for read in (read_service, decisions.waiting)}
    for number in range(4):
        more = set_up(world, f"Team {number}")
        for day in range(3):
            keep(world, more, DAY - timedelta(days=day), cases=RED)
    world_wide = world.as_(None).store
    with world_wide.writing():
        roles.give(world_wide, ALICE.id, Role.LEAD, SOUTHMERE.id)
        world_wide.run("UPDATE teams SET employer_id = 'southmere' WHERE name = 'Team 3'")
    for read, number_of_queries in few.items():
        statements = asked(world.as_(ALICE), read)
        assert len(statements) == number_of_queries < 15
        assert not any(" s.content" in each or "INSERT" in each for each in statements)
    waiting = decisions.waiting(world.as_(ALICE))
    assert [(each.employer, each.count) for each in waiting] == [(NORTHMERE, 4), (SOUTHMERE, 1)]
