"""Trying the backup: made, sealed, opened again in memory, and looked through, before anybody relies on it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import pyrage
from pyrage import x25519

from mashrabiya.kernel.errors import Invalid
from mashrabiya.platform.hosting.backup import public_keys
from mashrabiya.platform.hosting.household import HostingTrouble
from mashrabiya.platform.hosting.plain import check_plain, in_memory, write_plain
from mashrabiya.platform.web.site import Site


@dataclass(frozen=True, slots=True)
class Trial:
    """What a backup that was made and opened again was like."""

    size: int
    took: float
    data: str

    @property
    def kilobytes(self) -> int:
        return max(1, round(self.size / 1024))

    @property
    def seconds(self) -> int:
        return max(1, round(self.took))


def rehearse(site: Site, recipients: tuple[str, ...]) -> Trial:
    """Make a backup for these keys and one that lives in memory only, and open it. Nothing stays.

    The second key is what lets the server open its own trial: those of the
    operators' backups are elsewhere.
    """
    begun = time.monotonic()
    try:
        with in_memory() as folder:
            size = _there_and_back(site, recipients, folder)
    except (HostingTrouble, OSError, pyrage.DecryptError) as wrong:
        raise Invalid({"recipients": "house.backup_failed"}) from wrong
    return Trial(size, time.monotonic() - begun, str(site.config.data))


def _there_and_back(site: Site, recipients: tuple[str, ...], folder: Path) -> int:
    """The size of the sealed copy, once what comes out of it is what went in."""
    plain, sealed, opened = folder / "plain", folder / "sealed", folder / "opened"
    ours = x25519.Identity.generate()
    write_plain(site.database, plain)
    pyrage.encrypt_file(str(plain), str(sealed), [*public_keys(recipients), ours.to_public()])
    pyrage.decrypt_file(str(sealed), str(opened), [ours])
    check_plain(opened)
    if opened.read_bytes() != plain.read_bytes():
        raise HostingTrouble("terminal.copy_differs")
    return sealed.stat().st_size
