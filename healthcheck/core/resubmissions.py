"""What an employer changed between two versions of a submission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.journey import Visibility

if TYPE_CHECKING:
    from healthcheck.core.answers import Attachment
    from healthcheck.core.journey import Journey, Standing
    from healthcheck.core.questionnaires import Question


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One question whose answer, evidence or files are not what they were."""

    before: Standing
    after: Standing

    @property
    def question(self) -> Question:
        """The question."""
        return self.after.question

    @property
    def files_added(self) -> tuple[Attachment, ...]:
        """The files that only the newer version has."""
        return _only(self.after, self.before)

    @property
    def files_removed(self) -> tuple[Attachment, ...]:
        """The files that only the older version has."""
        return _only(self.before, self.after)

    @property
    def has_other_value(self) -> bool:
        """Say whether the answer itself, or whether it is asked, is another one."""
        return _given(self.before) != _given(self.after)


def changes(before: Journey, after: Journey) -> tuple[AnswerChange, ...]:
    """Return every question that changed between two versions, in the order of the file.

    A question that was asked in neither is left out, whatever is still stored for it.
    """
    found = (AnswerChange(before[name], standing) for name, standing in after.items())
    return tuple(each for each in found if _has_changed(each))


def _has_changed(change: AnswerChange) -> bool:
    before, after = change.before, change.after
    if Visibility.HIDDEN is before.visibility is after.visibility:
        return False
    if change.has_other_value or before.answer.evidence != after.answer.evidence:
        return True
    return bool(
        before.answer.links != after.answer.links or change.files_added or change.files_removed
    )


def _given(standing: Standing) -> tuple[object, ...]:
    is_asked = standing.visibility is not Visibility.HIDDEN
    return is_asked, is_asked and standing.value, is_asked and standing.answer.not_applicable


def _only(one: Standing, other: Standing) -> tuple[Attachment, ...]:
    known = {(each.name, each.sha256) for each in other.answer.attachments}
    return tuple(each for each in one.answer.attachments if (each.name, each.sha256) not in known)
