"""One employer's year as its people and BASW's see it: through the pages alone, without scripts."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from healthcheck.services.rendering import render_next
from healthcheck.web.app import create_app
from tests import letters, reviewing
from tests.people import ALICE, CHARLIE, PASSWORD
from tests.reviewing import ADA, OLIVE, RHONA
from tests.web.client import Someone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from healthcheck.core.accounts import Person
    from tests.people import World
    from tests.web.page import Page

pytestmark = pytest.mark.slow

TYPED: Mapping[str, Mapping[str, str]] = {
    "scheme": {
        "agreed-scheme": "2",
        "agreed-scheme.evidence": "We agreed the scheme with the union in May.",
        "employs-new": "yes",
        "protected-caseloads": "1",
    },
    "allocation": {"who-allocates": "manager", "seen-in": "supervision", "fair-allocation": "3"},
    "equipment": {
        "quiet-space": "not-applicable",
        "quiet-space.reason": "Everybody works from home.",
        "remarks": "Our offices closed last year.",
    },
}
FIGURES = {"in-post": "90", "vacancies": "10", "long-hours": "12"}


class Year:
    """The people of the year, each at a browser of their own."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.app: Flask = create_app(world.product)
        self.tasks = f"/assessments/{world.northmeres.id}"
        self.review = f"/basw/reviews/{world.northmeres.id}"
        self.alice, self.olive = self.visit(ALICE), self.visit(OLIVE)
        self.rhona, self.ada = self.visit(RHONA), self.visit(ADA)

    def visit(self, person: Person) -> Someone:
        someone = Someone(self.app)
        someone.sign_in(person)
        return someone

    def render(self) -> None:
        while render_next(self.world.as_(None)):
            pass


def invite_and_join(year: Year) -> Someone:
    people = year.alice.get("/employers/northmere/people")
    typed = {"email": "hana@northmere.example", "role": "CONTRIBUTOR"}
    year.alice.submit(people, typed, "Send the invitation")
    hana = Someone(year.app)
    join = hana.get(f"/join/{letters.token(year.world, '/join')}")
    typed = {"name": "Hana Rao", "password": PASSWORD}
    home = hana.follow(hana.submit(join, typed, "Join"))
    assert "Northmere Council" in home.words
    return hana


def answer_together(year: Year, hana: Someone) -> None:
    """Give the figures to the workforce lead, and everything else to Alice."""
    who = year.alice.get(f"{year.tasks}/assign")
    (hana_id,) = who.values_of("posts", "Hana Rao")
    year.alice.submit(who, {"posts": hana_id}, "Save who answers what")
    assert "Yours to answer" in hana.get("/").words
    hana.submit(hana.get(f"{year.tasks}/topics/posts"), FIGURES)
    for topic, typed in TYPED.items():
        year.alice.submit(year.alice.get(f"{year.tasks}/topics/{topic}"), typed)


def settle_the_plan(year: Year) -> None:
    """Adopt one action, and give a reason for none wherever else an answer is weak."""
    address = f"{year.tasks}/plan/proposals"
    page = year.alice.get(address)
    if "To decide" in page.words:
        year.alice.submit(page, {"step": "QUICK_WIN"}, "Adopt")
    while "To decide" in (page := year.alice.get(address)).words:
        year.alice.submit(page, {"reason": "Our plan for staff covers it."}, "Keep the reason")


def send_for_sign_off(year: Year) -> None:
    settle_the_plan(year)
    typed = {"practitioners": "40", "how": "In four forums.", "unions": "They read the draft."}
    page = year.alice.get(f"{year.tasks}/sign-off")
    year.alice.submit(page, typed, "Send for sign-off")


def sign(year: Year) -> Page:
    page = year.olive.get(f"{year.tasks}/sign-off")
    boxes = page.all_ticked("Sign and submit")
    typed = {"name": "Olive Officer", "role": "Director", **boxes}
    return year.olive.follow(year.olive.submit(page, typed, "Sign and submit"))


def sign_after_a_decline_and_a_recall(year: Year) -> None:
    send_for_sign_off(year)
    page = year.olive.get(f"{year.tasks}/steps/decline")
    year.olive.submit(page, {"reason": "Say when the scheme was agreed."}, "Decline to sign")
    assert "Say when the scheme was agreed." in year.alice.get(year.tasks).words
    send_for_sign_off(year)
    assert sign(year).heading == "Version 1"
    page = year.alice.get(f"{year.tasks}/steps/recall")
    year.alice.submit(page, {"reason": "A figure was wrong."}, "Recall the submission")
    send_for_sign_off(year)
    assert sign(year).heading == "Version 2"


