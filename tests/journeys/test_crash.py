"""Programs that are killed while they save: no acknowledged save is lost, nothing is corrupted."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from healthcheck.services.assessments import opened
from healthcheck.storage.assessments import entry_at
from tests.people import ALICE

if TYPE_CHECKING:
    from healthcheck.config import Config
    from tests.people import World

pytestmark = pytest.mark.slow

TIMES_KILLED = 3
SAVES_BEFORE_EACH = 15
SAVER = """
import os, sys
from healthcheck import bootstrap, config
from healthcheck.services.assessments import opened, save_topic
from tests.people import ALICE, BOB, offer
question, person = {"first": ("agreed-scheme", ALICE), "second": ("employs-new", BOB)}[sys.argv[1]]
product = bootstrap.load(config.read(os.environ))
with product.context(person) as ctx:
    while True:
        saved = opened(ctx, sys.argv[2]).saved.get(question)
        based_on = saved.revision if saved else 0
        note = f"save {based_on + 1} " + "x" * 3000
        entry = offer("2", based_on=based_on, evidence=note)
        save_topic(ctx, sys.argv[2], "scheme", {question: entry}, {})
        print(based_on + 1, flush=True)
"""
"""Saves one question again and again; prints a revision when its save was acknowledged."""


def start(config: Config, which: str, assessment_id: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SAVER, which, assessment_id],
        env={**os.environ, **config.environment()},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_killing_programs_that_save_loses_no_acknowledged_save(
    config: Config, world: World
) -> None:
    id_ = world.northmeres.id
    acknowledged = {"first": 0, "second": 0}
    for _ in range(TIMES_KILLED):
        savers = {which: start(config, which, id_) for which in acknowledged}
        for which, saver in savers.items():
            assert saver.stdout is not None
            for _ in range(SAVES_BEFORE_EACH):
                acknowledged[which] = int(saver.stdout.readline())
        for saver in savers.values():
            saver.kill()
        for which, saver in savers.items():
            rest, _ = saver.communicate()
            whole = [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]
            acknowledged[which] = max([acknowledged[which], *map(int, whole)])
        with closing(sqlite3.connect(config.database)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []

    ctx = world.as_(ALICE)
    saved = opened(ctx, id_).saved
    for which, question in {"first": "agreed-scheme", "second": "employs-new"}.items():
        assert acknowledged[which] >= TIMES_KILLED * SAVES_BEFORE_EACH
        assert saved[question].revision in {acknowledged[which], acknowledged[which] + 1}
        for revision in range(1, acknowledged[which] + 1):
            entry = entry_at(ctx.store, id_, question, revision)
            assert entry is not None
            assert entry.evidence.startswith(f"save {revision} ")
