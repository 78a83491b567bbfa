from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from healthcheck.core.errors import (
    NotFoundError,
    StepRefusedError,
    UnacceptableDetailsError,
)
from healthcheck.core.workload.snapshots import Case, Reduction, Snapshot
from healthcheck.core.workload.team_rules import Details
from healthcheck.core.workload.teams import Listed, Way
from healthcheck.services import export, snapshot_drafts, snapshot_typing, snapshots, teams
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE, SOUTHMERE
from tests.teams import DAY, MIA, PAT, SCHEMES, keep, kept_of, names, set_up, snapshot, with_people

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from healthcheck.core.workload.teams import Team
    from healthcheck.services.context import Context
    from tests.people import World

PASTE = "Name\tHours\tCIN\nAB\t37\t2\nCD\t20\t1"


@pytest.fixture
def team(world: World) -> Team:
    with_people(world)
    return set_up(world)


@pytest.fixture
def mia(world: World, team: Team) -> Context:
    assert MIA in team.managers
    return world.as_(MIA)


def saved(world: World) -> list[tuple[str, dict[str, object]]]:
    rows = world.as_(None).store.rows(
        "SELECT kind, detail FROM events WHERE kind LIKE 'snapshot%' ORDER BY number"
    )
    return [(kind, json.loads(detail)) for kind, detail in rows]


def test_a_snapshot_is_kept_to_the_last_part(mia: Context, team: Team, world: World) -> None:
    off = (
        Reduction(Fraction(7), "hours", "Union", DAY, None),
        Reduction(Fraction(1, 3), "points", "Duty", None, DAY),
    )
    given = snapshot()
    ab = replace(
        given.workers[0],
        grade="Senior",
        full_time_hours=Fraction(35),
        reductions=off,
        scores={"indirect": Fraction(5, 2)},
    )
    rich = Case(
        id="rich",
        worker_id="ab",
        scores={"risk": Fraction(3)},
        hours=Fraction(29, 4),
        agreed_by_supervisor=True,
        factors=frozenset(),
        judged={"urgency": "today"},
    )
    looked = Case(id="looked", worker_id=None, factors=frozenset({"b", "a"}))
    given = replace(given, workers=(ab, given.workers[1]), cases=(*given.cases, rich, looked))
    kept = snapshots.save(mia, team.id, given, way=Way.TYPED)

    assert kept_of(mia, team.id) == (kept,)
    assert snapshots.snapshot(world.as_(ALICE), team.id, kept.id) == kept
    assert (kept.way, kept.revision, kept.saved_by) == (Way.TYPED, 1, "Mia Mason")
    first, second = kept.snapshot.workers
    ids = {"ab": first.id, "cd": second.id, None: None}
    assert first == replace(ab, id=first.id)
    expected = [replace(each, worker_id=ids[each.worker_id]) for each in given.cases]
    assert [*kept.snapshot.cases] == expected
    ((kind, detail),) = saved(world)
    assert kind == "snapshot saved"
    assert (detail["workers"], detail["cases"], detail["taken_on"]) == (2, 7, "2026-03-01")
    assert not names("AB", json.dumps(detail))


def test_workers_are_the_same_in_every_snapshot(mia: Context, team: Team) -> None:
    first = snapshots.save(mia, team.id, snapshot(DAY - timedelta(days=30)))
    again = snapshot()
    renamed = replace(again, workers=(replace(again.workers[0], name="ab "), *again.workers[1:]))
    second = snapshots.save(mia, team.id, renamed)
    assert [each.id for each in first.snapshot.workers] == [
        each.id for each in second.snapshot.workers
    ]
    assert [each.name for each in teams.team(mia, team.id).workers] == ["AB", "CD"]
    assert [each.id for each in kept_of(mia, team.id)] == [second.id, first.id]
    assert snapshots.newest(mia, team.id) == second


def test_the_newest_of_each_team_of_a_service(mia: Context, team: Team, world: World) -> None:
    details = Details("Court", "adults", SCHEMES)
    court = teams.add(world.as_(ALICE), NORTHMERE.id, details)
    keep(world, team, DAY - timedelta(days=9))
    saved = keep(world, team)
    alice = world.as_(ALICE)
    of = teams.team(alice, team.id)
    newest = Listed(saved.id, DAY, 2, 5, 1, ALICE.name, saved.saved_at)
    assert snapshots.latest_of(alice, NORTHMERE.id) == ((court, None), (of, newest))
    assert snapshots.latest_of(alice, NORTHMERE.id, "childrens") == ((of, newest),)
    assert snapshots.latest_of(mia, NORTHMERE.id) == ((of, newest),)
    assert snapshots.latest_of(world.as_(CHARLIE), SOUTHMERE.id) == ()
    assert [each.taken_on for each in snapshots.listed(mia, team.id)] == [
        DAY, DAY - timedelta(days=9)
    ]  # fmt: skip
    assert snapshots.listed(mia, team.id)[0] == newest


