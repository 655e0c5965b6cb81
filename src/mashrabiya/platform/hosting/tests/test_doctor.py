"""The doctor is red where somebody would be hurt, and content with a house that is well."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from mashrabiya.discussions.tables import PICTURE
from mashrabiya.platform import house
from mashrabiya.platform.backlog import Backlog
from mashrabiya.platform.db import Database
from mashrabiya.platform.hosting import init as making
from mashrabiya.platform.hosting import logging_of_postgres, soundness
from mashrabiya.platform.hosting.doctor import doctor, findings, key_place, room, swap
from mashrabiya.platform.hosting.finding import LOOK, OK, RED, Finding
from mashrabiya.platform.hosting.tests.conftest import MakeConfig
from mashrabiya.platform.keys import make_key_file
from mashrabiya.platform.media import Prepared, prepare
from mashrabiya.platform.media.keeping import store_of
from mashrabiya.platform.media.tests import samples
from mashrabiya.platform.outbox import OUTBOX
from mashrabiya.platform.settings import Config


def reds(config: Config) -> str:
    return "\n".join(finding.what for finding in findings(config) if finding.level == RED)


def change(config: Config, **settings: object) -> None:
    database = Database(config.database_url)
    with database.write() as uow:
        house.save(uow, **settings)
    database.close()


def quiet(config: Config) -> Config:
    """The test wheel's server logs some parameters by default: set as a host would."""
    if config.database:
        with psycopg.connect(config.database, autocommit=True) as connection:
            name = connection.info.dbname
            for setting, allowed in logging_of_postgres.MUST_BE.items():
                connection.execute(f"ALTER DATABASE \"{name}\" SET {setting} = '{allowed[0]}'".encode())
    return config


@pytest.fixture
def careful_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' server is fast and careless on purpose, which the doctor rightly holds against it."""
    kept = tuple(line for line in soundness._MUST_BE if line[0] not in {"fsync", "full_page_writes"})
    monkeypatch.setattr(soundness, "_MUST_BE", kept)


def test_a_new_house_is_well(config: Config, careful_server: None) -> None:
    quiet(config)
    assert reds(config) == ""
    assert doctor(config) == 0


def test_no_house_is_told(make_config: MakeConfig) -> None:
    assert "There is no house" in reds(make_config("none", "sqlite"))


def test_a_key_among_the_data_is_red(config: Config) -> None:
    inside = config.data / "house.key"
    inside.write_bytes(Path(config.key_path).read_bytes())
    inside.chmod(0o600)
    assert "share a directory" in reds(replace(config, key_file=str(inside)))


def test_a_key_that_others_read_is_red(config: Config) -> None:
    Path(config.key_path).chmod(0o644)
    assert "Others on this machine can read the key" in reds(config)


def test_a_missing_key_is_red(config: Config) -> None:
    Path(config.key_path).unlink()
    assert "nobody can sign in" in reds(config)


def test_a_wrong_key_is_red(config: Config) -> None:
    Path(config.key_path).write_text("ef" * 32)
    assert "not the one of this house" in reds(config)


def test_cheap_passphrases_are_red(config: Config) -> None:
    change(config, argon_memory=8192, argon_time=1)
    assert "cheaper to guess" in reds(config)


def test_a_stale_backup_is_red(config: Config) -> None:
    folder = config.data / "backups"
    folder.mkdir()
    (folder / "house-2026-01-01-000000.age").write_text("x")
    long_ago = time.time() - 20 * 86400
    os.utime(folder / "house-2026-01-01-000000.age", (long_ago, long_ago))
    assert "newest backup is 20 days old" in reds(config)
    assert "older than the 14 days" in reds(config)


def test_swap_is_told(tmp_path: Path) -> None:
    listed = tmp_path / "swaps"
    listed.write_text("Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2\n")
    assert swap(listed).level == "LOOK"


def test_postgresql_that_logs_statements_is_red(make_config: MakeConfig) -> None:
    made = make_config("house", "postgresql")
    making.init(made)
    quiet(made)
    with psycopg.connect(made.database, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE \"{connection.info.dbname}\" SET log_statement = 'all'".encode())
    assert "log_statement = none" in reds(made)


def told(found: Iterator[Finding]) -> list[tuple[str, str]]:
    return [(finding.level, finding.what) for finding in found]


def test_no_house_ends_with_its_own_status(make_config: MakeConfig, config: Config) -> None:
    assert doctor(make_config("none", "sqlite")) == 2
    Path(config.key_path).unlink()
    assert doctor(quiet(config)) == 1


def test_a_database_that_does_not_answer_is_red(make_config: MakeConfig) -> None:
    gone = replace(make_config("gone", "sqlite"), database="postgresql://nobody@127.0.0.1:9/none")
    make_key_file(Path(gone.key_path))
    assert "does not open" in reds(gone)
    assert doctor(gone) == 1


def test_files_that_others_open_are_red(make_config: MakeConfig) -> None:
    config = make_config("house", "sqlite")
    making.init(config)
    assert "Only its owner opens" in str(told(soundness.files(config)))
    (config.data / "house.db").chmod(0o640)
    assert "chmod 600" in reds(config)
    (config.data / "house.db").chmod(0o600)
    config.data.chmod(0o755)
    assert (
        "LOOK",
        f"Others can look into the folder of the data. Close it: chmod 700 {config.data}",
    ) in told(soundness.files(config))
    (config.data / "old.sql").write_text("INSERT …")
    assert "A readable copy lies beside the data" in reds(config)


