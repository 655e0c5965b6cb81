"""Whether a house's files are whole and closed to others, and whether its background keeps up."""

from __future__ import annotations

import stat
from collections.abc import Iterator

from sqlalchemy import text

from mashrabiya.kernel import clock
from mashrabiya.platform import audit
from mashrabiya.platform.backlog import Backlog, backlog
from mashrabiya.platform.db import Database, Statement
from mashrabiya.platform.hosting.backup import PATTERN
from mashrabiya.platform.hosting.finding import LOOK, OK, RED, Finding
from mashrabiya.platform.media.keeping import FOLDER, store_of, strays
from mashrabiya.platform.settings import Config

_SWEPT_LATELY, _SWEPT_TOO_LONG_AGO = 3, 24
_MANY_WAIT = 5000
_INTEGRITY: Statement[None] = Statement(text("PRAGMA integrity_check(3)"))
_POINTING_NOWHERE: Statement[None] = Statement(text("PRAGMA foreign_key_check"))
_SETTINGS: Statement[None] = Statement(text("SELECT name, setting FROM pg_settings"))


def files(config: Config) -> Iterator[Finding]:
    """Whether anybody else on this machine can open the data or the copies."""
    data, copies = config.data, config.data / "backups"
    inside = [*data.glob("house.db*"), *copies.glob(PATTERN), *(data / FOLDER).glob("*")]
    opened = [path for path in inside if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if opened:
        names = " ".join(str(path) for path in opened[:5])
        yield Finding(
            RED, f"Others on this machine can open {len(opened)} files. Close them: chmod 600 {names}"
        )
    elif inside:
        yield Finding(OK, "Only its owner opens the data and the copies.")
    if stat.S_IMODE(data.stat().st_mode) & 0o077:
        yield Finding(LOOK, f"Others can look into the folder of the data. Close it: chmod 700 {data}")
    left = [path for folder in (data, copies) for path in folder.glob("*") if path.suffix in _PLAIN]
    if left:
        yield Finding(RED, f"A readable copy lies beside the data, and nothing will delete it: rm {left[0]}")


_PLAIN = {".sql", ".dump", ".bak", ".sqlite", ".sqlite3"}


def integrity(database: Database) -> Iterator[Finding]:
    """Whether what is stored is whole."""
    if database.dialect != "sqlite":
        return
    with database.read() as db:
        said = [str(row[0]) for row in db.tuples(_INTEGRITY)]
        nowhere = db.tuples(_POINTING_NOWHERE)
    if said != ["ok"]:
        yield Finding(
            RED, "The database is damaged. Stop the house, keep the file, and restore the newest backup."
        )
    elif nowhere:
        yield Finding(
            RED, f"{len(nowhere)} rows point at what is not there. Restore a backup from before it happened."
        )
    else:
        yield Finding(OK, "The database is whole.")


def pictures(config: Config, database: Database) -> Iterator[Finding]:
    """Whether every picture has its row, and every row its picture."""
    found = strays(database, store_of(config.data))
    if found.is_folder_gone:
        yield Finding(
            RED,
            f"{len(found.rows)} pictures are missing, and {config.data / FOLDER} is empty. Is it mounted?",
        )
    elif found.files or found.rows:
        yield Finding(
            LOOK,
            f"{len(found.files)} pictures without a post and {len(found.rows)} posts' pictures without a file: "
            "normal after a crash, and gone after the next night.",
        )
    else:
        yield Finding(OK, "Every picture belongs to a post.")


def postgres(database: Database) -> Iterator[Finding]:
    """What PostgreSQL keeps longer than we promise, or might lose."""
    if database.dialect == "sqlite":
        return
    with database.read() as db:
        settings = {str(name): str(value) for name, value in db.tuples(_SETTINGS)}
    for name, wanted, level, why in _MUST_BE:
        if settings.get(name, wanted) != wanted:
            yield Finding(level, f"{why} Set {name} = {wanted} (it is {settings[name]}).")


_MUST_BE = (
    ("fsync", "on", RED, "PostgreSQL may lose what members were told is saved."),
    ("full_page_writes", "on", RED, "PostgreSQL may be damaged when the power fails."),
    ("autovacuum", "on", LOOK, "Deleted rows stay in PostgreSQL's files."),
    ("archive_mode", "off", LOOK, "PostgreSQL's archive keeps what was deleted here."),
    ("data_checksums", "on", LOOK, "PostgreSQL would not notice a damaged page."),
)


def background(database: Database) -> Iterator[Finding]:
    """Whether facts are told, jobs done, and rows forgotten when their time has come."""
    found = backlog(database)
    yield _sweep(found)
    waiting = f"{found.facts} facts and {found.jobs} jobs wait."
    if found.facts + found.jobs > _MANY_WAIT:
        yield Finding(LOOK, f"{waiting} Is the house running? Else: mashrabiya worker, beside it.")
    else:
        yield Finding(OK, waiting)
    yield from _given_up("facts", found.dead_facts)
    yield from _given_up("jobs", found.dead_jobs)
    if found.late:
        yield Finding(
            RED,
            f"{found.late} deferred writes are a day late: what somebody asked for has not happened. {_LOG}",
        )


def _sweep(found: Backlog) -> Finding:
    hours = found.retention_hours
    if hours is None:
        return Finding(LOOK, "Nothing was ever swept: normal before the first start, else look at the log.")
    if hours <= _SWEPT_LATELY:
        return Finding(OK, "What has outlived its time was swept within the last hours.")
    level = RED if hours > _SWEPT_TOO_LONG_AGO else LOOK
    return Finding(
        level,
        f"What has outlived its time was last swept {hours} hours ago, and is kept longer than promised. "
        "Start the house; if it runs, look at its log.",
    )


_LOG = "Look at the log: it names the place in the code."


def _given_up(what: str, kinds: dict[str, int]) -> Iterator[Finding]:
    if kinds:
        told = ", ".join(f"{kind} ({count})" for kind, count in sorted(kinds.items()))
        yield Finding(RED, f"These {what} failed again and again and were given up: {told}. {_LOG}")


def log_of_acts(database: Database) -> Iterator[Finding]:
    """Whether the log of acts is whole in itself; what only a head can tell is asked by ``doctor --audit``."""
    with database.read() as db:
        found = audit.examine(db)
    if found.broken:
        yield Finding(RED, f"The log of acts is broken. First fault: {found.broken}.")
    elif found.first is None or found.last is None:
        yield Finding(OK, "The log of acts is empty.")
    else:
        days = f"{clock.iso(found.first.day)} to {clock.iso(found.last.day)}"
        yield Finding(
            OK,
            f"The log of acts is whole: entries {found.first.n} to {found.last.n}, {days}; {found.details} details fit.",
        )
