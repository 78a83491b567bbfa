from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from healthcheck.core.errors import UnacceptableFileError
from healthcheck.core.sheets import Sheet
from healthcheck.core.workload import columns, snapshot_rules
from healthcheck.core.workload.pasted_tables import TOO_MANY_SHEETS, grouped, sheet_of
from healthcheck.core.workload.pasted_workers import MOST_GUESSES, NO_WEEK
from healthcheck.core.workload.pasting import read
from healthcheck.core.workload.snapshots import Reduction, Snapshot, Worker
from tests.core.pasted import BLANK, COUNT, DAY, KINDS, POINTS, asked, held, pasted, schemes, wrong

CP, CIN = "child-protection", "child-in-need"
CASES = (
    "Ref\tPractitioner\tKind\n1\tab\tChild protection\n2\tAB\tChild protection\n"
    "3\tAB\tCIN\n4\tCD\tChild protection\n5\tWaiting list\tCIN"
)
SOCIAL_WORKERS = (
    "Social worker\tType\nAB\tChild protection\nAB\tchild protection\nAB\tCIN\n"
    "CD\tchild-protection\nNot allocated\tChild in need"
)
WITH_A_LINE_ABOVE = (
    "Duty team, March\n\nKind of case,Allocated to,How many\nChild protection,AB,2\nCIN,AB,\n"
    "Child protection,CD,1\nCIN,unallocated,1"
)
COUNTS = {"AB": [CP, CP, CIN], "CD": [CP], "nobody": [CIN]}


@pytest.mark.parametrize(
    "text",
    [
        "Worker\tHours\tChild protection\tChild in need\nAB\t37\t2\t1\nCD\t\t1\t\nnobody\t\t\t1",
        "CIN;Name;child protection\n1;AB;2\n;CD;1\n1;Nobody;0",
        "Initials,Child-Protection,children in need,Total\nAB,2,1,3\nCD,1,,1\n-,,1,\nTotals,3,2,5",
        SOCIAL_WORKERS,
        WITH_A_LINE_ABOVE,
        f"Worker\tHours\nAB\t37\nCD\t20\n\n{CASES}",
        f"{CASES}\nWorker\tHours\nAB\t37\nCD\t20",
    ],
)
def test_each_way_to_write_a_team_makes_the_same_team(text: str) -> None:
    assert {name: sorted(kinds) for name, kinds in held(pasted(text, *KINDS)).items()} == {
        name: sorted(kinds) for name, kinds in COUNTS.items()
    }


def test_twelve_workers_and_two_hundred_cases_are_one_paste() -> None:
    lines = [f"W{n % 12}\tC-{n}\tCIN\t{n % 6}\t{1 + n % 5}\t{1 + n % 10}\tyes" for n in range(200)]
    heading = "Worker\tCase ref\tType\tRisk\tCo-ordination\tTime\tAgreed"
    found = pasted("\n".join([heading, *lines]), *KINDS, *POINTS)
    assert found.bad == ()
    assert (len(found.snapshot.workers), len(found.snapshot.cases)) == (12, 200)
    assert found.arrived == tuple(f"W{n}" for n in range(12))
    assert all(each.is_agreed for each in found.snapshot.cases)


def test_a_case_says_all_that_the_schemes_ask() -> None:
    found = pasted(
        "Worker;Reference;Kind of case;A;B;C;Hours;Agreed by;Priority factors;Abuse;Urgency\n"
        "AB;C-1;CIN;3;4.5;10;7;supervisor;legal requirements, crisis;yes;This week\n"
        "AB;C-2;;;;;;;none;;\n"
        "AB;C-3;;;;;;both;;no;",
        "contracted-hours",
        "ne-london-points",
        "hours-planner",
        "priority-factors",
        "eligibility",
    )
    assert found.bad == ()
    first, second, third = found.snapshot.cases
    assert (first.kind, first.reference, first.hours) == (CIN, "C-1", Fraction(7))
    assert first.scores == {"risk": 3, "co-ordination": Fraction(9, 2), "time": 10}
    assert (first.agreed_by_supervisor, first.agreed_by_worker) == (True, False)
    assert first.factors == frozenset({"legal-requirements", "crisis", "abuse"})
    assert first.judged == {"urgency": "this-week"}
    assert (second.factors, third.factors, third.is_agreed) == (frozenset(), frozenset(), True)


