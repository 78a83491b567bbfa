from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthcheck.core.errors import NotFoundError, UnacceptableDetailsError
from healthcheck.core.workload import drafts, snapshot_rules, team_rules, written_tables
from healthcheck.core.workload.cells import shown
from healthcheck.core.workload.columns import USUAL_FULL_TIME, layout
from healthcheck.core.workload.pasted_tables import table_of
from healthcheck.core.workload.references import ALLOWED
from healthcheck.core.workload.snapshots import Case, Reduction, Snapshot, Worker
from healthcheck.core.workload.teams import Team, TeamWorker
from tests.core.pasted import BLANK, DAY, KINDS, POINTS, asked, pasted, schemes
from tests.people import NORTHMERE

ALL = asked()
PASTE = """\
Worker;Grade;Hours;NQSW;Protected hours;Protected points;Reason;From;Until;D
AB;Senior "A";37;;7;;Practice, educator;1/9/2025;;5
AB;;;;;10;Duty;;31/8/2026;
CD;;18.5;yes;;;;;;

Worker;Ref;Kind;Risk;Number;Urgency;Since;Factors;Hours;Agreed
AB;1;CIN;3;;Today;;;7.25;both
AB;;CIN;;4;;;none;;supervisor
CD;;CIN;;2;;;;;worker
nobody;3;;;;;1/2/26;Legal requirements, crisis;;
"""


@pytest.fixture(name="draft")
def a_draft() -> Snapshot:
    found = pasted(PASTE)
    assert found.bad == ()
    return found.snapshot


def test_a_snapshot_written_out_is_read_back_the_same(draft: Snapshot) -> None:
    text = written_tables.text(draft, ALL)
    assert pasted(text).snapshot == draft
    workers, cases = written_tables.tables(draft, ALL)
    assert workers[0][:4] == ("Worker", "Grade", "Contracted hours", "Newly qualified")
    assert workers[2][0] == "AB"
    assert len(cases) == 5
    assert "4" in cases[2]
    assert pasted("\n".join("\t".join(row) for row in (*workers, (), *cases))).snapshot == draft


def test_without_cases_only_workers_are_written() -> None:
    alone = replace(BLANK, workers=(Worker(id="worker-1", name="AB"),))
    assert written_tables.text(alone, ALL) == "worker\nAB\n"
    assert pasted("worker\nAB\n").snapshot == alone


NAMES = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=12)


@settings(max_examples=60)
@given(st.lists(NAMES, min_size=1, max_size=4), st.lists(st.integers(0, 5), max_size=5))
def test_any_names_that_can_be_taken_come_back(names: list[str], counts: list[int]) -> None:
    rows = [f"{name}\t{count}" for name, count in zip(names, counts, strict=False)]
    first = pasted("\n".join(["Worker\tCases", *rows]), "simple-count")
    if first.bad or not first.snapshot.workers:
        return
    again = pasted(written_tables.text(first.snapshot, ALL))
    assert (again.bad, again.snapshot) == ((), first.snapshot)


def test_headings_to_copy_are_understood() -> None:
    used = asked(*KINDS, *POINTS)
    for headings in written_tables.headings(used):
        table = table_of([headings, ["x"] * len(headings)], used)
        assert table is not None
        assert (table.unused, len(table.columns)) == ((), len(headings))
    assert written_tables.headings(asked("simple-count"))[1][-1] == "Cases"
    assert table_of([["nothing"]], used) is None


def test_a_worker_is_put_in_changed_and_taken_out(draft: Snapshot) -> None:
    said = drafts.said_of_worker(draft.workers[0])
    assert said["protected"] == ("7; Practice, educator; 1/9/2025\n10 points; Duty; -; 31/8/2026")
    same = drafts.with_worker(draft, said, ALL, draft.workers[0].id)
    assert same == drafts.Draft(draft, {})
    new = drafts.with_worker(draft, {"worker": "EF", "contracted-hours": "30"}, ALL).snapshot
    assert (new.workers[2].name, new.workers[2].contracted_hours) == ("EF", Fraction(30))
    assert drafts.without_worker(new, new.workers[2]).snapshot == draft
    kept = drafts.without_worker(draft, draft.workers[1])
    assert kept.problems == {
        "team": "CD still has 2 cases. Give them to others, or remove them, first."
    }


