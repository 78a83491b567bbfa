"""The people and employers most tests are about, and the time it is.

Alice leads the health checks at Northmere, Bob contributes there and Vera looks on. Charlie leads
those at Southmere, which also has one: whatever is Northmere's, he must not see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from healthcheck.core.accounts import Employer, Person
from healthcheck.core.answers import Entry
from healthcheck.core.permissions import Role
from healthcheck.core.saving import Offered
from healthcheck.services import passwords
from healthcheck.services.assessments import start
from healthcheck.storage import accounts

if TYPE_CHECKING:
    from contextlib import ExitStack

    from healthcheck.bootstrap import Product
    from healthcheck.core.assessments import Assessment
    from healthcheck.services.context import Context

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
DUE = date(2026, 9, 30)
PASSWORD = "a long walk to Northmere"
QUESTIONNAIRES = Path(__file__).parent / "questionnaires"

NORTHMERE = Employer("northmere", "Northmere Council", "england", "council")
SOUTHMERE = Employer("southmere", "Southmere Trust", "northern-ireland", "hsc-trust")
ALICE = Person("alice", "Alice Archer", "alice@northmere.example")
BOB = Person("bob", "Bob Baker", "bob@northmere.example")
VERA = Person("vera", "Vera Viewer", "vera@northmere.example")
CHARLIE = Person("charlie", "Charlie Carter", "charlie@southmere.example")
PEOPLE = (
    (ALICE, NORTHMERE, Role.LEAD),
    (BOB, NORTHMERE, Role.CONTRIBUTOR),
    (VERA, NORTHMERE, Role.VIEWER),
    (CHARLIE, SOUTHMERE, Role.LEAD),
)


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, time: timedelta) -> None:
        self.now += time


@dataclass(frozen=True)
class World:
    """A product with a real database, and one assessment at each employer."""

    product: Product
    clock: Clock
    northmeres: Assessment
    southmeres: Assessment
    open_until_the_end: ExitStack

    def as_(self, person: Person | None, address: str = "") -> Context:
        """Return a context for a person, with its own connection, closed when the test ends."""
        return self.open_until_the_end.enter_context(self.product.context(person, address))


@cache
def password_hash() -> str:
    """Everyone's password, hashed once, because hashing is slow by design."""
    return passwords.hashed(PASSWORD)


def settle(product: Product, clock: Clock, stack: ExitStack) -> World:
    """Fill an empty database with the people, the employers and their assessments."""
    with product.context() as ctx:
        with ctx.store.writing():
            for employer in (NORTHMERE, SOUTHMERE):
                accounts.add_employer(ctx.store, employer, clock())
            for person, employer, role in PEOPLE:
                accounts.add_person(ctx.store, person, password_hash(), clock())
                accounts.add_role(ctx.store, person.id, employer.id, role)
        northmeres, southmeres = (
            start(
                ctx,
                employer,
                service="childrens",
                cycle="2026",
                due=DUE,
                questionnaire="small-check",
                edition="2026",
            )
            for employer in (NORTHMERE, SOUTHMERE)
        )
    return World(product, clock, northmeres, southmeres, stack)


def offer(*value: str, based_on: int = 0, evidence: str = "", reason: str = "") -> Offered:
    """Return an entry as a form posts it."""
    entry = Entry(value, not_applicable=bool(reason), reason=reason, evidence=evidence)
    return Offered(entry, based_on)
