from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from healthcheck.reports.charts import area_chart, level_steps
from tests.core.build import BANDS, area, essential, questionnaire, rating

from .made import report_of

if TYPE_CHECKING:
    from healthcheck.reports.view_model import Report

SVG = "{http://www.w3.org/2000/svg}"


def chart_of(report: Report) -> ET.Element:
    return ET.fromstring(area_chart(report))  # noqa: S314 - our own drawing


@pytest.fixture(name="report")
def three_areas() -> Report:
    asked = questionnaire(
        area("one", rating("a")), area("two", rating("b")), area("three", rating("c"))
    )
    return report_of(asked, {"a": 1, "b": 3})


def test_each_bar_has_its_area_number_and_band_in_words(report: Report) -> None:
    texts = [each.text for each in chart_of(report).iter(f"{SVG}text")]

    assert texts[3:] == [
        "1  Area one",
        "33 Low",
        "2  Area two",
        "100 High",
        "3  Area three",
        "No score",
    ]


def test_a_bar_says_that_its_band_is_held_down_or_provisional() -> None:
    asked = questionnaire(essential("a"), rating("b"), rating("c"), rating("d"))

    chart = chart_of(report_of(asked, {"a": 0, "b": 3, "c": 3}))

    text = "67 Low, held down by 1.1, provisional"
    assert [each.text for each in chart.iter(f"{SVG}text")][4] == text
    assert chart.findtext(f"{SVG}title") == (
        "Score of each area out of 100. Area one: 67, Low, held down by 1.1, provisional."
    )


def test_the_axis_names_the_bands(report: Report) -> None:
    texts = [each.text for each in chart_of(report).iter(f"{SVG}text")]

    assert texts[:3] == ["Low, 0 to 50", "Moderate, 51 to 74", "High, 75 to 100"]


def test_the_alternative_text_says_every_score(report: Report) -> None:
    assert chart_of(report).findtext(f"{SVG}title") == (
        "Score of each area out of 100. Area one: 33, Low. Area two: 100, High. "
        "Area three: no score."
    )


def test_bars_are_as_long_as_their_scores_and_differ_by_pattern(report: Report) -> None:
    bars = [
        (round(float(each.attrib["width"])), each.attrib["fill"])
        for each in chart_of(report).iter(f"{SVG}rect")
        if each.attrib["stroke"] == "#0b5563"
    ]

    # 679 wide in all: 33% is 224.
    assert bars == [(224, "url(#hatch-sparse)"), (679, "#0b5563")]


def test_the_middle_band_has_a_pattern_of_its_own() -> None:
    chart = area_chart(report_of(questionnaire(rating("a")), {"a": 2}))

    assert 'fill="url(#hatch-dense)"' in chart


def test_with_two_bands_the_lower_is_hatched_and_the_upper_solid() -> None:
    asked = questionnaire(rating("a"), bands=(BANDS[0], BANDS[2]))

    assert 'id="hatch-dense"' not in area_chart(report_of(asked, {"a": 3}))


def test_nothing_needs_inline_style_or_script(report: Report) -> None:
    assert re.findall(r"style=|<script|<style|on\w+=", area_chart(report)) == []


def test_titles_are_escaped_and_shortened() -> None:
    asked = questionnaire(area("<b>" + "x" * 90, rating("a")))

    text = chart_of(report_of(asked, {"a": 0})).findall(f"{SVG}text")[3].text

    # 84 letters a row, 6 of them for "0 Low".
    assert text == "1  Area <b>" + "x" * 70 + "…"


def test_level_steps_fill_up_to_the_level() -> None:
    drawing = ET.fromstring(level_steps(2, 3))  # noqa: S314 - our own drawing

    assert drawing.findtext(f"{SVG}title") == "Level 2 of 3"
    assert [each.attrib["fill"] for each in drawing.iter(f"{SVG}rect")] == [
        "#0b5563",
        "#0b5563",
        "#ffffff",
    ]
