from __future__ import annotations

import pytest

from healthcheck.core.steps import Step
from healthcheck.core.versions import grouped
from healthcheck.services import sign_off
from healthcheck.services.verifying import Verified, by_fingerprint, by_pdf
from healthcheck.storage import versions
from tests import reviewing
from tests.people import ALICE, NOW, World

PDF = b"%PDF-1.7 the report"


@pytest.fixture(name="submitted")
def northmeres_submitted(world: World) -> World:
    reviewing.with_basw(world)
    reviewing.submit(world)
    return world


def version(world: World, number: int = 1) -> versions.Version:
    return versions.get(world.as_(None).store, world.northmeres.id, number)


def test_the_version_in_hand_is_recognised(submitted: World) -> None:
    nobody, reference = submitted.as_(None), submitted.northmeres.reference
    for printed in (version(submitted).fingerprint, grouped(version(submitted).fingerprint)):
        for typed in (printed, f" {printed.upper()}\n"):
            assert by_fingerprint(nobody, f" {reference.lower()} ", typed) == Verified(
                1, NOW, was_recalled=False, has_later=False
            )


def test_another_reference_and_another_fingerprint_have_the_same_answer(submitted: World) -> None:
    nobody, reference = submitted.as_(None), submitted.northmeres.reference
    fingerprint = version(submitted).fingerprint
    assert by_fingerprint(nobody, "HC-2026-ZZZZZZ", fingerprint) is None
    assert by_fingerprint(nobody, submitted.southmeres.reference, fingerprint) is None
    assert by_fingerprint(nobody, reference, "0" * 64) is None
    assert by_fingerprint(nobody, "", "") is None


def test_a_pdf_is_recognised_by_its_fingerprint(submitted: World) -> None:
    store = submitted.as_(None).store
    with store.writing():
        versions.keep_pdf(store, submitted.northmeres.id, 1, PDF)
    kept = version(submitted).pdf_sha256
    assert kept is not None
    assert by_pdf(submitted.as_(None), kept.upper()) == Verified(
        1, NOW, was_recalled=False, has_later=False
    )
    assert by_pdf(submitted.as_(None), version(submitted).fingerprint) is None
    assert by_pdf(submitted.as_(None), "") is None


def test_a_recalled_version_says_so_and_a_later_one_is_named(submitted: World) -> None:
    nobody, reference = submitted.as_(None), submitted.northmeres.reference
    sign_off.take(submitted.as_(ALICE), submitted.northmeres.id, Step.RECALL)
    first = version(submitted).fingerprint
    assert by_fingerprint(nobody, reference, first) == Verified(
        1, NOW, was_recalled=True, has_later=False
    )
    reviewing.sign(submitted)
    assert by_fingerprint(nobody, reference, first) == Verified(
        1, NOW, was_recalled=True, has_later=True
    )
    second = version(submitted, 2).fingerprint
    assert by_fingerprint(nobody, reference, second) == Verified(
        2, NOW, was_recalled=False, has_later=False
    )
