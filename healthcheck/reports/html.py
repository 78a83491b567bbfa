"""Reports and blank workbooks as HTML, drawn from `report_templates/`.

Every text is escaped by the template engine. The page carries its whole style sheet, so one string
is all that is needed to make the PDF, now or later.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from healthcheck import resources
from healthcheck.reports import charts, words
from healthcheck.reports.workbook import workbook

if TYPE_CHECKING:
    from healthcheck.core.facts import Facts
    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.reports.ledger_parts import Reviewed
    from healthcheck.reports.view_model import Report

RIGHT_TO_LEFT = frozenset({"R", "AL"})
STRONG = RIGHT_TO_LEFT | {"L"}
LONGEST_IN_HEADER = 60
ENDLESS = re.compile(r"[!-~]{81,}")
EVERY_FEW = re.compile(r".{20}(?=.)")
MAY_BREAK = "\N{ZERO WIDTH SPACE}"


def page(report: Report, reviewed: Reviewed | None = None, logo: str = "") -> str:
    """Return the report as one self-contained HTML page; `reviewed` adds BASW's part in it.

    `logo` is the employer's, as a data URI, for the cover.
    """
    return template("report.html.jinja").render(
        report=report,
        reviewed=reviewed,
        logo=logo,
        chart=charts.area_chart(report),
        running=_running(report),
    )


def blank_html(questionnaire: Questionnaire, facts: Facts | None = None) -> str:
    """Return the blank workbook as one self-contained HTML page, for one kind of assessment or all.

    The questionnaire is taken as published; its terms are worded here.
    """
    return template("workbook.html.jinja").render(book=workbook(questionnaire, facts))


def direction(text: str) -> str:
    """Return "rtl" when the first letter with a direction is written right to left, else "ltr"."""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return "rtl" if next((each for each in strong if each in STRONG), "L") != "L" else "ltr"


def breakable(text: str) -> str:
    """Return text whose endless words may be broken, by marks that are neither seen nor copied.

    Without them the PDF is right too, but one word of 10,000 letters takes seconds to lay out.
    """
    return ENDLESS.sub(lambda word: EVERY_FEW.sub(rf"\g<0>{MAY_BREAK}", word[0]), text)


def _running(report: Report) -> str:
    employer = words.shortened(report.cover.employer, LONGEST_IN_HEADER)
    return f"{employer}, {report.cover.service}"


def template(name: str) -> jinja2.Template:
    """Return a template of `report_templates/`; everything given to it is escaped."""
    return _environment().get_template(name)


@cache
def _environment() -> jinja2.Environment:
    folder = resources.folder("report_templates")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
    )
    environment.filters["direction"] = direction
    environment.filters["breakable"] = breakable
    environment.globals["level_steps"] = cache(charts.level_steps)
    for name, file in (("style", "print.css"), ("plan_style", "plan.css")):
        style = (folder / file).read_text(encoding="utf-8")
        environment.globals[name] = Markup(style)  # noqa: S704 - our own file
    return environment
