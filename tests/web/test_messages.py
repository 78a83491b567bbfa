from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.mail import MailServer
from healthcheck.core.messages import Kind
from healthcheck.services import messages
from healthcheck.services.sending import send_waiting
from healthcheck.storage import messages as stored
from healthcheck.web.app import create_app
from tests import reviewing
from tests.people import BOB, CHARLIE
from tests.reviewing import ADA, REMI
from tests.web.markup import parsed, words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from healthcheck.core.accounts import Person
    from tests.people import World
    from tests.web.client import Someone

PATH = "/join/a-s3cret-token"
VALUES: dict[str, str] = {
    "employer": "North <b>mere</b>",
    "service": "adults",
    "cycle": "2026",
    "reference": "EHC-1",
    "by": "Alice Archer",
    "role": "Contributor",
    "reason": "It is <i>late</i>.",
    "due": "1 May",
    "path": PATH,
}
SUBJECT = "North <b>mere</b>: the health check is open again (EHC-1)"


@pytest.fixture
def ada(signed_in: Callable[[Person], Someone], world: World) -> Someone:
    reviewing.with_basw(world)
    return signed_in(ADA)


def queue(world: World, kind: Kind = Kind.REOPENED, many: int = 1) -> str:
    """Queue messages to Bob and return the address of the last one's page."""
    ctx = world.as_(None)
    with ctx.store.writing():
        for _ in range(many):
            messages.queue(ctx, kind, BOB.email, **VALUES)
    return f"/basw/messages/{stored.page(ctx.store, 0, 1)[0].id}"


def fail(world: World, problem: str) -> None:
    ctx = world.as_(None)
    with ctx.store.writing():
        stored.failed(ctx.store, stored.page(ctx.store, 0, 1)[0].id, problem, None)


def test_an_administrator_finds_the_messages_from_the_first_page_at_basw(
    ada: Someone, world: World
) -> None:
    assert "The service has not written to anybody yet." in ada.get("/basw/messages").words
    address = queue(world)

    page = ada.get(ada.get("/basw").links["Messages"])

    assert page.links[SUBJECT] == address
    cells = [words_of(each) for each in page.tree.iter("td")]
    assert cells == [BOB.email, "2 March 2026, 10:30", "Waiting"]
    assert "No mail server is set up, so no message leaves this service." in page.words
    assert "not delivered" not in page.words


def test_a_long_list_is_in_pages(ada: Someone, world: World) -> None:
    queue(world, many=messages.ON_A_PAGE + 1)

    first = ada.get("/basw/messages")
    second = ada.get(first.links["Older messages"])

    assert "51 messages, newest first: page 1 of 2" in first.words
    assert len(list(first.tree.iter("tr"))) == 51
    assert len(list(second.tree.iter("tr"))) == 2
    assert second.links["Newer messages"] == "/basw/messages?page=1"
    assert "page 1 of 2" in ada.get("/basw/messages?page=nonsense").words


def test_a_message_is_previewed_as_text_and_as_html(ada: Someone, world: World) -> None:
    address = queue(world)

    page = ada.get(address)

    assert page.heading == SUBJECT
    (text,) = page.tree.iter("pre")
    assert "\n\n> It is <i>late</i>.\n\n" in "".join(text.itertext())
    (frame,) = page.tree.iter("iframe")
    assert frame.get("src") == f"{address}/html"
    assert frame.get("sandbox") == ""
    assert frame.get("title") == "The message as HTML; links in it do nothing here"
    assert page.headers["Content-Security-Policy"].endswith(
        "frame-ancestors 'none'; frame-src 'self'"
    )


def test_the_html_can_do_nothing_and_be_shown_only_here(ada: Someone, world: World) -> None:
    response = ada.http.get(f"{queue(world)}/html")

    policy = response.headers["Content-Security-Policy"].split("; ")
    assert set(policy) >= {"default-src 'none'", "sandbox", "frame-ancestors 'self'"}
    assert not any("script" in each for each in policy)
    tree = parsed(response.text).tree
    assert words_of(tree.find(".//title")) == SUBJECT
    assert not list(tree.iter("b"))


