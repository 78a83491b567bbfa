from __future__ import annotations

import stat
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.carrying import Wording
from healthcheck.core.caseload_reports import State as Reported
from healthcheck.core.cycles import Stage, stage
from healthcheck.core.errors import NoRoomError
from healthcheck.core.journey import Status, progress
from healthcheck.core.permissions import Role
from healthcheck.core.plans import Delivery, is_overdue
from healthcheck.core.questionnaires import Rating
from healthcheck.core.reviews import Outcome, RemarkKind
from healthcheck.core.scoring import score
from healthcheck.core.steps import State
from healthcheck.core.workload.decisions import Standing
from healthcheck.services import (
    accounts,
    assessments,
    audit,
    benchmarks,
    decisions,
    demonstration,
    teams,
    workload,
)
from healthcheck.services.demonstration import (
    calendar,
    character,
    country,
    loading,
    sign_ins,
    texts,
)
from healthcheck.services.demonstration.first_answers import ANSWERS, ATTACHED_TO, DATE_OF_FIGURES
from healthcheck.storage import accounts as stored_accounts
from healthcheck.storage import assigning, caseload_reports, cycles, employers, plans, publications
from healthcheck.storage import reviews as stored_reviews
from tests.country import NOW, demonstration_in
from tests.people import NORTHMERE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from healthcheck.definitions.library import Library
    from healthcheck.services.context import Context
    from healthcheck.services.demonstration import SignIn
    from healthcheck.services.shelf import Opened

pytestmark = pytest.mark.slow

LEAD = "lead@northmere.example"


@pytest.fixture(scope="module")
def ctx(demonstration_folder: Path) -> Iterator[Context]:
    with closing(demonstration_in(demonstration_folder)) as product, product.context() as ctx:
        yield ctx


@pytest.fixture(scope="module")
def people(ctx: Context, demonstration_folder: Path) -> dict[str, SignIn]:
    return {each.email: each for each in demonstration.prepare(ctx, demonstration_folder)}


def everything(ctx: Context) -> list[str]:
    return [line for line in ctx.store.connection.iterdump() if "sessions" not in line]


def mine(ctx: Context, email: str) -> dict[tuple[str, str], Opened]:
    """Return the health checks of a person, by cycle and service."""
    found = stored_accounts.find_person(ctx.store, email)
    assert found is not None
    return {
        (each.assessment.cycle, each.assessment.service): each
        for each in assessments.mine(replace(ctx, person=found[0]))
    }


def every(ctx: Context, sql: str) -> list[str]:
    return [str(row[0]) for row in ctx.store.rows(sql)]


def test_a_second_run_changes_nothing_and_gives_the_same_sign_ins(
    ctx: Context, people: dict[str, SignIn], demonstration_folder: Path
) -> None:
    before = everything(ctx)
    assert demonstration.prepare(ctx, demonstration_folder) == tuple(people.values())
    assert everything(ctx) == before


def test_the_record_is_whole_and_in_the_order_of_time(ctx: Context) -> None:
    found = audit.audit(ctx)
    assert (found.first_break, found.faults) == (None, ())
    assert found.versions > 40
    happened = every(ctx, "SELECT happened_at FROM events ORDER BY number")
    assert happened == sorted(happened)
    assert happened[-1] < NOW.isoformat()


def test_nothing_waits_to_be_rendered_and_only_new_messages_wait_to_be_sent(ctx: Context) -> None:
    assert ctx.store.rows("SELECT count(*) FROM report_jobs") == [(0,)]
    queued = every(ctx, "SELECT created_at FROM messages")
    assert 0 < len(queued) < 50
    assert min(queued) >= (NOW - loading.MESSAGES_KEPT).isoformat()


def test_it_is_a_country_of_all_nations_and_types_in_every_state_over_three_cycles(
    ctx: Context,
) -> None:
    known = [each.details for each in employers.of_all(ctx.store)]
    three = {each.name: stage(each, NOW.date()) for each in cycles.of_all(ctx.store)}
    assert (len(known), len({each.nation for each in known})) == (20, 4)
    assert len({each.employer_type for each in known}) == 7
    assert three == {"2025": Stage.CLOSED, "2026": Stage.OPEN, "2027": Stage.OPEN}
    assert set(every(ctx, "SELECT state FROM assessments")) == {each.name for each in State}


