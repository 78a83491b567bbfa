"""Fixtures for every room: a product on a real database, with plain people in it."""

from __future__ import annotations

import fcntl
from contextlib import ExitStack, closing
from shutil import copy
from typing import TYPE_CHECKING

import coverage
import pytest
from argon2 import PasswordHasher

from healthcheck.bootstrap import Product
from healthcheck.config import Config
from healthcheck.definitions.library import load
from healthcheck.services import demonstration, passwords
from healthcheck.storage.opening import make_ready
from tests.country import demonstration_in
from tests.people import QUESTIONNAIRES, Clock, World, settle

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from healthcheck.definitions.library import Library


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure no coverage of slow tests: finer ones cover their code, and it would double them."""
    measured = coverage.Coverage.current()
    if measured is None or not item.get_closest_marker("slow"):
        return (yield)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)  # so its programs do not either
        measured.stop()
        try:
            return (yield)
        finally:
            measured.start()


@pytest.fixture(scope="session", autouse=True)
def strong() -> Iterator[tuple[PasswordHasher, str]]:
    """Hash passwords in no time; return what hashes them so that guessing takes long."""
    before = passwords.HASHER, passwords.NOBODY
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", cheap)
        patch.setattr(passwords, "NOBODY", cheap.hash("the password of nobody"))
        yield before


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def config(tmp_path: Path, request: pytest.FixtureRequest) -> Config:
    """Return a test's settings; one that is marked impatient waits for nobody else's save."""
    return Config(
        data=tmp_path,
        questionnaires=QUESTIONNAIRES,
        secret_key="of no use to anyone " * 2,
        busy_seconds=0 if request.node.get_closest_marker("impatient") else 5,
    )


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a database with every table once, because making the tables takes most of a test."""
    database = tmp_path_factory.mktemp("empty") / "healthcheck.sqlite3"
    make_ready(database, 5)
    return database


@pytest.fixture(scope="session")
def library() -> Library:
    """Read the questionnaires of the tests once; they never change."""
    return load(QUESTIONNAIRES)


@pytest.fixture(scope="session")
def demonstration_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Load the demonstration once for all that run these tests at a time: it takes seconds."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "demonstration-once"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            with closing(demonstration_in(folder)) as product, product.context() as ctx:
                demonstration.prepare(ctx, folder)
            (folder / "ready").touch()
    return folder


@pytest.fixture(scope="session")
def demonstration_folder(
    tmp_path_factory: pytest.TempPathFactory, demonstration_once: Path
) -> Path:
    """Return a folder with the demonstration in it; a test must leave it as it was."""
    return _copied(demonstration_once, tmp_path_factory.mktemp("demonstration"))


@pytest.fixture
def demonstration_to_change(tmp_path: Path, demonstration_once: Path) -> Path:
    """Return a folder with the demonstration in it that is the test's own."""
    return _copied(demonstration_once, tmp_path)


def _copied(demonstration_from: Path, folder: Path) -> Path:
    for name in ("healthcheck.sqlite3", demonstration.FILE_NAME):
        copy(demonstration_from / name, folder)
    return folder


@pytest.fixture
def product(
    config: Config, clock: Clock, library: Library, empty_database: Path
) -> Iterator[Product]:
    copy(empty_database, config.database)
    with closing(Product(config, library, clock)) as product:
        yield product


@pytest.fixture
def world(product: Product, clock: Clock) -> Iterator[World]:
    with ExitStack() as stack:
        yield settle(product, clock, stack)
