"""What is not valid is kept as typed and named; what was tampered with does no harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.web.client import Someone
    from tests.web.conftest import Addresses

LEVELS = "1.1: Choose one of the levels 0, 1, 2 or 3."


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        (
            {"in-post": "about ten"},
            [("in-post", "F1: Enter a number in figures, such as 12 or 12.5.")],
        ),
        ({"in-post": "-1"}, [("in-post", "F1: The number must be 0 or more.")]),
        ({"in-post": "1.25"}, [("in-post", "F1: Enter no more than 1 decimal place.")]),
        ({"long-hours": "101"}, [("long-hours", "F5: The number must be 100 or less.")]),
        (
            {"in-post": "x", "vacancies.na": "y"},
            [
                ("in-post", "F1: Enter a number in figures, such as 12 or 12.5."),
                ("vacancies.reason", "F2: Say why this does not apply to your service."),
            ],
        ),
    ],
)
def test_what_is_not_valid_is_kept_as_typed_and_named_now_and_on_return(
    alice: Someone, at: Addresses, typed: dict[str, str], errors: list[tuple[str, str]]
) -> None:
    refused = alice.submit(alice.get(at.topic("posts")), typed, status=422)
    returned = alice.get(at.topic("posts"))
    for page in (refused, returned):
        assert page.errors == errors
        assert page.title.startswith("Error: Posts")
        fields = page.fields("Save and continue")
        assert {name: fields[name][0] for name in typed} == typed


def test_leaving_is_allowed_with_what_is_not_valid(alice: Someone, at: Addresses) -> None:
    page = alice.get(at.topic("posts"))
    answer = alice.submit(page, {"in-post": "about ten"}, go="list")
    assert answer.leads_to == at.tasks
    assert alice.follow(answer).links["1 answer needs correcting"] == at.check


def test_a_date_that_does_not_exist_points_to_its_first_box(alice: Someone, at: Addresses) -> None:
    typed = {"last-checked.day": "31", "last-checked.month": "2", "last-checked.year": "2026"}
    page = alice.submit(alice.get(at.topic("equipment")), typed, status=422)
    assert page.errors == [("last-checked.day", "2.2: 31 February 2026 is not a real date.")]
    assert page.fields("Save")["last-checked.day"] == ["31"]


@pytest.mark.parametrize(
    ("typed", "part", "sentence"),
    [
        (
            {"agreed-scheme.evidence": "x" * 10_001},
            "evidence",
            "Evidence must be 10,000 characters or fewer. It is 1 too long.",
        ),
        (
            {"agreed-scheme.links": "www.northmere.example"},
            "links",
            (
                "“www.northmere.example” is not a web address."
                " Start each with https:// on its own line."
            ),
        ),
        (
            {"agreed-scheme.links": "javascript:alert(1)"},
            "links",
            "“javascript:alert(1)” is not a web address. Start each with https:// on its own line.",
        ),
    ],
)
def test_evidence_that_is_not_valid_is_named_at_its_own_box(
    alice: Someone, at: Addresses, typed: dict[str, str], part: str, sentence: str
) -> None:
    page = alice.submit(alice.get(at.topic("scheme")), typed, status=422)
    assert page.errors == [(f"agreed-scheme.{part}", f"1.1: {sentence}")]
    assert page.fields("Save")[f"agreed-scheme.{part}"] == [typed[f"agreed-scheme.{part}"]]


def test_a_level_that_is_not_offered_is_refused_and_named(alice: Someone, at: Addresses) -> None:
    page = alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "7"}, status=422)
    assert page.errors == [("agreed-scheme", LEVELS)]
    assert "0 of 3 questions answered" in page.words


def test_tampered_choices_are_refused_and_named(alice: Someone, at: Addresses) -> None:
    typed: dict[str, str | list[str]] = {
        "who-allocates": "me",
        "seen-in": ["supervision", "nowhere"],
    }
    page = alice.submit(alice.get(at.topic("allocation")), typed, status=422)
    assert page.errors == [
        ("who-allocates", "1.4: Choose from the answers listed: manager or panel."),
        ("seen-in", "1.5: “None of these” cannot be chosen with another answer."),
    ]


def test_two_values_for_one_choice_count_as_one_answer(alice: Someone, at: Addresses) -> None:
    page = alice.get(at.topic("scheme"))
    alice.submit(page, {"agreed-scheme": ["1", "2"]})
    assert alice.get(at.topic("scheme")).fields("Save")["agreed-scheme"] == ["1"]


@pytest.mark.parametrize("token", [None, "", "made-up"])
def test_without_the_forms_own_token_nothing_is_written(
    alice: Someone, at: Addresses, token: str | None
) -> None:
    page = alice.get(at.topic("scheme"))
    refused = alice.submit(page, {"agreed-scheme": "2", "csrf_token": token}, status=400)
    assert refused.heading == "This page had been open too long, or came from somewhere else"
    assert "agreed-scheme" not in alice.get(at.topic("scheme")).fields("Save")


def test_fields_the_page_does_not_have_are_passed_over(alice: Someone, at: Addresses) -> None:
    typed = {
        "quiet-space": "2",
        "quiet-space.revision": "0",
        "vacancy-rate": "5",
        "vacancy-rate.revision": "0",
        "nonsense": "x",
        "agreed-scheme": "1",
    }
    alice.submit(alice.get(at.topic("scheme")), typed)
    assert alice.get(at.topic("scheme")).fields("Save")["agreed-scheme"] == ["1"]
    assert "quiet-space" not in alice.get(at.topic("equipment")).fields("Save")


@pytest.mark.parametrize("revision", [None, "", "x", "-1", "1.5", "²"])
def test_a_question_without_a_sound_revision_is_left_as_it_was(
    alice: Someone, at: Addresses, revision: str | None
) -> None:
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "1"})
    typed = {"agreed-scheme": "3", "agreed-scheme.revision": revision}
    alice.submit(alice.get(at.topic("scheme")), typed)
    assert alice.get(at.topic("scheme")).fields("Save")["agreed-scheme"] == ["1"]


@pytest.mark.parametrize("revision", ["99", "9" * 30, "9" * 5000])
def test_a_revision_that_never_was_is_no_fault_of_the_program(
    alice: Someone, at: Addresses, revision: str
) -> None:
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "1"})
    page = alice.get(at.topic("scheme"))
    typed = {"agreed-scheme": "3", "agreed-scheme.revision": revision}
    answer = alice.http.post(page.address, data={**page.fields("Save"), **typed})
    assert answer.status_code in {303, 409}
    assert alice.get(at.topic("scheme")).fields("Save")["agreed-scheme"] == ["1"]


def test_not_applicable_needs_a_reason(alice: Someone, at: Addresses) -> None:
    page = alice.submit(
        alice.get(at.topic("scheme")), {"agreed-scheme": "not-applicable"}, status=422
    )
    sentence = "Say why this does not apply to your service."
    assert page.errors == [("agreed-scheme.reason", f"1.1: {sentence}")]
    assert page.fields("Save")["agreed-scheme"] == ["not-applicable"]
    reason = {"agreed-scheme.reason": "We have no caseloads."}
    assert alice.submit(page, reason).leads_to == at.topic("allocation")
    checked = alice.get(at.check)
    assert "Not applicableWe have no caseloads." in checked.words


def test_a_hidden_question_with_a_fault_stops_nobody(alice: Someone, at: Addresses) -> None:
    alice.submit(alice.get(at.topic("scheme")), {"employs-new": "yes"})
    page = alice.get(at.topic("scheme"))
    page = alice.submit(page, {"protected-caseloads": "not-applicable"}, status=422)
    answer = alice.submit(page, {"employs-new": "no"})
    assert answer.leads_to == at.topic("allocation")
    assert alice.get(at.topic("scheme")).errors == []


def test_control_characters_do_no_harm(alice: Someone, at: Addresses) -> None:
    alice.submit(alice.get(at.topic("equipment")), {"who-checked": "Ann\x00 \x07Lee\x1b"})
    assert "Ann Lee" in alice.get(at.check).words


def test_text_is_shown_as_text_never_as_markup(alice: Someone, at: Addresses) -> None:
    nasty = "</textarea><script>alert(1)</script>\"'>"
    alice.submit(alice.get(at.topic("equipment")), {"remarks": nasty, "who-checked": nasty})
    fields = alice.get(at.topic("equipment")).fields("Save")
    assert (fields["remarks"], fields["who-checked"]) == ([nasty], [nasty])
    assert nasty in alice.get(at.check).words