def test_a_worker_says_hours_and_protected_time_on_several_lines() -> None:
    found = pasted(
        "Worker;Grade;FTE;NQSW;Protected hours;Protected points;Reason;Protected from;Until;D\n"
        "AB;Senior;0.8;no;7;;Practice educator;1/9/2025;31/8/2026;5\n"
        "AB;;;;;10;Duty desk;;;\n"
        "AB;;;;0;;;;;\n"
        "CD;;1;yes;;;;;;\n",
        *KINDS,
        *POINTS,
    )
    assert found.bad == ()
    ab, cd = found.snapshot.workers
    assert (ab.grade, ab.contracted_hours) == ("Senior", Fraction("29.6"))
    assert ab.scores == {"indirect": Fraction(5)}
    off = Reduction(Fraction(7), "hours", "Practice educator", date(2025, 9, 1), date(2026, 8, 31))
    assert ab.reductions == (off, Reduction(Fraction(10), "points", "Duty desk"))
    assert (cd.contracted_hours, cd.newly_qualified) == (Fraction(37), True)


def test_fte_is_of_the_full_time_week_that_a_line_gives() -> None:
    found = pasted("Worker,WTE,Full time\nAB,0.5,35\nCD,0.5,x", *KINDS)
    assert found.snapshot.workers[0].contracted_hours == Fraction("17.5")
    assert [each.place for each in found.bad] == ["Line 3, Full time"]


def test_fte_is_never_of_a_week_that_nobody_gave() -> None:
    assert pasted("Worker,WTE\nAB,0.5", *KINDS).notes == (
        "FTE is of a full-time week of 37 hours.",
    )
    blank = replace(BLANK, taken_on=date(2009, 1, 1))
    layout = columns.layout([schemes()["contracted-hours"]], blank.taken_on)
    *_, bad = read([sheet_of("Worker,WTE\nAB,0.5")], layout, blank, DAY, None).bad
    assert (bad.place, bad.sentence) == ("Line 2, WTE", NO_WEEK)


def test_a_paste_that_would_take_minutes_is_read_in_a_moment() -> None:
    known = "".join(f"Worker number {n:02}\t37\n" for n in range(60))
    strangers = "".join(f"Worker numbered {n:02}\tCIN\n" for n in range(60))
    found = wrong(f"Worker\tHours\n{known}\nWorker\tKind\n{strangers}{strangers}", *KINDS)
    assert len(found) == 120
    assert sum("Did you mean" in each for each in found) == 2 * MOST_GUESSES
    protected = "".join(f"AB\t{1 + n / 1000:.3f}\tDuty {n}\n" for n in range(60))
    found = wrong(f"Worker\tProtected hours\tReason\n{protected}", *KINDS)
    assert found[0] == "Line 52, Reason: A worker can have up to 50 kinds of protected time."
    assert len(found) == 10


def test_quotation_marks_that_do_not_fit_swallow_no_line() -> None:
    for text in ('"AB\t37\n"CD\t37', '"AB\t37\nCD\t37', 'A"B"\t37\nC"D\t37'):
        assert len(pasted(f"Worker\tHours\n{text}").snapshot.workers) == 2


def test_a_cell_longer_than_any_can_be_is_refused() -> None:
    for cell in (200_000 * "A", '"' + 200_000 * "A" + '"'):
        with pytest.raises(UnacceptableFileError, match=r"^From line 3 on, this cannot be read"):
            pasted(f"Worker\tHours\nAB\t37\n{cell}\t37")


def test_words_that_say_who_a_client_is_are_refused_in_every_cell_of_text() -> None:
    text = "Worker\tGrade\tProtected hours\tReason\nAB\tdob 1/2/2010\t7\tNHS 943 476 5919"
    assert [each.partition(": ")[0] for each in wrong(text, *KINDS)] == [
        "Line 2, Grade", "Line 2, Protected hours",
    ]  # fmt: skip
    assert wrong("Worker\tHours\nAnn Smith 1/2/2010\t37", *KINDS)[0] == (
        "Line 2, Worker: A worker’s name cannot hold what looks like a name and a date. Write the"
        " worker, never a client."
    )


