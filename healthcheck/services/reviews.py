"""A review as BASW meets it: who has claimed it, what was submitted, what was written so far.

Nothing here is for an employer's people: to them, and to a reviewer at an employer of their own,
a review is not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from healthcheck.core import consistency, plan_checks, plan_versions, resubmissions
from healthcheck.core.errors import NotFoundError, StepRefusedError
from healthcheck.core.permissions import AT_AN_EMPLOYER, Permission, can
from healthcheck.core.reviews import moderated_score
from healthcheck.core.scoring import score
from healthcheck.core.steps import State
from healthcheck.core.versions import read
from healthcheck.services import last_submission, noting, submissions
from healthcheck.services.open_now import UK
from healthcheck.services.permissions import permitted, permitted_at_basw
from healthcheck.storage import attachments as files
from healthcheck.storage import reviews as stored
from healthcheck.storage import versions

if TYPE_CHECKING:
    from healthcheck.core.answers import Attachment
    from healthcheck.core.consistency import Prompt
    from healthcheck.core.plan_checks import Late
    from healthcheck.core.plan_versions import PlanChanges
    from healthcheck.core.resubmissions import AnswerChange
    from healthcheck.core.reviews import ChangeRequest, Ledger
    from healthcheck.core.scoring import Scorecard
    from healthcheck.services.context import Context
    from healthcheck.services.shelf import Opened
    from healthcheck.services.submissions import Submission
    from healthcheck.storage.assessments import Found

ENDED = frozenset({State.ACCEPTED, State.WITHDRAWN})
"""Where there is nothing left to review."""


@dataclass(frozen=True)
class Review:
    """The review of one assessment, as the person at BASW who asked may meet it.

    `submission` is the newest version that was not recalled, None before there is one; `earlier` is
    the version before it, and `last_year` what was submitted last in an earlier cycle. `reviewer`
    is the id and name of who claimed it.
    """

    found: Found
    person_id: str
    reviewer: tuple[str, str] | None
    ledger: Ledger
    submission: Submission | None = None
    earlier: Submission | None = None
    last_year: Opened | None = None

    @property
    def is_mine(self) -> bool:
        """Say whether the person has claimed it."""
        return self.reviewer is not None and self.reviewer[0] == self.person_id

    @property
    def may_claim(self) -> bool:
        """Say whether the person can claim it now."""
        return (
            self.reviewer is None
            and can(self.found.roles, Permission.REVIEW)
            and self.found.assessment.state not in ENDED
        )

    @property
    def may_release(self) -> bool:
        """Say whether the person can let it go: their own, or as an administrator anybody's.

        Who reviewed what was accepted stays on record.
        """
        return (
            self.reviewer is not None
            and self.found.assessment.state is not State.ACCEPTED
            and (self.is_mine or can(self.found.roles, Permission.MANAGE_BASW))
        )

    @property
    def may_write(self) -> bool:
        """Say whether the person can write in it now."""
        return self.is_mine and self.found.assessment.state is State.IN_REVIEW

    @property
    def submitted(self) -> Submission:
        """The version that is reviewed. Raises NotFoundError when nothing was submitted."""
        if self.submission is None:
            raise NotFoundError("Nothing has been submitted yet.")
        return self.submission

    @property
    def opened(self) -> Opened:
        """What was submitted, as it was. Raises NotFoundError when nothing was."""
        return self.submitted.opened

    @cached_property
    def self_assessed(self) -> Scorecard:
        """The scores as submitted."""
        return score(self.opened.questionnaire, self.opened.journey)

    @cached_property
    def moderated(self) -> Scorecard:
        """The scores with the moderated ratings in place."""
        given = self.ledger.in_force.values()
        return moderated_score(self.opened.questionnaire, self.opened.journey, given)

    @cached_property
    def prompts(self) -> tuple[Prompt, ...]:
        """What the questionnaire's checks ask to look at twice."""
        then = None if self.last_year is None else self.last_year.journey
        return consistency.prompts(self.opened.questionnaire, self.opened.journey, then)

    @cached_property
    def changes(self) -> tuple[AnswerChange, ...]:
        """What changed since the version before; nothing when there is none."""
        if self.earlier is None:
            return ()
        return resubmissions.changes(self.earlier.opened.journey, self.opened.journey)

    @cached_property
    def late(self) -> tuple[Late, ...]:
        """The actions that were due before the day of submission, to look at twice."""
        at = self.submitted.version.signed_at
        plan = self.submitted.plan
        return () if plan is None else plan_checks.due_before(plan, at.astimezone(UK).date())

    @cached_property
    def plan_changes(self) -> PlanChanges:
        """What changed in the plan since the version before."""
        before = None if self.earlier is None else self.earlier.plan
        plan = self.submitted.plan
        if before is None or plan is None:
            return plan_versions.PlanChanges()
        return plan_versions.changes(before, plan)


