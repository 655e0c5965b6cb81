"""A PostgreSQL connection as the house wants it.

Plain reads outside a transaction, statements prepared at once and planned once:
measured, a page costs a third of what the defaults cost (docs/decisions/0002). None is so
long that compiling it would pay.
"""

from __future__ import annotations

import select
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import psycopg
from psycopg import abc, adapt, errors, pq

from mashrabiya.kernel.errors import Busy
from mashrabiya.platform.db.statements import Compiled
from mashrabiya.platform.db.transactions import CHANNEL

# A house's rows lie in memory, or on a disk that seeks nothing: a step along an index costs as much as one through a
# table. By the default of 4 whole tables were read for some rows of them (docs/decisions/0073).
_OPTIONS = (
    "-c plan_cache_mode=force_generic_plan -c jit=off -c random_page_cost=1.1"
    " -c lock_timeout=10000 -c statement_timeout=30000"
)
_AS_TEXT, _AS_BYTES = 0, 1
_UNTOLD, _BYTEA = 0, 17
"""Numbers of types, as pg_type has them."""
_MOST_LATER = 50
# One writer for the house, as on SQLite: what a command reads is still true when it writes.
_BEGIN, _ONE_WRITER = "BEGIN", "SELECT pg_advisory_xact_lock(7305809155948310119)"
_TELL, _COMMIT = f"NOTIFY {CHANNEL}", "COMMIT"
_TAKEN = b"55P03"
"""So PostgreSQL says that somebody else has what was waited for."""
_WELL = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)
_Ready = tuple[bytes, list[Any], list[int], int]
"""A statement's name, its values, how each of them goes, and how rows come back."""


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
    _later: list[_Ready]
    _moves: select.poll
    _readable: select.poll

    def run(self, compiled: Compiled, values: Sequence[Any]) -> Answer:
        """Run a statement with ``values`` in the order of its parameters, after those that ``later`` put off.

        Raises what psycopg raises for the same trouble, theirs too; and Busy where somebody else had for long what
        it waited for.
        """
        ready = self._ready(compiled, values)
        found = self._together(ready) if self._later else self.pgconn.exec_prepared(*ready)
        if found.status == pq.ExecStatus.TUPLES_OK:
            self._shapes.set_pgresult(found)
            rows = self._shapes.load_rows(0, found.ntuples, tuple)
            return Answer(rows, found.ntuples)
        if found.status == pq.ExecStatus.COMMAND_OK:
            return Answer([], found.command_tuples or 0)
        raise _trouble(found)

    def later(self, compiled: Compiled, values: Sequence[Any] = ()) -> None:
        """Run a statement that nobody waits for on the trip of the next one, or of the end of the transaction.

        What is wrong with it is raised there. A trip to the server and back costs both sides more
        than many a statement does.
        """
        self._later.append(self._ready(compiled, values))
        if len(self._later) >= _MOST_LATER:
            self.come_up()

    def execute(self, *asked: Any, **how: Any) -> Any:
        """As the driver has it, after what was put off: a transaction that was asked for has begun by then."""
        self.come_up()
        return super().execute(*asked, **how)

    def come_up(self) -> None:
        """Run what was put off, now."""
        if self._later:
            self._together(self._later.pop())

    def begin(self) -> None:
        """A transaction, of which there is one at a time in the house. It begins with what is run first in it."""
        self._later += [self._own(_BEGIN), self._own(_ONE_WRITER)]

    def commit_and_tell(self) -> None:
        """Commit, and tell the house's other processes that something was written."""
        self._later += [self._own(_TELL), self._own(_COMMIT)]
        self.come_up()

    def forget(self) -> None:
        """Nothing that was put off happens."""
        self._later.clear()

    def _ready(self, compiled: Compiled, values: Sequence[Any]) -> _Ready:
        name = self._names.get(compiled.key) or self._prepare(compiled)
        # Any: the driver takes None here, as it must, and its types forgot to say so.
        sent: list[Any] = [_sent(value) for value in values]
        return (
            name,
            sent,
            [_AS_TEXT if isinstance(value, _NUMBERS) else _AS_BYTES for value in values],
            _AS_BYTES,
        )

    def _own(self, sql: str) -> _Ready:
        return self._names.get(sql) or self._named(sql, sql), [], [], _AS_BYTES

    def _prepare(self, compiled: Compiled) -> bytes:
        # Where nothing else tells, the server would take an unnamed type for text.
        types = [_BYTEA if binary else _UNTOLD for binary in compiled.binary]
        return self._named(compiled.key, compiled.sql, types)

    def _named(self, key: str, sql: str, types: Sequence[int] = ()) -> bytes:
        name = b"s%d" % len(self._names)
        found = self.pgconn.prepare(name, sql.encode(), types)
        if found.status != pq.ExecStatus.COMMAND_OK:
            raise _trouble(found)
        self._names[key] = name
        return name

    def _together(self, last: _Ready) -> Any:
        """What the last one gave, after all that was put off; their trouble is raised."""
        asked = [*self._later, last]
        self._later.clear()
        try:
            found = self._trip(asked)
        except BaseException:
            self.close()  # halfway: nobody could say whose answer comes next
            raise
        # After one that failed the server skips all to the end of the trip.
        for one in found:
            if one.status not in _WELL:
                raise _trouble(one)
        return found[-1]

    def _trip(self, asked: list[_Ready]) -> list[Any]:
        server = self.pgconn
        server.enter_pipeline_mode()
        for ready in asked:
            server.send_query_prepared(*ready)
        server.pipeline_sync()
        # What the line to the server does not take at once goes while it answers what has gone.
        while server.flush():
            self._moves.poll()
            server.consume_input()
        found = [self._next() for _ in asked]
        self._next()
        server.exit_pipeline_mode()
        return found

    def _next(self) -> Any:
        """What the next statement of one trip gave."""
        server = self.pgconn
        found = self._result()
        if found is None or server.status != pq.ConnStatus.OK:
            raise psycopg.OperationalError("the server has gone")
        # After what each gave comes nothing, and after the end of the trip not even that.
        if found.status != pq.ExecStatus.PIPELINE_SYNC:
            self._result()
        return found

    def _result(self) -> Any:
        server = self.pgconn
        while server.is_busy():
            # The driver would keep the interpreter while it waits, and whoever it waits for may need it.
            self._readable.poll()
            server.consume_input()
        return server.get_result()


