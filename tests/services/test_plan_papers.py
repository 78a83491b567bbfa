"""Papers of the plan: asked for, found again, downloaded, and never seen by others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import (
    NotFoundError,
    NotSignedInError,
    ReportFailedError,
    UnacceptableDetailsError,
)
from healthcheck.core.plan_filters import Filter
from healthcheck.core.plans import Progress
from healthcheck.core.steps import State
from healthcheck.services import plan_papers, plans
from healthcheck.services.reports import ask_for_report, report_job
from healthcheck.storage import events
from healthcheck.storage import reports as stored
from healthcheck.storage import versions as stored_versions
from tests import reviewing
from tests.next_year import begin
from tests.people import ALICE, BOB, CHARLIE, VERA
from tests.plans import AT_RISK
from tests.reviewing import RHONA
from tests.working_plans import BOBS, TOM, add

if TYPE_CHECKING:
    from healthcheck.reports.plan_parts import Form
    from tests.people import Clock, World

ALL = Filter()
TOMS = Filter(owner="Tom Reed")


def ask(world: World, form: Form = "whole", wanted: Filter = ALL) -> str:
    """Let Alice ask for a paper; return its key."""
    return plan_papers.ask(world.as_(ALICE), world.northmeres.id, form, wanted).key


def page(world: World, key: str) -> str:
    """The page that a paper is made from."""
    row = world.as_(None).store.row("SELECT html FROM report_jobs WHERE key = ?", key)
    assert row is not None
    return str(row[0])


def finish(world: World, key: str) -> None:
    store = world.as_(None).store
    with store.writing():
        stored.finish(store, key, b"%PDF-1.7 of no use")


def accept(world: World) -> None:
    """Let Northmere's health check stand as accepted."""
    store = world.as_(None).store
    with store.writing():
        store.run(
            "UPDATE assessments SET state = ? WHERE id = ?",
            State.ACCEPTED.name,
            world.northmeres.id,
        )


def test_a_paper_has_exactly_the_actions_chosen(world: World) -> None:
    add(world, BOBS, action="Write it down.")
    add(world, TOM, action="Buy more laptops.")

    whole, toms = page(world, ask(world)), page(world, ask(world, wanted=TOMS))

    assert ("Write it down." in whole, "Buy more laptops." in whole) == (True, True)
    assert ("Write it down." in toms, "Buy more laptops." in toms) == (False, True)
    assert "Only part of the plan. Owner: Tom Reed." in toms
    choice = plan_papers.choice(world.as_(VERA), world.northmeres.id, TOMS)
    assert (choice.shown, choice.of) == (1, 2)
    assert choice.sentence == "Only part of the plan. Owner: Tom Reed."
    assert choice.is_employers


def test_nothing_is_made_twice_until_something_changes(world: World, clock: Clock) -> None:
    action = add(world)
    first = ask(world)
    assert ask(world) == first
    assert plan_papers.ask(world.as_(BOB), world.northmeres.id, "whole", ALL).key == first
    others = {ask(world, "by-due"), ask(world, "poster"), ask(world, wanted=TOMS)}
    clock.forward(timedelta(days=1))
    others.add(ask(world))
    plans.report_progress(world.as_(ALICE), world.northmeres.id, action.id, AT_RISK, "", 1)
    others.add(ask(world))
    assert len({first, *others}) == 6


def test_the_renderer_makes_it_and_the_download_is_an_event(world: World) -> None:
    add(world)
    key = ask(world, "owners", TOMS)
    ctx = world.as_(VERA)
    with pytest.raises(NotFoundError, match="not ready yet"):
        plan_papers.download(ctx, world.northmeres.id, key)
    finish(world, key)

    assessment, pdf = plan_papers.download(ctx, world.northmeres.id, key)

    assert (assessment.id, pdf) == (world.northmeres.id, b"%PDF-1.7 of no use")
    done = events.timeline(
        ctx.store, world.northmeres.id, plan_papers.ASKED, plan_papers.DOWNLOADED
    )
    assert [(each.kind, each.person, each.detail) for each in done] == [
        ("plan paper downloaded", "Vera Viewer", {"form": "owners"}),
        ("plan paper asked for", "Alice Archer", {"form": "owners", "owner": "Tom Reed"}),
    ]


