"""A PostgreSQL connection as the house wants it.

Plain reads outside a transaction, statements prepared at once and planned once:
measured, a page costs a third of what the defaults cost (docs/decisions/0002). None is so
long that compiling it would pay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import psycopg
from psycopg import abc, adapt, errors, pq

from mashrabiya.platform.db.statements import Compiled

_OPTIONS = "-c plan_cache_mode=force_generic_plan -c jit=off -c lock_timeout=10000 -c statement_timeout=30000"
_AS_TEXT, _AS_BYTES = 0, 1
_UNTOLD, _BYTEA = 0, 17
"""Numbers of types, as pg_type has them."""


class Answer:
    """What a statement gave: its rows, or how many it changed."""

    __slots__ = ("_rows", "rowcount")

    def __init__(self, rows: list[tuple[Any, ...]], rowcount: int) -> None:
        self._rows = rows
        self.rowcount = rowcount

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self._rows)

    def fetchone(self) -> tuple[Any, ...] | None:
        return self._rows[0] if self._rows else None


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that also runs the house's own statements, each prepared where it is first met.

    The driver's cursors rewrite, adapt and prepare whatever they are given; ours are compiled
    already, and half of what a statement cost this process was spent there.
    """

    _names: dict[str, bytes]
    _shapes: abc.Transformer

    def run(self, compiled: Compiled, values: Sequence[Any]) -> Answer:
        """Run a statement with ``values`` in the order of its parameters.

        Raises what psycopg raises for the same trouble.
        """
        name = self._names.get(compiled.key) or self._prepare(compiled)
        # Any: the driver takes None here, as it must, and its types forgot to say so.
        sent: list[Any] = [_sent(value) for value in values]
        formats = [_AS_TEXT if isinstance(value, _NUMBERS) else _AS_BYTES for value in values]
        found = self.pgconn.exec_prepared(name, sent, formats, _AS_BYTES)
        if found.status == pq.ExecStatus.TUPLES_OK:
            self._shapes.set_pgresult(found)
            rows = self._shapes.load_rows(0, found.ntuples, tuple)
            return Answer(rows, found.ntuples)
        if found.status == pq.ExecStatus.COMMAND_OK:
            return Answer([], found.command_tuples or 0)
        raise _trouble(found)

    def _prepare(self, compiled: Compiled) -> bytes:
        name = b"s%d" % len(self._names)
        # Where nothing else tells, the server would take an unnamed type for text.
        types = [_BYTEA if binary else _UNTOLD for binary in compiled.binary]
        found = self.pgconn.prepare(name, compiled.sql.encode(), types)
        if found.status != pq.ExecStatus.COMMAND_OK:
            raise _trouble(found)
        self._names[compiled.key] = name
        return name


def connect(url: str) -> Connection:
    """Connect with parameters bound on the server, so that no query text holds a value."""
    # The driver prepares nothing itself: where it does, it throws everything prepared away with each rollback.
    connection = Connection.connect(
        url, autocommit=True, prepare_threshold=None, options=_OPTIONS, client_encoding="utf8"
    )
    connection._names = {}
    connection._shapes = adapt.Transformer(connection)
    return connection


_NUMBERS = (int, float, Decimal)
"""They go as text, whose type the server reads from the statement; all else goes as the bytes that it is."""


def _sent(value: Any) -> bytes | None:
    if value is None or type(value) is bytes:
        return value
    if isinstance(value, (str, _NUMBERS)):
        return str(value).encode()
    return bytes(memoryview(value))


def _trouble(found: Any) -> psycopg.Error:
    state = found.error_field(pq.DiagnosticField.SQLSTATE)
    said = found.error_message.decode("utf-8", "replace").strip()
    if state is None:  # not from the server: there is none any more
        return psycopg.OperationalError(said)
    try:
        return errors.lookup(state.decode())(said)
    except KeyError:
        return psycopg.DatabaseError(said)
