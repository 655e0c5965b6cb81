"""Backups: sealed to the operators' own keys before they touch a disk, and forgotten after two weeks."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pyrage
from pyrage import x25519

from mashrabiya.kernel import clock
from mashrabiya.platform import house
from mashrabiya.platform.db import Database
from mashrabiya.platform.hosting import archive
from mashrabiya.platform.hosting.household import HostingTrouble, private_folder
from mashrabiya.platform.hosting.init import is_inside, need_house
from mashrabiya.platform.hosting.plain import check_plain, in_memory, write_plain
from mashrabiya.platform.media.keeping import store_of
from mashrabiya.platform.media.store import Store
from mashrabiya.platform.settings import Config

LONGEST_DAYS = 14
PATTERN = "house-*.age"


def backup(config: Config, *, to: Path | None = None, recipients: tuple[str, ...] = ()) -> Path:
    """Make one sealed copy and unlink those that are too old. Answers where it lies."""
    need_house(config)
    database = Database(config.database_url)
    try:
        with database.read() as db:
            settings = house.load(db)
        # First: also when no copy can be made, the old ones are forgotten in time.
        folder = private_folder(to or config.data / "backups")
        forget_old(folder, min(settings.backup_days, LONGEST_DAYS))
        keys = public_keys((*settings.recipients, *recipients))
        made = seal(database, store_of(config.data), keys, folder=folder)
    finally:
        database.close()
    print(
        f"Backup:  {made}  ({made.stat().st_size // 1024} KB, opens with any of {len(keys)} key{'s'[: len(keys) > 1]})"
    )
    if len(keys) == 1:
        print("LOOK     Only one key opens it. If that one is lost, so is the backup: add a second person's.")
    return made


def public_keys(names: tuple[str, ...]) -> list[x25519.Recipient]:
    """The keys that open the backup, each once."""
    if not names:
        raise HostingTrouble("terminal.no_recipient")
    try:
        return [x25519.Recipient.from_str(name) for name in dict.fromkeys(name.strip() for name in names)]
    except pyrage.RecipientError as wrong:
        raise HostingTrouble("terminal.recipient_wrong") from wrong


def seal(database: Database, store: Store, keys: list[x25519.Recipient], *, folder: Path) -> Path:
    """Write the copy, sealed. Rows that are readable exist in memory only, and only meanwhile."""
    stamp = datetime.fromtimestamp(clock.now(), UTC).strftime("%Y-%m-%d-%H%M%S")
    made = folder / f"house-{stamp}.age"
    part = made.with_suffix(".part")
    with in_memory() as memory:
        plain = memory / "copy.db"
        write_plain(database, plain)
        check_plain(plain)
        try:
            archive.seal(plain, store, part, keys)
            with part.open("rb") as written:
                os.fsync(written.fileno())
            part.rename(made)
        finally:
            part.unlink(missing_ok=True)  # half a copy opens for nobody, and takes its room
    return made


def forget_old(folder: Path, days: int) -> None:
    """Unlink the backups that are older than promised, and what a killed run left."""
    oldest = time.time() - days * clock.DAY
    for path in (*folder.glob(PATTERN), *folder.glob("house-*.part")):
        if path.stat().st_mtime < oldest:
            path.unlink()


def new_identity(path: Path, config: Config) -> str:
    """Write a new secret key for opening backups; answers its public half."""
    if is_inside(path, config.data):
        raise HostingTrouble("terminal.identity_inside")
    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as there:
        raise HostingTrouble("terminal.file_there", path=path) from there
    with os.fdopen(handle, "w") as file:
        file.write(f"# public key: {public}\n{identity}\n")
    print(f"Secret key:  {path}  (move it to where backups are opened; it is not needed here)")
    print(f"Public key:  {public}  (give this one to the house: --recipient, or the hosts' page)")
    return public
