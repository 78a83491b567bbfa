from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.reports.count_chart import count_chart
from tests.web.markup import parsed

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def drawn(chart: str, tag: str) -> list[Element]:
    return [each for each in parsed(chart).tree.iter() if str(each.tag).endswith(tag)]


def test_each_count_has_a_bar_as_long_as_its_share_of_the_largest() -> None:
    chart = count_chart("Health checks", [("Done", 10), ("Late", 5), ("None", 0)])
    assert [each.get("width") for each in drawn(chart, "rect")] == ["490.0", "245.0"]
    words = [each.text for each in drawn(chart, "text")]
    assert words == ["Done", "10", "Late", "5", "None", "0"]


def test_it_says_in_words_what_it_shows_and_escapes_them() -> None:
    chart = count_chart("A < B", [("<script>", 1_000)])
    assert [each.text for each in drawn(chart, "title")] == ["A < B. <script>: 1000."]
    assert "<script>" not in chart


def test_nothing_at_all_is_drawn_without_bars() -> None:
    assert drawn(count_chart("Health checks", [("Done", 0)]), "rect") == []
