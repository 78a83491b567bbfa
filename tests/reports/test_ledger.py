"""A review in words: scores side by side and the ledger."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from healthcheck.core.reviews import (
    ChangeRequest,
    Ledger,
    Moderation,
    Outcome,
    Remark,
    RemarkKind,
    moderated_score,
)
from healthcheck.core.scoring import score
from healthcheck.reports import html, view_model
from healthcheck.reports.ledger import (
    NOT_MODERATED,
    by_and_on,
    how_made,
    own_level,
    reviewed,
    score_pairs,
    written,
)
from tests.core import build

if TYPE_CHECKING:
    from healthcheck.core.answers import Answer, Value
    from healthcheck.reports.ledger_parts import Reviewed

AT = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
ASKED = build.questionnaire(
    build.area("one", build.rating("a"), build.rating("b"), weight=Fraction(1)),
    build.area("two", build.rating("c"), build.yes_no("d")),
)
VALUES: dict[str, Value | Answer] = {"a": 3, "b": build.NOT_APPLICABLE, "d": True}


def moderation(number: int, question_id: str, level: int | None) -> Moderation:
    return Moderation(number, 1, question_id, level, f"Why {number}.\n\nMore.", "Rhona", AT)


def remark(kind: RemarkKind, question_id: str, text: str) -> Remark:
    return Remark(text, 1, question_id, kind, text, "Rhona", AT)


LEDGER = Ledger(
    remarks=(
        remark(RemarkKind.COMMENT, "c", "Second."),
        remark(RemarkKind.COMMENT, "a", "<First> & foremost."),
        remark(RemarkKind.GOOD_PRACTICE, "b", "A forum."),
    ),
    moderations=(
        moderation(1, "a", 2),
        moderation(2, "a", 1),
        moderation(3, "b", 0),
        moderation(4, "b", None),
    ),
    requests=(
        ChangeRequest("x", 1, 1, "a", "Attach it.", "Rhona", AT, AT),
        ChangeRequest(
            "y",
            2,
            1,
            "c",
            "Say more.",
            "Rhona",
            AT,
            AT,
            answer="Said.",
            answered_by="Alice",
            answered_at=AT,
            outcome=Outcome.WITHDRAWN,
            outcome_note="Not needed.",
            ended_by="Rhona",
            ended_at=AT,
        ),
    ),
)


def whole(ledger: Ledger = LEDGER) -> Reviewed:
    journey = build.journey(ASKED, VALUES)
    theirs = moderated_score(ASKED, journey, ledger.in_force.values())
    return reviewed(
        ASKED, journey, ledger, own=score(ASKED, journey), moderated=theirs, accepted="Rhona"
    )


def test_scores_stand_side_by_side_each_with_its_band() -> None:
    made = whole()
    assert [(each.number, each.title, each.own, each.moderated) for each in made.scores] == [
        ("", "Overall", "100 out of 100, High", "33 out of 100, Low"),
        ("1", "Area one", "100 out of 100, High", "33 out of 100, Low"),
        ("2", "Area two", "No score", "No score"),
    ]
    assert [each.differs for each in made.scores] == [True, True, False]


def test_how_the_moderated_scores_were_made_is_said() -> None:
    journey = build.journey(ASKED, {**VALUES, "c": 1})
    assert how_made(ASKED, journey, Ledger()) == (NOT_MODERATED,)
    assert (
        "with 1 rating by BASW in place of the employer’s own, on 1.1."
        in how_made(ASKED, journey, LEDGER)[1]
    )
    both = Ledger(moderations=(moderation(1, "c", 1), moderation(2, "a", 1)))
    assert "with 2 ratings by BASW" in how_made(ASKED, journey, both)[1]
    assert "on 1.1 and 2.1." in how_made(ASKED, journey, both)[1]


def test_every_rating_by_basw_is_kept_and_told_apart() -> None:
    ratings = whole().written.ratings
    assert [(each.question.number, each.own, each.moderated) for each in ratings] == [
        ("1.1", "3. Embedded", "2. In place"),
        ("1.1", "3. Embedded", "1. Partly in place"),
        ("1.2", "Not applicable", "0. Not in place"),
    ]
    assert [each.fate for each in ratings] == [
        "Replaced by a later rating",
        "",
        "Withdrawn by BASW",
    ]
    assert [each.stands for each in ratings] == [False, True, False]
    assert ratings[0].reason == ("Why 1.", "More.")


def test_remarks_stand_in_the_order_of_the_questions() -> None:
    made = whole().written
    assert [each.paragraphs for each in made.comments] == [("<First> & foremost.",), ("Second.",)]
    assert [each.kind for each in made.good_practice] == ["Good practice"]
    assert [each.state for each in made.comments] == ["Not sent yet"] * 2
    assert not made.is_empty
    assert written(ASKED, None, Ledger()).is_empty


def test_requests_have_their_answer_and_end() -> None:
    first, second = whole().written.requests
    assert (first.status, first.answered, first.outcome, first.ended) == (
        "Waiting for an answer",
        "",
        "",
        "",
    )
    assert (second.answer, second.outcome, second.note) == (
        ("Said.",),
        "Withdrawn by BASW",
        ("Not needed.",),
    )
    assert (second.answered, second.ended) == ("Alice, 1 July 2026", "Rhona, 1 July 2026")


def test_a_private_note_says_that_it_stays() -> None:
    ledger = Ledger(remarks=(remark(RemarkKind.PRIVATE_NOTE, "a", "Ask."),))
    (note,) = written(ASKED, None, ledger).private_notes
    assert note.state == "Never leaves BASW"


def test_without_answers_own_ratings_are_left_blank() -> None:
    assert [each.own for each in written(ASKED, None, LEDGER).ratings] == ["", "", ""]


def test_an_own_answer_of_any_kind_is_put_in_words() -> None:
    journey = build.journey(ASKED, VALUES)
    assert {name: own_level(ASKED, standing) for name, standing in journey.items()} == {
        "a": "3. Embedded",
        "b": "Not applicable",
        "c": "",
        "d": "Yes",
    }
    assert own_level(ASKED, None) == ""


def test_days_are_british_and_a_name_that_is_gone_is_left_out() -> None:
    assert by_and_on("Rhona", AT) == "Rhona, 1 July 2026"
    assert by_and_on("", AT) == "1 July 2026"


def test_what_is_long_may_run_over_pages() -> None:
    long = "x" * 2000
    ledger = Ledger(
        (remark(RemarkKind.COMMENT, "a", long), remark(RemarkKind.COMMENT, "a", "short")),
        (Moderation(1, 1, "a", 1, long, "Rhona", AT),),
        (ChangeRequest("x", 1, 1, "a", long, "Rhona", AT),),
    )
    made = written(ASKED, None, ledger)
    assert [each.is_long for each in made.comments] == [True, False]
    assert [made.ratings[0].is_long, made.requests[0].is_long] == [True, True]


def test_the_report_carries_both_scores_and_the_ledger() -> None:
    journey = build.journey(ASKED, VALUES)
    subject = view_model.Subject("Northmere", build.FACTS, "2026", "HC-1", AT.date())
    report = view_model.report(subject, ASKED, journey)
    page = html.page(report, whole())
    for words in (
        "Self-assessed and moderated scores",
        "33 out of 100, Low (different)",
        "The review by BASW",
        "&lt;First&gt; &amp; foremost.",
        "(withdrawn by BASW)",
        "Not needed.",
    ):
        assert words in page
    assert 'href="#review"' in page
    plain = html.page(report)
    assert "The review by BASW" not in plain
    assert "BASW asked for no changes." in html.page(report, whole(Ledger()))


def test_pairs_need_the_same_areas() -> None:
    card = score(ASKED, build.journey(ASKED, VALUES))
    assert [each.own == each.moderated for each in score_pairs(card, card)] == [True] * 3
