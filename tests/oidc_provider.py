"""A provider of single sign-on: a small server that signs in whoever a test says.

It checks what a real one checks: who asks, where the answer goes, and the proof of PKCE.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from healthcheck.core.single_sign_on import Provider

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

CLIENT, SECRET = "healthcheck", "the secret of this client"


@cache
def key(name: str) -> RSAKey:
    """Return a key of that name, the same in every test: making one takes a while."""
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


@dataclass
class Told:
    """What the provider says of whoever comes, and how; a test changes what it wants wrong."""

    claims: dict[str, object]
    now: Callable[[], datetime]
    signed_by: str = "first"
    shown: str = "first"
    discovery: dict[str, object] = field(default_factory=dict)
    header: dict[str, str] = field(default_factory=lambda: {"alg": "RS256"})
    is_down: bool = False
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Mock:
    """A running provider: its address, and what it says."""

    issuer: str
    told: Told

    def settings(self, **changes: Any) -> Provider:  # noqa: ANN401 - any setting
        return Provider(
            issuer=self.issuer, client_id=CLIENT, client_secret=SECRET, name="Northmere", **changes
        )


@contextmanager
def running(claims: dict[str, object], now: Callable[[], datetime]) -> Iterator[Mock]:
    """Run a provider on a free port."""
    told = Told(claims, now)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Telling", (Answers,), {"told": told}))
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield Mock(f"http://127.0.0.1:{server.server_port}", told)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Answers(BaseHTTPRequestHandler):
    """The provider's pages; a subclass says what it tells."""

    told: Told

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.told.asked.append(parts.path)
        if self.told.is_down:
            self._json({"error": "server_error"}, 500)
        elif parts.path == "/.well-known/openid-configuration":
            self._json(self._about() | self.told.discovery)
        elif parts.path == "/jwks":
            self._json({"keys": [key(self.told.shown).as_dict(private=False)]})
        else:
            self._authorize(dict(parse_qsl(parts.query)))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        asked = dict(parse_qsl(body.decode()))
        known = self.told.codes.pop(asked.get("code", ""), None)
        proof = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        verifier = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).decode().rstrip("=")
        if (
            known is None
            or self.headers["Authorization"] != f"Basic {proof}"
            or challenge != known["code_challenge"]
            or asked["redirect_uri"] != known["redirect_uri"]
        ):
            self._json({"error": "invalid_grant"}, 400)
            return
        self._json(
            {"access_token": "x", "token_type": "Bearer", "id_token": _token(self.told, known)}
        )

    def log_message(self, *_: object) -> None:
        """Stay quiet."""

    def _issuer(self) -> str:
        return f"http://{self.headers['Host']}"

    def _about(self) -> dict[str, object]:
        return {
            "issuer": self._issuer(),
            "authorization_endpoint": f"{self._issuer()}/authorize",
            "token_endpoint": f"{self._issuer()}/token",
            "jwks_uri": f"{self._issuer()}/jwks",
        }

    def _authorize(self, asked: dict[str, str]) -> None:
        assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(8)
        self.told.codes[code] = asked | {"issuer": self._issuer()}
        answer = urlencode({"code": code, "state": asked["state"]})
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{answer}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _json(self, said: object, status: int = 200) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _token(told: Told, known: dict[str, str]) -> str:
    now = int(told.now().timestamp())
    usual = {
        "iss": known["issuer"],
        "aud": CLIENT,
        "iat": now,
        "exp": now + 300,
        "nonce": known["nonce"],
    }
    said = {name: value for name, value in (usual | told.claims).items() if value is not None}
    signer = key(told.signed_by)
    return jwt.encode({"kid": told.shown, **told.header}, said, signer)