def test_many_teams_take_as_many_queries_as_one(mia: Context, team: Team, world: World) -> None:
    def queries() -> int:
        asked: list[str] = []
        mia.store.connection.set_trace_callback(asked.append)
        snapshots.latest_of(mia, NORTHMERE.id)
        mia.store.connection.set_trace_callback(None)
        return len(asked)

    keep(world, team)
    first = queries()
    for name in ("Court", "Leaving care"):
        keep(world, set_up(world, name))
    assert queries() == first


@pytest.mark.parametrize("person", [BOB, PAT, CHARLIE])
def test_nobody_else_reads_changes_or_deletes(world: World, team: Team, person: Person) -> None:
    kept, ctx = keep(world, team), world.as_(person)
    for act in (
        lambda: snapshots.snapshot(ctx, team.id, kept.id),
        lambda: snapshots.save(ctx, team.id, snapshot()),
        lambda: snapshots.change(ctx, team.id, kept.id, snapshot(), 1),
        lambda: snapshots.delete(ctx, team.id, kept.id, "Mine."),
        lambda: snapshot_drafts.from_text(ctx, team.id, PASTE, DAY),
        lambda: snapshot_drafts.from_file(ctx, team.id, b"", DAY),
        lambda: snapshot_drafts.as_tables(ctx, team.id, kept.id),
        lambda: snapshot_typing.step(ctx, team.id, "", DAY, "put worker", {}),
    ):
        with pytest.raises(NotFoundError):
            act()
    assert [kind for kind, _ in saved(world)] == ["snapshot saved"]


def test_a_snapshot_of_another_team_is_not_found(mia: Context, team: Team, world: World) -> None:
    other = set_up(world, "Court")
    kept = keep(world, other)
    with pytest.raises(NotFoundError, match="no such snapshot"):
        snapshots.snapshot(mia, team.id, kept.id)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (snapshot(date(2026, 3, 3)), "still to come"),
        (Snapshot("Duty", DAY, (), ()), "nobody in this team"),
        (
            replace(snapshot(), cases=(Case(id="1", worker_id=None, reference="John Smith"),)),
            "what looks like a name",
        ),
        (replace(snapshot(), cases=(Case(id="1", worker_id="zz"),)), "no worker “zz”"),
    ],
)
def test_what_cannot_be_kept_leaves_nothing(
    mia: Context, team: Team, given: Snapshot, sentence: str
) -> None:
    with pytest.raises(UnacceptableDetailsError, match=sentence):
        snapshots.save(mia, team.id, given)
    assert kept_of(mia, team.id) == ()
    assert teams.team(mia, team.id).workers == ()


def test_many_sentences_are_counted_at_the_end(mia: Context, team: Team) -> None:
    cases = tuple(Case(id="1", worker_id=f"w{each}") for each in range(12))
    with pytest.raises(UnacceptableDetailsError, match=r" 3 more\.$"):
        snapshots.save(mia, team.id, replace(snapshot(), cases=cases))


def test_a_team_has_one_snapshot_a_day(mia: Context, team: Team, world: World) -> None:
    kept = keep(world, team)
    other = keep(world, team, DAY - timedelta(days=1))
    with pytest.raises(UnacceptableDetailsError, match="a snapshot of 1 March 2026 already"):
        keep(world, team)
    with pytest.raises(UnacceptableDetailsError, match="already"):
        snapshots.change(mia, team.id, other.id, snapshot(), 1)
    snapshots.delete(mia, team.id, kept.id, "Wrong team.")
    assert keep(world, team).taken_on == DAY


def test_a_change_replaces_and_a_stale_one_is_refused(
    mia: Context, team: Team, world: World
) -> None:
    kept = keep(world, team)
    changed = snapshots.change(mia, team.id, kept.id, snapshot(cases=1), 1)
    assert (changed.revision, len(changed.snapshot.cases)) == (2, 3)
    assert kept_of(mia, team.id) == (changed,)
    with pytest.raises(StepRefusedError, match="Mia Mason changed this snapshot"):
        snapshots.change(world.as_(ALICE), team.id, kept.id, snapshot(cases=9), 1)
    assert [kind for kind, _ in saved(world)] == ["snapshot saved", "snapshot changed"]


