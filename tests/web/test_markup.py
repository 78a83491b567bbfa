"""The rules for every page notice what they are there to notice."""

from __future__ import annotations

import pytest

from tests.web.markup import faults

SOUND = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Error: Sign in, Check</title></head><body>
<h2>There is a problem</h2><h1>Sign in</h1><h2>Who</h2><h3 id="why">Why</h3>
<a href="#why">Why</a><label for="name">Name</label><input id="name" name="name">
<input type="hidden" name="token"><fieldset><legend>Which</legend></fieldset></body></html>"""


def test_a_sound_page_has_no_faults() -> None:
    assert faults(SOUND) == []


@pytest.mark.parametrize(
    ("sound", "faulty", "fault"),
    [
        (' lang="en-GB"', "", "the page does not say its language"),
        ("<h1>Sign in</h1>", "", "there are 0 h1, not one"),
        ("<h2>Who", "<h1>Sign</h1><h2>Who", "there are 2 h1, not one"),
        (
            "Error: Sign in",
            "Welcome",
            "the title “Welcome, Check” does not begin with the heading “Sign in”",
        ),
        ("<h2>Who</h2>", "", "after an h1 comes an h3"),
        ("<h2>There", "<h3>There", "before the h1 are headings of the levels [3]"),
        ("<h2>Who</h2>", "<h2>  </h2>", "an h2 is empty"),
        ('id="why"', 'id="name"', "the id “name” stands 2 times"),
        ('for="name"', 'for="other"', "for of a label names “other”, which is not there"),
        (
            'name="name"',
            'name="name" aria-describedby="hint"',
            "aria-describedby of a input names “hint”, which is not there",
        ),
        ('href="#why"', 'href="#how"', "a link leads to “#how”, which is not there"),
        ("<label", "<span", "the field “name” has no label"),
        (">Why</a>", "> </a>", "a a has no words"),
        ("<legend>Which</legend>", "", "a fieldset has no legend"),
        ("<a ", '<img src="x"><a ', "a picture has no alternative text"),
        ("<h2>Who", '<h2 style="color: red">Who', "a h2 has inline style"),
        ("</head>", "<style>a {}</style></head>", "a style has inline style"),
        ("</head>", "<script>x()</script></head>", "there is an inline script"),
        ("<h2>Who", '<h2 onclick="x()">Who', "a h2 has the script onclick"),
    ],
)
def test_a_fault_is_named(sound: str, faulty: str, fault: str) -> None:
    assert fault in faults(SOUND.replace(sound, faulty, 1))


def test_what_a_browser_would_have_to_mend_is_a_fault() -> None:
    mended = faults(SOUND.replace("<h2>Who</h2>", "<p><h2>Who</h2></p>"))
    assert [each.startswith("the parser mended") for each in mended] == [True]
