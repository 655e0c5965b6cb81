"""What the commands say to whoever holds the machine, in the language of its terminal.

The sentences stand in the catalogues under ``terminal.``. Paths and commands in them are
copied from the terminal by hand, so that nothing invisible stands around them.
"""

from __future__ import annotations

import errno
import os
import sqlite3

from mashrabiya.kernel.viewer import Tongue
from mashrabiya.platform.languages import LANGUAGES, catalogue

_SPOKEN_IN = ("LC_ALL", "LC_MESSAGES", "LANG")
_WHY = {
    errno.EACCES: "terminal.why_denied",
    errno.EPERM: "terminal.why_denied",
    errno.ENOENT: "terminal.why_absent",
    errno.EISDIR: "terminal.why_folder",
    errno.ENOTDIR: "terminal.why_file",
    errno.EEXIST: "terminal.why_file",
    errno.ENOSPC: "terminal.why_full",
    errno.EDQUOT: "terminal.why_full",
    errno.EROFS: "terminal.why_read_only",
    errno.EADDRINUSE: "terminal.why_taken",
    errno.EADDRNOTAVAIL: "terminal.why_address",
}
_WHY_SQLITE = {
    sqlite3.SQLITE_CANTOPEN: "terminal.why_denied",
    sqlite3.SQLITE_PERM: "terminal.why_denied",
    sqlite3.SQLITE_READONLY: "terminal.why_denied",
    sqlite3.SQLITE_FULL: "terminal.why_full",
    sqlite3.SQLITE_BUSY: "terminal.why_busy",
    sqlite3.SQLITE_LOCKED: "terminal.why_busy",
    sqlite3.SQLITE_CORRUPT: "terminal.why_damaged",
    sqlite3.SQLITE_NOTADB: "terminal.why_damaged",
}
_PRIMARY = 0xFF


class CannotBeDone(Exception):
    """Something cannot be done like this: the key of a sentence that says why and what to do, and its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values

    def __str__(self) -> str:
        return spoken(self.key, **self.values)


def spoken(key: str, **values: object) -> str:
    """The sentence in the language of the terminal."""
    language = language_around()
    text = catalogue(language).text(key, Tongue.of(language))
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text


def language_around() -> str:
    """The first of the usual variables that says anything decides, as for every other program; English otherwise."""
    set_to = next((value for name in _SPOKEN_IN if (value := os.environ.get(name))), "")
    language = set_to[:2].lower()
    return language if language in LANGUAGES else "en"


def why(trouble: OSError) -> str:
    """What the machine has against it."""
    key = _WHY.get(trouble.errno or 0)
    return spoken(key) if key else str(trouble.strerror or trouble)


def said_of(trouble: OSError) -> str:
    """The whole sentence about a file or a folder that cannot be used."""
    # Of two names, the second is where something should go.
    path = trouble.filename2 or trouble.filename
    if path is None:
        return spoken("terminal.disk", why=why(trouble))
    return spoken("terminal.path", path=os.fsdecode(path), why=why(trouble))


def said_of_database(trouble: BaseException) -> str:
    """The whole sentence about a database that cannot be used, in one line: drivers say theirs in several."""
    code = getattr(trouble, "sqlite_errorcode", None)
    key = None if code is None else _WHY_SQLITE.get(code & _PRIMARY)
    return spoken(
        "terminal.database_closed", why=spoken(key) if key else " ".join(str(trouble).split()).rstrip(".")
    )