@pytest.mark.parametrize("wipes", [False, True])
def test_a_deleted_snapshot_stays_on_the_record(
    mia: Context, team: Team, world: World, *, wipes: bool
) -> None:
    kept = keep(world, team)
    with pytest.raises(UnacceptableDetailsError, match="Say why"):
        snapshots.delete(mia, team.id, kept.id, " ")
    snapshots.delete(mia, team.id, kept.id, "Of another team.", wipes=wipes)
    assert kept_of(mia, team.id) == ()
    assert snapshots.newest(mia, team.id) is None
    (left,) = snapshots.deleted(mia, team.id)
    assert (left.taken_on, left.deleted_by, left.reason) == (DAY, "Mia Mason", "Of another team.")
    row = mia.store.row("SELECT content FROM snapshots")
    assert (row == ("",)) is wipes
    assert saved(world)[1][0] == ("snapshot wiped" if wipes else "snapshot deleted")


def test_one_that_was_changed_since_is_not_deleted_by_who_has_not_seen_it(
    mia: Context, team: Team, world: World
) -> None:
    kept = keep(world, team)
    changed = snapshots.change(world.as_(ALICE), team.id, kept.id, snapshot(cases=1), 1)
    with pytest.raises(StepRefusedError, match="Alice Archer changed this snapshot"):
        snapshots.delete(mia, team.id, kept.id, "Wrong.", based_on=1)
    assert kept_of(mia, team.id) == (changed,)
    snapshots.delete(mia, team.id, kept.id, "Wrong.", based_on=2)
    assert kept_of(mia, team.id) == ()


def test_what_a_deleted_snapshot_said_can_be_wiped_afterwards(
    mia: Context, team: Team, world: World
) -> None:
    kept = keep(world, team)
    with pytest.raises(NotFoundError, match="no deleted snapshot"):
        snapshots.wipe(mia, team.id, kept.id)
    snapshots.delete(mia, team.id, kept.id, "Wrong.")
    teams.close(world.as_(ALICE), team.id, "It was merged.")
    assert [each.is_wiped for each in snapshots.deleted(mia, team.id)] == [False]
    for person in (BOB, PAT, CHARLIE):
        with pytest.raises(NotFoundError):
            snapshots.wipe(world.as_(person), team.id, kept.id)
    snapshots.wipe(mia, team.id, kept.id)
    assert mia.store.rows("SELECT content FROM snapshots") == [("",)]
    (left,) = snapshots.deleted(mia, team.id)
    assert (left.is_wiped, left.reason) == (True, "Wrong.")
    assert [kind for kind, _ in saved(world)][-2:] == ["snapshot deleted", "snapshot wiped"]
    with pytest.raises(NotFoundError, match="no deleted snapshot"):
        snapshots.wipe(mia, team.id, kept.id)


def test_a_paste_is_looked_at_and_then_saved_as_it_was_seen(mia: Context, team: Team) -> None:
    looked = snapshot_drafts.from_text(mia, team.id, PASTE, DAY)
    assert looked.can_be_saved
    assert kept_of(mia, team.id) == ()
    kept = snapshot_drafts.save(mia, team.id, looked.carried, DAY, Way.PASTED)
    assert len(kept.snapshot.cases) == 3
    assert [each.contracted_hours for each in kept.snapshot.workers] == [37, 20]
    again = snapshot_drafts.from_text(mia, team.id, PASTE, DAY)
    assert again.problem.startswith("There is a snapshot of 1 March 2026 already.")
    assert not again.can_be_saved


def test_a_file_and_a_paste_that_say_nothing_are_refused(mia: Context, team: Team) -> None:
    made = snapshot_drafts.from_file(mia, team.id, PASTE.replace("\t", ";").encode(), DAY)
    assert len(made.read.snapshot.cases) == 3
    for looked in (
        snapshot_drafts.from_file(mia, team.id, b"", DAY),
        snapshot_drafts.from_text(mia, team.id, " \n", DAY),
        snapshot_drafts.from_text(mia, team.id, 3_000_001 * "x", DAY),
    ):
        assert [each.place for each in looked.read.bad] == ["The whole"]
        assert not looked.carried


def test_what_a_browser_sends_back_is_held_to_the_rules_again(mia: Context, team: Team) -> None:
    with pytest.raises(UnacceptableDetailsError, match=r"Line 2, reference: .* looks like a name"):
        snapshot_drafts.save(mia, team.id, "worker\treference\nAB\tJohn Smith", DAY, Way.PASTED)
    with pytest.raises(UnacceptableDetailsError, match="nobody in this team"):
        snapshot_drafts.save(mia, team.id, "", DAY, Way.PASTED)


