"""The teams of made-up employers: who works in them, how full they are, what was done about it."""

from __future__ import annotations

from dataclasses import dataclass

from healthcheck.core.workload.decisions import Kind
from healthcheck.services.demonstration.country import ADULTS, CHILDRENS

COUNTED = (-97, -66, -36, -6)
"""The days on which teams are counted, from today."""
SET_UP = -100
DAYS_TO_ANSWER = 7

MANAGER, ADULTS_MANAGER = "manager", "adults-manager"
PRACTITIONER = "practitioner"
LEAD, OFFICER = "lead", "officer"
NOBODY = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A worker: `loads` are per cent of their capacity at each count, 0 while they are not there.

    `protected` are hours a week with the reason; `mailbox` is that of an account of theirs.
    """

    name: str
    grade: str
    hours: str
    loads: tuple[int, int, int, int]
    newly_qualified: bool = False
    protected: tuple[int, str] | None = None
    mailbox: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A team: `mix` are the kinds of its cases, by how often they come; `waiting` has nobody yet.

    `capacity` is what a full-time worker can carry in the points of `counting.SORTS`.
    """

    house: str
    name: str
    service: str
    schemes: tuple[str, ...]
    manager: str
    mix: tuple[str, ...]
    waiting: tuple[int, int, int, int]
    members: tuple[Member, ...]
    capacity: int = 100


SENIOR, SOCIAL_WORKER, FIRST_YEAR = "Senior", "Social worker", "Social worker, first year"
UNION = (4, "Union duties")
STUDENT = (4, "Teaches a student")
RETURNS = (7, "Returns in steps after illness")

