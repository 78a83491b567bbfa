"""A review for tests: Northmere's health check answered, signed and with BASW.

Rhona and Remi review for BASW and Ada administers there. Olive signs for Northmere. Vera belongs to
Northmere, and in some tests reviews for BASW as well: never her own employer's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.accounts import Person
from healthcheck.core.answers import Entry
from healthcheck.core.permissions import Role
from healthcheck.core.saving import Offered
from healthcheck.core.sign_off import Attestation, Consultation
from healthcheck.services import requests, review_steps, review_writing, sign_off
from healthcheck.services.assessments import opened, save_topic
from healthcheck.services.attachments import Upload
from healthcheck.services.rendering import render_next
from healthcheck.storage import accounts, roles
from healthcheck.storage import reviews as stored
from tests import plans
from tests.people import ALICE, NORTHMERE, password_hash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from healthcheck.core.assessments import Assessment
    from healthcheck.core.reviews import Ledger
    from tests.people import World

RHONA = Person("rhona", "Rhona Reviewer", "rhona@basw.example")
REMI = Person("remi", "Remi Reader", "remi@basw.example")
ADA = Person("ada", "Ada Admin", "ada@basw.example")
OLIVE = Person("olive", "Olive Officer", "olive@northmere.example")

SCHEME = Upload("scheme.txt", b"The scheme of Northmere.")
ANSWERS: Mapping[str, Mapping[str, Entry]] = {
    "scheme": {
        "agreed-scheme": Entry(("2",), evidence="We agreed the scheme with the union in May."),
        "employs-new": Entry(("yes",)),
        "protected-caseloads": Entry(("1",)),
    },
    "allocation": {
        "who-allocates": Entry(("manager",)),
        "seen-in": Entry(("supervision",)),
        "fair-allocation": Entry(("3",)),
    },
    "equipment": {
        "quiet-space": Entry(not_applicable=True, reason="Everybody works from home."),
        "remarks": Entry(("Our offices closed last year.",)),
    },
    "posts": {
        "in-post": Entry(("90",)),
        "vacancies": Entry(("10",)),
        "long-hours": Entry(("12",)),
    },
}
CONSULTATION = Consultation(40, "In four forums.", "The union read the draft.")


def with_basw(world: World) -> None:
    """Let the people of a review have their accounts and roles."""
    store = world.as_(None).store
    with store.writing():
        for person in (RHONA, REMI, ADA, OLIVE):
            accounts.add_person(store, person, password_hash(), world.clock())
        for person in (RHONA, REMI):
            roles.give(store, person.id, Role.REVIEWER, None)
        roles.give(store, ADA.id, Role.ADMINISTRATOR, None)
        roles.give(store, OLIVE.id, Role.ACCOUNTABLE_OFFICER, NORTHMERE.id)


def save(
    world: World,
    topic: str,
    answers: Mapping[str, Entry],
    files: Mapping[str, Sequence[Upload]] | None = None,
) -> None:
    """Save answers of a topic of Northmere's as Alice, on top of what is there."""
    ctx = world.as_(ALICE)
    saved = opened(ctx, world.northmeres.id).saved
    offered = {
        name: Offered(entry, saved[name].revision if name in saved else 0)
        for name, entry in answers.items()
    }
    save_topic(ctx, world.northmeres.id, topic, offered, files or {})


def sign(world: World, assessment: Assessment | None = None) -> None:
    """Settle the plan of a health check of Northmere's, send it for sign-off and sign it."""
    assessment_id = (assessment or world.northmeres).id
    plans.settle(world.as_(ALICE), assessment_id)
    sign_off.send(world.as_(ALICE), assessment_id, CONSULTATION)
    attested = [each.name for each in Attestation]
    sign_off.sign(world.as_(OLIVE), assessment_id, attested, "Olive Officer", "Director")


def submit(world: World) -> None:
    """Answer everything in Northmere's health check, with one file, and submit it."""
    for topic, answers in ANSWERS.items():
        files = {"agreed-scheme": [SCHEME]} if topic == "scheme" else {}
        save(world, topic, answers, files)
    sign(world)


def start(world: World) -> None:
    """Submit Northmere's health check and let Rhona start its review."""
    with_basw(world)
    submit(world)
    review_steps.start(world.as_(RHONA), world.northmeres.id)


def ask(world: World, question_id: str = "agreed-scheme", reason: str = "Attach it.") -> None:
    """Let Rhona write a change request."""
    review_writing.request_change(world.as_(RHONA), world.northmeres.id, question_id, reason)


def ask_and_send(world: World) -> str:
    """Let Rhona ask for one change and send it; return the request's id."""
    ask(world)
    review_steps.send_requests(world.as_(RHONA), world.northmeres.id)
    return ledger(world).requests[-1].id


def resubmit(world: World) -> str:
    """Take Northmere's health check through one round of changes; return the request's id."""
    request_id = ask_and_send(world)
    evidence = "We agreed the new scheme with the union in June."
    save(world, "scheme", {"agreed-scheme": Entry(("1",), evidence=evidence)})
    requests.answer(world.as_(ALICE), world.northmeres.id, request_id, "We lowered the rating.")
    sign(world)
    return request_id


def ledger(world: World) -> Ledger:
    """Return everything written in the review of Northmere's."""
    return stored.ledger(world.as_(None).store, world.northmeres.id)


def render_accepted(world: World) -> None:
    """Make the PDF of the accepted report, and no other."""
    ctx = world.as_(None)
    with ctx.store.writing():
        ctx.store.run("DELETE FROM report_jobs WHERE key NOT LIKE 'accepted-%'")
    assert render_next(ctx)