def test_a_number_that_is_too_fine_is_told_so() -> None:
    (told,) = wrong("Worker\tHours\nAB\t24.6666666666667", *KINDS)
    assert told.endswith("Write a number from 0 to 168 with up to 4 decimal places.")


def test_a_waiting_list_needs_no_workers() -> None:
    found = pasted(
        "Kind,Referral date,Days waiting\nCIN,1/2/26,\nCIN,,10\nCIN,1-Feb-2026,\n", *KINDS
    )
    assert [each.sentence for each in found.bad] == [
        "There is nobody in this team yet. Put in at least one worker."
    ]
    since = [each.waiting_since for each in found.snapshot.cases]
    assert since == [date(2026, 2, 1), date(2026, 2, 19), date(2026, 2, 1)]


def test_a_case_with_a_worker_does_not_wait() -> None:
    found = pasted("Worker,Kind,Since\nAB,CIN,2026-02-01\n,CIN,01.02.2026", *KINDS)
    assert [each.waiting_since for each in found.snapshot.cases] == [None, date(2026, 2, 1)]
    assert found.notes == (
        "Since when a case waits counts only while nobody has it: not for 1 case.",
    )


def test_what_a_table_does_not_say_of_a_worker_is_as_last_time() -> None:
    off = Reduction(Fraction(7), "hours", "Union")
    ab = Worker(id="1", name="AB", contracted_hours=Fraction(30), grade="Senior", reductions=(off,))
    before = Snapshot("Duty", date(2026, 2, 1), (ab, Worker(id="2", name="EF")), ())
    found = pasted("Name,Hours,Cases\nab,37,3\nCD,37,2", *COUNT, before=before)
    assert found.snapshot.workers[0] == replace(ab, contracted_hours=Fraction(37))
    assert (found.arrived, found.gone) == (("CD",), ("EF",))
    assert found.notes == (
        "What this does not say of AB, such as hours, is as on 1 February 2026.",
    )
    again = pasted("Name,Protected hours,Reason\nAB,3,Duty\nAB,2,Union", *COUNT, before=before)
    assert [each.amount for each in again.snapshot.workers[0].reductions] == [3, 2]


def test_a_line_with_a_worker_and_no_case_is_a_worker_without_cases() -> None:
    found = pasted("Worker,Kind,Contracted hours\nAB,CIN,37\nCD,,20\nEF,CIN,", *KINDS)
    assert [each.name for each in found.snapshot.workers] == ["AB", "CD", "EF"]
    assert found.notes == ("Line 3 names CD and no case.",)
    assert len(found.snapshot.cases) == 2


def test_what_is_left_out_is_said() -> None:
    found = pasted("Worker,Kind,Ward\nAB,CIN,North\nTotal,,", *KINDS)
    assert found.notes == (
        "Not used and not kept, because no scheme here asks for it: “Ward”.",
        "Line 3 is a total and was left out.",
    )
    assert len(found.snapshot.cases) == 1


def test_headings_are_looked_for_near_the_top() -> None:
    assert held(pasted("\n" * 18 + "Worker,Cases\nAB,1", *COUNT)) == {"AB": [""], "nobody": []}
    (found,) = pasted("x\n" * 20 + "Worker,Cases\nAB,1", *COUNT).bad
    assert found.sentence.startswith("No line of headings was found.")


def test_cells_may_be_quoted_and_hold_lines() -> None:
    found = pasted('Worker\tGrade\tCases\nAB\t"Senior\nsocial worker"\t2\nCD\tx\ty', *COUNT)
    assert [(each.line, each.column) for each in found.bad] == [(2, "Grade"), (4, "Cases")]
    assert held(pasted('Worker\tCases\n"AB\t1', *COUNT)) == {'"AB': [""], "nobody": []}