def test_every_other_page_may_still_not_be_framed(ada: Someone) -> None:
    policy = ada.get("/basw/messages").headers["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors 'none'")


def test_the_link_of_a_new_password_is_on_no_page(ada: Someone, world: World) -> None:
    address = queue(world, Kind.PASSWORD_LINK)
    pages = [ada.get(address).html, ada.http.get(f"{address}/html").text]
    pages.append(ada.get("/basw/messages").html)
    send_waiting(world.product.context, world.product.post())
    pages.append(ada.get(address).html)

    assert not [page for page in pages if "s3cret" in page]
    assert "The end of its link is hidden here" in ada.get(address).words
    assert "It is in the message’s file, in the folder “outbox”" in ada.get(address).words


def test_without_a_mail_server_an_invitation_can_be_passed_on(ada: Someone, world: World) -> None:
    address = queue(world, Kind.INVITATION)

    assert f"http://127.0.0.1:8000{PATH}" in ada.get(address).words
    assert "hidden" not in ada.get(address).words


def test_with_a_mail_server_it_is_hidden_too(world: World, ada: Someone) -> None:
    address = queue(world, Kind.INVITATION)
    world.product.config = replace(world.product.config, mail_server=MailServer("h.example", 587))

    assert "s3cret" not in ada.get(address).html
    assert "Messages go out through your mail server" in ada.get("/basw/messages").words


def test_a_problem_is_shown_and_the_message_tried_again(ada: Someone, world: World) -> None:
    address = queue(world)
    fail(world, "The server said <no>.")
    assert "1 message met a problem and is not delivered." in ada.get("/basw/messages").words

    page = ada.get(address)
    assert "The server said <no>. It is not tried again by itself." in page.words
    after = ada.follow(ada.submit(page, button="Try again now"))

    assert after.messages == [
        "The message will be tried again in a moment. Reload this page to see how it went."
    ]
    assert "It is tried again after 10:30 on 2 March 2026." in after.words


def test_who_was_too_late_to_try_again_is_told(ada: Someone, world: World) -> None:
    page_address = queue(world)
    fail(world, "Refused.")
    page = ada.get(page_address)
    ctx = world.as_(None)
    with ctx.store.writing():
        stored.sent(ctx.store, page_address.rpartition("/")[2], "outbox", ctx.now, "", "")

    refused = ada.submit(page, button="Try again now", status=409)

    assert "This message was delivered meanwhile." in refused.words
    assert "Written to the outbox, 2 March 2026, 10:30" in ada.get(page_address).words


@pytest.mark.parametrize(("person", "status"), [(CHARLIE, 404), (BOB, 404), (REMI, 403)])
def test_messages_are_for_administrators_alone(
    ada: Someone,
    world: World,
    signed_in: Callable[[Person], Someone],
    person: Person,
    status: int,
) -> None:
    address = queue(world, Kind.INVITATION)
    someone = signed_in(person)
    token = someone.get("/about").tree.find(".//input[@name='csrf_token']")
    assert token is not None

    pages = [someone.get(each, status) for each in ("/basw/messages", address, f"{address}/html")]
    pages.append(someone.post(f"{address}/again", {"csrf_token": token.get("value")}, status))

    assert not [page for page in pages if "s3cret" in page.html or BOB.email in page.html]
    assert ada.get(address).status == 200


def test_nobody_else_learns_that_a_message_is_there(world: World, nobody: Someone) -> None:
    address = queue(world)

    assert nobody.get(address, 303).leads_to.startswith("/sign-in?next=")


def test_a_server_speaks_of_the_address_it_was_given(world: World, ada: Someone) -> None:
    world.product.config = replace(world.product.config, site="https://healthcheck.example.org")
    create_app(world.product)
    address = queue(world)

    assert f"https://healthcheck.example.org{PATH}" in ada.get(address).words
