"""A backup opens with an operator's key and with nothing else, and carries what it should and no more."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import time
from pathlib import Path

import pyrage
import pytest
from pyrage import x25519

from mashrabiya.platform.db import Database, metadata
from mashrabiya.platform.hosting import HostingTrouble, plain
from mashrabiya.platform.hosting import backup as backing_up
from mashrabiya.platform.hosting.plain import EXCLUDED, VERSION, in_memory, write_plain
from mashrabiya.platform.hosting.tests.conftest import furnish
from mashrabiya.platform.settings import Config

ANNE, BEATE = x25519.Identity.generate(), x25519.Identity.generate()
BOTH_KEYS = (str(ANNE.to_public()), str(BEATE.to_public()))


def plain_of(config: Config, folder: Path) -> sqlite3.Connection:
    database = Database(config.database_url)
    write_plain(database, folder / "plain.db")
    database.close()
    return sqlite3.connect(folder / "plain.db")


def test_every_table_is_carried_but_the_fleeting_ones(config: Config, tmp_path: Path) -> None:
    furnish(config)
    copy = plain_of(config, tmp_path)
    rows = {
        name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for name in (*metadata.tables, VERSION)
    }
    assert {name for name, count in rows.items() if not count} == set(EXCLUDED) & metadata.tables.keys()


def test_values_come_out_as_they_went_in(config: Config, tmp_path: Path) -> None:
    furnish(config)
    copy = plain_of(config, tmp_path)
    persona = copy.execute("SELECT id, name, seen_q FROM persona").fetchone()
    assert persona == (b"sixteen bytes ok", "canary persona", 7)


def test_nothing_fleeting_is_left_in_the_file(config: Config, tmp_path: Path) -> None:
    furnish(config)
    plain_of(config, tmp_path)
    raw = (tmp_path / "plain.db").read_bytes()
    assert b"canary persona" in raw
    assert not [name for name in EXCLUDED if f"canary {name}".encode() in raw]


def test_the_key_of_the_house_is_never_in_it(config: Config, tmp_path: Path) -> None:
    plain_of(config, tmp_path)
    raw = (tmp_path / "plain.db").read_bytes()
    key = Path(config.key_path).read_text().strip()
    assert key.encode() not in raw
    assert bytes.fromhex(key) not in raw


def test_a_backup_opens_with_any_of_the_keys_and_no_other(config: Config) -> None:
    made = backing_up.backup(config, recipients=BOTH_KEYS)
    for identity in (ANNE, BEATE):
        assert b"SQLite format 3" in pyrage.decrypt(made.read_bytes(), [identity])
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(made.read_bytes(), [x25519.Identity.generate()])


def test_a_backup_is_its_owners_alone_and_nothing_readable_stays(config: Config) -> None:
    furnish(config)
    made = backing_up.backup(config, recipients=BOTH_KEYS)
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert [path.name for path in made.parent.iterdir()] == [made.name]
    assert b"canary persona" not in made.read_bytes()


def test_without_a_key_there_is_no_backup(config: Config) -> None:
    with pytest.raises(HostingTrouble, match="No key to seal"):
        backing_up.backup(config)


def test_a_secret_key_is_not_taken_for_a_public_one(config: Config) -> None:
    with pytest.raises(HostingTrouble, match="age1"):
        backing_up.backup(config, recipients=(str(ANNE),))


def test_one_key_alone_is_warned_of(config: Config, capsys: pytest.CaptureFixture[str]) -> None:
    backing_up.backup(config, recipients=BOTH_KEYS[:1])
    assert "Only one key opens it" in capsys.readouterr().out


def test_old_backups_are_unlinked_and_other_files_are_not(config: Config) -> None:
    folder = config.data / "backups"
    folder.mkdir()
    long_ago = time.time() - 15 * 86400
    for name in ("house-2026-01-01-000000.age", "notes.txt"):
        (folder / name).write_text("x")
        os.utime(folder / name, (long_ago, long_ago))
    backing_up.backup(config, recipients=BOTH_KEYS)
    left = {path.name for path in folder.iterdir()}
    assert "notes.txt" in left
    assert "house-2026-01-01-000000.age" not in left


def test_a_new_identity_opens_what_is_sealed_for_it(config: Config, tmp_path: Path) -> None:
    public = backing_up.new_identity(tmp_path / "anne.age", config)
    assert stat.S_IMODE((tmp_path / "anne.age").stat().st_mode) == 0o600
    assert backing_up.backup(config, recipients=(public,)).exists()


def test_a_new_identity_is_neither_put_beside_the_data_nor_over_a_file(
    config: Config, tmp_path: Path
) -> None:
    with pytest.raises(HostingTrouble, match="outside the data"):
        backing_up.new_identity(config.data / "anne.age", config)
    (tmp_path / "there").write_text("mine")
    with pytest.raises(HostingTrouble, match="already"):
        backing_up.new_identity(tmp_path / "there", config)
    assert (tmp_path / "there").read_text() == "mine"


def test_what_is_readable_is_gone_after_the_block() -> None:
    with in_memory() as folder:
        (folder / "x").write_text("x")
    assert not folder.exists()


def test_what_a_killed_run_left_readable_goes_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "_RAM", tmp_path)
    with plain.in_memory() as running:
        (running / "copy.db").write_text("rows")
        # A killed process holds no lock any more, and cleans nothing up.
        killed = tmp_path / "mashrabiya-killed"
        shutil.copytree(running, killed)
        with plain.in_memory():
            assert not killed.exists()
            assert (running / "copy.db").exists()
    assert list(tmp_path.iterdir()) == []
