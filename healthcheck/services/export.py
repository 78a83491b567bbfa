"""Everything that is held about one employer, in one zip file that is its own to keep.

Each file is read and written by itself, so no more than one health check or one file is in memory.
What BASW's reviewers keep to themselves, and what they have not sent yet, is never in it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import IO, TYPE_CHECKING

from healthcheck.core.permissions import Permission, can
from healthcheck.core.steps import Step
from healthcheck.services import caseload_settings, export_parts, looked_at, snapshot_files
from healthcheck.services.archives import archive
from healthcheck.services.permissions import permitted_at
from healthcheck.storage import benchmarks, employers, events, invitations, people, roles
from healthcheck.storage import export as stored

if TYPE_CHECKING:
    from healthcheck.core.accounts import Employer
    from healthcheck.services.archives import Archive
    from healthcheck.services.context import Context

DONE = "everything downloaded"
FORMAT = 1
EVENTS = frozenset(
    {
        DONE,
        *(step.value.done for step in Step),
        *looked_at.LOOKS,
        "address for caseload reports changed",
        "answers confirmed",
        "caseload benchmark published",
        "caseload benchmark taken down",
        "assessment started",
        "change request answered",
        "consultation saved",
        "days for caseload reports stated",
        "deadline changed",
        "employer added",
        "employer changed",
        "file removed",
        "invitation accepted",
        "invitation cancelled",
        "logo added",
        "logo removed",
        "person invited",
        "report asked for",
        "report published",
        "report taken down",
        "role given",
        "role taken",
        "snapshot changed",
        "snapshot deleted",
        "snapshot saved",
        "snapshot wiped",
        "supervision sheet asked for",
        "supervision sheet downloaded",
        "team added",
        "team changed",
        "team closed",
        "topic assigned",
        "topic no longer assigned",
        "topic saved",
        "workbook asked for",
        "worker changed",
        "workload decided",
    }
)
"""What an export tells of what happened; how BASW goes about its review is BASW's."""

README = """\
Everything that the Employer Health Check holds about {name}
as it was on {day} at {time} (UTC).

employer.json   the employer, its people with their roles, invitations that wait
logo.png        its logo, where it has one (or logo.jpg)
events.json     what happened and who did it, oldest first; in some, people are named by id
caseload-benchmarks.json  the safe levels of work that it published, newest first
caseload-reports.json  how many reports of an excessive caseload there were, by service
teams/          a folder for each team: who manages it, its workers, its caseload day by day,
                decisions about workload
index.json      every file here with its size and SHA-256

health-checks/  a folder for each, named by its cycle, service and reference:
  health-check.json     where it stands, answers with their history, files, consultation
  review.json           what BASW sent: comments, ratings, change requests, and your replies
  improvement-plan.json actions with their notes, proposals declined, ratings that moved,
                        quarterly reviews, the page for staff
  files/                every file of evidence, by question, also those taken out later
  versions/             what was signed and submitted: the data, to the byte, and its PDF
  reports/              accepted and published reports

The SHA-256 of versions/1.json is the fingerprint on the cover of version 1.
Not here: passwords and sign-in secrets, which are kept only as fingerprints of themselves; copies
of e-mails sent; the notes that BASW's reviewers write for themselves; and what was reported of an
excessive caseload, by whom and when, which is for those alone who must act on it.
"""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was exported, and how many files hold it."""

    employer: Employer
    files: int


def export(ctx: Context, employer_id: str, to: IO[bytes]) -> Exported:
    """Write everything held about an employer to a file that is open for it; this is an event.

    For its lead. Raises NotSignedInError, NotFoundError and NotAllowedError, before anything is
    written.
    """
    return _export(ctx, permitted_at(ctx, employer_id, Permission.EXPORT), to)


def export_for(ctx: Context, employer: Employer, to: IO[bytes]) -> Exported:
    """Do the same for whoever runs the installation."""
    return _export(ctx, employer, to)


def may_export(ctx: Context, employer_id: str) -> bool:
    """Say whether the person may do it. Raises NotSignedInError."""
    held = roles.at_employer(ctx.store, ctx.someone().id, employer_id)
    return can(held, Permission.EXPORT)


def _export(ctx: Context, employer: Employer, to: IO[bytes]) -> Exported:
    with ctx.store.writing():
        person_id = ctx.person.id if ctx.person else None
        events.add(ctx.store, DONE, ctx.now, person_id=person_id, employer_id=employer.id)
    with ctx.store.reading(), archive(to, ctx.now) as files:
        day, time = ctx.now.date().isoformat(), ctx.now.strftime("%H:%M")
        text = README.format(name=employer.name, day=day, time=time)
        files.add("README.txt", content=text.encode())
        _add_employer(ctx, employer.id, files)
        told = stored.events_of(ctx.store, employer.id, EVENTS)
        files.add_values("events.json", values=told)
        levels = benchmarks.of(ctx.store, employer.id)
        files.add_values("caseload-benchmarks.json", values=levels)
        figures = caseload_settings.for_export(ctx, employer.id)
        files.add_values("caseload-reports.json", values=figures)
        snapshot_files.add_teams(ctx, employer.id, files)
        for assessment_id in stored.assessments_of(ctx.store, employer.id):
            export_parts.add_health_check(ctx, assessment_id, files)
        count = files.add_index(format=FORMAT, employer=employer.name, exported_at=ctx.now)
    return Exported(employer, count)


def _add_employer(ctx: Context, employer_id: str, files: Archive) -> None:
    """Write the employer itself, its people, and its logo."""
    known = employers.find(ctx.store, employer_id)
    waiting = invitations.open_at(ctx.store, employer_id)
    files.add_values(
        "employer.json",
        values={
            "id": employer_id,
            **({} if known is None else asdict(known.details)),
            "people": people.of(ctx.store, employer_id),
            "invitations": waiting,
        },
    )
    logo = employers.logo(ctx.store, employer_id)
    if logo is not None:
        content, media_type = logo
        ending = "png" if media_type == "image/png" else "jpg"
        files.add(f"logo.{ending}", content=content)
