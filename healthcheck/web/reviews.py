"""A review as BASW reads it: the whole, an area, a question, what changed; and its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from healthcheck.core.facts import service_title
from healthcheck.core.steps import State
from healthcheck.reports.ledger import how_made, score_pairs
from healthcheck.services import review_steps, reviews
from healthcheck.web.access import signed_in
from healthcheck.web.files import evidence
from healthcheck.web.queue import back_to
from healthcheck.web.request import context
from healthcheck.web.review_pages import ReviewPage

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from healthcheck.services.reviews import Review

blueprint = Blueprint("reviews", __name__)
A_REVIEW = "/basw/reviews/<assessment_id>"


def drawn(
    template: str, page: ReviewPage, status: int = 200, **more: object
) -> ResponseReturnValue:
    """Return a page of a review."""
    assessment = page.review.found.assessment
    html = render_template(
        f"reviews/{template}.html",
        page=page,
        review=page.review,
        assessment=assessment,
        service=service_title(assessment.service),
        **more,
    )
    return html, status


@blueprint.get(A_REVIEW)
@signed_in
def show(assessment_id: str) -> ResponseReturnValue:
    """Show a review as a whole: where it stands, the scores, what was written, what comes next."""
    page = ReviewPage(reviews.review(context(), assessment_id))
    return drawn("review", page, scores=_scores(page.review), how=_how(page.review), State=State)


@blueprint.get(f"{A_REVIEW}/areas/<area_id>")
@signed_in
def area(assessment_id: str, area_id: str) -> ResponseReturnValue:
    """Show every question of an area as it was submitted."""
    page = ReviewPage(reviews.review(context(), assessment_id))
    return drawn("area", page, area=page.area(area_id))


@blueprint.get(f"{A_REVIEW}/changes")
@signed_in
def changes(assessment_id: str) -> ResponseReturnValue:
    """Show what changed since the version before."""
    return drawn("changes", ReviewPage(reviews.review(context(), assessment_id)))


@blueprint.get(f"{A_REVIEW}/files/<attachment_id>")
@signed_in
def download(assessment_id: str, attachment_id: str) -> ResponseReturnValue:
    """Send a file of the submission to be saved; never to be shown inside a page."""
    found, content = reviews.submitted_file(context(), assessment_id, attachment_id)
    return evidence(found, content)


@blueprint.post(f"{A_REVIEW}/claim")
@signed_in
def claim(assessment_id: str) -> ResponseReturnValue:
    """Make the person the reviewer."""
    reviews.claim(context(), assessment_id)
    flash("You have claimed this review.", "saved")
    return _back(assessment_id)


@blueprint.post(f"{A_REVIEW}/release")
@signed_in
def release(assessment_id: str) -> ResponseReturnValue:
    """Let the review have no reviewer."""
    reviews.release(context(), assessment_id)
    flash("The review is released: another reviewer can claim it.", "saved")
    return _back(assessment_id)


@blueprint.post(f"{A_REVIEW}/start")
@signed_in
def start(assessment_id: str) -> ResponseReturnValue:
    """Start the review; a resubmission opens on what changed."""
    review_steps.start(context(), assessment_id)
    flash("The review has started, and it is yours.", "saved")
    page = ReviewPage(reviews.review(context(), assessment_id))
    endpoint = "reviews.changes" if page.review.earlier else "reviews.show"
    return redirect(url_for(endpoint, assessment_id=assessment_id), 303)


@blueprint.get(f"{A_REVIEW}/send")
@signed_in
def before_sending(assessment_id: str) -> ResponseReturnValue:
    """Show what the employer will see, before the change requests are sent."""
    return drawn("send", ReviewPage(reviews.review(context(), assessment_id)))


@blueprint.post(f"{A_REVIEW}/send")
@signed_in
def send(assessment_id: str) -> ResponseReturnValue:
    """Send the change requests."""
    review_steps.send_requests(context(), assessment_id)
    flash("The change requests are sent.", "saved")
    return _to(assessment_id)


@blueprint.get(f"{A_REVIEW}/accept")
@signed_in
def before_accepting(assessment_id: str) -> ResponseReturnValue:
    """Show what acceptance means, with both scores, before it is done."""
    page = ReviewPage(reviews.review(context(), assessment_id))
    return drawn("accept", page, scores=_scores(page.review), how=_how(page.review))


@blueprint.post(f"{A_REVIEW}/accept")
@signed_in
def accept(assessment_id: str) -> ResponseReturnValue:
    """Accept the submission."""
    review_steps.accept(context(), assessment_id)
    flash("The submission is accepted and the record is closed.", "saved")
    return _to(assessment_id)


def _scores(review: Review) -> tuple[object, ...]:
    if review.submission is None:
        return ()
    return score_pairs(review.self_assessed, review.moderated)


def _how(review: Review) -> tuple[str, ...]:
    if review.submission is None:
        return ()
    return how_made(review.opened.questionnaire, review.opened.journey, review.ledger)


def _to(assessment_id: str) -> ResponseReturnValue:
    return redirect(url_for("reviews.show", assessment_id=assessment_id), 303)


def _back(assessment_id: str) -> ResponseReturnValue:
    """Return to the queue as it was, when that is where the button stood, else to the review."""
    if "queue" in request.form:
        return redirect(back_to(request.form["queue"]), 303)
    return _to(assessment_id)
