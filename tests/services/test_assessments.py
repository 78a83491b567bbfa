from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.answers import Entry, Problem
from healthcheck.core.errors import NotFoundError, NotSignedInError, UnacceptableDetailsError
from healthcheck.core.journey import Visibility
from healthcheck.core.saving import Clash, Saved
from healthcheck.definitions import library
from healthcheck.services.assessments import mine, opened, remember_place, save_topic, start
from healthcheck.services.attachments import Upload
from healthcheck.services.shelf import Shelf
from healthcheck.storage import assessments as stored
from healthcheck.storage import events
from tests.people import ALICE, BOB, NORTHMERE, NOW, VERA, offer

if TYPE_CHECKING:
    from healthcheck.services.context import Context
    from tests.people import World


def history(ctx: Context) -> list[tuple[object, ...]]:
    return ctx.store.rows(
        "SELECT question_id, revision, saved_by FROM entry_history ORDER BY rowid"
    )


def test_an_assessment_begins_with_nothing_saved(world: World) -> None:
    found = opened(world.as_(ALICE), world.northmeres.id)
    assert found.assessment == world.northmeres
    assert (found.saved, found.attachments, found.problems) == ({}, {}, {})
    assert (found.may_answer, found.place, found.definition_changed) == (True, None, False)
    assert found.assessment.revision == 0
    assert not any(each.is_answered for each in found.journey.values())


def test_questions_are_in_the_words_of_the_assessment(world: World) -> None:
    found = opened(world.as_(ALICE), world.northmeres.id)
    assert found.questionnaire.questions["agreed-scheme"].text == (
        "A scheme is agreed with the Director of Children's Services."
    )


def test_what_was_saved_is_there_for_a_colleague(world: World) -> None:
    offered = {"agreed-scheme": offer("2", evidence="The scheme"), "employs-new": offer("yes")}
    outcome = save_topic(world.as_(ALICE), world.northmeres.id, "scheme", offered, {})
    found = opened(world.as_(BOB), world.northmeres.id)
    assert found.saved == {
        "agreed-scheme": Saved(Entry(("2",), evidence="The scheme"), 1, ALICE.name, NOW),
        "employs-new": Saved(Entry(("yes",)), 1, ALICE.name, NOW),
    }
    assert found.journey["agreed-scheme"].value == 2
    assert found.journey["protected-caseloads"].visibility is Visibility.VISIBLE
    assert outcome.opened == found
    assert (outcome.clashes, dict(outcome.refused_files)) == ((), {})


def test_a_save_counts_as_one_change_and_says_when(world: World) -> None:
    ctx = replace(world.as_(ALICE), now=NOW + timedelta(hours=1))
    offered = {"agreed-scheme": offer("2"), "employs-new": offer("yes")}
    after = save_topic(ctx, world.northmeres.id, "scheme", offered, {}).opened.assessment
    assert (after.revision, after.changed_at) == (1, NOW + timedelta(hours=1))
    assert events.of(ctx.store, world.northmeres.id) == [
        ("assessment started", None, {}),
        (
            "began answering",
            ALICE.id,
            {"from": "NOT_STARTED", "to": "IN_PROGRESS", "reason": ""},
        ),
        (
            "topic saved",
            ALICE.id,
            {"topic": "scheme", "answers": ["agreed-scheme", "employs-new"], "files": []},
        ),
    ]


def test_saving_the_same_again_writes_nothing(world: World) -> None:
    ctx = world.as_(ALICE)
    save_topic(ctx, world.northmeres.id, "scheme", {"agreed-scheme": offer("2")}, {})
    before = ctx.store.connection.total_changes
    again = {"agreed-scheme": offer("2", based_on=1), "employs-new": offer()}
    outcome = save_topic(ctx, world.northmeres.id, "scheme", again, {})
    assert ctx.store.connection.total_changes == before
    assert outcome.opened.assessment.revision == 1


def test_an_entry_that_is_not_valid_yet_is_kept_as_typed(world: World) -> None:
    ctx = world.as_(ALICE)
    save_topic(ctx, world.northmeres.id, "posts", {"in-post": offer("about 140")}, {})
    found = opened(ctx, world.northmeres.id)
    assert found.saved["in-post"].entry == Entry(("about 140",))
    assert found.problems == {
        "in-post": (Problem("value", "Enter a number in figures, such as 12 or 12.5."),)
    }
    assert found.journey["in-post"].value is None


def test_figures_give_their_rate_as_soon_as_they_are_saved(world: World) -> None:
    offered = {"in-post": offer("90"), "vacancies": offer("10")}
    outcome = save_topic(world.as_(ALICE), world.northmeres.id, "posts", offered, {})
    values = {name: outcome.opened.journey[name].value for name in ("in-post", "vacancy-rate")}
    assert values == {"in-post": Decimal(90), "vacancy-rate": Fraction(10)}


def test_an_answer_to_a_hidden_question_is_kept_and_counts_nowhere(world: World) -> None:
    offered = {"employs-new": offer("no"), "protected-caseloads": offer("3")}
    outcome = save_topic(world.as_(ALICE), world.northmeres.id, "scheme", offered, {})
    assert outcome.opened.saved["protected-caseloads"].entry == Entry(("3",))
    assert not outcome.opened.journey["protected-caseloads"].is_answered


