"""The shipped server's settings; tests/journeys runs it for real."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from healthcheck.web.server import Server

if TYPE_CHECKING:
    from healthcheck.config import Config
    from tests.people import World


@pytest.mark.parametrize(("host", "bind"), [("127.0.0.1", "127.0.0.1:8765"), ("::1", "[::1]:8765")])
def test_the_settings_are_handed_on(config: Config, host: str, bind: str) -> None:
    chosen = replace(config, host=host, port=8765, workers=3, threads=5)
    server = Server(chosen)
    assert server.cfg.bind == [bind]
    assert (server.cfg.workers, server.cfg.threads) == (3, 5)
    assert server.cfg.worker_class_str == "gthread"
    assert (server.cfg.timeout, server.cfg.keepalive) == (60, 5)


def test_each_worker_loads_a_product_of_its_own(config: Config, world: World) -> None:
    app = Server(config).load()
    product = app.extensions["healthcheck"]
    try:
        assert app.test_client().get("/healthz").data == b"ok"
        assert product is not world.product
    finally:
        product.close()
