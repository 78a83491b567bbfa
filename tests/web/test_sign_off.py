"""Sign-off on its pages: what blocks it, the consultation, sending, signing, declining."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.answers import Entry
from healthcheck.core.sign_off import Attestation
from healthcheck.core.steps import Step
from healthcheck.services import sign_off
from tests import plans, reviewing
from tests.people import ALICE, CHARLIE
from tests.reviewing import OLIVE, RHONA

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from tests.people import World
    from tests.web.client import Someone
    from tests.web.conftest import Addresses

SAID = {"practitioners": "40", "how": "In four forums.", "unions": "None was asked."}
SIGNED: dict[str, str | list[str]] = {
    "attested": [each.name for each in Attestation],
    "name": "Olive Officer",
    "role": "Director",
}


@pytest.fixture
def answered(world: World) -> World:
    reviewing.with_basw(world)
    for topic, answers in reviewing.ANSWERS.items():
        reviewing.save(world, topic, answers)
    plans.settle(world.as_(ALICE), world.northmeres.id)
    return world


@pytest.fixture
def sent(answered: World) -> World:
    sign_off.send(answered.as_(ALICE), answered.northmeres.id, reviewing.CONSULTATION)
    return answered


@pytest.fixture
def olive(signed_in: Callable[[Person], Someone], sent: World) -> Someone:  # noqa: ARG001 - comes first
    return signed_in(OLIVE)


@pytest.fixture
def address(at: Addresses) -> str:
    return f"{at.tasks}/sign-off"


def test_the_lead_sees_what_blocks_and_where_to_put_it_right(
    alice: Someone, world: World, at: Addresses, address: str
) -> None:
    reviewing.save(world, "scheme", {"agreed-scheme": Entry(("2",)), "employs-new": Entry(("x",))})
    page = alice.get(address)
    assert "It cannot be sent for sign-off yet." in page.words
    assert "1 answer needs correcting" in page.words
    assert page.links["1.2 Do you employ newly qualified social workers?"] == (
        f"{at.topic('scheme')}#question-employs-new"
    )
    refused = alice.submit(page, SAID, "Send for sign-off", status=422)
    assert refused.title.startswith("Error: Sign-off")
    first = "Complete the answers and the plan first: 7 questions have no answer yet, 1 answer"
    assert first in refused.words
    assert refused.fields("Send for sign-off")["how"] == ["In four forums."]
    assert "What you wrote about consultation is saved. It was not sent." in refused.words
    again = alice.get(address)
    assert again.fields("Send for sign-off")["how"] == ["In four forums."]
    assert "consultation is saved" not in again.words


def test_what_is_wrong_in_a_consultation_sent_too_early_stays_in_its_box_unsaved(
    alice: Someone, world: World, address: str
) -> None:
    reviewing.save(world, "scheme", {"agreed-scheme": Entry(("2",))})
    typed = SAID | {"practitioners": "some"}
    refused = alice.submit(alice.get(address), typed, "Send for sign-off", status=422)
    assert "What you wrote about consultation is not saved yet." in refused.words
    assert refused.fields("Send for sign-off")["practitioners"] == ["some"]
    assert alice.get(address).fields("Send for sign-off")["how"] == [""]


def test_nothing_can_be_sent_before_it_is_begun(alice: Someone, address: str) -> None:
    page = alice.get(address)
    assert "Not started Next: answer the questions." in page.words
    assert "Send for sign-off" not in page.words
    saved = alice.follow(alice.submit(page, {"how": "A forum."}, "Save and finish later"))
    assert "What you wrote is saved." in saved.words
    assert saved.fields("Save and finish later")["how"] == ["A forum."]


def test_a_page_without_an_accountable_officer_says_so(
    alice: Someone, bob: Someone, address: str
) -> None:
    page = alice.get(address)
    assert "Nobody has that role here yet." in page.words
    assert page.links["Invite the accountable officer"] == "/employers/northmere/people"
    assert "Ask your health check lead to invite one." in bob.get(address).words


@pytest.mark.usefixtures("answered")
def test_the_lead_sends_it_and_it_waits_for_the_officer(
    alice: Someone, at: Addresses, address: str
) -> None:
    page = alice.follow(alice.submit(alice.get(address), SAID, "Send for sign-off"))
    assert "Sent for sign-off." in page.words
    waits = "Ready for sign-off Waiting for Olive Officer to sign off."
    assert waits in page.words
    assert waits in alice.get(at.tasks).words
    assert waits in alice.get("/").words
    assert "None was asked." in page.words
    assert page.links["Take back to change answers"] == f"{at.tasks}/steps/take-back"


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize(
    ("typed", "message", "anchor"),
    [
        ({"practitioners": "many"}, "must be a whole number", "practitioners"),
        ({"practitioners": ""}, "Say how many practitioners took part", "practitioners"),
        ({"how": ""}, "Say how practitioners were consulted.", "how"),
        ({"unions": ""}, "Say what trade unions said", "unions"),
        ({"unions": "x" * 4001}, "It is 1 too long.", "unions"),
    ],
)
def test_what_is_missing_of_the_consultation_is_named_beside_its_box(
    alice: Someone,
    address: str,
    typed: dict[str, str],
    message: str,
    anchor: str,
) -> None:
    page = alice.submit(alice.get(address), SAID | typed, "Send for sign-off", status=422)
    (name,) = [words for words in page.links if message in words]
    assert page.links[name] == f"#{anchor}"


def test_a_draft_that_is_not_valid_is_not_saved(alice: Someone, address: str) -> None:
    typed = SAID | {"practitioners": "some"}
    page = alice.submit(alice.get(address), typed, "Save and finish later", status=422)
    assert page.fields("Save and finish later")["practitioners"] == ["some"]
    assert alice.get(address).fields("Save and finish later")["how"] == [""]


def test_the_officer_reads_ticks_and_signs(olive: Someone, at: Addresses, address: str) -> None:
    page = olive.get(address)
    assert page.links["Every answer with its evidence"] == at.check
    assert "In four forums." in page.words
    assert "Practitioners were consulted: 40 took part, in the way described." in page.words
    signed = olive.follow(olive.submit(page, SIGNED, "Sign and submit"))
    assert signed.address == f"{at.tasks}/versions/1"
    assert "Signed and submitted. BASW can read it now." in signed.words
    assert signed.heading == "Version 1"
    assert "It is with BASW. The review has not begun" in olive.get(at.tasks).words


def test_the_draft_report_is_there_to_read(olive: Someone, at: Addresses, address: str) -> None:
    page = olive.submit(olive.get(address), {}, "Make the draft report (PDF)")
    assert page.leads_to.startswith(f"{at.report}/report-")


def test_what_is_not_ticked_or_typed_is_named_and_the_rest_is_kept(
    olive: Someone, address: str
) -> None:
    typed = {"attested": ["ACCURATE"], "name": "Olive Officer", "role": ""}
    page = olive.submit(olive.get(address), typed, "Sign and submit", status=422)
    assert page.links["Tick that practitioners were consulted, or decline and say why."] == (
        "#attested-2"
    )
    assert page.links["Type your role."] == "#role"
    fields = page.fields("Sign and submit")
    assert (fields["attested"], fields["name"]) == (["ACCURATE"], ["Olive Officer"])


def test_what_changed_since_it_was_read_is_not_signed(
    olive: Someone, sent: World, address: str
) -> None:
    page, alice, id_ = olive.get(address), sent.as_(ALICE), sent.northmeres.id
    sign_off.take(alice, id_, Step.TAKE_BACK)
    reviewing.save(sent, "scheme", {"agreed-scheme": Entry(("3",), evidence="More.")})
    sign_off.send(alice, id_, reviewing.CONSULTATION)
    refused = olive.submit(page, SIGNED, "Sign and submit", status=409)
    assert refused.heading == "That cannot be done now"
    assert "Something changed after you opened the page, so nothing was signed." in refused.words
    again = olive.submit(page, SIGNED | {"name": ""}, "Sign and submit", status=422)
    fields = dict(again.fields("Sign and submit"))
    assert fields["read"] == page.fields("Sign and submit")["read"]


def test_the_slower_of_two_officers_is_told(olive: Someone, sent: World, address: str) -> None:
    page = olive.get(address)
    sign_off.sign(
        sent.as_(OLIVE), sent.northmeres.id, SIGNED["attested"], "Olive Officer", "Director"
    )
    refused = olive.submit(page, SIGNED, "Sign and submit", status=409)
    assert "This health check is now “Submitted”" in refused.words


def test_the_officer_declines_with_a_reason(olive: Someone, alice: Someone, address: str) -> None:
    page = olive.get(olive.get(address).links["Decline to sign"])
    refused = olive.submit(page, {"reason": " "}, "Decline to sign", status=422)
    assert refused.links["Give a reason to decline to sign."] == "#reason"
    done = olive.follow(olive.submit(page, {"reason": "Old figures."}, "Decline to sign"))
    assert "Olive Officer declined to sign" in done.words
    assert "Old figures." in done.words
    assert "The accountable officer did not sign it." in alice.get(address).words


def test_prompts_are_shown_before_signing(olive: Someone, address: str) -> None:
    assert "The questionnaire’s checks found nothing to look at twice." in olive.get(address).words


@pytest.mark.usefixtures("sent")
def test_others_see_where_it_is_and_no_button(
    vera: Someone, signed_in: Callable[[Person], Someone], address: str
) -> None:
    page = vera.get(address)
    assert "Waiting for Olive Officer to sign off." in page.words
    assert [each.get("name") for each in page.tree.iter("button")] == [None]
    token = page.fields("Sign out")["csrf_token"]
    refused = vera.post(f"{address}/signature", {**SIGNED, "csrf_token": token}, 403)
    assert "cannot sign the health check off" in refused.words
    vera.post(address, {**SAID, "csrf_token": token, "go": "send"}, 403)
    for person in (CHARLIE, RHONA):
        signed_in(person).get(address, 404)