def test_not_applicable_is_saved_with_its_reason(world: World) -> None:
    offered = {"quiet-space": offer(reason="We work outdoors.")}
    outcome = save_topic(world.as_(ALICE), world.northmeres.id, "equipment", offered, {})
    assert outcome.opened.journey["quiet-space"].is_not_applicable


@pytest.mark.parametrize(
    ("topic", "question"),
    [
        ("scheme", "no-such-question"),
        ("scheme", "quiet-space"),
        ("posts", "vacancy-rate"),
        ("no-such-topic", "quiet-space"),
    ],
)
def test_a_question_that_is_not_asked_on_the_page_saves_nothing_at_all(
    world: World, topic: str, question: str
) -> None:
    ctx = world.as_(ALICE)
    with pytest.raises(NotFoundError):
        save_topic(
            ctx,
            world.northmeres.id,
            topic,
            {"agreed-scheme": offer("1"), question: offer("2")},
            {},
        )
    assert history(ctx) == []


def test_a_file_for_a_question_of_another_page_saves_nothing_at_all(world: World) -> None:
    ctx = world.as_(ALICE)
    with pytest.raises(NotFoundError):
        save_topic(
            ctx,
            world.northmeres.id,
            "scheme",
            {"agreed-scheme": offer("1")},
            {"quiet-space": [Upload("a.txt", b"words")]},
        )
    assert history(ctx) == []
    assert ctx.store.rows("SELECT * FROM contents") == []


def test_the_second_of_two_colleagues_is_shown_both_versions(world: World) -> None:
    alice, bob, id_ = world.as_(ALICE), world.as_(BOB), world.northmeres.id
    save_topic(alice, id_, "scheme", {"agreed-scheme": offer("2")}, {})
    outcome = save_topic(bob, id_, "scheme", {"agreed-scheme": offer("3")}, {}, "allocation")
    theirs = Saved(Entry(("2",)), 1, ALICE.name, NOW)
    assert outcome.clashes == (Clash("agreed-scheme", theirs, Entry(("3",))),)
    assert outcome.opened.saved == {"agreed-scheme": theirs}
    assert outcome.opened.place is None
    assert history(bob) == [("agreed-scheme", 1, ALICE.id)]


def test_what_does_not_clash_is_saved_beside_what_does(world: World) -> None:
    alice, bob, id_ = world.as_(ALICE), world.as_(BOB), world.northmeres.id
    save_topic(alice, id_, "scheme", {"agreed-scheme": offer("2")}, {})
    offered = {"agreed-scheme": offer("3"), "employs-new": offer("yes")}
    outcome = save_topic(bob, id_, "scheme", offered, {})
    assert [clash.question_id for clash in outcome.clashes] == ["agreed-scheme"]
    assert outcome.opened.saved["employs-new"] == Saved(Entry(("yes",)), 1, BOB.name, NOW)


def test_choosing_ones_own_version_writes_it_over_the_one_seen(world: World) -> None:
    alice, bob, id_ = world.as_(ALICE), world.as_(BOB), world.northmeres.id
    save_topic(alice, id_, "scheme", {"agreed-scheme": offer("2")}, {})
    chosen = {"agreed-scheme": offer("3", based_on=1)}
    outcome = save_topic(bob, id_, "scheme", chosen, {})
    assert outcome.clashes == ()
    assert outcome.opened.saved["agreed-scheme"] == Saved(Entry(("3",)), 2, BOB.name, NOW)
    assert history(bob) == [("agreed-scheme", 1, ALICE.id), ("agreed-scheme", 2, BOB.id)]


def test_a_page_left_as_it_was_opened_undoes_nothing_of_a_colleagues(world: World) -> None:
    alice, bob, id_ = world.as_(ALICE), world.as_(BOB), world.northmeres.id
    save_topic(alice, id_, "scheme", {"agreed-scheme": offer("1")}, {})
    save_topic(alice, id_, "scheme", {"agreed-scheme": offer("2", based_on=1)}, {})
    untouched = {"agreed-scheme": offer("1", based_on=1), "employs-new": offer("no")}
    outcome = save_topic(bob, id_, "scheme", untouched, {})
    assert outcome.clashes == ()
    assert outcome.opened.saved["agreed-scheme"].entry == Entry(("2",))
    assert outcome.opened.saved["employs-new"].entry == Entry(("no",))


def test_two_colleagues_who_say_the_same_do_not_clash(world: World) -> None:
    alice, bob, id_ = world.as_(ALICE), world.as_(BOB), world.northmeres.id
    save_topic(alice, id_, "scheme", {"agreed-scheme": offer("2")}, {})
    outcome = save_topic(bob, id_, "scheme", {"agreed-scheme": offer("2")}, {})
    assert outcome.clashes == ()
    assert history(bob) == [("agreed-scheme", 1, ALICE.id)]


