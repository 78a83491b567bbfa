"""What a reviewer writes on a question: remarks, a moderated rating, change requests.

Only who has claimed the review writes, and only while it is in review; a note for BASW alone may be
written as long as somebody has claimed it. The employer sees nothing before the review is sent.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from healthcheck.core.errors import NotFoundError, NotReadyError, UnacceptableDetailsError
from healthcheck.core.permissions import Permission
from healthcheck.core.reviews import (
    Outcome,
    RemarkKind,
    can_be_moderated,
    level_given,
    words_given,
)
from healthcheck.services import noting
from healthcheck.services.reviews import Review, found_at_basw, put_together
from healthcheck.storage import reviews as stored

if TYPE_CHECKING:
    from healthcheck.core.journey import Standing
    from healthcheck.services.context import Context

BYTES_OF_AN_ID = 12


def remark(ctx: Context, assessment_id: str, question_id: str, kind: RemarkKind, text: str) -> None:
    """Write a comment, a note of good practice, or a note for BASW alone.

    Raises NotSignedInError, NotFoundError, NotAllowedError, NotReadyError and
    UnacceptableDetailsError.
    """
    is_private = kind is RemarkKind.PRIVATE_NOTE
    with ctx.store.writing():
        review = _writable(ctx, assessment_id, is_private=is_private)
        _asked(review, question_id)
        stored.add_remark(
            ctx.store,
            assessment_id,
            secrets.token_urlsafe(BYTES_OF_AN_ID),
            question_id,
            version=review.submitted.version.number,
            kind=kind,
            text=words_given(text, "Write something first."),
            person_id=ctx.someone().id,
            now=ctx.now,
        )


def remove_remark(ctx: Context, assessment_id: str, remark_id: str) -> None:
    """Take out a remark that was not sent. Raises as `remark` does."""
    with ctx.store.writing():
        _writable(ctx, assessment_id, is_private=True)
        if not stored.remove_remark(ctx.store, assessment_id, remark_id):
            raise NotFoundError("There is no such remark, or it was sent already.")


def moderate(ctx: Context, assessment_id: str, question_id: str, typed: str, reason: str) -> None:
    """Give a rating beside the employer's own, with a reason.

    Raises NotSignedInError, NotFoundError, NotAllowedError, NotReadyError and
    UnacceptableDetailsError.
    """
    with ctx.store.writing():
        review = _writable(ctx, assessment_id)
        standing = _asked(review, question_id)
        if not can_be_moderated(standing):
            raise UnacceptableDetailsError("Only a rating that was answered can be moderated.")
        level = level_given(standing.question, typed)
        _moderate(ctx, review, question_id, level, words_given(reason, "Give a reason."))


def withdraw_moderation(ctx: Context, assessment_id: str, question_id: str, reason: str) -> None:
    """Take back a moderated rating, with a reason; the record of it stays.

    Raises as `moderate` does.
    """
    with ctx.store.writing():
        review = _writable(ctx, assessment_id)
        if question_id not in review.ledger.in_force:
            raise NotFoundError("There is no moderated rating to withdraw.")
        _moderate(ctx, review, question_id, None, words_given(reason, "Give a reason."))


def request_change(ctx: Context, assessment_id: str, question_id: str, reason: str) -> None:
    """Ask for a change to a question's answer; it is sent with the others.

    Raises as `remark` does.
    """
    with ctx.store.writing():
        review = _writable(ctx, assessment_id)
        _asked(review, question_id)
        stored.add_request(
            ctx.store,
            assessment_id,
            secrets.token_urlsafe(BYTES_OF_AN_ID),
            question_id,
            version=review.submitted.version.number,
            reason=words_given(reason, "Say what should change, and why."),
            person_id=ctx.someone().id,
            now=ctx.now,
        )


def remove_request(ctx: Context, assessment_id: str, request_id: str) -> None:
    """Take out a change request that was not sent. Raises as `remark` does."""
    with ctx.store.writing():
        _writable(ctx, assessment_id)
        if not stored.remove_request(ctx.store, assessment_id, request_id):
            raise NotFoundError("There is no such request, or it was sent already.")


def end_request(ctx: Context, assessment_id: str, request_id: str, outcome: str, note: str) -> None:
    """End a change request as met, partly met or withdrawn, with a note.

    Raises as `remark` does.
    """
    with ctx.store.writing():
        review = _writable(ctx, assessment_id)
        ends = next((each for each in Outcome if each.value == outcome), None)
        if ends is None:
            raise UnacceptableDetailsError("Choose how the request ends.")
        words = words_given(note, "Say in a note why it ends so.")
        if not stored.end(
            ctx.store,
            assessment_id,
            request_id,
            outcome=ends,
            note=words,
            person_id=ctx.someone().id,
            now=ctx.now,
        ):
            raise NotFoundError("There is no such request, or it has ended already.")
        number = next(each.number for each in review.ledger.requests if each.id == request_id)
        noting.note(
            ctx,
            "change request ended",
            review.found.assessment,
            {"request": number, "outcome": ends.value},
        )


def _writable(ctx: Context, assessment_id: str, *, is_private: bool = False) -> Review:
    """Return the review, when the person may write in it now."""
    found = found_at_basw(ctx, assessment_id, Permission.REVIEW)
    review = put_together(ctx, found)
    if not review.is_mine:
        whose = review.reviewer[1] if review.reviewer else "Nobody"
        raise NotReadyError(f"{whose} has claimed this review. Only who has claimed it can write.")
    if not (is_private or review.may_write):
        state = found.assessment.state.value
        raise NotReadyError(f"This health check is “{state}”. Start the review before you write.")
    return review


def _asked(review: Review, question_id: str) -> Standing:
    standing = review.opened.journey.get(question_id)
    if standing is None or not standing.is_visible:
        raise NotFoundError("There is no such question in what was submitted.")
    return standing


def _moderate(
    ctx: Context, review: Review, question_id: str, level: int | None, reason: str
) -> None:
    stored.moderate(
        ctx.store,
        review.found.assessment.id,
        question_id,
        version=review.submitted.version.number,
        level=level,
        reason=reason,
        person_id=ctx.someone().id,
        now=ctx.now,
    )
