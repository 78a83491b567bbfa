from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench.bare import bare_app
from tests.bench.command import PARTS, show
from tests.bench.figures import Bound, Figure, amount, percentile
from tests.bench.load import Visit

FAST = Figure("pages", "GET, ÷ bare GET", 0.31, "×", Bound("at least", 0.25), "8 rounds")
SLOW = Figure("report", "report, ÷ plain WeasyPrint", 0.8, "×", Bound("at most", 0.75))
FREE = Figure("report", "report, peak memory", 121.4, "MB")


def rows(printed: str) -> list[list[str]]:
    """The cells of the table's body, row by row."""
    after_the_heads = printed.rpartition("──")[2].splitlines()[1:]
    lines = [line.strip() for line in after_the_heads if line.strip()]
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in lines]


def test_each_figure_is_a_row_with_what_is_demanded_and_whether_it_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    show([FAST, SLOW, FREE], tmp_path / "bench.json")

    assert rows(capsys.readouterr().out) == [
        ["pages", "GET, ÷ bare GET", "0.310 ×", "at least 0.250 ×", "holds", "8 rounds"],
        ["report", "report, ÷ plain WeasyPrint", "0.800 ×", "at most 0.750 ×", "DOES NOT HOLD"],
        ["report, peak memory", "121 MB"],
    ]


def test_the_file_holds_every_figure_and_whether_it_holds(tmp_path: Path) -> None:
    show([FAST, FREE], tmp_path / "bench.json")

    written = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert written["all_hold"] is True
    assert written["figures"] == [
        {
            "part": "pages",
            "what": "GET, ÷ bare GET",
            "value": 0.31,
            "unit": "×",
            "bound": {"kind": "at least", "limit": 0.25},
            "working": "8 rounds",
            "holds": True,
        },
        {
            "part": "report",
            "what": "report, peak memory",
            "value": 121.4,
            "unit": "MB",
            "bound": None,
            "working": "",
            "holds": None,
        },
    ]


def test_a_bound_that_does_not_hold_fails_the_run(tmp_path: Path) -> None:
    assert show([FAST, FREE], tmp_path / "good.json") == 0
    assert show([FAST, SLOW], tmp_path / "bad.json") == 1
    written = json.loads((tmp_path / "bad.json").read_text(encoding="utf-8"))
    assert (written["all_hold"], written["figures"][1]["holds"]) == (False, False)


@pytest.mark.parametrize(
    ("kind", "value", "holds"),
    [
        ("at least", 0.2499, False),
        ("at least", 0.25, True),
        ("at most", 0.25, True),
        ("at most", 0.2501, False),
    ],
)
def test_a_bound_holds_up_to_and_including_its_limit(
    kind: str, value: float, *, holds: bool
) -> None:
    bound = Bound("at least", 0.25) if kind == "at least" else Bound("at most", 0.25)
    assert Figure("pages", "GET", value, "×", bound).holds is holds


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0312, "0.0312 s"), (1.0, "1.00 s"), (12.34, "12.3 s"), (1234.5, "1,234 s"), (0, "0.000 s")],
)
def test_amounts_have_three_figures(value: float, words: str) -> None:
    assert amount(value, "s") == words


def test_a_percentile_is_a_value_that_was_measured() -> None:
    values = [float(each) for each in range(100, 0, -1)]
    assert [percentile(values, share) for share in (0.5, 0.99, 1)] == [50, 99, 100]
    assert percentile([7.0], 0.99) == 7


def test_every_save_says_something_new_and_gives_its_length() -> None:
    visit = Visit(80, b"POST / HTTP/1.1\r\n", 303, b"level=#level#&words=#number#")
    first, second = visit.request(1), visit.request(2)
    assert first.splitlines()[-1] == b"level=1&words=00000001"
    assert second.splitlines()[-1] == b"level=2&words=00000002"
    assert b"Content-Length: 22\r\n" in first


@pytest.mark.parametrize("size", [12_000, 37_000])
def test_the_bare_page_has_the_size_asked_for_within_a_hundredth(size: int) -> None:
    page = bare_app(size).test_client().get("/").data
    assert abs(len(page) / size - 1) < 0.01


def test_the_readme_names_every_part() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert [part for part in PARTS if f"`{part}`" not in readme] == []
