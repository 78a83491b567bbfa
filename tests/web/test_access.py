"""Who may ask for what, on every route there is."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from healthcheck.services import plans
from healthcheck.services.assessments import save_topic
from healthcheck.services.attachments import Upload
from healthcheck.services.reports import ask_for_report
from healthcheck.storage import reports
from healthcheck.web import access
from healthcheck.web.access import RULES, Rule
from tests.people import ALICE, offer
from tests.plans import DETAILS
from tests.web.route_list import AN_ASSESSMENT, LATER, PUBLIC, SETTING_UP, SIGNED_IN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Flask

    from tests.people import World
    from tests.web.client import Someone
    from tests.web.page import Page

pytestmark = pytest.mark.slow

OF_AN_ASSESSMENT = sorted(each for each in SIGNED_IN if each[1].startswith(AN_ASSESSMENT))
GETS = sorted(
    path
    for method, path in PUBLIC | SIGNED_IN
    if method == "GET" and path not in LATER and not path.startswith("/basw")
)


def routes(app: Flask) -> Iterator[tuple[str, str, Rule]]:
    """Return method, path and rule of every route; what is worn by none raises KeyError."""
    for route in app.url_map.iter_rules():
        for method in sorted((route.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, route.rule, RULES[app.view_functions[route.endpoint]]


@pytest.fixture
def northmeres(world: World) -> Mapping[str, str]:
    """Fill Northmere's health check, and return the names of its parts by their place in paths."""
    ctx, assessment_id = world.as_(ALICE), world.northmeres.id
    saved = save_topic(
        ctx,
        assessment_id,
        "scheme",
        {"agreed-scheme": offer("2")},
        {"agreed-scheme": [Upload("scheme.txt", b"The scheme of Northmere.")]},
    )
    action = plans.add(ctx, assessment_id, DETAILS)
    key = ask_for_report(ctx, assessment_id).key
    with ctx.store.writing():
        reports.finish(ctx.store, key, b"%PDF-1.7, as far as routes care")
    return {
        "assessment_id": assessment_id,
        "topic_id": "scheme",
        "attachment_id": saved.opened.attachments["agreed-scheme"][0].id,
        "key": key,
        "action_id": action.id,
    }


def filled(path: str, parts: Mapping[str, str]) -> str:
    return re.sub(r"<(\w+)>", lambda part: parts.get(part[1], "of-nobody"), path)


def ask(someone: Someone, method: str, address: str, status: int) -> Page:
    if method == "GET":
        return someone.get(address, status)
    token = someone.get("/about").tree.find(".//input[@name='csrf_token']")
    assert token is not None
    return someone.post(address, {"csrf_token": token.get("value")}, status)


def dump(database: str) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())


def test_every_route_wears_the_rule_it_should(app: Flask) -> None:
    worn = list(routes(app))
    assert {(method, path) for method, path, rule in worn if rule is Rule.PUBLIC} == PUBLIC
    assert {(method, path) for method, path, rule in worn if rule is Rule.SIGNED_IN} == SIGNED_IN
    assert {(method, path) for method, path, rule in worn if rule is Rule.SETTING_UP} == SETTING_UP
    assert len(worn) == len(PUBLIC | SIGNED_IN | SETTING_UP)


def test_a_view_cannot_wear_two_rules() -> None:
    @access.public
    def view() -> str:
        return "of no use"

    with pytest.raises(TypeError, match=r"^view wears two access rules; it needs exactly one$"):
        access.signed_in(view)
    del RULES[view]


def test_who_is_not_signed_in_is_sent_to_sign_in(
    nobody: Someone, northmeres: Mapping[str, str]
) -> None:
    for method, path in sorted(SIGNED_IN | SETTING_UP):
        address = filled(path, northmeres)
        page = nobody.get(address, 303) if method == "GET" else nobody.post(address, {}, 303)
        assert page.leads_to == (f"/sign-in?next={address}" if method == "GET" else "/sign-in")


def test_what_is_anothers_looks_as_if_it_were_not_there(
    charlie: Someone, northmeres: Mapping[str, str]
) -> None:
    nowhere = dict.fromkeys(northmeres, "of-nobody") | {"topic_id": "scheme"}
    for method, path in OF_AN_ASSESSMENT:
        theirs = ask(charlie, method, filled(path, northmeres), 404)
        none = ask(charlie, method, filled(path, nowhere), 404)
        assert (theirs.title, theirs.words) == (none.title, none.words), path
        assert theirs.heading == "Page not found", path


