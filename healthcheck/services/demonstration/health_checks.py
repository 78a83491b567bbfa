"""One made-up health check as its people work on it, each through the service they would use."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from healthcheck.core.carrying import Wording
from healthcheck.core.questionnaires import Rating, is_asked
from healthcheck.core.reviews import Outcome, RemarkKind
from healthcheck.core.saving import Offered
from healthcheck.core.sign_off import Attestation
from healthcheck.core.steps import Step
from healthcheck.services import (
    assessments,
    assigning,
    publications,
    requests,
    review_steps,
    review_writing,
    reviews,
    sign_off,
    submissions,
)
from healthcheck.services.demonstration import character, country, files, words
from healthcheck.services.demonstration.calendar import latest_count
from healthcheck.services.demonstration.texts import drawn
from healthcheck.storage import reviews as stored_reviews

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from healthcheck.core.accounts import Person
    from healthcheck.core.answers import Entry
    from healthcheck.core.cycles import Cycle
    from healthcheck.core.questionnaires import Question, Topic
    from healthcheck.services.context import Context
    from healthcheck.services.demonstration.country import House
    from healthcheck.services.shelf import Opened

PARTS = {"begin": (0, 6), "go on": (6, 12), "finish": (12, 99)}
"""Which of the topics, by their place, are answered at which visit."""

IN_PLACE = 2
"""The level “In place”."""

COVERS_SOME_TEAMS = "The evidence is about some of the teams. This level asks for all of them."


@dataclass
class HealthCheck:
    """One employer's health check of one service in one cycle; `year` counts its cycles from 0.

    `wanted` are its answers by the day that the figures are for; `asked` the questions that changes
    were asked of, and how many of these were answered and ended.
    """

    ctx: Context
    people: Mapping[str, Person]
    house: House
    service: str
    cycle: Cycle
    year: int
    id: str = ""
    wanted: dict[date, Mapping[str, Entry]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    answered: int = 0
    ended: int = 0

    @property
    def seed(self) -> str:
        """What its chance is drawn from."""
        return f"{self.house.key} {self.service} {self.year}"

    def by(self, mailbox: str, at: datetime) -> Context:
        """Return a context for one of its people, named by the mailbox, at a moment."""
        return self.whose(self.house.mailbox(mailbox), at)

    def whose(self, email: str, at: datetime) -> Context:
        """Return a context for whoever has an address, at a moment."""
        return replace(self.ctx, person=self.people[email], now=at)

    def reviewer(self, at: datetime) -> Context:
        """Return a context for who reviews it, at a moment."""
        return self.whose(country.reviewer_of(self.house).email, at)

    def opened(self, at: datetime) -> Opened:
        """Return it opened by its lead."""
        return assessments.opened(self.by("lead", at), self.id)

    def answer(self, topic: Topic, at: datetime) -> None:
        """Save a topic: what is as last year is confirmed, the rest answered anew."""
        ctx = self.by("lead", at)
        opened = self.opened(at)
        figures = opened.questionnaire.figures
        if figures is not None and topic in figures.topics:
            ctx = self.whose(country.answers_figures(self.house), at)
        wanted = self._entries(opened, at)
        confirm = {each for each in wanted if _still_true(opened, each, wanted[each])}
        asked = [each for each in topic.questions if each.id in wanted and is_asked(each)]
        offered = {
            each.id: _offer(opened, each, wanted) for each in asked if each.id not in confirm
        }
        uploads = files.uploads(self.house, self.service, self.year)
        given = {name: uploads[name] for name in offered if name in uploads}
        confirmed = confirm & {each.id for each in asked}
        assessments.save_topic(ctx, self.id, topic.id, offered, given, confirm=confirmed)

    def better(self, question_id: str, added: str, at: datetime) -> None:
        """Add to the evidence of an answer."""
        opened = self.opened(at)
        saved = opened.saved[question_id]
        topic = next(
            topic.id
            for topic in opened.questionnaire.topics
            if question_id in {each.id for each in topic.questions}
        )
        entry = replace(saved.entry, evidence=f"{saved.entry.evidence}\n\n{added}")
        offered = {question_id: Offered(entry, saved.revision)}
        assessments.save_topic(self.by("lead", at), self.id, topic, offered, {})

    def assign(self, at: datetime) -> None:
        """Let who knows the figures answer them, and nobody else."""
        figures = self.opened(at).questionnaire.figures
        topics = figures.topics if figures is not None else ()
        whose = self.people[country.answers_figures(self.house)].id
        shown: dict[str, set[str]] = {topic.id: set() for topic in topics}
        chosen = {topic.id: {whose} for topic in topics}
        assigning.assign(self.by("lead", at), self.id, shown, chosen)

    def send(self, at: datetime) -> None:
        """Send it for sign-off with what is said about consultation."""
        said = words.consultation(self.house, self.service, self.year)
        sign_off.send(self.by("lead", at), self.id, said)

    def sign(self, at: datetime) -> None:
        """Sign and submit it."""
        attested = [each.name for each in Attestation]
        ctx = self.by("officer", at)
        sign_off.sign(ctx, self.id, attested, self.house.officer, self.house.title)

    def decline(self, at: datetime) -> None:
        """Decline to sign, with a reason."""
        sign_off.decline(self.by("officer", at), self.id, words.DECLINED[self.house.key])

    def fix(self, at: datetime) -> None:
        """Mend what the accountable officer, or the lead, found."""
        self.better("workflow-waiting-risk", "The hospital team’s waiting cases are included.", at)

    def step(self, step: Step, at: datetime, *, mailbox: str = "lead", reason: str = "") -> None:
        """Take a step that somebody at the employer takes by themselves."""
        sign_off.take(self.by(mailbox, at), self.id, step, reason)

    def ask_to_reopen(self, at: datetime) -> None:
        """Ask BASW to let the employer change its answers again."""
        self.step(Step.ASK_TO_REOPEN, at, reason=words.ASK_TO_REOPEN[self.house.key])

    def reopen(self, at: datetime) -> None:
        """Let the employer change its answers again."""
        sign_off.take(self.reviewer(at), self.id, Step.REOPEN, words.REOPENED)

    def withdraw(self, at: datetime) -> None:
        """Take it out of the cycle."""
        ctx = self.whose(country.ADMINISTRATOR.email, at)
        sign_off.take(ctx, self.id, Step.WITHDRAW, words.WITHDRAWN[self.house.key])

    def claim(self, at: datetime) -> None:
        """Let a reviewer claim it."""
        reviews.claim(self.reviewer(at), self.id)

    def start(self, at: datetime) -> None:
        """Start its review, and read what was submitted."""
        ctx = self.reviewer(at)
        review_steps.start(ctx, self.id)
        found = reviews.found_at_basw(ctx, self.id)
        submissions.note_read(ctx, found, submissions.version_of(ctx, found))

    def look(self, at: datetime) -> None:
        """Let the reviewer download what was submitted."""
        submissions.data(self.reviewer(at), self.id, 1)

    def remark(self, at: datetime) -> None:
        """Write comments, a note of good practice and, at times, a note for BASW alone."""
        levels = self._levels(at)
        ctx = self.reviewer(at)
        low = self._some(name for name, level in words.COMMENTS if levels.get(name) == level)
        high = self._some(each for each in words.GOOD if levels.get(each, 0) > IN_PLACE)
        for name in low[:2]:
            text = words.COMMENTS[name, levels[name]]
            review_writing.remark(ctx, self.id, name, RemarkKind.COMMENT, text)
        for name in high[:1]:
            review_writing.remark(ctx, self.id, name, RemarkKind.GOOD_PRACTICE, words.GOOD[name])
        note = words.PRIVATE[drawn(0, len(words.PRIVATE) - 1, self.seed)]
        for name in low[2:3]:
            review_writing.remark(ctx, self.id, name, RemarkKind.PRIVATE_NOTE, note)

    def moderate(self, at: datetime) -> None:
        """Give one rating a level less than the employer did, with a reason."""
        levels = self._levels(at)
        known = self._some(each for each in words.MODERATED if levels.get(each, 0) >= IN_PLACE)
        name = next(iter([*known, *self._some(each for each in levels if levels[each] > 0)]))
        reason = words.MODERATED.get(name, COVERS_SOME_TEAMS) if known else COVERS_SOME_TEAMS
        review_writing.moderate(self.reviewer(at), self.id, name, str(levels[name] - 1), reason)

    def request(self, at: datetime) -> None:
        """Write one more change request."""
        levels = self._levels(at)
        good = self._some(each for each in words.REQUESTS if levels.get(each, 0) >= IN_PLACE)
        others = self._some(each for each in words.REQUESTS if 0 < levels.get(each, 0) < IN_PLACE)
        name = [*good, *others][len(self.asked)]
        reason = words.REQUESTS[name].reason
        review_writing.request_change(self.reviewer(at), self.id, name, reason)
        self.asked.append(name)

    def send_requests(self, at: datetime) -> None:
        """Send the change requests, with everything written so far."""
        review_steps.send_requests(self.reviewer(at), self.id)

    def answer_request(self, at: datetime) -> None:
        """Answer the first change request that has no answer yet."""
        name = self.asked[self.answered]
        written = stored_reviews.ledger(self.ctx.store, self.id).requests
        request_id = next(each.id for each in written if each.question_id == name)
        requests.answer(self.by("lead", at), self.id, request_id, words.REQUESTS[name].answer)
        self.answered += 1

    def raise_answers(self, at: datetime) -> None:
        """Change the answers that were asked about."""
        for name in self.asked:
            self.better(name, words.REQUESTS[name].added, at)

    def end(self, at: datetime) -> None:
        """End one change request: as met, partly met or withdrawn."""
        name = self.asked[self.ended]
        written = stored_reviews.ledger(self.ctx.store, self.id).requests
        request_id = next(each.id for each in written if each.question_id == name)
        turn = self.ended + drawn(0, 2, self.house.key, "ends")
        outcome, note = words.ENDED[turn % len(words.ENDED)]
        review_writing.end_request(
            self.reviewer(at), self.id, request_id, Outcome(outcome).value, note
        )
        self.ended += 1

    def accept(self, at: datetime) -> None:
        """Accept it."""
        review_steps.accept(self.reviewer(at), self.id)

    def publish(self, at: datetime, *, own_words: bool = True) -> None:
        """Publish the accepted report."""
        publications.publish(self.by("lead", at), self.id, own_words=own_words)

    def take_down(self, at: datetime) -> None:
        """Take the published report down."""
        publications.take_down(self.by("lead", at), self.id, words.TAKEN_DOWN)

    def _entries(self, opened: Opened, at: datetime) -> Mapping[str, Entry]:
        on = latest_count(at.date())
        if on not in self.wanted:
            asked = opened.questionnaire
            self.wanted[on] = character.entries(self.house, self.service, self.year, asked, on)
        return self.wanted[on]

    def _levels(self, at: datetime) -> dict[str, int]:
        return {
            name: int(standing.answer.value)
            for name, standing in self.opened(at).journey.items()
            if isinstance(standing.question, Rating)
            and standing.is_visible
            and isinstance(standing.answer.value, int)
        }

    def _some(self, names: Iterable[str]) -> list[str]:
        """Return these in an order of its own, the same each time."""
        return sorted(names, key=lambda each: drawn(0, 10**6, self.seed, each))


def _still_true(opened: Opened, question_id: str, wanted: Entry) -> bool:
    """Say whether one click can confirm last year's answer, and it is the one wanted."""
    last = opened.last.carried.get(question_id) if opened.last else None
    return last is not None and last.wording is Wording.SAME and last.entry.value == wanted.value


def _offer(opened: Opened, question: Question, wanted: Mapping[str, Entry]) -> Offered:
    saved = opened.saved.get(question.id)
    return Offered(wanted[question.id], 0 if saved is None else saved.revision)
