from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from healthcheck.core.errors import NotFoundError, ProductError
from healthcheck.core.facts import Facts
from healthcheck.definitions.library import MOST_WORDED, Library, check, load
from healthcheck.definitions.problems import FaultyDefinitionsError

FEATURES = Path(__file__).parent / "features"
SHIPPED = Path(__file__).parents[2] / "questionnaires"


def put(folder: Path, name: str, feature: str = "terms") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(FEATURES / f"{feature}.yaml", path)
    return path


@pytest.fixture
def library(tmp_path: Path) -> Library:
    put(tmp_path, "tiny/1.yaml")
    second = put(tmp_path, "tiny/2.yaml", "yes-no")
    second.write_text(second.read_text().replace('edition: "1"', 'edition: "2"'))
    other = put(tmp_path, "other/1.yaml")
    other.write_text(other.read_text().replace("id: tiny", "id: other"))
    return load(tmp_path)


def test_the_shipped_questionnaires_have_no_problem() -> None:
    assert check(SHIPPED) == ()


def test_a_library_has_every_edition_of_a_folder(library: Library) -> None:
    assert library.editions() == (("other", "1"), ("tiny", "1"), ("tiny", "2"))
    assert library.get("tiny", "2").edition == "2"
    assert library.get("other", "1").id == "other"


def test_the_newest_edition_is_the_last_by_name(library: Library) -> None:
    assert library.newest("tiny") == "2"


def test_a_questionnaire_that_is_not_there_has_no_newest_edition(library: Library) -> None:
    with pytest.raises(NotFoundError, match="no questionnaire “none”"):
        library.newest("none")


def test_a_digest_is_that_of_the_file(library: Library, tmp_path: Path) -> None:
    content = (tmp_path / "tiny/1.yaml").read_bytes()
    assert library.digest("tiny", "1") == sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("questionnaire", "edition", "sentence"),
    [
        ("tiny", "3", "There is no edition “3” of tiny. Editions here: 1 and 2."),
        ("small", "1", "There is no questionnaire “small”. Questionnaires here: other and tiny."),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(
    library: Library, questionnaire: str, edition: str, sentence: str
) -> None:
    with pytest.raises(NotFoundError) as refused:
        library.get(questionnaire, edition)
    assert str(refused.value) == sentence


def test_an_empty_library_says_so() -> None:
    with pytest.raises(NotFoundError, match="There are none here"):
        Library({}).digest("tiny", "1")


def test_a_worded_questionnaire_is_made_once(library: Library) -> None:
    facts = Facts("adults", "wales", "council")
    worded = library.worded("tiny", "1", facts)
    assert worded.questions["a"].text == "Has the statutory director signed?"
    assert library.worded("tiny", "1", facts) is worded
    assert library.get("tiny", "1").questions["a"].text == "Has the {director} signed?"


def test_services_that_employers_name_cannot_fill_the_memory(library: Library) -> None:
    for number in range(MOST_WORDED + 1):
        library.worded("tiny", "1", Facts(f"service-{number}", "england", "council"))
    assert len(library._worded) == 1


def test_every_problem_of_every_file_is_raised_at_once(tmp_path: Path) -> None:
    broken = put(tmp_path, "tiny/1.yaml")
    broken.write_text("id: tiny\nid: tiny\nedition: '1'\n")
    unreadable = put(tmp_path, "tiny/2.yaml")
    unreadable.write_text("")
    with pytest.raises(FaultyDefinitionsError) as refused:
        load(tmp_path)
    files = [Path(problem.file).name for problem in refused.value.problems]
    assert files == ["1.yaml"] * 8 + ["2.yaml"]
    assert str(refused.value).splitlines()[-2:] == [
        f"{broken}:2: “id” is repeated: it is already on line 1.",
        f"{unreadable}:1: This file is empty.",
    ]
    assert isinstance(refused.value, ProductError)
    assert check(tmp_path) == refused.value.problems


def test_a_file_stands_under_its_id_and_edition(tmp_path: Path) -> None:
    path = put(tmp_path, "small/2026.yaml")
    assert [str(problem) for problem in check(tmp_path)] == [
        f"{path}:2: “id” is “tiny” but the folder is named “small”.",
        f"{path}:3: “edition” is “1” but the file is named “2026”.",
    ]
    assert check(path) == ()


def test_a_file_that_would_be_passed_over_is_named(tmp_path: Path) -> None:
    put(tmp_path, "tiny/1.yaml")
    astray = [put(tmp_path, "tiny/2.yml"), put(tmp_path, "tiny.yaml")]
    sentence = "This file is not read: a questionnaire stands at <its id>/<its edition>.yaml."
    assert [str(each) for each in check(tmp_path)] == [f"{path}:1: {sentence}" for path in astray]


def test_workload_schemes_and_readmes_are_no_questionnaires(tmp_path: Path) -> None:
    put(tmp_path, "tiny/1.yaml")
    of_others = shutil.ignore_patterns("figures.yaml")
    shutil.copytree(SHIPPED / "workload", tmp_path / "workload", ignore=of_others)
    (tmp_path / "README.md").write_text("Words.")
    assert load(tmp_path).editions() == (("tiny", "1"),)
    assert load(tmp_path).schemes.get("simple-count").title == "Simple count of cases"


@pytest.mark.parametrize("name", ["empty", "nowhere"])
def test_a_folder_without_questionnaires_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    folder = tmp_path / name
    with pytest.raises(FaultyDefinitionsError, match="no questionnaire in this folder"):
        load(folder)


def renamed(folder: Path, edition: str, was: str) -> Path:
    """Put an edition whose first question had another id."""
    path = put(folder, f"tiny/{edition}.yaml", "renamed")
    text = path.read_text().replace('edition: "2"', f'edition: "{edition}"')
    path.write_text(text.replace("old-a", was))
    return path


def test_an_old_id_must_be_of_an_earlier_edition(tmp_path: Path) -> None:
    put(tmp_path, "tiny/1.yaml", "yes-no")
    renamed(tmp_path, "2", "b")
    assert [str(each) for each in check(tmp_path)] == [
        f"{tmp_path / 'tiny/2.yaml'}:18: No earlier edition here has a question “b”. Allowed: a."
    ]


def test_an_old_id_may_be_of_any_earlier_edition(tmp_path: Path) -> None:
    second = renamed(tmp_path, "2", "old-a")  # the first edition here: the old one is elsewhere
    third = renamed(tmp_path, "3", "z")
    third.write_text(third.read_text().replace("id: z", "id: y"))
    fourth = renamed(tmp_path, "4", "y")
    fourth.write_text(fourth.read_text().replace("id: z", "id: x"))
    assert check(tmp_path) == ()
    assert second.exists()
