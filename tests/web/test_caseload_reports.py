"""Reports of an excessive caseload through the pages, with a name and without."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.services.accounts import fingerprint
from healthcheck.services.caseload_telling import remind
from healthcheck.storage import caseload_reports as stored
from tests.people import ALICE, NORTHMERE
from tests.teams import MIA, PAT, set_up, with_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from healthcheck.core.workload.teams import Team
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.page import Page

TOO_MUCH = "I have 34 cases and no time to write."
SEND, SEND_UNNAMED = "Send with your name", "Send without your name"
SEE, DID_NOT_HELP, ANSWER = "See what came of it", "This did not help", "Send the answer"
LIST = f"/employers/{NORTHMERE.id}/caseload-reports"
DAY = timedelta(days=1)


@pytest.fixture(name="duty")
def a_team_with_a_manager(world: World) -> Team:
    with_people(world)
    return set_up(world)


@pytest.fixture
def pat(signed_in: Callable[[Person], Someone], duty: Team) -> Someone:
    assert duty.managers == (MIA,)
    return signed_in(PAT)


@pytest.fixture
def mia(signed_in: Callable[[Person], Someone], duty: Team) -> Someone:
    assert duty.managers == (MIA,)
    return signed_in(MIA)


def typed(team: Team) -> dict[str, str]:
    return {"place": f"team-{team.id}", "problem": TOO_MUCH, "wish": "A colleague."}


def code_of(page: Page) -> str:
    (shown,) = page.of_class("hc-key")
    return shown.text or ""


def dump(world: World) -> list[str]:
    return list(world.as_(None).store.connection.iterdump())


def test_a_report_with_a_name_is_made_answered_and_opened_again(
    pat: Someone, mia: Someone, charlie: Someone, duty: Team
) -> None:
    start = pat.get(pat.get("/").links["Report an excessive caseload"])
    form = pat.get(start.links["Report with your name to Northmere Council"])
    assert "Ten is this service’s own" in form.words
    assert "health check lead. They see your name; nobody else does." in form.words
    wrong = pat.submit(form, {"problem": "dob 1/2/2013"}, SEND, status=422)
    assert [each for each, _ in wrong.errors] == ["place", "problem"]
    own = pat.follow(pat.submit(wrong, typed(duty), SEND))
    assert "To be answered by Mia Mason." in own.words
    assert "Waiting for an answer" in own.words
    assert "Duty, Children’s services" in own.words

    listed = mia.get(mia.get("/").links["Caseload reports for you to answer at Northmere Council"])
    (reference,) = (each for each in listed.links if each.startswith("CR-"))
    report = mia.get(listed.links[reference])
    charlie.get(report.address, 404)
    pat.get(report.address, 403)
    mia.get(own.address, 404)
    assert "2 March 2026 by Pat Price" in report.words
    empty = mia.submit(report, {}, ANSWER, status=422)
    assert empty.errors == [("answer", "Say what will change.")]
    done = mia.follow(mia.submit(empty, {"answer": "Four cases <b>move</b>."}, ANSWER))
    assert done.messages == [f"Your answer to {reference} is saved."]

    answered = pat.get(own.address)
    assert "What will change Four cases <b>move</b>." in answered.words
    no_reason = pat.submit(answered, {}, DID_NOT_HELP, status=422)
    assert no_reason.errors == [("why", "Say what is still wrong. A sentence is enough.")]
    again = pat.follow(pat.submit(no_reason, {"why": "Five came."}, DID_NOT_HELP))
    assert "Open again" in again.words
    assert DID_NOT_HELP not in [(each.text or "") for each in again.tree.iter("button")]
    assert f"{reference} Duty 2 March 2026 Open again" in mia.get(LIST).words
    assert f"{reference}, 2 March 2026 Open again" in pat.get("/report-a-caseload").words


def test_a_report_without_a_name_is_followed_by_its_code(
    nobody: Someone, signed_in: Callable[[Person], Someone], world: World, duty: Team
) -> None:
    address = stored.settings(world.as_(None).store, NORTHMERE.id)[0]
    form = nobody.get(f"/report-a-caseload/{address}")
    assert "It is passed on tomorrow, with the day but not the time." in form.words
    assert form.headers["Referrer-Policy"] == "no-referrer"
    wrong = nobody.submit(form, {"place": "elsewhere"}, SEND_UNNAMED, status=422)
    assert [each for each, _ in wrong.errors] == ["place", "problem"]
    sent = nobody.submit(wrong, typed(duty), SEND_UNNAMED)
    made = nobody.follow(sent)
    code = code_of(made)
    assert made.heading == "Your report is made"
    assert nobody.get(sent.leads_to, 303).leads_to == "/caseload-progress"
    assert len(code.replace("-", "")) == 16
    assert code not in sent.leads_to

    ask = nobody.get("/caseload-progress")
    unknown = nobody.submit(ask, {"code": "BCDF"}, SEE, status=422)
    assert "No report has this code" in unknown.errors[0][1]
    assert "There is no answer yet." in nobody.submit(ask, {"code": code}, SEE, status=200).words
    assert "No report waits for you." in signed_in(MIA).get(LIST).words
    world.clock.forward(DAY)
    mia = signed_in(MIA)
    listed = mia.get(LIST)
    report = mia.get(next(to for each, to in listed.links.items() if each.startswith("CR-")))
    assert "2 March 2026 by somebody who gave no name" in report.words
    mia.submit(report, {"answer": "We recruit."}, ANSWER)

    read = nobody.submit(ask, {"code": code.lower()}, SEE, status=200)
    assert "What will change We recruit." in read.words
    assert "Mia" not in read.words
    no_reason = nobody.submit(read, {}, DID_NOT_HELP, status=422)
    assert no_reason.errors == [("why", "Say what is still wrong. A sentence is enough.")]
    after = nobody.follow(nobody.submit(no_reason, {"why": "Too slow."}, DID_NOT_HELP))
    assert after.messages == ["Thank you. Your report is open again, and is passed on tomorrow."]
    twice = nobody.submit(read, {"why": "Again."}, DID_NOT_HELP, status=422)
    assert "Nothing was saved." in twice.errors[0][1]
    token = ask.fields(SEE)["csrf_token"]
    path = "/caseload-progress/did-not-help"
    nobody.post(path, {"csrf_token": token, "code": "X", "why": "No."}, 422)
    nobody.get("/report-a-caseload/of-nobody", 404)


def test_a_report_without_a_name_by_somebody_signed_in_leaves_no_trace_of_them(
    pat: Someone, world: World, duty: Team, caplog: pytest.LogCaptureFixture
) -> None:
    start = pat.get("/report-a-caseload")
    world.clock.forward(timedelta(minutes=40))
    caplog.set_level(logging.DEBUG)
    before = set(dump(world))
    form = pat.get(start.links["Report without your name to Northmere Council"])
    assert PAT.name not in form.words
    made = pat.follow(pat.submit(form, typed(duty), SEND_UNNAMED))
    code = code_of(made)
    pat.submit(pat.get("/caseload-progress"), {"code": code}, SEE, status=200)

    new = [each for each in dump(world) if each not in before]
    assert [each.split("(")[0] for each in new] == ['INSERT INTO "caseload_reports" VALUES']
    world.clock.forward(DAY + timedelta(minutes=7))
    remind(world.as_(None))
    new = [each for each in dump(world) if each not in before]
    assert (
        sorted(each.split('"')[1] for each in new)
        == [
            "caseload_reports",
            "events",
            "messages",
            "sqlite_sequence",
        ][: len(new)]
    )
    traces = ("pat", "Price", "192.0.2.1", "11:10", code, code.replace("-", ""))
    told = "\n".join([*new, *(each.getMessage() for each in caplog.records)])
    assert [each for each in (*traces, fingerprint("pat-0")) if each in told] == []
    assert "11:10" not in "\n".join(dump(world))


def test_so_many_are_too_many(nobody: Someone, pat: Someone, world: World, duty: Team) -> None:
    address = stored.settings(world.as_(None).store, NORTHMERE.id)[0]
    form = nobody.get(f"/report-a-caseload/{address}")
    for _ in range(12):
        nobody.submit(form, typed(duty), SEND_UNNAMED)
    refused = nobody.submit(form, typed(duty), SEND_UNNAMED, status=429)
    assert "Yours was not saved" in refused.errors[0][1]
    assert TOO_MUCH in refused.fields(SEND_UNNAMED)["problem"]
    own = pat.get(f"/employers/{NORTHMERE.id}/report-a-caseload")
    for _ in range(10):
        pat.submit(own, typed(duty), SEND)
    assert "10 reports" in pat.submit(own, typed(duty), SEND, status=429).errors[0][1]


def test_the_lead_states_the_days_and_renews_the_address(
    alice: Someone, nobody: Someone, world: World
) -> None:
    page = alice.get(alice.get(LIST).links["How Northmere Council takes reports"])
    before = dump(world)
    old = next(to for each, to in page.links.items() if each.startswith("http"))
    wrong = alice.submit(page, {"days": "2"}, "Save the days", status=422)
    assert wrong.errors == [("days", "Enter a whole number from 3 to 28.")]
    assert dump(world) == before
    alice.follow(alice.submit(wrong, {"days": "7"}, "Save the days"))
    assert "They must say within 7 days what will change. Your employer chose" in (
        nobody.get(old).words
    )
    alice.follow(alice.submit(page, {}, "Make a new address"))
    nobody.get(old, 404)
    events = world.as_(None).store.rows(
        "SELECT kind, person_id FROM events ORDER BY number DESC LIMIT 2"
    )
    assert events == [
        ("address for caseload reports changed", ALICE.id),
        ("days for caseload reports stated", ALICE.id),
    ]


def test_many_teams_are_chosen_from_a_list(nobody: Someone, world: World, duty: Team) -> None:
    for number in range(8):
        set_up(world, f"Team {number}")
    address = stored.settings(world.as_(None).store, NORTHMERE.id)[0]
    page = nobody.get(f"/report-a-caseload/{address}")
    offered = [each.get("value", "") for each in page.tree.findall(".//select/option")]
    assert sum(each.startswith("team-") for each in offered) == 9
    wrong = nobody.submit(page, typed(duty) | {"problem": ""}, SEND_UNNAMED, status=422)
    assert [each.get("value") for each in wrong.tree.findall(".//option[@selected]")] == [
        f"team-{duty.id}"
    ]
    assert nobody.submit(page, {}, SEND_UNNAMED, status=422).errors[0][0] == "place"
