"""Files as evidence: taken, refused, removed, and handed back as downloads only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.web.client import Someone
    from tests.web.conftest import Addresses
    from tests.web.page import Page

FILES = "agreed-scheme.files"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


def attach(someone: Someone, at: Addresses, *files: tuple[str, bytes], status: int = 303) -> Page:
    page = someone.get(at.topic("scheme"))
    return someone.submit(page, {}, files={FILES: files}, status=status)


def file_names(page: Page) -> list[str]:
    return [
        "".join(link.itertext()) for each in page.of_class("hc-files") for link in each.iter("a")
    ]


def test_a_file_is_kept_and_handed_back_as_it_was(alice: Someone, at: Addresses) -> None:
    attach(alice, at, ("the scheme.txt", "Tŷ Ŵyr".encode()))
    page = alice.get(at.topic("scheme"))
    assert file_names(page) == ["the scheme.txt"]
    assert "8 bytes" in page.words
    assert "Evidence, 1 file for: A scheme" in page.words
    file = alice.get(page.links["the scheme.txt"])
    assert file.content == "Tŷ Ŵyr".encode()


def test_a_file_can_only_be_saved_never_shown_in_a_page(alice: Someone, at: Addresses) -> None:
    attach(alice, at, ("scheme.txt", b"<script>alert(1)</script>"))
    file = alice.get(alice.get(at.topic("scheme")).links["scheme.txt"])
    assert file.headers["Content-Disposition"] == "attachment; filename=scheme.txt"
    assert file.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert file.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert file.headers["Cache-Control"] == "no-store"


def test_several_files_are_taken_at_once(alice: Someone, at: Addresses) -> None:
    attach(alice, at, ("a.txt", b"One"), ("b.csv", b"Two"), ("c.png", PNG))
    assert file_names(alice.get(at.topic("scheme"))) == ["a.txt", "b.csv", "c.png"]


def test_the_same_file_sent_again_is_kept_once(alice: Someone, at: Addresses) -> None:
    attach(alice, at, ("a.txt", b"One"))
    attach(alice, at, ("a.txt", b"One"))
    assert file_names(alice.get(at.topic("scheme"))) == ["a.txt"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("run.exe", b"MZ", "“run.exe” is not a kind of file we can take."),
        (
            "scheme.pdf",
            PNG,
            "“scheme.pdf” does not hold a PDF document, although its name says so.",
        ),
        ("nothing.txt", b"", "“nothing.txt” is empty."),
        (
            "big.txt",
            b"x" * (10 * 2**20 + 1),
            "“big.txt” is larger than 10 MB. Make it smaller or give a link instead.",
        ),
        ("../../etc/passwd", b"x", "“passwd” is not a kind of file we can take."),
    ],
)
def test_a_file_that_cannot_be_taken_is_named_and_the_rest_is_kept(
    alice: Someone, at: Addresses, name: str, content: bytes, sentence: str
) -> None:
    page = alice.get(at.topic("scheme"))
    typed = {"agreed-scheme": "2", "agreed-scheme.evidence": "As attached."}
    files = {FILES: [("kept.txt", b"Kept."), (name, content)]}
    refused = alice.submit(page, typed, files=files, status=422)
    assert [target for target, _ in refused.errors] == [FILES]
    assert refused.errors[0][1].startswith(f"1.1: {sentence}")
    assert refused.says(f"{FILES}-error").startswith(f"Error: {sentence}")
    assert file_names(refused) == ["kept.txt"]
    fields = alice.get(at.topic("scheme")).fields("Save")
    assert {name: fields[name][0] for name in typed} == typed


def test_each_file_refused_has_its_own_sentence(alice: Someone, at: Addresses) -> None:
    page = attach(alice, at, ("a.exe", b"MZ"), ("b.exe", b"MZ"), status=422)
    assert [sentence[:12] for _, sentence in page.errors] == ["1.1: “a.exe”", "1.1: “b.exe”"]
    assert page.says(f"{FILES}-error-2").startswith("Error: “b.exe”")


def test_a_file_can_be_removed_by_a_button_and_the_page_stays(
    alice: Someone, at: Addresses
) -> None:
    attach(alice, at, ("a.txt", b"One"), ("b.txt", b"Two"))
    page = alice.get(at.topic("scheme"))
    address = page.links["a.txt"]
    answer = alice.submit(page, {"agreed-scheme": "1"}, "Remove a.txt")
    assert answer.leads_to == f"{at.topic('scheme')}#question-agreed-scheme"
    after = alice.get(at.topic("scheme"))
    assert (file_names(after), after.fields("Save")["agreed-scheme"]) == (["b.txt"], ["1"])
    assert alice.get(address, 404).heading == "Page not found"


def test_a_file_that_was_removed_in_another_window_counts_as_removed(
    alice: Someone, at: Addresses
) -> None:
    attach(alice, at, ("a.txt", b"One"))
    page = alice.get(at.topic("scheme"))
    alice.submit(page, {}, "Remove a.txt")
    answer = alice.submit(page, {"agreed-scheme.evidence": "In May."}, "Remove a.txt")
    assert answer.leads_to == f"{at.topic('scheme')}#question-agreed-scheme"
    page = alice.get(at.topic("scheme"))
    assert (file_names(page), page.fields("Save")["agreed-scheme.evidence"]) == ([], ["In May."])


def test_a_file_removed_beside_what_is_not_valid_is_off_the_page(
    alice: Someone, at: Addresses
) -> None:
    attach(alice, at, ("a.txt", b"One"))
    page = alice.get(at.topic("scheme"))
    page = alice.submit(page, {"agreed-scheme.links": "x"}, "Remove a.txt", status=422)
    assert file_names(page) == []


def test_a_file_that_never_was_cannot_be_removed(alice: Someone, at: Addresses) -> None:
    fields = {**alice.get(at.topic("scheme")).fields("Save and continue"), "remove": "nothing"}
    gone = alice.post(at.topic("scheme"), fields, 404)
    assert "There is no such file. It may have been removed." in gone.words


def test_words_where_a_file_is_expected_are_passed_over(alice: Someone, at: Addresses) -> None:
    page = alice.get(at.topic("scheme"))
    alice.submit(page, {FILES: "not a file", "agreed-scheme": "1"})
    page = alice.get(at.topic("scheme"))
    assert (file_names(page), page.fields("Save")["agreed-scheme"]) == ([], ["1"])


def test_files_where_words_are_expected_do_no_harm(alice: Someone, at: Addresses) -> None:
    page = alice.get(at.topic("equipment"))
    sent = {
        name: [("file.txt", b"x")]
        for name in (*page.fields("Save"), "last-checked.day", "quiet-space.na")
        if name not in {"csrf_token", "go"}
    }
    token = dict.fromkeys(sent)
    assert alice.submit(page, token, files=sent).leads_to == at.topic("posts")


def test_saving_without_choosing_a_file_adds_none(alice: Someone, at: Addresses) -> None:
    attach(alice, at, ("", b""))
    assert file_names(alice.get(at.topic("scheme"))) == []


def test_files_are_listed_with_the_answer(vera: Someone, alice: Someone, at: Addresses) -> None:
    attach(alice, at, ("Cynllun Tŷ.txt", b"One"))
    alice.submit(alice.get(at.topic("scheme")), {"agreed-scheme": "2"})
    page = vera.get(at.check)
    file = vera.get(page.links["Cynllun Tŷ.txt"])
    assert "filename*=UTF-8''Cynllun%20T%C5%B7.txt" in file.headers["Content-Disposition"]
    assert "Evidence expected" not in page.words