def test_reviews_have_everything_that_reviewers_write(ctx: Context) -> None:
    ledgers = [
        stored_reviews.ledger(ctx.store, each) for each in every(ctx, "SELECT id FROM assessments")
    ]
    requests = [each for ledger in ledgers for each in ledger.requests]
    published = [
        each
        for assessment_id in every(ctx, "SELECT id FROM assessments")
        for each in publications.of(ctx.store, assessment_id)
    ]
    assert {each.kind for ledger in ledgers for each in ledger.remarks} == set(RemarkKind)
    assert {each.outcome for each in requests} == {None, *Outcome}
    assert any(each.sent_at is None for each in requests)
    assert any(ledger.in_force for ledger in ledgers)
    assert {each.stands for each in published} == {True, False}
    assert {each.own_words for each in published} == {True, False}


def test_plans_are_worked_on(ctx: Context) -> None:
    found = plans.plans_of(ctx.store, *every(ctx, "SELECT id FROM assessments")).values()
    actions = [action for plan in found for action in plan.actions]
    assert {each.progress.delivery for each in actions} == set(Delivery)
    assert any(is_overdue(each, NOW.date()) for each in actions)
    assert any(each.carried_from for each in actions)
    assert any(each.details.no_date_reason for each in actions)
    assert any(plan.declined for plan in found)
    assert any(plan.notes for plan in found)


def test_teams_are_counted_decided_on_and_reported_in_every_way(ctx: Context) -> None:
    found = stored_accounts.find_person(ctx.store, LEAD)
    assert found is not None
    lead = replace(ctx, person=found[0])
    northmere = teams.at(lead)[0].id
    pages = [workload.team_page(lead, each.id) for each in teams.teams_of(lead, northmere)]
    newest = [each.judged.results[0] for each in pages if each.judged]
    lights = [load.light.word for each in newest for load in each.workers if load.light]
    assert set(lights) == {"Blue", "Green", "Amber", "Red"}
    assert all(len(page.days) == 4 and page.judged and not page.judged.refused for page in pages)
    workers = [load.worker for each in newest for load in each.workers]
    assert any(each.newly_qualified for each in workers)
    assert any(each.reductions for each in workers)
    assert any(each.snapshot.unallocated for each in newest)
    standings = {need.standing for page in pages for need in page.needs}
    assert standings == {Standing.UNDECIDED, Standing.REVIEW_DUE, Standing.DECIDED}
    decided = [each for page in pages for each in decisions.of_team(lead, page.team.id).decisions]
    needed = {need.name for page in pages for need in page.needs}
    assert any(each.action_id for each in decided)
    assert any(each.name not in needed for each in decided)
    assert benchmarks.place(lead, northmere).standing
    reports = caseload_reports.of_employers(ctx.store, [northmere])
    assert {each.state(NOW.date()) for each in reports} == set(Reported) - {Reported.AGAIN}
    assert {each.raised_by is None for each in reports} == {True, False}
    assert any(each.escalated for each in reports)
    assert any(len(each.answers) == 2 for each in reports)


def test_a_worker_sees_their_own_load_and_figures_are_filled_from_a_snapshot(
    ctx: Context, people: dict[str, SignIn]
) -> None:
    found = stored_accounts.find_person(ctx.store, people["practitioner@northmere.example"].email)
    assert found is not None
    (own,) = workload.own(replace(ctx, person=found[0]))
    assert own.judged is not None
    assert len(own.trend) == 4
    filled = mine(ctx, "lead@sorravoe.example")["2027", "adults"]
    assert filled.saved["cases-held"].saved_by == "Erik Isbister"
    file = filled.attachments["workload-safe-levels"][-1]
    assert file.name.startswith("caseload-figures")


def test_last_year_is_carried_forward_settled_in_part(
    ctx: Context, people: dict[str, SignIn]
) -> None:
    assert people["lead@harrowdale.example"].role == "Health check lead"
    last = mine(ctx, "lead@harrowdale.example")["2027", "childrens"]
    assert last.last is not None
    same = {name for name, each in last.last.carried.items() if each.wording is Wording.SAME}
    assert same & last.saved.keys()
    assert same - last.saved.keys()
    assert {Wording.REWORDED} < {each.wording for each in last.last.carried.values()}


