from __future__ import annotations

from typing import TYPE_CHECKING

from healthcheck import resources

if TYPE_CHECKING:
    from pathlib import Path


def test_the_content_of_a_checkout_is_at_its_top() -> None:
    assert (resources.folder("questionnaires") / "employer-health-check" / "2026.yaml").is_file()
    assert (resources.folder("report_templates") / "report.html.jinja").is_file()


def test_everything_that_shapes_a_report_is_there_to_be_fingerprinted() -> None:
    assert [folder.name for folder in resources.shaping_reports() if any(folder.iterdir())] == [
        "core",
        "reports",
        "report_templates",
    ]


def test_a_fingerprint_changes_with_any_name_or_content_and_with_nothing_else(
    tmp_path: Path,
) -> None:
    (tmp_path / "partials").mkdir()
    file = tmp_path / "partials" / "cover.html"
    prints = [resources.fingerprint(tmp_path)]
    file.write_text("one")
    prints.append(resources.fingerprint(tmp_path))
    file.write_text("two")
    prints.append(resources.fingerprint(tmp_path))
    file.rename(tmp_path / "cover.html")
    prints.append(resources.fingerprint(tmp_path))
    assert len(set(prints)) == 4
    (tmp_path / "cover.pyc").write_text("made by Python")
    assert resources.fingerprint(tmp_path) == prints[-1]
