"""The plan of the house, held by reading every import: floors, shut doors, homes and sizes."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from functools import cache, cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Rule = Callable[[Path], Iterator[str]]

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
FLOORS = {
    "core": 1,
    "resources": 1,
    "definitions": 2,
    "storage": 2,
    "reports": 2,
    "config": 2,
    "services": 3,
    "bootstrap": 4,
    "web": 5,
    "cli": 6,
    "tables": 5,
    "__main__": 7,
}
SHUT = {("web", "storage"), ("web", "definitions")}
HOMES = {
    "argon2": ("services/passwords.py",),
    "authlib": ("services/oidc.py",),
    "click": ("cli/",),
    "cssselect2": ("reports/pdf.py",),
    "filetype": ("services/file_types.py",),
    "flask": ("web/",),
    "flask_wtf": ("web/",),
    "gunicorn": ("web/server.py",),
    "icalendar": ("reports/calendars.py",),
    "jinja2": ("reports/html.py", "reports/messages.py", "web/app.py"),
    "joserfc": ("services/oidc.py",),
    "markupsafe": ("reports/", "web/"),
    "pydantic": ("definitions/",),
    "pydantic_core": ("definitions/",),
    "pydyf": ("reports/pdf_speed.py", "reports/pdf_tags.py"),
    "pyotp": ("services/totp.py",),
    "requests": ("services/oidc.py",),
    "python_calamine": ("definitions/sheets.py",),
    "rich": ("cli/",),
    "segno": ("reports/qr_codes.py",),
    "smtplib": ("services/mail.py",),
    "sqlite3": ("storage/",),
    "sqlite_utils": ("storage/",),
    "weasyprint": ("reports/pdf.py", "reports/pdf_speed.py"),
    "werkzeug": ("web/",),
    "whitenoise": ("web/app.py",),
    "wtforms": ("web/forms/",),
    "xlsxwriter": ("reports/spreadsheets.py",),
    "yaml": ("definitions/",),
}
NOT_PURE = {"io", "os", "pathlib", "random", "secrets", "socket", "subprocess", "tempfile", "time"}
CLOCKS_AND_FILES = ("open", "print", "input", "now", "utcnow", "today")
LONGEST = {"healthcheck": 300, "tests": 400}
LONGEST_FUNCTION = 50


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what stands inside, without looking into expressions: most of a tree is those."""
    for name in ("body", "handlers", "orelse", "finalbody", "cases"):
        for each in getattr(node, name, ()):
            yield each
            yield from statements(each)


