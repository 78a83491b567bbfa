"""One table from error to page: the status, the heading and what to do next."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import jsonify, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from healthcheck.core import errors
from healthcheck.web.form_requests import ROOM_FOR_FILES, ROOM_FOR_FORMS
from healthcheck.web.typed_words import is_own_form, page_of_form, typed_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask, Response

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What a person sees when something went wrong; `advice` says what to do.

    `way_on` is the address and the words of a link, where the usual one is not the next step.
    """

    status: int
    heading: str
    advice: str
    way_on: tuple[str, str] | None = None


NOT_FOUND = ErrorPage(
    404,
    "Page not found",
    "Check the address, or go back to your health checks and choose again. "
    "If a colleague sent you this address, ask which employer it belongs to.",
)
UNEXPECTED = ErrorPage(
    500,
    "Sorry, something went wrong on our side",
    "Your saved answers are safe. Go back, wait a minute and try again. "
    "If it happens again, tell the person who runs this service.",
)
PAGES: Mapping[type[errors.ProductError], ErrorPage] = {
    errors.NotFoundError: NOT_FOUND,
    errors.NotAllowedError: ErrorPage(
        403,
        "You do not have permission for this",
        "Nothing was changed. If you need to do it, ask whoever gives out roles: the health check "
        "lead at your employer, or an administrator at BASW.",
    ),
    errors.BusyError: ErrorPage(
        503,
        "Someone else is saving at the moment",
        "Nothing was lost. Go back to the page: what you typed is still there. Save again.",
    ),
    errors.NoRoomError: ErrorPage(
        507,
        "There is no room left to save",
        "What was saved before is safe. Keep a copy of what you just typed, and tell the person "
        "who runs this service that the disk is full.",
    ),
    errors.UnacceptableFileError: ErrorPage(
        422, "That file cannot be taken", "Go back and choose another file."
    ),
    errors.ReportFailedError: ErrorPage(
        500, "The report could not be made", "Your answers are safe. Try again in a few minutes."
    ),
    errors.WrongCredentialsError: ErrorPage(
        422, "You are not signed in", "Check your e-mail address and password, then try again."
    ),
    errors.TooManyTriesError: ErrorPage(
        429, "Too many tries", "Nothing was changed. Wait a while, then try again."
    ),
    errors.StepRefusedError: ErrorPage(
        409,
        "That cannot be done now",
        "Nothing was changed. Open the health check again to see where it stands.",
    ),
    errors.ChangedMeanwhileError: ErrorPage(
        409,
        "Somebody changed this action while you had it open",
        "Nothing was changed. Open the action again and put in what you typed.",
    ),
    errors.SavedMeanwhileError: ErrorPage(
        409,
        "Somebody changed this while you had it open",
        "Nothing was changed. Open the page again and put in what you typed.",
    ),
    errors.NotReadyError: ErrorPage(
        422, "Something else comes first", "Nothing was changed. Do that, then try again."
    ),
    errors.NoRateError: ErrorPage(
        422,
        "This scheme has no figure for that day",
        "Nothing was changed. Choose another scheme, or ask whoever keeps the schemes to add one.",
    ),
    errors.UnacceptableDetailsError: ErrorPage(
        422, "Those details cannot be taken", "Nothing was changed. Go back and try again."
    ),
    errors.TakenDownError: ErrorPage(
        410,
        "This report was taken down",
        "“Who has done the health check”, linked below, says which reports are public now.",
    ),
    errors.PageTakenDownError: ErrorPage(
        410, "This page was taken down", "Ask the employer if you need what it said."
    ),
    errors.LinkEndedError: ErrorPage(
        410, "This link no longer works", "Ask for a new one: it takes a minute."
    ),
    errors.SecondFactorNeededError: ErrorPage(
        403, "A code is needed as well", "Sign in again and enter the code from your app."
    ),
    errors.SecondFactorMissingError: ErrorPage(
        403, "A second factor is needed", "Your role asks for one. Set it up, then go on."
    ),
    errors.SingleSignOnError: ErrorPage(
        403,
        "You are not signed in",
        "Nothing was changed. Go to the sign-in page to try again, or to sign in with your email"
        " address and password.",
    ),
}
HTTP_PAGES: Mapping[int, ErrorPage] = {
    400: ErrorPage(
        400,
        "The page could not be read",
        "Go back, reload the page and send it again.",
    ),
    404: NOT_FOUND,
    405: ErrorPage(
        405, "That address cannot be used like this", "Go back to your health checks and try again."
    ),
    413: ErrorPage(
        413,
        "That is too much to send at once",
        f"Up to {ROOM_FOR_FILES >> 20} MB of files and {ROOM_FOR_FORMS >> 20} MB of text can be "
        "sent at once. Nothing of this was saved. Go back, and send fewer or smaller files at a "
        "time. What was saved before has not changed.",
    ),
}
STALE_FORM = ErrorPage(
    400,
    "This page had been open too long, or came from somewhere else",
    "Nothing was saved. Open the page again and put in what you typed.",
)
SIGNED_OUT = ErrorPage(
    403,
    "You have been signed out",
    "Nothing was saved. Sign in again, then put in what you typed.",
)


