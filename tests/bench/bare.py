"""The page to compare with: Flask and Jinja alone, on the shipped server's own settings.

python -m tests.bench.bare BYTES    serve a page of this size
"""

from __future__ import annotations

import os
import sys

from flask import Flask, render_template
from jinja2 import DictLoader

from healthcheck import config
from healthcheck.web.server import Server

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>
<h1>{{ title }}</h1>
<form method="post">
{% for question in questions %}
<fieldset><legend>{{ question.text }}</legend>
{% for level in question.levels %}
<p><label><input type="radio" name="{{ question.id }}" value="{{ level.number }}">
{{ level.text }}</label></p>
{% endfor %}
</fieldset>
{% endfor %}
<button>Save</button></form></body></html>
"""
QUESTIONS, LEVELS = 4, 4
WORDS = "all social workers have a safe amount of work and say so "


class BareServer(Server):
    """The shipped server, with another application in it."""

    def __init__(self, settings: config.Config, size: int) -> None:
        self._size = size
        super().__init__(settings)

    def load(self) -> Flask:  # type: ignore[override] # a WSGI application, as gunicorn takes it
        """Return the bare application."""
        return bare_app(self._size)


def bare_app(size: int) -> Flask:
    """Return an application with one page of this many bytes."""
    app = Flask(__name__, static_folder=None)
    app.jinja_loader = DictLoader({"page.html": PAGE})
    with app.app_context(), app.test_request_context():
        missing = size - len(render_template("page.html", **_content(0)).encode())
    content = _content(missing // (QUESTIONS * LEVELS))

    @app.get("/")
    def page() -> str:
        return render_template("page.html", **content)

    return app


def _content(letters: int) -> dict[str, object]:
    text = (WORDS * (letters // len(WORDS) + 1))[:letters]
    questions = [
        {
            "id": f"question-{number}",
            "text": f"Question {number}",
            "levels": [{"number": level, "text": text} for level in range(LEVELS)],
        }
        for number in range(QUESTIONS)
    ]
    return {"title": "A bare page", "questions": questions}


if __name__ == "__main__":
    BareServer(config.read(os.environ), int(sys.argv[1])).run()
