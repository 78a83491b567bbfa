from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from healthcheck.services import rendering
from healthcheck.services.locks import alone
from healthcheck.services.rendering import FAILED, TOO_SLOW, ChildFailedError, in_child
from healthcheck.services.reports import ask_for_report, report_job, report_pdf
from healthcheck.storage import reports as stored
from tests.people import ALICE, CHARLIE

if TYPE_CHECKING:
    from healthcheck.config import Config
    from tests.people import World

# From Python 3.12 on, forking beside threads warns; the renderer has none, a test runner may.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")

RUN = """
import os, sys
from healthcheck import bootstrap, config
from healthcheck.services import rendering
product = bootstrap.load(config.read(os.environ))
rendering.run(product.context, product.config.renderer_lock, seconds_idle=0.1)
print(os.getpriority(os.PRIO_PROCESS, 0), "weasyprint" in sys.modules)
product.close()
"""


def renderer(config: Config) -> str:
    """Run the renderer as a process of its own until nothing waits; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        env={**os.environ, **config.environment()},
        check=True,
        capture_output=True,
        text=True,
        timeout=100,
    )
    return done.stdout.strip()


def raising() -> NoReturn:
    raise ZeroDivisionError


def dying() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def never_ending() -> NoReturn:
    signal.pause()
    raise AssertionError


def test_a_child_hands_back_all_that_it_made() -> None:
    large = os.urandom(3 * 2**20)
    assert in_child(lambda: large, seconds=60) == large
    assert in_child(lambda: b"", seconds=60) == b""


@pytest.mark.parametrize("work", [raising, dying])
def test_a_child_that_raises_or_dies_is_a_failure_in_words(work: rendering.Work) -> None:
    with pytest.raises(ChildFailedError) as failed:
        in_child(work, seconds=60)
    assert str(failed.value) == FAILED


def test_a_child_that_takes_too_long_is_ended() -> None:
    began = time.monotonic()
    with pytest.raises(ChildFailedError) as failed:
        in_child(never_ending, seconds=0.05)
    assert str(failed.value) == TOO_SLOW
    assert time.monotonic() - began < 30


def children() -> set[str]:
    """Return the processes that this one started and has not waited for."""
    return {
        number
        for task in Path("/proc/self/task").iterdir()
        for number in (task / "children").read_text(encoding="ascii").split()
    }


def test_no_child_is_left_behind() -> None:
    before = children()
    in_child(bytes, seconds=60)
    for work in (raising, dying):
        with pytest.raises(ChildFailedError):
            in_child(work, seconds=60)
    assert children() <= before


@pytest.mark.slow
def test_a_waiting_report_becomes_a_pdf(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    job = ask_for_report(ctx, id_)
    assert rendering.render_next(ctx)
    assert report_job(ctx, id_, job.key).state == "ready"
    assert report_pdf(ctx, id_, job.key).startswith(b"%PDF-1.7")
    assert not rendering.render_next(ctx)


@pytest.mark.slow
def test_a_report_that_takes_too_long_fails_and_the_next_one_is_rendered(world: World) -> None:
    alice, charlie = world.as_(ALICE), world.as_(CHARLIE)
    first = ask_for_report(alice, world.northmeres.id)
    second = ask_for_report(charlie, world.southmeres.id)
    assert rendering.render_next(alice, seconds=0.0)
    assert rendering.render_next(alice)
    failed = report_job(alice, world.northmeres.id, first.key)
    assert (failed.state, failed.problem) == ("failed", TOO_SLOW)
    assert report_job(charlie, world.southmeres.id, second.key).state == "ready"


def test_a_report_that_keeps_ending_its_renderer_is_given_up(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    job = ask_for_report(ctx, id_)
    for _ in range(rendering.MOST_TRIES):
        with ctx.store.writing():
            stored.claim_next(ctx.store)
            stored.requeue_interrupted(ctx.store)
    assert rendering.render_next(ctx)
    assert report_job(ctx, id_, job.key).problem == FAILED


@pytest.mark.slow
def test_the_renderer_makes_all_that_waits_and_what_another_left(world: World) -> None:
    alice, charlie = world.as_(ALICE), world.as_(CHARLIE)
    left = ask_for_report(alice, world.northmeres.id)
    with alice.store.writing():
        stored.claim_next(alice.store)
    waiting = ask_for_report(charlie, world.southmeres.id)
    assert renderer(world.product.config) == "10 True"
    assert report_job(alice, world.northmeres.id, left.key).state == "ready"
    assert report_job(charlie, world.southmeres.id, waiting.key).state == "ready"


def test_with_nothing_waiting_there_is_nothing_to_take(world: World) -> None:
    ctx = world.as_(ALICE)
    with ctx.store.writing():
        assert stored.claim_next(ctx.store) is None
    assert not rendering.render_next(ctx)


def test_a_second_renderer_leaves_the_work_to_the_first(world: World) -> None:
    ctx, id_ = world.as_(ALICE), world.northmeres.id
    job = ask_for_report(ctx, id_)
    with alone(world.product.config.renderer_lock) as is_alone:
        assert is_alone
        assert renderer(world.product.config) == "10 False"
    assert report_job(ctx, id_, job.key).state == "waiting"


def test_whether_a_renderer_runs_is_told_by_its_lock(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    before = rendering.is_running(lock)
    with alone(lock):
        during = rendering.is_running(lock)
    assert (before, during, rendering.is_running(lock)) == (False, True, False)
