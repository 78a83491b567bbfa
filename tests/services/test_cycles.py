from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.answers import Entry
from healthcheck.core.cycles import Cycle, Stage
from healthcheck.core.employers import Details
from healthcheck.core.errors import (
    NotAllowedError,
    NotFoundError,
    NotReadyError,
    NotSignedInError,
    UnacceptableDetailsError,
)
from healthcheck.core.facts import Audience
from healthcheck.core.sign_off import Attestation
from healthcheck.core.steps import State, Step
from healthcheck.services import beginning, cycles, open_now, sign_off, steps
from healthcheck.services.assessments import mine, save_topic, start
from healthcheck.storage import assessments as stored_assessments
from healthcheck.storage import cycles as stored
from healthcheck.storage import employers as stored_employers
from healthcheck.storage import events
from tests import plans
from tests.letters import sent
from tests.people import ALICE, CHARLIE, DUE, NORTHMERE, NOW, SOUTHMERE, offer
from tests.reviewing import ADA, ANSWERS, CONSULTATION, OLIVE, RHONA, save, submit, with_basw

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.services.context import Context
    from tests.people import World

NEXT = Cycle("", "small-check", "2027", "", date(2026, 3, 1), date(2027, 9, 30), date(2027, 12, 1))
A_DAY = timedelta(days=1)


@pytest.fixture
def ada(world: World) -> Context:
    """BASW's administrator, and two employers that assess both services."""
    with_basw(world)
    ctx = world.as_(ADA)
    with ctx.store.writing():
        for employer in (NORTHMERE, SOUTHMERE):
            stored_employers.assesses(ctx.store, employer.id, "adults")
    return ctx


def made(ctx: Context, cycle: Cycle) -> list[tuple[str, str]]:
    return [(each.employer_id, each.service) for each in stored.standings(ctx.store, cycle)]


def later(ctx: Context, day: date) -> Context:
    return replace(ctx, now=datetime.combine(day, NOW.timetz()))


def test_opening_a_cycle_gives_every_service_of_every_employer_a_health_check(
    ada: Context,
) -> None:
    cycle = cycles.open_cycle(ada, NEXT)
    newest = ada.library.newest("small-check")
    assert replace(cycle, id="") == replace(NEXT, edition=newest)
    assert made(ada, cycle) == [
        (NORTHMERE.id, "adults"),
        (NORTHMERE.id, "childrens"),
        (SOUTHMERE.id, "adults"),
        (SOUTHMERE.id, "childrens"),
    ]
    standings = stored.standings(ada.store, cycle)
    assert {(each.state, each.due) for each in standings} == {(State.NOT_STARTED, NEXT.due)}
    assert len({each.assessment_id for each in standings}) == 4
    assert all(each.reference.startswith("HC-2027-") for each in standings)


def test_an_opened_health_check_is_there_for_its_lead_and_for_nobody_else(
    ada: Context, world: World
) -> None:
    cycle = cycles.open_cycle(ada, replace(NEXT, edition="2026"))
    (its, _) = [each for each in mine(world.as_(ALICE)) if each.assessment.cycle == cycle.name]
    assert (its.assessment.employer, its.assessment.edition) == (NORTHMERE, "2026")
    assert its.assessment.digest == ada.library.digest("small-check", "2026")
    assert {each.assessment.employer for each in mine(world.as_(CHARLIE))} == {SOUTHMERE}


def test_who_is_invited_can_be_told_by_nation_type_and_service(ada: Context) -> None:
    only = Audience(service=("adults",), nation=("england",), employer_type=("council",))
    assert made(ada, cycles.open_cycle(ada, NEXT, only)) == [(NORTHMERE.id, "adults")]
    nobody = cycles.open_cycle(ada, replace(NEXT, name="2028"), None)
    assert made(ada, nobody) == []


def test_what_was_done_is_in_the_record(ada: Context) -> None:
    cycle = cycles.open_cycle(ada, NEXT, Audience(nation=("england",), service=("adults",)))
    rows = ada.store.rows(
        "SELECT kind, person_id, employer_id FROM events ORDER BY number DESC LIMIT 2"
    )
    assert rows == [
        ("assessment started", ADA.id, NORTHMERE.id),
        ("cycle opened", ADA.id, None),
    ]
    assert events.first_break(ada.store)[1] is None
    assert cycles.get(ada, cycle.id) == cycle


