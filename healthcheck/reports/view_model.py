"""The whole report, pure: answers in, every word and number out.

The Results page, the PDF and the command line read this same value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.facts import EMPLOYER_TYPES, NATIONS, service_title
from healthcheck.core.scoring import score
from healthcheck.reports import view_lists, words
from healthcheck.reports.parts import Cover, Figures, Subject, Summary
from healthcheck.reports.view_last_year import last_year
from healthcheck.reports.view_plan import effects, plan_part
from healthcheck.reports.view_questions import Sources, pointers, topic_rows
from healthcheck.reports.view_scores import area_reports, overall_score
from healthcheck.reports.view_scoring import scoring

if TYPE_CHECKING:
    from healthcheck.core.journey import Journey
    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.reports.back_matter import Lists, Scoring, SuggestedAction
    from healthcheck.reports.parts import AreaReport, Finding, Score, SignOff
    from healthcheck.reports.view_last_year import Earlier, LastYear
    from healthcheck.reports.view_plan import Effect, Planned, PlanPart

__all__ = ["Report", "Subject", "report"]

ALL_FINDINGS = "All strengths and areas for improvement"


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a report says.

    `actions` are those that the questionnaire suggests; `plan` is what the employer made of them,
    None where nothing was decided yet. `effects` says which actions of last year's plan moved a
    rating and which did not.
    """

    title: str
    edition: str
    about: tuple[str, ...]
    source: tuple[str, ...]
    source_in_short: str
    cover: Cover
    summary: Summary
    areas: tuple[AreaReport, ...]
    figures: Figures | None
    strengths: tuple[Finding, ...]
    improvements: tuple[Finding, ...]
    actions: tuple[SuggestedAction, ...]
    lists: Lists
    scoring: Scoring
    sign_off: SignOff | None = None
    last_year: LastYear | None = None
    plan: PlanPart | None = None
    effects: tuple[Effect, ...] = ()


def report(
    subject: Subject,
    questionnaire: Questionnaire,
    journey: Journey,
    earlier: Earlier | None = None,
    planned: Planned | None = None,
) -> Report:
    """Return the report of one assessment, beside an earlier one where there is one.

    `planned` is its plan, where there is one. `questionnaire` is the one worded for the subject's
    facts that `journey` was walked on.
    """
    sources = Sources(questionnaire, journey, subject.facts, pointers(questionnaire))
    scorecard = score(questionnaire, journey)
    strengths = view_lists.strengths(sources, scorecard)
    improvements = view_lists.improvements(sources, scorecard)
    suggested = view_lists.actions(sources, scorecard)
    then = last_year(earlier, sources, subject.cycle) if earlier else None
    return Report(
        title=questionnaire.title,
        edition=questionnaire.edition,
        about=words.paragraphs(questionnaire.about),
        source=words.paragraphs(questionnaire.source),
        source_in_short=words.opening(questionnaire.source),
        cover=cover(subject),
        summary=_summary(overall_score(sources, scorecard), strengths, improvements),
        areas=area_reports(sources, scorecard),
        figures=_figures(sources),
        strengths=strengths,
        improvements=improvements,
        actions=suggested,
        lists=view_lists.lists(sources, scorecard),
        scoring=scoring(sources),
        sign_off=subject.sign_off,
        last_year=then,
        plan=plan_part(subject, sources, planned, suggested) if planned else None,
        effects=effects(earlier, then, questionnaire) if earlier and then else (),
    )


def cover(subject: Subject) -> Cover:
    """Return what the cover says."""
    facts = subject.facts
    return Cover(
        employer=subject.employer,
        employer_type=EMPLOYER_TYPES[facts.employer_type],
        nation=NATIONS[facts.nation],
        service=service_title(facts.service),
        cycle=subject.cycle,
        reference=subject.reference,
        status="Signed off" if subject.signed_off else "Draft, not signed off",
        is_draft=not subject.signed_off,
        date_of="Date" if subject.signed_off else "Answers as of",
        date=words.day(subject.as_at),
        date_iso=subject.as_at.isoformat(),
    )


def _summary(
    overall: Score, strengths: tuple[Finding, ...], improvements: tuple[Finding, ...]
) -> Summary:
    best, worst = view_lists.first(strengths), view_lists.first(improvements)
    return Summary(
        score=overall,
        strengths=best,
        strengths_note=view_lists.note(len(best), len(strengths), "a strength", ALL_FINDINGS),
        improvements=worst,
        improvements_note=view_lists.note(
            len(worst), len(improvements), "an area for improvement", ALL_FINDINGS
        ),
    )


def _figures(sources: Sources) -> Figures | None:
    section = sources.questionnaire.figures
    if section is None:
        return None
    return Figures(
        section.title,
        words.paragraphs(section.about),
        topic_rows(sources, section),
        view_lists.left(sources, section),
    )
