from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from healthcheck.core.export import as_json, new_path, safe_name, same_path
from healthcheck.core.permissions import Role


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("scheme.pdf", "scheme.pdf"),
        ("2026 childrens HC-2026-K7M2QX", "2026 childrens HC-2026-K7M2QX"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..", "_"),
        ("...", "_"),
        ("", "_"),
        ("C:\\temp\\x.txt", "C__temp_x.txt"),
        ('<a:b"c|d?e*f>', "_a_b_c_d_e_f_"),
        ("two\nlines\x00\u202egpj.exe", "twolinesgpj.exe"),
        ("  a   name . ", "a name"),
        ("CON.txt", "_CON.txt"),
        ("com1", "_com1"),
        ("console.txt", "console.txt"),
        ("x" * 200 + ".pdf", "x" * 96 + ".pdf"),
        ("x" * 200, "x" * 100),
        ("a." + "y" * 200, "a." + "y" * 98),
        ("Caf\u0065\u0301.txt", "Caf\u00e9.txt"),
    ],
)
def test_a_name_can_be_unpacked_anywhere(given: str, safe: str) -> None:
    assert safe_name(given) == safe
    assert safe_name(safe) == safe


def test_a_path_that_is_taken_gets_a_number() -> None:
    taken: set[str] = set()
    given = []
    for path in ("f/a.txt", "f/A.TXT", "f/a.txt", "g/a.txt", "f/.rc", "f/.rc", "f/b", "f/b"):
        given.append(new_path(path, taken))
        taken.add(same_path(given[-1]))
    assert given == [
        "f/a.txt",
        "f/A (2).TXT",
        "f/a (3).txt",
        "g/a.txt",
        "f/.rc",
        "f/.rc (2)",
        "f/b",
        "f/b (2)",
    ]


@dataclass(frozen=True)
class Held:
    role: Role
    on: date
    at: datetime
    names: frozenset[str]


def test_values_of_ours_can_be_said_in_json() -> None:
    held = Held(
        Role.ACCOUNTABLE_OFFICER,
        date(2026, 3, 2),
        datetime(2026, 3, 2, 10, 30, tzinfo=UTC),
        frozenset({"b", "a"}),
    )
    assert json.loads(json.dumps([held], default=as_json)) == [
        {
            "role": "accountable officer",
            "on": "2026-03-02",
            "at": "2026-03-02T10:30:00+00:00",
            "names": ["a", "b"],
        }
    ]


def test_what_json_cannot_say_is_an_error() -> None:
    with pytest.raises(TypeError, match=r"^object cannot be said in JSON$"):
        json.dumps(object(), default=as_json)
