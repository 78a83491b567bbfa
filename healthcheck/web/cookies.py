"""The cookie that says whose browser it is: Flask's own, read and signed with less ado."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask.sessions import SecureCookieSessionInterface

if TYPE_CHECKING:
    from flask import Flask


class Cookies(SecureCookieSessionInterface):
    """Sessions in a signed cookie, with one signer for all requests of an application.

    Flask makes a signer for each request, which takes as long as reading the cookie.
    """

    def __init__(self) -> None:
        self._signer: Any = None

    def get_signing_serializer(self, app: Flask) -> Any:  # noqa: ANN401 - Flask's
        """Return the signer, made on first use."""
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer
