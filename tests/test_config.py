from __future__ import annotations

import stat
from pathlib import Path

import pytest

from healthcheck import config
from healthcheck.config import SETTINGS, SHIPPED, Config, read
from healthcheck.core.errors import ConfigurationError


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the working directory, an empty one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_any_setting_there_is_a_sensible_one_for_this_machine(nowhere: Path) -> None:
    found = read({"HOME": "/nobody"})
    assert found == Config(
        data=nowhere / "var",
        questionnaires=SHIPPED,
        secret_key_file=nowhere / "var" / "secret-key",
        host="127.0.0.1",
        port=8000,
        secure_cookies=False,
        trusted_proxies=0,
        workers=2,
        threads=4,
        busy_seconds=5,
        secret_key=found.secret_key,
    )
    assert found.database == nowhere / "var" / "healthcheck.sqlite3"
    assert found.renderer_lock == nowhere / "var" / "renderer.lock"


def test_the_first_start_makes_a_secret_key_for_the_owner_alone(nowhere: Path) -> None:
    first = read({})
    file = nowhere / "var" / "secret-key"
    assert len(first.secret_key) == 64
    assert file.read_text() == first.secret_key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert read({}).secret_key == first.secret_key
    assert [each.name for each in file.parent.iterdir()] == ["secret-key"]


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    keys = {read({"HEALTHCHECK_DATA": str(tmp_path / each)}).secret_key for each in "ab"}
    assert len(keys) == 2


def test_of_two_processes_making_the_key_together_both_use_the_first(tmp_path: Path) -> None:
    file = tmp_path / "secret-key"
    config._make_secret_key(file)
    first = file.read_text()
    config._make_secret_key(_UnseenAtFirst(file))
    assert file.read_text() == first
    assert [each.name for each in tmp_path.iterdir()] == ["secret-key"]


class _UnseenAtFirst(type(Path())):  # type: ignore[misc] # the class depends on the system
    """A path of a file that another process makes just after we looked for it."""

    def exists(self, **_: object) -> bool:
        return False


def test_a_key_never_shows_when_settings_are_printed(nowhere: Path) -> None:
    found = read({"HEALTHCHECK_DATA": str(nowhere)})
    assert found.secret_key not in repr(found)


def test_every_setting_can_be_given(nowhere: Path) -> None:
    (nowhere / "ours").mkdir()
    found = read(
        {
            "HEALTHCHECK_DATA": "data",
            "HEALTHCHECK_QUESTIONNAIRES": "ours",
            "HEALTHCHECK_SECRET_KEY_FILE": str(nowhere / "key"),
            "HEALTHCHECK_HOST": "0.0.0.0",  # noqa: S104 - a setting under test
            "HEALTHCHECK_PORT": "8080",
            "HEALTHCHECK_SECURE_COOKIES": "No",
            "HEALTHCHECK_TRUSTED_PROXIES": "1",
            "HEALTHCHECK_WORKERS": "3",
            "HEALTHCHECK_THREADS": "8",
            "HEALTHCHECK_BUSY_SECONDS": " 9 ",
            "HEALTHCHECK_SITE": "https://healthcheck.example.org/",
            "HEALTHCHECK_LOG": "JSON",
        }
    )
    assert found == Config(
        data=nowhere / "data",
        questionnaires=nowhere / "ours",
        secret_key_file=nowhere / "key",
        host="0.0.0.0",  # noqa: S104 - a setting under test
        port=8080,
        secure_cookies=False,
        trusted_proxies=1,
        workers=3,
        threads=8,
        busy_seconds=9,
        site="https://healthcheck.example.org",
        log="json",
        secret_key=(nowhere / "key").read_text(),
    )
    assert read(found.environment()) == found
    assert {f"HEALTHCHECK_{name}" for name in SETTINGS} == found.environment().keys()


@pytest.mark.parametrize(
    ("host", "is_secure"),
    [("127.0.0.1", False), ("localhost", False), ("::1", False), ("192.0.2.7", True)],
)
def test_cookies_are_for_https_alone_unless_only_this_machine_is_served(
    nowhere: Path, host: str, *, is_secure: bool
) -> None:
    environ = {"HEALTHCHECK_DATA": str(nowhere), "HEALTHCHECK_HOST": host}
    assert read(environ).secure_cookies is is_secure


def test_cookies_are_for_https_alone_where_people_come_by_https(nowhere: Path) -> None:
    environ = {"HEALTHCHECK_DATA": str(nowhere), "HEALTHCHECK_SITE": "https://a.example"}
    assert read(environ).secure_cookies
    assert not read({**environ, "HEALTHCHECK_SITE": "http://a.example"}).secure_cookies
    assert not read({**environ, "HEALTHCHECK_SECURE_COOKIES": "no"}).secure_cookies


def test_every_fault_is_named_at_once(nowhere: Path) -> None:
    (nowhere / "short").write_text("short")
    with pytest.raises(ConfigurationError) as refused:
        read(
            {
                "HEALTHCHECK_SECRET_KEY_FILE": "short",
                "HEALTHCHECK_PROT": "8000",
                "HEALTHCHECK_PORT": "99999",
                "HEALTHCHECK_WORKERS": "many",
                "HEALTHCHECK_SECURE_COOKIES": "perhaps",
                "HEALTHCHECK_QUESTIONNAIRES": "missing",
            }
        )
    too_short = (
        f"The secret key in “{nowhere}/short” is shorter than 32 characters."
        " Delete the file and a new key is made; everyone then signs in again."
    )
    assert str(refused.value).split("\n") == [
        f"HEALTHCHECK_PROT is not a setting. The settings are {', '.join(SETTINGS)}.",
        "HEALTHCHECK_PORT is “99999”, but must be a whole number from 1 to 65535.",
        "HEALTHCHECK_SECURE_COOKIES is “perhaps”, but must be yes or no.",
        "HEALTHCHECK_WORKERS is “many”, but must be a whole number from 1 to 64.",
        too_short,
        f"HEALTHCHECK_QUESTIONNAIRES is “{nowhere}/missing”, but there is no such folder.",
    ]


def test_a_data_folder_that_cannot_be_made_is_a_fault(nowhere: Path) -> None:
    (nowhere / "file").write_text("in the way")
    with pytest.raises(ConfigurationError, match="cannot be made or read"):
        read({"HEALTHCHECK_DATA": "file"})
