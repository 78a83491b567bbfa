"""Reading what was submitted: a version opened again from its frozen answers, never from live ones.

The employer may read every version; people at BASW those that were not recalled, and each of their
reads is an event that the employer can see.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from healthcheck.core import plan_versions
from healthcheck.core import versions as core
from healthcheck.core.errors import NotFoundError
from healthcheck.core.permissions import Permission, can
from healthcheck.core.saving import Saved
from healthcheck.services import noting
from healthcheck.services.opening import put_together
from healthcheck.services.permissions import permitted
from healthcheck.storage import assessments as stored
from healthcheck.storage import attachments, looked_at, versions

if TYPE_CHECKING:
    from healthcheck.core.answers import Attachment
    from healthcheck.core.plans import Plan
    from healthcheck.core.versions import Frozen
    from healthcheck.services.context import Context
    from healthcheck.services.shelf import Opened
    from healthcheck.storage.assessments import Found
    from healthcheck.storage.versions import Version

READ = "submission read"
NOTED_ONCE_IN = timedelta(hours=1)
"""Reading one version for a while is one event an hour; every download is one of its own."""
DATA_DOWNLOADED = "submission data downloaded"
FILE_DOWNLOADED = "submission file downloaded"


@dataclass(frozen=True)
class Submission:
    """A version with what it froze: as text read again, and opened for pages and reports."""

    version: Version
    frozen: Frozen
    opened: Opened

    @cached_property
    def plan(self) -> Plan | None:
        """The plan as it was signed; None in versions made before there were plans."""
        return plan_versions.read(self.frozen.plan, self.version.signed_at)


def open_version(ctx: Context, assessment_id: str, number: int | None = None) -> Submission:
    """Return a version opened, the newest one standing when no number is given.

    A read by BASW is an event, written in a transaction of its own: inside another, use
    `version_of` and `submission`. Raises NotSignedInError, and NotFoundError also when nothing
    was submitted yet.
    """
    found = permitted(ctx, assessment_id, Permission.READ_SUBMISSION)
    version = version_of(ctx, found, number)
    note_read(ctx, found, version)
    return submission(ctx, found, version)


def version_of(ctx: Context, found: Found, number: int | None = None) -> Version:
    """Return a version that the person may read. Raises NotFoundError."""
    if number is None:
        version = versions.latest(ctx.store, found.assessment.id)
    else:
        version = versions.find(ctx.store, found.assessment.id, number)
    if version is None or (
        version.recalled_at is not None and not can(found.roles, Permission.READ)
    ):
        raise NotFoundError("There is no such version of this health check.")
    return version


def submission(ctx: Context, found: Found, version: Version) -> Submission:
    """Return a version opened, for who has checked the permission and notes the read."""
    frozen = core.read(version.content)
    saved = {
        question_id: Saved(stored.decoded(json.dumps(parts)), 1, "", version.signed_at)
        for question_id, parts in frozen.entries.items()
    }
    assessment = replace(
        found.assessment,
        employer=frozen.employer,
        edition=frozen.edition,
        digest=frozen.digest,
        revision=frozen.revision,
        changed_at=version.signed_at,
    )
    return Submission(version, frozen, put_together(ctx, assessment, saved, frozen.attachments))


def signed(ctx: Context, assessment_id: str, number: int) -> tuple[Found, Version, Frozen]:
    """Return a version with what was said and signed, without its answers opened.

    A read by BASW is an event. Raises NotSignedInError and NotFoundError.
    """
    found = permitted(ctx, assessment_id, Permission.READ_SUBMISSION)
    version = version_of(ctx, found, number)
    note_read(ctx, found, version)
    return found, version, core.read(version.content)


def data(ctx: Context, assessment_id: str, number: int) -> Version:
    """Return a version to download its data; the download is an event.

    Raises NotSignedInError and NotFoundError.
    """
    with ctx.store.writing():
        found = permitted(ctx, assessment_id, Permission.READ_SUBMISSION)
        version = version_of(ctx, found, number)
        note(ctx, found, DATA_DOWNLOADED, version)
    return version


def file(
    ctx: Context, assessment_id: str, number: int, attachment_id: str
) -> tuple[Attachment, bytes]:
    """Return a file that was submitted as evidence; the download is an event.

    It is there even when it was taken out of the live answers since. Raises NotSignedInError and
    NotFoundError.
    """
    with ctx.store.writing():
        found = permitted(ctx, assessment_id, Permission.READ_SUBMISSION)
        version = version_of(ctx, found, number)
        for group in core.read(version.content).attachments.values():
            for each in group:
                if each.id == attachment_id:
                    note(ctx, found, FILE_DOWNLOADED, version, file=each.name)
                    return each, attachments.content(ctx.store, each.sha256)
    raise NotFoundError("There is no such file in this version.")


def note_read(ctx: Context, found: Found, version: Version, kind: str = READ) -> None:
    """Note that a person at BASW reads a version, unless it was noted within the last hour.

    Reading by the employer's own people is not noted. `kind` is the event for what was read. This
    is a transaction of its own.
    """
    if can(found.roles, Permission.READ):
        return
    person_id, since = ctx.someone().id, ctx.now - NOTED_ONCE_IN
    where = (found.assessment.id, version.number)
    if not looked_at.was_noted(ctx.store, kind, *where, person_id=person_id, since=since):
        with ctx.store.writing():
            note(ctx, found, kind, version)


def note(ctx: Context, found: Found, kind: str, version: Version, **more: str) -> None:
    """Write, inside the caller's transaction, that the person read or downloaded a version."""
    noting.note(ctx, kind, found.assessment, {"version": version.number, **more})
