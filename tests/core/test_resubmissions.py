"""What changed between two versions of a submission."""

from __future__ import annotations

from typing import Any

import pytest

from healthcheck.core.answers import Answer, Attachment
from healthcheck.core.resubmissions import changes
from tests.core import build

ASKED = build.questionnaire(
    build.rating("a"), build.yes_no("b"), build.rating("c", show_when=build.over("b", "is", "yes"))
)
FILE = Attachment("1", "scheme.txt", "text/plain", 3, "abc")
AGAIN = Attachment("2", "scheme.txt", "text/plain", 3, "abc")
OTHER = Attachment("3", "scheme.txt", "text/plain", 3, "def")


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    found = changes(build.journey(ASKED, before), build.journey(ASKED, after))
    return [each.question.id for each in found]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (Answer(1), Answer(2)),
        (Answer(), Answer(2)),
        (Answer(1), Answer(not_applicable="None here.")),
        (Answer(not_applicable="None here."), Answer(not_applicable="None left.")),
        (Answer(1, evidence="May."), Answer(1, evidence="June.")),
        (Answer(1, links=("https://a.example",)), Answer(1)),
        (Answer(1, attachments=(FILE,)), Answer(1, attachments=(OTHER,))),
    ],
)
def test_every_part_of_an_answer_counts(old: Answer, new: Answer) -> None:
    assert changed({"a": old}, {"a": new}) == ["a"]
    assert changed({"a": old}, {"a": old}) == []


def test_files_are_told_apart_by_name_and_content() -> None:
    before = build.journey(ASKED, {"a": Answer(1, attachments=(FILE,))})
    again = build.journey(ASKED, {"a": Answer(1, attachments=(AGAIN,))})
    other = build.journey(ASKED, {"a": Answer(1, attachments=(OTHER,))})
    assert changes(before, again) == ()
    (change,) = changes(before, other)
    assert (change.files_added, change.files_removed) == ((OTHER,), (FILE,))
    assert not change.has_other_value


def test_a_question_asked_only_now_is_a_change_and_one_hidden_in_both_is_not() -> None:
    assert changed({"b": False, "c": 1}, {"b": True, "c": 1}) == ["b", "c"]
    assert changed({"b": False, "c": 1}, {"b": False, "c": 2}) == []
