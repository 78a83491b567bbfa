"""What a reviewer writes on a question, and how change requests end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, request, url_for

from healthcheck.core.errors import UnacceptableDetailsError
from healthcheck.core.reviews import RemarkKind
from healthcheck.services import review_writing, reviews
from healthcheck.web.access import signed_in
from healthcheck.web.request import context
from healthcheck.web.review_pages import ReviewPage
from healthcheck.web.reviews import A_REVIEW, drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

blueprint = Blueprint("review_writing", __name__)

A_QUESTION = f"{A_REVIEW}/questions/<question_id>"
KINDS = {each.name: each for each in RemarkKind}


@blueprint.get(A_QUESTION)
@signed_in
def question(assessment_id: str, question_id: str) -> ResponseReturnValue:
    """Show one question with all that can be written on it."""
    return _draw(assessment_id, question_id)


@blueprint.post(f"{A_QUESTION}/remarks")
@signed_in
def remark(assessment_id: str, question_id: str) -> ResponseReturnValue:
    """Write a comment, a note of good practice or a private note."""
    kind = KINDS.get(request.form.get("kind", ""))

    def write() -> None:
        if kind is None:
            raise UnacceptableDetailsError("Choose what you are writing.")
        review_writing.remark(context(), assessment_id, question_id, kind, _typed("text"))

    return _written(write, assessment_id, question_id, "text" if kind else "kind", "Saved.")


@blueprint.post(f"{A_QUESTION}/moderation")
@signed_in
def moderation(assessment_id: str, question_id: str) -> ResponseReturnValue:
    """Give a rating beside the employer's own, or withdraw it."""
    if request.form.get("go") == "withdraw":

        def write() -> None:
            review_writing.withdraw_moderation(
                context(), assessment_id, question_id, _typed("reason")
            )

        return _written(write, assessment_id, question_id, "reason", "BASW’s rating is withdrawn.")

    def give() -> None:
        review_writing.moderate(
            context(), assessment_id, question_id, _typed("level"), _typed("reason")
        )

    part = "reason" if _typed("level") else "level"
    return _written(give, assessment_id, question_id, part, "BASW’s rating is saved.")


@blueprint.post(f"{A_QUESTION}/requests")
@signed_in
def ask(assessment_id: str, question_id: str) -> ResponseReturnValue:
    """Ask for a change."""

    def write() -> None:
        review_writing.request_change(context(), assessment_id, question_id, _typed("change"))

    told = "The change request is saved. It is sent with the others."
    return _written(write, assessment_id, question_id, "change", told)


@blueprint.post(f"{A_REVIEW}/remarks/<remark_id>/remove")
@signed_in
def remove_remark(assessment_id: str, remark_id: str) -> ResponseReturnValue:
    """Take out a remark that was not sent."""
    review_writing.remove_remark(context(), assessment_id, remark_id)
    flash("It is taken out.", "saved")
    return _back(assessment_id)


@blueprint.post(f"{A_REVIEW}/requests/<request_id>/remove")
@signed_in
def remove_request(assessment_id: str, request_id: str) -> ResponseReturnValue:
    """Take out a change request that was not sent."""
    review_writing.remove_request(context(), assessment_id, request_id)
    flash("The change request is taken out.", "saved")
    return _back(assessment_id)


@blueprint.post(f"{A_REVIEW}/requests/<request_id>/end")
@signed_in
def end_request(assessment_id: str, request_id: str) -> ResponseReturnValue:
    """End a change request as met, partly met or withdrawn."""

    def write() -> None:
        review_writing.end_request(
            context(), assessment_id, request_id, _typed("outcome"), _typed("note")
        )

    part = "note" if _typed("outcome") else "outcome"
    asked = next(
        (
            each
            for each in reviews.review(context(), assessment_id).ledger.requests
            if each.id == request_id
        ),
        None,
    )
    question_id = asked.question_id if asked else ""
    told = "The change request has ended."
    return _written(write, assessment_id, question_id, f"{request_id}-{part}", told)


def _typed(name: str) -> str:
    return request.form.get(name, "")


def _written(
    write: Callable[[], None], assessment_id: str, question_id: str, part: str, told: str
) -> ResponseReturnValue:
    """Write, and go back to the question; show it again with the fault when it cannot be taken."""
    try:
        write()
    except UnacceptableDetailsError as fault:
        return _draw(assessment_id, question_id, (part, str(fault)), 422)
    flash(told, "saved")
    address = url_for(
        "review_writing.question", assessment_id=assessment_id, question_id=question_id
    )
    return redirect(address, 303)


def _draw(
    assessment_id: str, question_id: str, error: tuple[str, str] = ("", ""), status: int = 200
) -> ResponseReturnValue:
    page = ReviewPage(reviews.review(context(), assessment_id))
    item = page.item(question_id)
    before, after = page.neighbours(question_id) if question_id in page.asked else (None, None)
    return drawn(
        "question",
        page,
        status,
        item=item,
        area=page.area_of(question_id),
        before=before,
        after=after,
        errors=[error] if error[0] else [],
        typed=request.form,
    )


def _back(assessment_id: str) -> ResponseReturnValue:
    """Go back to the question that the button stood on."""
    found = reviews.review(context(), assessment_id)
    question_id = request.form.get("question", "")
    if question_id in found.opened.journey:
        address = url_for(
            "review_writing.question", assessment_id=assessment_id, question_id=question_id
        )
        return redirect(address, 303)
    return redirect(url_for("reviews.show", assessment_id=assessment_id), 303)
