"""Bringing a database to the shape that this version of the house expects."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine

FOLDER = Path(__file__).resolve().parents[4] / "migrations"
_NAMED = re.compile(r"^revision = ['\"]([^'\"]+)", re.MULTILINE)
_FOLLOWS = re.compile(r"^down_revision = ['\"]([^'\"]+)", re.MULTILINE)


def upgrade(url: str) -> None:
    """Run every migration that this database has not seen. Safe to repeat."""
    # Alembic takes as long to be read as the house's own database layer, and most starts find nothing to do.
    seen = _stands_at(url)
    if seen and seen == heads():
        return
    from alembic import command

    with _engine(url).begin() as connection:
        command.upgrade(_config(connection), "head")


def heads() -> set[str]:
    """The migrations that no other follows, read from their files without running them."""
    texts = [path.read_text(encoding="utf-8") for path in FOLDER.glob("versions/*.py")]
    followed = {name for text in texts for name in _FOLLOWS.findall(text)}
    return {name for text in texts for name in _NAMED.findall(text)} - followed


def _stands_at(url: str) -> set[str]:
    """What this database has seen last; nothing where that cannot be told: who goes on then is told why."""
    from mashrabiya.platform.db.database import POSTGRES, Database

    if not (url.startswith(POSTGRES) or Path(url).is_file()):
        return set()
    database = Database(url)
    try:
        return {
            str(row[0]) for row in database.connection().execute("SELECT version_num FROM alembic_version")
        }
    except Exception:
        return set()
    finally:
        database.close()


def is_current(url: str) -> bool:
    """Whether no migration is waiting."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with _engine(url).connect() as connection:
        seen = set(MigrationContext.configure(connection).get_current_heads())
        return seen == set(ScriptDirectory.from_config(_config(connection)).get_heads())


def differences(url: str) -> list[object]:
    """What the database lacks of the tables that the domains declare; empty when they agree."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from mashrabiya.platform.db.tables import metadata

    with _engine(url).connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def write_revision(url: str, message: str) -> None:
    """Write a new migration from what the domains declare, for a person to read and mend."""
    from alembic import command

    number = len(list(FOLDER.glob("versions/[0-9]*.py"))) + 1
    with _engine(url).begin() as connection:
        command.revision(_config(connection), message=message, autogenerate=True, rev_id=f"{number:04}")


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def _engine(url: str) -> Engine:
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    from mashrabiya.platform.db.database import POSTGRES
    from mashrabiya.platform.db.tables import tell_postgresql

    if url.startswith(POSTGRES):
        tell_postgresql()
        address = "postgresql+psycopg:" + url.partition(":")[2]
    else:
        address = f"sqlite:///{url}"
    return create_engine(address, poolclass=NullPool)