def test_a_damaged_database_is_red(make_config: MakeConfig) -> None:
    config = make_config("house", "sqlite")
    making.init(config)
    with closing(sqlite3.connect(config.data / "house.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        pages, size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size")
        )
    with (config.data / "house.db").open("r+b") as file:
        file.seek((pages // 2) * size)
        file.write(os.urandom(size * 8))
    assert "damaged" in reds(config) or "does not open" in reds(config)


def test_rows_that_point_nowhere_are_red(make_config: MakeConfig) -> None:
    config = make_config("house", "sqlite")
    making.init(config)
    with closing(sqlite3.connect(config.data / "house.db", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE k_from (id INTEGER PRIMARY KEY, at BLOB REFERENCES thread (id))")
        connection.execute("INSERT INTO k_from VALUES (1, x'00')")
    assert "1 rows point at what is not there" in reds(config)


def test_what_waits_and_what_was_given_up_is_told(config: Config) -> None:
    database = Database(config.database_url)
    with database.write() as uow:
        uow.insert(OUTBOX, n=1, kind="PostWritten", ref=b"id", tries=9, dead_day=3)
    found = told(soundness.background(database))
    database.close()
    assert ("OK", "0 facts and 0 jobs wait.") in found
    assert "PostWritten (1)" in reds(config)


def test_a_sweep_that_does_not_come_is_told(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(config.database_url)
    levels = []
    for hours in (None, 1, 5, 30):
        state = Backlog(0, 0, {}, {}, 0, hours)
        monkeypatch.setattr(soundness, "backlog", lambda _database, state=state: state)
        levels.append(told(soundness.background(database))[0][0])
    database.close()
    assert levels == ["LOOK", "OK", "LOOK", "RED"]


def test_a_write_that_is_a_day_late_is_red(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundness, "backlog", lambda _database: Backlog(0, 0, {}, {}, 2, 0))
    assert "2 deferred writes are a day late" in reds(config)


def test_a_clock_behind_the_data_is_red(make_config: MakeConfig) -> None:
    config = make_config("house", "sqlite")
    making.init(config)
    later = time.time() + 7200
    os.utime(config.data / "house.db", (later, later))
    assert "clock is behind" in reds(config)


def test_a_full_disk_is_red() -> None:
    assert [room(free, size).level for free, size in ((1 << 20, 0), (500 << 20, 0), (4 << 30, 0), (1 << 30, 2 << 30))] == [
        RED, LOOK, OK, RED
    ]  # fmt: skip


def test_a_key_that_systemd_hands_over_is_well(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    key = Path(config.key_path)
    key.chmod(0o440)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(key.parent))
    assert "systemd hands the key" in str(told(key_place(config)))


def test_postgresql_that_may_lose_what_was_saved_is_red(make_config: MakeConfig) -> None:
    config = make_config("house", "postgresql")
    making.init(config)
    database = Database(config.database_url)
    before = told(soundness.postgres(database))
    with psycopg.connect(config.database, autocommit=True) as connection:
        wanted = connection.execute("SHOW fsync").fetchone() == ("on",)
    database.close()
    assert any("Set fsync = on" in what for _, what in before) != wanted


def test_every_finding_that_is_not_well_says_what_to_do(config: Config) -> None:
    Path(config.key_path).chmod(0o644)
    for finding in findings(config):
        assert finding.what.endswith((".", ")")) or finding.level == "OK" or ":" in finding.what


def test_pictures_and_rows_that_lost_each_other_are_counted(config: Config) -> None:
    database, store = Database(config.database_url), store_of(config.data)
    row = {"post": b"p" * 10, "place": 1, "name": bytes(16), "alt": "", "width": 1, "height": 1}
    with database.write() as uow:
        uow.insert(PICTURE, **row)
    try:
        (gone,) = soundness.pictures(config, database)
        assert not (config.data / "media").exists()
        assert (gone.level, "Is it mounted?" in gone.what) == (RED, True)
        prepared = prepare(samples.plain("PNG", (20, 20)))
        assert isinstance(prepared, Prepared)
        store.put(prepared)
        (lost,) = soundness.pictures(config, database)
        assert (lost.level, "1 posts' pictures without a file" in lost.what) == (LOOK, True)
    finally:
        database.close()


def test_a_proxy_before_a_house_without_a_name_is_red(config: Config) -> None:
    proxied = replace(config, trusted_proxy="127.0.0.1")
    assert "answered 421" in reds(proxied)
    assert "answered 421" not in reds(config)
    assert "answered 421" not in reds(replace(proxied, sites=("house.example",)))
    change(config, sites=("other.example",))
    found = [finding for finding in findings(proxied) if "other.example" in finding.what]
    assert [finding.level for finding in found] == [OK]


def test_an_open_house_that_nobody_else_reaches_is_to_be_looked_at(config: Config) -> None:
    change(config, open=True)
    assert any("opens from this machine alone" in f.what for f in findings(config) if f.level == LOOK)
