"""Houses as their hosts make them: by the commands, migrations and all, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Integer, LargeBinary, Table

from mashrabiya.platform.db import Database, metadata
from mashrabiya.platform.hosting import init as making
from mashrabiya.platform.settings import Config

BOTH = ("sqlite", "postgresql")
MakeConfig = Callable[[str, str], Config]


@pytest.fixture
def make_config(tmp_path: Path, request: pytest.FixtureRequest) -> MakeConfig:
    """A place for a house of a name on a kind of database; all of them share one key."""

    def make(name: str, kind: str) -> Config:
        url = ""
        if kind == "postgresql":
            url = request.getfixturevalue("postgres").create()
        return Config(data=tmp_path / name, key_file=str(tmp_path / "keys" / "house.key"), database=url)

    return make


@pytest.fixture(params=BOTH)
def config(request: pytest.FixtureRequest, make_config: MakeConfig) -> Config:
    """A new house, once on each kind of database."""
    made = make_config("house", str(request.param))
    making.init(made)
    return made


def value_for(table: Table, column: Any) -> object:
    """A value that is found again; equal bytes everywhere, so that foreign keys hold."""
    if column.nullable and column.name != "pid":
        return None  # a post has a persona or a token, never both
    if isinstance(column.type, LargeBinary):
        return b"sixteen bytes ok"
    if isinstance(column.type, Integer):
        return 7
    return f"canary {table.name}"


def furnish(config: Config) -> None:
    """One row in every table; the settings have theirs."""
    database = Database(config.database_url)
    with database.write() as uow:
        for table in [table for table in metadata.sorted_tables if table.name != "house"]:
            uow.insert_once(table, **{column.name: value_for(table, column) for column in table.c})
    database.close()
