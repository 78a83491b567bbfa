"""What was posted to open or change a cycle: three dates, and who is invited."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from healthcheck.core import cycles, typed
from healthcheck.core.cycles import Cycle
from healthcheck.core.facts import EMPLOYER_TYPES, EVERYONE, NATIONS, SERVICES, Audience

if TYPE_CHECKING:
    from datetime import date

    from werkzeug.datastructures import MultiDict

DATES = {"opens": "opens", "due": "is due", "closes": "closes"}
PARTS = ("day", "month", "year")
ALL, SOME, NOBODY = "all", "some", "nobody"
Parts = tuple[str, str, str]


@dataclass
class CycleForm:
    """What is on the page: each date as typed in three boxes, and every problem by its field."""

    edition: str = ""
    name: str = ""
    dates: dict[str, Parts] = field(default_factory=lambda: dict.fromkeys(DATES, ("", "", "")))
    invite: str = ALL
    nations: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)

    @property
    def audience(self) -> Audience | None:
        """Who is invited: everybody, those of some kinds, or, as None, nobody yet."""
        if self.invite == NOBODY:
            return None
        if self.invite == ALL:
            return EVERYONE
        return Audience(tuple(self.services), tuple(self.nations), tuple(self.types))

    def cycle(self) -> Cycle:
        """Return the cycle described; only when there is no problem."""
        questionnaire, _, edition = self.edition.partition("/")
        return Cycle(
            "",
            questionnaire,
            self.name,
            edition,
            self.days["opens"],
            self.days["due"],
            self.days["closes"],
        )


def of_cycle(cycle: Cycle) -> CycleForm:
    """Return the form with a cycle's dates in it."""
    days = {"opens": cycle.opens, "due": cycle.due, "closes": cycle.closes}
    return CycleForm(
        name=cycle.name,
        dates={
            name: (str(each.day), str(each.month), str(each.year)) for name, each in days.items()
        },
        days=days,
    )


def posted_dates(posted: MultiDict[str, str]) -> CycleForm:
    """Return the three dates as posted, with every problem of them."""
    form = CycleForm()
    for name, does in DATES.items():
        boxes = [posted.get(f"{name}.{part}", "").strip() for part in PARTS]
        form.dates[name] = (boxes[0], boxes[1], boxes[2])
        try:
            form.days[name] = typed.day(
                "-".join(each.replace("-", "") for each in boxes[::-1]), None, None
            )
        except typed.RefusedError as error:
            form.problems[name] = (
                str(error) if any(boxes) else f"Enter the day on which the cycle {does}."
            )
    if not form.problems:
        for problem in cycles.date_problems(*form.days.values()):
            form.problems.setdefault(problem.part, problem.message)
    return form


def posted(posted_form: MultiDict[str, str], editions: list[str]) -> CycleForm:
    """Return a whole new cycle as posted, with every problem of it."""
    form = posted_dates(posted_form)
    form.edition = posted_form.get("edition", "")
    form.name = posted_form.get("name", "").strip()
    form.invite = posted_form.get("invite", "")
    form.nations = [each for each in posted_form.getlist("nations") if each in NATIONS]
    form.types = [each for each in posted_form.getlist("types") if each in EMPLOYER_TYPES]
    form.services = [each for each in posted_form.getlist("services") if each in SERVICES]
    found = {
        "edition": "" if form.edition in editions else "Choose a questionnaire.",
        "name": cycles.name_problem(form.name),
        "invite": "" if form.invite in {ALL, SOME, NOBODY} else "Choose who is invited.",
    }
    form.problems = {name: said for name, said in found.items() if said} | form.problems
    return form
