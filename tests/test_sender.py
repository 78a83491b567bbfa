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
from healthcheck.services.locks import alone
from healthcheck.services.messages import queue
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


def until_written(world: World, many: int) -> None:
    """Wait until so many messages are in the outbox."""
    store, deadline = world.as_(None).store, time.monotonic() + SECONDS
    while {each.state for each in stored.page(store, 0, 9)} != {"Written to the outbox"}:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert len([*world.product.config.outbox.glob("*.eml")]) == many


def test_a_sender_starts_only_when_a_message_is_to_be_sent(world: World) -> None:
    sender, ctx = Sender(), world.as_(None)
    sender.look(ctx)
    nothing = sender._process
    assert nothing is None

    write(world)
    sender.look(ctx)
    started = sender._process
    assert started is not None
    write(world)
    sender.look(ctx)
    assert sender._process is started

    assert started.wait(SECONDS) == 0
    until_written(world, 2)


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
