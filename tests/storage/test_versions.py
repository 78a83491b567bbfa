from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from healthcheck.core.errors import NotFoundError
from healthcheck.storage import versions
from tests import reviewing

if TYPE_CHECKING:
    from tests.people import World


@pytest.fixture(name="submitted")
def northmeres_submitted(world: World) -> World:
    reviewing.with_basw(world)
    reviewing.submit(world)
    return world


def test_a_version_that_is_not_there_cannot_be_got(submitted: World) -> None:
    store, id_ = submitted.as_(None).store, submitted.northmeres.id
    assert versions.get(store, id_, 1).number == 1
    assert versions.find(store, id_, 2) is None
    with pytest.raises(NotFoundError, match="no such version"):
        versions.get(store, id_, 2)


def test_a_report_job_knows_its_version(submitted: World) -> None:
    store, id_ = submitted.as_(None).store, submitted.northmeres.id
    found = versions.find_by_job(store, versions.job_key(id_, 1))
    assert found == versions.get(store, id_, 1)
    assert versions.find_by_job(store, versions.job_key(id_, 2)) is None
    assert versions.find_by_job(store, f"report-1-{id_}") is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE versions SET content = '{}'",
        "UPDATE versions SET fingerprint = 'x'",
        "UPDATE versions SET number = 7",
        "UPDATE versions SET signed_at = ''",
        "UPDATE versions SET pdf = x'00'",
        "UPDATE versions SET pdf_sha256 = 'x'",
        "DELETE FROM versions",
    ],
)
def test_a_version_with_its_pdf_never_changes_and_never_goes(submitted: World, change: str) -> None:
    store, id_ = submitted.as_(None).store, submitted.northmeres.id
    with store.writing():
        versions.keep_pdf(store, id_, 1, b"%PDF")
    with pytest.raises(Exception, match="a version never"), store.writing():
        store.run(change)