@dataclass(frozen=True)
class Source:
    path: str
    tree: ast.Module
    lines: int

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def room(self) -> str:
        return (self.module + ".").split(".")[1]

    @cached_property
    def imports(self) -> list[str]:
        return [name for node in statements(self.tree) for name in self._imported(node)]

    def _imported(self, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = self.path.split("/")[: -node.level] if node.level else []
            base = ".".join([*package, *filter(None, [node.module])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


@cache
def read(root: Path, folder: str) -> list[Source]:
    paths = sorted((root / folder).rglob("*.py"))
    texts = [(path.relative_to(root).as_posix(), path.read_text("utf-8")) for path in paths]
    return [Source(path, ast.parse(text), len(text.splitlines())) for path, text in texts]


def own(source: Source) -> Iterator[str]:
    return (each for each in source.imports if each.split(".")[0] == "healthcheck")


def floors(root: Path) -> Iterator[str]:
    for source in read(root, "healthcheck"):
        for wanted in own(source):
            room = (wanted + ".").split(".")[1]
            if room == "__version__" or (room == source.room and room in FLOORS):
                continue
            if FLOORS.get(room, 99) >= FLOORS.get(source.room, 0):
                yield f"{source.path}: {wanted} is not below it"
            if (source.room, room) in SHUT:
                yield f"{source.path}: the door to {wanted} is shut"


def homes(root: Path) -> Iterator[str]:
    for source in read(root, "healthcheck"):
        for library in {each.split(".")[0] for each in source.imports} - {"healthcheck"}:
            known = library in sys.stdlib_module_names and library not in HOMES
            place = source.path.removeprefix("healthcheck/")
            if not known and not place.startswith(HOMES.get(library, ())):
                yield f"{source.path}: {library} has its home elsewhere"


def circles(root: Path) -> Iterator[str]:
    sources = read(root, "healthcheck")
    modules = {source.module for source in sources}
    graph = {
        source.module: {
            each if each in modules else each.rpartition(".")[0] for each in own(source)
        }
        - {source.module}
        for source in sources
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        yield f"circle: {' '.join(error.args[1])}"


def purity(root: Path) -> Iterator[str]:
    for source in read(root, "healthcheck/core"):
        for wanted in source.imports:
            library = wanted.split(".")[0]
            if library in NOT_PURE or library not in {*sys.stdlib_module_names, "healthcheck"}:
                yield f"{source.path}: {wanted} is not pure"
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func).rpartition(".")[2]
                if called in CLOCKS_AND_FILES:
                    yield f"{source.path}: {called}() is not pure"


def sizes(root: Path) -> Iterator[str]:
    for folder, most in LONGEST.items():
        for source in read(root, folder):
            if source.lines > most:
                yield f"{source.path}: {source.lines} lines"
            for node in statements(source.tree):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    length = (node.end_lineno or 0) - node.lineno + 1
                    if length > LONGEST_FUNCTION:
                        yield f"{source.path}: {node.name} has {length} lines"


RULES = (floors, homes, circles, purity, sizes)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    assert list(rule(ROOT)) == []


def test_every_room_was_found() -> None:
    rooms = {source.room for source in read(ROOT, "healthcheck")}

    assert rooms == {*FLOORS, ""}
    assert len(read(ROOT, "tests")) > len(rooms)


BROKEN = [
    (floors, "core/a", "import healthcheck.web.b", "healthcheck.web.b is not below it"),
    (
        floors,
        "storage/a",
        "from healthcheck.reports import b",
        "healthcheck.reports.b is not below it",
    ),
    (
        floors,
        "reports/a",
        "def f():\n    from ..services import b",
        "healthcheck.services.b is not below it",
    ),
    (floors, "helpers/a", "from healthcheck import core", "healthcheck.core is not below it"),
    (floors, "web/a", "from healthcheck import helpers", "healthcheck.helpers is not below it"),
    (
        floors,
        "web/a",
        "if x:\n    import healthcheck.storage",
        "the door to healthcheck.storage is shut",
    ),
    (
        floors,
        "web/b/c",
        "import healthcheck.definitions",
        "the door to healthcheck.definitions is shut",
    ),
    (homes, "web/a", "import sqlite3", "sqlite3 has its home elsewhere"),
    (homes, "web/a", "from wtforms.fields import Field", "wtforms has its home elsewhere"),
    (homes, "reports/html", "from weasyprint import HTML", "weasyprint has its home elsewhere"),
    (homes, "cli", "import numpy", "numpy has its home elsewhere"),
    (purity, "core/a", "import yaml", "yaml is not pure"),
    (purity, "core/a", "from pathlib import Path", "pathlib.Path is not pure"),
    (purity, "core/a", "x = datetime.date.today()", "today() is not pure"),
    (purity, "core/a", "open('x')", "open() is not pure"),
    (sizes, "core/a", "x = 1\n" * 301, "301 lines"),
    (sizes, "core/a", "def f():\n" + "    x = 1\n" * 50, "f has 51 lines"),
]


def build(root: Path, module: str, text: str) -> None:
    path = root / "healthcheck" / f"{module}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(("rule", "module", "text", "fault"), BROKEN)
def test_a_house_that_breaks_a_rule_is_caught(
    rule: Rule, module: str, text: str, fault: str, tmp_path: Path
) -> None:
    build(tmp_path, module, text)

    assert list(rule(tmp_path)) == [f"healthcheck/{module}.py: {fault}"]


def test_a_circle_of_imports_is_caught(tmp_path: Path) -> None:
    build(tmp_path, "core/a", "from healthcheck.core.b import c")
    build(tmp_path, "core/b", "if TYPE_CHECKING:\n    import healthcheck.core.a")

    (fault,) = circles(tmp_path)

    assert set(fault.split()) == {"circle:", "healthcheck.core.a", "healthcheck.core.b"}