def test_somebody_works_at_two_employers_and_has_topics_to_answer(ctx: Context) -> None:
    found = stored_accounts.find_person(ctx.store, country.TWO_JOBS[0])
    assert found is not None
    theirs = assessments.mine(replace(ctx, person=found[0]))
    assert len({each.assessment.employer.id for each in theirs}) == 2
    assert assigning.of_person(ctx.store, found[0].id)


def test_the_first_lead_finds_one_health_check_part_answered_and_one_not_begun(
    ctx: Context, people: dict[str, SignIn]
) -> None:
    assert next(iter(people)) == LEAD
    found = mine(ctx, LEAD)
    assert found.keys() == {("2027", "childrens"), ("2027", "adults")}
    childrens, adults = found["2027", "childrens"], found["2027", "adults"]
    questions = childrens.questionnaire.questions.values()
    rated = progress(childrens.journey, [each for each in questions if isinstance(each, Rating)])
    figures = childrens.questionnaire.figures
    assert figures is not None
    assert 0.55 < rated.answered / rated.of < 0.65
    assert progress(childrens.journey, figures.questions).status is Status.IN_PROGRESS
    assert progress(adults.journey, questions).status is Status.NOT_STARTED
    assert childrens.problems == {}
    assert list(childrens.attachments) == [ATTACHED_TO]
    assert childrens.place == "tools-knowledge"
    scorecard = score(childrens.questionnaire, childrens.journey)
    assert min(len(scorecard.strengths), len(scorecard.improvements)) >= 3
    assert [area.capped_by.id for area in scorecard.areas if area.capped_by] == [
        "workload-capacity-reached"
    ]


def test_every_printed_sign_in_works(ctx: Context, people: dict[str, SignIn]) -> None:
    assert people.keys() == sign_ins.LOOK.keys()
    for each in people.values():
        person = accounts.person_for(ctx, accounts.sign_in(ctx, each.email, each.password))
        assert person is not None
        assert person.name == each.name


def test_a_lost_file_of_sign_ins_is_made_anew_with_new_passwords(
    ctx: Context, people: dict[str, SignIn], demonstration_folder: Path
) -> None:
    kept = (demonstration_folder / demonstration.FILE_NAME).read_bytes()
    before = ctx.store.rows("SELECT email, password_hash FROM people")
    (demonstration_folder / demonstration.FILE_NAME).unlink()
    again = demonstration.prepare(ctx, demonstration_folder)[0]
    assert again.password != people[LEAD].password
    assert accounts.sign_in(ctx, LEAD, again.password)
    with ctx.store.writing():
        for email, password_hash in before:
            ctx.store.run(
                "UPDATE people SET password_hash = ? WHERE email = ?", password_hash, email
            )
    (demonstration_folder / demonstration.FILE_NAME).write_bytes(kept)


def test_passwords_are_random_and_readable_by_the_owner_alone(tmp_path: Path) -> None:
    found, are_new = sign_ins.passwords(tmp_path)
    file = tmp_path / demonstration.FILE_NAME
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert are_new
    assert len(set(found.values())) == len(sign_ins.LOOK)
    assert sign_ins.passwords(tmp_path) == (found, False)
    old = f"{LEAD}\tkept-as-it-was\tPriya Shah\tHealth check lead\tNorthmere Council\n"
    file.write_text(old, encoding="utf-8")
    assert sign_ins.passwords(tmp_path)[0][LEAD] == "kept-as-it-was"


def test_a_run_that_is_interrupted_leaves_nothing(tmp_path: Path) -> None:
    with closing(demonstration_in(tmp_path)) as product, product.context() as ctx:
        (pages,) = ctx.store.rows("PRAGMA page_count")[0]
        ctx.store.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(NoRoomError):
            demonstration.prepare(ctx, tmp_path)
        assert employers.of_all(ctx.store) == ()


def test_a_database_that_somebody_works_in_is_left_alone(tmp_path: Path) -> None:
    with closing(demonstration_in(tmp_path)) as product, product.context() as ctx:
        accounts.add_employer(ctx, NORTHMERE.name, NORTHMERE.nation, NORTHMERE.employer_type)
        before = everything(ctx)
        assert demonstration.prepare(ctx, tmp_path) == ()
        assert everything(ctx) == before
    assert not (tmp_path / demonstration.FILE_NAME).exists()


