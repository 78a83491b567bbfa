from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from healthcheck.core.accounts import Employer
from healthcheck.core.answers import Answer, Attachment
from healthcheck.core.assessments import Assessment
from healthcheck.core.guidance import Improvement
from healthcheck.core.plans import (
    Action,
    Declined,
    Delivery,
    Details,
    Note,
    Origin,
    Owner,
    Plan,
    Progress,
)
from healthcheck.core.publishing import (
    NOT_PUBLISHED,
    Publication,
    address,
    public_journey,
    public_plan,
)
from healthcheck.core.questionnaires import ShortText
from tests.core.build import journey, questionnaire, rating

NOW = datetime(2026, 3, 2, tzinfo=UTC)
ASSESSMENT = Assessment(
    id="a",
    reference="HC-2026-BCDFGH",
    employer=Employer("n", "Cyngor Tŷ Ŵyr (City)", "wales", "council"),
    service="childrens",
    cycle="2026",
    due=date(2026, 9, 30),
    questionnaire="check",
    edition="2026",
    digest="0" * 64,
    revision=3,
    changed_at=NOW,
)


def test_an_address_can_be_read_aloud() -> None:
    assert address(ASSESSMENT, "bcdfgh") == "cyngor-ty-wyr-city-childrens-2026-bcdfgh"


def test_an_address_of_a_name_without_plain_letters_is_made_of_the_rest() -> None:
    named = replace(ASSESSMENT, employer=Employer("n", "服務", "wales", "council"))
    assert address(named, "bcdfgh") == "childrens-2026-bcdfgh"


def test_a_long_name_makes_no_endless_address() -> None:
    named = replace(ASSESSMENT, employer=Employer("n", "word " * 24, "wales", "council"))
    assert len(address(named, "bcdfgh")) < 100


def test_a_publication_stands_until_it_is_taken_down() -> None:
    publication = Publication("a", 1, "address", own_words=False, published_at=NOW)
    assert publication.stands
    assert not replace(publication, removed_at=NOW).stands


POLICY = Attachment("f", "policy.pdf", "application/pdf", 9, "0" * 64)
TOLD = Answer(2, evidence="Bob did it.", links=("https://x.example/bob",), attachments=(POLICY,))
ASKED = questionnaire(rating("scheme"), rating("levels"), ShortText(id="remarks", text="Remarks"))
GIVEN = {
    "scheme": TOLD,
    "levels": Answer(not_applicable="Bob says so."),
    "remarks": Answer("Ask Bob."),
}


def test_files_and_links_are_never_public() -> None:
    found = public_journey(journey(ASKED, GIVEN), own_words=True)
    assert found["scheme"].answer == Answer(2, evidence="Bob did it.")
    assert found["levels"].answer.not_applicable == "Bob says so."
    assert found["remarks"].value == "Ask Bob."


def test_what_was_typed_is_not_public_unless_the_employer_says_so() -> None:
    before = journey(ASKED, GIVEN)
    found = public_journey(before, own_words=False)
    assert found["scheme"].answer == Answer(2)
    assert found["levels"].answer == Answer(not_applicable=NOT_PUBLISHED)
    assert (found["remarks"].value, found["remarks"].answer.value) == (NOT_PUBLISHED,) * 2
    assert "Bob" not in repr(found)
    assert [each.is_answered for each in found.values()] == [
        each.is_answered for each in before.values()
    ]


def test_what_was_not_answered_stays_so() -> None:
    before = journey(ASKED, {})
    assert public_journey(before, own_words=False) == before


ADVICE = Improvement("Nothing is agreed.", "Ask a team.", "Agree it.", "Director", 90, "All do.")
ADVISED = questionnaire(rating("scheme", improve={0: ADVICE}), rating("levels"))
OURS = Action(
    "1",
    "a",
    1,
    Origin.PROPOSED,
    Details("Ask a team.", "Nothing is agreed.", owner=Owner(role="Director")),
    Progress(),
    1,
    NOW,
    "Bob",
    NOW,
    "scheme",
)
TYPED = replace(
    OURS,
    details=Details("Bob asks his team.", owner=Owner("Bob", team="North"), no_date_reason="Ill."),
    progress=Progress(Delivery.AT_RISK, "Bob is ill.", "Ann steps in."),
    question_id=None,
)
PLAN = Plan(
    "a",
    (OURS, TYPED),
    {"1": (Note("1", "Bob asked.", "Bob", NOW),)},
    {"scheme": Declined("scheme", 0, "Bob says no.", "Bob", NOW)},
)


def test_of_a_plan_only_the_questionnaires_own_words_are_public_unless_allowed() -> None:
    found = public_plan(PLAN, ADVISED, own_words=False)
    ours, typed = found.actions
    assert ours == OURS
    assert (typed.details.action, typed.details.no_date_reason) == (NOT_PUBLISHED, NOT_PUBLISHED)
    assert typed.details.owner == Owner(role=NOT_PUBLISHED)
    assert typed.progress == Progress(Delivery.AT_RISK, NOT_PUBLISHED, NOT_PUBLISHED)
    assert found.declined["scheme"].reason == NOT_PUBLISHED
    assert "Bob" not in f"{[each.details for each in found.actions]} {found.declined} {found.notes}"


def test_nobodys_name_is_public_with_a_plan_in_the_employers_own_words() -> None:
    found = public_plan(PLAN, ADVISED, own_words=True)
    assert found.actions[1].details == replace(
        TYPED.details, owner=Owner(role=NOT_PUBLISHED, team="North")
    )
    assert found.actions[1].progress == TYPED.progress
    assert found.declined["scheme"] == replace(PLAN.declined["scheme"], declined_by="The employer")
    assert found.notes == {}
