"""Whether the record is whole: the chain of events, the versions, their PDFs and their files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core import versions as core
from healthcheck.core.steps import Step
from healthcheck.storage import attachments, events, versions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthcheck.services.context import Context
    from healthcheck.storage.versions import Version


@dataclass(frozen=True, slots=True)
class Audit:
    """How much was looked at, and a sentence for each thing that does not fit.

    `first_break` is the number of the first event that does not fit the chain. `last_hash` stands
    for the whole chain: kept elsewhere, it shows later whether its end was cut off.
    """

    events: int
    first_break: int | None
    last_hash: str
    versions: int
    files: int
    faults: tuple[str, ...]


def audit(ctx: Context) -> Audit:
    """Look through the whole record, as it is at one moment; for whoever runs the installation."""
    with ctx.store.reading():
        count, first_break = events.first_break(ctx.store)
        kept = versions.keys(ctx.store)
        files = attachments.fingerprints(ctx.store)
        faults = [*_changed_files(ctx, files)]
        for key in kept:
            faults += _faults(ctx, versions.get(ctx.store, *key), frozenset(files))
        if first_break is None:  # events that were tampered with say nothing of the versions
            faults += _against_events(ctx, kept)
        return Audit(
            count,
            first_break,
            events.last_hash(ctx.store),
            len(kept),
            len(files),
            tuple(faults),
        )


def _against_events(ctx: Context, kept: list[tuple[str, int]]) -> Iterator[str]:
    """Yield what does not fit between the versions and the events of their signing."""
    signed = {
        (assessment_id, int(str(detail["version"]))): str(detail["fingerprint"])
        for assessment_id, detail in events.every(ctx.store, Step.SIGN.value.done)
        if "version" in detail
    }
    for assessment_id, number in signed.keys() - set(kept):
        yield f"Version {number} of {assessment_id} was signed, but it is not there."
    for key in kept:
        version = versions.get(ctx.store, *key)
        if key not in signed:
            yield f"{_name(version)} stands without the event of its signing."
        elif signed[key] != version.fingerprint:
            yield f"{_name(version)} is not what was signed: its event has another fingerprint."


def _faults(ctx: Context, version: Version, files: frozenset[str]) -> Iterator[str]:
    """Yield what does not fit in a version by itself."""
    if core.fingerprint(version.content) != version.fingerprint:
        yield f"{_name(version)} does not have its fingerprint: its content was changed."
    else:
        for group in core.read(version.content).attachments.values():
            for each in group:
                if each.sha256 not in files:
                    yield f"{_name(version)} names the file “{each.name}”, which is not there."
    pdf = versions.pdf(ctx.store, version.assessment_id, version.number)
    if (None if pdf is None else hashlib.sha256(pdf).hexdigest()) != version.pdf_sha256:
        yield f"{_name(version)} has a PDF that was changed or taken out."


def _name(version: Version) -> str:
    return f"Version {version.number} of {version.assessment_id}"


def _changed_files(ctx: Context, files: list[str]) -> Iterator[str]:
    for sha256 in files:
        content = attachments.content(ctx.store, sha256)
        if hashlib.sha256(content).hexdigest() != sha256:
            yield f"The file with the fingerprint {sha256} was changed."
