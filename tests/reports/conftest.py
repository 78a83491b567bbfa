"""PDFs that several tests read, each made once."""

from __future__ import annotations

import pytest

from healthcheck.core.answers import Answer
from healthcheck.reports import pdf
from healthcheck.reports.html import page
from healthcheck.reports.view_model import report
from tests.core.build import journey, questionnaire, rating

from . import made


@pytest.fixture(scope="session", name="full")
def full_report() -> bytes:
    return made.full_pdf()


@pytest.fixture(scope="session", name="pages")
def pages_of_full_report(full: bytes) -> list[str]:
    return made.pages_of(full)


@pytest.fixture(scope="session", name="typed")
def report_with_every_kind_of_writing() -> bytes:
    asked = questionnaire(*(rating(each) for each in "abcdef"))
    hostile = '<script>x</script> <img src="file:///etc/passwd"> <link rel=attachment href=x>'
    values = {
        "a": Answer(1, evidence=made.LONG),
        "b": Answer(2, evidence=made.UNBROKEN, links=("https://a.example/" + "x" * 1900,)),
        "c": Answer(3, evidence=f"{made.ARABIC}\n\n{made.HEBREW}"),
        "d": Answer(1, evidence=made.WELSH),
        "e": Answer(1, evidence=made.EMOJI),
        "f": Answer(1, evidence=hostile),
    }
    return pdf.render(page(report(made.SUBJECT, asked, journey(asked, values))))