def test_points_of_schemes_that_are_not_asked_stay_with_a_worker(draft: Snapshot) -> None:
    said = {"worker": "AB", "contracted-hours": "20"}
    changed = drafts.with_worker(draft, said, asked(*KINDS), draft.workers[0].id).snapshot
    assert changed.workers[0].scores == {"indirect": 5}
    assert changed.workers[0].reductions == ()


@pytest.mark.parametrize(
    ("said", "part", "sentence"),
    [
        ({}, "worker", "Enter the worker’s name or initials."),
        ({"worker": "ab"}, "worker", "There is a worker “ab” in this team already."),
        ({"worker": "E", "contracted-hours": "x"}, "contracted-hours", "“x” is not hours a week."),
        ({"worker": "E", "protected": "7"}, "protected", "Protected time needs a reason"),
        ({"worker": "E", "protected": "; Duty"}, "protected", "“?” is not protected hours."),
        ({"worker": "E", "protected": "1;a\n" * 11}, "protected", "Up to 10 lines"),
        ({"worker": "E", "worker-score.indirect": "x"}, "worker-score.indirect", "“x” is not"),
    ],
)
def test_a_worker_that_cannot_be_taken_says_why(
    draft: Snapshot, said: dict[str, str], part: str, sentence: str
) -> None:
    made = drafts.with_worker(draft, said, ALL)
    assert made.snapshot == draft
    assert [*made.problems] == [part]
    assert made.problems[part].startswith(sentence)


def test_a_case_is_put_in_changed_and_found(draft: Snapshot) -> None:
    for each in draft.cases:
        said = drafts.said_of_case(each, ALL)
        assert drafts.with_case(draft, said, ALL, each.id) == drafts.Draft(draft, {})
    more = drafts.with_case(draft, {"kind": "care-leaver", "number": "3"}, ALL).snapshot
    assert [each.kind for each in more.cases[-3:]] == ["care-leaver"] * 3
    assert len({each.id for each in more.cases}) == len(more.cases)
    assert drafts.case(draft, "c1").reference == "1"
    assert drafts.worker(draft, draft.workers[0].id).name == "AB"
    for find in (drafts.case, drafts.worker):
        with pytest.raises(NotFoundError):
            find(draft, "of-nobody")


def test_what_the_schemes_do_not_ask_of_a_case_stays(draft: Snapshot) -> None:
    before = replace(draft.cases[0], factors=frozenset({"abuse"}), judged={"urgency": "today"})
    old = replace(draft, cases=(before, *draft.cases[1:]))
    bare = asked("simple-count")
    changed = drafts.with_case(old, {"worker": "", "reference": "9"}, bare, "c1").snapshot
    assert changed.cases[0] == replace(before, worker_id=None, reference="9")
    said = {"worker": before.worker_id or "", "waiting-since": "1/2/2026"}
    waits = drafts.with_case(old, said, bare, "c1").snapshot
    assert waits.cases[0] == replace(before, reference="")


@pytest.mark.parametrize(
    ("said", "part", "sentence"),
    [
        ({"worker": "of-nobody"}, "worker", "Choose a worker of this team, or nobody yet."),
        ({"reference": "3"}, "reference", "There is a case “3” in this snapshot already."),
        ({"reference": "John Smith"}, "reference", "A case reference cannot hold what looks like"),
        ({"reference": "9", "number": "2"}, "number", "A case with a reference is one case."),
        ({"waiting-since": "2/3/2026"}, "waiting-since", "A case cannot wait since a day after"),
        ({"score.risk": "6"}, "score.risk", "“6” is not a score for"),
        ({"number": "1001"}, "number", "“1001” is not a number of cases."),
    ],
)
def test_a_case_that_cannot_be_taken_says_why(
    draft: Snapshot, said: dict[str, str], part: str, sentence: str
) -> None:
    made = drafts.with_case(draft, said, ALL)
    assert made.snapshot == draft
    assert [*made.problems] == [part]
    assert made.problems[part].startswith(sentence)


