"""What was posted becomes entries as typed, whatever a browser or anybody else sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from werkzeug.datastructures import MultiDict

from healthcheck.core.answers import Entry
from healthcheck.web.forms import posted

if TYPE_CHECKING:
    from healthcheck.bootstrap import Product
    from tests.people import World

SENT = {
    "choice": ("agreed-scheme", [("agreed-scheme", "2"), ("agreed-scheme", "3")], Entry(("2",))),
    "set aside by its radio": (
        "agreed-scheme",
        [("agreed-scheme", "not-applicable"), ("agreed-scheme.reason", "Nobody\r\nhere.")],
        Entry(not_applicable=True, reason="Nobody\nhere."),
    ),
    "a tick it has not": ("agreed-scheme", [("agreed-scheme.na", "y")], Entry()),
    "a tick": ("in-post", [("in-post.na", "y")], Entry(not_applicable=True)),
    "a tick that says no": ("in-post", [("in-post.na", "false")], Entry()),
    "evidence it does not take": ("in-post", [("in-post.evidence", "Payroll.")], Entry()),
    "a date": (
        "last-checked",
        [("last-checked.day", " 3"), ("last-checked.month", "-2"), ("last-checked.year", "2026")],
        Entry(("2026-2-3",)),
    ),
    "half a date": ("last-checked", [("last-checked.month", "2")], Entry(("-2-",))),
    "no date": ("last-checked", [("last-checked.day", " ")], Entry()),
}


@pytest.mark.parametrize(("name", "fields", "entry"), SENT.values(), ids=SENT)
def test_what_was_posted_becomes_an_entry(
    product: Product, world: World, name: str, fields: list[tuple[str, str]], entry: Entry
) -> None:
    questionnaire = product.library.worded("small-check", "2026", world.northmeres.facts)
    sent = MultiDict([*fields, (f"{name}.revision", "4")])
    offered = posted.offered(questionnaire.questions.values(), sent)
    assert {key: (each.entry, each.based_on) for key, each in offered.items()} == {name: (entry, 4)}


@pytest.mark.parametrize("revision", ["", "-1", "1.0", "٣", "1234567890"])
def test_a_question_without_a_revision_in_digits_was_not_on_the_page(
    product: Product, world: World, revision: str
) -> None:
    questionnaire = product.library.worded("small-check", "2026", world.northmeres.facts)
    sent = MultiDict({"agreed-scheme": "2", "agreed-scheme.revision": revision})
    assert posted.offered(questionnaire.questions.values(), sent) == {}
