"""The shipped server: gunicorn, with threads, serving this product."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from gunicorn.app.base import BaseApplication

from healthcheck import bootstrap
from healthcheck.web.app import create_app

if TYPE_CHECKING:
    from flask import Flask

    from healthcheck.config import Config

SECONDS_FOR_A_REQUEST = 60
REQUESTS_KEPT_OPEN = 5


class Server(BaseApplication):
    """Serves the product that the settings describe."""

    def __init__(self, config: Config) -> None:
        self._config = config
        super().__init__()

    def load_config(self) -> None:
        """Hand the settings on to gunicorn."""
        host = f"[{self._config.host}]" if ":" in self._config.host else self._config.host
        settings = {
            "bind": f"{host}:{self._config.port}",
            "workers": self._config.workers,
            "threads": self._config.threads,
            "worker_class": "gthread",
            "timeout": SECONDS_FOR_A_REQUEST,
            "keepalive": REQUESTS_KEPT_OPEN,
            "proc_name": "healthcheck",
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:  # type: ignore[override]
        """Return the application; called in each worker, after the fork."""
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
        return create_app(bootstrap.load(self._config, starts_renderer=True))


def serve(config: Config) -> None:
    """Serve until stopped."""
    Server(config).run()
