"""Last year's answers on a topic's page: read, confirmed with one click, or answered anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import next_year
from tests.web.conftest import Addresses

if TYPE_CHECKING:
    from tests.people import World
    from tests.web.client import Someone

STILL_TRUE = "Still true for 1.1: A scheme is agreed with the Director of Children's Services."
ALL = "All answers on this page are still true"


@pytest.fixture(name="now")
def this_year(world: World) -> Addresses:
    return Addresses(f"/assessments/{next_year.answer_and_begin(world).id}")


def test_last_years_answer_stands_beside_the_question_and_nothing_is_filled_in(
    alice: Someone, now: Addresses
) -> None:
    page = alice.get(now.topic("scheme"))
    panel = page.says("question-agreed-scheme")
    assert "Your answer in 2026 2. In place There is one." in panel
    assert "Evidence in 2026 The scheme is on the intranet. scheme.txt 11 bytes" in panel
    fields = page.fields("Save and continue")
    assert fields.get("agreed-scheme", []) == []
    assert fields["agreed-scheme.evidence"] == [""]
    assert alice.get(page.links["scheme.txt"]).content == b"Our scheme."


def test_one_click_saves_last_years_answer_and_says_so(alice: Someone, now: Addresses) -> None:
    page = alice.submit(alice.get(now.topic("scheme")), button=STILL_TRUE)
    assert page.leads_to == f"{now.topic('scheme')}#question-agreed-scheme"
    page = alice.get(now.topic("scheme"))
    assert "Saved: still true as in 2026. 1 more on this page to confirm." in page.words
    fields = page.fields("Save and continue")
    assert fields["agreed-scheme"] == ["2"]
    assert fields["agreed-scheme.evidence"] == ["The scheme is on the intranet."]
    assert "Your answer in 2026" not in page.says("question-agreed-scheme")
    assert "scheme.txt" in page.links


def test_what_was_typed_beside_it_is_saved_in_the_same_click(
    alice: Someone, now: Addresses
) -> None:
    typed = {"employs-new": "no", "agreed-scheme.evidence": "The new scheme."}
    alice.submit(alice.get(now.topic("scheme")), typed, STILL_TRUE)
    fields = alice.get(now.topic("scheme")).fields("Save and continue")
    assert fields["employs-new"] == ["no"]
    assert fields["agreed-scheme"] == ["2"]
    assert fields["agreed-scheme.evidence"] == ["The new scheme."]


@pytest.mark.parametrize("button", [STILL_TRUE, ALL])
def test_an_answer_typed_instead_is_not_said_to_be_still_true(
    alice: Someone, now: Addresses, button: str
) -> None:
    typed = {"agreed-scheme": "0", "agreed-scheme.evidence": "None.", "employs-new": "no"}
    alice.submit(alice.get(now.topic("scheme")), typed, button)
    page = alice.get(now.topic("scheme"))
    assert page.messages == ["Saved what you typed."]
    assert page.fields("Save and continue")["agreed-scheme"] == ["0"]


def test_all_answers_of_a_page_are_confirmed_at_once(alice: Someone, now: Addresses) -> None:
    page = alice.get(now.topic("equipment"))
    assert "2 questions on this page are asked as in 2026." in page.words
    assert alice.submit(page, button=ALL).leads_to == now.topic("equipment")
    page = alice.get(now.topic("equipment"))
    assert "Saved: still true as in 2026." in page.words
    assert "more on this page" not in page.words
    fields = page.fields("Save and continue")
    assert (fields["quiet-room"], fields["remarks"]) == (["3"], ["All well."])
    assert ALL not in page.words


def test_a_reworded_question_shows_both_wordings_and_no_button(
    alice: Someone, now: Addresses
) -> None:
    panel = alice.get(now.topic("allocation")).says("question-fair-allocation")
    assert "Your answer in 2026 1. Partly in place There is one in part." in panel
    assert (
        "The question In 2026: Work is shared out fairly."
        " Now: Work is shared out fairly between all teams."
    ) in panel
    assert "Still true" not in panel


def test_a_reworded_question_is_not_confirmed_by_a_forged_button(
    alice: Someone, now: Addresses
) -> None:
    page = alice.get(now.topic("allocation"))
    fields = page.fields("Save and continue") | {"confirm": ["fair-allocation"]}
    refused = alice.post(now.topic("allocation"), fields, 422)
    assert "was worded anew since last year" in refused.words
    assert "0 of" in alice.get(now.check).words


def test_a_question_never_carried_shows_nothing_of_last_year(
    alice: Someone, now: Addresses
) -> None:
    page = alice.get(now.topic("posts"))
    assert "2026" not in page.says("question-in-post")
    assert "Your answer in 2026 10 full-time equivalent" in page.says("question-vacancies")


def test_a_setting_aside_is_shown_with_its_reason(alice: Someone, now: Addresses) -> None:
    panel = alice.get(now.topic("allocation")).says("question-who-allocates")
    assert "Your answer in 2026 Not applicableWe have one team." in panel


def test_the_lists_count_what_is_to_be_confirmed(alice: Someone, now: Addresses) -> None:
    assert "5 answers from 2026 to confirm" in alice.get(now.tasks).words
    assert "0 of 3 answered, 2 from 2026 to confirm" in alice.get(now.tasks).words
    assert "5 answers from 2026 to confirm" in alice.get(now.check).words
    assert "to confirm" not in alice.get(now.check.replace("/check", "/results")).words
    alice.submit(alice.get(now.topic("scheme")), button=STILL_TRUE)
    assert "4 answers from 2026 to confirm" in alice.get(now.check).words


def test_the_script_is_told_what_is_still_offered(alice: Someone, now: Addresses) -> None:
    page = alice.get(now.topic("scheme"))
    told = alice.save_by_itself(page, {"agreed-scheme": "1"})
    assert told["offered"] == ["employs-new"]


def test_who_only_reads_sees_last_year_and_no_button(vera: Someone, now: Addresses) -> None:
    page = vera.get(now.topic("scheme"))
    assert "Your answer in 2026" in page.words
    assert "till true" not in page.words


def test_another_employer_sees_and_confirms_nothing(charlie: Someone, now: Addresses) -> None:
    charlie.get(now.topic("scheme"), 404)
    fields = {**charlie.get("/").fields("Sign out"), "confirm": ["agreed-scheme"]}
    charlie.post(now.topic("scheme"), fields, 404)


def test_a_first_health_check_shows_nothing_of_the_kind(alice: Someone, at: Addresses) -> None:
    assert "still true" not in alice.get(at.topic("scheme")).words
    assert "to confirm" not in alice.get(at.tasks).words


def test_results_show_last_year_beside_this_year(alice: Someone, now: Addresses) -> None:
    alice.submit(alice.get(now.topic("equipment")), button=ALL)
    alice.submit(alice.get(now.topic("allocation")), {"fair-allocation": "3"})
    page = alice.get(now.results)
    said = page.says("last-year")
    assert said.startswith(
        "2026 beside 2027 Of the ratings that can be compared, 1 went up, 0 went down and 1 stayed."
    )
    line = (
        "1.5 Work is shared out fairly between all teams.1. Partly in place3. EmbeddedUp 2 levels."
    )
    assert f"{line} The question’s words changed." in said
    assert "Asked in 2026 and not any more: Where are workloads seen?" in said


def test_results_of_a_first_year_have_nothing_beside_them(alice: Someone, at: Addresses) -> None:
    assert "What moved" not in alice.get(at.results).words
