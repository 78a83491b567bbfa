"""Check your answers: every answer with a way to change it, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.web.client import Someone
    from tests.web.conftest import Addresses

SCHEME = "1.1: A scheme is agreed with the Director of Children's Services."


def test_every_answer_has_a_link_to_change_it(alice: Someone, at: Addresses) -> None:
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "2"})
    page = alice.get(at.check)
    assert page.links[f"Change {SCHEME}"] == f"{at.topic('scheme')}#question-agreed-scheme"
    fair = "Answer 1.6: Work is shared out fairly."
    assert page.links[fair] == f"{at.topic('allocation')}#question-fair-allocation"
    assert (
        "1.1 A scheme is agreed with the Director of Children's Services. 2. In place" in page.words
    )


def test_each_link_leads_to_a_place_on_the_page(alice: Someone, at: Addresses) -> None:
    links = alice.get(at.check).links
    places = {address for address in links.values() if "#question-" in address}
    asked = {address.partition("#question-")[2] for address in places}
    assert asked == {
        *("agreed-scheme", "employs-new", "who-allocates", "seen-in", "fair-allocation"),
        *("quiet-space", "last-checked", "who-checked", "remarks"),
        *("in-post", "vacancies", "long-hours"),
    }
    for address in places:
        topic, place = address.split("#")
        assert "hidden" not in alice.get(topic).by_id(place).attrib


def test_figures_worked_out_have_nothing_to_change(alice: Someone, at: Addresses) -> None:
    links = alice.get(at.check).links
    assert [name for name in links if "Vacancy rate" in name] == []
    assert "Answer F2: Vacancies" in links


def test_a_question_not_known_to_apply_has_no_link(alice: Someone, at: Addresses) -> None:
    page = alice.get(at.check)
    assert (
        "1.3 Newly qualified social workers have protected caseloads. Not yet known" in page.words
    )
    assert [name for name in page.links if "1.3" in name] == []


def test_what_is_missing_is_counted_and_the_next_is_one_step_away(
    alice: Someone, at: Addresses
) -> None:
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "1", "employs-new": "yes"})
    page = alice.get(at.check)
    assert "2 of 10 questions answered." in page.words
    assert "8 questions have no answer yet" in page.words
    button = page.links["Go to the next unanswered question"]
    assert button == f"{at.topic('scheme')}#question-protected-caseloads"


def test_an_answer_that_is_not_valid_is_shown_with_its_fault(alice: Someone, at: Addresses) -> None:
    page = alice.get(at.topic("posts"))
    alice.submit(page, {"in-post": "about ten"}, status=422)
    fault = "Needs correcting: Enter a number in figures, such as 12 or 12.5."
    page = alice.get(at.check)
    assert fault in page.words
    assert "1 answer needs correcting." in page.words
    first = page.links["Go to the first that needs correcting"]
    assert first == f"{at.topic('posts')}#question-in-post"


def test_an_answer_that_asks_for_evidence_says_so(alice: Someone, at: Addresses) -> None:
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "2"})
    page = alice.get(at.check)
    assert "1 answer needs evidence at the level you chose" in page.words
    assert "Attach the scheme." in page.words
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme.evidence": "See the minutes."})
    page = alice.get(at.check)
    assert "needs evidence" not in page.words
    assert "Evidence See the minutes." in page.words


def test_a_viewer_reads_but_has_no_links_to_change(
    alice: Someone, vera: Someone, at: Addresses
) -> None:
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "2"})
    page = vera.get(at.check)
    assert "2. In place" in page.words
    assert [name for name in page.links if name.startswith(("Change", "Answer"))] == []