GROUPS = (
    Group(
        "northmere", "Assessment East", CHILDRENS, ("contracted-hours", "simple-count"), MANAGER,
        ("child-in-need", "child-protection", "child-in-need", "child-looked-after"), (2, 3, 2, 3),
        (
            Member("Deepa N", SENIOR, "37", (97, 99, 98, 99), protected=STUDENT),
            Member("Marcus O", SOCIAL_WORKER, "37", (93, 96, 99, 98)),
            Member("Ffion R", SOCIAL_WORKER, "22.2", (88, 92, 90, 91)),
            Member("Jamal W", SOCIAL_WORKER, "37", (104, 102, 99, 98)),
            Member("Tess A", FIRST_YEAR, "37", (0, 70, 84, 93), newly_qualified=True),
            Member("Colm D", SOCIAL_WORKER, "37", (99, 98, 101, 106)),
            Member("Rhiannon P", SOCIAL_WORKER, "30", (85, 91, 92, 94), protected=UNION),
            Member("Sanjay K", SOCIAL_WORKER, "37", (96, 95, 97, 99)),
        ),
    ),
    Group(
        "northmere", "Safeguarding and Court", CHILDRENS,
        ("contracted-hours", "hours-planner", "ne-london-points"), MANAGER,
        ("child-protection", "court-proceedings", "child-looked-after", "child-protection"),
        (1, 2, 4, 5),
        (
            Member("Hannah Lister", SOCIAL_WORKER, "37", (96, 99, 105, 109), mailbox=PRACTITIONER),
            Member("Adaeze I", SENIOR, "37", (101, 104, 113, 118), protected=STUDENT),
            Member("Piotr Z", SOCIAL_WORKER, "37", (98, 108, 114, 119)),
            Member("Lorna M", SOCIAL_WORKER, "37", (112, 116, 107, 97)),
            Member("Yusuf B", SOCIAL_WORKER, "29.6", (94, 97, 99, 103)),
            Member("Carys E", FIRST_YEAR, "37", (62, 74, 88, 99), newly_qualified=True),
            Member("Dominic F", SOCIAL_WORKER, "37", (97, 98, 0, 0)),
            Member("Nuala G", SOCIAL_WORKER, "37", (93, 99, 112, 116)),
            Member("Bridget S", SOCIAL_WORKER, "18.5", (90, 94, 104, 99), protected=RETURNS),
        ),
    ),
    Group(
        "northmere", "Hospital and Reviews", ADULTS,
        ("contracted-hours", "eligibility", "psychosocial-severity"), ADULTS_MANAGER,
        ("adult-assessment", "adult-review", "adult-safeguarding", "adult-review"), (6, 8, 9, 7),
        (
            Member("Olivia T", SENIOR, "37", (99, 97, 98, 97)),
            Member("Kofi A", SOCIAL_WORKER, "37", (96, 105, 109, 99)),
            Member("Meera J", SOCIAL_WORKER, "30", (91, 93, 94, 90)),
            Member("Stuart L", SOCIAL_WORKER, "37", (99, 103, 108, 104)),
            Member("Grainne C", FIRST_YEAR, "37", (0, 0, 66, 82), newly_qualified=True),
            Member("Tomasz H", SOCIAL_WORKER, "37", (102, 107, 115, 117)),
        ),
    ),
    Group(
        "harrowdale", "Family Support North", CHILDRENS, ("contracted-hours", "simple-count"),
        MANAGER, ("child-in-need", "child-in-need", "child-protection", "care-leaver"),
        (9, 7, 4, 2),
        (
            Member("Aisha M", SENIOR, "37", (118, 112, 104, 98)),
            Member("Ben T", SOCIAL_WORKER, "37", (121, 113, 106, 99)),
            Member("Clodagh W", SOCIAL_WORKER, "37", (109, 108, 99, 97)),
            Member("Ravi S", SOCIAL_WORKER, "22.2", (114, 106, 98, 92)),
            Member("Esme D", FIRST_YEAR, "37", (0, 71, 86, 94), newly_qualified=True),
            Member("Jordan P", SOCIAL_WORKER, "37", (112, 104, 97, 93)),
            Member("Zainab H", SOCIAL_WORKER, "37", (0, 0, 82, 91), protected=UNION),
        ),
    ),
    Group(
        "harrowdale", "Learning Disability", ADULTS, ("contracted-hours", "priority-factors"),
        MANAGER, ("adult-review", "adult-assessment", "adult-assessment", "adult-safeguarding"),
        (4, 5, 5, 6),
        (
            Member("Gareth N", SENIOR, "37", (94, 97, 98, 99)),
            Member("Pippa L", SOCIAL_WORKER, "37", (97, 99, 104, 106)),
            Member("Imran Q", SOCIAL_WORKER, "37", (89, 93, 92, 96)),
            Member("Roisin B", SOCIAL_WORKER, "18.5", (99, 92, 97, 90)),
            Member("Dan V", SOCIAL_WORKER, "37", (93, 94, 99, 97)),
            Member("Saoirse K", FIRST_YEAR, "37", (78, 85, 90, 95), newly_qualified=True),
        ),
    ),
    Group(
        "sorravoe", "North Isles", ADULTS, ("contracted-hours", "simple-count"), LEAD,
        ("adult-assessment", "adult-review", "adult-review", "adult-safeguarding"), (1, 0, 2, 1),
        (
            Member("Kirsten L", SENIOR, "35", (92, 94, 95, 97)),
            Member("Magnus E", SOCIAL_WORKER, "35", (96, 99, 98, 99)),
            Member("Ruth I", SOCIAL_WORKER, "28", (83, 88, 90, 93)),
            Member("Davie T", SOCIAL_WORKER, "35", (99, 97, 101, 98)),
            Member("Una F", FIRST_YEAR, "35", (60, 72, 81, 88), newly_qualified=True),
            Member("Sigrid M", SOCIAL_WORKER, "17.5", (90, 90, 99, 99), protected=UNION),
            Member("Ally B", SOCIAL_WORKER, "35", (88, 93, 92, 95)),
            Member("Josie H", SOCIAL_WORKER, "35", (104, 102, 99, 98)),
        ),
    ),
    Group(
        "sorravoe", "South Mainland", ADULTS, ("contracted-hours", "simple-count"), LEAD,
        ("adult-review", "adult-assessment", "adult-safeguarding", "adult-assessment"),
        (2, 2, 3, 3),
        (
            Member("Anders P", SENIOR, "35", (96, 97, 99, 98), protected=STUDENT),
            Member("Mhairi C", SOCIAL_WORKER, "35", (94, 98, 103, 107)),
            Member("Lewis G", SOCIAL_WORKER, "35", (91, 92, 96, 97)),
            Member("Astrid W", SOCIAL_WORKER, "28", (95, 93, 97, 99)),
            Member("Callan R", SOCIAL_WORKER, "35", (89, 94, 95, 99)),
            Member("Ishbel D", SOCIAL_WORKER, "35", (102, 99, 97, 96)),
            Member("Euan S", SOCIAL_WORKER, "21", (88, 84, 92, 96)),
            Member("Freya N", FIRST_YEAR, "35", (0, 64, 77, 90), newly_qualified=True),
        ),
    ),
    Group(
        "ostlergrove", "Supervising Social Workers", CHILDRENS,
        ("simple-count", "weighted-case-limit"), LEAD,
        ("active-carer", "active-carer-three-placements", "active-carer", "inactive-carer"),
        (0, 1, 1, 0),
        (
            Member("Verity C", SENIOR, "37", (92, 96, 100, 104)),
            Member("Leon G", SOCIAL_WORKER, "37", (84, 88, 92, 96)),
            Member("Mags R", SOCIAL_WORKER, "22.2", (76, 90, 90, 96)),
            Member("Andile F", SOCIAL_WORKER, "37", (96, 100, 112, 116)),
            Member("Isla W", SOCIAL_WORKER, "37", (0, 58, 73, 88)),
            Member("Oskar J", SOCIAL_WORKER, "30", (85, 95, 95, 95)),
        ),
        capacity=13,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision in a team about a worker, or about the team as a whole; days are from today."""

    house: str
    team: str
    worker: str
    by: str
    on: int
    kind: Kind
    what: str
    review: int
    owner: str
    until: int | None = None
    reason: str = ""


VERDICTS = (
    Verdict(
        "northmere", "Safeguarding and Court", "Lorna M", MANAGER, -64, Kind.REALLOCATE,
        "Two families in proceedings move to the other court worker by the end of the month.",
        -36, MANAGER,
    ),
    Verdict(
        "northmere", "Safeguarding and Court", "Piotr Z", MANAGER, -34, Kind.DUTIES,
        "No duty weeks until the two hearings are over.", -12, MANAGER,
    ),
    Verdict(
        "northmere", "Safeguarding and Court", NOBODY, LEAD, -4, Kind.STAFF,
        "Fill the post that has been empty since the summer, with an agency worker until then.",
        21, MANAGER,
    ),
    Verdict(
        "northmere", "Hospital and Reviews", "Tomasz H", ADULTS_MANAGER, -5, Kind.CLOSE,
        "Go through the open cases together and close those that only wait for a letter.",
        14, ADULTS_MANAGER,
    ),
    Verdict(
        "northmere", "Hospital and Reviews", "Stuart L", ADULTS_MANAGER, -5, Kind.ACCEPT, "",
        18, ADULTS_MANAGER, until=20,
        reason="Two discharges are planned for the coming fortnight, and nothing new is given"
        " before that.",
    ),
    Verdict(
        "harrowdale", "Learning Disability", "Pippa L", MANAGER, -4, Kind.REALLOCATE,
        "One safeguarding enquiry moves to a colleague who has room.", 16, MANAGER,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Complaint:
    """A report of an excessive caseload; without `who` it has no name, and nobody can tell.

    `answers` are each a day, whose it is and what will change; `again` is the day on which its
    maker said that the first did not help, and why.
    """

    house: str
    team: str
    who: str
    on: int
    problem: str
    wish: str
    answers: tuple[tuple[int, str, str], ...] = ()
    again: tuple[int, str] | None = None


COMPLAINTS = (
    Complaint(
        "northmere", "Safeguarding and Court", PRACTITIONER, -58,
        "I have three care proceedings with hearings in the same fortnight, and I write statements"
        " at home at night.",
        "One of the three should have a second worker until the hearings are over.",
        (
            (-53, MANAGER, "You are off the duty rota for four weeks."),
            (-41, MANAGER, "A colleague shares one of the three, and goes to its hearing."),
        ),
        again=(-46, "There was no duty in those weeks anyway, so nothing has changed."),
    ),
    Complaint(
        "northmere", "Safeguarding and Court", NOBODY, -17,
        "Since a colleague left, all of us carry more than was agreed, and cases still come in.",
        "Stop new work for two weeks, or bring somebody in.",
    ),
    Complaint(
        "northmere", "Assessment East", NOBODY, -5,
        "Visits are done on the last possible day, and supervision was put off twice.",
        "Supervision should go ahead whatever happens.",
    ),
    Complaint(
        "northmere", "Safeguarding and Court", PRACTITIONER, -3,
        "My caseload has been above the agreed level for two months now, with two new child"
        " protection plans last week.",
        "No new case until I am below the level again.",
    ),
    Complaint(
        "northmere", "Hospital and Reviews", NOBODY, -44,
        "Reviews are given out on top of a full list of discharges.",
        "Count a review as work.",
        ((-40, ADULTS_MANAGER, "Reviews count from this month, like every other case."),),
    ),
)  # fmt: skip

BENCHMARKS = (
    ("northmere", -3, "Agreed with practitioners and the union, and looked at again every spring."),
    ("ostlergrove", -30, "Carers can ask us at any time how many others their worker supports."),
)
"""The employers that publish their safe levels, on which day, and what they say beside them."""

FILLED = (("sorravoe", ADULTS, -2),)
"""The newest health checks whose figures are filled from the snapshots, and when."""
