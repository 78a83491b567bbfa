"""A plan as a spreadsheet: sent out, filled in by owners, looked at, and saved only as agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from healthcheck.core import plan_workbooks as w
from healthcheck.core import uploads
from healthcheck.core.errors import NotAllowedError, NotFoundError, UnacceptableDetailsError
from healthcheck.core.plan_filters import Filter
from healthcheck.core.plans import Delivery, Details, Owner, Priority, Progress
from healthcheck.core.steps import State
from healthcheck.services import plan_workbooks as workbooks
from healthcheck.services import plans
from healthcheck.storage import assessments as stored
from healthcheck.storage import events
from tests import reviewing
from tests import workbooks as files
from tests.people import ALICE, BOB, CHARLIE, VERA
from tests.reviewing import RHONA

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from healthcheck.core.plans import Action
    from healthcheck.core.sheets import Cell
    from healthcheck.core.uploads import Applied
    from healthcheck.services.plan_workbooks import Looked
    from tests.people import World

Written = dict[tuple[str, str], "Cell"]
ALL = Filter()
SCHEME = Details("Agree a scheme", owner=Owner(person_id=BOB.id, role="HR"), due=date(2026, 9, 1))
ROOMS = Details("Find rooms", owner=Owner("Estates", team="Property"), due=date(2026, 5, 1))


@pytest.fixture
def scheme(world: World) -> Action:
    return plans.add(world.as_(ALICE), world.northmeres.id, SCHEME, question_id="agreed-scheme")


@pytest.fixture
def rooms(world: World, scheme: Action) -> Action:
    assert scheme.number == 1
    return plans.add(world.as_(ALICE), world.northmeres.id, ROOMS, area_id="tools")


def sent_out(world: World, wanted: Filter = ALL, person: Person = ALICE) -> bytes:
    return workbooks.workbook(world.as_(person), world.northmeres.id, wanted)[1]


def look(world: World, content: bytes, written: Written, person: Person = ALICE) -> Looked:
    filled = files.filled_in(content, w.KEY, written)
    return workbooks.look(world.as_(person), world.northmeres.id, filled)


def agree(world: World, looked: Looked, *chosen: Action) -> Applied[Looked]:
    ids = [each.id for each in chosen]
    shown = looked.preview.fingerprint
    return workbooks.apply(world.as_(ALICE), world.northmeres.id, looked.carried, shown, ids)


def now(world: World, action: Action) -> Action:
    return plans.action(world.as_(ALICE), world.northmeres.id, action.id)


def test_an_owner_s_workbook_is_looked_at_and_saved_in_one_go(
    world: World, scheme: Action, rooms: Action
) -> None:
    written: Written = {
        (scheme.id, w.STATUS): "At risk",
        (scheme.id, w.REASON): "The union has not met.",
        (scheme.id, w.RECOVERY): "=Meet in May",
        (scheme.id, w.DUE): date(2026, 10, 1),
        (scheme.id, w.NOTE): "We wrote to them.",
        (rooms.id, w.OWNER): "bob baker",
        (rooms.id, w.PRIORITY): "High",
    }
    looked = look(world, sent_out(world), written)
    assert (looked.preview.bad, looked.preview.conflicts) == ((), ())
    assert now(world, scheme) == scheme

    assert agree(world, looked, scheme, rooms).saved == 2

    saved = now(world, scheme)
    assert saved.details.due == date(2026, 10, 1)
    assert saved.progress == Progress(Delivery.AT_RISK, "The union has not met.", "=Meet in May")
    (note,) = plans.plan(world.as_(ALICE), world.northmeres.id).notes[scheme.id]
    assert (note.text, note.way, note.written_by) == ("We wrote to them.", "workbook", ALICE.name)
    _, dated, reported = plans.history(world.as_(ALICE), world.northmeres.id, scheme.id)
    assert (dated.way, dated.reason) == ("workbook", workbooks.REASON)
    assert reported.way == "workbook"
    moved = now(world, rooms)
    assert moved.details.owner == Owner(BOB.name, "HR", "", BOB.email, BOB.id)
    assert moved.details.priority is Priority.HIGH
    store = world.as_(ALICE).store
    assert len(events.timeline(store, world.northmeres.id, "progress reported")) == 1
    again = look(world, sent_out(world), {(rooms.id, w.NOTE): "Two are free."})
    assert [each.action.id for each in again.preview.changes] == [rooms.id]
    assert agree(world, again, rooms).saved == 1
    assert not look(world, sent_out(world), {}).preview.can_be_applied


def test_what_somebody_changed_meanwhile_stays_unless_ticked(
    world: World, scheme: Action, rooms: Action
) -> None:
    content = sent_out(world)
    theirs = replace(now(world, scheme).details, due=date(2026, 12, 1))
    plans.change(world.as_(ALICE), world.northmeres.id, scheme.id, theirs, 1)
    plans.change(world.as_(ALICE), world.northmeres.id, rooms.id, replace(ROOMS, target="5"), 1)
    written: Written = {(scheme.id, w.DUE): date(2026, 10, 1)}

    looked = look(world, content, written)

    assert [each.action.id for each in looked.preview.conflicts] == [scheme.id]
    assert looked.preview.changes == ()
    with pytest.raises(UnacceptableDetailsError, match="No action was ticked"):
        agree(world, looked)
    agree(world, looked, scheme)
    assert now(world, scheme).details.due == date(2026, 10, 1)
    assert now(world, rooms).details.target == "5"


def test_what_changes_between_look_and_agreement_saves_nothing(
    world: World, scheme: Action
) -> None:
    looked = look(world, sent_out(world), {(scheme.id, w.DUE): date(2026, 10, 1)})
    plans.report_progress(
        world.as_(BOB), world.northmeres.id, scheme.id, Progress(Delivery.CANCELLED, "Gone."), "", 1
    )
    done = agree(world, looked, scheme)
    assert done.moved is not None
    assert [each.action.id for each in done.moved.preview.conflicts] == [scheme.id]
    assert now(world, scheme).details.due == SCHEME.due


def test_a_file_made_from_a_state_nobody_knows_counts_as_made_from_now(
    world: World, scheme: Action
) -> None:
    written: Written = {(scheme.id, w.REVISION): 99.0, (scheme.id, w.DUE): date(2026, 10, 1)}
    looked = look(world, sent_out(world), written)
    assert [each.action.id for each in looked.preview.conflicts] == [scheme.id]


def test_the_board_s_filter_says_what_is_in_the_file(
    world: World, scheme: Action, rooms: Action
) -> None:
    name, content = workbooks.workbook(
        world.as_(VERA), world.northmeres.id, Filter(owner="estates")
    )
    assert name == f"plan-{world.northmeres.reference}.xlsx"
    assert files.cells_of(content, w.KEY).keys() == {rooms.id}
    name, table = workbooks.table(world.as_(VERA), world.northmeres.id, ALL)
    assert name == f"plan-{world.northmeres.reference}.csv"
    assert len(table.decode("utf-8-sig").splitlines()) == 3
    assert scheme.reference in table.decode("utf-8-sig")


def test_csv_comes_back_as_well(world: World, rooms: Action) -> None:
    table = workbooks.table(world.as_(ALICE), world.northmeres.id, ALL)[1].decode("utf-8-sig")
    later = table.replace("2026-05-01", "1/6/2026").encode("cp1252")
    looked = workbooks.look(world.as_(ALICE), world.northmeres.id, later)
    assert [(each.action.id, each.details.due) for each in looked.preview.changes] == [
        (rooms.id, date(2026, 6, 1))
    ]


def test_only_a_lead_uploads_and_nobody_of_another_employer_sees_it(
    world: World, scheme: Action
) -> None:
    content = sent_out(world)
    looked = look(world, content, {(scheme.id, w.PRIORITY): "Low"})
    carried, agreed = looked.carried, looked.preview.fingerprint
    for person, error in (
        (BOB, NotAllowedError),
        (VERA, NotAllowedError),
        (CHARLIE, NotFoundError),
    ):
        with pytest.raises(error):
            look(world, content, {}, person)
        with pytest.raises(error):
            workbooks.apply(world.as_(person), world.northmeres.id, carried, agreed, [scheme.id])
    for send in (workbooks.workbook, workbooks.table):
        with pytest.raises(NotFoundError):
            send(world.as_(CHARLIE), world.northmeres.id, ALL)
    theirs = workbooks.look(world.as_(CHARLIE), world.southmeres.id, content)
    assert not theirs.preview.can_be_applied
    assert now(world, scheme) == scheme


def test_basw_sees_the_plan_once_accepted_without_addresses(world: World, scheme: Action) -> None:
    reviewing.with_basw(world)
    with pytest.raises(NotFoundError):
        sent_out(world, person=RHONA)
    store = world.as_(ALICE).store
    with store.writing():
        stored.move(store, world.northmeres.id, State.NOT_STARTED, State.ACCEPTED, world.clock())
    assert files.cells_of(sent_out(world), w.KEY)[scheme.id]["Owner’s e-mail"] == BOB.email
    assert files.cells_of(sent_out(world, person=RHONA), w.KEY)[scheme.id]["Owner’s e-mail"] is None


def test_a_name_that_two_people_share_names_neither(world: World, scheme: Action) -> None:
    shared = replace(SCHEME, owner=Owner(person_id=VERA.id))
    plans.add(world.as_(ALICE), world.northmeres.id, shared)
    store = world.as_(ALICE).store
    with store.writing():
        store.run("UPDATE people SET name = 'Bob Baker' WHERE id = ?", VERA.id)
    looked = look(world, sent_out(world), {(scheme.id, w.OWNER): "Bob  Baker "})
    assert not looked.preview.can_be_applied
    other = plans.add(world.as_(ALICE), world.northmeres.id, ROOMS)
    looked = look(world, sent_out(world), {(other.id, w.OWNER): "Bob Baker"})
    assert looked.preview.changes[0].details.owner == Owner("Bob Baker")


def test_what_no_look_gave_is_refused(world: World, scheme: Action) -> None:
    with pytest.raises(UnacceptableDetailsError, match="not what was shown"):
        workbooks.apply(world.as_(ALICE), world.northmeres.id, "nonsense", "", [scheme.id])


def test_a_look_has_a_limit(world: World, scheme: Action, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST_PREVIEW", 20)
    with pytest.raises(UnacceptableDetailsError, match="more text than can be looked at"):
        look(world, sent_out(world), {(scheme.id, w.PRIORITY): "Low"})
