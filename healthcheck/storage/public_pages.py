"""Which pages of an employer are public now, of whatever kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck.core.public_pages import Kind, Link

if TYPE_CHECKING:
    from healthcheck.storage.store import Store

PAGES = """
SELECT 'BENCHMARK', address, '' AS service, '' AS cycle FROM benchmarks
WHERE employer_id = ?1 AND removed_at IS NULL
UNION ALL SELECT 'REPORT', p.address, a.service, a.cycle FROM publications p
JOIN assessments a ON a.id = p.assessment_id WHERE a.employer_id = ?1 AND p.removed_at IS NULL
UNION ALL SELECT 'STAFF_PAGE', s.address, a.service, a.cycle FROM staff_pages s
JOIN assessments a ON a.id = s.assessment_id WHERE a.employer_id = ?1 AND s.removed_at IS NULL
ORDER BY cycle DESC, service, 1
"""


def of_employer(store: Store, employer_id: str) -> tuple[Link, ...]:
    """Return every page that is public, the newest cycle first, in one query."""
    return tuple(Link(Kind[kind], *rest) for kind, *rest in store.rows(PAGES, employer_id))
