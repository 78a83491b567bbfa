"""One employer's year from the invitation to the next year, through every room in turn."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.cycles import Cycle
from healthcheck.core.errors import LinkEndedError, NotAllowedError, NotFoundError, StepRefusedError
from healthcheck.core.permissions import Role
from healthcheck.core.resubmissions import changes
from healthcheck.core.reviews import RemarkKind
from healthcheck.core.steps import State, Step
from healthcheck.services import (
    accounts,
    assigning,
    audit,
    carrying,
    cycles,
    invitations,
    publications,
    requests,
    review_steps,
    review_writing,
    reviews,
    sign_off,
    steps,
    verifying,
    version_reports,
)
from healthcheck.services.assessments import mine, opened, save_topic
from healthcheck.services.rendering import render_next
from tests import letters, plans, reviewing
from tests.people import ALICE, BOB, CHARLIE, NORTHMERE, PASSWORD, offer
from tests.reviewing import ADA, OLIVE, RHONA

if TYPE_CHECKING:
    from healthcheck.core.accounts import Person
    from tests.people import World

pytestmark = pytest.mark.slow


STEPS_OF_THE_YEAR = [
    "began answering",
    "sent for sign-off",
    "declined to sign",
    "sent for sign-off",
    "signed and submitted",
    "recalled the submission",
    "sent for sign-off",
    "signed and submitted",
    "started the review",
    "asked for changes",
    "sent for sign-off",
    "signed and submitted",
    "started the review",
    "accepted",
]


def joined(world: World) -> Person:
    """Invite a workforce lead, who joins by the link and signs in."""
    invitations.invite(world.as_(ALICE), NORTHMERE.id, "hana@northmere.example", Role.CONTRIBUTOR)
    token = letters.token(world, "/join")
    session = invitations.join(world.as_(None), token, "Hana Rao", PASSWORD)
    hana = accounts.person_for(world.as_(None), session)
    assert hana is not None
    with pytest.raises(LinkEndedError, match="was used before"):
        invitations.join(world.as_(None), token, "Somebody Else", PASSWORD)
    return hana


def answer_together(world: World, hana: Person) -> None:
    """Let the workforce lead answer the figures and Alice all the rest."""
    id_ = world.northmeres.id
    assigning.assign(world.as_(ALICE), id_, {}, {"posts": frozenset({hana.id})})
    with pytest.raises(NotAllowedError):
        save_topic(world.as_(BOB), id_, "posts", {"in-post": offer("1")}, {})
    figures = reviewing.ANSWERS["posts"]
    typed = {name: offer(*entry.value) for name, entry in figures.items()}
    save_topic(world.as_(hana), id_, "posts", typed, {})
    for topic, answers in reviewing.ANSWERS.items():
        if topic != "posts":
            reviewing.save(world, topic, answers)


def sign_after_a_decline_and_a_recall(world: World) -> None:
    id_ = world.northmeres.id
    plans.settle(world.as_(ALICE), id_)
    sign_off.send(world.as_(ALICE), id_, reviewing.CONSULTATION)
    sign_off.decline(world.as_(OLIVE), id_, "Say when the scheme was agreed.")
    reviewing.save(world, "scheme", reviewing.ANSWERS["scheme"])
    reviewing.sign(world)
    sign_off.take(world.as_(ALICE), id_, Step.RECALL, "A figure was wrong.")
    reviewing.sign(world)


def review_and_accept(world: World) -> None:
    id_, rhona = world.northmeres.id, world.as_(RHONA)
    review_steps.start(rhona, id_)
    with pytest.raises(StepRefusedError):
        sign_off.take(world.as_(ALICE), id_, Step.RECALL, "Too late.")
    request_id = reviewing.resubmit(world)
    review_steps.start(rhona, id_)
    found = reviews.review(rhona, id_)
    assert found.submission is not None
    assert found.earlier is not None
    moved = changes(found.earlier.opened.journey, found.submission.opened.journey)
    assert [each.question.id for each in moved] == ["agreed-scheme"]
    review_writing.end_request(rhona, id_, request_id, "met", "Thank you.")
    review_writing.moderate(rhona, id_, "agreed-scheme", "2", "The union confirms the scheme.")
    review_writing.remark(rhona, id_, "fair-allocation", RemarkKind.GOOD_PRACTICE, "Well shown.")
    review_steps.accept(rhona, id_)


def render_everything(world: World) -> None:
    while render_next(world.as_(None)):
        pass


def test_a_year_from_the_invitation_to_the_next_year(world: World) -> None:
    reviewing.with_basw(world)
    id_ = world.northmeres.id
    answer_together(world, joined(world))
    sign_after_a_decline_and_a_recall(world)
    review_and_accept(world)
    assert opened(world.as_(ALICE), id_).assessment.state is State.ACCEPTED
    assert requests.sent_review(world.as_(ALICE), id_).ledger.requests[-1].outcome is not None

    publication = publications.publish(world.as_(ALICE), id_, own_words=True)
    render_everything(world)
    assert publications.read(world.as_(None), publication.address).has_pdf
    _, pdf = version_reports.download(world.as_(ALICE), id_, 3)
    verified = verifying.by_pdf(world.as_(None), hashlib.sha256(pdf).hexdigest())
    assert verified is not None
    assert (verified.number, verified.has_later) == (3, False)

    kinds = [event.kind for event in reversed(steps.timeline(world.as_(ALICE), id_))]
    assert kinds == STEPS_OF_THE_YEAR
    assert audit.audit(world.as_(None)).faults == ()

    world.clock.forward(timedelta(days=365))
    year = Cycle(
        "", "small-check", "2027", "2027", date(2027, 1, 4), date(2027, 9, 30), date(2027, 12, 31)
    )
    cycles.open_cycle(world.as_(ADA), year)
    (next_year,) = [
        each.assessment
        for each in mine(world.as_(ALICE))
        if (each.assessment.cycle, each.assessment.service) == ("2027", "childrens")
    ]
    waiting = carrying.unsettled(world.as_(ALICE), next_year.id)
    assert "agreed-scheme" in waiting
    assert "fair-allocation" not in waiting  # reworded, so it must be answered anew
    with pytest.raises(NotFoundError):
        opened(world.as_(CHARLIE), next_year.id)
