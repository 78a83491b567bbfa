"""The lists of a report: strengths, areas for improvement, actions, evidence and what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.journey import Visibility, lacks_evidence
from healthcheck.reports import words
from healthcheck.reports.back_matter import EvidenceItem, Lists, SetAside, SuggestedAction
from healthcheck.reports.notes import is_left, is_needed
from healthcheck.reports.parts import File, Finding
from healthcheck.reports.view_questions import level_of
from healthcheck.reports.view_working import level_words

if TYPE_CHECKING:
    from healthcheck.core.journey import Standing
    from healthcheck.core.questionnaires import Area, Improvement, Question
    from healthcheck.core.scoring import Earned, Scorecard
    from healthcheck.reports.parts import Pointer
    from healthcheck.reports.view_questions import Sources

MOST_ON_SUMMARY = 5
FEWEST_ON_SUMMARY = 3
LETTERS_A_LINE = 105
LINES_ON_SUMMARY = 9


def strengths(sources: Sources, scorecard: Scorecard) -> tuple[Finding, ...]:
    """Return every strength as a sentence, the one that counts most first."""
    return tuple(_strength(sources, each.question) for each in scorecard.strengths)


def improvements(sources: Sources, scorecard: Scorecard) -> tuple[Finding, ...]:
    """Return every area for improvement as a sentence, the one that costs most first."""
    return tuple(_improvement(sources, each) for each in scorecard.improvements)


def first(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings for the summary: five, or as few as three where they are long."""
    shown = findings[:MOST_ON_SUMMARY]
    while len(shown) > FEWEST_ON_SUMMARY and sum(map(_lines, shown)) > LINES_ON_SUMMARY:
        shown = shown[:-1]
    return shown


def note(shown: int, found: int, kind: str, where: str) -> str:
    """Return a sentence on how many of the findings a summary shows, blank when it shows all."""
    if not found:
        return f"No answer counts as {kind} yet."
    if shown == found:
        return ""
    return f"The first {shown} of {found:,}. All of them are under {words.quoted(where)}."


def actions(sources: Sources, scorecard: Scorecard) -> tuple[SuggestedAction, ...]:
    """Return a suggested action for each area for improvement, in the same order."""
    found = ((each.question, _advice(sources, each.question)) for each in scorecard.improvements)
    return tuple(
        SuggestedAction(
            question=sources.pointers[question.id],
            level=level_words(sources, question),
            finding=advice.finding,
            quick_win=advice.quick_win,
            longer_step=advice.longer_step,
            owner=advice.owner,
            when=words.capital(words.within(advice.days)),
            measure=advice.measure,
        )
        for question, advice in found
        if advice is not None
    )


def lists(sources: Sources, scorecard: Scorecard) -> Lists:
    """Return the lists at the end of a report; hidden questions are in none of them."""
    asked = [each for each in sources.journey.values() if each.visibility is not Visibility.HIDDEN]
    return Lists(
        evidence=tuple(
            _evidence_item(sources, each)
            for each in asked
            if each.answer.links or each.answer.attachments
        ),
        evidence_missing=tuple(_pointer(sources, each) for each in asked if lacks_evidence(each)),
        unanswered=tuple(sources.pointers[each] for each in scorecard.unanswered),
        undetermined=tuple(
            _pointer(sources, each)
            for each in asked
            if each.visibility is Visibility.UNDETERMINED and is_needed(each.question)
        ),
        not_applicable=tuple(
            SetAside(_pointer(sources, each), words.paragraphs(each.answer.not_applicable or ""))
            for each in asked
            if each.is_not_applicable
        ),
    )


def left(sources: Sources, section: Area) -> str:
    """Return a sentence that names the questions of a section still to answer; blank for none."""
    numbers = [
        sources.pointers[each.id].number
        for each in section.questions
        if is_left(sources.journey[each.id])
    ]
    if not numbers:
        return ""
    one = "question is not answered yet"
    said = words.count(len(numbers), one, "questions are not answered yet")
    where = "It is" if len(numbers) == 1 else "They are"
    return f"{said}: {words.listed(numbers)}. {where} listed at the end."


def _lines(finding: Finding) -> int:
    return 1 + len(finding.sentence) // LETTERS_A_LINE


def _pointer(sources: Sources, standing: Standing) -> Pointer:
    return sources.pointers[standing.question.id]


def _strength(sources: Sources, question: Question) -> Finding:
    sentence = question.text
    if lacks_evidence(sources.journey[question.id]):
        sentence = f"{sentence.removesuffix('.')} (no evidence given yet)."
    return Finding(sources.pointers[question.id], sentence, level_words(sources, question))


def _improvement(sources: Sources, earned: Earned) -> Finding:
    question = earned.question
    level = level_words(sources, question)
    advice = _advice(sources, question)
    sentence = advice.finding if advice else f"{words.quoted(question.text)}: {level}."
    return Finding(sources.pointers[question.id], sentence, level)


def _advice(sources: Sources, question: Question) -> Improvement | None:
    value = sources.journey[question.id].value
    level = level_of(sources.questionnaire, question, value)
    return None if level is None else question.improve.get(level.number)


def _evidence_item(sources: Sources, standing: Standing) -> EvidenceItem:
    answer = standing.answer
    return EvidenceItem(
        _pointer(sources, standing),
        answer.links,
        tuple(File(each.id, each.name, words.size(each.size)) for each in answer.attachments),
    )