def test_parts_of_one_assessment_are_not_found_under_another(
    charlie: Someone, world: World, northmeres: Mapping[str, str]
) -> None:
    own = {**northmeres, "assessment_id": world.southmeres.id}
    for method, path in OF_AN_ASSESSMENT:
        if method == "GET" and path not in LATER:
            is_own = not any(part in path for part in ("attachment_id", "key", "action_id"))
            charlie.get(filled(path, own), 200 if is_own else 404)


def test_a_viewer_can_read_everything(vera: Someone, northmeres: Mapping[str, str]) -> None:
    for path in GETS:
        vera.get(filled(path, northmeres), 303 if path == "/sign-in" else 200)


def test_a_viewer_can_ask_for_the_report(vera: Someone, northmeres: Mapping[str, str]) -> None:
    address = filled(f"{AN_ASSESSMENT}/report", northmeres)
    assert ask(vera, "POST", address, 303).leads_to == f"{address}/{northmeres['key']}"


def test_a_viewer_sees_no_way_to_answer(vera: Someone, northmeres: Mapping[str, str]) -> None:
    page = vera.get(filled(f"{AN_ASSESSMENT}/topics/<topic_id>", northmeres))
    assert "You can read these answers." in page.words
    assert [each.get("name") for each in page.tree.iter("button")] == [None]
    assert page.links["Next page"].endswith("/topics/allocation")
    assert not any(name.startswith("Change") for name in vera.get(_check(northmeres)).links)


def _check(northmeres: Mapping[str, str]) -> str:
    return filled(f"{AN_ASSESSMENT}/check", northmeres)


@pytest.mark.parametrize(
    "fields",
    [
        {"agreed-scheme": "3", "agreed-scheme.revision": "1"},
        {"remove": "attachment_id"},
        {"agreed-scheme": "3", "agreed-scheme.revision": "0", "clash": "yes"},
        {},
    ],
)
def test_a_viewer_who_saves_all_the_same_is_refused_and_nothing_changes(
    vera: Someone, world: World, northmeres: Mapping[str, str], fields: dict[str, str]
) -> None:
    token = vera.get("/").fields("Sign out")["csrf_token"]
    sent = {name: northmeres.get(value, value) for name, value in fields.items()}
    before = dump(str(world.product.config.database))
    address = filled(f"{AN_ASSESSMENT}/topics/<topic_id>", northmeres)
    page = vera.post(address, {**sent, "csrf_token": token}, 403)
    assert page.heading == "You do not have permission for this"
    assert dump(str(world.product.config.database)) == before


def test_reading_a_page_changes_nothing(
    alice: Someone, nobody: Someone, world: World, northmeres: Mapping[str, str]
) -> None:
    before = dump(str(world.product.config.database))
    for path in GETS:
        for each in (alice, nobody):
            response = each.http.get(filled(path, northmeres))
            assert response.status_code in {200, 303}, path
        assert dump(str(world.product.config.database)) == before, path


def test_what_is_shown_to_charlie_is_only_southmeres(
    charlie: Someone, northmeres: Mapping[str, str]
) -> None:
    page = charlie.get("/")
    assert "Southmere Trust" in page.words
    assert "Northmere" not in page.words
    assert northmeres["assessment_id"] not in page.html


def test_an_answer_offered_for_another_assessment_changes_neither(
    charlie: Someone, world: World, northmeres: Mapping[str, str]
) -> None:
    own = charlie.get(f"/assessments/{world.southmeres.id}/topics/scheme")
    before = dump(str(world.product.config.database))
    fields = {**own.fields("Save and continue"), "agreed-scheme": "0"}
    charlie.post(filled(f"{AN_ASSESSMENT}/topics/scheme", northmeres), fields, 404)
    assert dump(str(world.product.config.database)) == before


def test_a_file_of_another_assessment_cannot_be_removed(
    charlie: Someone, alice: Someone, world: World, northmeres: Mapping[str, str]
) -> None:
    own = charlie.get(f"/assessments/{world.southmeres.id}/topics/scheme")
    removing = {**own.fields("Save and continue"), "remove": northmeres["attachment_id"]}
    charlie.post(own.address, removing, 404)
    file = alice.get(filled(f"{AN_ASSESSMENT}/files/<attachment_id>", northmeres))
    assert file.content == b"The scheme of Northmere."
