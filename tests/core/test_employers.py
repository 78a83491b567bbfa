from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthcheck.core.accounts import Employer
from healthcheck.core.employers import (
    MOST_SERVICES,
    Details,
    Known,
    accept,
    differences,
    same,
    service_id,
    usual_services,
)
from healthcheck.core.facts import EMPLOYER_TYPES, NATIONS, is_service, service_title

if TYPE_CHECKING:
    from collections.abc import Mapping

NORTHMERE = {
    "name": "Northmere Council",
    "nation": "england",
    "employer_type": "council",
    "region": "North West",
    "code": "E06000099",
}
KEPT = Details("Northmere Council", "england", "council", "North West", "E06000099")


def problems(typed: Mapping[str, str], *services: str) -> list[tuple[str, str]]:
    return [(each.part, each.message) for each in accept(typed, services)[1]]


def test_details_are_taken_as_they_are() -> None:
    details, found = accept(NORTHMERE, ["adults", "childrens"])
    assert found == ()
    assert details == Details(*vars_of(KEPT), ("childrens", "adults"))


def vars_of(details: Details) -> tuple[str, str, str, str, str]:
    return (
        details.name,
        details.nation,
        details.employer_type,
        details.region,
        details.code,
    )


def test_spaces_are_tidied_and_words_become_ids() -> None:
    typed = {
        "name": "  Northmere \u00a0 Council ",
        "nation": "England",
        "employer_type": "COUNCIL",
        "region": " North  West",
        "code": " e06000099 ",
    }
    assert accept(typed, ()) == (KEPT, ())


@pytest.mark.parametrize("code", ["LBO", "MD", "UA", "CTY", "CC", "WPA", "SCO", "sco"])
def test_codes_of_kinds_of_council_are_known(code: str) -> None:
    assert accept({**NORTHMERE, "employer_type": code}, ())[0].employer_type == "council"


@pytest.mark.parametrize("title", ["HSCT", "HSC trust", EMPLOYER_TYPES["hsc-trust"], "hsc-trust"])
def test_an_hsc_trust_has_several_names(title: str) -> None:
    assert accept({**NORTHMERE, "employer_type": title}, ())[0].employer_type == "hsc-trust"


def test_every_type_and_nation_is_known_by_id_and_by_title() -> None:
    for employer_type, title in EMPLOYER_TYPES.items():
        for said in (employer_type, title, title.replace("’", "'").upper()):
            typed = {**NORTHMERE, "employer_type": said}
            assert accept(typed, ())[0].employer_type == employer_type
    for nation, title in NATIONS.items():
        assert accept({**NORTHMERE, "nation": title}, ())[0].nation == nation


def test_everything_that_is_missing_is_asked_for_at_once() -> None:
    assert problems({}) == [
        ("name", "Enter the employer’s name."),
        ("nation", "Choose the nation: England, Wales, Scotland, Northern Ireland."),
        (
            "employer_type",
            f"Choose the type of employer: {', '.join(EMPLOYER_TYPES.values())}.",
        ),
    ]


@pytest.mark.parametrize(
    ("part", "typed", "said"),
    [
        ("name", "x" * 121, "The name can have up to 120 characters; this one has 121."),
        ("name", "North\nmere", "The name holds a line end or a character that is not shown."),
        ("name", "North\u202emere", "The name holds a line end or a character that is not shown."),
        ("name", '=HYPERLINK("x")', "The name begins with “=”, as a spreadsheet’s formula does."),
        ("name", "+44", "The name begins with “+”"),
        ("region", "@x", "The region begins with “@”"),
        ("region", "x" * 61, "The region can have up to 60 characters; this one has 61."),
        ("nation", "France", "“France” is not a nation we know. Choose from England, Wales,"),
        ("employer_type", "NMD", "“NMD” is not a type of employer we know. Choose from Council,"),
        ("code", "E06 000", "The code must be up to 20 letters, figures and hyphens"),
        ("code", "-1", "The code must be up to 20 letters, figures and hyphens"),
    ],
)
def test_each_detail_that_cannot_be_taken_is_named(part: str, typed: str, said: str) -> None:
    ((found_part, message),) = problems({**NORTHMERE, part: typed})
    assert found_part == part
    assert message.startswith(said)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("childrens", "childrens"),
        ("Children’s services", "childrens"),
        ("children's", "childrens"),
        ("Adults", "adults"),
        ("Adult services", "adults"),
        ("Adults’ mental health", "adults-mental-health"),
        ("  Hospital social work (A&E) ", "hospital-social-work-a-e"),
        ("Tîm Ŵyr", "tim-wyr"),
        ("服務", ""),
    ],
)
def test_a_service_named_by_hand_gets_an_id(typed: str, expected: str) -> None:
    assert service_id(typed) == expected


@given(st.text(max_size=60))
def test_whatever_is_typed_a_service_id_is_one_or_is_blank(typed: str) -> None:
    found = service_id(typed)
    assert found == "" or is_service(found) or len(found) > 60


@given(st.text(max_size=200))
def test_whatever_a_name_is_it_is_taken_or_refused(typed: str) -> None:
    details, found = accept({**NORTHMERE, "name": typed}, ())
    assert found or accept({**NORTHMERE, "name": details.name}, ()) == (details, ())


def test_services_are_told_apart_by_their_ids_and_put_in_order() -> None:
    details, found = accept(
        NORTHMERE, ["Zoo", "adults", "", "Adults’ services", "Asylum", "childrens"]
    )
    assert (details.services, found) == (("childrens", "adults", "asylum", "zoo"), ())


def test_a_service_without_letters_and_too_many_services_are_refused() -> None:
    assert problems(NORTHMERE, "!!!")[0][1].startswith("“!!!” cannot be a service’s name.")
    assert problems(NORTHMERE, "x" * 61)[0][1].startswith("“xxxx")
    many = [f"service {number}" for number in range(MOST_SERVICES + 1)]
    assert problems(NORTHMERE, *many) == [("services", "Name up to 12 services.")]


def test_the_usual_services_are_both_but_for_a_childrens_trust() -> None:
    assert usual_services("council") == ("childrens", "adults")
    assert usual_services("childrens-trust") == ("childrens",)


def test_names_are_the_same_whatever_the_case_spaces_and_apostrophes() -> None:
    assert same(" King’s  LYNN ") == same("king's lynn")
    assert same("Northmere") != same("Southmere")


def test_differences_are_in_words() -> None:
    new = Details("Northmere", "wales", "council", "", "", ("childrens", "asylum"))
    assert differences(KEPT, KEPT) == ()
    assert differences(KEPT, new) == (
        ("Name", "Northmere Council", "Northmere"),
        ("Nation", "England", "Wales"),
        ("Region", "North West", "none"),
        ("Official code", "E06000099", "none"),
        ("Services", "none", f"{service_title('childrens')}, Asylum"),
    )


def test_an_employer_is_known_by_its_id() -> None:
    assert Known(Employer("n", "Northmere Council", "england", "council"), KEPT).id == "n"
