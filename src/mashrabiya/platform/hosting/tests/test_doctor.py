"""The doctor is red where somebody would be hurt, and content with a house that is well."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import psycopg

from mashrabiya.platform import house
from mashrabiya.platform.db import Database
from mashrabiya.platform.hosting import logging_of_postgres
from mashrabiya.platform.hosting.doctor import RED, doctor, findings, swap
from mashrabiya.platform.hosting.tests.conftest import MakeConfig
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


def test_a_new_house_is_well(config: Config) -> None:
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
    from mashrabiya.platform.hosting import init as making

    made = make_config("house", "postgresql")
    making.init(made)
    quiet(made)
    with psycopg.connect(made.database, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE \"{connection.info.dbname}\" SET log_statement = 'all'".encode())
    assert "log_statement = none" in reds(made)