def test_leads_are_told_when_the_cycle_is_open_and_only_once(ada: Context, world: World) -> None:
    cycles.open_cycle(ada, NEXT)
    told = [("CYCLE_OPENED", ALICE.email)] * 2 + [("CYCLE_OPENED", CHARLIE.email)] * 2
    assert sent(world) == told
    (lettered,) = ada.store.rows("SELECT text FROM messages ORDER BY number LIMIT 1")
    assert "30 September 2027" in lettered[0]


def test_leads_of_a_cycle_prepared_early_are_told_on_the_day_it_opens(
    ada: Context, world: World
) -> None:
    opens = date(2026, 4, 1)
    cycles.open_cycle(ada, replace(NEXT, opens=opens), Audience(service=("adults",)))
    assert sent(world) == []
    beginning.tell_of_opened(later(ada, opens - A_DAY))
    before = sent(world)
    assert all(address in {ALICE.email, CHARLIE.email} for _, address in before)
    beginning.tell_of_opened(later(ada, opens))
    now = sent(world)
    assert now[len(before) :] == [("CYCLE_OPENED", ALICE.email), ("CYCLE_OPENED", CHARLIE.email)]
    beginning.tell_of_opened(later(ada, opens))
    assert sent(world) == now


def test_the_same_cycle_cannot_be_opened_twice(ada: Context) -> None:
    cycles.open_cycle(ada, NEXT)
    with pytest.raises(UnacceptableDetailsError, match="There is a 2027 cycle of this"):
        cycles.open_cycle(ada, replace(NEXT, edition="2026"))


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"name": "no/name"}, UnacceptableDetailsError),
        ({"due": date(2026, 1, 1)}, UnacceptableDetailsError),
        ({"closes": date(2026, 3, 2)}, UnacceptableDetailsError),
        ({"questionnaire": "nothing"}, NotFoundError),
        ({"edition": "1999"}, NotFoundError),
    ],
)
def test_a_cycle_that_cannot_be_is_not_half_made(
    ada: Context, wrong: dict[str, str], error: type[Exception]
) -> None:
    before = len(stored.of_all(ada.store))
    with pytest.raises(error):
        cycles.open_cycle(ada, replace(NEXT, **wrong))  # type: ignore[arg-type]
    assert len(stored.of_all(ada.store)) == before


def test_more_can_be_invited_later_and_nobody_twice(ada: Context) -> None:
    cycle = cycles.open_cycle(ada, NEXT, Audience(nation=("england",)))
    waiting = [(known.id, service) for known, service in cycles.not_invited(ada, cycle)]
    assert waiting == [(SOUTHMERE.id, "childrens"), (SOUTHMERE.id, "adults")]
    (new,) = cycles.invite(ada, cycle.id, [waiting[1], waiting[1], (NORTHMERE.id, "adults")])
    assert (new.employer, new.service, new.cycle) == (SOUTHMERE, "adults", "2027")
    assert len(made(ada, cycle)) == 3
    assert cycles.invite(ada, cycle.id, []) == ()


@pytest.mark.parametrize(
    "pair", [("nobody", "adults"), (NORTHMERE.id, "asylum"), (NORTHMERE.id, "")]
)
def test_who_is_not_there_cannot_be_invited_and_nobody_else_is(
    ada: Context, pair: tuple[str, str]
) -> None:
    cycle = cycles.open_cycle(ada, NEXT, None)
    with pytest.raises(NotFoundError, match="Nobody was invited"):
        cycles.invite(ada, cycle.id, [(NORTHMERE.id, "adults"), pair])
    assert made(ada, cycle) == []


def test_new_dates_move_the_deadlines_that_were_the_cycles_own(ada: Context) -> None:
    cycle = cycles.open_cycle(ada, NEXT)
    first = stored.standings(ada.store, cycle)[0].assessment_id
    with ada.store.writing():
        ada.store.run("UPDATE assessments SET due = '2027-08-01' WHERE id = ?", first)
    due = date(2027, 10, 15)
    changed = cycles.change(ada, cycle.id, cycle.opens, due, cycle.closes)
    assert cycles.get(ada, cycle.id) == changed == replace(cycle, due=due)
    found = {each.assessment_id: each.due for each in stored.standings(ada.store, cycle)}
    assert found.pop(first) == date(2027, 8, 1)
    assert set(found.values()) == {due}
    kinds = [kind for kind, _, _ in events.of(ada.store, next(iter(found)))]
    assert kinds == ["assessment started", "deadline changed"]


