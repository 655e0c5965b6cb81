"""Whether what is promised about keeping and forgetting is so: ``mashrabiya doctor --privacy``."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import func, select, text

from mashrabiya.kernel import clock
from mashrabiya.platform import house
from mashrabiya.platform.db import ByRule, Database, Expires, Forever, Statement, metadata
from mashrabiya.platform.hosting import doctor, soundness
from mashrabiya.platform.hosting.finding import LOOK, OK, RED, Finding
from mashrabiya.platform.hosting.init import is_made
from mashrabiya.platform.retention import overstayed
from mashrabiya.platform.settings import Config

_SLACK_DAYS = 1
_LONG_LOG = 256 << 20
_OF_NOBODY = {"alembic_version"}
_TABLES: dict[str, Statement[None]] = {
    "sqlite": Statement(
        text("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    ),
    "postgresql": Statement(text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")),
}
_SECURE: Statement[None] = Statement(text("PRAGMA secure_delete"))
_PROXIES = (
    "/etc/nginx/nginx.conf",
    "/etc/nginx/sites-enabled",
    "/etc/nginx/conf.d",
    "/etc/caddy/Caddyfile",
)
_ACCESS_LOGS = ("/var/log/nginx/access.log", "/var/log/caddy/access.log")
_JOURNAL = Path("/var/log/journal")
# nginx; and Caddy, whose block may say that nothing is written.
_LOGGING = re.compile(
    r"^\s*(?:access_log\s+(?!off)|log\s*$|log\b[^\n{]*\{(?![^}]*output\s+discard))", re.MULTILINE
)


def privacy(config: Config) -> int:
    """Print what was found. 0: nothing is red; 1: something is; 2: there is no house to look at."""
    if not is_made(config):
        print(f"RED   There is no house in {config.data}.")
        return doctor.NO_HOUSE
    found = list(findings(config))
    for finding in found:
        print(f"{finding.level:<5} {finding.what}")
    return doctor.SOME_RED if any(finding.level == RED for finding in found) else doctor.NONE_RED


def findings(config: Config) -> Iterator[Finding]:
    """Everything about keeping and forgetting, and at the end what a court order on the disk would yield."""
    database = Database(config.database_url)
    with closing(database):
        with database.read() as db:
            settings = house.load(db)
        looks: tuple[Callable[[], Iterator[Finding]], ...] = (
            lambda: in_force(settings),
            lambda: unruled(database),
            lambda: outlived(database),
            lambda: soundness.background(database),
            lambda: doctor.key_place(config),
            lambda: doctor.logs(database),
            lambda: erasing(config, database),
            lambda: doctor.backups(config, settings),
            lambda: proxies(_PROXIES, _ACCESS_LOGS, _JOURNAL),
            lambda: yields(database),
        )
        for look in looks:
            yield from look()


def in_force(settings: house.HouseSettings) -> Iterator[Finding]:
    """What the house promises now."""
    yield Finding(
        OK,
        f"Threads go {settings.retention_days} days after their last reply, or sooner; backups after "
        f"{settings.backup_days} days; {'adults only' if settings.adults_only else 'minors may come in'}.",
    )
    if settings.sealed_only:
        yield Finding(OK, "Unnamed writing is sealed for good: nothing new is kept that could be opened.")
    else:
        yield Finding(
            OK,
            "Unnamed writing is sealed, but where a community lets two of its care team learn who wrote: the "
            "rows of answerable, which nobody opens alone.",
        )
    if settings.sample:
        yield Finding(
            LOOK, "A sample house: nothing in it is anybody's, and nobody may write here in earnest."
        )


def unruled(database: Database) -> Iterator[Finding]:
    """Tables of which nobody has said how long their rows stay."""
    with database.read() as db:
        standing = {str(name) for (name,) in db.tuples(_TABLES[database.dialect])}
    unknown = sorted(standing - set(metadata.tables) - _OF_NOBODY)
    for name in unknown:
        yield Finding(
            RED,
            f"The table {name} is not this house's: nothing says how long it keeps. Look into it, and drop it.",
        )
    if not unknown:
        yield Finding(OK, f"All {len(metadata.tables)} tables say how long their rows stay.")


def outlived(database: Database) -> Iterator[Finding]:
    """Each table's oldest rows against its rule."""
    for name, table in sorted(metadata.tables.items()):
        with database.read() as db:
            count = overstayed(db, table, _SLACK_DAYS)
        rule = _rule(table.info["expire"])
        if count is None:
            yield Finding(
                RED, f"{name}: {rule}. Nothing can tell whether that is so; a newer version is needed."
            )
        elif count:
            yield Finding(
                RED, f"{name}: {rule}, and {count} rows have outlived that. Start the house; look at its log."
            )
        else:
            yield Finding(OK, f"{name}: {rule}.")


def _rule(expire: Expires | Forever | ByRule) -> str:
    if isinstance(expire, Forever):
        return expire.reason
    if isinstance(expire, ByRule):
        return f"by the rule “{expire.name}”"
    return f"until {expire.column}" + (f" and {expire.after} {expire.unit}s" if expire.after else "")


def erasing(config: Config, database: Database) -> Iterator[Finding]:
    """Whether deleted words leave the files."""
    if database.dialect != "sqlite":
        yield Finding(
            LOOK, "PostgreSQL keeps deleted rows until it is swept, and its log for longer: encrypt the disk."
        )
        return
    with database.read() as db:
        secure = db.scalar(_SECURE)
    if secure:
        yield Finding(OK, "Deleted rows are written over (secure_delete).")
    else:
        yield Finding(
            RED, "Deleted rows stay in the file: secure_delete is off. Use the SQLite that comes with Python."
        )
    log = config.data / "house.db-wal"
    size = log.stat().st_size if log.exists() else 0
    said = f"The write-ahead log has {size >> 20} MB"
    if size > _LONG_LOG:
        yield Finding(
            RED,
            f"{said}: deleted words lie in it until it is emptied. Does something hold it open? Restart the house.",
        )
    else:
        yield Finding(OK, f"{said}.")


def proxies(configs: tuple[str, ...], logs: tuple[str, ...], journal: Path) -> Iterator[Finding]:
    """Hints that something beside the house writes down who comes. Only what we can read is looked at."""
    named = [Path(place) for place in configs]
    files = [path for place in named for path in (sorted(place.glob("*")) if place.is_dir() else [place])]
    for path in files:
        if path.is_file() and os.access(path, os.R_OK) and _LOGGING.search(path.read_text(errors="replace")):
            yield Finding(
                RED,
                f"{path} seems to switch an access log on: it writes down who comes. Set: access_log off;",
            )
    for log in map(Path, logs):
        if log.exists() and log.stat().st_size and time.time() - log.stat().st_mtime < clock.DAY:
            yield Finding(
                RED,
                f"{log} was written to today: it holds addresses of visitors. Switch it off, then: shred -u {log}",
            )
    if journal.exists():
        yield Finding(
            LOOK,
            "The journal of this machine is kept on disk. Better volatile: deploy/systemd/journald-volatile.conf",
        )
    yield Finding(
        OK, "Looked for logs of a proxy on this machine. A proxy elsewhere must be looked at there."
    )


def yields(database: Database) -> Iterator[Finding]:
    """What lies there to be taken, in numbers only."""
    counts = []
    with database.read() as db:
        for name, table in sorted(metadata.tables.items()):
            counted: Statement[None] = Statement(select(func.count()).select_from(table))
            counts.append(f"{name} {db.scalar(counted)}")
    yield Finding(OK, "Whoever takes the disk finds so many rows: " + ", ".join(counts) + ".")
