"""Employers: listed, added, changed, brought in from a file, and their logos.

What an administrator does from a page asks for the permission; `bring_in` is for whoever runs the
installation, from the command line.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from healthcheck.core import employers_files
from healthcheck.core.accounts import Employer
from healthcheck.core.employers import Known, Problem, accept, differences, same, usual_services
from healthcheck.core.errors import NotFoundError, UnacceptableFileError
from healthcheck.core.permissions import Permission
from healthcheck.core.pictures import MOST_PIXELS, is_drawable
from healthcheck.services import file_types
from healthcheck.services.permissions import permitted_at, permitted_at_basw
from healthcheck.storage import employers as stored
from healthcheck.storage import events

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from healthcheck.core.employers import Details
    from healthcheck.core.employers_files import Plan
    from healthcheck.services.attachments import Upload
    from healthcheck.services.context import Context
    from healthcheck.storage.events import Detail

LARGEST_LOGO = 2**20
"""Bytes in a logo."""

LOGO_TYPES = frozenset({"image/png", "image/jpeg"})
A_LOGO_IS = "A logo is a PNG or a JPEG file."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of details: the employer as it is kept now, or every problem with them."""

    known: Known | None
    details: Details
    problems: tuple[Problem, ...] = ()


def require(ctx: Context) -> None:
    """Raise, as `permitted_at_basw` does, unless the person may add and change employers."""
    permitted_at_basw(ctx, Permission.MANAGE_EMPLOYERS)


def every(
    ctx: Context, words: str = "", nation: str = "", employer_type: str = ""
) -> tuple[Known, ...]:
    """Return every employer whose name, region or code has these words, by name.

    Raises as `permitted_at_basw` does.
    """
    permitted_at_basw(ctx, Permission.MANAGE_EMPLOYERS)
    wanted = same(words)
    return tuple(
        each
        for each in stored.of_all(ctx.store)
        if nation in {"", each.details.nation}
        and employer_type in {"", each.details.employer_type}
        and any(
            wanted in same(part)
            for part in (each.details.name, each.details.region, each.details.code)
        )
    )


def get(ctx: Context, employer_id: str) -> Known:
    """Return an employer. Raises NotFoundError, and as `permitted_at_basw` does."""
    permitted_at_basw(ctx, Permission.MANAGE_EMPLOYERS)
    return _get(ctx, employer_id)


def add(ctx: Context, typed: Mapping[str, str], services: Iterable[str]) -> Outcome:
    """Add an employer, when nothing is wrong with its details as they were typed.

    Raises as `permitted_at_basw` does.
    """
    permitted_at_basw(ctx, Permission.MANAGE_EMPLOYERS)
    return take_in(ctx, typed, services)


def take_in(ctx: Context, typed: Mapping[str, str], services: Iterable[str]) -> Outcome:
    """Add an employer as `add` does; for whoever runs the installation.

    Without services it is taken to assess those that are usual for its type.
    """
    details, problems = accept(typed, services)
    details = replace(details, services=details.services or usual_services(details.employer_type))
    with ctx.store.writing():
        problems = (*problems, *_taken(ctx, details))
        if problems:
            return Outcome(None, details, problems)
        return Outcome(_add(ctx, details), details)


def change(
    ctx: Context, employer_id: str, typed: Mapping[str, str], services: Iterable[str]
) -> Outcome:
    """Change an employer's details, when nothing is wrong with them as they were typed.

    Raises NotFoundError, and as `permitted_at_basw` does.
    """
    permitted_at_basw(ctx, Permission.MANAGE_EMPLOYERS)
    details, problems = accept(typed, services)
    with ctx.store.writing():
        old = _get(ctx, employer_id)
        problems = (*problems, *_taken(ctx, details, but=employer_id))
        if not details.services:
            problems = (*problems, Problem("services", "Choose or name at least one service."))
        if problems:
            return Outcome(None, details, problems)
        _change(ctx, old, details)
        return Outcome(_get(ctx, employer_id), details)


def text_of(content: bytes) -> str:
    """Return the text of a file that was planned, to be sent once more with the agreement."""
    return employers_files.decoded(content)


def plan(ctx: Context, content: bytes) -> Plan:
    """Return what importing a file would do. Raises as `permitted_at_basw` does."""
    permitted_at_basw(ctx, Permission.MANAGE_EMPLOYERS)
    return employers_files.plan(content, stored.of_all(ctx.store))


def import_agreed(ctx: Context, content: bytes, agreed: str) -> Plan | None:
    """Import a file whose plan has the fingerprint agreed to, all of it in one transaction.

    Returns what was done, or None when nothing was, because it would now do something else: then
    look at `plan` again. Raises as `permitted_at_basw` does.
    """
    permitted_at_basw(ctx, Permission.MANAGE_EMPLOYERS)
    with ctx.store.writing():
        found = employers_files.plan(content, stored.of_all(ctx.store))
        if found.problems or found.fingerprint != agreed:
            return None
        _carry_out(ctx, found)
        return found


