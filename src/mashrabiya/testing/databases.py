"""Fixtures: every test that asks for ``database`` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from sqlalchemy.schema import CreateTable

from mashrabiya.platform.db import Database, metadata
from mashrabiya.platform.db.schema import create_all
from mashrabiya.platform.outbox import append
from mashrabiya.testing.postgres import Postgres, run_folder

BOTH = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server of this test run."""
    server = Postgres(run_folder())
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_databases(postgres: Postgres) -> dict[str, list[str]]:
    """Empty databases that wait for the next test, by the schema they have."""
    return {}


@pytest.fixture
def postgres_url(postgres: Postgres, postgres_databases: dict[str, list[str]]) -> Iterator[str]:
    """An empty database with every table. A test that changes tables asks ``postgres.create()`` for one."""
    schema = _schema()
    waiting = postgres_databases.setdefault(schema, [])
    url = waiting.pop() if waiting else postgres.create(postgres.template(schema, _fill))
    yield url
    postgres.empty(url, list(metadata.tables))
    waiting.append(url)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where database files with every table lie ready to be copied."""
    return tmp_path_factory.mktemp("template")


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A database file of its own with every table."""
    return new_sqlite(sqlite_template, tmp_path)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty house database, once on each kind."""
    name = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    return str(request.getfixturevalue(name))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty house database, once on each kind. Facts recorded in it go to the outbox."""
    opened = Database(database_url)
    opened.recorder = append
    yield opened
    opened.close()


def new_sqlite(sqlite_template: Path, folder: Path) -> str:
    """A database file with every table in this folder."""
    ready = sqlite_template / f"{len(metadata.tables)}-{hash(_schema())}.db"
    if not ready.exists():
        _fill(str(ready))
    path = folder / "house.db"
    shutil.copyfile(ready, path)
    return str(path)


def _fill(url: str) -> None:
    database = Database(url)
    create_all(database)
    database.close()


def _schema() -> str:
    """The tables as they are declared; some tests declare one or two of their own."""
    return _schema_of(tuple((name, *table.c.keys()) for name, table in metadata.tables.items()))


@lru_cache(maxsize=8)
def _schema_of(_tables: tuple[tuple[str, ...], ...]) -> str:
    return "".join(str(CreateTable(table)) for table in metadata.sorted_tables)
