from __future__ import annotations

import stat
from contextlib import closing
from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import pytest

from healthcheck import bootstrap
from healthcheck.bootstrap import Renderer, load
from healthcheck.core.errors import ConfigurationError
from healthcheck.definitions.problems import FaultyDefinitionsError
from healthcheck.services.locks import alone
from healthcheck.storage.migrations import TABLES
from tests.people import ALICE, NOW

if TYPE_CHECKING:
    from pathlib import Path

    from healthcheck.bootstrap import Product
    from healthcheck.config import Config
    from tests.people import Clock, World


def test_the_database_is_made_on_the_first_start_and_kept_on_the_next(config: Config) -> None:
    for _ in range(2):
        with closing(load(config)) as product, product.context() as ctx:
            tables = ctx.store.rows("SELECT count(*) FROM sqlite_schema WHERE type = 'table'")
        assert stat.S_IMODE(config.database.stat().st_mode) == 0o600
        assert tables[0][0] > len(TABLES)


def test_a_context_is_for_one_person_from_one_address_at_one_moment(
    product: Product, clock: Clock
) -> None:
    with product.context(ALICE, "192.0.2.1") as ctx:
        clock.forward(timedelta(hours=1))
        assert (ctx.person, ctx.address, ctx.now) == (ALICE, "192.0.2.1", NOW)
    with product.context() as ctx:
        assert (ctx.person, ctx.address, ctx.now) == (None, "", NOW + timedelta(hours=1))


def test_contexts_at_the_same_time_have_connections_of_their_own(product: Product) -> None:
    with product.context() as one, product.context() as other:
        assert one.store is not other.store
        with one.store.writing():
            assert not other.store.connection.in_transaction


def test_a_connection_is_used_again_after_a_fault(product: Product) -> None:
    with pytest.raises(ZeroDivisionError), product.context() as first, first.store.writing():
        raise ZeroDivisionError
    with product.context() as second:
        assert second.store is first.store
        assert not second.store.connection.in_transaction


def test_the_clock_is_aware_and_universal() -> None:
    assert bootstrap.clock().tzinfo is UTC


def test_faulty_questionnaires_stop_the_start_with_every_problem(
    config: Config, tmp_path: Path
) -> None:
    folder = tmp_path / "faulty" / "mine"
    folder.mkdir(parents=True)
    (folder / "2026.yaml").write_text("id: mine\nid: mine\n", encoding="utf-8")
    with pytest.raises(FaultyDefinitionsError, match=r"2026\.yaml:2: "):
        load(replace(config, questionnaires=tmp_path / "faulty"))
    assert not config.database.exists()


def test_an_edition_in_use_that_is_gone_stops_the_start(world: World) -> None:
    config = world.product.config
    ctx = world.as_(None)
    with ctx.store.writing():
        ctx.store.run("UPDATE assessments SET edition = '2025'")
    with pytest.raises(ConfigurationError) as refused:
        load(config)
    assert str(refused.value) == (
        "A health check was started on small-check, edition 2025, but"
        f" “{config.questionnaires}/small-check/2025.yaml” is not there. Put it back."
    )


def test_a_database_that_cannot_be_opened_stops_the_start(config: Config) -> None:
    config.database.mkdir()
    with pytest.raises(ConfigurationError, match="cannot be opened: unable to open"):
        load(config)


def test_a_file_that_is_no_database_stops_the_start(config: Config) -> None:
    config.database.write_text("Dear diary, " * 100)
    with pytest.raises(ConfigurationError, match="file is not a database"):
        load(config)


def test_a_server_starts_one_renderer_and_stops_it_with_itself(config: Config) -> None:
    product = load(config, starts_renderer=True)
    with product.context() as ctx:
        ctx.wake_renderer()
        renderer = product._renderer
        assert renderer is not None
        process = renderer._process
        assert process is not None
        ctx.wake_renderer()
        assert renderer._process is process
        assert process.poll() is None
    product.close()
    assert process.poll() is not None


def test_a_renderer_that_ended_at_once_is_not_started_again_and_again(config: Config) -> None:
    renderer = Renderer(config)
    renderer.wake()
    renderer.stop()
    renderer.wake()
    assert renderer._process is None
    renderer.stop()


def test_no_renderer_is_started_beside_a_running_one(config: Config) -> None:
    renderer = Renderer(config)
    with alone(config.renderer_lock):
        renderer.wake()
    assert renderer._process is None
