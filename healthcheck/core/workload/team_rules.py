"""What a team's details must be: one rule and one wording for every way they come in."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from healthcheck.core.employers import NOT_SHOWN, same
from healthcheck.core.errors import SavedMeanwhileError, UnacceptableDetailsError
from healthcheck.core.facts import SERVICES
from healthcheck.core.people import tidy_name
from healthcheck.core.workload import clients, side_by_side
from healthcheck.core.workload.teams import LONGEST_NAME, MOST_SCHEMES, Team

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from healthcheck.core.workload.schemes import Scheme
    from healthcheck.core.workload.teams import TeamWorker

LONGEST_REASON = 500
LONGEST_WORKER = 60
LETTERS_OF_A_VERSION = 16


@dataclass(frozen=True, slots=True)
class Details:
    """A team's details as given; `managers` are ids of people."""

    name: str
    service: str
    schemes: tuple[str, ...]
    managers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """What there is to choose from; `names` are those of the employer's other teams."""

    names: Collection[str]
    services: Sequence[str]
    schemes: Mapping[str, Scheme]
    managers: Collection[str]


def details_of(team: Team) -> Details:
    """Return a team's details as they are saved."""
    managers = tuple(each.id for each in team.managers)
    return Details(team.name, team.service, team.scheme_ids, managers)


def version(of: Team | TeamWorker) -> str:
    """Return what tells whether a form shows a team, or one of its workers, as they are now."""
    said = astuple(details_of(of) if isinstance(of, Team) else of)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:LETTERS_OF_A_VERSION]


def require_current(now: Team | TeamWorker, wanted: Team | TeamWorker, based_on: str) -> None:
    """Raise SavedMeanwhileError when a change would overwrite what its form did not show.

    `based_on` is the version that the form showed, blank for a change without a form.
    """
    if now == wanted or based_on in {"", version(now)}:
        return
    what = "team" if isinstance(now, Team) else "worker"
    raise SavedMeanwhileError(f"Somebody changed this {what} after you opened it.")


def services(said: Iterable[str]) -> tuple[str, ...]:
    """Return the services to choose from: those an employer assesses, and the usual ones."""
    return tuple(dict.fromkeys((*said, *SERVICES)))


def problems(details: Details, offered: Offered) -> dict[str, str]:
    """Return a sentence for each detail that cannot be taken, by its name."""
    found = {
        "name": name_problem(details.name, offered.names),
        "service": "" if details.service in offered.services else "Choose the team’s service.",
        "schemes": _schemes_problem(details.schemes, offered.schemes),
        "managers": ""
        if set(details.managers) <= set(offered.managers)
        else "Choose people who have the role of a team manager here.",
    }
    return {part: sentence for part, sentence in found.items() if sentence}


def name_problem(name: str, others: Iterable[str]) -> str:
    """Return what is wrong with a team's name, nothing when it can be taken."""
    name = tidy_name(name)
    if not name:
        return "Enter the team’s name."
    if len(name) > LONGEST_NAME:
        return f"The team’s name can have up to {LONGEST_NAME} characters. This has {len(name)}."
    if NOT_SHOWN.search(name):
        return "The team’s name has a character in it that cannot be seen. Type it again."
    if same(name) in map(same, others):
        return "There is a team of that name already. Give this one another name."
    return ""


def reason(typed: str) -> str:
    """Return a reason, tidied. Raises UnacceptableDetailsError for none and a very long one."""
    tidied = typed.strip()
    if not tidied:
        raise UnacceptableDetailsError("Say why. The reason stays on the record.")
    if len(tidied) > LONGEST_REASON:
        raise UnacceptableDetailsError(
            f"The reason can have up to {LONGEST_REASON} characters. This has {len(tidied)}."
        )
    told = clients.refused(tidied, "a reason")
    if told:
        raise UnacceptableDetailsError(told)
    return tidied


def worker_name_problem(name: str) -> str:
    """Return what is wrong with a worker's name or initials, nothing when they can be taken."""
    name = tidy_name(name)
    if not name:
        return "Enter the worker’s name or initials."
    if len(name) > LONGEST_WORKER:
        return f"A worker’s name can have up to {LONGEST_WORKER} characters. This has {len(name)}."
    if NOT_SHOWN.search(name):
        return "The worker’s name has a character in it that cannot be seen. Type it again."
    told = clients.named_in(name)
    return f"A worker’s name cannot hold {told}. Write the worker, never a client." if told else ""


def worker_name(of: Team, worker: TeamWorker, typed: str) -> str:
    """Return a worker's new name. Raises UnacceptableDetailsError when it cannot be taken."""
    name = tidy_name(typed)
    problem = worker_name_problem(name)
    taken = {same(each.name) for each in of.workers if each.id != worker.id}
    if not problem and same(name) in taken:
        problem = f"There is a worker “{name}” in this team already. Give this one another name."
    if problem:
        raise UnacceptableDetailsError(problem)
    return name


def _schemes_problem(chosen: Sequence[str], offered: Mapping[str, Scheme]) -> str:
    if not chosen:
        return "Choose at least one scheme. The simple count is one."
    if not set(chosen) <= set(offered):
        return "Choose schemes from the list."
    if len(set(chosen)) > MOST_SCHEMES:
        return f"Choose up to {MOST_SCHEMES} schemes. More than that cannot be read side by side."
    return side_by_side.problem(each for name, each in offered.items() if name in chosen)
