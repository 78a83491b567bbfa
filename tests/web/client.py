"""Someone at a browser: keeps cookies, fills in forms, and checks every page they are shown."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.people import PASSWORD
from tests.web.markup import faults
from tests.web.page import Page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask import Flask
    from werkzeug.test import TestResponse

    from healthcheck.core.accounts import Person

Typed = "Mapping[str, str | Sequence[str] | None]"
NOTHING: Mapping[str, str] = {}
JSON = {"Accept": "application/json"}
REDIRECTS = range(300, 400)


class Someone:
    """Uses the product through its pages, as a browser without scripts does."""

    def __init__(self, app: Flask, address: str = "192.0.2.1") -> None:
        self.http = app.test_client()
        self.http.environ_base["REMOTE_ADDR"] = address

    def sign_in(self, person: Person, password: str = PASSWORD) -> Page:
        """Sign in through the form, and return the page that follows."""
        fields = {"email": person.email, "password": password}
        return self.follow(self.submit(self.get("/sign-in"), fields, "Sign in"))

    def get(self, address: str, status: int = 200) -> Page:
        return _checked(address, self.http.get(address), status)

    def look(self, address: str) -> Page:
        """Ask for a page that may be any: the caller judges its status."""
        response = self.http.get(address)
        return _checked(address, response, response.status_code)

    def follow(self, page: Page) -> Page:
        """Go where a page sends the browser."""
        return self.get(page.leads_to)

    def submit(  # noqa: PLR0913, PLR0917 - a form, what is typed in it, and what should come
        self,
        page: Page,
        typed: Mapping[str, str | Sequence[str] | None] = NOTHING,
        button: str = "Save and continue",
        files: Mapping[str, Sequence[tuple[str, bytes]]] | None = None,
        status: int = 303,
        go: str = "",
    ) -> Page:
        """Press a button of a form, after typing; None takes a field out."""
        fields: dict[str, Any] = dict(page.fields(button))
        for name, value in typed.items():
            fields[name] = [] if value is None else [value] if isinstance(value, str) else [*value]
        for name, chosen in (files or {}).items():
            fields[name] = [FileStorage(BytesIO(content), file, name) for file, content in chosen]
        if go:
            fields["go"] = [go]
        address = page.goes_to(button)
        return self.post(address, fields, status)

    def post(self, address: str, fields: Mapping[str, Any], status: int = 303) -> Page:
        """Send fields exactly as they are given."""
        return _checked(address, self._send(address, fields), status)

    def save_by_itself(
        self,
        page: Page,
        typed: Mapping[str, str | Sequence[str] | None] = NOTHING,
        status: int = 200,
    ) -> dict[str, Any]:
        """Save as the small script does, pressing no button, and return what it is told."""
        fields: dict[str, Any] = dict(page.fields("Save and continue"))
        del fields["go"]
        for name, value in typed.items():
            fields[name] = [] if value is None else [value] if isinstance(value, str) else [*value]
        response = self._send(page.address, fields, JSON)
        assert response.status_code == status, response.text[:300]
        told: dict[str, Any] = response.get_json()
        return told

    def _send(
        self, address: str, fields: Mapping[str, Any], headers: Mapping[str, str] = NOTHING
    ) -> TestResponse:
        # Encoded here, because the test client leaves a temporary file open for a large body.
        boundary, body = encode_multipart(fields)
        kind = f"multipart/form-data; boundary={boundary}"
        return self.http.post(address, data=body, content_type=kind, headers=headers)


def _checked(address: str, response: TestResponse, status: int) -> Page:
    page = Page(address, response.status_code, response.headers, response.data)
    response.close()
    assert page.status == status, f"{address} gave {page.status}: {page.heading} {page.errors}"
    if response.mimetype == "text/html" and page.status not in REDIRECTS:
        assert faults(page.html) == []
    return page
