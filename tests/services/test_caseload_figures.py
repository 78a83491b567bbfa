from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.caseload_filling import NOT_YOURS, SAVED_ALREADY
from healthcheck.core.errors import (
    NotAllowedError,
    NotFoundError,
    StepRefusedError,
    UnacceptableDetailsError,
)
from healthcheck.core.workload.figures import Figure, Filling
from healthcheck.services import assigning, attachments, caseload_figures, snapshots
from healthcheck.services.assessments import opened, save_topic
from healthcheck.storage import events
from tests import reviewing
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE, VERA, offer
from tests.reviewing import OLIVE, RHONA
from tests.teams import DAY, MIA, PAT, keep, set_up, with_people

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from healthcheck.core.workload.teams import Team
    from healthcheck.services.caseload_figures import Applied, Looked
    from tests.people import World

EARLIER = DAY - timedelta(days=28)
ALL = ("in-post", "vacancies", "long-hours")


@pytest.fixture
def team(world: World) -> Team:
    with_people(world)
    return set_up(world)


def look(world: World, person: Person = BOB, on: date | None = None) -> Looked:
    return caseload_figures.look(world.as_(person), world.northmeres.id, on)


def apply(
    world: World, looked: Looked, *chosen: str, attach: tuple[str, ...] = (), person: Person = BOB
) -> Applied:
    return caseload_figures.apply(
        world.as_(person), world.northmeres.id, looked.day, looked.fingerprint, chosen, attach
    )


def values(world: World) -> dict[str, tuple[str, ...]]:
    saved = opened(world.as_(ALICE), world.northmeres.id).saved
    return {name: each.entry.value for name, each in saved.items()}


def test_figures_are_offered_with_date_and_source_and_saved_when_ticked(
    world: World, team: Team
) -> None:
    keep(world, team, EARLIER)
    keep(world, team, cases=13)
    looked = look(world)
    assert (looked.day, looked.days) == (DAY, (DAY, EARLIER))
    # AB and CD hold cases: 37/37 + 18.5/37; AB has 13 × 8 of 100 points, CD one of 45.
    assert [(each.question.id, each.text) for each in looked.rows] == [
        ("in-post", "1.5"),
        ("vacancies", "1"),
        ("long-hours", "50"),
    ]
    assert looked.rows[0].found.source == "1 team, counted on 1 March 2026"
    assert values(world) == {}

    done = apply(world, looked, "in-post", "long-hours")
    assert (done.answers, done.files, done.moved) == (2, 0, None)
    assert values(world) == {"in-post": ("1.5",), "long-hours": ("50",)}
    kind, _, detail = events.of(world.as_(ALICE).store, world.northmeres.id)[-1]
    assert (kind, detail) == (
        "topic saved",
        {
            "topic": "posts",
            "answers": ["in-post", "long-hours"],
            "files": [],
            "way": "caseload snapshots",
            "as of": "2026-03-01",
        },
    )
    assert [each.hindrance for each in look(world).rows] == [SAVED_ALREADY, "", SAVED_ALREADY]


def test_another_day_has_the_snapshots_of_that_day(world: World, team: Team) -> None:
    keep(world, team, EARLIER, cases=1)
    keep(world, team, cases=12)
    other = set_up(world, "Court")
    keep(world, other, EARLIER + timedelta(days=1), cases=20)
    then = look(world, on=EARLIER)
    assert then.rows[0].found.missing == ("Court has no snapshot of 1 February 2026 or before.",)
    assert look(world).rows[0].text == "3"
    assert look(world, on=date(2026, 2, 20)).day == DAY


def test_the_totals_are_attached_without_names_cases_or_one_teams_numbers(
    world: World, team: Team
) -> None:
    keep(world, team, cases=11)
    looked = look(world)
    done = apply(world, looked, attach=("agreed-scheme",))
    assert (done.answers, done.files) == (0, 1)
    now = opened(world.as_(ALICE), world.northmeres.id)
    (file,) = now.attachments["agreed-scheme"]
    assert (file.name, file.media_type) == ("caseload-figures-childrens-2026-03-01.csv", "text/csv")
    _, content = attachments.attachment(world.as_(VERA), world.northmeres.id, file.id)
    text = content.decode("utf-8-sig")
    source = '"1 team, counted on 1 March 2026"'
    assert text.splitlines()[2:5] == [
        f"Day the caseloads were counted,1 March 2026,{source}",
        f'Where the figures come from,"Caseload snapshots: {source[1:]},{source}',
        f"Cases held,12,{source}",
    ]
    assert "Team: Duty,1 March 2026" in text
    for hidden in ("AB", "CD", "C-7", "child-protection", *(each.id for each in team.workers)):
        assert hidden not in text
    again = look(world)
    assert [each.hindrance for each in again.evidence] == ["This file is attached already."]
    with pytest.raises(UnacceptableDetailsError, match="cannot be attached"):
        apply(world, again, attach=("agreed-scheme",))


