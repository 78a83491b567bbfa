"""The public status of cycles: who has done the health check, and nothing of what is in it.

Nobody need be signed in. Two queries a page, however many employers there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core import cycles as core
from healthcheck.core.accounts import Employer
from healthcheck.core.cycles import Stage
from healthcheck.core.errors import NotFoundError
from healthcheck.core.facts import EMPLOYER_TYPES, NATIONS
from healthcheck.core.public_status import Line, Status
from healthcheck.core.steps import public_word
from healthcheck.services.open_now import today
from healthcheck.storage import cycles as stored

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from healthcheck.core.cycles import Cycle
    from healthcheck.services.context import Context
    from healthcheck.storage.cycles import Standing

NOT_PUBLIC = "There is no such cycle, or it is not open yet."


@dataclass(frozen=True, slots=True)
class CycleLine:
    """One cycle of the public list: its questionnaire's title and where it is today."""

    cycle: Cycle
    title: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class CycleStatus:
    """The status of one cycle today; `lines` are those asked for, of `employers` in all."""

    cycle: Cycle
    title: str
    stage: Stage
    today: date
    lines: tuple[Line, ...]
    employers: int


def cycles(ctx: Context) -> tuple[CycleLine, ...]:
    """Return the cycles that have opened, the latest deadline first."""
    found = [_line(ctx, each) for each in stored.of_all(ctx.store)]
    return tuple(each for each in found if each.stage is not Stage.NOT_OPEN)


def status(
    ctx: Context, questionnaire: str, name: str, nation: str = "", employer_type: str = ""
) -> CycleStatus:
    """Return the status of every employer in a cycle, or of those of a nation or type.

    Raises NotFoundError when there is no such cycle, nation or type, or it has not opened.
    """
    if (nation and nation not in NATIONS) or (
        employer_type and employer_type not in EMPLOYER_TYPES
    ):
        raise NotFoundError("There is no nation or type of employer of that name.")
    cycle = stored.find(ctx.store, questionnaire, name)
    about = _line(ctx, cycle) if cycle else None
    if cycle is None or about is None or about.stage is Stage.NOT_OPEN:
        raise NotFoundError(NOT_PUBLIC)
    lines = _lines(stored.standings(ctx.store, cycle), today(ctx))
    wanted = tuple(
        line
        for line in lines
        if nation in {"", line.employer.nation}
        and employer_type in {"", line.employer.employer_type}
    )
    return CycleStatus(cycle, about.title, about.stage, today(ctx), wanted, len(lines))


def _line(ctx: Context, cycle: Cycle) -> CycleLine:
    title = ctx.library.get(cycle.questionnaire, cycle.edition).title
    return CycleLine(cycle, title, core.stage(cycle, today(ctx)))


def _lines(standings: tuple[Standing, ...], day: date) -> tuple[Line, ...]:
    found: dict[str, list[Standing]] = {}
    for each in standings:
        found.setdefault(each.employer_id, []).append(each)
    return tuple(_of_employer(of_one, day) for of_one in found.values())


def _of_employer(standings: Sequence[Standing], day: date) -> Line:
    one = standings[0]
    employer = Employer(one.employer_id, one.employer, one.nation, one.employer_type)
    statuses = {each.service: _status(each, day) for each in standings}
    return Line(employer, one.region, statuses, one.benchmark)


def _status(of: Standing, day: date) -> Status:
    is_overdue = core.is_overdue(of.state, of.due, day)
    return Status(public_word(of.state, is_overdue=is_overdue), of.address)
