"""Messages on their way: into the outbox, or to a real mail server that answers as it likes."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from smtplib import SMTPConnectError
from typing import TYPE_CHECKING

import pytest

from healthcheck.core.mail import MailServer, Security
from healthcheck.core.messages import PAUSES, Kind
from healthcheck.services import mail as delivery
from healthcheck.services.locks import alone
from healthcheck.services.messages import queue
from healthcheck.services.sending import Outcome, is_any_due, send_waiting
from healthcheck.storage import messages as stored
from tests.mail_server import Inbox, certificate, free_port, running

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from healthcheck.services.mail import Post
    from healthcheck.storage.messages import Line, Message
    from tests.people import World

# The test server takes a sign-in over TLS from the start for one without any.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not:UserWarning")

ABOUT: Mapping[str, str] = {
    "employer": "Northmere Council",
    "service": "childrens",
    "cycle": "2026",
    "reference": "EHC-2026-ABCDEF",
    "by": "Alice Archer",
    "role": "Contributor",
    "due": "1 May 2026",
    "path": "/join/a-s3cret-token",
}
DAN = "dan@northmere.example"


def write_to(world: World, *emails: str, kind: Kind = Kind.ACCEPTED) -> None:
    ctx = world.as_(None)
    with ctx.store.writing():
        for email in emails:
            queue(ctx, kind, email, **ABOUT)


def through(world: World, server: MailServer | None) -> Post:
    return replace(world.product.post(), server=server, sender="healthcheck@basw.example")


def send(world: World, server: MailServer | None = None) -> Outcome:
    return send_waiting(world.product.context, through(world, server))


def lines(world: World) -> list[Line]:
    return [*reversed(stored.page(world.as_(None).store, 0, 100))]


def states(world: World) -> list[tuple[str, int, str]]:
    return [(each.state, each.tries, each.problem) for each in lines(world)]


def whole(world: World) -> Message:
    found = stored.find(world.as_(None).store, lines(world)[0].id)
    assert found is not None
    return found


def test_without_a_mail_server_each_message_becomes_a_file(world: World) -> None:
    write_to(world, DAN)

    assert send(world) == Outcome(delivered=1)
    (file,) = world.product.config.outbox.iterdir()
    message = whole(world)
    assert file.name == f"2026-03-02T103000_accepted_{message.id}.eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (mail["To"], mail["Subject"].strip(), mail["X-Unsent"]) == (DAN, message.subject, "1")
    assert (message.state, message.way, message.sent_at) == (
        "Written to the outbox",
        "outbox",
        world.clock(),
    )
    assert send(world) == Outcome()


def test_a_mail_carries_text_and_html_and_says_who_sent_it(world: World) -> None:
    inbox = Inbox()
    write_to(world, DAN)
    with running(inbox) as server:
        assert send(world, server) == Outcome(delivered=1)

    (mail,) = inbox.taken
    message = whole(world)
    assert mail["From"] == "Employer Health Check <healthcheck@basw.example>"
    assert mail["To"] == DAN
    assert mail["Message-ID"] == f"<{message.id}@basw.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == world.clock()
    assert "X-Unsent" not in mail
    text, html = (mail.get_body([kind]) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines() == message.text.splitlines()
    assert html.get_content().splitlines() == message.html.splitlines()
    assert (message.state, message.way, message.tries) == ("Sent", "mail server", 1)
    assert not world.product.config.outbox.exists()


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_mail_goes_over_a_protected_connection_after_signing_in(
    world: World, security: Security, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, authority = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    inbox = Inbox()
    write_to(world, DAN)
    with running(inbox, security, context) as server:
        assert send(world, server) == Outcome(delivered=1)

    assert [mail["To"] for mail in inbox.taken] == [DAN]
    assert inbox.signed_in == ["healthcheck"]


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_server_that_is_not_who_it_says_gets_nothing(
    world: World, security: Security, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, authority = certificate(tmp_path, "elsewhere.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    inbox = Inbox()
    write_to(world, DAN)
    with running(inbox, security, context) as server:
        outcome = send(world, server)

    assert (inbox.taken, inbox.signed_in) == ([], [])
    (problem,) = outcome.problems
    assert problem.startswith(
        f"The mail server localhost, port {server.port}, has a certificate that is not trusted ("
    )
    assert states(world) == [("Waiting to try again", 1, problem)]


def test_a_password_that_is_wrong_is_told_without_it(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, authority = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    write_to(world, DAN)
    with running(Inbox(), Security.TLS, context) as server:
        outcome = send(world, replace(server, password="another"))

    assert outcome.problems == (
        f"The mail server localhost, port {server.port}, does not accept the name and password.",
    )


def test_what_a_server_says_as_it_turns_everybody_away_is_a_number_alone() -> None:
    server = MailServer("mail.example", 25, Security.NONE)
    error = SMTPConnectError(421, b"come back later, dan@b.example")

    assert delivery._in_words(server, error) == (
        "The mail server mail.example, port 25, cannot be used (it answered 421)."
    )


def test_one_refused_address_keeps_no_other_message_back(world: World) -> None:
    inbox = Inbox(refuses={"gone@b.example": "550 No such person", "full@b.example": "452 Full"})
    write_to(world, "gone@b.example", "full@b.example", DAN)
    with running(inbox) as server:
        outcome = send(world, server)

    assert [mail["To"] for mail in inbox.taken] == [DAN]
    assert (outcome.delivered, outcome.not_delivered) == (1, 2)
    no = "The mail server does not take mail for this address. It said"
    assert states(world) == [
        ("Not delivered", 1, f"{no} “550 No such person”."),
        ("Waiting to try again", 1, f"{no} “452 Full”."),
        ("Sent", 1, ""),
    ]


@pytest.mark.parametrize(
    ("reply", "state"), [("554 Spam", "Not delivered"), ("451 Later", "Waiting to try again")]
)
def test_a_refused_message_is_tried_again_only_when_that_can_help(
    world: World, reply: str, state: str
) -> None:
    write_to(world, DAN)
    with running(Inbox(refuses_content=reply)) as server:
        send(world, server)

    problem = f"The mail server did not take this message. It said “{reply}”."
    assert states(world) == [(state, 1, problem)]


def test_a_server_that_is_down_keeps_all_waiting_a_little_longer_each_time(world: World) -> None:
    server = MailServer("127.0.0.1", free_port(), Security.NONE)
    write_to(world, DAN, "eve@northmere.example")
    problem = f"The mail server 127.0.0.1, port {server.port}, cannot be used (Connection refused)."

    assert send(world, server) == Outcome(0, 2, (problem,))
    assert send(world, server) == Outcome()
    assert states(world) == [("Waiting to try again", 1, problem)] * 2
    assert {each.next_try_at for each in lines(world)} == {world.clock() + PAUSES[0]}
    for tries, pause in enumerate(PAUSES, 1):
        assert {each.next_try_at for each in lines(world)} == {world.clock() + pause}
        world.clock.forward(pause - timedelta(seconds=1))
        assert send(world, server) == Outcome()
        world.clock.forward(timedelta(seconds=1))
        assert send(world, server) == Outcome(0, 2, (problem,))
        assert {each.tries for each in lines(world)} == {tries + 1}
    assert states(world) == [("Not delivered", 9, problem)] * 2
    assert not is_any_due(world.as_(None))


def test_when_the_server_is_back_what_waited_is_sent_and_the_problem_gone(world: World) -> None:
    write_to(world, DAN)
    send(world, MailServer("127.0.0.1", free_port(), Security.NONE))
    world.clock.forward(PAUSES[0])
    inbox = Inbox()
    with running(inbox) as server:
        assert send(world, server) == Outcome(delivered=1)

    assert len(inbox.taken) == 1
    assert states(world) == [("Sent", 2, "")]


def test_a_server_that_hangs_up_leaves_the_rest_waiting(world: World) -> None:
    write_to(world, DAN, "eve@northmere.example")
    with running(Inbox(hangs_up=True)) as server:
        outcome = send(world, server)

    (problem,) = outcome.problems
    assert problem.startswith("The connection to the mail server broke (")
    assert states(world) == [("Waiting to try again", 1, problem)] * 2


def test_a_sender_that_is_refused_is_a_fault_of_the_settings(world: World) -> None:
    write_to(world, DAN, "eve@northmere.example")
    with running(Inbox(refuses_sender="553 Not yours")) as server:
        outcome = send(world, server)

    assert outcome.not_delivered == 2
    assert outcome.problems == (
        (
            "The mail server does not take mail from the address in HEALTHCHECK_MAIL_FROM."
            " It said “553 Not yours”."
        ),
    )


@pytest.mark.parametrize("email", ["<dan@b.example>", "a,b@b.example", "dan@b.example,eve@c.d"])
def test_an_address_that_is_none_is_given_up(world: World, email: str) -> None:
    write_to(world, email)

    assert send(world) == Outcome(0, 1, ("This e-mail address cannot be used.",))
    assert states(world) == [("Not delivered", 1, "This e-mail address cannot be used.")]


def test_letters_a_server_cannot_take_in_an_address_are_told(world: World) -> None:
    write_to(world, "dan@bücher.example")
    with running(Inbox()) as server:
        outcome = send(world, server)

    problem = "The mail server does not take addresses with letters like these."
    assert outcome == Outcome(0, 1, (problem,))
    assert states(world) == [("Not delivered", 1, problem)]


def test_one_process_sends_at_a_time(world: World) -> None:
    write_to(world, DAN)
    with alone(world.product.post().lock):
        assert send(world) == Outcome(is_busy=True)

    assert states(world) == [("Waiting", 0, "")]


def test_an_outbox_that_cannot_be_written_keeps_the_message(world: World) -> None:
    world.product.config.outbox.write_text("in the way")
    write_to(world, DAN)

    (problem,) = send(world).problems
    assert problem == "The message could not be written to the outbox (File exists)."
    assert states(world) == [("Waiting to try again", 1, problem)]


def test_a_draft_that_was_left_behind_is_written_anew(world: World) -> None:
    write_to(world, DAN)
    (line,) = lines(world)
    outbox = world.product.config.outbox
    outbox.mkdir()
    (outbox / f"2026-03-02T103000_accepted_{line.id}.part").write_text("half")

    send(world)

    assert [file.suffix for file in outbox.iterdir()] == [".eml"]


def test_the_files_of_messages_that_are_gone_go_too(world: World) -> None:
    write_to(world, DAN, "eve@northmere.example")
    send(world)
    outbox = world.product.config.outbox
    (outbox / "notes.txt").write_text("mine")
    gone, kept = lines(world)
    store = world.as_(None).store
    with store.writing():
        store.run("DELETE FROM messages WHERE id = ?", gone.id)

    send(world)

    assert {file.name.rpartition("_accepted_")[2] for file in outbox.iterdir()} == {
        f"{kept.id}.eml",
        "notes.txt",
    }


@pytest.mark.parametrize(
    ("kind", "has_server", "is_kept"),
    [
        (Kind.PASSWORD_LINK, True, False),
        (Kind.PASSWORD_LINK, False, False),
        (Kind.INVITATION, True, False),
        (Kind.INVITATION, False, True),
        (Kind.ACCEPTED, True, True),
    ],
)
def test_a_link_that_is_a_key_is_delivered_and_then_not_kept(
    world: World, kind: Kind, *, has_server: bool, is_kept: bool
) -> None:
    write_to(world, DAN, kind=kind)
    inbox = Inbox()
    with running(inbox) as server:
        send(world, server if has_server else None)
    if has_server:
        (delivered,) = (bytes(mail) for mail in inbox.taken)
    else:
        (delivered,) = (each.read_bytes() for each in world.product.config.outbox.iterdir())

    link = "/join/a-s3cret-token"
    body = message_from_bytes(delivered, policy=policy.default).get_body(["plain"])
    assert body is not None
    assert link in body.get_content()
    message = whole(world)
    assert (link in message.text, link in message.html) == (is_kept, is_kept)
    assert ("/join/(hidden)" in message.text) == (not is_kept)
