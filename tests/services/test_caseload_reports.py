"""Reports of an excessive caseload: who sees, answers and is told, and what is never kept."""

from __future__ import annotations

import json
from datetime import date, timedelta
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from healthcheck.core.caseload_counts import Counts
from healthcheck.core.caseload_rules import Typed
from healthcheck.core.errors import (
    NotAllowedError,
    NotFoundError,
    NotSignedInError,
    StepRefusedError,
    TooManyTriesError,
    UnacceptableDetailsError,
)
from healthcheck.services import caseload_raising as raising
from healthcheck.services import caseload_reports as reports
from healthcheck.services import caseload_settings as settings
from healthcheck.services import export, messages, people, teams
from healthcheck.services.caseload_telling import remind
from healthcheck.storage import caseload_reports as stored
from tests import reviewing
from tests.letters import last_text, sent
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE, SOUTHMERE, VERA
from tests.reviewing import ADA, OLIVE, RHONA
from tests.teams import MIA, PAT, set_up, with_people

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from healthcheck.core.caseload_reports import Report
    from healthcheck.core.workload.teams import Team
    from healthcheck.services.caseload_raising import Receipt
    from tests.people import World

TOO_MUCH = "I have 34 cases and no time to write."
DAY = timedelta(days=1)


@pytest.fixture(name="duty")
def a_team_with_a_manager(world: World) -> Team:
    reviewing.with_basw(world)
    with_people(world)
    return set_up(world)


def typed(team: Team | None = None, problem: str = TOO_MUCH) -> Typed:
    return Typed(f"team-{team.id}" if team else "service-childrens", problem, "Another colleague.")


def address(world: World) -> str:
    return stored.settings(world.as_(None).store, NORTHMERE.id)[0]


def named(world: World, team: Team | None = None, person: Person = PAT) -> Report:
    return raising.raise_named(world.as_(person), NORTHMERE.id, typed(team))


def unnamed(world: World, team: Team | None = None) -> Receipt:
    return raising.raise_unnamed(world.as_(None, "192.0.2.9"), address(world), typed(team))


def listed(world: World, person: Person) -> tuple[list[str], list[str]]:
    """Return the references of what waits for a person, and of what is answered."""
    found = reports.listed(world.as_(person), NORTHMERE.id)
    return [each.reference for each in found.waiting], [each.reference for each in found.answered]


def sees(world: World, person: Person, report_id: str) -> bool:
    try:
        reports.seen(world.as_(person), NORTHMERE.id, report_id)
    except (NotFoundError, NotAllowedError):
        return False
    return True


def only(world: World) -> Report:
    (report,) = stored.of_employers(world.as_(None).store, [NORTHMERE.id])
    return report


def test_a_named_report_goes_to_its_teams_manager_and_to_nobody_else(
    world: World, duty: Team
) -> None:
    made = named(world, duty)
    assert sent(world) == [("CASELOAD_REPORTED", MIA.email)]
    text = " ".join(last_text(world).split())
    assert "Please say by 12 March 2026 what will change." in text
    for private in (PAT.name, PAT.email, TOO_MUCH, "Duty"):
        assert private not in text
    seen = reports.seen(world.as_(MIA), NORTHMERE.id, made.id)
    assert seen.report.raised_by == PAT
    assert (seen.report.team, seen.report.problem, seen.others) == ("Duty", TOO_MUCH, ())
    everybody = (MIA, PAT, ALICE, BOB, VERA, OLIVE, CHARLIE, RHONA, ADA)
    assert [each.id for each in everybody if sees(world, each, made.id)] == [MIA.id]
    assert listed(world, ALICE) == listed(world, OLIVE) == ([], [])
    with pytest.raises(NotFoundError):
        reports.seen(world.as_(CHARLIE), SOUTHMERE.id, made.id)
    with pytest.raises(NotSignedInError):
        reports.seen(world.as_(None), NORTHMERE.id, made.id)


def test_without_a_team_or_its_manager_the_lead_answers(world: World, duty: Team) -> None:
    first = named(world)
    teams.close(world.as_(ALICE), duty.id, "It was merged.")
    assert listed(world, ALICE)[0] == [first.reference]
    assert listed(world, MIA) == ([], [])


def test_a_manager_who_reports_answers_not_to_themselves(world: World, duty: Team) -> None:
    made = named(world, duty, MIA)
    assert listed(world, MIA) == ([], [])
    assert listed(world, ALICE)[0] == [made.reference]


