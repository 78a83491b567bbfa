"""The full report against plain WeasyPrint, a second download, and pages read while it renders."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from healthcheck import resources
from healthcheck.reports import html
from healthcheck.services import assessments, rendering, reports
from tests.bench import prepared, servers
from tests.bench.figures import Bound, Figure, percentile
from tests.bench.load import Clients, Visit, fetch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.bench.load import Visited
    from tests.bench.prepared import Prepared

PAIRS = 5
SECOND_DOWNLOADS = 20
REPORTS_AT_ONCE = 10
TOPIC = "workload-too-much"

READERS = 2
SECONDS_BETWEEN_PAGES = 0.02
SECONDS_A_TURN = 5.0
QUIET_TURNS = 4
MOST_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Rendered:
    """What one rendering took: seconds by the clock and of the processor, and peak memory."""

    seconds: float
    processor: float
    megabytes: float
    pages: int


def measure(say: Callable[[str], None]) -> list[Figure]:
    """Return what rendering takes, and what it does to others."""
    with TemporaryDirectory(prefix="bench-") as folder:
        say("answering everything")
        shipped = resources.folder("questionnaires")
        port = servers.free_port()
        ready = prepared.prepare(Path(folder), shipped, port, REPORTS_AT_ONCE + 1)
        first, *others = ready.assessments
        with ready.product.context(ready.lead) as ctx:
            page = html.page(reports.results(assessments.opened(ctx, first)))
        found = _against_plain(page, Path(folder), say)
        mine = found[1].value
        found.append(_second_download(ready, first, mine, say))
        found += _while_rendering(ready, first, others, say)
        return found


def _against_plain(page: str, folder: Path, say: Callable[[str], None]) -> list[Figure]:
    """Render the page in turns, ours and plain, each time in a fresh process."""
    file = folder / "report.html"
    file.write_text(page, encoding="utf-8")
    dressed = folder / "dressed.html"
    dressed.write_text(_with_press_rules(page), encoding="utf-8")
    ways = (("ours", file), ("plain", file), ("plain", dressed))
    rounds = []
    for number in range(PAIRS + 1):
        say(f"rendering, pair {number} of {PAIRS}" if number else "rendering, to warm up")
        rounds.append([render(way, source) for way, source in ways])
    ours, plain, same = zip(*rounds[1:], strict=True)
    return [
        ratio("report", "report, ÷ plain WeasyPrint", ours, plain),
        Figure("report", "report", median(each.seconds for each in ours), "s"),
        Figure("report", "report", median(each.pages / each.seconds for each in ours), "pages/s"),
        Figure(
            "report",
            "report, peak memory",
            max(each.megabytes for each in ours),
            "MB",
            working=f"plain: {max(each.megabytes for each in plain):.0f} MB",
        ),
        ratio("report", "report, ÷ plain, press.css in its page", ours, same),
    ]


def _with_press_rules(page: str) -> str:
    """Return the page with the rules in it that are otherwise laid over it when it is printed."""
    rules = resources.folder("report_templates") / "press.css"
    style = rules.read_text(encoding="utf-8") if rules.exists() else ""
    return page.replace("</head>", f"<style>{style}</style></head>", 1)


def ratio(part: str, what: str, ours: Sequence[Rendered], plain: Sequence[Rendered]) -> Figure:
    """Return the ratio of processor time: rendering uses one core, and others use the clock too."""
    middle = median(a.processor / b.processor for a, b in zip(ours, plain, strict=True))
    working = (
        f"{len(ours)} pairs, processor time; {ours[0].pages} pages in"
        f" {median(each.processor for each in ours):.2f} s, plain {plain[0].pages} pages in"
        f" {median(each.processor for each in plain):.2f} s"
    )
    return Figure(part, what, middle, "×", Bound("at most", 0.75), working)


def render(way: str, page: Path) -> Rendered:
    """Render in a fresh process; both ways find the same fonts, so that they set the same pages."""
    fonts = page.with_name("fonts.conf")
    fonts.write_text(f"<fontconfig><dir>{resources.FONTS}</dir></fontconfig>", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.one_render", way, page, page.with_suffix(".pdf")],
        cwd=servers.ROOT,
        env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return Rendered(*json.loads(done.stdout))


def _second_download(
    ready: Prepared, assessment_id: str, rendered: float, say: Callable[[str], None]
) -> Figure:
    """Render once through the services, then fetch the same report again and again."""
    say("downloading again")
    times = []
    with ready.product.context(ready.lead) as ctx:
        reports.ask_for_report(ctx, assessment_id)
        rendering.render_next(ctx)
    for _ in range(SECOND_DOWNLOADS):
        with ready.product.context(ready.lead) as ctx:
            before = time.perf_counter()
            job = reports.ask_for_report(ctx, assessment_id)
            reports.report_pdf(ctx, assessment_id, job.key)
            times.append(time.perf_counter() - before)
    working = f"median of {SECOND_DOWNLOADS}: {1000 * median(times):.2f} ms"
    bound = Bound("at least", 100)
    return Figure(
        "report", "rendering ÷ second download", rendered / median(times), "×", bound, working
    )


def _while_rendering(
    ready: Prepared, read: str, asked: Sequence[str], say: Callable[[str], None]
) -> list[Figure]:
    """Read a topic page at a steady pace, first in quiet and then while ten reports render."""
    port = ready.config.port
    with servers.ours(ready.config), Clients(READERS) as clients:
        cookie = servers.sign_in(port)
        address = f"/assessments/{read}/topics/{TOPIC}"
        head = servers.head("GET", address, Cookie=cookie)
        visits = [Visit(port, head, 200, pause=SECONDS_BETWEEN_PAGES)] * READERS
        clients.visit(visits, SECONDS_A_TURN)
        quiet: list[float] = []
        for number in range(QUIET_TURNS):
            say(f"reading in quiet, {number + 1} of {QUIET_TURNS}")
            quiet += _times(clients.visit(visits, SECONDS_A_TURN))
        token = servers.csrf_token(servers.get(port, address, cookie))
        made = clients.start(visits, SECONDS_A_TURN)
        keys = [_ask(port, each, cookie, token) for each in asked]
        busy = _times(made())
        end = time.monotonic() + MOST_SECONDS
        while (done := _ready(ready, asked, keys)) < len(asked):
            if time.monotonic() > end:
                raise ValueError("the reports were not ready in time")
            say(f"reading while rendering: {done} of {len(asked)} ready")
            busy += _times(clients.visit(visits, SECONDS_A_TURN))
    return _slowing(quiet, busy)


def _slowing(quiet: Sequence[float], busy: Sequence[float]) -> list[Figure]:
    calm, pressed = (1000 * percentile(times, 0.99) for times in (quiet, busy))
    working = (
        f"p99 {calm:.1f} ms in quiet, {pressed:.1f} ms while {REPORTS_AT_ONCE} reports render;"
        f" {READERS} readers, a page every {1000 * SECONDS_BETWEEN_PAGES:.0f} ms each"
    )
    middle = percentile(busy, 0.5) / percentile(quiet, 0.5)
    return [
        Figure(
            "report", "topic page p99, ÷ quiet", pressed / calm, "×", Bound("at most", 5), working
        ),
        Figure("report", "topic page p50, ÷ quiet", middle, "×"),
    ]


def _times(made: Sequence[Visited]) -> list[float]:
    return [time for each in made for time in each.times]


def _ask(port: int, assessment_id: str, cookie: str, token: str) -> str:
    """Ask for a report as the button does; return its key."""
    body = urlencode({"csrf_token": token}).encode()
    address = f"/assessments/{assessment_id}/report"
    head = servers.head("POST", address, Cookie=cookie, Content_Type=servers.FORM)
    answer = fetch(port, b"%sContent-Length: %d\r\n\r\n%s" % (head, len(body), body))
    if answer.status != 303:
        raise ValueError(f"asking for a report gave {answer.status}")
    return answer.head.partition("/report/")[2].split()[0]


def _ready(ready: Prepared, asked: Sequence[str], keys: Sequence[str]) -> int:
    """Return how many of the reports are finished. Raises ValueError when one has failed."""
    with ready.product.context(ready.lead) as ctx:
        states = [
            reports.report_job(ctx, each, key).state for each, key in zip(asked, keys, strict=True)
        ]
    if "failed" in states:
        raise ValueError("a report could not be rendered")
    return states.count("ready")
