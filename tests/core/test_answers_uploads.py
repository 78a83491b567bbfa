"""The look at a workbook of answers: changes, conflicts, what is not yours, what is not valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.answers import Entry
from healthcheck.core.answers_uploads import LAST, Preview, Uploaded, packed, preview, unpacked
from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.saving import Offered, Saved, merge
from healthcheck.core.sheets import BadCell
from tests.core.build import number, questionnaire, rating, yes_no

if TYPE_CHECKING:
    from collections.abc import Mapping

ASK = questionnaire(rating("scheme"), yes_no("new"), number("posts"))
AT = {each: {"value": f"Work!B{row}"} for row, each in enumerate(ASK.questions, start=2)}
READ_BADLY = BadCell("Work!C9", "Bad.")


def look(
    offers: Mapping[str, Offered],
    stored: Mapping[str, Saved] = {},
    others: frozenset[str] = frozenset(),
) -> Preview:
    uploaded = Uploaded(offers, AT, (READ_BADLY,))
    return preview(ASK, uploaded, stored, merge(stored, {}, offers), others)


OFFERS = {
    "posts": Offered(Entry(("many",)), 0),
    "new": Offered(Entry(("yes",)), 1),
    "scheme": Offered(Entry(("2",)), 3),
}
STORED = {"scheme": Saved(Entry(("1",)), 3, "Bob"), "new": Saved(Entry(("no",)), 2, "Bob")}


def test_what_changed_here_meanwhile_is_a_conflict_and_what_is_not_valid_is_named() -> None:
    found = look(OFFERS, STORED)
    assert [(each.question_id, each.place, each.entry.value) for each in found.changes] == [
        ("scheme", "Work!B2", ("2",))
    ]
    assert [(each.question_id, each.now.saved_by) for each in found.conflicts] == [("new", "Bob")]
    assert [str(each) for each in found.bad] == [
        "Work!C9: Bad.",
        "Work!B4: Enter a whole number in figures, such as 12.",
    ]
    assert found.can_be_applied
    assert found.chosen(["new", "posts"], "answer") == found.conflicts


def test_what_others_answer_cannot_be_applied() -> None:
    found = look(OFFERS, STORED, frozenset({"scheme", "new", "posts"}))
    assert [each.question_id for each in found.not_yours] == ["scheme", "new", "posts"]
    assert not found.can_be_applied
    assert found.is_refused


def test_an_agreement_is_to_exactly_what_was_shown() -> None:
    shown = look(OFFERS, STORED).fingerprint
    assert look(OFFERS, STORED).fingerprint == shown
    later = {**STORED, "new": Saved(Entry(("no",)), 3, "Bob")}
    assert look(OFFERS, later).fingerprint != shown
    other = {**OFFERS, "scheme": Offered(Entry(("3",)), 3)}
    assert look(other, STORED).fingerprint != shown


def test_what_a_page_carries_comes_back_as_it_was() -> None:
    found = look(OFFERS, STORED)
    again = unpacked(packed((*found.changes, *found.conflicts)))
    assert again.offers == {each: OFFERS[each] for each in ("scheme", "new")}
    stored_again = preview(ASK, again, STORED, merge(STORED, {}, again.offers), ())
    assert stored_again.fingerprint == found.fingerprint
    assert stored_again.changes == found.changes


def test_a_revision_that_cannot_be_is_one_that_nobody_saved() -> None:
    for sent, taken in ((-1, 0), (10**30, LAST)):
        found = unpacked(f'[["new",{sent},"",["yes"],false,"","",""]]')
        assert found.offers["new"].based_on == taken


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[1]",
        "[" * 100_000,
        '[["new", "1", "", [], false, "", "", ""]]',
        '[["new", 1, "", [2], false, "", "", ""]]',
    ],
)
def test_what_did_not_come_from_a_page_is_refused(text: str) -> None:
    with pytest.raises(UnacceptableDetailsError, match="Upload the workbook again"):
        unpacked(text)
