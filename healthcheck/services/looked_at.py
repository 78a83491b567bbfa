"""Who looked at a submission, shown to the employer; it is noted where they look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.permissions import Permission
from healthcheck.services import plan_looks, plan_papers, submissions, version_reports
from healthcheck.services.permissions import permitted
from healthcheck.storage import events

if TYPE_CHECKING:
    from datetime import datetime

    from healthcheck.services.context import Context
    from healthcheck.storage.assessments import Found

ACCEPTED_DOWNLOADED = "accepted report downloaded"
LOOKS = {
    submissions.READ: "Read the submission, for BASW",
    submissions.FILE_DOWNLOADED: "Downloaded a file",
    submissions.DATA_DOWNLOADED: "Downloaded the data of the submission",
    version_reports.PDF_DOWNLOADED: "Downloaded the PDF of the submission",
    ACCEPTED_DOWNLOADED: "Downloaded the accepted report",
    plan_looks.PLAN_READ: "Read the improvement plan, for BASW",
    plan_looks.PLAN_DOWNLOADED: "Downloaded the improvement plan as a table, for BASW",
    plan_papers.DOWNLOADED: "Downloaded the improvement plan on paper (PDF)",
}
"""What is listed: the event, and the words for it."""


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody read or downloaded something; `what` names a file, `version` is its number.

    `person` is empty when the name is no longer known.
    """

    at: datetime
    person: str
    did: str
    version: str
    what: str


def looks(ctx: Context, assessment_id: str) -> tuple[Found, tuple[Look, ...]]:
    """Return the assessment with who looked at what was submitted, newest first.

    These are the reads by BASW and every download. For the employer. Raises NotSignedInError and
    NotFoundError.
    """
    found = permitted(ctx, assessment_id, Permission.READ)
    return found, tuple(
        Look(
            each.happened_at,
            each.person,
            LOOKS[each.kind],
            str(each.detail.get("version", "")),
            str(each.detail.get("file", "")),
        )
        for each in events.timeline(ctx.store, assessment_id, *LOOKS)
    )