def test_an_earlier_demonstration_is_kept_and_has_its_own_sign_ins(tmp_path: Path) -> None:
    with closing(demonstration_in(tmp_path)) as product, product.context() as ctx:
        employer = accounts.add_employer(ctx, "Northmere Council", "england", "council")
        old = ("Priya Shah", LEAD, "an old one that is long")
        accounts.add_person(ctx, *old, employer=employer, role=Role.LEAD)
        (lead,) = demonstration.prepare(ctx, tmp_path)
        assert lead.email == LEAD
        assert accounts.sign_in(ctx, LEAD, lead.password)
        assert len(employers.of_all(ctx.store)) == 1


def test_every_question_has_something_to_say_at_every_level(ctx: Context) -> None:
    questionnaire = ctx.library.get("employer-health-check", "2026")
    rated = {each.id for each in questionnaire.questions.values() if isinstance(each, Rating)}
    assert texts.texts().keys() == rated
    assert {tuple(sorted(each)) for each in texts.texts().values()} == {(0, 1, 2, 3)}
    newest = ctx.library.get("employer-health-check", "2027")
    asked = questionnaire.questions.keys() | newest.questions.keys()
    assert {*ANSWERS, DATE_OF_FIGURES, ATTACHED_TO} <= asked
    assert texts.evidence(country.FIRST, "adults", "no-such-question", 2, "seed") == ""


def test_figures_stay_within_what_a_questionnaire_takes_on_any_day(ctx: Context) -> None:
    questionnaire = ctx.library.get("employer-health-check", "2026")
    for on, taken in ((date(2020, 9, 30), "2024-01-01"), (date(2031, 9, 30), "2028-12-31")):
        found = character.entries(country.FIRST, "childrens", 0, questionnaire, on)
        assert found[DATE_OF_FIGURES].value == (taken,)


def test_another_questionnaire_gets_only_what_it_asks(library: Library) -> None:
    small = library.get("small-check", "2026")
    found = character.entries(country.FIRST, "childrens", 0, small, NOW.date())
    assert found.keys() <= small.questions.keys()
    assert found["agreed-scheme"].evidence == ""


def test_nobody_waits_where_everything_is_at_ease(ctx: Context) -> None:
    questionnaire = ctx.library.get("employer-health-check", "2026")
    on = date(2026, 9, 30)
    tiny = replace(country.BY_KEY["aldersley"], workers=2)
    found = character.entries(tiny, "adults", 1, questionnaire, on)
    assert found["unallocated-cases"].value == ("0",)
    assert "unallocated-longest-wait" not in found


@pytest.mark.parametrize(
    ("today", "deadline"),
    [
        (date(2026, 1, 1), date(2026, 9, 30)),
        (date(2026, 8, 1), date(2026, 9, 30)),
        (date(2026, 8, 2), date(2027, 9, 30)),
        (date(2026, 12, 31), date(2027, 9, 30)),
    ],
)
def test_the_newest_deadline_leaves_time_and_all_happened_while_cycles_were_open(
    today: date, deadline: date
) -> None:
    assert calendar.next_deadline(today) == deadline
    three = calendar.cycles(today, ("2026", "2027"))
    assert three[2].due == deadline
    assert three[2].opens <= today - calendar.OPEN_FOR
    for place, cycle in enumerate(three[:2]):
        day = calendar.counted_from(cycle, place, today)
        assert cycle.opens <= day - timedelta(days=78)
        assert day + timedelta(days=52) < min(today, cycle.closes)


def test_a_cycle_has_the_newest_edition_of_its_year() -> None:
    three = calendar.cycles(NOW.date(), ("2026", "2027"))
    assert [each.edition for each in three] == ["2026", "2026", "2027"]
    assert [each.edition for each in calendar.cycles(NOW.date(), ("2026",))] == ["2026"] * 3


@pytest.mark.parametrize(
    ("day", "counted"),
    [(date(2026, 9, 29), date(2025, 9, 30)), (date(2026, 9, 30), date(2026, 9, 30))],
)
def test_figures_are_for_the_latest_thirtieth_of_september(day: date, counted: date) -> None:
    assert calendar.latest_count(day) == counted
