"""What is kept of teams comes back as it was, and teams together are what their workers are."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from healthcheck.core.workload.at_capacity import above, at_capacity, who_is_above
from healthcheck.core.workload.calculating import calculate, of_teams, together
from healthcheck.core.workload.schemes import standing_for
from healthcheck.core.workload.team_sums import read, summed

from .caseloads import AVAILABLE, COUNT, DAY, PRIORITY, WEIGHTED, case, scheme, team, worker

if TYPE_CHECKING:
    from healthcheck.core.workload.results import Result

MAIN = scheme(AVAILABLE)
OTHER = replace(scheme(WEIGHTED), id="other", title="Other")
CRUDE = replace(scheme(COUNT, lights=None), id="crude")
ORDER = replace(scheme(PRIORITY, lights=None), id="order")
KINDS = ["short", "long", "unknown"]


def results(cases: int) -> list[Result]:
    snapshot = team(
        [worker("ab"), worker("cd", None)],
        [*(case(f"c{each}", "ab", "long") for each in range(cases)), case("w", None)],
    )
    return [calculate(each, snapshot) for each in (CRUDE, MAIN, OTHER)]


def test_the_first_scheme_with_lights_stands_for_a_team_else_the_first_with_loads() -> None:
    assert standing_for([ORDER, CRUDE, MAIN, OTHER]) is MAIN
    assert standing_for([ORDER, CRUDE]) is CRUDE
    assert standing_for([ORDER]) is None
    assert summed([], []) is None


def test_what_is_kept_of_a_team_comes_back_and_names_its_workers_as_they_are_called_now() -> None:
    made = results(12)
    days = [(DAY, {"ab"}), (DAY - timedelta(days=30), {"ab"}), (DAY - timedelta(days=60), set())]
    kept = json.loads(json.dumps(summed(made, days)))
    found = read(kept, {MAIN.id: MAIN}, {"ab": "A Brown"})

    assert (found.scheme, found.taken_on, found.workers) == (MAIN, DAY, 2)
    assert (found.team, found.unallocated) == (made[1].team, made[1].unallocated)
    (one,) = found.above
    (was,) = at_capacity(made, days)
    assert one == replace(was, name="A Brown")
    assert (len(one.said), one.since) == (2, DAY - timedelta(days=30))
    again = found.result("Duty", {"ab": "A Brown"})
    assert [each.worker.name for each in again.workers] == ["A Brown", "cd"]
    assert [each.load for each in again.workers] == [each.load for each in made[1].workers]


def test_the_team_as_a_whole_is_called_that() -> None:
    alone = calculate(MAIN, team([worker("ab")], [case(f"c{n}", "ab", "long") for n in range(12)]))
    kept = summed([alone], [])
    assert kept is not None
    assert [each.name for each in read(kept, {MAIN.id: MAIN}, {}).above] == [
        "The team as a whole", "ab"
    ]  # fmt: skip
    assert who_is_above(alone) == tuple(above([alone])) == (None, "ab")


WORKERS = st.tuples(
    st.lists(st.sampled_from(KINDS), max_size=14), st.sampled_from([None, 0, 18, 37])
)


@given(st.lists(st.lists(WORKERS, min_size=1, max_size=3), min_size=1, max_size=3))
def test_teams_together_are_what_all_their_workers_are_together(
    teams: list[list[tuple[list[str], int | None]]],
) -> None:
    made = []
    for workers in teams:
        people = [worker(f"w{number}", hours) for number, (_, hours) in enumerate(workers)]
        cases = [
            case(f"c{number}-{place}", f"w{number}", kind)
            for number, (kinds, _) in enumerate(workers)
            for place, kind in enumerate(kinds)
        ]
        made.append(calculate(MAIN, team(people, cases)))
    everybody = [each for result in made for each in result.workers]
    assert of_teams(MAIN, [each.team for each in made]) == together(MAIN, everybody)
