"""What an export holds of one health check: answers, review, plan, files, versions and reports."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from healthcheck.services import accepted_reports, publications
from healthcheck.services.opening import open_one
from healthcheck.storage import (
    assessments,
    assigning,
    attachments,
    carried,
    consultations,
    plans,
    quarterly_reviews,
    reports,
    reviews,
    staff_page,
    versions,
)
from healthcheck.storage import export as stored
from healthcheck.storage import publications as stored_publications

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from healthcheck.core.assessments import Assessment
    from healthcheck.core.questionnaires import Question
    from healthcheck.services.archives import Archive
    from healthcheck.services.context import Context
    from healthcheck.storage.assessments import Found
    from healthcheck.storage.export import Earlier

FOLDER = "health-checks"
REPORTS = {accepted_reports.PREFIX: "accepted", publications.PREFIX: "published"}


def add_health_check(ctx: Context, assessment_id: str, files: Archive) -> None:
    """Write one health check, in a folder of its own."""
    found = assessments.find_for_anybody(ctx.store, assessment_id)
    if found is None:  # pragma: no cover - an assessment never goes
        return
    assessment = found.assessment
    name = f"{assessment.cycle} {assessment.service} {assessment.reference}"
    folder = (FOLDER, name)
    kept = _add_files(ctx, assessment_id, files, folder)
    files.add_values(*folder, "health-check.json", values=_health_check(ctx, found, kept))
    ledger = reviews.ledger(ctx.store, assessment_id).as_sent()
    files.add_values(*folder, "review.json", values=ledger)
    files.add_values(*folder, "improvement-plan.json", values=_plan(ctx, assessment_id))
    _add_versions(ctx, assessment_id, files, folder)
    for prefix, what in REPORTS.items():
        for key in stored.finished_reports(ctx.store, assessment_id, prefix):
            pdf = reports.pdf(ctx.store, key)
            files.add(*folder, "reports", f"{what} {assessment.reference}.pdf", content=pdf or b"")


def _add_files(
    ctx: Context, assessment_id: str, files: Archive, folder: tuple[str, ...]
) -> list[dict[str, object]]:
    """Write every file of evidence; return what is known of each, with its path."""
    return [
        {
            **asdict(each),
            "path": files.add(
                *folder,
                "files",
                each.question_id,
                each.name,
                content=attachments.content(ctx.store, each.sha256),
            ),
        }
        for each in stored.files_of(ctx.store, assessment_id)
    ]


def _health_check(ctx: Context, found: Found, kept: list[dict[str, object]]) -> dict[str, object]:
    opened, id_ = open_one(ctx, found), found.assessment.id
    questions = opened.questionnaire.questions
    topics = assigning.of(ctx.store, id_)
    last_year = carried.of(ctx.store, id_).get(id_)
    return {
        **_stands(found.assessment),
        "assigned": {topic: [each.name for each in held] for topic, held in topics.items()},
        "consultation": consultations.find(ctx.store, id_),
        "answers": {
            name: {"question": _text(questions, name), **asdict(saved)}
            for name, saved in opened.saved.items()
        },
        "files": kept,
        "publications": stored_publications.of(ctx.store, id_),
        "offered_from_last_year": None if last_year is None else asdict(last_year),
        "history": _history(stored.history_of(ctx.store, id_)),
    }


def _stands(assessment: Assessment) -> dict[str, object]:
    """Return what a health check is and where it stands; whose it is stands above."""
    return {
        name: value for name, value in asdict(assessment).items() if name not in {"id", "employer"}
    }


def _text(questions: Mapping[str, Question], question_id: str) -> str:
    return questions[question_id].text if question_id in questions else ""


def _history(earlier: Iterable[Earlier]) -> list[dict[str, object]]:
    return [{**asdict(each), "entry": asdict(assessments.decoded(each.entry))} for each in earlier]


def _plan(ctx: Context, assessment_id: str) -> dict[str, object]:
    plan = plans.plans_of(ctx.store, assessment_id)[assessment_id]
    changes = {each.reference: plans.history(ctx.store, each.id) for each in plan.actions}
    return {
        **asdict(plan),
        "history": changes,
        "quarterly_reviews": quarterly_reviews.of(ctx.store, assessment_id),
        "page_for_staff": {
            "lines": [*staff_page.lines(ctx.store, assessment_id).values()],
            "published": staff_page.of(ctx.store, assessment_id),
        },
    }


def _add_versions(
    ctx: Context, assessment_id: str, files: Archive, folder: tuple[str, ...]
) -> None:
    """Write what was submitted: the text that each fingerprint is of, and the PDF."""
    every = versions.of(ctx.store, assessment_id)
    for each in reversed(every):
        files.add(*folder, "versions", f"{each.number}.json", content=each.content.encode())
        pdf = versions.pdf(ctx.store, assessment_id, each.number)
        if pdf is not None:
            files.add(*folder, "versions", f"{each.number}.pdf", content=pdf)
    if every:
        about = [{**asdict(each), "content": f"{each.number}.json"} for each in reversed(every)]
        files.add_values(*folder, "versions", "versions.json", values=about)
