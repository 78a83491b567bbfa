"""What points, bands and levels must hold for a score to mean what it says."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from healthcheck.core import questionnaires as q
from healthcheck.definitions.problems import either, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from healthcheck.definitions.checks.subject import Placed, Subject
    from healthcheck.definitions.problems import Problem

TOP_SCORE = 100


def check(subject: Subject) -> Iterator[Problem]:
    """Yield every problem of the scale, the bands, the roll-up and the questions' points."""
    yield from _scale(subject)
    yield from _bands(subject)
    yield from _roll_up(subject)
    for placed in subject.placed:
        yield from _essential(subject, placed)
        if isinstance(placed.question, q.Rating):
            yield from _descriptors(subject, placed, placed.question)
            yield from _improvements(subject, placed, placed.question)


def _scale(subject: Subject) -> Iterator[Problem]:
    problem, scale = subject.document.problem, subject.questionnaire.scale
    for index, (before, level) in enumerate(pairwise(scale), 1):
        if level.number <= before.number:
            sentence = f"Level {level.number} follows level {before.number}: levels must go up."
            yield problem(("scale", index, "level"), sentence)
        if level.points <= before.points:
            sentence = (
                f"Level {level.number} earns {level.points} points and level {before.number} "
                f"{before.points}: each level must earn more than the one before it."
            )
            yield problem(("scale", index, "points"), sentence)


def _bands(subject: Subject) -> Iterator[Problem]:
    problem, bands = subject.document.problem, subject.questionnaire.bands
    first = bands[0]
    if first.lowest > 0:
        gap = f"0 to {first.lowest - 1}" if first.lowest > 1 else "0"
        sentence = f"No band covers {gap}: the first band must be from 0, not {first.lowest}."
        yield problem(("bands", 0, "from"), sentence)
    for index, (before, band) in enumerate(pairwise(bands), 1):
        if band.lowest == before.lowest:
            sentence = f"{shown(band.name)} and {shown(before.name)} overlap: both are from"
            yield problem(("bands", index, "from"), f"{sentence} {band.lowest}.")
        if band.lowest < before.lowest:
            sentence = (
                f"{shown(band.name)} is from {band.lowest} and overlaps {shown(before.name)} "
                f"from {before.lowest}: bands must go up."
            )
            yield problem(("bands", index, "from"), sentence)
    for index, band in enumerate(bands):
        if not 0 <= band.lowest <= TOP_SCORE:
            sentence = f"“from” must be from 0 to {TOP_SCORE}, not {band.lowest}."
            yield problem(("bands", index, "from"), sentence)


def _roll_up(subject: Subject) -> Iterator[Problem]:
    problem, roll_up = subject.document.problem, subject.questionnaire.roll_up
    for key in ("strength_from", "improve_to"):
        share: Fraction = getattr(roll_up, key)
        if not 0 <= share <= 1:
            yield problem(("roll_up", key), f"“{key}” must be from 0 to 1, not {share}.")
    if roll_up.strength_from <= roll_up.improve_to:
        sentence = (
            f"“strength_from” ({roll_up.strength_from}) must be more than “improve_to” "
            f"({roll_up.improve_to}), or an answer could be both."
        )
        yield problem(("roll_up", "strength_from"), sentence)


def _essential(subject: Subject, placed: Placed) -> Iterator[Problem]:
    question, bands = placed.question, subject.questionnaire.bands
    named = shown(question.id)
    lower = either(band.name for band in bands[:-1])
    if question.essential and question.caps_at is None:
        sentence = f"{named} is essential and needs “caps_at”, the band it caps at"
        yield subject.problem(placed, "essential", f"{sentence}: {lower}.")
    if question.caps_at is not None and not question.essential:
        sentence = f"{named} has “caps_at” and is not essential: add “essential: true” or remove it"
        yield subject.problem(placed, "caps_at", f"{sentence}.")
    if question.caps_at == bands[-1].name:
        sentence = f"“caps_at” names the highest band, {shown(question.caps_at)}, so it caps"
        yield subject.problem(placed, "caps_at", f"{sentence} nothing. Allowed: {lower}.")
    if question.essential and not q.is_scored(question):
        sentence = f"{named} is essential and earns no points: add “score_when” or remove it."
        yield subject.problem(placed, "essential", sentence)
    lowest = subject.questionnaire.scale[0]
    if question.essential and isinstance(question, q.Rating) and lowest.points > 0:
        sentence = f"{named} is essential and always earns points, so it can never cap a band."
        yield subject.problem(placed, "essential", sentence)


def _descriptors(subject: Subject, placed: Placed, rating: q.Rating) -> Iterator[Problem]:
    levels = subject.questionnaire.levels
    for level in levels.values():
        if level.number not in rating.descriptors:
            sentence = f"{shown(rating.id)} has no descriptor for level {level.number}"
            yield subject.problem(placed, "descriptors", f"{sentence} ({level.name}).")
    yield from _off_the_scale(subject, placed, "descriptors", list(rating.descriptors))
    yield from _off_the_scale(subject, placed, "improve", list(rating.improve))
    guide = rating.evidence
    if guide and guide.required_from is not None and guide.required_from not in levels:
        sentence = f"“required_from” is level {guide.required_from}, which is not on the scale."
        place = (*placed.place, "evidence", "required_from")
        yield subject.document.problem(place, f"{sentence} Allowed: {either(levels)}.")


def _off_the_scale(
    subject: Subject, placed: Placed, key: str, written: list[int]
) -> Iterator[Problem]:
    levels = subject.questionnaire.levels
    for level in written:
        if level not in levels:
            sentence = f"“{key}” has level {level}, which is not on the scale."
            place = (*placed.place, key, str(level))
            yield subject.document.problem(place, f"{sentence} Allowed: {either(levels)}.")


def _improvements(subject: Subject, placed: Placed, rating: q.Rating) -> Iterator[Problem]:
    scale, limit = subject.questionnaire.scale, subject.questionnaire.roll_up.improve_to
    top = max(scale, key=lambda level: level.points)
    if top.number in rating.improve:
        sentence = f"“improve” has level {top.number}, the top level, where nothing is left to do."
        yield subject.document.problem((*placed.place, "improve", str(top.number)), sentence)
    for level in scale:
        weak = level is not top and level.points <= limit * top.points
        if weak and level.number not in rating.improve:
            sentence = (
                f"{shown(rating.id)} has no improvement text for level {level.number} "
                f"({level.name}): every level with up to {limit} of the points needs it"
                " under “improve”."
            )
            yield subject.problem(placed, "improve", sentence)
