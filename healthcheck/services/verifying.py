"""Whether something is what was submitted: for anyone, and without revealing anything of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from healthcheck.core import versions as core
from healthcheck.services.accepted_reports import PREFIX
from healthcheck.storage import publications, reports, versions

if TYPE_CHECKING:
    from datetime import datetime

    from healthcheck.core.publishing import Publication
    from healthcheck.services.context import Context
    from healthcheck.storage.versions import Version


@dataclass(frozen=True, slots=True)
class Verified:
    """What may be said of a version to somebody who has it in their hands.

    `publication` is set when they hold the public report made from it, published by its employer,
    and `is_accepted_report` when they hold the one that was made when BASW accepted it.
    """

    number: int
    submitted_at: datetime
    was_recalled: bool
    has_later: bool
    publication: Publication | None = None
    is_accepted_report: bool = False


def by_fingerprint(ctx: Context, reference: str, fingerprint: str) -> Verified | None:
    """Return what may be said of the version with this reference and fingerprint.

    None for an unknown reference and for a wrong fingerprint alike. Capitals and spaces do not
    count.
    """
    version = versions.find_by_fingerprint(ctx.store, core.typed(fingerprint))
    if version is None:
        return None
    is_it = core.typed(core.read(version.content).reference) == core.typed(reference)
    return _verified(ctx, version) if is_it else None


def by_pdf(ctx: Context, sha256: str) -> Verified | None:
    """Return what may be said of the version whose PDF has this SHA-256, None when none has.

    An accepted report is known as well, and a published PDF also after it was taken down.
    """
    sha256 = core.typed(sha256)
    version = versions.find_by_pdf(ctx.store, sha256)
    if version is not None:
        return _verified(ctx, version)
    publication = publications.find_by_pdf(ctx.store, sha256)
    if publication is None:
        return _accepted(ctx, sha256)
    version = versions.get(ctx.store, publication.assessment_id, publication.version)
    return replace(_verified(ctx, version), publication=publication)


def _accepted(ctx: Context, sha256: str) -> Verified | None:
    """Return what may be said of the version whose accepted report has this SHA-256."""
    job = reports.find_by_pdf(ctx.store, PREFIX, sha256)
    version = versions.standing_at(ctx.store, *job) if job else None
    return replace(_verified(ctx, version), is_accepted_report=True) if version else None


def _verified(ctx: Context, version: Version) -> Verified:
    latest = versions.latest(ctx.store, version.assessment_id)
    return Verified(
        version.number,
        version.signed_at,
        was_recalled=version.recalled_at is not None,
        has_later=latest is not None and latest.number > version.number,
    )