def register(app: Flask) -> None:
    """Give the application a page for every error it foresees, and one for the rest."""
    app.register_error_handler(errors.NotSignedInError, _sign_in_first)
    app.register_error_handler(errors.SecondFactorNeededError, _code_first)
    app.register_error_handler(errors.SecondFactorMissingError, _set_up_first)
    app.register_error_handler(errors.ProductError, _foreseen)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def wants_json() -> bool:
    """Say whether the small script asked, rather than a person's browser."""
    return request.accept_mimetypes.best == "application/json"


def _show(page: ErrorPage, what_happened: str = "") -> Response:
    if wants_json():
        body = jsonify(problem=what_happened or page.heading, advice=page.advice)
    else:
        body = make_response(
            render_template(
                "pages/error.html", page=page, what_happened=what_happened, typed=typed_words()
            )
        )
    body.status_code = page.status
    return body


def _sign_in_first(_error: errors.NotSignedInError) -> Response:
    if wants_json():
        page = ErrorPage(401, "You have been signed out", "Sign in again in another tab.")
        return _show(page)
    return _go_on_at(url_for("accounts.sign_in", next=_came_for()), SIGNED_OUT, "Sign in")


def _code_first(error: errors.SecondFactorNeededError) -> Response:
    if wants_json():
        return _foreseen(error)
    return _go_on_at(
        url_for("second_factor.ask", next=_came_for()), PAGES[type(error)], "Enter the code"
    )


def _set_up_first(error: errors.SecondFactorMissingError) -> Response:
    if wants_json():
        return _foreseen(error)
    return _go_on_at(url_for("second_factor.show"), PAGES[type(error)], "Set up a second factor")


def _came_for() -> str | None:
    return request.full_path.rstrip("?") if request.method == "GET" else page_of_form()


def _go_on_at(address: str, page: ErrorPage, words: str) -> Response:
    """Lead to where a person can go on; whoever sent a form is first told that it was not saved."""
    if is_own_form():
        return _show(replace(page, way_on=(address, words)))
    return redirect(address, 303)  # type: ignore[return-value]


def _foreseen(error: errors.ProductError) -> Response:
    return _show(PAGES.get(type(error), UNEXPECTED), str(error))


def _stale_form(_error: CSRFError) -> Response:
    return _show(STALE_FORM)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    page = HTTP_PAGES.get(status)
    return _show(page or ErrorPage(status, error.name, "Go back and try again."))


def _unforeseen(error: Exception) -> Response:
    LOG.error("unforeseen error at %s", request.endpoint, exc_info=error)
    return _show(UNEXPECTED)
