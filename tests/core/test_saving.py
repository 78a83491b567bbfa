from __future__ import annotations

import pytest

from healthcheck.core.answers import Entry
from healthcheck.core.saving import Clash, Merge, Offered, Saved, merge, says_same

ONE, TWO, THREE = Entry(("1",)), Entry(("2",)), Entry(("3",))
STORED = {"q": Saved(TWO, revision=2, saved_by="Bob")}


def test_an_entry_goes_in_when_nobody_changed_it_since_the_page_was_opened() -> None:
    assert merge(STORED, {}, {"q": Offered(THREE, based_on=2)}) == Merge({"q": THREE}, ())


def test_the_first_entry_ever_goes_in() -> None:
    assert merge({}, {}, {"q": Offered(ONE, based_on=0)}) == Merge({"q": ONE}, ())


def test_an_entry_can_be_emptied() -> None:
    assert merge(STORED, {}, {"q": Offered(Entry(), based_on=2)}) == Merge({"q": Entry()}, ())


def test_saying_what_is_stored_already_writes_nothing() -> None:
    assert merge(STORED, {"q": ONE}, {"q": Offered(TWO, based_on=1)}) == Merge({}, ())
    assert merge(STORED, {}, {"q": Offered(TWO, based_on=2)}) == Merge({}, ())
    assert merge(STORED, {}, {"q": Offered(Entry(("2", " ")), based_on=2)}) == Merge({}, ())


def test_an_entry_left_as_the_page_showed_it_does_not_undo_a_colleague_s() -> None:
    assert merge(STORED, {"q": ONE}, {"q": Offered(ONE, based_on=1)}) == Merge({}, ())


def test_a_question_left_empty_does_not_undo_a_colleague_s_first_entry() -> None:
    stored = {"q": Saved(TWO, revision=1)}

    assert merge(stored, {}, {"q": Offered(Entry(), based_on=0)}) == Merge({}, ())


def test_two_different_changes_are_a_clash_and_neither_is_written() -> None:
    merged = merge(STORED, {"q": ONE}, {"q": Offered(THREE, based_on=1)})

    assert merged == Merge({}, (Clash("q", STORED["q"], THREE),))


def test_a_choice_still_to_be_made_is_a_clash_even_when_it_is_the_old_version() -> None:
    merged = merge(STORED, {"q": ONE}, {"q": Offered(ONE, based_on=-1)})

    assert merged == Merge({}, (Clash("q", STORED["q"], ONE),))


def test_a_revision_that_was_never_saved_is_no_leave_to_overwrite() -> None:
    merged = merge(STORED, {}, {"q": Offered(THREE, based_on=9)})

    assert merged == Merge({}, (Clash("q", STORED["q"], THREE),))


def test_questions_that_do_not_clash_are_written_beside_one_that_does() -> None:
    offered = {"q": Offered(THREE, based_on=1), "other": Offered(ONE, based_on=0)}

    assert merge(STORED, {"q": ONE}, offered) == Merge(
        {"other": ONE}, (Clash("q", STORED["q"], THREE),)
    )


def test_line_ends_that_a_browser_changed_are_no_clash() -> None:
    stored = {"q": Saved(Entry(evidence="one\ntwo\nthree"), revision=2)}
    opened_on = {"q": Entry(evidence="one\ntwo")}

    merged = merge(stored, opened_on, {"q": Offered(Entry(evidence="one\r\ntwo\r\n"), based_on=1)})

    assert merged == Merge({}, ())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Entry(("1",)), Entry(("1 ", "")), True),
        (Entry(()), Entry(("",)), True),
        (Entry(("1",)), Entry(("2",)), False),
        (Entry(("a", "b")), Entry(("a",)), False),
        (Entry(not_applicable=True), Entry(), False),
        (Entry(reason="a"), Entry(reason=" a\r\n"), True),
        (Entry(reason="a"), Entry(reason="b"), False),
        (Entry(evidence="a\rb"), Entry(evidence="a\nb"), True),
        (Entry(evidence="a"), Entry(evidence=""), False),
        (Entry(links="https://a.example\r\n"), Entry(links="https://a.example"), True),
        (Entry(links="https://a.example"), Entry(links="https://b.example"), False),
    ],
)
def test_two_entries_are_the_same_but_for_what_a_browser_changes(
    one: Entry, other: Entry, *, same: bool
) -> None:
    assert (says_same(one, other), says_same(other, one)) == (same, same)
