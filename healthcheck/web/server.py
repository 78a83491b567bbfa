"""The shipped server: gunicorn, with threads, serving this product."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from healthcheck import bootstrap
from healthcheck.services import logs
from healthcheck.web.app import create_app
from healthcheck.web.request_log import OfRequest

if TYPE_CHECKING:
    from flask import Flask

    from healthcheck.config import Config

SECONDS_FOR_A_REQUEST = 60
REQUESTS_KEPT_OPEN = 5


class ServerLog(Logger):
    """Lets the server's own lines be written as all others are, and no line for each request."""

    def setup(self, cfg: Any) -> None:  # noqa: ANN401 - gunicorn's
        """Hand its lines on to the one handler of this process."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


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
            "logger_class": ServerLog,
            "control_socket_disable": True,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:  # type: ignore[override]
        """Return the application; called in each worker, after the fork.

        What was loaded stays until the end, so Python need not look through all of it again and
        again for what is no longer needed: that would take 80 ms of one large page in three.
        """
        app = create_app(bootstrap.load(self._config, starts_renderer=True))
        gc.collect()
        gc.freeze()
        return app


def serve(config: Config) -> None:
    """Serve until stopped."""
    logs.set_up(config.log).addFilter(OfRequest())
    Server(config).run()