def test_dates_that_stay_or_cannot_be_change_nothing(ada: Context) -> None:
    cycle = cycles.open_cycle(ada, NEXT)
    before = ada.store.rows("SELECT count(*) FROM events")
    assert cycles.change(ada, cycle.id, cycle.opens, cycle.due, cycle.closes) == cycle
    with pytest.raises(UnacceptableDetailsError, match="must close on or after"):
        cycles.change(ada, cycle.id, cycle.opens, cycle.due, cycle.due - A_DAY)
    assert ada.store.rows("SELECT count(*) FROM events") == before
    moved = cycles.change(ada, cycle.id, cycle.opens, cycle.due, cycle.closes + A_DAY)
    assert moved.closes == cycle.closes + A_DAY


def test_answers_are_taken_between_the_first_and_the_last_day(ada: Context) -> None:
    opens = date(2026, 4, 1)
    cycle = cycles.open_cycle(ada, replace(NEXT, opens=opens))
    assessment_id = stored.standings(ada.store, cycle)[0].assessment_id

    def require_open(day: date) -> None:
        found = stored_assessments.find_for_anybody(ada.store, assessment_id)
        assert found is not None
        open_now.require_open(later(ada, day), found)

    with pytest.raises(NotReadyError, match="opens on 1 April 2026"):
        require_open(opens - A_DAY)
    for day in (opens, cycle.closes):
        require_open(day)
    closed = cycle.closes + A_DAY
    with pytest.raises(NotReadyError, match="closed on 1 December 2027"):
        require_open(closed)
    with ada.store.writing():
        old, new = State.NOT_STARTED, State.REOPENED
        stored_assessments.move(ada.store, assessment_id, old, new, NOW)
    require_open(closed)
    assert open_now.refusal(later(ada, closed), "nothing") == ""


def test_a_day_is_a_day_in_the_united_kingdom(ada: Context) -> None:
    summer_midnight = datetime.fromisoformat("2026-06-30T23:30:00+00:00")
    assert open_now.today(replace(ada, now=summer_midnight)) == date(2026, 7, 1)


def test_cycles_are_listed_with_where_they_are(ada: Context) -> None:
    cycles.open_cycle(ada, replace(NEXT, opens=date(2026, 4, 1)))
    lines = cycles.every(ada)
    assert [(each.cycle.name, each.stage, each.health_checks) for each in lines] == [
        ("2027", Stage.NOT_OPEN, 4),
        ("2026", Stage.OPEN, 2),
    ]


def test_the_editions_to_open_a_cycle_on_are_named(ada: Context) -> None:
    newest = ada.library.newest("small-check")
    value, title = cycles.editions(ada)[0]
    assert (value, title.endswith(f", edition {newest}")) == (f"small-check/{newest}", True)


ACTIONS: dict[str, Callable[[Context], object]] = {
    "open": lambda ctx: cycles.open_cycle(ctx, NEXT),
    "invite": lambda ctx: cycles.invite(ctx, "c", []),
    "change": lambda ctx: cycles.change(ctx, "c", NEXT.opens, NEXT.due, NEXT.closes),
    "list": cycles.every,
    "get": lambda ctx: cycles.get(ctx, "c"),
    "standings": lambda ctx: cycles.standings(ctx, NEXT),
    "not invited": lambda ctx: cycles.not_invited(ctx, NEXT),
    "editions": cycles.editions,
}


@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS.keys())
def test_only_an_administrator_runs_cycles(
    ada: Context, world: World, action: Callable[[Context], object]
) -> None:
    assert ada.someone() == ADA
    with pytest.raises(NotSignedInError):
        action(world.as_(None))
    for person in (ALICE, CHARLIE):
        with pytest.raises(NotFoundError, match="There is no page here"):
            action(world.as_(person))
    with pytest.raises(NotAllowedError, match="does not let you open and change cycles"):
        action(world.as_(RHONA))


@pytest.mark.parametrize(
    "action",
    [ACTIONS["invite"], ACTIONS["change"], ACTIONS["get"]],
    ids=["invite", "change", "get"],
)
def test_a_cycle_that_is_not_there_is_said(
    ada: Context, action: Callable[[Context], object]
) -> None:
    with pytest.raises(NotFoundError, match="There is no such cycle"):
        action(ada)


