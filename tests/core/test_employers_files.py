from __future__ import annotations

import pytest

from healthcheck.core.accounts import Employer
from healthcheck.core.employers import Details, Known
from healthcheck.core.employers_files import LARGEST, MOST_PROBLEMS, MOST_ROWS, Plan, plan

HEAD = "code,name,short_name,nation,region,type,slug\n"
NORTH = 'X1,"Northmere, City of",Northmere,England,North West,LBO,northmere\n'
SOUTH = "ZT9,Southmere Health and Social Care Trust,Southmere,Northern Ireland,,HSCT,\n"
NORTHMERE = Details(
    "Northmere, City of", "england", "council", "North West", "X1", ("childrens", "adults")
)
SOUTHMERE = Details(
    "Southmere Health and Social Care Trust",
    "northern-ireland",
    "hsc-trust",
    "",
    "ZT9",
    ("childrens", "adults"),
)


def known(id_: str, details: Details) -> Known:
    return Known(Employer(id_, details.name, details.nation, details.employer_type), details)


def said(content: str | bytes, *there: Known) -> list[str]:
    raw = content.encode() if isinstance(content, str) else content
    return [str(each) for each in plan(raw, there).problems]


def test_every_row_of_a_new_list_is_new() -> None:
    found = plan((HEAD + NORTH + SOUTH).encode(), ())
    assert found == Plan(new=(NORTHMERE, SOUTHMERE), ignored_columns=("short_name", "slug"))
    assert found.changes_something


def test_a_second_time_there_is_nothing_to_do() -> None:
    there = (known("n", NORTHMERE), known("s", SOUTHMERE))
    found = plan((HEAD + NORTH + SOUTH).encode(), there)
    assert (found.new, found.changed, found.unchanged, found.problems) == ((), (), 2, ())
    assert not found.changes_something


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_line_ends_and_marks_of_an_encoding_make_no_difference(end: str, encoding: str) -> None:
    text = (HEAD + NORTH.replace("City", "Ŵyr") + "\n , \n" + SOUTH).replace("\n", end)
    found = plan(text.encode(encoding), ())
    assert [each.name for each in found.new] == ["Northmere, Ŵyr of", SOUTHMERE.name]


def test_a_row_is_matched_by_its_code_and_may_rename() -> None:
    there = known("n", NORTHMERE)
    found = plan((HEAD + NORTH.replace("City", "Town")).encode(), [there])
    (change,) = found.changed
    assert change.known == there
    assert change.details.name == "Northmere, Town of"
    assert change.differences == (("Name", "Northmere, City of", "Northmere, Town of"),)


def test_a_row_without_a_known_code_is_matched_by_its_name_and_may_bring_a_code() -> None:
    there = known("n", Details("NORTHMERE,  city of", "england", "council", "North West"))
    (change,) = plan((HEAD + NORTH).encode(), [there]).changed
    assert [what for what, _, _ in change.differences] == ["Name", "Official code"]
    assert change.details.services == ()


def test_a_code_that_changed_is_a_change_to_agree_to() -> None:
    (change,) = plan((HEAD + NORTH.replace("X1", "X2")).encode(), [known("n", NORTHMERE)]).changed
    assert change.differences == (("Official code", "X1", "X2"),)


def test_what_the_file_does_not_say_stays_as_it_was() -> None:
    there = known("n", NORTHMERE)
    found = plan(b'name,nation,type\n"Northmere, City of",England,Council\n', [there])
    assert (found.unchanged, found.changed) == (1, ())


def test_a_blank_region_takes_the_region_out_and_services_can_be_said() -> None:
    text = 'name,nation,type,region,services\n"Northmere, City of",England,Council,,adults;Asylum\n'
    (change,) = plan(text.encode(), [known("n", NORTHMERE)]).changed
    assert change.details.region == ""
    assert change.details.services == ("adults", "asylum")