def test_a_paper_that_failed_is_made_again(world: World) -> None:
    key = ask(world)
    store = world.as_(None).store
    with store.writing():
        stored.fail(store, key, "It took too long.")
    with pytest.raises(ReportFailedError, match="took too long"):
        plan_papers.download(world.as_(ALICE), world.northmeres.id, key)
    assert plan_papers.ask(world.as_(ALICE), world.northmeres.id, "whole", ALL).state == "waiting"


def test_nobody_else_prints_a_plan_or_fetches_its_paper(world: World) -> None:
    reviewing.with_basw(world)
    key = ask(world)
    finish(world, key)
    for person in (CHARLIE, RHONA):
        ctx = world.as_(person)
        for attempt in (
            lambda ctx=ctx: plan_papers.choice(ctx, world.northmeres.id, ALL),
            lambda ctx=ctx: plan_papers.ask(ctx, world.northmeres.id, "whole", ALL),
            lambda ctx=ctx: plan_papers.download(ctx, world.northmeres.id, key),
            lambda ctx=ctx: plan_papers.download(ctx, world.southmeres.id, key),
        ):
            with pytest.raises(NotFoundError):
                attempt()
    with pytest.raises(NotSignedInError):
        plan_papers.choice(world.as_(None), world.northmeres.id, ALL)


def test_only_papers_of_the_plan_are_fetched_here(world: World) -> None:
    key = ask_for_report(world.as_(ALICE), world.northmeres.id).key
    with pytest.raises(NotFoundError, match="no such paper"):
        plan_papers.progress(world.as_(ALICE), world.northmeres.id, key)
    with pytest.raises(NotFoundError, match="no such report"):
        report_job(world.as_(ALICE), world.northmeres.id, ask(world))


def test_basw_prints_the_plan_of_an_accepted_health_check(world: World) -> None:
    reviewing.with_basw(world)
    accept(world)

    choice = plan_papers.choice(world.as_(RHONA), world.northmeres.id, ALL)
    job = plan_papers.ask(world.as_(RHONA), world.northmeres.id, "board", ALL)

    assert (choice.is_employers, job.state) == (False, "waiting")


def test_the_board_summary_has_the_submitted_scores_and_last_years(world: World) -> None:
    reviewing.with_basw(world)
    draft = page(world, ask(world, "board"))
    reviewing.submit(world)

    signed = page(world, ask(world, "board"))

    assert "not signed off" in draft
    assert "not signed off" not in signed
    assert stored_versions.latest(world.as_(None).store, world.northmeres.id) is not None
    following = begin(world)
    key = plan_papers.ask(world.as_(ALICE), following.id, "board", ALL).key
    assert "In 2026" in page(world, key)


def test_a_form_is_known_by_its_name() -> None:
    assert plan_papers.form_named("sheets") == "sheets"
    assert plan_papers.form_of(f"plan-by-due-{'0' * 64}") == "by-due"
    with pytest.raises(UnacceptableDetailsError, match=r"“flyer” is no form.*“poster”"):
        plan_papers.form_named("flyer")


def test_whoever_runs_the_installation_prints_any_plan(world: World) -> None:
    add(world, TOM, action="Buy more laptops.")
    of = {"employer": "Northmere Council", "service": "childrens", "cycle": "2026"}

    def page_of(wanted: Filter = ALL, **more: str) -> str:
        whose = of | more
        return plan_papers.page_of(world.as_(None), **whose, form="sheets", wanted=wanted)

    assert "Buy more laptops." in page_of()
    assert "Choose again on the screen." in page_of(Filter(owner="Nobody else"))
    with pytest.raises(NotFoundError, match="no health check of “adults” in the cycle “2026”"):
        page_of(service="adults")
    with pytest.raises(NotFoundError, match="no employer named"):
        page_of(employer="Nowhere")
    with pytest.raises(UnacceptableDetailsError, match=r"“moon” is no area.*, none"):
        page_of(Filter(area="moon"))


def test_progress_at_risk_is_printed_with_its_reason(world: World) -> None:
    action = add(world)
    said = replace(AT_RISK, reason="The union has not met.")
    assert isinstance(said, Progress)
    plans.report_progress(world.as_(ALICE), world.northmeres.id, action.id, said, "", 1)
    assert "The union has not met." in page(world, ask(world))
