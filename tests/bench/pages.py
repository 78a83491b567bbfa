"""The topic page on the shipped server, read and saved, against a bare Flask and Jinja page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from healthcheck.services import assessments
from tests.bench import prepared, servers
from tests.bench.figures import Bound, Figure, percentile
from tests.bench.load import Clients, Visit, Visited

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from healthcheck.core import questionnaires as q
    from tests.bench.prepared import Prepared
    from tests.bench.servers import Running

CONNECTIONS = 4
ROUNDS = 8
SECONDS_A_TURN = 2.0
SECONDS_TO_WARM_UP = 1.5
NEAR_ENOUGH = 0.01
BOUNDARY = "bench-boundary-of-a-form"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


@dataclass
class Contender:
    """One kind of request: what each connection sends, and what came of it so far.

    `processor` is the server's processor time for a request in each round, in milliseconds.
    """

    server: Running
    visits: list[Visit]
    rounds: list[list[Visited]] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def turn(self, clients: Clients, seconds: float) -> list[Visited]:
        """Send the requests for some seconds; each goes on counting where the last turn ended."""
        before = self.server.processor_seconds()
        made = clients.visit(self.visits, seconds)
        used = self.server.processor_seconds() - before
        self.processor.append(1000 * used / sum(len(each.times) for each in made))
        self.visits = [
            replace(visit, first=visit.first + len(visited.times))
            for visit, visited in zip(self.visits, made, strict=True)
        ]
        return made

    @property
    def rates(self) -> list[float]:
        """Requests a second in each round."""
        return [sum(len(each.times) / each.seconds for each in made) for made in self.rounds]

    @property
    def times(self) -> list[float]:
        """How long every request took, in seconds."""
        return [time for made in self.rounds for each in made for time in each.times]

    @property
    def client_share(self) -> float:
        """How much of one processor core the clients used, from 0 to 1 and above."""
        seconds = sum(each.seconds for made in self.rounds for each in made) / CONNECTIONS
        return sum(each.client_seconds for made in self.rounds for each in made) / seconds


def measure(say: Callable[[str], None]) -> list[Figure]:
    """Return rates, times and the two ratios that are demanded."""
    with TemporaryDirectory(prefix="bench-") as folder, Clients(CONNECTIONS) as clients:
        say("answering everything")
        questionnaires = prepared.questionnaires_with_four_ratings(Path(folder))
        ready = prepared.prepare(Path(folder), questionnaires, servers.free_port(), CONNECTIONS)
        with servers.ours(ready.config) as server:
            cookie = servers.sign_in(ready.config.port)
            address = f"/assessments/{ready.assessments[0]}/topics/{prepared.MERGED}"
            page = servers.get(ready.config.port, address, cookie)
            bare = replace(ready.config, port=servers.free_port())
            with servers.serving(bare, "tests.bench.bare", str(len(page))) as plain:
                same = len(servers.get(bare.port, "/")) / len(page)
                if abs(same - 1) > NEAR_ENOUGH:
                    raise ValueError(f"the bare page is {same:.3f} of the size")
                contenders = (
                    Contender(
                        plain, [Visit(bare.port, servers.head("GET", "/"), 200)] * CONNECTIONS
                    ),
                    Contender(
                        server, [_reading(ready, each, cookie) for each in ready.assessments]
                    ),
                    Contender(server, [_saving(ready, each, cookie) for each in ready.assessments]),
                )
                _take_turns(contenders, clients, say)
        _require_saved(ready, contenders[2])
    return _figures(*contenders, size=len(page))


def _take_turns(
    contenders: Sequence[Contender], clients: Clients, say: Callable[[str], None]
) -> None:
    """Let each have a turn a round, so that whatever else the machine does touches all alike."""
    for each in contenders:
        each.turn(clients, SECONDS_TO_WARM_UP)
    for number in range(ROUNDS):
        say(f"round {number + 1} of {ROUNDS}")
        for each in contenders if number % 2 else reversed(contenders):
            each.rounds.append(each.turn(clients, SECONDS_A_TURN))


def _reading(ready: Prepared, assessment_id: str, cookie: str) -> Visit:
    address = f"/assessments/{assessment_id}/topics/{prepared.MERGED}"
    return Visit(ready.config.port, servers.head("GET", address, Cookie=cookie), 200)


def _saving(ready: Prepared, assessment_id: str, cookie: str) -> Visit:
    """Return a save, as a browser posts it, that changes level and evidence of all four ratings."""
    address = f"/assessments/{assessment_id}/topics/{prepared.MERGED}"
    port = ready.config.port
    number, level = Visit.NUMBER.decode(), Visit.LEVEL.decode()
    parts = [_part("csrf_token", servers.csrf_token(servers.get(port, address, cookie)))]
    for question in _questions(ready):
        parts += [
            _part(f"{question.id}.revision", number),
            _part(question.id, level),
            _part(f"{question.id}.reason", ""),
            _part(f"{question.id}.evidence", f"{prepared.EVIDENCE} {number}"),
            _part(f"{question.id}.links", prepared.LINK),
            _part(f'{question.id}.files"; filename="', ""),
        ]
    body = "".join([*parts, _part("go", "continue"), f"--{BOUNDARY}--\r\n"]).encode()
    head = servers.head("POST", address, Cookie=cookie, Content_Type=MULTIPART)
    # Everything was saved once before, so the first save is based on revision 1.
    return Visit(port, head, 303, body, first=1)


def _questions(ready: Prepared) -> tuple[q.Question, ...]:
    topics = ready.product.library.get(prepared.QUESTIONNAIRE, prepared.EDITION).topics
    return next(each for each in topics if each.id == prepared.MERGED).questions


def _part(name: str, text: str) -> str:
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'


def _require_saved(ready: Prepared, saves: Contender) -> None:
    """Raise ValueError unless every save measured is in the database."""
    with ready.product.context(ready.lead) as ctx:
        for assessment_id, visit in zip(ready.assessments, saves.visits, strict=True):
            saved = assessments.opened(ctx, assessment_id).saved
            asked = _questions(ready)
            if {saved[each.id].revision for each in asked} != {visit.first}:
                raise ValueError("a save that was answered with success is not in the database")


def _figures(bare: Contender, gets: Contender, saves: Contender, *, size: int) -> list[Figure]:
    working = f"median of {ROUNDS} rounds; the two pages have {size:,} bytes"
    found = [
        Figure(
            "pages",
            f"{name}, ÷ bare GET",
            median(mine / yours for mine, yours in zip(each.rates, bare.rates, strict=True)),
            "×",
            Bound("at least", limit),
            working,
        )
        for name, each, limit in (("GET", gets, 1 / 4), ("save", saves, 1 / 6))
    ]
    for name, each in (("bare GET", bare), ("GET", gets), ("save", saves)):
        p50, p99 = (1000 * percentile(each.times, share) for share in (0.5, 0.99))
        working = f"{CONNECTIONS} connections; clients used {each.client_share:.0%} of a core"
        found += [
            Figure("pages", f"{name}, rate", median(each.rates), "/s", working=working),
            Figure("pages", f"{name}, p50", p50, "ms"),
            Figure("pages", f"{name}, p99", p99, "ms"),
            Figure("pages", f"{name}, server's processor", median(each.processor), "ms"),
        ]
    return found
