"""What the small script adds: saving by itself, questions that open, focus that stays in sight."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from healthcheck.services.assessments import save_topic
from healthcheck.services.attachments import Upload
from tests.browser.site import MOST_TABS, saved, saving, shows
from tests.people import ALICE, BOB, offer

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Dialog, Page

    from tests.browser.site import Site

pytestmark = pytest.mark.slow

REMARKS = "textarea[name=remarks]"
COVERED = """() => {
  const bar = document.querySelector('.hc-actions')
  const at = document.activeElement
  if (!at || at === document.body || bar.contains(at)) return ''
  const box = at.getBoundingClientRect()
  const cover = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
  const above = bar.getBoundingClientRect()
  const hidden = bar.contains(cover) || (box.bottom > above.top && box.top < above.bottom)
  return hidden ? (at.name || at.innerText || at.tagName) : ''
}"""


def staying(page: Page) -> list[str]:
    """Answer the next question whether to leave with no; return what will have been asked."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", stay)
    return asked


def until_it_is(page: Page, address: str, selector: str, value: str) -> None:
    """Open the page again and again, until the field has that value."""
    found = ""
    for _ in range(50):
        page.goto(address)
        found = page.input_value(selector)
        if found == value:
            return
    raise AssertionError(f"{selector} stayed “{found}”")


def test_typing_is_saved_and_the_page_says_when(site: Site) -> None:
    page = site.visit(ALICE)
    page.goto(site.topic("equipment"))
    expect(page.locator("[data-saved]")).to_have_text("")
    page.fill(REMARKS, "Nothing else.")
    saved(page)
    page.check("#quiet-space-3")
    expect(page.locator("[data-progress]")).to_have_text("1 of 1 question answered on this page.")
    page.goto(site.topic("equipment"))
    assert page.input_value(REMARKS) == "Nothing else."
    assert page.is_checked("#quiet-space-3")


def test_typing_and_leaving_at_once_loses_nothing(site: Site) -> None:
    page = site.visit(ALICE)
    page.goto(site.topic("equipment"))
    page.locator(REMARKS).press_sequentially("Half a sent")
    page.click("text=All areas")
    shows(page, "Children’s services health check")
    until_it_is(page, site.topic("equipment"), REMARKS, "Half a sent")


def test_saving_by_button_while_it_saves_by_itself_is_no_clash(site: Site) -> None:
    page = site.visit(ALICE)
    page.goto(site.topic("equipment"))
    for number in range(5):
        page.fill(REMARKS, f"Version {number}")
        page.check(f"#quiet-space-{2 + number % 2}")
        page.click(".hc-actions >> text=Save and continue")
        shows(page, "Posts")
        page.click("text=Save and go back")
        shows(page, "Equipment")
        assert page.input_value(REMARKS) == f"Version {number}"


def test_a_question_opens_and_closes_without_loading_the_page(site: Site) -> None:
    page = site.visit(ALICE)
    page.goto(site.topic("scheme"))
    page.evaluate("window.isTheSamePage = true")
    section = page.locator("#question-protected-caseloads")
    expect(section).to_be_hidden()
    page.check("#employs-new")
    expect(section).to_be_visible()
    page.check("#employs-new-2")
    expect(section).to_be_hidden()
    assert page.evaluate("window.isTheSamePage")


def test_figures_are_worked_out_while_the_page_is_open(site: Site) -> None:
    page = site.visit(ALICE)
    page.goto(site.topic("posts"))
    page.fill("#in-post", "75")
    page.fill("#vacancies", "25")
    rate = page.locator("[data-figure=vacancy-rate] .hc-figure__value")
    expect(rate).to_have_text("25.0%")
    page.fill("#vacancies", "none")
    expect(rate).to_have_text("Not available")


def test_without_a_connection_it_says_so_and_saves_later(site: Site) -> None:
    page = site.visit(ALICE)
    page.goto(site.topic("equipment"))
    page.context.set_offline(True)
    page.fill(REMARKS, "On the train.")
    saved(page, "Not saved yet: no connection. What you typed is still here. We will try again.")
    page.context.set_offline(False)
    page.fill(REMARKS, "On the train, still.")
    saved(page)


def test_who_was_signed_out_meanwhile_is_told_and_keeps_what_was_typed(site: Site) -> None:
    page = site.visit(ALICE)
    page.goto(site.topic("equipment"))
    page.context.clear_cookies()
    page.fill(REMARKS, "Still here.")
    saved(page, "Not saved: You have been signed out. Sign in again in another tab.")
    assert page.input_value(REMARKS) == "Still here."
    asked = staying(page)
    page.evaluate("location.reload()")
    page.wait_for_timeout(300)
    assert len(asked) == 1
    assert page.input_value(REMARKS) == "Still here."
    other = site.visit(ALICE)
    other.goto("/")  # with a token of its own, as after signing in in another tab
    cookies: Any = other.context.cookies()
    page.context.add_cookies(cookies)
    page.fill(REMARKS, "Still here, and saved.")
    saved(page)


def test_what_one_typed_is_never_saved_under_the_name_of_another(site: Site) -> None:
    page, other = site.visit(ALICE), site.visit(BOB)
    page.goto(site.topic("equipment"))
    other.goto("/")
    cookies: Any = other.context.cookies()
    page.context.clear_cookies()
    page.context.add_cookies(cookies)
    page.fill(REMARKS, "Alice's words.")
    expect(page.locator("[data-saved]")).to_contain_text("Not saved: This page had been open")
    other.goto(site.topic("equipment"))
    assert not other.input_value(REMARKS)


