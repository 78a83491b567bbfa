"""One report rendered in a process of its own, timed there.

python -m tests.bench.one_render ours|plain HTML PDF    print seconds and peak memory as JSON
"""

from __future__ import annotations

import json
import re
import sys
import time
import zlib
from contextlib import suppress
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def ours() -> Callable[[str], bytes]:
    """Return the program's own way to make a PDF."""
    from healthcheck.reports import pdf  # noqa: PLC0415 - each way is imported where it is used

    return pdf.render


def plain() -> Callable[[str], bytes]:
    """Return WeasyPrint as its documentation shows it, with every default."""
    from weasyprint import HTML  # noqa: PLC0415 - each way is imported where it is used

    def render(html: str) -> bytes:
        pdf: bytes = HTML(string=html).write_pdf()
        return pdf

    return render


def pages(pdf: bytes) -> int:
    """Return how many pages a PDF has: the count at the root of its tree of pages."""
    parts = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            parts.append(zlib.decompress(stream))
    trees = [each for part in parts for each in re.findall(rb"<<[^<>]*/Type /Pages[^<>]*>>", part)]
    return max(int(re.findall(rb"/Count (\d+)", each)[0]) for each in trees)


def main(way: str, html: Path, pdf: Path) -> None:
    """Render, write the PDF and print what it took; importing is not counted."""
    render = {"ours": ours, "plain": plain}[way]()
    text = html.read_text(encoding="utf-8")
    before, used = time.perf_counter(), time.process_time()
    made = render(text)
    seconds, processor = time.perf_counter() - before, time.process_time() - used
    peak = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    pdf.write_bytes(made)
    print(json.dumps([seconds, processor, peak, pages(made)]))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
