"""Who answers which topic: the lead says so, and everybody sees what is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.assigning import Board, Chosen, change, may_answer
from healthcheck.core.errors import NotAllowedError, UnacceptableDetailsError
from healthcheck.core.facts import service_title
from healthcheck.core.messages import Kind
from healthcheck.core.permissions import Permission, can
from healthcheck.services import messages
from healthcheck.services.opening import worded
from healthcheck.services.permissions import permitted
from healthcheck.storage import assigning as stored
from healthcheck.storage import events
from healthcheck.storage import people as members

if TYPE_CHECKING:
    from collections.abc import Mapping

    from healthcheck.core.accounts import Person
    from healthcheck.core.assessments import Assessment
    from healthcheck.core.assigning import Change
    from healthcheck.services.context import Context
    from healthcheck.storage.assessments import Found


def assigned(ctx: Context, assessment_id: str) -> Mapping[str, tuple[Person, ...]]:
    """Return the people each topic is assigned to; topics open to all are left out.

    Raises NotSignedInError and NotFoundError.
    """
    return board(ctx, assessment_id).people


def board(ctx: Context, assessment_id: str) -> Board:
    """Return who answers what, as the person signed in meets it.

    Raises NotSignedInError and NotFoundError.
    """
    found = permitted(ctx, assessment_id, Permission.READ)
    return Board(ctx.someone().id, found.roles, _assigned(ctx, found))


def boards(ctx: Context) -> Mapping[str, Board]:
    """Return the topics assigned to the person, and nobody else's, by assessment.

    In one query, for the first page. Raises NotSignedInError.
    """
    person = ctx.someone()
    return {
        assessment_id: Board(person.id, people=dict.fromkeys(topics, (person,)))
        for assessment_id, topics in stored.of_person(ctx.store, person.id).items()
    }


def require_may_answer(ctx: Context, found: Found, topic_id: str) -> None:
    """Raise NotAllowedError when a topic is assigned to others; the caller checked the rest."""
    people = _assigned(ctx, found).get(topic_id, ())
    if not may_answer(found.roles, ctx.someone().id, {each.id for each in people}):
        names = " and ".join(each.name for each in people)
        raise NotAllowedError(
            f"{names} answer{'s' if len(people) == 1 else ''} this topic, so nothing was saved."
            " Ask your health check lead if you should answer it too."
        )


def who_can_answer(ctx: Context, assessment_id: str) -> tuple[Person, ...]:
    """Return the people that topics can be assigned to, by name.

    Raises NotSignedInError, NotFoundError and NotAllowedError.
    """
    found = permitted(ctx, assessment_id, Permission.ASSIGN)
    return _answering(ctx, found.assessment)


def assign(ctx: Context, assessment_id: str, shown: Chosen, chosen: Chosen) -> Change:
    """Assign topics as chosen on a page that showed who had them, and tell who got one.

    Only what differs from what was shown changes, so a colleague's choices made meanwhile stay.
    Raises NotSignedInError, NotFoundError, NotAllowedError, and UnacceptableDetailsError for a
    topic or a person that is not there.
    """
    with ctx.store.writing():
        found = permitted(ctx, assessment_id, Permission.ASSIGN)
        wanted = change(shown, chosen)
        titles = {topic.id: topic.title for topic in worded(ctx, found.assessment).topics}
        people = {each.id: each for each in _answering(ctx, found.assessment)}
        if any(topic not in titles or person not in people for topic, person in wanted.given):
            raise UnacceptableDetailsError(
                "Somebody’s role changed meanwhile, so nothing was saved. Open the page again."
            )
        done = _write(ctx, found, wanted)
        for person_id in dict.fromkeys(person_id for _, person_id in done.given):
            topics = [titles[topic] for topic, who in done.given if who == person_id]
            _tell(ctx, found.assessment, people[person_id], topics)
    return done


def _assigned(ctx: Context, found: Found) -> Mapping[str, tuple[Person, ...]]:
    return stored.of(ctx.store, found.assessment.id) if found.is_assigned else {}


def _answering(ctx: Context, assessment: Assessment) -> tuple[Person, ...]:
    everyone = members.of(ctx.store, assessment.employer.id)
    return tuple(each.person for each in everyone if can(each.roles, Permission.ANSWER))


def _write(ctx: Context, found: Found, wanted: Change) -> Change:
    by, id_ = ctx.someone().id, found.assessment.id
    given = tuple(
        (topic, person)
        for topic, person in wanted.given
        if stored.add(ctx.store, id_, topic, person, by, ctx.now)
    )
    taken = tuple(
        (topic, person)
        for topic, person in wanted.taken
        if stored.take(ctx.store, id_, topic, person)
    )
    for kind, pairs in (("topic assigned", given), ("topic no longer assigned", taken)):
        for topic, person in pairs:
            events.add(
                ctx.store,
                kind,
                ctx.now,
                person_id=by,
                assessment_id=id_,
                employer_id=found.assessment.employer.id,
                detail={"topic": topic, "person": person},
            )
    return type(wanted)(given, taken)


def _tell(ctx: Context, assessment: Assessment, person: Person, topics: list[str]) -> None:
    by = ctx.someone()
    if person == by:
        return
    messages.queue(
        ctx,
        Kind.ASSIGNED,
        person.email,
        by=by.name,
        topics=topics,
        due=assessment.due,
        employer=assessment.employer.name,
        service=service_title(assessment.service),
        cycle=assessment.cycle,
        path=f"/assessments/{assessment.id}",
    )
