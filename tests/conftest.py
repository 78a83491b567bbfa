"""Fixtures for every room: a product on a real database, with plain people in it."""

from __future__ import annotations

import fcntl
import os
from contextlib import ExitStack, closing
from shutil import copy
from typing import TYPE_CHECKING

import coverage
import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache

from healthcheck.bootstrap import Product
from healthcheck.config import Config
from healthcheck.definitions.library import load
from healthcheck.services import demonstration, passwords
from healthcheck.storage.opening import make_ready
from healthcheck.web.app import create_app
from tests.country import demonstration_in
from tests.people import QUESTIONNAIRES, Clock, World, settle
from tests.web import crawling

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from healthcheck.definitions.library import Library

settings.register_profile("suite", max_examples=50, deadline=None)
settings.load_profile("suite")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure no coverage of slow tests: finer ones cover their code, and it would double them."""
    if coverage.Coverage.current() is None or not item.get_closest_marker("slow"):
        return (yield)
    stopped = []
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)  # so its programs do not either
        # In a worker two measure, one over the other; the lower goes on when the upper is stopped.
        while (measured := coverage.Coverage.current()) is not None:
            measured.stop()
            stopped.append(measured)
        try:
            return (yield)
        finally:
            for measured in reversed(stopped):
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
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that is the same for all that run these tests at a time."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(shared: Path) -> Iterator[None]:
    """Keep what is made of the pages' templates for all that run these tests at a time."""
    folder = shared / "compiled-templates"
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(Flask.jinja_options, "bytecode_cache", FileSystemBytecodeCache(str(folder)))
        yield


@pytest.fixture(scope="session")
def demonstration_once(shared: Path) -> Path:
    """Load the demonstration once for all that run these tests at a time: it takes seconds."""

    def load_into(folder: Path) -> None:
        with closing(demonstration_in(folder)) as product, product.context() as ctx:
            demonstration.prepare(ctx, folder)

    return once(shared / "demonstration-once", load_into)


@pytest.fixture(scope="session")
def walk_once(shared: Path, demonstration_once: Path) -> Path:
    """Walk the demonstration once: return a folder with it, its walkers signed in, and the walk."""

    def walk_into(folder: Path) -> None:
        _copied(demonstration_once, folder)
        with closing(demonstration_in(folder)) as product:
            crawling.keep(folder, crawling.walked(create_app(product), product))

    return once(shared / "walk-once", walk_into)


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """Return a folder that whoever comes first fills, while the others wait."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            make(folder)
            (folder / "ready").touch()
    return folder


@pytest.fixture(scope="session")
def demonstration_folder(
    tmp_path_factory: pytest.TempPathFactory, demonstration_once: Path
) -> Path:
    """Return a folder with the demonstration in it; a test must leave it as it was."""
    return _copied(demonstration_once, tmp_path_factory.mktemp("demonstration"))


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
