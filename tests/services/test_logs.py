from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

import pytest

from healthcheck.services import logs

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "alice@northmere.example asked for /join/s3cret"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root, ours = logging.getLogger(), logging.getLogger(logs.OURS)
    handlers, level, our_level = [*root.handlers], root.level, ours.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    ours.setLevel(our_level)


def fault() -> None:
    try:
        {"": ""}[SECRET]
    except KeyError as error:
        raise ValueError(SECRET) from error


def test_a_plain_line_says_when_how_grave_and_what(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("plain")
    logging.getLogger("healthcheck.x").info("%s reports", 2, extra={"fields": {"ms": 4}})

    moment, _, rest = capsys.readouterr().err.partition(" ")
    assert moment.endswith("+00:00")
    assert rest == "INFO 2 reports ms=4\n"


def test_a_json_line_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("json")
    logging.getLogger("healthcheck.x").error("late: %s", "“two\nlines”", extra={"request_id": "r1"})

    (line,) = capsys.readouterr().err.splitlines()
    told = json.loads(line)
    assert told.pop("at").endswith("+00:00")
    assert told == {
        "level": "error",
        "logger": "healthcheck.x",
        "message": "late: “two\nlines”",
        "request_id": "r1",
    }


@pytest.mark.parametrize("style", ["plain", "json"])
def test_a_fault_is_logged_by_kind_and_place_without_its_text(
    style: str, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(style)
    try:
        fault()
    except ValueError:
        logging.getLogger("healthcheck.x").exception("unforeseen")

    written = capsys.readouterr().err
    assert SECRET not in written
    assert "s3cret" not in written
    for words in ("test_logs.py:", " fault", "ValueError", "KeyError"):
        assert words in written


def test_the_json_of_a_fault_names_its_kind(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("json")
    try:
        fault()
    except ValueError:
        logging.getLogger("healthcheck.x").exception("unforeseen")

    told = json.loads(capsys.readouterr().err)
    assert told["fault"] == "ValueError"
    assert told["places"][-1] == "KeyError"


@pytest.mark.parametrize("style", ["plain", "json"])
def test_of_a_librarys_line_only_the_fixed_words_are_kept(
    style: str, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up(style)
    logging.getLogger("gunicorn.error").error("Error handling request %s", SECRET)
    logging.getLogger("gunicorn.error").warning(f"Invalid request from ip=192.0.2.9: {SECRET}")  # noqa: G004 - as gunicorn does
    logging.getLogger("fontTools").info("chatter")

    first, second = capsys.readouterr().err.splitlines()
    assert "Error handling request %s" in first
    assert "Invalid request" in second
    assert not {"s3cret", "192.0.2.9"} & set((first + second).replace("/", " ").split())


def test_setting_up_again_changes_the_style_and_writes_nothing_twice(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.set_up("plain")
    logs.set_up("json")
    logging.getLogger("healthcheck.x").warning("once")

    assert json.loads(capsys.readouterr().err)["message"] == "once"


def test_a_fault_that_is_its_own_cause_is_told_once() -> None:
    error = ValueError()
    error.__cause__ = error
    record = logging.LogRecord("x", 40, "", 1, "m", (), (ValueError, error, None))

    assert logs._places(record) == ["ValueError"]
