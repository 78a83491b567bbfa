"""The part of a page that shows one question, drawn once for all that it shows.

A block depends on the question in its words, what is saved for it or was answered last year, and
what the reader may do; on nothing else. A page has up to five, and most stay the same from one
visit to the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app, get_template_attribute

from healthcheck.core.questionnaires import Calculated
from healthcheck.web.forms.questions import TopicForm

if TYPE_CHECKING:
    from collections.abc import Hashable

    from flask import Flask
    from markupsafe import Markup

    from healthcheck.core.carrying import LastAnswers
    from healthcheck.core.questionnaires import Question
    from healthcheck.web.topic_pages import TopicPage

TEMPLATE = "topics/question.html"
EXTENSION = "healthcheck.question_blocks"
MOST_KEPT = 3000
"""Blocks kept in each process, of about 10 kB each; when there are more, they begin anew."""
LONGEST_KEPT = 50_000
"""Characters of a block worth keeping; a longer one holds a draft far over the limit."""


def register(app: Flask) -> None:
    """Give the application a place for the blocks it has drawn."""
    app.extensions[EXTENSION] = {}


def question_block(page: TopicPage, question: Question) -> Markup:
    """Return the part of a topic's page that shows one question."""
    refused = page.refused_files.get(question.id, ())
    if refused or isinstance(question, Calculated):
        return _drawn(page, question)
    kept = cast("dict[Hashable, Markup]", current_app.extensions[EXTENSION])
    key = _all_it_shows(page, question)
    block = kept.get(key)
    if block is None:
        block = _drawn(page, question)
        if len(kept) >= MOST_KEPT:
            kept.clear()
        if len(block) <= LONGEST_KEPT:
            kept[key] = block
    return block


def figure_block(page: TopicPage, question: Calculated) -> Markup:
    """Return what shows a figure that is worked out from others."""
    return cast("Markup", get_template_attribute(TEMPLATE, "calculated")(question, page))


def _all_it_shows(page: TopicPage, question: Question) -> Hashable:
    opened = page.opened
    files = opened.attachments.get(question.id, ())
    return (
        opened.questionnaire.id,
        opened.questionnaire.edition,
        opened.assessment.facts,
        question.id,
        opened.saved.get(question.id),
        opened.problems.get(question.id),
        files and (opened.assessment.id, files),
        opened.may_answer,
        opened.journey[question.id].is_visible,
        opened.last and _last(opened.last, question),
    )


def _last(last: LastAnswers, question: Question) -> Hashable:
    """Return all that is shown of last year's answer."""
    carried = last.carried.get(question.id)
    return carried and (last.assessment_id, last.cycle, last.questionnaire.edition, carried)


def _drawn(page: TopicPage, question: Question) -> Markup:
    opened = page.opened
    form = TopicForm((question,), opened.saved, opened.problems)
    refused = page.refused_files.get(question.id, ())
    draw = get_template_attribute(TEMPLATE, "block")
    return cast("Markup", draw(question, page, form, opened, refused))
