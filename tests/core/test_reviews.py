"""Moderated ratings beside the employer's own, and what may be seen of a review."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.questionnaires import Rating
from healthcheck.core.reviews import (
    LONGEST_TEXT,
    ChangeRequest,
    Ledger,
    Moderation,
    Outcome,
    Remark,
    RemarkKind,
    can_be_moderated,
    counting,
    level_given,
    moderated,
    moderated_score,
    words_given,
)
from healthcheck.core.scoring import score
from tests.core import build
from tests.core.specs import built, cases, values

if TYPE_CHECKING:
    from tests.core.plain import Given, Spec

AT = datetime(2026, 3, 2, tzinfo=UTC)


def moderation(question_id: str, level: int | None, number: int = 1) -> Moderation:
    return Moderation(number, 1, question_id, level, "Why.", "Rhona", AT)


def request(number: int = 1, *, sent: bool = True, answered: bool = False) -> ChangeRequest:
    return ChangeRequest(
        str(number),
        number,
        1,
        "a",
        "Why.",
        "Rhona",
        AT,
        sent_at=AT if sent else None,
        answered_at=AT + timedelta(days=1) if answered else None,
    )


def remark(kind: RemarkKind, *, sent: bool = False) -> Remark:
    return Remark("1", 1, "a", kind, "Words.", "Rhona", AT, AT if sent else None)


@given(cases(), st.data())
def test_moderation_never_changes_the_self_assessed_score(
    case: tuple[Spec, Given], data: st.DataObject
) -> None:
    spec, given_ = case
    questionnaire = built(spec)
    journey = build.journey(questionnaire, values(spec, given_))
    before, own = dict(journey), score(questionnaire, journey)
    levels = st.integers(0, len(spec["points"]) - 1)
    ids = st.sampled_from([*questionnaire.questions])
    chosen = data.draw(st.dictionaries(ids, levels | st.none()))
    moderations = [moderation(name, level) for name, level in chosen.items()]

    theirs = moderated_score(questionnaire, journey, moderations)

    assert journey == before
    assert score(questionnaire, journey) == own
    assert theirs.score is None or 0 <= theirs.score <= 100
    standing = {
        each.question_id: each.level
        for each in moderations
        if each.level is not None and can_be_moderated(journey[each.question_id])
    }
    after = moderated(journey, moderations)
    assert {name: after[name].value for name in standing} == standing
    assert {name: after[name] for name in after if name not in standing} == {
        name: before[name] for name in before if name not in standing
    }
    if not standing:
        assert theirs == own


def test_the_moderated_score_has_the_moderated_level_in_place() -> None:
    asked = build.questionnaire(build.rating("a"), build.rating("b"))
    journey = build.journey(asked, {"a": 3, "b": 3})
    assert moderated_score(asked, journey, [moderation("a", 0)]).score == 50
    assert score(asked, journey).score == 100


def test_what_was_set_aside_counts_where_basw_rated_it() -> None:
    asked = build.questionnaire(build.rating("a"), build.rating("b"))
    journey = build.journey(asked, {"a": build.NOT_APPLICABLE, "b": 3})
    theirs = moderated_score(asked, journey, [moderation("a", 0)])
    assert (theirs.score, theirs.answered) == (50, 2)


def test_only_ratings_that_were_answered_are_moderated() -> None:
    asked = build.questionnaire(build.rating("a"), build.rating("b"), build.yes_no("c"))
    journey = build.journey(asked, {"a": 1, "c": True})
    assert [can_be_moderated(each) for each in journey.values()] == [True, False, False]
    assert moderated(journey, [moderation("b", 1), moderation("c", 1)]) == journey


def test_a_rating_counts_only_where_the_question_is_answered() -> None:
    asked = build.questionnaire(build.rating("a"), build.rating("b"))
    ledger = Ledger(moderations=(moderation("b", 1), moderation("a", 1)))
    assert counting(build.journey(asked, {"a": 1, "b": 2}), ledger) == ("a", "b")
    assert counting(build.journey(asked, {"a": 1}), ledger) == ("a",)
    assert counting(build.journey(asked, {"a": 1}), Ledger()) == ()


def test_the_last_moderation_stands_and_one_without_a_level_withdraws_it() -> None:
    first, second = moderation("a", 1, 1), moderation("a", 2, 2)
    assert Ledger(moderations=(first, second)).in_force == {"a": second}
    assert Ledger(moderations=(first, moderation("a", None, 2))).in_force == {}


def test_requests_are_sorted_by_what_is_still_to_be_done() -> None:
    unsent, waiting = request(1, sent=False), request(2)
    answered = request(3, answered=True)
    ended = ChangeRequest("4", 4, 1, "a", "Why.", "R", AT, AT, outcome=Outcome.PARTLY_MET)
    ledger = Ledger(requests=(unsent, waiting, answered, ended))
    assert ledger.unsent == (unsent,)
    assert ledger.waiting == (waiting,)
    assert ledger.open == (unsent, waiting, answered)
    assert [each.status for each in ledger.requests] == [
        "Not sent yet",
        "Waiting for an answer",
        "Answered",
        "Partly met",
    ]


def test_what_is_sent_holds_no_private_note_even_if_one_were_marked_as_sent() -> None:
    remarks = tuple(remark(kind, sent=True) for kind in RemarkKind)
    ledger = Ledger((*remarks, remark(RemarkKind.COMMENT)), (moderation("a", 1),), (request(),))
    assert ledger.as_sent() == Ledger(remarks[:2], (), (request(),))
    assert ledger.private == remarks[2:]


def test_what_was_written_about_one_question_is_found() -> None:
    other = Remark("2", 1, "b", RemarkKind.COMMENT, "Words.", "Rhona", AT)
    ledger = Ledger((remark(RemarkKind.COMMENT), other), (moderation("b", 1),), (request(),))
    assert ledger.about("b") == Ledger((other,), (moderation("b", 1),), ())
    assert ledger.about("c").is_empty
    assert not ledger.is_empty


def test_a_level_is_one_of_the_questions_own() -> None:
    question = build.rating("a", descriptors={0: "None", 2: "Some"})
    assert isinstance(question, Rating)
    assert level_given(question, "2") == 2
    for typed in ("1", "", "02", "two"):
        with pytest.raises(UnacceptableDetailsError, match="Choose the rating"):
            level_given(question, typed)
    with pytest.raises(UnacceptableDetailsError, match="Only a rating"):
        level_given(build.yes_no("b"), "1")


def test_words_are_trimmed_and_have_one_kind_of_line_end() -> None:
    assert words_given(" a\r\nb \n", "Write.") == "a\nb"
    with pytest.raises(UnacceptableDetailsError, match=r"^Write\.$"):
        words_given(" \r\n ", "Write.")
    assert words_given("x" * LONGEST_TEXT, "Write.") == "x" * LONGEST_TEXT
    with pytest.raises(UnacceptableDetailsError, match=r"up to 5,000 .* has 5,001"):
        words_given("x" * (LONGEST_TEXT + 1), "Write.")