def test_the_last_one_is_copied_and_changed(mia: Context, team: Team, world: World) -> None:
    first = keep(world, team, DAY - timedelta(days=28))
    draft = snapshot_drafts.copied(mia, team.id, first, DAY)
    ids = [replace(each, id=f"c{n}") for n, each in enumerate(first.snapshot.cases, 1)]
    assert draft.read.snapshot == replace(first.snapshot, taken_on=DAY, cases=tuple(ids))
    now = snapshot_typing.step(mia, team.id, draft.carried, DAY, "drop case:c1", {})
    now = snapshot_typing.step(
        mia, team.id, now.looked.carried, DAY, "put worker", {"worker": "EF"}
    )
    kept = snapshot_drafts.save(mia, team.id, now.looked.carried, DAY, Way.COPIED)
    assert (len(kept.snapshot.cases), len(kept.snapshot.workers)) == (4, 3)
    assert [each.id for each in kept.snapshot.workers[:2]] == [
        each.id for each in first.snapshot.workers
    ]


def test_a_team_is_typed_step_by_step(mia: Context, team: Team) -> None:
    now = snapshot_typing.begin(mia, snapshot_drafts.copied(mia, team.id, None, DAY))
    said = [
        ("put worker", {"worker": "AB", "contracted-hours": "37"}),
        ("put case", {"worker": "worker-1", "kind": "child-in-need", "reference": "C-1"}),
        ("put case", {"kind": "care-leaver", "number": "2"}),
        ("say nothing", {}),
        ("put nothing", {}),
        ("fetch case:c1", {}),
    ]
    for do, fields in said:
        now = snapshot_typing.step(mia, team.id, now.looked.carried, DAY, do, fields)
        assert now.problems == {}
    assert (now.part, now.changes, now.case["reference"]) == ("case", "c1", "C-1")
    change = {**now.case, "reference": "C-2"}
    carried = now.looked.carried
    now = snapshot_typing.step(mia, team.id, carried, DAY, "put case", change, changes="c1")
    assert [each.reference for each in now.looked.read.snapshot.cases] == ["C-2", "", ""]
    carried = now.looked.carried
    wrong = snapshot_typing.step(mia, team.id, carried, DAY, "put case", {"number": "x"})
    assert [*wrong.problems] == ["number"]
    held = snapshot_typing.step(mia, team.id, carried, DAY, "drop worker:worker-1", {})
    assert "AB still has 1 case." in held.problems["team"]
    shown = snapshot_typing.step(mia, team.id, carried, DAY, "fetch worker:worker-1", {})
    assert shown.worker["contracted-hours"] == "37"
    with pytest.raises(NotFoundError):
        snapshot_typing.step(mia, team.id, carried, DAY, "drop case:c9", {})
    broken = snapshot_typing.step(mia, team.id, "nonsense", DAY, "put worker", {"worker": "X"})
    assert broken.looked.read.bad


def test_an_export_holds_every_team_and_snapshot(team: Team, world: World) -> None:
    kept, alice = keep(world, team), world.as_(ALICE)
    gone = keep(world, team, DAY - timedelta(days=1))
    snapshots.delete(alice, team.id, gone.id, "Of another team.")
    teams.close(alice, team.id, "Merged.")
    whole = BytesIO()
    export.export(alice, NORTHMERE.id, whole)
    folder = f"teams/Duty {team.id[:4]}"
    with ZipFile(whole) as files:
        told = json.loads(files.read(f"{folder}/team.json"))
        table = files.read(f"{folder}/2026-03-01.csv")
        assert not [each for each in files.namelist() if gone.taken_on.isoformat() in each]
    assert (told["name"], told["deleted_snapshots"][0]["reason"]) == ("Duty", "Of another team.")
    other = set_up(world, "Court")
    looked = snapshot_drafts.from_file(alice, other.id, table, DAY)
    assert looked.read.bad == ()
    assert len(looked.read.snapshot.cases) == len(kept.snapshot.cases)


def test_what_was_looked_at_can_be_saved_whole_or_is_refused(
    world: World, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    mia = world.as_(MIA)
    lines = "worker\treference\nAB\tC-1\n" + 20_000 * "\n"
    assert not snapshot_drafts.from_text(mia, team.id, lines, DAY).can_be_saved
    assert snapshot_drafts.from_carried(mia, team.id, lines, DAY).can_be_saved

    text = "Worker\tReference\nAB\tC-1\n"
    looked = snapshot_drafts.from_text(mia, team.id, text, DAY)
    monkeypatch.setattr(snapshot_drafts, "LONGEST_PASTE", len(looked.carried) - 1)
    with pytest.raises(UnacceptableDetailsError, match="too much in it"):
        snapshot_drafts.save(mia, team.id, looked.carried, DAY, Way.PASTED)
    assert not snapshot_drafts.from_file(mia, team.id, text.encode(), DAY).can_be_saved
    monkeypatch.undo()
    for make in (snapshot_drafts.from_text, snapshot_drafts.from_carried):
        (bad,) = make(mia, team.id, f"{text}{200_000 * 'A'}", DAY).read.bad
        assert "a cell is much too long" in bad.sentence