def test_a_revision_that_never_was_is_treated_as_a_clash(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    save_topic(ctx, id_, "scheme", {"agreed-scheme": offer("2")}, {})
    outcome = save_topic(ctx, id_, "scheme", {"agreed-scheme": offer("3", based_on=99)}, {})
    assert [clash.question_id for clash in outcome.clashes] == ["agreed-scheme"]


def test_the_page_to_go_on_with_is_remembered_with_the_save(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    outcome = save_topic(ctx, id_, "scheme", {"agreed-scheme": offer("2")}, {}, "allocation")
    assert outcome.opened.place == "allocation"
    assert opened(world.as_(BOB), id_).place is None


def test_a_place_is_remembered_and_written_only_when_it_changes(world: World) -> None:
    ctx, id_ = world.as_(VERA), world.northmeres.id
    remember_place(ctx, id_, "posts")
    before = ctx.store.connection.total_changes
    remember_place(ctx, id_, "posts")
    assert ctx.store.connection.total_changes == before
    assert opened(ctx, id_).place == "posts"


def test_a_page_that_does_not_exist_is_no_place(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    with pytest.raises(NotFoundError, match="no such page"):
        remember_place(ctx, id_, "no-such-topic")
    with pytest.raises(NotFoundError, match="no such page"):
        save_topic(ctx, id_, "scheme", {"agreed-scheme": offer("2")}, {}, "no-such-topic")
    assert history(ctx) == []


def test_an_answer_to_a_question_that_is_gone_is_kept_and_left_out(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    with ctx.store.writing():
        stored.save(ctx.store, id_, {"long-gone": Entry(("1",))}, ALICE.id, NOW)
    found = opened(ctx, id_)
    assert found.saved["long-gone"].entry == Entry(("1",))
    assert "long-gone" not in found.journey


def test_a_definition_that_changed_after_the_start_is_reported(world: World) -> None:
    ctx = world.as_(ALICE)
    edition = ("small-check", "2026")
    edited = library.Library({edition: (ctx.library.get(*edition), "another digest")})
    assert opened(replace(ctx, library=edited), world.northmeres.id).definition_changed


def test_a_new_assessment_is_pinned_to_its_edition(world: World) -> None:
    ctx = world.as_(None)
    made = start(
        ctx,
        NORTHMERE,
        service="adults",
        cycle="2026",
        due=date(2026, 10, 31),
        questionnaire="small-check",
        edition="2026",
    )
    assert made.digest == ctx.library.digest("small-check", "2026")
    assert made.reference.startswith("HC-2026-")
    assert opened(world.as_(ALICE), made.id).assessment == made


def test_an_assessment_of_an_edition_that_is_not_there_is_not_started(world: World) -> None:
    ctx = world.as_(None)
    with pytest.raises(NotFoundError, match="no edition “1999”"):
        start(
            ctx,
            NORTHMERE,
            service="adults",
            cycle="2026",
            due=date(2026, 10, 31),
            questionnaire="small-check",
            edition="1999",
        )
    assert ctx.store.rows("SELECT count(*) FROM assessments") == [(2,)]


@pytest.mark.parametrize(
    ("service", "said"),
    [
        ("childrens", "Northmere Council has a health check of this service in 2026 already."),
        ("Court Team", "“Court Team” is not an id for a service."),
    ],
)
def test_a_service_is_started_once_in_a_cycle_under_an_id(
    world: World, service: str, said: str
) -> None:
    ctx = world.as_(None)
    with pytest.raises(UnacceptableDetailsError, match=said):
        start(
            ctx,
            NORTHMERE,
            service=service,
            cycle="2026",
            due=date(2026, 10, 31),
            questionnaire="small-check",
            edition="2026",
        )
    assert ctx.store.rows("SELECT count(*) FROM assessments") == [(2,)]


def test_a_list_has_the_latest_deadline_first(world: World) -> None:
    for year in (2025, 2027):
        start(
            world.as_(None),
            NORTHMERE,
            service="childrens",
            cycle=str(year),
            due=date(year, 9, 30),
            questionnaire="small-check",
            edition="2026",
        )
    cycles = [each.assessment.cycle for each in mine(world.as_(ALICE))]
    assert cycles == ["2027", "2026", "2025"]


def test_nobody_has_a_list(world: World) -> None:
    with pytest.raises(NotSignedInError):
        mine(world.as_(None))


def test_a_longer_list_takes_no_more_queries(world: World) -> None:
    ctx = world.as_(ALICE)
    queries: list[str] = []
    ctx.store.connection.set_trace_callback(queries.append)
    mine(replace(ctx, shelf=Shelf()))
    short = list(queries)
    for service in ("adults", "fostering", "court"):
        made = start(
            world.as_(None),
            NORTHMERE,
            service=service,
            cycle="2026",
            due=date(2026, 9, 30),
            questionnaire="small-check",
            edition="2026",
        )
        save_topic(world.as_(BOB), made.id, "scheme", {"agreed-scheme": offer("2")}, {})
    queries.clear()
    assert len(mine(replace(ctx, shelf=Shelf()))) == 4
    assert len(queries) == len(short) == 5
