"""Fixtures for every room: a product on a real database, with plain people in it."""

from __future__ import annotations

from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import pytest

from healthcheck import bootstrap
from healthcheck.config import Config
from tests.people import QUESTIONNAIRES, Clock, World, settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from healthcheck.bootstrap import Product


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(
        data=tmp_path, questionnaires=QUESTIONNAIRES, secret_key="of no use to anyone " * 2
    )


@pytest.fixture
def product(config: Config, clock: Clock) -> Iterator[Product]:
    with closing(bootstrap.load(config, clock)) as product:
        yield product


@pytest.fixture
def world(product: Product, clock: Clock) -> Iterator[World]:
    with ExitStack() as stack:
        yield settle(product, clock, stack)
