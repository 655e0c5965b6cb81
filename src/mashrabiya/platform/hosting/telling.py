"""What whoever runs a command is told when it fails: one sentence for what a machine can lack, and no traceback."""

from __future__ import annotations

import sqlite3
import sys

from mashrabiya.platform.terminal import CannotBeDone, said_of, said_of_database, spoken

_UPDATE = "git pull && ./dev setup"


def sentence(trouble: BaseException) -> str | None:
    """The sentence; nothing for what can only be a mistake of ours, which shall show where it is."""
    if isinstance(trouble, CannotBeDone):
        return str(trouble)
    if isinstance(trouble, OSError):
        return said_of(trouble)
    if _is_of_another_version(trouble):
        return spoken("terminal.database_newer", command=_UPDATE)
    # SQLAlchemy carries what the driver raised inside its own.
    raised = getattr(trouble, "orig", None) or trouble
    return said_of_database(raised) if _is_the_databases(raised) else None


def _is_the_databases(trouble: BaseException) -> bool:
    """Of the file or the server. What breaks a constraint, or is no SQL, is a mistake of ours."""
    if type(trouble) in {sqlite3.OperationalError, sqlite3.DatabaseError}:
        return True
    if "psycopg" not in sys.modules:
        return False
    from psycopg import OperationalError, ProgrammingError, errors

    # Whatever the driver says of the address itself has no SQLSTATE.
    no_address = isinstance(trouble, ProgrammingError) and trouble.sqlstate is None
    return no_address or isinstance(trouble, (OperationalError, errors.InsufficientPrivilege))


def _is_of_another_version(trouble: BaseException) -> bool:
    if "alembic" not in sys.modules:
        return False
    from alembic.util import CommandError

    return isinstance(trouble, CommandError)
