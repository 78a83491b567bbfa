"""Plans frozen, read and compared; what to look at twice; what changed in an action."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from healthcheck.core import plan_changes, plan_checks, plan_versions
from healthcheck.core.plan_changes import By, Change, Difference
from healthcheck.core.plan_versions import ActionChange, PlanChanges
from healthcheck.core.plans import (
    Action,
    Declined,
    Delivery,
    Details,
    Note,
    Origin,
    Owner,
    Plan,
    Priority,
    Progress,
)

AT = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
DETAILS = Details(
    "Agree a scheme.",
    finding="There is none.",
    owner=Owner("Dee Dale", "Head", "Adults", "dee@example.org", "dee"),
    start=date(2026, 3, 1),
    due=date(2026, 9, 1),
    priority=Priority.HIGH,
    target_level=2,
)
AT_RISK = Progress(Delivery.AT_RISK, "No meeting.", "Meet in May.")
ACTION = Action(
    "id",
    "of",
    3,
    Origin.REQUEST,
    DETAILS,
    AT_RISK,
    7,
    AT,
    "Alice",
    AT,
    "agreed-scheme",
    request_id="r1",
)
REASON = Declined("fair", 1, "No money.", "Alice", AT)
PLAN = Plan("of", (ACTION,), {"id": (Note("id", "Private.", "Dee", AT),)}, {"fair": REASON})


def frozen(plan: Plan) -> Plan:
    text = json.dumps(plan_versions.frozen(plan, {"r1": 4}))
    read = plan_versions.read(json.loads(text), AT)
    assert read is not None
    return read


def test_a_frozen_plan_holds_no_address_no_account_and_no_note() -> None:
    plain = plan_versions.frozen(PLAN, {"r1": 4})
    text = json.dumps(plain)
    assert plain["actions"][0]["request"] == 4
    assert "dee@example.org" not in text
    assert "person_id" not in text
    assert "Private." not in text


def test_a_frozen_plan_reads_back() -> None:
    read = frozen(PLAN)
    (action,) = read.actions
    assert action.details == replace(DETAILS, owner=Owner("Dee Dale", "Head", "Adults"))
    assert (action.progress, action.reference) == (AT_RISK, "A3")
    assert (action.origin, action.question_id) == (Origin.REQUEST, "agreed-scheme")
    assert read.declined == {"fair": replace(REASON, declined_by="The employer")}


def test_versions_from_before_there_were_plans_hold_proposals_by_question() -> None:
    assert plan_versions.read({"agreed-scheme": {"quick_win": "Ask."}}, AT) is None
    assert plan_versions.read({}, AT) is None


def test_what_changed_between_two_versions_is_told_action_by_action() -> None:
    before = frozen(PLAN)
    later = replace(ACTION, details=replace(DETAILS, due=None, no_date_reason="It waits."))
    new = replace(ACTION, id="2", number=4)
    other = replace(REASON, reason="Still none.")
    after = frozen(replace(PLAN, actions=(later, new), declined={"fair": other}))

    found = plan_versions.changes(before, after)

    assert found == PlanChanges(
        (
            ActionChange(
                after.actions[0],
                is_new=False,
                differences=(
                    Difference("Due", "1 September 2026", "nothing"),
                    Difference("Reason for no date", "nothing", "It waits."),
                ),
            ),
            ActionChange(after.actions[1], is_new=True),
        ),
        (replace(other, declined_by="The employer"),),
    )
    assert not found.is_empty
    assert plan_versions.changes(before, before).is_empty


def test_an_open_action_due_before_the_day_of_submission_is_to_be_looked_at_twice() -> None:
    assert plan_checks.due_before(PLAN, date(2026, 9, 1)) == ()
    (late,) = plan_checks.due_before(PLAN, date(2026, 9, 2))
    assert late.action == ACTION
    assert late.text == (
        "Action A3 was due on 1 September 2026, before the day of submission, and is still open."
        " Is the date right?"
    )
    done = replace(ACTION, progress=Progress(Delivery.COMPLETE))
    undated = replace(ACTION, details=replace(DETAILS, due=None))
    assert plan_checks.due_before(Plan("x", (done, undated)), date(2027, 1, 1)) == ()


def test_differences_are_told_in_the_words_of_the_page() -> None:
    first = Change(1, DETAILS, Progress(), "", "page", "Alice", AT)
    details = replace(DETAILS, owner=Owner(role="Director"), target_level=None)
    second = replace(first, revision=2, details=details, progress=AT_RISK)
    assert plan_changes.differences(first, second) == (
        Difference("Owner", "Dee Dale, Head, Adults", "Director"),
        Difference("Target rating", "2", "nothing"),
        Difference("Delivery status", "On track", "At risk"),
        Difference("Reason for the status", "nothing", "No meeting."),
        Difference("Recovery step", "nothing", "Meet in May."),
    )
    assert plan_changes.differences(first, first) == ()


def test_the_name_of_somebody_with_an_account_is_kept_with_the_account_alone() -> None:
    assert By("Alice", "alice").stored_name == ""
    assert By("Lee from IT").stored_name == "Lee from IT"
