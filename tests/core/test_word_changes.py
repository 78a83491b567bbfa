"""The difference of two texts, word by word."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from healthcheck.core.word_changes import MOST_COMPARED, Fate, Piece, word_changes

STAYED, WENT, CAME = Fate
TEXTS = st.text() | st.lists(st.sampled_from(["a ", "b ", "case\n", "load", " "])).map("".join)


def joined(pieces: tuple[Piece, ...], *fates: Fate) -> str:
    return "".join(each.text for each in pieces if each.fate in fates)


@given(TEXTS, TEXTS)
@example("", "")
@example(" a", "a ")
@example("a b " * (MOST_COMPARED + 1), "b a " * 3)
def test_put_back_together_the_pieces_are_both_texts(old: str, new: str) -> None:
    pieces = word_changes(old, new)
    assert joined(pieces, STAYED, WENT) == old
    assert joined(pieces, STAYED, CAME) == new


@given(TEXTS, TEXTS)
def test_no_piece_is_empty_and_no_two_neighbours_share_a_fate(old: str, new: str) -> None:
    pieces = word_changes(old, new)
    assert all(each.text for each in pieces)
    assert all(one.fate is not two.fate for one, two in pairwise(pieces))


@given(TEXTS)
def test_a_text_beside_itself_stayed(text: str) -> None:
    assert word_changes(text, text) == ((Piece(STAYED, text),) if text else ())


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "New words.", (Piece(CAME, "New words."),)),
        ("Old words.", "", (Piece(WENT, "Old words."),)),
        (
            "We agreed the scheme in May with the union.",
            "We agreed the new scheme in June with the union.",
            (
                Piece(STAYED, "We agreed the "),
                Piece(CAME, "new "),
                Piece(STAYED, "scheme in "),
                Piece(WENT, "May "),
                Piece(CAME, "June "),
                Piece(STAYED, "with the union."),
            ),
        ),
        (
            "Held weekly.",
            "Held weekly.\n\nBy month: 91%.",
            (Piece(STAYED, "Held weekly."), Piece(CAME, "\n\nBy month: 91%.")),
        ),
        (
            "One line\nand two",
            "One line and two",
            (
                Piece(STAYED, "One line"),
                Piece(WENT, "\n"),
                Piece(CAME, " "),
                Piece(STAYED, "and two"),
            ),
        ),
    ],
)
def test_words_that_changed_are_told_apart(old: str, new: str, pieces: tuple[Piece, ...]) -> None:
    assert word_changes(old, new) == pieces


def test_texts_too_long_to_follow_are_replaced_but_for_their_ends() -> None:
    words = [f"{number} " for number in range(MOST_COMPARED + 1)]
    old, new = "".join(["Start ", *words, "end"]), "".join(["Start ", *words[::-1], "end"])
    assert [each.fate for each in word_changes(old, new)] == [STAYED, WENT, CAME, STAYED]
