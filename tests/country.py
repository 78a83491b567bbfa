"""The demonstration, a whole made-up country, for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from healthcheck import bootstrap
from healthcheck.config import SHIPPED, Config

if TYPE_CHECKING:
    from pathlib import Path

    from healthcheck.bootstrap import Product

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def demonstration_in(folder: Path, now: datetime = NOW) -> Product:
    """Return the product on the shipped questionnaires, with its data in this folder."""
    config = Config(data=folder, questionnaires=SHIPPED, secret_key="of no use to anyone " * 2)
    return bootstrap.load(config, lambda: now)
