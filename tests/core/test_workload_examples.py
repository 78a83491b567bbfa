from __future__ import annotations

import pytest

from healthcheck.core.workload import example_tables
from tests.core.pasted import DAY, asked, pasted, schemes


@pytest.mark.parametrize("chosen", [*((each,) for each in schemes()), ()])
def test_every_example_to_copy_is_taken_as_it_stands(chosen: tuple[str, ...]) -> None:
    layout = asked(*chosen)
    tables = (example_tables.by_case(layout, DAY), example_tables.by_worker(layout))
    for table in tables:
        assert {len(row) for row in table} == {len(table[0])}
        found = pasted("\n".join("\t".join(row) for row in table), *chosen)
        assert (found.bad, found.notes) == ((), ())
        assert [each.name for each in found.snapshot.workers] == ["AB", "CD"]
        assert found.snapshot.unallocated


def test_counts_are_offered_where_a_scheme_can_use_them() -> None:
    can = {name: asked(name).can_count for name in schemes()}
    assert (can["simple-count"], can["contracted-hours"], can["traffic-light"]) == (True,) * 3
    assert (can["ne-london-points"], can["priority-factors"], can["eligibility"]) == (False,) * 3