BAD = {
    "Worker,Kind\nAB,Chld protection": "Line 2, Kind: “Chld protection” is not a kind of case that"
    " this team’s schemes know. Did you mean “Child protection”? Allowed: “Care leaver”,",
    "Worker,Kind\nAB,CP": "Line 2, Kind: “CP” is not a kind of case that this team’s schemes know."
    " Did you mean “Child protection” or “Court proceedings”? Allowed:",
    "Worker,Kind\nAB,zzz": "Line 2, Kind: “zzz” is not a kind of case that this team’s schemes"
    " know. Allowed:",
    "Worker,Kind\n,CIN": "Line 2, Worker: Nobody is named in this line. Write the worker, or"
    " “unallocated”. If cells are merged, fill in each of them.",
    "Name,Hours\n,37": "Line 2, Name: Nobody is named in this line.",
    "Name,Hours\nAB,18;5": "Line 2, Hours: “18;5” is not hours a week. Write a number from"
    " 0 to 168.",
    "Name,Hours\nAB,200": "Line 2, Hours: “200” is not hours a week. Write a number from 0 to 168.",
    "Name,Hours\nAB,37\nab,20": "Line 3, Name: AB is in line 2 already. Give two people two names.",
    "Name,CIN,Cases\nAB,2,3": "Line 2, Cases: The kinds add up to 2, and this says 3.",
    "Name,CIN\nAB,2.5": "Line 2, CIN: “2.5” is not a number of cases. Write a whole number.",
    "Name,CIN\nAB,-1": "Line 2, CIN: “-1” is not a number of cases. Write a number"
    " from 0 to 1,000.",
    "Name,NQSW\nAB,maybe": "Line 2, NQSW: “maybe” is neither yes nor no. Write yes or no.",
    "Name,Protected hours\nAB,7": "Line 2, Protected hours: Protected time needs a reason, such as"
    " “Practice educator”. Write it under Reason.",
    "Name,Protected hours,Reason,Until\nAB,7,Duty,31 13 2026": "Line 2, Protected hours: “31 13"
    " 2026” is not a date. Write the day first, such as 30/9/2026 or 30 September 2026.",
    f"Name,Grade\nAB,{61 * 'x'}": "Line 2, Grade: This has 61 characters. Up to 60 are allowed.",
    f"Name,Hours\n{61 * 'x'},3": "Line 2, Name: A worker’s name can have up to 60 characters. This"
    " has 61.",
    "Name,Hours\nA\u200bB,3": "Line 2, Name: The worker’s name has a character in it that"
    " cannot be",
    "Worker,Kind,Hours\nAB,CIN,37\nAB,CIN,20": "Line 3, Hours: An earlier line says something else"
    " of AB. Let both say the same, or say it once.",
    "Worker,Ref,Kind\nAB,7,CIN\nAB,7,CIN": "Line 3, Ref: The reference “7” is in line 2 already.",
    "Worker,Ref,Number\nAB,7,2": "Line 2, Number: A line with a reference is one case. Leave the"
    " reference out, or give each case a line.",
    "Worker,Ref\nAB,John Smith 1/2/2010": "Line 2, Ref: A case reference cannot hold a date, which"
    " may be a date of birth. Use your own case number,",
    "Worker,Kind,Since\nAB,CIN,\nnobody,CIN,2/3/2026": "Line 3: A case cannot wait since a day"
    " after the snapshot.",
    "Name,Hours\nAmira,37\n\nName,Kind\nAmirah,CIN": "Line 5, Name: “Amirah” is not in the table"
    " of workers."
    " Did you mean “Amira”? Add a line there, or write “unallocated”.",
    "Name,Hours\nAB,37\n\nName,Kind\nZZZ,CIN": "Line 5, Name: “ZZZ” is not in the table of workers."
    " Add a line there, or write “unallocated”.",
    "AB,37\nCD,20": "The whole: No line of headings was found. The first line must say what the"
    " columns are, such as Worker, Contracted hours, Reference, Kind of case.",
    "Hours,NQSW\n37,no": "Line 1: There is no column for the worker. Give it the heading Worker,"
    " Name, Initials or Practitioner.",
    "Name,Ref,CIN\nAB,1,2": "Line 1: “Reference” says something of one case, and “Child in need”"
    " counts a worker’s cases. Put them in two tables, or leave one out.",
    "Name,Hours,Hrs\nAB,1,2": "Line 1: The columns “Hours” and “Hrs” say the same. Take one of them"
    " out, or give it another name.",
    "Name,Hours": "The whole: There is nobody in this team yet. Put in at least one worker.",
}


