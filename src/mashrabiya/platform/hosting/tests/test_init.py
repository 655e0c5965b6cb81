"""A house is made once, its key apart from it, and no other key is taken for it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from mashrabiya.__main__ import main
from mashrabiya.platform.hosting import HostingTrouble
from mashrabiya.platform.hosting import init as making
from mashrabiya.platform.hosting.tests.conftest import MakeConfig
from mashrabiya.platform.settings import Config


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_house_is_its_owners_alone(config: Config) -> None:
    assert mode_of(config.data) == 0o700
    assert mode_of(Path(config.key_path)) == 0o600
    if not config.database:
        assert mode_of(config.data / "house.db") == 0o600


def test_making_it_again_changes_nothing(config: Config, capsys: pytest.CaptureFixture[str]) -> None:
    key = Path(config.key_path).read_text()
    making.init(config)
    assert Path(config.key_path).read_text() == key
    assert "Copy it now" not in capsys.readouterr().out.split("\n\n")[-1]


def test_the_key_is_never_printed(make_config: MakeConfig, capsys: pytest.CaptureFixture[str]) -> None:
    made = make_config("house", "sqlite")
    making.init(made)
    said = capsys.readouterr().out
    assert "Without this file nobody can ever sign in." in said
    assert Path(made.key_path).read_text().strip() not in said


def test_a_key_among_the_data_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HostingTrouble, match="inside the data"):
        making.init(Config(data=tmp_path / "house", key_file=str(tmp_path / "house" / "deep" / "key")))


def test_a_link_into_the_data_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "house")
    with pytest.raises(HostingTrouble, match="inside the data"):
        making.init(Config(data=tmp_path / "house", key_file=str(tmp_path / "link" / "key")))


def test_a_lost_key_is_not_silently_replaced(make_config: MakeConfig) -> None:
    made = make_config("house", "sqlite")
    making.init(made)
    Path(made.key_path).unlink()
    with pytest.raises(HostingTrouble, match="missing"):
        making.init(made)


def test_another_houses_key_is_refused(config: Config) -> None:
    Path(config.key_path).write_text("ab" * 32)
    with pytest.raises(HostingTrouble, match="not the one of this house"):
        making.init(config)


@pytest.mark.parametrize(
    "command",
    [
        "serve",
        "worker",
        "migrate",
        "backup",
        "doctor --privacy",
        "doctor --audit",
        "doctor --court en",
        "doctor",
    ],
)
def test_where_there_is_no_house_every_command_says_so(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command.split(), "--data", str(tmp_path / "none")]) in {1, 2}
    assert "There is no house" in "".join(capsys.readouterr())
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("command", ["init", "serve", "backup"])
def test_a_database_that_does_not_answer_is_told(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    far = ["--database", "postgresql://127.0.0.1:1/none", "--key-file", str(tmp_path / "key")]
    assert main([command, "--data", str(tmp_path / "house"), *far]) == 1
    assert "The database does not answer" in capsys.readouterr().err
    assert not (tmp_path / "house").exists()


def test_a_port_that_is_none_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--port", "99999"])
    assert "between 0 and 65535" in capsys.readouterr().err
