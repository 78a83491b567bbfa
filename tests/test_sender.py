"""Messages sent beside the server: at once, by a process that keeps no report waiting."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from healthcheck.bootstrap import Sender
from healthcheck.core.messages import Kind
from healthcheck.services.messages import queue
from healthcheck.services.rendering import alone
from healthcheck.storage import messages as stored
from tests.people import BOB

if TYPE_CHECKING:
    from tests.people import World

SECONDS = 60


@pytest.fixture(autouse=True)
def _settings(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in world.product.config.environment().items():
        monkeypatch.setenv(name, value)


def write(world: World) -> None:
    ctx = world.as_(None)
    with ctx.store.writing():
        queue(ctx, Kind.PASSWORD_LINK, BOB.email, due="1 May", path="/new-password/s3cret")


def states(world: World) -> list[str]:
    return [each.state for each in stored.page(world.as_(None).store, 0, 9)]


def until_written(world: World, many: int) -> None:
    deadline = time.monotonic() + SECONDS
    while states(world) != ["Written to the outbox"] * many:
        assert time.monotonic() < deadline, states(world)


def test_a_sender_starts_only_when_a_message_is_to_be_sent(world: World) -> None:
    sender, ctx = Sender(), world.as_(None)
    sender.look(ctx)
    assert sender._process is None

    write(world)
    sender.look(ctx)
    started = sender._process
    assert started is not None
    write(world)
    sender.look(ctx)
    assert sender._process is started

    assert started.wait(SECONDS) == 0
    until_written(world, 2) if "Waiting" not in states(world) else None


@pytest.mark.slow
def test_the_renderer_has_messages_sent(world: World) -> None:
    write(world)
    config = world.product.config
    renderer = subprocess.Popen(
        [sys.executable, "-m", "healthcheck", "render"],
        env={**os.environ, **config.environment()},
    )
    try:
        until_written(world, 1)
        write(world)
        until_written(world, 2)
        with alone(config.renderer_lock) as is_free:
            assert not is_free
    finally:
        renderer.terminate()
        renderer.wait(SECONDS)
