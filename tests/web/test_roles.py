"""Every role on every route: allowed or refused as the permission table says, and nothing between.

One walk with one database, in which what a request changes is put back before the next one. What
nobody finds while a health check is being answered is walked once more when it was accepted.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.caseload_rules import Typed
from healthcheck.core.permissions import Permission, Role, can
from healthcheck.core.plans import Details, Owner
from healthcheck.core.versions import read
from healthcheck.services import (
    caseload_raising,
    employers,
    invitations,
    messages,
    plans,
    review_steps,
    review_writing,
)
from healthcheck.services.assessments import opened
from healthcheck.services.attachments import Upload
from healthcheck.services.reports import ask_for_report
from healthcheck.storage import cycles, reports, versions
from tests import reviewing
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE, VERA
from tests.pictures_of import PNG
from tests.reviewing import ADA, OLIVE, RHONA
from tests.teams import MIA, PAT, keep, set_up, with_people
from tests.web.permission_list import NEEDS, NOT_MET, OWN
from tests.web.route_list import SIGNED_IN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask.testing import FlaskClient

    from healthcheck.core.accounts import Person
    from tests.people import World
    from tests.web.client import Someone

pytestmark = pytest.mark.slow

WHO: Mapping[str, tuple[Person | None, Role | None]] = {
    "lead": (ALICE, Role.LEAD),
    "contributor": (BOB, Role.CONTRIBUTOR),
    "viewer": (VERA, Role.VIEWER),
    "officer": (OLIVE, Role.ACCOUNTABLE_OFFICER),
    "manager": (MIA, Role.MANAGER),
    "practitioner": (PAT, Role.PRACTITIONER),
    "reviewer": (RHONA, Role.REVIEWER),
    "administrator": (ADA, Role.ADMINISTRATOR),
    "Charlie": (CHARLIE, None),
    "nobody": (None, None),
}
REFUSED = frozenset({403, 404})
FORM = {"form": "whole", "kind": "COMMENT"}
"""What some forms must say before anybody asks who sends them."""


class Walk:
    """Sends requests as different people, each on the database as it was at the start."""

    def __init__(
        self, world: World, browsers: Mapping[str, Someone], parts: Mapping[str, str]
    ) -> None:
        self.browsers, self.parts = browsers, parts
        self.live = sqlite3.connect(world.product.config.database)
        self.start = sqlite3.connect(":memory:")
        self.live.backup(self.start)
        self.tokens = {name: token(each.http) for name, each in browsers.items()}

    def close(self) -> None:
        self.live.close()
        self.start.close()

    def ask(self, who: str, method: str, path: str) -> int:
        """Return the status of an answer; 401 when it leads to the page for signing in."""
        address = re.sub(r"<(\w+)>", lambda part: self.parts.get(part[1], "of-nobody"), path)
        http = self.browsers[who].http
        if method == "GET":
            response = http.get(address)
        else:
            response = http.post(address, data={"csrf_token": self.tokens[who], **FORM})
        response.close()
        if response.headers.get("Location", "").startswith("/sign-in"):
            return 401
        if method == "POST" and response.status_code not in REFUSED:
            self.start.backup(self.live)
        return response.status_code


def token(http: FlaskClient) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', http.get("/about").text)
    return found[1] if found else ""


def being_answered(world: World) -> dict[str, str]:
    """Let a health check be answered and planned for; return what stands for parts of paths."""
    reviewing.with_basw(world)
    alice, id_ = world.as_(ALICE), world.northmeres.id
    files = {"agreed-scheme": [reviewing.SCHEME]}
    reviewing.save(world, "scheme", reviewing.ANSWERS["scheme"], files)
    key = ask_for_report(alice, id_).key
    with alice.store.writing():
        reports.finish(alice.store, key, b"%PDF")
    with_people(world)
    mias = Details("Agree it.", owner=Owner(person_id=MIA.id), no_date_reason="Later.")
    action = plans.add(alice, id_, mias)
    team = set_up(world)
    snapshot = keep(world, team, cases=14)
    typed = Typed("service-childrens", "I have 40 cases.")
    report = caseload_raising.raise_named(world.as_(BOB), NORTHMERE.id, typed)
    invited = invitations.invite(alice, NORTHMERE.id, "new@northmere.example", Role.VIEWER)
    message = messages.listed(world.as_(ADA)).messages[0]
    return {
        "employer_id": NORTHMERE.id,
        "cycle_id": cycles.of_all(alice.store)[0].id,
        "topic_id": "scheme",
        "attachment_id": opened(alice, id_).attachments["agreed-scheme"][0].id,
        "question_id": "protected-caseloads",
        "action_id": action.id,
        "person_id": BOB.id,
        "invitation_id": invited.id,
        "message_id": message.id,
        "key": key,
        "report_id": report.id,
        "team_id": team.id,
        "snapshot_id": snapshot.id,
        "worker_id": snapshot.snapshot.workers[0].id,
        "about": snapshot.snapshot.workers[0].id,
        "step": "withdraw",
    }


def accepted(world: World) -> dict[str, str]:
    """Let a health check be accepted, with a change request; return parts of paths."""
    reviewing.submit(world)
    review_steps.start(world.as_(RHONA), world.northmeres.id)
    request_id = reviewing.resubmit(world)
    review_steps.start(world.as_(RHONA), world.northmeres.id)
    review_writing.end_request(world.as_(RHONA), world.northmeres.id, request_id, "met", "Good.")
    review_steps.accept(world.as_(RHONA), world.northmeres.id)
    ctx = world.as_(ADA)
    job = reports.newest(ctx.store, world.northmeres.id, "accepted-")
    employers.set_logo(ctx, NORTHMERE.id, Upload("logo.png", PNG))
    with ctx.store.writing():
        reports.finish(ctx.store, job.key if job else "", b"%PDF")
        versions.keep_pdf(ctx.store, world.northmeres.id, 1, b"%PDF")
    invited = invitations.invite(ctx, None, "new@basw.example", Role.REVIEWER)
    frozen = read(versions.get(ctx.store, world.northmeres.id, 1).content)
    return {
        "employer_id": NORTHMERE.id,
        "number": "1",
        "attachment_id": frozen.attachments["agreed-scheme"][0].id,
        "area_id": "workload",
        "question_id": "agreed-scheme",
        "request_id": request_id,
        "person_id": RHONA.id,
        "invitation_id": invited.id,
        "step": "reopen",
    }


def wrong(who: str, needed: Permission | str, status: int) -> bool:
    """Say whether an answer is not what the permission table says."""
    role = WHO[who][1]
    if who == "nobody":
        return status != 401
    if needed == OWN:
        return status in {401, 403}
    if role is None:
        return status != 404
    if isinstance(needed, Permission) and can({role}, needed):
        return status in {401, 403}
    return status not in REFUSED


def test_every_route_is_allowed_and_refused_as_the_permission_table_says(
    signed_in: Callable[[Person], Someone], nobody: Someone, world: World
) -> None:
    found, faults = set[str](), []
    for stage in (being_answered, accepted):
        parts = {"assessment_id": world.northmeres.id, **stage(world)}
        browsers = {
            name: signed_in(person) if person else nobody for name, (person, _) in WHO.items()
        }
        with closing(Walk(world, browsers, parts)) as walk:
            left = [(*route, NEEDS[route]) for route in NEEDS if route[1] not in found]
            for method, path, needed in left:
                for who in WHO:
                    status = walk.ask(who, method, path)
                    if wrong(who, needed, status):
                        faults.append((stage.__name__, who, method, path, status))
                    if status not in {401, *REFUSED}:
                        found.add(path)
    assert faults == []
    assert {path for _, path in NEEDS} - found == NOT_MET


def test_no_route_is_forgotten() -> None:
    assert set(NEEDS) == SIGNED_IN
