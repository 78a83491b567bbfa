"""The questionnaires an installation has: one folder a questionnaire, one file an edition.

A published file never changes; `digest` is how a stored assessment can tell. The folder `workload`
among them holds the workload schemes, and which question takes which figure of caseloads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.errors import NotFoundError
from healthcheck.core.wording import worded_for
from healthcheck.definitions import checks, reading, workload_figures, workload_files
from healthcheck.definitions.problems import (
    FaultyDefinitionsError,
    Problem,
    both,
    in_order,
    shown,
)
from healthcheck.definitions.questionnaire_files import read_questionnaire, understand
from healthcheck.definitions.workload_files import Schemes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from healthcheck.core.facts import Facts
    from healthcheck.core.questionnaires import Questionnaire
    from healthcheck.core.workload.figures import Filling
    from healthcheck.definitions.reading import Document

MOST_WORDED = 64
Edition = tuple[str, str]
"""A questionnaire's id and its edition."""


class Library:
    """Every questionnaire of a folder, checked, by id and edition; and the workload schemes.

    `fillings` say which questions take figures of caseloads, by the questionnaire's id.
    """

    def __init__(
        self,
        entries: Mapping[Edition, tuple[Questionnaire, str]],
        schemes: Schemes | None = None,
        fillings: Mapping[str, Filling] | None = None,
    ) -> None:
        self.schemes = schemes or Schemes()
        self.fillings = fillings or {}
        self._entries = dict(sorted(entries.items()))
        self._worded: dict[tuple[Edition, Facts], Questionnaire] = {}

    def get(self, questionnaire_id: str, edition: str) -> Questionnaire:
        """Return a questionnaire; raises NotFoundError."""
        return self._entry(questionnaire_id, edition)[0]

    def digest(self, questionnaire_id: str, edition: str) -> str:
        """Return the SHA-256 of the edition's file, in hexadecimal; raises NotFoundError."""
        return self._entry(questionnaire_id, edition)[1]

    def editions(self) -> tuple[Edition, ...]:
        """Return every (id, edition) there is, in order."""
        return tuple(self._entries)

    def newest(self, questionnaire_id: str) -> str:
        """Return the newest edition there is of a questionnaire; raises NotFoundError."""
        editions = [has for name, has in self._entries if name == questionnaire_id]
        newest = max(editions, default="")
        return self._entry(questionnaire_id, newest)[0].edition

    def worded(self, questionnaire_id: str, edition: str, facts: Facts) -> Questionnaire:
        """Return a questionnaire in the words of an assessment's facts; raises NotFoundError."""
        key = ((questionnaire_id, edition), facts)
        worded = self._worded.get(key)
        if worded is None:
            worded = worded_for(self.get(questionnaire_id, edition), facts)
            if len(self._worded) >= MOST_WORDED:
                self._worded.clear()
            self._worded[key] = worded
        return worded

    def _entry(self, questionnaire_id: str, edition: str) -> tuple[Questionnaire, str]:
        if (questionnaire_id, edition) in self._entries:
            return self._entries[questionnaire_id, edition]
        editions = [has for name, has in self._entries if name == questionnaire_id]
        if editions:
            raise NotFoundError(
                f"There is no edition {shown(edition)} of {questionnaire_id}. "
                f"Editions here: {both(editions)}."
            )
        known = list(dict.fromkeys(name for name, _ in self._entries))
        here = f"Questionnaires here: {both(known)}." if known else "There are none here."
        raise NotFoundError(f"There is no questionnaire {shown(questionnaire_id)}. {here}")


