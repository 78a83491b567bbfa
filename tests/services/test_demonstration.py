from __future__ import annotations

import stat
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from healthcheck import bootstrap
from healthcheck.config import SHIPPED, Config
from healthcheck.core.errors import NoRoomError
from healthcheck.core.journey import Status, progress
from healthcheck.core.questionnaires import Rating
from healthcheck.core.saving import Offered
from healthcheck.core.scoring import score
from healthcheck.services import accounts, assessments, demonstration
from healthcheck.services.demonstration_answers import ANSWERS, ATTACHED_TO, DATE_OF_FIGURES
from tests.people import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from healthcheck.bootstrap import Product
    from healthcheck.services.context import Context
    from healthcheck.services.demonstration import SignIn
    from healthcheck.services.shelf import Opened


@pytest.fixture
def shipped(tmp_path: Path) -> Iterator[Product]:
    config = Config(data=tmp_path, questionnaires=SHIPPED, secret_key="of no use to anyone" * 2)
    with closing(bootstrap.load(config, Clock())) as product:
        yield product


@pytest.fixture
def ctx(shipped: Product) -> Iterator[Context]:
    with shipped.context() as ctx:
        yield ctx


@pytest.fixture
def sign_ins(ctx: Context, tmp_path: Path) -> tuple[SignIn, ...]:
    return demonstration.prepare(ctx, tmp_path)


def assessments_of(ctx: Context, sign_in: SignIn) -> dict[str, Opened]:
    token = accounts.sign_in(ctx, sign_in.email, sign_in.password)
    person = accounts.person_for(ctx, token)
    mine = assessments.mine(replace(ctx, person=person))
    return {each.assessment.service: each for each in mine}


def everything(ctx: Context) -> list[tuple[object, ...]]:
    return [
        *ctx.store.rows("SELECT * FROM people"),
        *ctx.store.rows("SELECT * FROM employers"),
        *ctx.store.rows("SELECT * FROM assessments"),
        *ctx.store.rows("SELECT * FROM entry_history"),
        *ctx.store.rows("SELECT * FROM attachments"),
        *ctx.store.rows("SELECT * FROM events"),
    ]


def test_its_people_are_a_lead_a_contributor_a_viewer_and_another_employers_lead(
    sign_ins: tuple[SignIn, ...],
) -> None:
    assert [(each.email, each.role, each.employer) for each in sign_ins] == [
        ("lead@northmere.example", "Health check lead", "Northmere Council"),
        ("contributor@northmere.example", "Contributor", "Northmere Council"),
        ("viewer@northmere.example", "Viewer", "Northmere Council"),
        (
            "lead@southmere.example",
            "Health check lead",
            "Southmere Health and Social Care Trust",
        ),
    ]


def test_each_can_sign_in_and_sees_the_own_employers_assessments(
    ctx: Context, sign_ins: tuple[SignIn, ...]
) -> None:
    seen = {
        each.email: [
            (service, opened.assessment.employer.name, opened.may_answer)
            for service, opened in assessments_of(ctx, each).items()
        ]
        for each in sign_ins
    }
    northmere = [("adults", "Northmere Council"), ("childrens", "Northmere Council")]
    southmere = ("childrens", "Southmere Health and Social Care Trust", True)
    assert seen == {
        "lead@northmere.example": [(*each, True) for each in northmere],
        "contributor@northmere.example": [(*each, True) for each in northmere],
        "viewer@northmere.example": [(*each, False) for each in northmere],
        "lead@southmere.example": [southmere],
    }


def test_one_assessment_is_about_three_fifths_done_and_the_other_not_begun(
    ctx: Context, sign_ins: tuple[SignIn, ...]
) -> None:
    found = assessments_of(ctx, sign_ins[0])
    childrens, adults = found["childrens"], found["adults"]
    questions = childrens.questionnaire.questions.values()
    rated = progress(childrens.journey, [each for each in questions if isinstance(each, Rating)])
    figures = childrens.questionnaire.figures
    assert figures is not None
    assert 0.55 < rated.answered / rated.of < 0.65
    assert progress(childrens.journey, figures.questions).status is Status.IN_PROGRESS
    assert progress(adults.journey, questions).status is Status.NOT_STARTED


