"""Trying the backup: made, opened again in memory, and compared, before anybody relies on it."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pyrage
from pyrage import x25519

from mashrabiya.kernel.errors import Invalid
from mashrabiya.platform.web.site import Site

_RAM = Path("/dev/shm")  # noqa: S108 - memory, not a folder for everybody's files


@dataclass(frozen=True, slots=True)
class Trial:
    """What a backup that was made and restored was like."""

    size: int
    took: float
    data: str

    @property
    def kilobytes(self) -> int:
        return max(1, round(self.size / 1024))

    @property
    def seconds(self) -> int:
        return round(self.took)


def rehearse(site: Site, recipients: tuple[str, ...]) -> Trial:
    """Make a backup for these keys and one that lives in memory, restore it, compare; nothing stays."""
    begun = time.monotonic()
    identity = x25519.Identity.generate()
    keys = [x25519.Recipient.from_str(recipient) for recipient in recipients]
    plain = _copy(site)
    sealed = pyrage.encrypt(plain, [*keys, identity.to_public()])
    restored = pyrage.decrypt(sealed, [identity])
    if restored != plain or not _is_whole(restored):
        raise Invalid({"recipients": "house.backup_failed"})
    return Trial(len(sealed), time.monotonic() - begun, str(site.config.data))


def _copy(site: Site) -> bytes:
    """The database as one file without free pages, by way of memory where there is some."""
    if site.database.dialect != "sqlite":
        raise Invalid({"recipients": "house.backup_failed"})
    with tempfile.TemporaryDirectory(dir=_RAM if _RAM.is_dir() else None) as folder:
        copy = Path(folder) / "copy.db"
        site.database.connection().execute("VACUUM INTO ?", (str(copy),))
        return copy.read_bytes()


def _is_whole(plain: bytes) -> bool:
    """Whether it opens as a database whose pages and settings are in order."""
    opened = sqlite3.connect(":memory:")
    try:
        opened.deserialize(plain)
        whole = opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        settings = opened.execute("SELECT count(*) FROM house").fetchone()
        return bool(whole and settings[0])
    except sqlite3.DatabaseError:
        return False
    finally:
        opened.close()