def test_without_a_safe_level_or_a_question_for_it_the_rest_is_offered(world: World) -> None:
    with_people(world)
    keep(world, set_up(world, "Duty", ("simple-count",)))
    looked = look(world)
    assert looked.rows[2].found.missing == ("No scheme of Duty says what its safe level is.",)
    assert "No safe level is set by its schemes" in looked.file.content.decode("utf-8-sig")
    assert apply(world, looked, "vacancies").answers == 1


def test_a_question_that_another_edition_has_is_left_out(
    world: World, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(world, team)
    filling = Filling({"of-another": Figure.UNALLOCATED}, ("of-another", "agreed-scheme"))
    monkeypatch.setattr(world.product.library, "fillings", {"small-check": filling})
    looked = look(world)
    assert (looked.rows, [each.question.id for each in looked.evidence]) == ((), ["agreed-scheme"])


def test_no_name_of_a_worker_is_read_for_it(world: World, team: Team) -> None:
    keep(world, team)
    (counted,) = look(world).teams
    assert counted.snapshot is not None
    assert {each.name for each in counted.snapshot.workers} == {""}


def test_what_changed_since_it_was_looked_at_saves_nothing(world: World, team: Team) -> None:
    kept = keep(world, team)
    looked = look(world)
    ctx, check = world.as_(ALICE), world.northmeres.id
    save_topic(ctx, check, "posts", {"vacancies": offer("7")}, {})
    moved = apply(world, looked, "in-post", "vacancies").moved
    assert moved is not None
    assert values(world) == {"vacancies": ("7",)}
    row = moved.rows[1]
    assert (row.saved.entry.value, row.text, row.is_ticked) == (("7",), "1", False)
    snapshots.delete(ctx, team.id, kept.id, "It was wrong.")
    gone = apply(world, moved, "vacancies").moved
    assert gone is not None
    assert not any(each.text for each in gone.rows)
    assert gone.days == ()


def test_topics_of_others_are_left_to_them(world: World, team: Team) -> None:
    keep(world, team)
    given = {"posts": [ALICE.id], "scheme": [ALICE.id]}
    assigning.assign(world.as_(ALICE), world.northmeres.id, {}, given)
    looked = look(world)
    assert {each.hindrance for each in looked.rows} == {NOT_YOURS}
    assert {each.hindrance for each in looked.evidence} == {NOT_YOURS}
    assert not looked.can_be_applied
    with pytest.raises(UnacceptableDetailsError, match="cannot be saved from here"):
        apply(world, looked, "in-post")
    theirs = look(world, ALICE)
    assert apply(world, theirs, *ALL, person=ALICE).answers == 3


def test_nothing_ticked_is_said(world: World, team: Team) -> None:
    keep(world, team)
    with pytest.raises(UnacceptableDetailsError, match="Nothing was ticked"):
        apply(world, look(world))


def test_a_file_for_which_there_is_no_room_saves_no_answer_either(
    world: World, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(world, team)
    monkeypatch.setattr(attachments, "MOST_IN_AN_ASSESSMENT", 10)
    with pytest.raises(UnacceptableDetailsError, match="was not added"):
        apply(world, look(world), "in-post", attach=("agreed-scheme",))
    assert values(world) == {}


@pytest.mark.parametrize(
    ("person", "refused"),
    [
        (VERA, NotAllowedError),
        (OLIVE, NotAllowedError),
        (RHONA, NotAllowedError),
        (MIA, NotFoundError),
        (PAT, NotFoundError),
        (CHARLIE, NotFoundError),
    ],
)
def test_only_those_who_answer_see_figures(
    world: World, team: Team, person: Person, refused: type[Exception]
) -> None:
    reviewing.with_basw(world)
    keep(world, team)
    ctx, check = world.as_(person), world.northmeres.id
    with pytest.raises(refused):
        caseload_figures.look(ctx, check)
    with pytest.raises(refused):
        caseload_figures.apply(ctx, check, DAY, "", ALL, ())


def test_answers_that_are_with_somebody_else_take_no_figures(world: World, team: Team) -> None:
    keep(world, team)
    looked = look(world, ALICE)
    reviewing.with_basw(world)
    reviewing.submit(world)
    with pytest.raises(StepRefusedError):
        apply(world, looked, "in-post", person=ALICE)


def test_there_is_a_way_to_it_only_where_there_are_teams_and_somebody_answers(
    world: World,
) -> None:
    check = world.northmeres.id

    def topics(person: Person) -> frozenset[str]:
        ctx = world.as_(person)
        return caseload_figures.topics(ctx, opened(ctx, check))

    with pytest.raises(NotFoundError, match="no caseload figures"):
        look(world)
    assert topics(BOB) == frozenset()
    with_people(world)
    set_up(world)
    assert topics(BOB) == {"posts"}
    assert topics(VERA) == frozenset()
    assert look(world).rows[0].found.missing == ("Duty has no snapshot of 2 March 2026 or before.",)
    ctx = world.as_(CHARLIE)
    southmeres = opened(ctx, world.southmeres.id)
    assert caseload_figures.topics(ctx, southmeres) == frozenset()
    assert NORTHMERE.id != southmeres.assessment.employer.id