def test_a_save_that_met_another_is_tried_again_by_itself(site: Site) -> None:
    page = site.visit(ALICE)
    page.goto(site.topic("equipment"))
    with closing(sqlite3.connect(site.world.product.config.database)) as other:
        other.execute("BEGIN IMMEDIATE")
        page.fill(REMARKS, "Patience.")
        expect(page.locator("[data-saved]")).to_contain_text("because someone else is saving")
        other.rollback()
    saved(page)


def test_words_in_another_form_of_the_page_are_asked_about(site: Site) -> None:
    ctx, assessment_id = site.world.as_(ALICE), site.world.northmeres.id
    save_topic(ctx, assessment_id, "scheme", {"agreed-scheme": offer("0")}, {})
    page = site.visit(ALICE)
    page.goto(f"{site.tasks}/plan/proposals")
    page.click("summary:has-text('Decline, with a reason')")
    page.fill("#agreed-scheme-reason", "There is a better scheme.")
    asked = staying(page)
    page.click("button:has-text('Adopt')")
    assert asked[0].startswith("What you wrote in another part of this page is not saved yet")
    assert page.input_value("#agreed-scheme-reason") == "There is a better scheme."
    page.click("button:has-text('Keep the reason')")
    expect(page.locator("main")).to_contain_text("No action, because:")


def test_two_colleagues_on_one_page_are_shown_both_versions(site: Site) -> None:
    alice, bob = site.visit(ALICE), site.visit(BOB)
    for page in (alice, bob):
        page.goto(site.topic("equipment"))
    alice.fill("#who-checked", "Ann")
    saved(alice)
    bob.fill("#who-checked", "Ben")
    saved(
        bob,
        "Someone else, or you in another window, changed an answer here too."
        " Choose “Save and continue” to compare the two.",
    )
    bob.click(".hc-actions >> text=Save and continue")
    shows(bob, "Choose which answer to keep")
    assert bob.locator(".hc-version dd").all_inner_texts() == ["Ann", "Ben"]
    bob.check("text=Keep the one not saved yet")
    bob.click("text=Save my choices")
    shows(bob, "Equipment")
    assert bob.input_value("#who-checked") == "Ben"
    with saving(alice):
        alice.fill(REMARKS, "Unaware.")
    alice.reload()
    assert alice.input_value("#who-checked") == "Ben"
    assert alice.input_value(REMARKS) == "Unaware."


def test_the_enter_key_in_a_box_saves_and_removes_no_file(site: Site) -> None:
    ctx = site.world.as_(ALICE)
    files = {"agreed-scheme": [Upload("scheme.txt", b"The scheme.")]}
    save_topic(ctx, site.world.northmeres.id, "scheme", {"agreed-scheme": offer("1")}, files)
    page = site.visit(ALICE)
    page.goto(site.topic("scheme"))
    page.locator("#agreed-scheme-4").check()
    page.locator("#agreed-scheme-4").press("Enter")
    shows(page, "Allocation")
    page.goto(site.topic("scheme"))
    assert page.is_checked("#agreed-scheme-4")
    assert page.locator(".hc-files a").all_inner_texts() == ["scheme.txt"]


def test_focus_is_never_under_the_bar_of_buttons(site: Site) -> None:
    page = site.visit(ALICE, viewport={"width": 1024, "height": 600})
    page.goto(site.topic("scheme"))
    page.check("#employs-new")
    expect(page.locator("#question-protected-caseloads")).to_be_visible()
    page.locator("summary:has-text('Evidence')").click()
    assert page.evaluate("getComputedStyle(document.querySelector('.hc-actions')).position") == (
        "sticky"
    )
    for key in ("Tab", "Shift+Tab"):
        page.evaluate("document.activeElement.blur()")
        for _ in range(MOST_TABS):
            page.keyboard.press(key)
            assert page.evaluate(COVERED) == ""
            if page.evaluate("document.activeElement === document.body"):
                break


def test_a_link_to_change_an_answer_puts_the_focus_there(site: Site) -> None:
    page = site.visit(ALICE)
    page.goto(f"{site.tasks}/check")
    page.click("a:has-text('2.3')")
    shows(page, "Equipment")
    expect(page.locator("#who-checked")).to_be_focused()


def test_the_error_summary_has_the_focus_and_leads_to_the_field(site: Site) -> None:
    page = site.visit(ALICE)
    page.goto(site.topic("posts"))
    page.fill("#in-post", "about ten")
    page.click(".hc-actions >> text=Save and continue")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.click(".govuk-error-summary a")
    expect(page.locator("#in-post")).to_be_focused()


def test_a_choice_can_be_cleared(site: Site) -> None:
    page = site.visit(ALICE)
    page.goto(site.topic("scheme"))
    clear = page.locator("[data-clear][value=agreed-scheme]")
    expect(clear).to_be_hidden()
    with saving(page):
        page.check("#agreed-scheme-2")
    clear.click()
    expect(clear).to_be_hidden()
    expect(page.locator("input[name=agreed-scheme]:checked")).to_have_count(0)


def test_a_file_that_is_too_large_is_named_before_it_is_sent(site: Site, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes(b"x" * (10 * 1024 * 1024 + 1))
    page = site.visit(ALICE)
    page.goto(site.topic("scheme"))
    page.locator("summary:has-text('Evidence')").click()
    files = page.locator("input[name='agreed-scheme.files']")
    files.set_input_files(large)
    saved(page, "“large.txt” is over 10 MB, so it was not chosen. Choose a smaller file.")
    assert files.input_value() == ""
    large.write_bytes(b"x" * (10 * 1024 * 1024))
    files.set_input_files([large] * 3)
    assert files.evaluate("each => each.files.length") == 3
    files.set_input_files([large] * 4)
    expect(page.locator("[data-saved]")).to_contain_text("That is over 30 MB at once")
    assert files.input_value() == ""
