"""The Flask application, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response, current_app
from flask import request as flask_request
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from healthcheck.web import (
    accepted_reports,
    access,
    accounts,
    answers,
    answers_workbooks,
    assessments,
    assigning,
    attachments,
    basw,
    benchmarks,
    calendars,
    caseload_figures,
    caseload_reports,
    cycles,
    decisions,
    employers,
    errors,
    exporting,
    filters,
    history,
    joining,
    looked_at,
    messages,
    own_account,
    own_actions,
    pages,
    people,
    plan_board,
    plan_links,
    plan_papers,
    plan_workbooks,
    plans,
    proposals,
    publications,
    quarterly_reviews,
    question_blocks,
    queue,
    reports,
    request,
    request_log,
    requests,
    results,
    review_writing,
    reviews,
    second_factor,
    sign_off,
    single_sign_on,
    snapshots,
    staff_page,
    status,
    supervision_sheets,
    teams,
    topics,
    unnamed_reports,
    verifying,
    versions,
    workload,
    workload_orders,
)
from healthcheck.web.cookies import Cookies
from healthcheck.web.form_requests import ROOM_FOR_FILES, ROOM_FOR_FORMS, FormRequest
from healthcheck.web.policy import OUR_PAGES

if TYPE_CHECKING:
    from healthcheck.bootstrap import Product

MOST_FORM_PARTS = 400
A_YEAR = 365 * 24 * 60 * 60
ROOMS = (
    benchmarks,
    caseload_figures,
    accounts,
    own_account,
    second_factor,
    single_sign_on,
    assessments,
    topics,
    attachments,
    answers,
    results,
    reports,
    pages,
    queue,
    reviews,
    review_writing,
    requests,
    looked_at,
    accepted_reports,
    people,
    joining,
    assigning,
    messages,
    plan_papers,
    sign_off,
    history,
    versions,
    verifying,
    basw,
    employers,
    cycles,
    status,
    publications,
    exporting,
    answers_workbooks,
    plan_workbooks,
    plan_board,
    plan_links,
    own_actions,
    quarterly_reviews,
    calendars,
    staff_page,
    plans,
    proposals,
    teams,
    snapshots,
    workload,
    workload_orders,
    decisions,
    supervision_sheets,
    caseload_reports,
    unnamed_reports,
)
"""Every module with pages; whoever adds one writes it here."""
HEADERS = {
    "Content-Security-Policy": OUR_PAGES,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def create_app(product: Product) -> Flask:
    """Return the application that serves this product."""
    app = Flask(__name__, static_folder=None)
    app.request_class = FormRequest
    app.session_interface = Cookies()
    app.extensions["healthcheck"] = product
    app.config.update(
        SECRET_KEY=product.config.secret_key,
        SESSION_COOKIE_NAME="healthcheck",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=product.config.secure_cookies,
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=ROOM_FOR_FILES + ROOM_FOR_FORMS,
        MAX_FORM_MEMORY_SIZE=ROOM_FOR_FORMS,
        MAX_FORM_PARTS=MOST_FORM_PARTS,
    )
    if product.config.log == "json":
        request_log.register(app, trusts_proxy=product.config.trusted_proxies > 0)
    app.before_request(_limit)
    access.guard(app)  # before the token: who was signed out should be told so
    CSRFProtect(app)
    app.teardown_request(request.close)
    app.after_request(_protect)
    errors.register(app)
    filters.register(app)
    question_blocks.register(app)
    app.context_processor(request.signed_in_as)
    app.jinja_env.globals["has_own_actions"] = request.has_own_actions
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.loader = ChoiceLoader(
        [
            PackageLoader("healthcheck.web"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
    hops = product.config.trusted_proxies
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=filters.STATIC, prefix="static/", max_age=A_YEAR
    )
    return app


def _limit() -> None:
    """Hold forms without files to the room for forms; the limit above is for those with files."""
    if flask_request.mimetype != "multipart/form-data":
        flask_request.max_content_length = ROOM_FOR_FORMS


def _protect(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
    return response
