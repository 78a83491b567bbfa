"""Pages before the Nu HTML checker, which knows the whole standard."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.web.page import Page

JAR = Path(__file__).parents[2] / "node_modules/vnu-jar/build/dist/vnu.jar"

QUICK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""What spares Java the work that only pays in programs that run for long."""


def breaches(pages: Iterable[Page], folder: Path) -> list[str]:
    """Return what in these pages breaks the standard; skip the test where no checker is."""
    java = shutil.which("java")
    if java is None or not JAR.exists():
        pytest.skip("the Nu HTML checker needs Java and npm's vnu-jar; one is not here")
    folder.mkdir()
    for number, page in enumerate(pages):
        (folder / f"{number:03} {page.heading[:80].replace('/', ' ')}.html").write_bytes(
            page.content
        )
    command: list[str | Path] = [
        java,
        "-Xss2m",
        *QUICK,
        "-jar",
        str(JAR),
        "--format",
        "json",
        "--exit-zero-always",
        folder,
    ]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return [
        f"{Path(each['url']).name}: {each['message']} {each.get('extract', '')}"
        for each in json.loads(done.stderr)["messages"]
        if each["type"] == "error" or each.get("subType") == "warning"
    ]