def load(folder: Path) -> Library:
    """Return the library of a folder.

    Raises FaultyDefinitionsError with every problem of every file, and when there is no file.
    """
    entries: dict[Edition, tuple[Questionnaire, str]] = {}
    earlier: dict[str, dict[str, None]] = {}
    problems: list[Problem] = []
    problems += _misplaced(folder)
    for path in _files(folder):
        document, found = reading.read(path)
        if document is not None:
            questionnaire, more = _filed(document, path)
            found = in_order([*found, *more])
            if questionnaire is not None:
                found = in_order([*found, *_renamed(questionnaire, document, earlier)])
                key = (questionnaire.id, questionnaire.edition)
                entries[key] = (questionnaire, document.digest)
        problems += found
    schemes, faults = workload_files.read_schemes(folder / workload_files.FOLDER)
    problems += faults
    read = [questionnaire for questionnaire, _ in entries.values()]
    path = folder / workload_files.FOLDER / workload_figures.FILE
    fillings, faults = ({}, ()) if problems else workload_figures.read_fills(path, read)
    problems += faults
    if not entries and not problems:
        problems.append(Problem(str(folder), 1, "There is no questionnaire in this folder."))
    if problems:
        raise FaultyDefinitionsError(problems)
    return Library(entries, schemes, fillings)


def check(path: Path) -> tuple[Problem, ...]:
    """Return every problem of one file, or of every definition in a folder."""
    if _is_fills(path):
        return _of_fills(path)
    if not path.is_dir():
        read = workload_files.read_scheme if _is_scheme(path) else read_questionnaire
        return read(path)[1]
    if path.name == workload_files.FOLDER:
        fills = path / workload_figures.FILE
        of_fills = _of_fills(fills) if any(_files(path.resolve().parent)) else ()
        return (*workload_files.read_schemes(path)[1], *of_fills)
    try:
        load(path)
    except FaultyDefinitionsError as faulty:
        return faulty.problems
    return ()


def _is_fills(path: Path) -> bool:
    inside = path.resolve().parent.name == workload_files.FOLDER
    return inside and path.name == workload_figures.FILE


def _of_fills(path: Path) -> tuple[Problem, ...]:
    """Return the problems of the file of figures, held against the questionnaires around it.

    A questionnaire that has problems of its own is not there to be filled.
    """
    read = [read_questionnaire(each)[0] for each in _files(path.resolve().parents[1])]
    sound = [each for each in read if each is not None]
    return workload_figures.read_fills(path, sound)[1]


def _is_scheme(path: Path) -> bool:
    """Say whether a file is a workload scheme: by its folder, or by what is in it."""
    document, _ = reading.read(path)
    inside = document is not None and workload_files.is_scheme(document)
    return inside or path.resolve().parent.name == workload_files.FOLDER


def _misplaced(folder: Path) -> Iterator[Problem]:
    """Yield a problem for each file that would otherwise be passed over without a word."""
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml"), *folder.glob("*/*.yml")]):
        stands = "a questionnaire stands at <its id>/<its edition>.yaml"
        if path.parent.name == workload_files.FOLDER:
            stands = "a workload scheme stands at workload/<its id>.yaml"
        sentence = f"This file is not read: {stands}."
        yield Problem(str(path), 1, sentence)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.glob("*/*.yaml")):
        if path.parent.name != workload_files.FOLDER:
            yield path


def _renamed(
    questionnaire: Questionnaire, document: Document, earlier: dict[str, dict[str, None]]
) -> tuple[Problem, ...]:
    """Return the problems of an edition's old ids, and count its questions among the earlier ones.

    The first edition there is may name old ids of editions that are not here.
    """
    before = earlier.setdefault(questionnaire.id, {})
    problems = tuple(checks.check_editions(questionnaire, document, before)) if before else ()
    before.update(dict.fromkeys(questionnaire.questions))
    return problems


def _filed(document: Document, path: Path) -> tuple[Questionnaire | None, tuple[Problem, ...]]:
    """Return what a document makes, with the problems of standing under another name."""
    questionnaire, problems = understand(document)
    named = [
        document.problem((key,), f"“{key}” is {shown(value)} but {what} is named {shown(name)}.")
        for key, what, name in (
            ("id", "the folder", path.parent.name),
            ("edition", "the file", path.stem),
        )
        if isinstance(value := document.data.get(key), str) and value.strip() != name
    ]
    return questionnaire, (*problems, *named)
