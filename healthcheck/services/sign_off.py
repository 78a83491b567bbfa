"""Sign-off: sending for it, signing or declining. Signing freezes a version, all or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core import sign_off as core
from healthcheck.core import steps as table
from healthcheck.core import versions as frozen
from healthcheck.core.errors import NotReadyError, StepRefusedError, UnacceptableDetailsError
from healthcheck.core.permissions import Permission, Role
from healthcheck.core.sign_off import Attestation
from healthcheck.core.steps import OPEN_TO_ANSWERS, Step
from healthcheck.services import carrying, noting, steps, telling, version_reports
from healthcheck.services.open_now import require_open
from healthcheck.services.permissions import permitted
from healthcheck.services.readiness import Draft, Lack, drafted
from healthcheck.services.reviews import unanswered_requests
from healthcheck.storage import consultations, events, roles, versions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from healthcheck.core.assessments import Assessment
    from healthcheck.core.sign_off import Consultation, Signing
    from healthcheck.services.context import Context
    from healthcheck.storage.assessments import Found
    from healthcheck.storage.versions import Version

BY_THEMSELVES = frozenset(
    {Step.TAKE_BACK, Step.RECALL, Step.ASK_TO_REOPEN, Step.REOPEN, Step.WITHDRAW}
)
"""The steps that `take` takes; the others have services of their own."""

CHANGED = (
    "Something changed after you opened the page, so nothing was signed. Read the health check as"
    " it is now, then sign."
)


def draft(ctx: Context, assessment_id: str) -> Draft:
    """Return a health check as it stands before sign-off, for its employer's people.

    Raises NotSignedInError and NotFoundError.
    """
    with ctx.store.reading():
        return drafted(ctx, permitted(ctx, assessment_id, Permission.READ))


def save_consultation(ctx: Context, assessment_id: str, consultation: Consultation) -> None:
    """Keep what was written about consultation so far.

    Raises NotSignedInError, NotFoundError, NotAllowedError, and StepRefusedError once it was sent.
    """
    with ctx.store.writing():
        found = permitted(ctx, assessment_id, Permission.SEND)
        if found.assessment.state not in OPEN_TO_ANSWERS:
            raise StepRefusedError(
                "This health check was sent already, so what it says about consultation stands."
                " Take it back to change it."
            )
        _keep(ctx, found, consultation)


def send(ctx: Context, assessment_id: str, consultation: Consultation) -> Found:
    """Send a complete health check for sign-off, with what is said about consultation.

    Raises NotSignedInError, NotFoundError, NotAllowedError, StepRefusedError, and NotReadyError
    naming everything that blocks it.
    """
    with ctx.store.writing():
        found = permitted(ctx, assessment_id, Permission.SEND)
        table.after(found.assessment.state, Step.SEND)
        require_open(ctx, found)
        blocked = [each.sentence for each in drafted(ctx, found).blockers]
        blocked += core.lacking(consultation).values()
        blocked += _requests_waiting(ctx, assessment_id)
        if blocked:
            raise NotReadyError("It was not sent. " + " ".join(_sentence(each) for each in blocked))
        _keep(ctx, found, consultation)
        telling.tell(ctx, found, Step.SEND)
        return steps.take_found(ctx, found, Step.SEND)


def sign(  # noqa: PLR0913, PLR0917 - what is attested, by whom, and what they read
    ctx: Context,
    assessment_id: str,
    attestations: Collection[str],
    name: str,
    role: str,
    read: str | None = None,
) -> Version:
    """Sign and submit a health check, and return the version that this froze.

    `attestations` are the names of what was ticked; `name` and `role` are typed by who signs.
    `read` is the fingerprint of the draft that they read; without it, what stands now is signed.
    Version, step, event, messages and the wish for a PDF are stored together or not at all.

    Raises NotSignedInError, NotFoundError, NotAllowedError, UnacceptableDetailsError, NotReadyError
    when the plan has a gap, and StepRefusedError when somebody was quicker or anything changed
    since it was read.
    """
    signing, problems = core.accept_signing(attestations, name, role)
    with ctx.store.writing():
        found = permitted(ctx, assessment_id, Permission.SIGN)
        table.after(found.assessment.state, Step.SIGN)
        if problems:
            raise UnacceptableDetailsError(" ".join(problems.values()))
        before = drafted(ctx, found)
        if read is not None and read != before.fingerprint:
            raise StepRefusedError(CHANGED)
        _require_settled(before)
        version = _freeze(ctx, before, signing)
        carrying.carry_on(ctx, found.assessment)
        version_reports.queue(ctx, found, version)
        telling.tell(ctx, found, Step.SIGN)
        detail: dict[str, events.Detail] = {
            "version": version.number,
            "fingerprint": version.fingerprint,
        }
        steps.take_found(ctx, found, Step.SIGN, detail=detail)
    ctx.wake_renderer()
    return version


def decline(ctx: Context, assessment_id: str, reason: str) -> Found:
    """Decline to sign, with the reason for the lead.

    Raises NotSignedInError, NotFoundError, NotAllowedError, StepRefusedError and
    UnacceptableDetailsError without a reason.
    """
    with ctx.store.writing():
        found = permitted(ctx, assessment_id, Permission.SIGN)
        after = steps.take_found(ctx, found, Step.DECLINE, reason)
        telling.tell(ctx, found, Step.DECLINE, reason)
        return after


def _requests_waiting(ctx: Context, assessment_id: str) -> list[str]:
    """Return a sentence when change requests of the review wait for an answer."""
    waiting = [str(each.number) for each in unanswered_requests(ctx, assessment_id)]
    return [f"These change requests have no answer yet: {', '.join(waiting)}."] if waiting else []


def may_take(ctx: Context, assessment_id: str, step: Step) -> None:
    """Pass when the person can take a step now, for the page that asks before.

    Raises NotSignedInError, NotFoundError, NotAllowedError and StepRefusedError.
    """
    found = permitted(ctx, assessment_id, step.value.permission)
    table.after(found.assessment.state, step)


def take(ctx: Context, assessment_id: str, step: Step, reason: str = "") -> Found:
    """Take back, recall, ask to reopen, reopen or withdraw; those concerned are told.

    After the cycle has closed nothing is taken back or recalled, since it could not be sent again.
    Raises NotSignedInError, NotFoundError, NotAllowedError, NotReadyError, StepRefusedError when
    somebody was quicker, and UnacceptableDetailsError when a reason is needed or too long.
    """
    if step not in BY_THEMSELVES:
        raise StepRefusedError(f"“{step.value.button}” has a page of its own.")
    with ctx.store.writing():
        found = permitted(ctx, assessment_id, step.value.permission)
        if step in {Step.TAKE_BACK, Step.RECALL}:
            require_open(ctx, found)
        detail: dict[str, events.Detail] = {}
        version = versions.latest(ctx.store, assessment_id)
        if step is Step.RECALL and version is not None:
            versions.recall(ctx.store, assessment_id, version.number, ctx.now)
            detail["version"] = version.number
        after = steps.take_found(ctx, found, step, reason, detail)
        telling.tell(ctx, found, step, reason)
        return after


def waiting_for(ctx: Context, assessments: Iterable[Assessment]) -> dict[str, tuple[str, ...]]:
    """Return the names of the accountable officers of these assessments' employers, by employer.

    For whoever was given the assessments to read.
    """
    employers = {each.employer.id for each in assessments}
    found = roles.holders_at(ctx.store, employers, Role.ACCOUNTABLE_OFFICER)
    return {name: tuple(each.name for each in people) for name, people in found.items()}


def _require_settled(draft: Draft) -> None:
    """Raise NotReadyError when the plan, which is worked all the time, has a gap since it was sent.

    Answers cannot have one: they were closed when it was sent.
    """
    gaps = [each.sentence for each in draft.blockers if each.lack in {Lack.ACTION, Lack.DATE}]
    if gaps:
        raise NotReadyError(f"It was not signed. {' '.join(_sentence(each) for each in gaps)}")


def _keep(ctx: Context, found: Found, consultation: Consultation) -> None:
    if consultation == consultations.find(ctx.store, found.assessment.id):
        return
    consultations.save(ctx.store, found.assessment.id, consultation, ctx.someone().id, ctx.now)
    noting.note(ctx, "consultation saved", found.assessment)


def _freeze(ctx: Context, before: Draft, signing: Signing) -> Version:
    """Write the version. What is signed is the draft, with the sentences that were ticked."""
    assessment_id = before.found.assessment.id
    number = versions.next_number(ctx.store, assessment_id)
    content = frozen.content(
        before.content,
        number,
        [core.sentence(each, before.consultation) for each in Attestation],
        frozen.Signature(signing.name, signing.role, ctx.now),
    )
    versions.add(
        ctx.store,
        assessment_id,
        number,
        content,
        fingerprint=frozen.fingerprint(content),
        person_id=ctx.someone().id,
        now=ctx.now,
    )
    return versions.get(ctx.store, assessment_id, number)


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