def test_an_answer_that_did_not_help_opens_the_report_once(world: World, duty: Team) -> None:
    made = named(world, duty)
    with pytest.raises(StepRefusedError):
        raising.did_not_help(world.as_(PAT), made.id, "Nothing yet.")
    with pytest.raises(UnacceptableDetailsError, match="Say what will change"):
        reports.answer(world.as_(MIA), NORTHMERE.id, made.id, " ")
    world.clock.forward(2 * DAY)
    reports.answer(world.as_(MIA), NORTHMERE.id, made.id, "Four cases go to Adult Care.")
    assert sent(world)[-1] == ("CASELOAD_ANSWERED", PAT.email)
    assert "Four cases" not in last_text(world)
    assert listed(world, MIA) == ([], [made.reference])
    with pytest.raises(StepRefusedError, match="has an answer already"):
        reports.answer(world.as_(MIA), NORTHMERE.id, made.id, "Again.")
    with pytest.raises(NotFoundError):
        raising.did_not_help(world.as_(BOB), made.id, "I am not Pat.")

    world.clock.forward(DAY)
    raising.did_not_help(world.as_(PAT), made.id, "Five new ones came.")
    assert sent(world)[-1] == ("CASELOAD_REPORTED", MIA.email)
    assert "did not help, so it is open again" in " ".join(last_text(world).split())
    assert listed(world, MIA) == ([made.reference], [])
    with pytest.raises(UnacceptableDetailsError, match="opened again after you opened"):
        reports.answer(world.as_(MIA), NORTHMERE.id, made.id, "For the first one.", 1)
    reports.answer(world.as_(MIA), NORTHMERE.id, made.id, "No new ones until May.", 2)
    with pytest.raises(StepRefusedError):
        raising.did_not_help(world.as_(PAT), made.id, "Still.")
    own = raising.own(world.as_(PAT), made.id)
    assert [each.by for each in own.answers] == [MIA.name, MIA.name]
    assert raising.mine(world.as_(PAT)) == (own,)
    assert reports.who_answers(world.as_(PAT), own) == (MIA,)
    kinds = world.as_(None).store.rows(
        "SELECT kind, coalesce(person_id, '') FROM events WHERE kind LIKE 'caseload%'"
    )
    assert (
        kinds
        == [
            ("caseload report passed on", ""),
            ("caseload report answered", MIA.id),
        ]
        * 2
    )


def test_late_reports_go_to_the_accountable_officer_once(world: World, duty: Team) -> None:
    made = named(world, duty)
    world.clock.forward(10 * DAY)
    assert remind(world.as_(None)) == 0
    assert not sees(world, OLIVE, made.id)
    world.clock.forward(DAY)
    assert [remind(world.as_(None)) for _ in range(3)] == [1, 0, 0]
    assert sent(world)[-1] == ("CASELOAD_LATE", OLIVE.email)
    assert PAT.name not in last_text(world)
    assert sees(world, OLIVE, made.id)
    assert not sees(world, ALICE, made.id)
    assert reports.seen(world.as_(OLIVE), NORTHMERE.id, made.id).others == (MIA,)
    reports.answer(world.as_(OLIVE), NORTHMERE.id, made.id, "A locum comes on Monday.")
    assert listed(world, OLIVE) == ([], [made.reference])
    raising.did_not_help(world.as_(PAT), made.id, "She left.")
    world.clock.forward(11 * DAY)
    assert [remind(world.as_(None)) for _ in range(2)] == [1, 0]
    assert sent(world)[-1] == ("CASELOAD_LATE", OLIVE.email)


def test_without_a_name_a_report_is_passed_on_the_day_after(world: World, duty: Team) -> None:
    receipt = unnamed(world, duty)
    assert [remind(world.as_(None)), len(sent(world))] == [0, 0]
    assert listed(world, MIA) == ([], [])
    assert not sees(world, MIA, only(world).id)
    world.clock.forward(DAY)
    assert [remind(world.as_(None)) for _ in range(2)] == [1, 0]
    assert sent(world) == [("CASELOAD_REPORTED", MIA.email)]
    assert listed(world, MIA) == ([receipt.reference], [])
    reports.answer(world.as_(MIA), NORTHMERE.id, only(world).id, "We recruit.")
    assert len(sent(world)) == 1

    ctx = world.as_(None)
    read = raising.by_code(ctx, receipt.code.lower().replace("-", " "))
    assert (read.reference, read.answers[0].text) == (receipt.reference, "We recruit.")
    for wrong in ("", receipt.reference, receipt.code[:-1]):
        with pytest.raises(NotFoundError, match="No report has this code"):
            raising.by_code(ctx, wrong)
    raising.did_not_help_by_code(ctx, receipt.code, "That takes half a year.")
    with pytest.raises(StepRefusedError):
        raising.did_not_help_by_code(ctx, receipt.code, "Again.")
    assert listed(world, MIA) == ([], [receipt.reference])
    world.clock.forward(DAY)
    assert [remind(world.as_(None)) for _ in range(2)] == [1, 0]
    assert listed(world, MIA) == ([receipt.reference], [])


