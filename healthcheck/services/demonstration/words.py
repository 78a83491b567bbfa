"""What made-up people write: reviewers, leads and accountable officers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from healthcheck.core.sign_off import Consultation
from healthcheck.services.demonstration.texts import drawn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from healthcheck.services.demonstration.country import House


@dataclass(frozen=True, slots=True)
class Asked:
    """A change request: why, what the employer answers, and what it adds to its evidence."""

    reason: str
    answer: str
    added: str


COMMENTS: Mapping[tuple[str, int], str] = {
    ("workload-extra-hours", 1): "Recording hours is a start. Say in next year’s answer at how many"
    " hours a manager must act.",
    ("workflow-demand-forecast", 1): "The forecast would help more if it gave staff hours as well"
    " as referrals. Two employers in your nation would share theirs.",
    ("workflow-demand-forecast", 2): "Clear and short. Does each team see its own forecast?",
    ("tools-case-recording", 1): "Which entry would your practitioners drop first? Ask them.",
    ("tools-case-recording", 2): "Which request made the most difference? Others could use it.",
    ("tools-business-support", 1): "The answer speaks of posts. Practitioners will want to know"
    " which tasks they no longer do.",
    ("wellbeing-exit-interviews", 2): "Half of those who leave is enough for this level, but the"
    " summary should reach practitioners as well as managers.",
    ("wellbeing-supervision-quality", 2): "The length is clear from this. Please say next year what"
    " was found about the reflection in them.",
    ("delivery-direct-time", 2): "A measured share is good evidence. Tell us what made the"
    " difference in the team with the most time.",
    ("delivery-outcomes", 2): "Good that it is taken from reviews and needs no other form.",
    ("delivery-publish-report-back", 1): "Please publish the plan with the results next time.",
    ("delivery-publish-report-back", 2): "Please give the address of the page.",
}
"""What is said of an answer at a level."""
GOOD: Mapping[str, str] = {
    "workload-agreed-scheme": "A scheme that was changed because practitioners said so, with the"
    " change and its date. We would like to show this to others.",
    "workload-supervision-review": "Practitioners took part in the check, and the form changed.",
    "workflow-waiting-risk": "Those on duty changed how risk is reviewed, and you can show it.",
    "workflow-leader-reports": "Leaders and staff read the same report, and something came of it.",
    "tools-private-space": "Those who need the rooms decided how they are used.",
    "tools-learning-time": "Practitioners choose what they learn, and the time counts as work.",
    "wellbeing-staff-voice": "Practitioners, not managers, say whether a promise was kept.",
    "wellbeing-personal-safety": "A system that changed because of what staff said about it.",
    "wellbeing-fair-inclusive": "Those whom it is about changed how it works.",
    "delivery-feedback": "The way of asking was changed by those who ask and those who answer.",
}
MODERATED: Mapping[str, str] = {
    "workload-safe-levels": "The level for part-time workers is not in the table that was"
    " attached, so one part of this level is not met.",
    "workflow-step-down": "The audit looked at closures in one area. This level needs every team.",
    "tools-mobile-equipment": "The count leaves out agency workers, a fifth of the service.",
    "wellbeing-manager-span": "The maximum is the same for managers who hold cases. At this level"
    " it must be lower for them.",
    "wellbeing-stress-sickness": "Not every team made a risk assessment in the last 12 months.",
    "delivery-audit": "Nothing shows that the person or family was asked for their view.",
    "workload-allocation": "The sample is from two teams. It would need to cover the service.",
}
REQUESTS: Mapping[str, Asked] = {
    "workload-capacity-reached": Asked(
        "Please attach or describe the log. The answer gives a share but not how many events.",
        "The log is described now, with its number of events. It holds names, so we did not"
        " attach it.",
        "The log for the year holds 31 events: 24 workers and seven teams. The longest took 26"
        " working days.",
    ),
    "workload-allocation": Asked(
        "Which teams were in the sample, and who took it?",
        "All teams were in it. We have added who did it.",
        "The sample was drawn by the quality team from all teams, at least three cases each.",
    ),
    "workflow-waiting-risk": Asked(
        "The figures say that one case waited a long time. What was decided about it, and by whom?",
        "The head of service decided. We have added what was done.",
        "The case that waited longest was seen each week by duty. The head of service moved a"
        " worker from another team after 40 days.",
    ),
    "wellbeing-supervision-frequency": Asked(
        "Please give the share for each of the last three months, not one figure for the quarter.",
        "The three figures are there now. They were 91%, 90% and 93%.",
        "By month: 91%, 90% and 93%. The same report is sent to the professional lead.",
    ),
    "wellbeing-whistleblowing": Asked(
        "How do you know that staff feel safe to use the procedure?",
        "We asked them this autumn. The result is in the evidence.",
        "A short survey this autumn: 74% would feel safe, 17% did not know the procedure.",
    ),
    "tools-travel-parking": Asked(
        "What do workers do who cannot drive?",
        "We pay for taxis from a central account. That was missing from the answer.",
        "Workers who do not drive use taxis on account. 19 did so this year.",
    ),
    "workflow-staffing-warnings": Asked(
        "The warning level itself is not given. Please say what it is for each figure.",
        "Added. We also found that one action had been counted twice.",
        "Warning levels: vacancies 15%, turnover 18% a year, agency 20% of a team.",
    ),
    "delivery-complaints": Asked(
        "Please say how workers named in a complaint are supported.",
        "Added, with the numbers.",
        "In 14 complaints a worker was named. All 14 were told the outcome by their manager, and"
        " nine took up the offer of a talk with somebody else.",
    ),
}
PRIVATE = (
    "Spoke with the lead by phone. They are new and open to advice. See area 2 next year.",
    "Compare with the inspection letter of last spring before accepting.",
    "Same sentence as last year in three places. Not worth a request, but mention it.",
)
DECLINED: Mapping[str, str] = {
    "fenbrook": "The supervision figures are from June. I will not sign until they are for"
    " September, and until the union has seen the answers on workload.",
    "kestrelford": "Two answers in area 1 are rated higher than what my own visits show. Please go"
    " through them with the team managers and send it again.",
    "dyffrynarfel": "The answer on waiting cases leaves out the hospital team. Put it in, please.",
}
WITHDRAWN: Mapping[str, str] = {
    "portwexmoor": "The council asked to stop: its children’s service was being taken over by a"
    " commissioner, and answers would have described neither the old service nor the new.",
    "cwmderwydd": "Adults’ services moved to a partnership with the health board in August. It will"
    " have a health check of its own.",
}
ASK_TO_REOPEN: Mapping[str, str] = {
    "eastmarch": "We found that 11 agency workers were left out of every figure. We would like to"
    " correct them before you finish.",
    "glannaumorfa": "The answer on travel was about the mainland only. Staff on the peninsula have"
    " pointed this out, and they are right.",
}
REOPENED = "Agreed: the employer found the mistake itself. Only the answer on travel is to change."
TAKEN_DOWN = "A figure in area 4 could be read as being about one person. We will publish it again."
ENDED = (
    ("met", "The evidence is now there."),
    ("partly met", "One part is there. The rest is in the plan for next year."),
    ("withdrawn", "It was there already, on the page before. Our mistake."),
)

CONSULTED: Sequence[str] = (
    (
        "Four open forums, one in each office and one online in the evening. Practitioners"
        " discussed each area without managers first."
    ),
    (
        "Every team spent an hour on two of the five areas and sent notes. A group of eight"
        " practitioners read the draft answers."
    ),
    (
        "A survey with the same questions went to all social workers, and its results stand next to"
        " ours in the draft. Newly qualified workers had a meeting of their own."
    ),
    "Practice educators ran a day on it. We asked agency workers as well.",
    "Because we are small, everybody was asked in person by somebody from another team.",
    "Two practitioners were given three days each to test our answers against files and diaries.",
)
UNIONS: Sequence[str] = (
    "The branch read the draft and asked for a lower rating on extra hours. We agreed.",
    "Two stewards joined the forums. They support the plan, and want a date for the safe level.",
    "The branch agreed with four areas. Its view that travel is rated too high is in the evidence.",
    "We do not recognise a union. Staff chose two representatives, who read everything.",
    "The regional officer met us in August and sent a letter, which all staff have.",
)


def consultation(house: House, service: str, year: int) -> Consultation:
    """Return what an employer says of how practitioners and unions were consulted."""
    seed = (house.key, service, year)
    asked = house.workers * drawn(28, 66, *seed) // 100
    return Consultation(
        asked,
        CONSULTED[drawn(0, len(CONSULTED) - 1, *seed, "how")],
        UNIONS[drawn(0, len(UNIONS) - 1, *seed, "unions")],
    )