def review(year: Year) -> None:
    """Ask for a change, have it answered, see what changed, and moderate one rating."""
    queue = year.rhona.get("/basw/queue")
    assert "Northmere Council" in queue.words
    year.rhona.submit(year.rhona.get(year.review), {}, "Start the review")
    question = year.rhona.get(f"{year.review}/questions/agreed-scheme")
    year.rhona.submit(question, {"change": "Attach the scheme."}, "Save the change request")
    year.rhona.submit(year.rhona.get(f"{year.review}/send"), {}, "Send the change requests")

    asked = year.alice.get(f"{year.tasks}/requests")
    assert "Attach the scheme." in asked.words
    year.alice.submit(asked, {"answer": "Attached."}, "Save the answer to request 1")
    topic = year.alice.get(f"{year.tasks}/topics/scheme")
    typed = {"agreed-scheme": "1", "agreed-scheme.evidence": "We agreed it in June."}
    year.alice.submit(topic, typed, files={"agreed-scheme.files": [("a.txt", b"The scheme.")]})
    send_for_sign_off(year)
    assert sign(year).heading == "Version 3"

    year.rhona.submit(year.rhona.get(year.review), {}, "Start the review")
    changed = year.rhona.get(f"{year.review}/changes").words
    assert "We agreed" in changed
    question = year.rhona.get(f"{year.review}/questions/agreed-scheme")
    year.rhona.submit(question, {"outcome": "met", "note": "Thank you."}, "End request 1")
    question = year.rhona.get(f"{year.review}/questions/agreed-scheme")
    typed = {"level": "2", "reason": "The union confirms it."}
    year.rhona.submit(question, typed, "Save BASW’s rating")
    year.rhona.submit(year.rhona.get(f"{year.review}/accept"), {}, "Accept")


def publish_and_verify(year: Year) -> None:
    assert "Accepted" in Someone(year.app).get("/status/small-check/2026").words
    page = year.alice.get(f"{year.tasks}/publish")
    year.alice.submit(page, {"own_words": "no"}, "Publish the report")
    year.render()
    version = year.alice.get(f"{year.tasks}/versions/3")
    pdf = year.alice.get(version.links["Download the signed report (PDF)"]).content
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages[:1])
    assert re.search(r"HC-2026-\w{6}", words)
    anybody = Someone(year.app)
    asked = anybody.get("/verify")
    told = anybody.submit(asked, files={"file": [("r.pdf", pdf)]}, button="Verify the PDF")
    assert "version 3" in anybody.follow(told).words.lower()
    changed = {"file": [("r.pdf", pdf + b"\n")]}
    told = anybody.submit(asked, files=changed, button="Verify the PDF")
    assert "version 3" not in anybody.follow(told).words.lower()


def begin_the_next_year(year: Year) -> None:
    """Open the next cycle, and find last year's answers offered: confirmed by one click each."""
    year.world.clock.forward(timedelta(days=365))
    ada, alice = year.visit(ADA), year.visit(ALICE)
    dates = {"opens": "4-1-2027", "due": "30-9-2027", "closes": "31-12-2027"}
    typed = {
        f"{name}.{part}": number
        for name, day in dates.items()
        for part, number in zip(("day", "month", "year"), day.split("-"), strict=True)
    }
    page = ada.get("/basw/cycles/new")
    typed |= {"name": "2027", "edition": "small-check/2027", "invite": "all"}
    ada.submit(page, typed, "Open the cycle")
    home = alice.get("/")
    address = home.links["Children’s services, 2027"]
    topic = alice.get(f"{address}/topics/scheme")
    assert "Your answer in 2026" in topic.words
    alice.submit(topic, {}, "Still true")
    assert "We agreed it in June." in alice.get(f"{address}/check").words
    reworded = alice.get(f"{address}/topics/allocation").words
    assert "The words of this question changed, so it must be answered anew." in reworded


def test_a_year_by_pages(world: World) -> None:
    reviewing.with_basw(world)
    year = Year(world)
    answer_together(year, invite_and_join(year))
    sign_after_a_decline_and_a_recall(year)
    review(year)
    publish_and_verify(year)
    begin_the_next_year(year)
    year.visit(CHARLIE).get(f"{year.tasks}/results", 404)