def test_a_name_and_code_of_two_employers_are_refused() -> None:
    other = known("o", Details("Othermere", "england", "council", "", "X1"))
    north = known("n", Details("Northmere, City of", "england", "council"))
    (message,) = said(HEAD + NORTH, other, north)
    assert message == (
        "Line 2: The code X1 belongs to Othermere, but Northmere, City of is another employer"
        " here. Correct the code or the name."
    )


def test_what_is_there_twice_is_named_with_the_line_it_was_on_first() -> None:
    again = NORTH.replace("Northmere, City of", "Elsewhere")
    same_name = NORTH.replace("X1", "X3").replace("City", "CITY")
    assert said(HEAD + NORTH + again + same_name) == [
        "Line 3: The code “X1” is on line 2 already.",
        "Line 4: The name “Northmere, CITY of” is on line 2 already.",
    ]


def test_two_rows_cannot_be_about_one_employer() -> None:
    rows = NORTH.replace("Northmere, City of", "Newmere") + NORTH.replace("X1", "X7")
    assert said(HEAD + rows, known("n", NORTHMERE)) == [
        "Line 3: This is Northmere, City of again, as on line 2."
    ]


def test_every_bad_row_is_named_and_lines_are_counted_as_an_editor_does() -> None:
    text = HEAD + 'Y1,"Two\nlines",x,England,,UA,x\n' + "Y2,,x,France,,NMD,x\n" + "Y3,short\n"
    assert [each.split(":")[0] for each in said(text)] == ["Line 2", *["Line 4"] * 3, "Line 5"]
    assert said(text)[-1] == (
        "Line 5: This row has 2 cells and there are 7 columns. A name with a comma in it needs"
        " quotation marks around it."
    )


def test_a_formula_is_not_a_name() -> None:
    row = "Y1,\"=cmd|' /C calc'!A0\",x,England,,UA,x\n"
    (message,) = said(HEAD + row)
    assert message == (
        "Line 2: The name begins with “=”, as a spreadsheet’s formula does."
        " Begin it with a letter or a figure."
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (b"\n \n", "The file is empty."),
        (HEAD.encode(), "The file has no rows below its column names."),
        (b"name,nation\nx,y\n", "Line 1: There is no column “type”. The first line must name the"),
        (b"name,name,nation,type\n", "Line 1: The column “name” is there more than once."),
        (b"a\0b", "This is not a CSV file: it holds bytes that are not text."),
        (b'name,nation,type\n"x,y,z\n', "Line 2: From here on, the file cannot be read as CSV."),
        (b'name,nation,type\n"x"y,z,z\n', "Line 2: From here on, the file cannot be read as CSV."),
        (b"x" * (LARGEST + 1), "The file is larger than 1 MB, so it cannot be a list of"),
        ("name,nation,type\nTŷ,a,b\n".encode("cp1252", "replace") + b"\xe9", "Line 3: The file is"),
        (b"\xff\xfea", "Line 1: The file is not in UTF-8"),
        (b"name,nation,type\n" + b"x,y,z\n" * (MOST_ROWS + 1), "The file has 5,001 rows."),
        (b"\x89PNG\r\n\x1a\n\0\0", "Line 1: The file is not in UTF-8"),
    ],
)
def test_a_file_that_is_no_list_of_employers_is_refused_whole(content: bytes, message: str) -> None:
    (found,) = said(content)
    assert found.startswith(message)


def test_a_cell_of_endless_length_is_refused() -> None:
    assert said(f"name,nation,type\n{'x' * 1001},England,UA\n") == [
        "Line 2: A cell has more than 1,000 characters."
    ]


def test_more_problems_than_anybody_reads_are_counted() -> None:
    found = said("name,nation,type\n" + "=x,England,UA\n" * (MOST_PROBLEMS + 5))
    assert len(found) == MOST_PROBLEMS + 1
    assert found[-1] == "There are 5 more problems after these."


def test_plans_that_do_the_same_have_the_same_fingerprint() -> None:
    one, two = (plan(each.encode(), ()) for each in (HEAD + NORTH, HEAD + SOUTH))
    assert one.fingerprint == plan((HEAD + NORTH + "\n").encode(), ()).fingerprint
    assert one.fingerprint != two.fingerprint
