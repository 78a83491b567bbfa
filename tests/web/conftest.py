"""The application over the product of the fixtures above, and people who use it.

People here are signed in already, by a session laid in the database: hashing a password for every
test would take longer than the tests. The form itself is used in test_accounts and the journeys.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from healthcheck.services.accounts import fingerprint
from healthcheck.storage import sessions
from healthcheck.web import question_blocks
from healthcheck.web.app import create_app
from tests.people import ALICE, BOB, CHARLIE, VERA
from tests.web.client import Someone

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from healthcheck.config import Config
    from healthcheck.core.accounts import Person
    from tests.people import World


@dataclass(frozen=True)
class Addresses:
    """Where Northmere's health check is."""

    tasks: str

    @property
    def check(self) -> str:
        return f"{self.tasks}/check"

    @property
    def results(self) -> str:
        return f"{self.tasks}/results"

    @property
    def report(self) -> str:
        return f"{self.tasks}/report"

    def topic(self, topic_id: str) -> str:
        return f"{self.tasks}/topics/{topic_id}"


@pytest.fixture
def at(world: World) -> Addresses:
    return Addresses(f"/assessments/{world.northmeres.id}")


@pytest.fixture(scope="session")
def apps() -> dict[Config, Flask]:
    """Keep an application for each set of settings, because putting one together takes long."""
    return {}


@pytest.fixture
def app(world: World, apps: dict[Config, Flask]) -> Flask:
    """Return an application that serves this test's product and remembers no earlier one's."""
    settings = replace(world.product.config, data=Path())
    if settings not in apps:
        apps[settings] = create_app(world.product)
    app = apps[settings]
    app.extensions["healthcheck"] = world.product
    question_blocks.register(app)
    return app


@pytest.fixture
def nobody(app: Flask) -> Someone:
    """Someone who is not signed in."""
    return Someone(app)


@pytest.fixture
def signed_in(app: Flask, world: World) -> Callable[[Person], Someone]:
    """Return what gives a browser, with a session of its own, in which a person is signed in."""
    tokens = count()

    def enter(person: Person) -> Someone:
        someone, token = Someone(app), f"{person.id}-{next(tokens)}"
        store = world.as_(None).store
        with store.writing():
            sessions.add(store, fingerprint(token), person.id, world.clock())
        with someone.http.session_transaction() as session:
            session["token"] = token
        return someone

    return enter


@pytest.fixture
def alice(signed_in: Callable[[Person], Someone]) -> Someone:
    return signed_in(ALICE)


@pytest.fixture
def bob(signed_in: Callable[[Person], Someone]) -> Someone:
    return signed_in(BOB)


@pytest.fixture
def vera(signed_in: Callable[[Person], Someone]) -> Someone:
    return signed_in(VERA)


@pytest.fixture
def charlie(signed_in: Callable[[Person], Someone]) -> Someone:
    return signed_in(CHARLIE)
