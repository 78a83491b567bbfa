"""Our written-out components against the library's own macros: the same parsed markup.

Left out of the comparison: space, our own classes (they begin `hc-`), the question's number, and
the unit named for screen readers in a label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader

from tests.web.markup import parsed

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

OURS = "parts/components.html"
THEIRS = "govuk_frontend_jinja/components/{}/macro.html"


@pytest.fixture(scope="module")
def templates() -> Environment:
    libraries = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(
        loader=ChoiceLoader([PackageLoader("healthcheck.web"), libraries]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def ours(templates: Environment, macro: str, *arguments: Any, **named: Any) -> tuple[Any, ...]:  # noqa: ANN401 - as the macros take
    module = templates.get_template(OURS).module
    return shape(str(getattr(module, macro)(*arguments, **named)))


def theirs(templates: Environment, component: str, parameters: dict[str, Any]) -> tuple[Any, ...]:
    words = component.split("-")
    macro = "govuk" + "".join(word.capitalize() for word in words)
    module = templates.get_template(THEIRS.format(component)).module
    return shape(str(getattr(module, macro)(parameters)))


def shape(html: str) -> tuple[Any, ...]:
    page = parsed(f"<!DOCTYPE html><html><head></head><body>{html}</body></html>")
    assert page.mended == []
    body = page.tree.find("body")
    assert body is not None
    return _parts(body)


def _parts(element: Element) -> tuple[Any, ...]:
    found: list[Any] = [*_text(element.text)]
    for each in element:
        if not _is_ours_alone(each):
            found.append((each.tag, _attributes(each), _parts(each)))
        found += _text(each.tail)
    return tuple(found)


def _is_ours_alone(element: Element) -> bool:
    words = "".join(element.itertext())
    return element.get("class") == "hc-number" or words.startswith(", in ")


def _attributes(element: Element) -> tuple[tuple[str, str], ...]:
    found = {str(name): " ".join(value.split()) for name, value in element.attrib.items()}
    classes = sorted(each for each in found.pop("class", "").split() if each[:3] != "hc-")
    return (*sorted(found.items()), ("class", " ".join(classes)))


def _text(text: str | None) -> list[str]:
    return [" ".join(text.split())] if text and text.strip() else []


@pytest.mark.parametrize("error", ["", "Enter a <number>."])
@pytest.mark.parametrize("hint", ["", "As at 30 September"])
@pytest.mark.parametrize("unit", ["", "%"])
def test_an_input_is_the_librarys(templates: Environment, error: str, hint: str, unit: str) -> None:
    mine = ours(
        *(templates, "input", "in-post", "in-post", "Posts", '"12"', hint, error),
        *("govuk-input--width-5", "govuk-label--m"),
        suffix=unit,
        inputmode="numeric",
        number="F1",
    )
    assert mine == theirs(
        templates,
        "input",
        {
            "id": "in-post",
            "name": "in-post",
            "label": {"text": "Posts", "classes": "govuk-label--m"},
            "value": '"12"',
            "hint": {"text": hint} if hint else None,
            "errorMessage": {"text": error} if error else None,
            "classes": "govuk-input--width-5",
            "suffix": {"text": unit} if unit else None,
            "inputmode": "numeric",
            "spellcheck": False,
        },
    )


@pytest.mark.parametrize("error", ["", "It is 1 too long."])
@pytest.mark.parametrize("hint", ["", "In your own words"])
def test_a_box_for_text_is_the_librarys(templates: Environment, error: str, hint: str) -> None:
    value = "\n<b>One</b>\n\nTwo"
    mine = ours(
        templates, "textarea", "remarks", "remarks", "Remarks", value, 4, hint, error, number="2.4"
    )
    assert mine == theirs(
        templates,
        "textarea",
        {
            "id": "remarks",
            "name": "remarks",
            "label": {"text": "Remarks"},
            "value": value,
            "rows": 4,
            "hint": {"text": hint} if hint else None,
            "errorMessage": {"text": error} if error else None,
        },
    )


@pytest.mark.parametrize("error", ["", "It is 1 too long."])
@pytest.mark.parametrize("hint", ["", "In your own words"])
def test_a_box_with_a_limit_is_the_librarys(templates: Environment, error: str, hint: str) -> None:
    mine = ours(
        templates, "textarea", "remarks", "remarks", "Remarks", "One", 5, hint, error, limit=10000
    )
    assert mine == theirs(
        templates,
        "character-count",
        {
            "id": "remarks",
            "name": "remarks",
            "label": {"text": "Remarks"},
            "value": "One",
            "rows": 5,
            "hint": {"text": hint} if hint else None,
            "errorMessage": {"text": error} if error else None,
            "maxlength": 10000,
            "threshold": 80,
            "textareaDescriptionText": "You can enter up to 10,000 characters",
        },
    )


def items(found: tuple[Any, ...], name: str) -> list[Any]:
    """Return the parts whose only class that is."""
    inside = [each for each in found if isinstance(each, tuple)]
    own = [each for each in inside if dict(each[1]).get("class") == name]
    return own + [item for each in inside for item in items(each[2], name)]


@pytest.mark.parametrize("checked", [True, False])
@pytest.mark.parametrize("hint", ["", "There is one."])
def test_a_radio_is_the_librarys(templates: Environment, hint: str, checked: bool) -> None:  # noqa: FBT001 - a case
    mine = ours(
        templates,
        "radio",
        "level",
        "level",
        2,
        checked,
        "2. In place",
        hint,
        label_class="hc-level",
    )
    item = {"value": 2, "text": "2. In place", "checked": checked}
    library = theirs(
        templates,
        "radios",
        {
            "idPrefix": "level",
            "name": "level",
            "items": [{**item, "hint": {"text": hint} if hint else None}],
        },
    )
    assert items(mine, "govuk-radios__item") == items(library, "govuk-radios__item")


def test_a_radio_that_opens_a_box_is_the_librarys(templates: Environment) -> None:
    mine = ours(
        *(templates, "radio", "level-na", "level", "not-applicable", False, "Not applicable"),
        controls="conditional-level-na",
    )
    item = {"id": "level-na", "value": "not-applicable", "text": "Not applicable"}
    library = theirs(
        templates, "radios", {"name": "level", "items": [{**item, "conditional": {"html": "<p>"}}]}
    )
    assert items(mine, "govuk-radios__item") == items(library, "govuk-radios__item")


@pytest.mark.parametrize("exclusive", [True, False])
@pytest.mark.parametrize("checked", [True, False])
def test_a_checkbox_is_the_librarys(
    templates: Environment,
    checked: bool,  # noqa: FBT001 - a case
    exclusive: bool,  # noqa: FBT001 - a case
) -> None:
    mine = ours(templates, "checkbox", "seen", "seen", "nowhere", checked, "None", exclusive)
    item: dict[str, Any] = {"value": "nowhere", "text": "None", "checked": checked}
    if exclusive:
        item["behaviour"] = "exclusive"
    library = theirs(templates, "checkboxes", {"idPrefix": "seen", "name": "seen", "items": [item]})
    assert items(mine, "govuk-checkboxes__item") == items(library, "govuk-checkboxes__item")


def test_the_error_summary_is_the_librarys(templates: Environment) -> None:
    errors = [("in-post", "Enter a <number>."), ("vacancies", "The number must be 0 or more.")]
    assert ours(templates, "error_summary", errors) == theirs(
        templates,
        "error-summary",
        {
            "titleText": "There is a problem",
            "errorList": [{"text": text, "href": f"#{target}"} for target, text in errors],
        },
    )


def test_without_errors_there_is_no_summary(templates: Environment) -> None:
    assert ours(templates, "error_summary", []) == ()


def test_an_error_message_is_the_librarys(templates: Environment) -> None:
    parameters = {"id": "in-post-error", "text": "Enter a <number>."}
    mine = ours(templates, "error_message", "in-post", "Enter a <number>.")
    assert mine == theirs(templates, "error-message", parameters)


def test_a_link_back_is_the_librarys(templates: Environment) -> None:
    parameters = {"href": "/somewhere?a&b", "text": "All areas"}
    assert ours(templates, "back_link", "/somewhere?a&b", "All areas") == theirs(
        templates, "back-link", parameters
    )