def connect(url: str) -> Connection:
    """Connect with parameters bound on the server, so that no query text holds a value."""
    # The driver prepares nothing itself: where it does, it throws everything prepared away with each rollback.
    connection = Connection.connect(
        url, autocommit=True, prepare_threshold=None, options=_OPTIONS, client_encoding="utf8"
    )
    connection._names = {}
    connection._later = []
    connection._shapes = adapt.Transformer(connection)
    connection._readable, connection._moves = select.poll(), select.poll()
    connection._readable.register(connection.pgconn.socket, select.POLLIN)
    connection._moves.register(connection.pgconn.socket, select.POLLIN | select.POLLOUT)
    return connection


_NUMBERS = (int, float, Decimal)
"""They go as text, whose type the server reads from the statement; all else goes as the bytes that it is."""


def _sent(value: Any) -> bytes | None:
    if value is None or type(value) is bytes:
        return value
    if isinstance(value, (str, _NUMBERS)):
        return str(value).encode()
    return bytes(memoryview(value))


def _trouble(found: Any) -> psycopg.Error | Busy:
    state = found.error_field(pq.DiagnosticField.SQLSTATE)
    said = found.error_message.decode("utf-8", "replace").strip()
    if state is None:  # not from the server: there is none any more
        return psycopg.OperationalError(said)
    if state == _TAKEN:
        return Busy()
    try:
        return errors.lookup(state.decode())(said)
    except KeyError:
        return psycopg.DatabaseError(said)