def test_without_a_name_nothing_but_the_day_and_the_words_is_kept(world: World, duty: Team) -> None:
    store = world.as_(None).store
    before = set(store.connection.iterdump())
    receipt = unnamed(world, duty)
    assert Path(f"{world.product.config.database}-wal").stat().st_size == 0
    new = [each for each in store.connection.iterdump() if each not in before]
    assert [each.split("(")[0] for each in new] == ['INSERT INTO "caseload_reports" VALUES']
    for trace in ("10:30", "192.0.2.9", receipt.code.replace("-", ""), receipt.code):
        assert trace not in new[0]
    assert "'2026-03-02'" in new[0]


def test_so_many_and_no_more_are_taken(
    world: World, duty: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(12):
        unnamed(world)
    with pytest.raises(TooManyTriesError, match="Yours was not saved"):
        unnamed(world)
    raising.raise_unnamed(world.as_(None, "192.0.2.10"), address(world), typed())
    world.clock.forward(timedelta(minutes=61))
    unnamed(world)
    monkeypatch.setattr(raising, "MOST_UNNAMED", 14)
    with pytest.raises(TooManyTriesError):
        raising.raise_unnamed(world.as_(None, "192.0.2.11"), address(world), typed())
    world.clock.forward(DAY)
    unnamed(world)
    for _ in range(10):
        named(world, duty)
    with pytest.raises(TooManyTriesError, match="up to 10 reports in a day"):
        named(world, duty)


@pytest.mark.parametrize("person", [CHARLIE, RHONA, ADA, None])
def test_who_does_not_belong_to_the_employer_makes_no_named_report(
    world: World, duty: Team, person: Person | None
) -> None:
    with pytest.raises((NotFoundError, NotAllowedError, NotSignedInError)):
        raising.raise_named(world.as_(person), NORTHMERE.id, typed(duty))
    with pytest.raises((NotFoundError, NotAllowedError, NotSignedInError)):
        reports.counts(world.as_(person), NORTHMERE.id, "childrens", date.min, date.max)
    with pytest.raises((NotFoundError, NotAllowedError, NotSignedInError)):
        settings.set_days(world.as_(person), NORTHMERE.id, "5")


def test_anothers_team_and_empty_words_are_not_taken(world: World, duty: Team) -> None:
    there = stored.settings(world.as_(None).store, SOUTHMERE.id)[0]
    with pytest.raises(UnacceptableDetailsError, match="Choose where you work"):
        raising.raise_unnamed(world.as_(None), there, typed(duty))
    with pytest.raises(UnacceptableDetailsError, match="A sentence is enough"):
        raising.raise_named(world.as_(PAT), NORTHMERE.id, typed(duty, " "))
    with pytest.raises(NotFoundError, match="no page for reports"):
        raising.unnamed_form(world.as_(None), "nowhere")


def test_the_lead_states_the_days_and_renews_the_address(world: World, duty: Team) -> None:
    lead, old = world.as_(ALICE), address(world)
    assert settings.settings(lead, NORTHMERE.id).days == 10
    before = named(world, duty)
    settings.set_days(lead, NORTHMERE.id, "5")
    now = settings.settings(lead, NORTHMERE.id)
    assert (now.days, now.is_usual) == (5, False)
    assert (before.days, named(world, duty).days) == (10, 5)
    settings.set_days(lead, NORTHMERE.id, "")
    assert settings.settings(lead, NORTHMERE.id).is_usual
    assert settings.renew_address(lead, NORTHMERE.id) == address(world) != old
    with pytest.raises(NotFoundError):
        raising.unnamed_form(world.as_(None), old)
    for person in (MIA, PAT, OLIVE):
        with pytest.raises(NotAllowedError):
            settings.renew_address(world.as_(person), NORTHMERE.id)


def test_counts_are_for_figures_and_those_in_public_hide_small_numbers(
    world: World, duty: Team
) -> None:
    made = named(world, duty)
    unnamed(world)
    since, until = date(2026, 3, 1), date(2026, 3, 31)
    assert reports.counts(world.as_(BOB), NORTHMERE.id, "childrens", since, until).made == 1
    world.clock.forward(3 * DAY)
    reports.answer(world.as_(MIA), NORTHMERE.id, made.id, "We recruit.")
    counted = reports.counts(world.as_(ALICE), NORTHMERE.id, "childrens", since, until)
    assert counted == Counts(2, 1, 1, 1, 0, 0, Fraction(3))
    assert reports.counts(world.as_(ALICE), NORTHMERE.id, "adults", since, until).made == 0
    for person in (MIA, PAT):
        with pytest.raises(NotAllowedError):
            reports.counts(world.as_(person), NORTHMERE.id, "childrens", since, until)
    form = raising.unnamed_form(world.as_(None), address(world))
    assert form.settings.last_year.made == "none"
    world.clock.forward(30 * DAY)
    form = raising.unnamed_form(world.as_(None), address(world))
    assert form.settings.last_year.made == "fewer than 5"
    assert form.settings.last_year.median_days == "not shown, because there are too few"


def test_the_ways_there_are_from_the_first_page(world: World, duty: Team) -> None:
    named(world, duty)
    (mia,) = reports.ways(world.as_(MIA))
    assert (mia.employer, mia.may_answer, mia.may_set, mia.waiting) == (NORTHMERE, True, False, 1)
    (pat,) = reports.ways(world.as_(PAT))
    assert (pat.may_answer, pat.waiting, pat.address) == (False, 0, address(world))
    assert [each.waiting for each in reports.ways(world.as_(ALICE))] == [0]
    assert reports.ways(world.as_(RHONA)) == ()


def test_a_person_who_is_removed_is_in_no_report(world: World, duty: Team) -> None:
    words = typed(duty, f"I, {PAT.name}, have 34 cases. Write to {PAT.email}.")
    made = raising.raise_named(world.as_(PAT), NORTHMERE.id, words)
    reports.answer(world.as_(MIA), NORTHMERE.id, made.id, f"{PAT.name} gets a month off.")
    raising.did_not_help(world.as_(PAT), made.id, f"It did not help. {PAT.name}")
    people.remove(world.as_(ADA), PAT.id)
    everything = "\n".join(world.as_(None).store.connection.iterdump())
    assert PAT.name not in everything
    assert PAT.email not in everything
    seen = reports.seen(world.as_(MIA), NORTHMERE.id, made.id).report
    assert seen.raised_by is not None
    assert seen.raised_by.name == "Former practitioner"
    assert seen.answers[0].text == "Former practitioner gets a month off."
    queued = len(sent(world))
    reports.answer(world.as_(MIA), NORTHMERE.id, made.id, "Nobody is left to tell.")
    assert len(sent(world)) == queued


def test_basw_does_not_learn_that_there_was_a_message(world: World, duty: Team) -> None:
    named(world, duty)
    (row,) = world.as_(None).store.rows("SELECT id FROM messages")
    assert messages.listed(world.as_(ADA)).messages == ()
    assert messages.listed(world.as_(ADA)).count == 0
    with pytest.raises(NotFoundError):
        messages.shown(world.as_(ADA), row[0])
    with pytest.raises(NotFoundError):
        messages.try_again(world.as_(ADA), row[0])


def test_an_export_tells_the_lead_neither_who_nor_what_nor_when(world: World, duty: Team) -> None:
    made = named(world, duty)
    unnamed(world, duty)
    named(world)
    world.clock.forward(DAY)
    remind(world.as_(None))
    reports.answer(world.as_(MIA), NORTHMERE.id, made.id, "We recruit.")
    world.clock.forward(40 * DAY)
    file = BytesIO()
    export.export(world.as_(ALICE), NORTHMERE.id, file)
    with ZipFile(file) as zipped:
        told = json.loads(zipped.read("caseload-reports.json"))
        everything = "\n".join(
            zipped.read(each).decode(errors="replace") for each in zipped.namelist()
        )
    few = {
        "made": "fewer than 5",
        "resolved": "fewer than 5",
        "median_days": "not shown, because there are too few",
    }
    assert told == {
        "days_to_answer": 10,
        "until": "2026-03-31",
        "services": {"childrens": few},
    }
    for hidden in (TOO_MUCH, "We recruit.", made.id, made.reference, "caseload report passed on"):
        assert hidden not in everything
    assert everything.count(PAT.name) == 1, "Pat is among the people, and nowhere else"
    assert everything.count(f'"{PAT.id}"') == 1
