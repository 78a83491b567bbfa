from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime

from healthcheck.core.accounts import Employer
from healthcheck.core.answers import Attachment
from healthcheck.core.assessments import Assessment
from healthcheck.core.sign_off import Consultation
from healthcheck.core.versions import (
    Frozen,
    Plain,
    Signature,
    canonical,
    content,
    draft,
    fingerprint,
    grouped,
    read,
    typed,
)

AT = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
EMPLOYER = Employer("northmere", "Cyngor Tŷ", "wales", "council")
FILE = Attachment("file-1", "Cynllun tŷ.pdf", "application/pdf", 12, "0" * 64)
ASSESSMENT = Assessment(
    id="id-1",
    reference="HC-2026-ABCDEF",
    employer=EMPLOYER,
    service="childrens",
    cycle="2026",
    due=date(2026, 9, 30),
    questionnaire="small-check",
    edition="2026",
    digest="d" * 64,
    revision=7,
    changed_at=AT,
)
SAID = Consultation(40, "In four forums.", "The union read the draft.")


def drafted(revision: str = "2") -> Plain:
    return draft(
        ASSESSMENT,
        answers={"a": {"value": [revision]}},
        attachments={"a": (FILE,)},
        scores={"overall": {"score": 67}},
        plan={"a": {"finding": "Much."}},
        checks=[{"question": "a", "text": "Look twice."}],
        consultation=SAID,
    )


def signed() -> str:
    return content(drafted(), 2, ["It is accurate."], Signature("Anita Rao", "Director", AT))


def test_a_text_is_canonical_json() -> None:
    assert canonical({"b": 1, "a": ["tŷ", None]}) == '{"a":["tŷ",null],"b":1}'
    text = signed()
    assert canonical(json.loads(text)) == text


def test_a_version_reads_back_as_what_was_frozen() -> None:
    assert read(signed()) == Frozen(
        reference="HC-2026-ABCDEF",
        number=2,
        employer=EMPLOYER,
        service="childrens",
        cycle="2026",
        questionnaire="small-check",
        edition="2026",
        digest="d" * 64,
        revision=7,
        entries={"a": {"value": ["2"]}},
        attachments={"a": (FILE,)},
        scores={"overall": {"score": 67}},
        plan={"a": {"finding": "Much."}},
        checks=({"question": "a", "text": "Look twice."},),
        consultation=SAID,
        attestations=("It is accurate.",),
        signed={"name": "Anita Rao", "role": "Director", "at": "2026-03-02T10:30:00+00:00"},
    )


def test_a_version_names_its_format() -> None:
    assert json.loads(signed())["format"] == 1


def test_a_fingerprint_is_of_the_text_as_utf_8() -> None:
    assert fingerprint("tŷ") == hashlib.sha256("tŷ".encode()).hexdigest()


def test_any_change_of_a_draft_changes_its_fingerprint() -> None:
    assert fingerprint(canonical(drafted())) == fingerprint(canonical(drafted()))
    assert fingerprint(canonical(drafted())) != fingerprint(canonical(drafted("3")))


def test_a_fingerprint_is_printed_in_groups_and_read_in_any_way_it_is_typed() -> None:
    whole = "0123456789abcdef" * 4
    assert grouped(whole) == " ".join(["01234567", "89abcdef"] * 4)
    assert typed(f" {grouped(whole).upper()}\n") == whole
