from __future__ import annotations

import pytest

from healthcheck.core.facts import ALLOWED, EVERYONE, Audience, Facts, is_service, service_title

FACTS = Facts(service="adults", nation="wales", employer_type="nhs-trust")


def test_each_fact_is_found_by_its_name() -> None:
    assert {name: FACTS.get(name) for name in ALLOWED} == {
        "service": "adults",
        "nation": "wales",
        "employer_type": "nhs-trust",
    }


def test_an_unknown_fact_is_an_error_not_an_attribute() -> None:
    with pytest.raises(KeyError):
        FACTS.get("__class__")


@pytest.mark.parametrize(
    ("audience", "meant"),
    [
        (EVERYONE, True),
        (Audience(service=("childrens", "adults")), True),
        (Audience(service=("childrens",)), False),
        (Audience(nation=("wales",)), True),
        (Audience(nation=("england",)), False),
        (Audience(employer_type=("nhs-trust",)), True),
        (Audience(employer_type=("council",)), False),
        (Audience(("adults",), ("wales",), ("nhs-trust",)), True),
        (Audience(("adults",), ("wales",), ("council",)), False),
        (Audience(("adults",), ("england",), ("nhs-trust",)), False),
    ],
)
def test_an_audience_includes_facts_that_are_in_every_list_it_gives(
    audience: Audience, *, meant: bool
) -> None:
    assert audience.includes(FACTS) is meant


def test_a_service_has_a_title_also_when_the_employer_named_it() -> None:
    assert [service_title(each) for each in ("childrens", "out-of-hours")] == [
        "Children’s services",
        "Out of hours",
    ]


@pytest.mark.parametrize("text", ["childrens", "hospital-team-2", "a" * 60])
def test_a_service_is_small_letters_digits_and_hyphens(text: str) -> None:
    assert is_service(text)


@pytest.mark.parametrize("text", ["", "Childrens", "-a", "a--b", "a b", "a" * 61])
def test_anything_else_is_no_service(text: str) -> None:
    assert not is_service(text)