def test_one_health_check_can_be_started_by_itself_and_makes_its_cycle(ada: Context) -> None:
    due = date(2028, 9, 30)
    started = start(
        ada,
        NORTHMERE,
        service="asylum",
        cycle="2028",
        due=due,
        questionnaire="small-check",
        edition="2026",
    )
    cycle = stored.find(ada.store, "small-check", "2028")
    assert cycle is not None
    assert (cycle.opens, cycle.due, cycle.closes) == (NOW.date(), due, due + 90 * A_DAY)
    known = stored_employers.find(ada.store, NORTHMERE.id)
    assert known is not None
    assert known.details.services == ("childrens", "adults", "asylum")
    assert started.service == "asylum"


def test_its_deadline_may_not_come_after_its_cycle_closes(ada: Context) -> None:
    with pytest.raises(UnacceptableDetailsError, match="The 2026 cycle closes on 29 December 2026"):
        start(
            ada,
            NORTHMERE,
            service="adults",
            cycle="2026",
            due=DUE + 91 * A_DAY,
            questionnaire="small-check",
            edition="2026",
        )


def test_250_employers_with_2_services_are_opened_in_a_few_seconds(ada: Context) -> None:
    with ada.store.writing():
        for number in range(248):
            details = Details(
                f"Council {number}", "england", "council", "", "", ("childrens", "adults")
            )
            stored_employers.add(ada.store, f"e{number}", details, NOW)
    cycle = cycles.open_cycle(ada, NEXT)
    assert cycles.health_checks(ada, cycle) == 500
    references = stored.references(ada.store, "2027")
    assert len(references) == 500


def test_after_closing_nothing_is_saved_sent_or_taken_back(ada: Context, world: World) -> None:
    id_ = world.northmeres.id
    alice = replace(world.as_(ALICE), now=NOW + timedelta(days=303))
    with pytest.raises(NotReadyError, match="The 2026 cycle closed on 29 December 2026"):
        save_topic(alice, id_, "scheme", {"agreed-scheme": offer("2")}, {})
    with ada.store.writing():
        stored_assessments.move(ada.store, id_, State.NOT_STARTED, State.IN_PROGRESS, NOW)
    with pytest.raises(NotReadyError, match="Ask BASW to reopen"):
        sign_off.send(alice, id_, CONSULTATION)
    with ada.store.writing():
        stored_assessments.move(ada.store, id_, State.IN_PROGRESS, State.SUBMITTED, NOW)
    with pytest.raises(NotReadyError):
        sign_off.take(alice, id_, Step.RECALL)


def test_what_was_sent_in_time_is_signed_after_closing(ada: Context, world: World) -> None:
    for topic, answers in ANSWERS.items():
        save(world, topic, answers)
    plans.settle(world.as_(ALICE), world.northmeres.id)
    sign_off.send(world.as_(ALICE), world.northmeres.id, CONSULTATION)
    world.clock.forward(timedelta(days=303))
    attested = [each.name for each in Attestation]
    sign_off.sign(world.as_(OLIVE), world.northmeres.id, attested, "Olive", "Director")
    (standing, *_) = stored.standings(ada.store, stored.of_all(ada.store)[0])
    assert standing.state is State.SUBMITTED


def test_reopened_by_basw_it_goes_on_after_closing(ada: Context, world: World) -> None:
    id_ = world.northmeres.id
    later = NOW + timedelta(days=303)
    for step in (Step.WITHDRAW, Step.REOPEN):
        sign_off.take(replace(ada, now=later), id_, step, "They asked.")
    alice = replace(world.as_(ALICE), now=later)
    saved = save_topic(alice, id_, "scheme", {"agreed-scheme": offer("2")}, {})
    assert saved.opened.saved["agreed-scheme"].revision == 1


@pytest.mark.parametrize("has_begun", [False, True])
def test_a_health_check_that_never_was_submitted_is_reopened_after_its_cycle_closed(
    world: World, *, has_begun: bool
) -> None:
    with_basw(world)
    if has_begun:
        save(world, "scheme", {"agreed-scheme": Entry(("1",))})
    store, id_ = world.as_(None).store, world.northmeres.id
    with store.writing():
        store.run("UPDATE cycles SET due = '2026-03-01', closes = '2026-03-01'")
    with pytest.raises(NotReadyError, match="Ask BASW to reopen this health check"):
        save(world, "scheme", {"agreed-scheme": Entry(("2",))})
    sign_off.take(world.as_(RHONA), id_, Step.REOPEN, "They merged in March.")
    submit(world)
    assert steps.timeline(world.as_(ALICE), id_)[0].kind == "signed and submitted"
