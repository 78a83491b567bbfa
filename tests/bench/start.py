"""How long `healthcheck --help` takes in a fresh process."""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median
from typing import TYPE_CHECKING

from tests.bench.figures import Bound, Figure
from tests.bench.servers import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

TIMES = 10


def measure(say: Callable[[str], None]) -> list[Figure]:
    """Return the median of ten, and what it is beside a Python that does nothing."""
    say(f"{TIMES} fresh processes")
    helps, nothings = [], []
    for _ in range(TIMES):
        helps.append(_seconds("-m", "healthcheck", "--help"))
        nothings.append(_seconds("-c", "pass"))
    ratio = median(helps) / median(nothings)
    working = f"median of {TIMES}; {ratio:.1f} × a Python that does nothing"
    return [
        Figure("start", "healthcheck --help", median(helps), "s", Bound("at most", 0.5), working)
    ]


def _seconds(*arguments: str) -> float:
    before = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - before
