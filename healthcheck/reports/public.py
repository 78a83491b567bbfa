"""A report made fit for everybody: what was held back is not shown as if it were missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthcheck.reports.parts import AreaReport, SignOff, TopicRows
    from healthcheck.reports.view_model import Report


def for_everybody(report: Report) -> Report:
    """Return a report that says nothing of evidence that is missing: some is kept back."""
    return replace(
        report,
        areas=tuple(map(_area, report.areas)),
        lists=replace(report.lists, evidence=(), evidence_missing=()),
    )


def without_names(sign_off: SignOff, *, own_words: bool) -> SignOff:
    """Return a sign-off by its role alone; what was typed about consulting only when allowed."""
    if own_words:
        return replace(sign_off, name="")
    return replace(sign_off, name="", how=(), unions=())


def _area(area: AreaReport) -> AreaReport:
    return replace(area, topics=tuple(map(_topic, area.topics)))


def _topic(topic: TopicRows) -> TopicRows:
    rows = (replace(row, evidence=replace(row.evidence, missing="")) for row in topic.questions)
    return replace(topic, questions=tuple(rows))
