"""What goes wrong at the command line is one sentence in the language of the terminal, and never a traceback."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from pyrage import x25519

from mashrabiya.__main__ import main
from mashrabiya.platform.hosting import archive
from mashrabiya.platform.hosting import init as making
from mashrabiya.platform.hosting.telling import sentence
from mashrabiya.platform.settings import Config
from mashrabiya.platform.terminal import language_around

Say = Callable[..., str]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Run a command that cannot do what it should; the one line that it says."""

    def run(*arguments: object) -> str:
        assert main([str(one) for one in arguments]) == 1
        lines = capsys.readouterr().err.strip().splitlines()
        assert len(lines) == 1
        assert lines[0].startswith("mashrabiya: ")
        return lines[0].removeprefix("mashrabiya: ")

    return run


@pytest.fixture
def house(tmp_path: Path) -> Config:
    made = Config(data=tmp_path / "house", key_file=str(tmp_path / "keys" / "house.key"))
    making.init(made)
    return made


def of(config: Config) -> tuple[object, ...]:
    return ("--data", config.data, "--key-file", config.key_file)


@pytest.mark.parametrize("command", ["init", "serve", "worker", "migrate", "backup", "sample"])
def test_a_file_in_the_place_of_the_folder_is_told(command: str, tmp_path: Path, say: Say) -> None:
    (tmp_path / "file").write_text("mine")
    said = say(command, "--data", tmp_path / "file", "--key-file", tmp_path / "key")
    assert said == f"{tmp_path / 'file'} is a file. A house needs a folder: name another one with --data."
    assert (tmp_path / "file").read_text() == "mine"
    assert not (tmp_path / "key").exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, say: Say) -> None:
    (tmp_path / "file").touch()
    said = say("init", "--data", tmp_path / "file" / "house", "--key-file", tmp_path / "key")
    assert "a file stands where a folder is needed" in said


def test_a_place_that_takes_no_backup_is_told(house: Config, tmp_path: Path, say: Say) -> None:
    (tmp_path / "file").touch()
    said = say("backup", *of(house), "--to", tmp_path / "file")
    assert said == f"{tmp_path / 'file'}: a file stands where a folder is needed."


def test_half_a_backup_is_told_and_not_left(
    house: Config, tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: object, _part: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(archive._Sink, "_put", full)
    key = str(x25519.Identity.generate().to_public())
    said = say("backup", *of(house), "--to", tmp_path / "copies", "--recipient", key)
    assert said.endswith(": the disk is full.")
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_database_of_another_kind_is_told(tmp_path: Path, say: Say) -> None:
    said = say("init", "--data", tmp_path / "house", "--database", "mysql://127.0.0.1/none")
    assert "postgresql://" in said
    assert not (tmp_path / "house").exists()


def test_an_address_that_is_none_is_told(tmp_path: Path, say: Say) -> None:
    wrong = "postgresql://127.0.0.1:port/none"
    said = say("init", "--data", tmp_path / "house", "--key-file", tmp_path / "key", "--database", wrong)
    assert "The database" in said


@pytest.mark.parametrize("command", ["migrate", "serve", "backup"])
def test_a_file_that_is_no_database_is_told(command: str, house: Config, say: Say) -> None:
    for left in house.data.glob("house.db*"):
        left.unlink()
    (house.data / "house.db").write_text("no database at all, " * 99)
    assert "it is damaged, or no database of a house" in say(command, *of(house))


def test_a_database_of_a_later_version_is_told(house: Config, say: Say) -> None:
    with sqlite3.connect(house.data / "house.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "A newer version" in say("migrate", *of(house))


def test_the_terminal_says_its_language(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, say: Say) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for around, language in (
        ("ar_EG.UTF-8", "ar"),
        ("en_GB.UTF-8", "en"),
        ("fr_FR.UTF-8", "en"),
        ("C", "en"),
        ("", "en"),
    ):
        monkeypatch.setenv("LANG", around)
        assert language_around() == language
    monkeypatch.setenv("LANG", "ar")
    assert say("serve", "--data", tmp_path / "none").startswith("لا موقع في ")
    monkeypatch.setenv("LC_ALL", "C")
    assert say("serve", "--data", tmp_path / "none").startswith("There is no house")


def test_no_room_is_told() -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert sentence(full) == "The disk did not take it: the disk is full."
    closed = PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/srv/house")
    assert sentence(closed) == "/srv/house: this account of the machine may not use it."


def test_a_mistake_of_ours_shows_where_it_is() -> None:
    for ours in (KeyError("key"), sqlite3.IntegrityError("unique"), sqlite3.ProgrammingError("closed")):
        assert sentence(ours) is None