def bring_in(ctx: Context, content: bytes, *, only_look: bool = False) -> Plan:
    """Import a file when nothing in it is wrong; for whoever runs the installation.

    Returns what was done, or would be done when only looking.
    """
    with ctx.store.writing():
        found = employers_files.plan(content, stored.of_all(ctx.store))
        if not (found.problems or only_look):
            _carry_out(ctx, found)
        return found


def set_logo(ctx: Context, employer_id: str, upload: Upload) -> None:
    """Give an employer a logo. Raises UnacceptableFileError with a sentence for who sent it.

    Raises NotFoundError, and as `permitted_at_basw` does.
    """
    permitted_at_basw(ctx, Permission.MANAGE_EMPLOYERS)
    media_type = _judged_logo(upload)
    sha256 = hashlib.sha256(upload.content).hexdigest()
    with ctx.store.writing():
        old = _get(ctx, employer_id)
        if old.logo != sha256:
            stored.set_logo(ctx.store, employer_id, sha256, upload.content, media_type)
            _note(ctx, "logo added", employer_id, {"sha256": sha256})


def remove_logo(ctx: Context, employer_id: str) -> None:
    """Leave an employer without a logo. Raises NotFoundError, and as `permitted_at_basw` does."""
    permitted_at_basw(ctx, Permission.MANAGE_EMPLOYERS)
    with ctx.store.writing():
        if _get(ctx, employer_id).logo is not None:
            stored.remove_logo(ctx.store, employer_id)
            _note(ctx, "logo removed", employer_id, {})


def logo(ctx: Context, employer_id: str) -> tuple[bytes, str]:
    """Return an employer's logo and its media type, for its own people and those at BASW.

    Raises NotSignedInError, and NotFoundError also when there is none.
    """
    permitted_at(ctx, employer_id, Permission.READ_SUBMISSION)
    found = stored.logo(ctx.store, employer_id)
    if found is None:
        raise NotFoundError("There is no logo here.")
    return found


def logos(ctx: Context) -> Mapping[str, str]:
    """Return the fingerprints of the logos of the person's own employers, by employer's id."""
    return stored.logos_of(ctx.store, ctx.person.id) if ctx.person else {}


def _judged_logo(upload: Upload) -> str:
    name = file_types.clean_name(upload.name)
    try:
        media_type = file_types.judge(name, upload.content)
    except UnacceptableFileError as error:
        said = str(error).removesuffix(file_types.TAKEN).rstrip()
        raise UnacceptableFileError(f"{said} {A_LOGO_IS}") from None
    if media_type not in LOGO_TYPES:
        raise UnacceptableFileError(f"“{name}” is not a picture. {A_LOGO_IS}")
    if len(upload.content) > LARGEST_LOGO:
        raise UnacceptableFileError(
            f"“{name}” is larger than {LARGEST_LOGO >> 20} MB. Save the logo in a smaller size."
        )
    if not is_drawable(upload.content):
        raise UnacceptableFileError(
            f"“{name}” is damaged, or has more than {MOST_PIXELS // 10**6} million dots. Save the"
            " logo in a smaller size."
        )
    return media_type


def _get(ctx: Context, employer_id: str) -> Known:
    known = stored.find(ctx.store, employer_id)
    if known is None:
        raise NotFoundError("There is no such employer.")
    return known


def _taken(ctx: Context, details: Details, but: str = "") -> tuple[Problem, ...]:
    """Return a problem for a name or code that another employer has."""
    problems = []
    for each in stored.of_all(ctx.store):
        if each.id == but:
            continue
        if details.name and same(each.details.name) == same(details.name):
            problems.append(Problem("name", "There is an employer of that name already."))
        if details.code and each.details.code == details.code:
            problems.append(
                Problem("code", f"{each.details.name} has the code {details.code} already.")
            )
    return tuple(problems)


def _carry_out(ctx: Context, found: Plan) -> None:
    for details in found.new:
        _add(ctx, details)
    for each in found.changed:
        _change(ctx, each.known, each.details)


def _add(ctx: Context, details: Details) -> Known:
    employer_id = secrets.token_urlsafe(12)
    stored.add(ctx.store, employer_id, details, ctx.now)
    _note(ctx, "employer added", employer_id, {"employer": employer_id})
    employer = Employer(employer_id, details.name, details.nation, details.employer_type)
    return Known(employer, details)


def _change(ctx: Context, old: Known, details: Details) -> None:
    changes = differences(old.details, details)
    if changes:
        stored.change(ctx.store, old.id, details)
        said = {what: f"{before} → {after}" for what, before, after in changes}
        _note(ctx, "employer changed", old.id, said)


def _note(ctx: Context, kind: str, employer_id: str, detail: Mapping[str, Detail]) -> None:
    events.add(
        ctx.store,
        kind,
        ctx.now,
        person_id=ctx.person.id if ctx.person else None,
        employer_id=employer_id,
        detail=detail,
    )
