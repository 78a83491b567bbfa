from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from healthcheck.definitions import reading
from healthcheck.definitions.questionnaire_files import understand
from healthcheck.definitions.reading import LARGEST_FILE, parse, read

if TYPE_CHECKING:
    from pathlib import Path

PIECES = st.one_of(
    st.sampled_from(list("-:{}[]|>#?~,!&*'\"%\n\t ")),
    st.sampled_from(["\n  ", "- ", ": ", "---\n", "&x ", "*x", "!!int ", ">-\n", "%YAML 1.1\n"]),
    st.sampled_from(["id: a\n", "questions:", "type: rating", "scale: 3\n", "figures: {id: b}\n"]),
    st.sampled_from(["show_when: {question: a, is: b}\n", "terms: {a: {otherwise: '{a}'}}\n"]),
)


def sentences(text: str) -> list[str]:
    return [f"{each.line}: {each.sentence}" for each in parse(text.encode(), "f")[1]]


def test_values_stay_text_with_their_lines() -> None:
    document, problems = parse(b"a: no\nb:\n  - 1.10\n  - {c: 2/3, d: 'x'}\n", "f")
    assert problems == ()
    assert document is not None
    assert document.data == {"a": "no", "b": ["1.10", {"c": "2/3", "d": "x"}]}
    assert document.line(("b", 1, "c")) == 4
    assert document.line(("b", 7, "nowhere")) == 2
    assert document.line(("nowhere",)) == 1


def test_quoted_words_for_nothing_are_text() -> None:
    document, problems = parse(b"a: 'null'\nb: \"\"\nc: |\n  ~\n", "f")
    assert problems == ()
    assert document is not None
    assert document.data == {"a": "null", "b": "", "c": "~\n"}


def test_the_digest_is_of_the_bytes() -> None:
    one, two = parse(b"a: b\n", "f")[0], parse(b"a:  b\n", "f")[0]
    assert one is not None
    assert two is not None
    assert one.digest == "52c9693cf3f219d51ba6af4362ee092c55fb5e6f96d6f9da13c8ede7eff8e71b"
    assert one.digest != two.digest


def test_a_byte_order_mark_is_passed_over() -> None:
    document, problems = parse("\ufeffa: b".encode(), "f")
    assert problems == ()
    assert document is not None
    assert document.data == {"a": "b"}


def test_other_encodings_are_refused_with_the_line() -> None:
    _, problems = parse(b"a: b\nc: caf\xe9\n", "f")
    assert [str(each) for each in problems] == [
        "f:2: This line is not UTF-8: save the file as UTF-8."
    ]


def test_a_file_too_large_is_refused() -> None:
    assert sentences("#" * (LARGEST_FILE + 1)) == ["1: This file is larger than 5 MB."]
    assert sentences("#" * LARGEST_FILE) == ["1: This file is empty."]


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"
    document, problems = read(path)
    assert document is None
    assert [str(each) for each in problems] == [
        f"{path}:1: This file cannot be read: No such file or directory."
    ]


def test_problems_before_a_mistake_in_the_yaml_are_kept() -> None:
    assert sentences("a: 1\na: 2\nb: [") == [
        "2: “a” is repeated: it is already on line 1.",
        "4: This is not valid YAML (did not find expected node content).",
    ]


def test_what_is_under_a_repeated_key_is_read_but_not_kept() -> None:
    text = "a: {b: 1}\na: {b: 2, c: 3, c: 4}\na:\n"
    assert sentences(text) == [
        "2: “a” is repeated: it is already on line 1.",
        "2: “c” is repeated: it is already on line 2.",
        "3: “a” is repeated: it is already on line 1.",
        "3: “a” has no value: write one or remove the key.",
    ]
    document = parse(text.encode(), "f")[0]
    assert document is not None
    assert document.data == {"a": {"b": "1"}}


@pytest.mark.parametrize("text", ["~", "'words'", "[a]", "---\n"])
def test_a_file_must_hold_keys_and_values(text: str) -> None:
    assert sentences(text)[-1].endswith("This file must hold keys and values.")


def test_the_slower_loader_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = b"a: no\nb: [~, &x 1.10]\na: 2\n"
    fast = parse(text, "f")
    monkeypatch.setattr(reading, "LOADER", yaml.SafeLoader)
    assert parse(text, "f") == fast


@settings(deadline=None)
@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_no_text_is_an_error(text: str) -> None:
    document, problems = parse(text.encode("utf-8", "surrogatepass"), "f")
    assert document is not None or problems


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_nothing_that_looks_like_yaml_is_an_error(text: str) -> None:
    document, problems = parse(text.encode(), "f")
    assert document is not None or problems
    if document is not None:
        assert understand(document)[1]
