"""The made-up country: twenty employers, their people, and the people of BASW. None is real."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

CHILDRENS, ADULTS = "childrens", "adults"
BOTH = (CHILDRENS, ADULTS)


@dataclass(frozen=True, slots=True)
class House:
    """An employer: `key` is its part of e-mail addresses, `manner` names how it fares.

    `lead` and `officer` are names, `title` what the accountable officer signs as. `workers` is how
    many social workers each service has, in full-time equivalent.
    """

    key: str
    name: str
    nation: str
    employer_type: str
    region: str
    services: tuple[str, ...]
    manner: str
    teams: int
    workers: int
    lead: str
    officer: str
    title: str

    def mailbox(self, of: str) -> str:
        """Return an address there, such as that of its lead."""
        return f"{of}@{self.key}.example"


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person with an account: `house` is the key of their employer, None at BASW."""

    name: str
    email: str
    role: Role
    house: str | None


@dataclass(frozen=True, slots=True)
class Manner:
    """How an employer fares: its usual level in each area, and how that changes from year to year.

    `at_ease` is how low its vacancies and caseloads are, from 0 to 1.
    """

    areas: tuple[float, float, float, float, float]
    rise: float
    at_ease: float


MANNERS: Mapping[str, Manner] = {
    "strong": Manner((2.5, 2.3, 2.6, 2.5, 2.3), 0.15, 0.9),
    "steady": Manner((2.0, 1.9, 2.1, 2.0, 1.9), 0.1, 0.6),
    "rising": Manner((0.9, 0.8, 1.3, 1.1, 1.0), 0.65, 0.5),
    "slipping": Manner((2.3, 2.2, 2.2, 2.0, 2.1), -0.45, 0.3),
    "struggling": Manner((0.6, 0.7, 1.0, 0.9, 0.8), 0.2, 0.05),
    "caring": Manner((1.5, 1.2, 1.6, 2.7, 2.2), 0.1, 0.6),
    "well-equipped": Manner((1.4, 1.6, 2.8, 1.5, 1.8), 0.15, 0.5),
    "remote": Manner((1.9, 1.2, 0.9, 2.2, 2.0), 0.3, 0.4),
    "small": Manner((2.2, 1.5, 1.8, 2.3, 2.4), 0.2, 0.7),
}

E, W, S, N = "england", "wales", "scotland", "northern-ireland"
NHS, HSC = "nhs-trust", "hsc-trust"
HOUSES = (
    House("northmere", "Northmere Council", E, "council", "East Midlands", BOTH, "steady",
          11, 143, "Priya Shah", "Colin Ashworth", "Director of People"),
    House("southmere", "Southmere Health and Social Care Trust", N, HSC, "", BOTH, "caring",
          16, 236, "Aoife Quinn", "Declan McKeever", "Executive Director of Social Work"),
    House("aldersley", "Aldersley County Council", E, "council", "South East", BOTH, "strong",
          22, 388, "Margaret Boateng", "Helen Trevanion", "Director of Social Care"),
    House("portwexmoor", "Port Wexmoor City Council", E, "council", "South West", BOTH,
          "struggling", 10, 121, "Jack Penhale", "Yvonne Carlyle", "Director of Social Care"),
    House("harrowdale", "Harrowdale Metropolitan Borough Council", E, "council",
          "Yorkshire and The Humber", BOTH, "rising",
          14, 204, "Shazia Iqbal", "Peter Oldroyd", "Strategic Director of Social Care"),
    House("fenbrook", "London Borough of Fenbrook", E, "council", "London", BOTH, "slipping",
          15, 219, "Kwame Mensah", "Judith Levene", "Corporate Director"),
    House("stanmarsh", "Stanmarsh Borough Council", E, "council", "East of England", BOTH, "steady",
          7, 84, "Ellie Thurlow", "Martin Sayer", "Director of People Services"),
    House("severnholt", "Severnholt Council", E, "council", "West Midlands", BOTH, "well-equipped",
          12, 167, "Gurpreet Dhillon", "Anne Mallory", "Director of Social Care"),
    House("kestrelford", "Kestrelford Children’s Trust", E, "childrens-trust", "North West",
          (CHILDRENS,), "rising", 13, 178, "Rachel Entwistle", "Simon Duxbury", "Chief Executive"),
    House("eastmarch", "Eastmarch Mental Health NHS Trust", E, NHS, "North East", (ADULTS,),
          "caring", 9, 96, "Owen Fairless", "Dr Lata Menon", "Chief Nurse and Director of Care"),
    House("tallowbridge", "Tallow Bridge Family Support", E, "voluntary", "North West",
          (CHILDRENS,), "small", 3, 26, "Bev Hargreaves", "Nathan Croft", "Chief Executive"),
    House("ostlergrove", "Ostler Grove Fostering", E, "private", "South East", (CHILDRENS,),
          "small", 3, 31, "Imogen Vale", "Robert Ansell", "Responsible Individual"),
    House("coastyouth", "Coastal Youth Justice Partnership", E, "other", "South West",
          (CHILDRENS,), "well-equipped", 4, 38, "Dev Malhotra", "Carol Tregear", "Head of Service"),
    House("dyffrynarfel", "Dyffryn Arfel County Borough Council", W, "council", "", BOTH, "caring",
          8, 102, "Eleri Probert", "Gwyn Maddocks", "Director of Social Services"),
    House("glannaumorfa", "Glannau Morfa Council", W, "council", "", BOTH, "remote",
          6, 71, "Siôn Llywarch", "Mererid Eynon", "Director of Social Services"),
    House("cwmderwydd", "Cwm Derwydd Council", W, "council", "", BOTH, "struggling",
          7, 88, "Catrin Beynon", "Alun Treharne", "Director of Social Services"),
    House("strathlorne", "Strathlorne Council", S, "council", "", BOTH, "strong",
          13, 181, "Morag Geddes", "Iain Abernethy", "Chief Social Work Officer"),
    House("kinmorran", "Kinmorran Council", S, "council", "", BOTH, "slipping",
          9, 117, "Callum Rennie", "Shona Drysdale", "Chief Social Work Officer"),
    House("sorravoe", "Sorravoe Islands Council", S, "council", "", BOTH, "remote",
          3, 24, "Inga Halcrow", "Magnus Tulloch", "Chief Social Work Officer"),
    House("loughardmoyle", "Lough Ardmoyle Health and Social Care Trust", N, HSC, "", BOTH,
          "rising", 14, 198, "Niamh Donaghy", "Conor Mulvenna", "Director of Social Work"),
)  # fmt: skip
BY_KEY: Mapping[str, House] = {each.key: each for each in HOUSES}
FIRST, SECOND = HOUSES[:2]
"""The employers of the first demonstration; the first has its part-finished health check."""

