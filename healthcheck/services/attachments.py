"""Files given as evidence: taking them, handing them back, removing them."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.answers import Attachment
from healthcheck.core.errors import NotFoundError, UnacceptableFileError
from healthcheck.core.permissions import Permission
from healthcheck.services import file_types
from healthcheck.services.assigning import require_may_answer
from healthcheck.services.opening import worded
from healthcheck.services.permissions import permitted, permitted_to_answer
from healthcheck.storage import assessments as stored
from healthcheck.storage import attachments as files
from healthcheck.storage import events

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from healthcheck.services.context import Context

MOST_IN_AN_ASSESSMENT = 100 * 2**20
"""Bytes of files in one assessment, all questions together."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: the name it claims, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Judged:
    """An upload looked into: what it would be attached as, or why it cannot be taken."""

    content: bytes
    attachment: Attachment | None
    refusal: str = ""


def attachment(ctx: Context, assessment_id: str, attachment_id: str) -> tuple[Attachment, bytes]:
    """Return an attachment and its bytes, to be served as a download only.

    Raises NotSignedInError and NotFoundError.
    """
    with ctx.store.reading():
        permitted(ctx, assessment_id, Permission.READ)
        _, found = _find(ctx, assessment_id, attachment_id)
        return found, files.content(ctx.store, found.sha256)


def remove_attachment(ctx: Context, assessment_id: str, attachment_id: str) -> str:
    """Take an attachment out of the assessment, and return the question it was given for.

    One that somebody removed already counts as removed. Raises NotSignedInError,
    NotFoundError, NotAllowedError, StepRefusedError, BusyError and NoRoomError.
    """
    with ctx.store.writing():
        health_check = permitted_to_answer(ctx, assessment_id)
        if gone_from := files.removed_from(ctx.store, assessment_id, attachment_id):
            return gone_from
        question_id, found = _find(ctx, assessment_id, attachment_id)
        asked = worded(ctx, health_check.assessment).topic_of.get(question_id)
        if asked is not None:
            require_may_answer(ctx, health_check, asked.id)
        files.remove(ctx.store, found.id, ctx.someone().id, ctx.now)
        stored.change(ctx.store, assessment_id, ctx.now)
        events.add(
            ctx.store,
            "file removed",
            ctx.now,
            person_id=ctx.someone().id,
            assessment_id=assessment_id,
            detail={"question": question_id, "file": found.id},
        )
    return question_id


def judge(uploads: Sequence[Upload]) -> tuple[Judged, ...]:
    """Return what each upload would be attached as, or why it cannot be taken."""
    return tuple(_judged(upload) for upload in uploads)


def take(
    ctx: Context, assessment_id: str, judged: Mapping[str, Sequence[Judged]]
) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """Store the acceptable files by question, inside the caller's transaction.

    Returns the names stored and, by question, a sentence for each file refused. A file that the
    question has already, by name and content, is not stored twice.
    """
    kept = files.of(ctx.store, assessment_id)[assessment_id]
    room = MOST_IN_AN_ASSESSMENT - sum(each.size for group in kept.values() for each in group)
    taken: list[str] = []
    refused: dict[str, tuple[str, ...]] = {}
    for question_id, each in ((id_, one) for id_, group in judged.items() for one in group):
        new, refusal = each.attachment, each.refusal
        if new is not None and _same(new) in map(_same, kept.get(question_id, ())):
            continue
        if new is not None and new.size > room:
            refusal = (
                f"“{new.name}” was not added. The files in one health check can come to at most"
                f" {MOST_IN_AN_ASSESSMENT >> 20} MB together. Remove a file or give a link instead."
            )
        if new is None or refusal:
            refused[question_id] = (*refused.get(question_id, ()), refusal)
            continue
        files.add(
            ctx.store,
            assessment_id,
            question_id,
            new,
            each.content,
            person_id=ctx.someone().id,
            now=ctx.now,
        )
        room -= new.size
        kept[question_id] = (*kept.get(question_id, ()), new)
        taken.append(new.name)
    return taken, refused


def _judged(upload: Upload) -> Judged:
    name = file_types.clean_name(upload.name)
    try:
        media_type = file_types.judge(name, upload.content)
    except UnacceptableFileError as refusal:
        return Judged(upload.content, None, str(refusal))
    return Judged(
        upload.content,
        Attachment(
            id=secrets.token_urlsafe(12),
            name=name,
            media_type=media_type,
            size=len(upload.content),
            sha256=hashlib.sha256(upload.content).hexdigest(),
        ),
    )


def _same(attached: Attachment) -> tuple[str, str]:
    return attached.name, attached.sha256


def _find(ctx: Context, assessment_id: str, attachment_id: str) -> tuple[str, Attachment]:
    for question_id, group in files.of(ctx.store, assessment_id)[assessment_id].items():
        for each in group:
            if each.id == attachment_id:
                return question_id, each
    raise NotFoundError("There is no such file. It may have been removed.")