def test_the_part_finished_one_shows_what_there_is_to_show(
    ctx: Context, sign_ins: tuple[SignIn, ...]
) -> None:
    childrens = assessments_of(ctx, sign_ins[0])["childrens"]
    scorecard = score(childrens.questionnaire, childrens.journey)
    set_aside = [name for name, each in childrens.journey.items() if each.is_not_applicable]
    assert childrens.problems == {}
    assert list(childrens.attachments) == [ATTACHED_TO]
    assert len(set_aside) == 1
    assert [area.capped_by.id for area in scorecard.areas if area.capped_by] == [
        "workload-capacity-reached"
    ]
    assert len(scorecard.strengths) >= 3
    assert len(scorecard.improvements) >= 3
    assert childrens.journey["vacancy-rate"].value is not None
    assert childrens.place == "tools-knowledge"


def test_every_answer_it_gives_is_to_a_question_that_is_asked(ctx: Context) -> None:
    questionnaire = ctx.library.get("employer-health-check", "2026")
    assert {*ANSWERS, DATE_OF_FIGURES, ATTACHED_TO} <= questionnaire.questions.keys()


def test_a_second_run_changes_nothing_and_gives_the_same_sign_ins(
    ctx: Context, sign_ins: tuple[SignIn, ...], tmp_path: Path
) -> None:
    before = everything(ctx)
    assert demonstration.prepare(ctx, tmp_path) == sign_ins
    assert everything(ctx) == before


def test_what_a_visitor_changed_stays_changed(
    ctx: Context, sign_ins: tuple[SignIn, ...], tmp_path: Path
) -> None:
    childrens = assessments_of(ctx, sign_ins[0])["childrens"]
    question = "workload-agreed-scheme"
    (topic,) = [
        topic.id
        for topic in childrens.questionnaire.topics
        if question in {each.id for each in topic.questions}
    ]
    saved = childrens.saved[question]
    changed = replace(saved.entry, value=("1",))
    person = accounts.person_for(
        ctx, accounts.sign_in(ctx, sign_ins[0].email, sign_ins[0].password)
    )
    assessments.save_topic(
        replace(ctx, person=person),
        childrens.assessment.id,
        topic,
        {question: Offered(changed, saved.revision)},
        {},
    )
    demonstration.prepare(ctx, tmp_path)
    assert assessments_of(ctx, sign_ins[0])["childrens"].saved[question].entry == changed


def test_a_first_run_that_was_interrupted_is_finished_by_the_next(
    ctx: Context, tmp_path: Path
) -> None:
    (pages,) = ctx.store.rows("PRAGMA page_count")[0]
    ctx.store.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(NoRoomError):
        demonstration.prepare(ctx, tmp_path)
    ctx.store.connection.execute(f"PRAGMA max_page_count = {pages + 10_000}")
    sign_ins = demonstration.prepare(ctx, tmp_path)
    childrens = assessments_of(ctx, sign_ins[0])["childrens"]
    assert childrens.saved.keys() == {*ANSWERS, DATE_OF_FIGURES}
    assert len(assessments_of(ctx, sign_ins[3])) == 1


def test_passwords_are_random_and_readable_by_the_owner_alone(
    sign_ins: tuple[SignIn, ...], tmp_path: Path
) -> None:
    file = tmp_path / demonstration.FILE_NAME
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len({each.password for each in sign_ins}) == 4
    assert len({demonstration.passphrase() for _ in range(50)}) == 50


def test_a_lost_file_of_sign_ins_is_made_anew_with_new_passwords(
    ctx: Context, sign_ins: tuple[SignIn, ...], tmp_path: Path
) -> None:
    (tmp_path / demonstration.FILE_NAME).unlink()
    again = demonstration.prepare(ctx, tmp_path)
    assert again[0].password != sign_ins[0].password
    assert len(assessments_of(ctx, again[0])) == 2


@pytest.mark.parametrize(
    ("today", "deadline"),
    [
        (date(2026, 1, 1), date(2026, 9, 30)),
        (date(2026, 8, 1), date(2026, 9, 30)),
        (date(2026, 8, 2), date(2027, 9, 30)),
        (date(2026, 12, 31), date(2027, 9, 30)),
    ],
)
def test_the_deadline_is_a_thirtieth_of_september_that_leaves_time(
    today: date, deadline: date
) -> None:
    assert demonstration.next_deadline(today) == deadline


@pytest.mark.parametrize(
    ("today", "date_of_figures"),
    [(date(2026, 9, 29), "2025-09-30"), (date(2026, 9, 30), "2026-09-30")],
)
def test_the_figures_are_for_the_latest_thirtieth_of_september(
    today: date, date_of_figures: str
) -> None:
    assert demonstration.date_of_figures(today).value == (date_of_figures,)