WORKFORCE_LEADS = (
    "Tom Hughes", "Ciara Boyle", "Stephen Okoro", "Lowenna Rowe", "Nadia Rahman", "Tunde Bakare",
    "Alice Catchpole", "Harjit Gill", "Nadia Rahman", "Joe Robson", "Karen Platt", "Will Sutcliffe",
    "Jess Polkinghorne", "Huw Gethin", "Lowri Pugh", "Rhys Vaughan", "Fiona Muir", "Gordon Petrie",
    "Erik Isbister", "Paul Devlin",
)  # fmt: skip
"""Who answers the figures at each employer; one does so at two of them."""
TWO_JOBS = BY_KEY["harrowdale"].mailbox("workforce"), "kestrelford"

VIEWERS = {
    "northmere": ("Grace Okafor", "viewer@northmere.example"),
    "aldersley": ("Dennis Whitlow", "union@aldersley.example"),
    "harrowdale": ("Sunita Rawal", "scrutiny@harrowdale.example"),
    "strathlorne": ("Ewan Colquhoun", "audit@strathlorne.example"),
}

MANAGERS = {
    "northmere": (("Moira Kilbride", "manager"), ("Alan Teasdale", "adults-manager")),
    "harrowdale": (("Farida Chowdhury", "manager"),),
}
PRACTITIONERS = {"northmere": (("Hannah Lister", "practitioner"),)}
"""Who manages a team, and who works in one and has an account, each with a mailbox."""

ADMINISTRATOR = Somebody("Ruth Adeyemi", "admin@basw.example", Role.ADMINISTRATOR, None)
REVIEWERS = (
    Somebody("Daniel Marsh", "reviewer@basw.example", Role.REVIEWER, None),
    Somebody("Sioned Parry", "second-reviewer@basw.example", Role.REVIEWER, None),
    Somebody("Fergus Laing", "third-reviewer@basw.example", Role.REVIEWER, None),
)
OWN_HOUSE = (REVIEWERS[1].email, "dyffrynarfel")
"""A reviewer who belongs to an employer, and must not review it."""


def people_of(house: House) -> tuple[Somebody, ...]:
    """Return the people of an employer: lead first, then who signs, answers, looks on; teams."""
    workforce = WORKFORCE_LEADS[HOUSES.index(house)]
    found = [
        Somebody(house.lead, house.mailbox("lead"), Role.LEAD, house.key),
        Somebody(house.officer, house.mailbox("officer"), Role.ACCOUNTABLE_OFFICER, house.key),
    ]
    if house.key != TWO_JOBS[1]:
        mailbox = house.mailbox("contributor" if house is FIRST else "workforce")
        found.append(Somebody(workforce, mailbox, Role.CONTRIBUTOR, house.key))
    if house.key in VIEWERS:
        found.append(Somebody(*VIEWERS[house.key], Role.VIEWER, house.key))
    for role, known in ((Role.MANAGER, MANAGERS), (Role.PRACTITIONER, PRACTITIONERS)):
        found += [
            Somebody(name, house.mailbox(mailbox), role, house.key)
            for name, mailbox in known.get(house.key, ())
        ]
    return tuple(found)


def answers_figures(house: House) -> str:
    """Return the address of who answers the workforce figures at an employer."""
    if house.key == TWO_JOBS[1]:
        return TWO_JOBS[0]
    return house.mailbox("contributor" if house is FIRST else "workforce")


def reviewer_of(house: House) -> Somebody:
    """Return who reviews an employer's health checks, never their own."""
    turn = HOUSES.index(house) % len(REVIEWERS)
    if REVIEWERS[turn].email == OWN_HOUSE[0] and house.key == OWN_HOUSE[1]:
        return REVIEWERS[(turn + 1) % len(REVIEWERS)]
    return REVIEWERS[turn]