@pytest.mark.parametrize(("text", "sentence"), BAD.items(), ids=range(len(BAD)))
def test_a_line_that_cannot_be_taken_is_named_with_what_is_allowed(
    text: str, sentence: str
) -> None:
    (found,) = wrong(text, *KINDS)
    assert found.startswith(sentence)


NOT_AGREED = "does not say who has agreed. Write both, supervisor, worker or no."


def test_scores_grades_and_agreements_are_held_to_their_scales() -> None:
    found = wrong(
        "Worker,A,B,D,Agreed,Urgency,Factors\nAB,6,0,-1,perhaps,soon,magic\nCD,5,1,0,neither,,no",
        *POINTS,
        "eligibility",
        "priority-factors",
    )
    assert [each.partition(" is not ")[0] for each in found[:3]] == [
        "Line 2, D: “-1”",
        f"Line 2, Agreed: “perhaps” {NOT_AGREED}",
        "Line 2, A: “6”",
    ]
    assert "Write a number from 1 to 5." in found[3]
    assert "a grade of “Urgency”. Allowed: “Today”," in "".join(found)
    assert "“magic” is not a priority factor. Allowed:" in "".join(found)


def test_every_bad_line_is_named_together_with_what_the_whole_lacks() -> None:
    lines = [f"AB,C-{each},zz" for each in range(300)]
    found = pasted("\n".join(["Worker,Ref,Kind", *lines]), *KINDS)
    assert [each.line for each in found.bad] == [*range(2, 302)]


def test_the_same_thing_wrong_in_many_lines_is_said_once() -> None:
    found = pasted("Worker,Kind,Ref\nAB,zz,1\nAB,CIN,2\nAB,zz,3\nAB,zz,3", *KINDS).bad
    assert [place for place, _ in grouped(found)] == ["Lines 2, 4 and 5, Kind", "Line 5, Ref"]
    away = [replace(each, sheet="Team", column="") for each in found]
    assert grouped(away)[0][0] == "Sheet “Team”, lines 2, 4 and 5"


def test_too_many_lines_and_too_many_cases_are_refused() -> None:
    long = "Worker\tCases\n" + "AB\t1\n" * 50_000
    (found,) = pasted(long, *COUNT).bad
    assert found.sentence.startswith("There are more than 20,000 lines")
    many = "Worker\tCases\n" + "".join(f"W{each}\t1000\n" for each in range(30))
    assert "This has 20,001 cases." in pasted(many, *COUNT).bad[-1].sentence
    assert len(pasted(many, *COUNT).snapshot.cases) == snapshot_rules.MOST_CASES + 1
    crowd = "Worker\tHours\n" + "".join(f"W{each}\t37\n" for each in range(1001))
    assert "up to 1,000 workers. This has 1,001." in pasted(crowd, *COUNT).bad[0].sentence


def test_sheets_of_a_workbook_are_named_and_their_cells_are_values() -> None:
    sheets = [
        Sheet("Notes", [["Nothing of ours"]]),
        Sheet("Staff", [["Name", "Contracted hours", "NQSW"], ["AB", 18.5, True], ["CD", None]]),
        Sheet(
            "Cases",
            [
                ["Worker", "Case number", "Kind", "Referred"],
                ["AB", 12.0, "CIN", None],
                [None, 13.0, "CIN", date(2026, 2, 1)],
                ["AB", date(1970, 1, 2), "CIN"],
            ],
        ),
    ]
    found = read(sheets, asked(*KINDS), BLANK, DAY, None)
    ab, _ = found.snapshot.workers
    assert (ab.contracted_hours, ab.newly_qualified) == (Fraction(37, 2), True)
    assert [each.reference for each in found.snapshot.cases[:2]] == ["12", "13"]
    assert found.snapshot.cases[1].waiting_since == date(2026, 2, 1)
    (bad,) = found.bad
    assert bad.place == "Sheet “Cases”, line 4, Case number"


def test_no_sheet_is_left_out_in_silence() -> None:
    sheets = [Sheet(f"S{n}", [["Worker", "Hours"], [f"W{n}", "37"]]) for n in range(21)]
    found = read(sheets, asked(*KINDS), BLANK, DAY, None)
    assert [each.sentence for each in found.bad] == [TOO_MANY_SHEETS]
    assert len(read(sheets[:20], asked(*KINDS), BLANK, DAY, None).snapshot.workers) == 20
