"""What a version is made of: one text that says all of it, and the fingerprint of that text.

The text is canonical JSON (keys sorted, no spaces, UTF-8), so that the same submission has the same
fingerprint wherever it is worked out.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from healthcheck.core.accounts import Employer
from healthcheck.core.answers import Attachment
from healthcheck.core.sign_off import Consultation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from healthcheck.core.assessments import Assessment

FORMAT = 1

OF_AN_EMPLOYER = ("id", "name", "nation", "employer_type")

Plain = dict[str, Any]
"""A JSON object: what stands in it is decided by who made it."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, as they typed it, and when."""

    name: str
    role: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Frozen:
    """A version's text, read again.

    `entries` are the parts of each entry as stored; `plan` the actions as the report shows them.
    """

    reference: str
    number: int
    employer: Employer
    service: str
    cycle: str
    questionnaire: str
    edition: str
    digest: str
    revision: int
    entries: Mapping[str, Plain]
    attachments: Mapping[str, tuple[Attachment, ...]]
    scores: Plain
    plan: Plain
    checks: tuple[Plain, ...]
    consultation: Consultation
    attestations: tuple[str, ...]
    signed: Plain


def draft(  # noqa: PLR0913 - the parts of a version
    assessment: Assessment,
    *,
    answers: Mapping[str, Plain],
    attachments: Mapping[str, tuple[Attachment, ...]],
    scores: Mapping[str, object],
    plan: Mapping[str, object],
    checks: Sequence[Plain],
    consultation: Consultation,
) -> Plain:
    """Return all that there is to sign. `answers` are the parts of each entry as stored."""
    return {
        "format": FORMAT,
        "reference": assessment.reference,
        "employer": {name: getattr(assessment.employer, name) for name in OF_AN_EMPLOYER},
        "service": assessment.service,
        "cycle": assessment.cycle,
        "questionnaire": assessment.questionnaire,
        "edition": assessment.edition,
        "digest": assessment.digest,
        "revision": assessment.revision,
        "answers": dict(answers),
        "files": {name: [asdict(each) for each in group] for name, group in attachments.items()},
        "scores": dict(scores),
        "plan": dict(plan),
        "checks": list(checks),
        "consultation": asdict(consultation),
    }


def content(drafted: Plain, number: int, attestations: Sequence[str], signature: Signature) -> str:
    """Return the text of a version: a draft with its number and what was signed."""
    signed = {
        "name": signature.name,
        "role": signature.role,
        "at": signature.at.isoformat(timespec="seconds"),
    }
    return canonical(
        {**drafted, "version": number, "attestations": list(attestations), "signed": signed}
    )


def canonical(plain: Mapping[str, object]) -> str:
    """Return an object as the one text that stands for it."""
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint(text: str) -> str:
    """Return a text's fingerprint: SHA-256 of its UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def grouped(fingerprint: str) -> str:
    """Return a fingerprint as people read and type it: eight letters and digits at a time."""
    return " ".join(fingerprint[each : each + 8] for each in range(0, len(fingerprint), 8))


def typed(fingerprint: str) -> str:
    """Return a fingerprint that a person typed, without its spaces and capitals."""
    return "".join(fingerprint.split()).lower()


def read(text: str) -> Frozen:
    """Return what a version's text says."""
    plain = json.loads(text)
    return Frozen(
        reference=plain["reference"],
        number=plain["version"],
        employer=Employer(**plain["employer"]),
        service=plain["service"],
        cycle=plain["cycle"],
        questionnaire=plain["questionnaire"],
        edition=plain["edition"],
        digest=plain["digest"],
        revision=plain["revision"],
        entries=plain["answers"],
        attachments={
            question_id: tuple(Attachment(**each) for each in group)
            for question_id, group in plain["files"].items()
        },
        scores=plain["scores"],
        plan=plain["plan"],
        checks=tuple(plain["checks"]),
        consultation=Consultation(**plain["consultation"]),
        attestations=tuple(plain["attestations"]),
        signed=plain["signed"],
    )