def test_there_is_room_for_so_many_cases() -> None:
    cases = tuple(Case(id=f"c{n}", worker_id=None) for n in range(snapshot_rules.MOST_CASES - 1))
    full = drafts.with_case(replace(BLANK, cases=cases), {"number": "9"}, ALL).snapshot
    assert len(full.cases) == snapshot_rules.MOST_CASES


def test_a_full_week_is_that_of_the_schemes_or_the_usual_one() -> None:
    assert asked("simple-count").full_time == USUAL_FULL_TIME
    too_early = layout([schemes()["contracted-hours"]], DAY.replace(year=2009))
    assert too_early.full_time is None
    assert shown(50 * "x") == f"“{39 * 'x'}…”"


def test_what_is_wrong_with_a_snapshot_as_a_whole() -> None:
    off = Reduction(Fraction(-1), "hours", "x")
    worker = Worker(id="ab", name="AB", reductions=(off,))
    case = Case(id="1", worker_id="ab", reference="jo@example.org")
    found = snapshot_rules.problems(Snapshot("Duty", DAY, (worker,), (case,)), DAY)
    assert [(each.worker_id, each.case_id) for each in found] == [("ab", None), ("ab", "1")]
    assert ALLOWED in found[1].sentence
    days = [DAY, DAY.replace(day=2), DAY.replace(year=2009)]
    assert [snapshot_rules.day_problem(each, DAY) for each in days] == [
        "",
        "A snapshot cannot be of a day that is still to come.",
        "A snapshot cannot be of a day before 2010.",
    ]


OFFERED = team_rules.Offered(["Court"], team_rules.services(()), schemes(), ["mia"])


@pytest.mark.parametrize(
    ("changes", "part", "sentence"),
    [
        ({"name": " "}, "name", "Enter the team’s name."),
        ({"name": 81 * "x"}, "name", "The team’s name can have up to 80 characters. This has 81."),
        ({"name": "A\u200bB"}, "name", "The team’s name has a character in it that cannot be seen"),
        ({"name": "COURT"}, "name", "There is a team of that name already."),
        ({"service": "prisons"}, "service", "Choose the team’s service."),
        ({"schemes": ()}, "schemes", "Choose at least one scheme. The simple count is one."),
        ({"schemes": ("none",)}, "schemes", "Choose schemes from the list."),
        ({"schemes": tuple(schemes())}, "schemes", "Choose up to 6 schemes."),
        ({"managers": ("bob",)}, "managers", "Choose people who have the role of a team manager"),
    ],
)
def test_a_team_that_cannot_be_set_up_says_why(
    changes: dict[str, object], part: str, sentence: str
) -> None:
    sound = team_rules.Details("Duty", "childrens", KINDS, ("mia",))
    assert team_rules.problems(sound, OFFERED) == {}
    found = team_rules.problems(replace(sound, **changes), OFFERED)  # type: ignore[arg-type]
    assert [*found] == [part]
    assert found[part].startswith(sentence)


def test_reasons_and_workers_names_are_held_to_their_rules() -> None:
    assert team_rules.services(["prisons", "adults"]) == ("prisons", "adults", "childrens")
    assert team_rules.reason(" Merged. ") == "Merged."
    for reason in ("", "x" * 501, "A child born on 1/2/2015 moved."):
        with pytest.raises(UnacceptableDetailsError):
            team_rules.reason(reason)
    ab, cd = TeamWorker("1", "AB"), TeamWorker("2", "CD")
    team = Team("t", NORTHMERE, "Duty", "childrens", KINDS, (), (ab, cd))
    assert team_rules.worker_name(team, ab, " A  B ") == "A B"
    for name in ("", "cd"):
        with pytest.raises(UnacceptableDetailsError):
            team_rules.worker_name(team, ab, name)