def review(ctx: Context, assessment_id: str) -> Review:
    """Return the review, and note that the submission was read.

    Raises NotSignedInError, and NotFoundError for whoever is not at BASW or belongs to the
    employer.
    """
    found = found_at_basw(ctx, assessment_id)
    version = versions.latest(ctx.store, assessment_id)
    if version is None:
        return put_together(ctx, found)
    submissions.note_read(ctx, found, version)
    last_submission.read(ctx, found)
    with ctx.store.reading():
        return put_together(ctx, found, with_earlier=True)


def found_at_basw(
    ctx: Context, assessment_id: str, permission: Permission = Permission.READ_SUBMISSION
) -> Found:
    """Return the assessment for somebody at BASW who does not belong to its employer.

    Raises NotSignedInError, NotFoundError and NotAllowedError.
    """
    permitted_at_basw(ctx, Permission.SEE_QUEUE)
    found = permitted(ctx, assessment_id, Permission.READ_SUBMISSION)
    if not found.roles.isdisjoint(AT_AN_EMPLOYER):
        raise NotFoundError("There is no health check here that you can open.")
    return permitted(ctx, assessment_id, permission)


def put_together(ctx: Context, found: Found, *, with_earlier: bool = False) -> Review:
    """Return the review of an assessment that the caller has found; notes nothing.

    What stood there before (the version reviewed last, last year's answers) is read when asked for.
    """
    assessment = found.assessment
    version = versions.latest(ctx.store, assessment.id)
    submission = earlier = then = None
    if version is not None:
        submission = submissions.submission(ctx, found, version)
    if version is not None and with_earlier:
        before = (each for each in versions.of(ctx.store, assessment.id) if not each.recalled_at)
        older = next((each for each in before if each.number < version.number), None)
        earlier = None if older is None else submissions.submission(ctx, found, older)
        then = last_submission.opened(ctx, found)
    return Review(
        found=found,
        person_id=ctx.someone().id,
        reviewer=stored.reviewer(ctx.store, assessment.id),
        ledger=stored.ledger(ctx.store, assessment.id),
        submission=submission,
        earlier=earlier,
        last_year=then,
    )


def claim(ctx: Context, assessment_id: str) -> None:
    """Make the person the reviewer. Two at once: one wins, the other is told who.

    Raises NotSignedInError, NotFoundError, NotAllowedError and StepRefusedError.
    """
    with ctx.store.writing():
        found = found_at_basw(ctx, assessment_id, Permission.REVIEW)
        if found.assessment.state in ENDED:
            state = found.assessment.state.value.lower()
            raise StepRefusedError(f"This health check is {state}, so there is nothing to review.")
        claim_found(ctx, found)


def claim_found(ctx: Context, found: Found) -> None:
    """Make the person the reviewer, inside the caller's transaction, unless they are already.

    Raises StepRefusedError, naming whoever was quicker.
    """
    person, assessment_id = ctx.someone(), found.assessment.id
    if stored.claim(ctx.store, assessment_id, person.id):
        noting.note(ctx, "review claimed", found.assessment)
        return
    whose = stored.reviewer(ctx.store, assessment_id)
    if whose is not None and whose[0] != person.id:
        raise StepRefusedError(
            f"{whose[1]} has claimed this review. Ask them to release it if you should have it."
        )


def release(ctx: Context, assessment_id: str) -> None:
    """Let a review have no reviewer: one's own, or as an administrator anybody's.

    Raises NotSignedInError, NotFoundError and StepRefusedError.
    """
    with ctx.store.writing():
        found = found_at_basw(ctx, assessment_id)
        if found.assessment.state is State.ACCEPTED:
            raise StepRefusedError("It was accepted, so who reviewed it stays on record.")
        whose = stored.reviewer(ctx.store, assessment_id)
        is_own = whose is not None and whose[0] == ctx.someone().id
        if whose is None or not (is_own or can(found.roles, Permission.MANAGE_BASW)):
            name = "Nobody" if whose is None else whose[1]
            raise StepRefusedError(f"{name} has claimed this review, so you cannot release it.")
        stored.release(ctx.store, assessment_id)
        noting.note(ctx, "review released", found.assessment)


def submitted_file(
    ctx: Context, assessment_id: str, attachment_id: str
) -> tuple[Attachment, bytes]:
    """Return a file of any version that was not recalled; the download is an event.

    Raises NotSignedInError and NotFoundError.
    """
    with ctx.store.writing():
        found = found_at_basw(ctx, assessment_id)
        for version in versions.of(ctx.store, assessment_id):
            held = read(version.content).attachments.values()
            for each in (file for group in held for file in group):
                if each.id == attachment_id and version.recalled_at is None:
                    kind = submissions.FILE_DOWNLOADED
                    submissions.note(ctx, found, kind, version, file=each.name)
                    return each, files.content(ctx.store, each.sha256)
    raise NotFoundError("There is no such file in what was submitted.")


def unanswered_requests(ctx: Context, assessment_id: str) -> tuple[ChangeRequest, ...]:
    """Return the change requests that the employer must answer before it sends again.

    Raises NotSignedInError and NotFoundError.
    """
    permitted(ctx, assessment_id, Permission.READ_SUBMISSION)
    return stored.ledger(ctx.store, assessment_id).waiting
