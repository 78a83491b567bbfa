"""What the demonstration employer has answered so far: made up, and typical.

By question id, in the words of a children's service. A question that a later edition no longer has
is left out.
"""

from __future__ import annotations

from healthcheck.core.answers import Entry

INTRANET = "https://intranet.northmere.example"


def _rated(level: int, evidence: str = "", links: str = "") -> Entry:
    return Entry((str(level),), evidence=evidence, links=links)


ANSWERS = {
    "workload-agreed-scheme": _rated(
        3,
        "All eleven teams use the weighting scheme agreed three years ago. The staff group and"
        " the union reviewed it this year. Court work now scores higher, and every social worker"
        " was told at a team briefing.",
        f"{INTRANET}/workload-scheme",
    ),
    "workload-safe-levels": _rated(
        2,
        "Each service area has a safe level on the intranet, reduced for part-time hours. The"
        " head of service sees the number of workers above it every quarter.",
    ),
    "employs-newly-qualified": Entry(("yes",)),
    "workload-allocation": _rated(
        3,
        "A sample of 40 allocations this year showed a recorded discussion in 37. Practitioners"
        " helped to check it, and duty cases now wait for the morning meeting.",
    ),
    "workload-supervision-review": _rated(
        2,
        "The audit of 60 supervision records found a review of the whole workload in 56. Each"
        " record that said too high named an action, a person and a date.",
    ),
    "workload-newly-qualified": _rated(
        2,
        "The caseload rule for the first year is checked each month. In the last 12 months 131 of"
        " 140 checks were within the limit.",
    ),
    "workload-extra-hours": _rated(
        1,
        "Eight of eleven teams record extra hours each month. There is no written trigger yet.",
    ),
    "workload-capacity-reached": _rated(
        0,
        "Team managers ask each other for help when a team is full. There is no written procedure,"
        " and nobody below the head of service can stop work coming in.",
    ),
    "workload-report-excess": _rated(
        2,
        "All staff are sent the form once a year, with the name of someone outside the team. We"
        " had 14 reports last year, and 13 had a written reply within five working days.",
        f"{INTRANET}/report-a-caseload",
    ),
    "workflow-demand-forecast": _rated(
        1, "Referrals are compared month by month. Two of the eleven teams have a forecast."
    ),
    "workflow-waiting-risk": _rated(
        2,
        "One list for the service, with a named manager for each case. At the last monthly count"
        " 94% of risk reviews were on time, and all of those at the highest risk.",
    ),
    "workflow-peak-plan": _rated(1, "There is a winter plan for the front door only."),
    "workflow-partner-thresholds": Entry(
        not_applicable=True,
        reason="Referrals reach us only through the joint front door. It is run by a separate"
        " partnership, which answers this in its own health check.",
    ),
    "workflow-step-down": _rated(2),
    "workflow-staffing-warnings": _rated(
        2,
        "Heads of service see vacancies, turnover and agency use by team each month. The warning"
        " level was passed five times, and all five actions were done by their date.",
    ),
    "workflow-workforce-plan": _rated(
        1, "The plan covers next year only. Its costs are not agreed yet."
    ),
    "workflow-leader-reports": _rated(
        3,
        "The monthly report is on the intranet for all staff. Practitioners compared it with what"
        " they see, and it now shows cases waiting for a second worker.",
    ),
    "tools-mobile-equipment": _rated(
        2,
        "The count this year found that 142 of 147 social workers have everything on the list."
        " Faults were dealt with in three working days in 93% of cases.",
    ),
    "tools-case-recording": _rated(
        1, "Recording time was measured last year in two service areas. Nothing was removed."
    ),
    "tools-private-space": _rated(
        2, "All four bases have two bookable rooms. In the sample week 96% got a room in time."
    ),
    "tools-business-support": _rated(
        0, "Business support was pooled last year. Teams no longer have a named person."
    ),
    "tools-travel-parking": _rated(1, "Mileage and parking are paid. Two bases lack spaces."),
    "wellbeing-supervision-frequency": _rated(
        2,
        "In the last three months 92%, 91% and 94% of social workers had a session. The one"
        " team below 75% has a recovery plan with an end date.",
    ),
    "wellbeing-supervision-quality": _rated(
        1, "Length is recorded for most sessions. About a third are shorter than 1.5 hours."
    ),
    "wellbeing-manager-span": _rated(
        2,
        "The most is seven people, or five for a manager who works part time. At the last count"
        " 18 of 19 managers were within it, and the other has a dated plan.",
    ),
    "figures-records": Entry(("HR business partner, from the payroll and the case system",)),
    "figures-supplied-by": Entry(("HR business partner",)),
    "figures-systems": Entry(("Payroll and the case-recording system",)),
    "social-workers-in-post": Entry(("142.5",)),
    "vacant-posts": Entry(("23.0",)),
    "agency-workers": Entry(("19.5",)),
    "leavers-in-year": Entry(("17.2",)),
}

DATE_OF_FIGURES = "figures-date"
ATTACHED_TO = "workload-safe-levels"
ATTACHED_NAME = "safe-workload-levels.csv"
ATTACHED = """\
Service area,Safe level (points),Average last month (points)
Assessment,100,97
Safeguarding and court,100,104
Children in care,100,92
Fostering,100,88
Leaving care,100,95
"""
