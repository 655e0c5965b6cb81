"""Opening a backup again, into a new place."""

from __future__ import annotations

import errno
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyrage
from pyrage import x25519

from mashrabiya.platform import keys, retention
from mashrabiya.platform.db import Database, migrations
from mashrabiya.platform.hosting import archive
from mashrabiya.platform.hosting.household import HostingTrouble, Household, private_folder
from mashrabiya.platform.hosting.init import check_key, key_mark, need_folder, stay_apart
from mashrabiya.platform.hosting.plain import check_plain, copy_in, in_memory
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.media import keeping
from mashrabiya.platform.media.keeping import FOLDER
from mashrabiya.platform.media.store import Store
from mashrabiya.platform.settings import Config


def restore(config: Config, household: Household, *, file: Path, identity: Path) -> None:
    """Put the house of a backup into an empty folder or database, and let die what is due.

    What has outlived its time while the copy lay somewhere goes before anybody can ask for it.
    """
    stay_apart(config)
    need_folder(config)
    opened_by, loaded = read_identities(identity), keys.read_keys(config.key_path)
    with in_memory() as memory, waiting(config) as pictures:
        plain = memory / "copy.db"
        unseal(file, plain, Store(pictures), opened_by)
        check_plain(plain)
        migrations.upgrade(str(plain))
        fit(plain, loaded)
        place(plain, config)
        pictures.rename(config.data / FOLDER)
    site = household.site(config, loaded)
    try:
        retention.sweep(site.database)
        keeping.sweep(site.database)
    finally:
        site.database.close()
    print(
        f"Restored to {config.database or config.data}. Sessions are not in a backup: everybody signs in again."
    )


def read_identities(path: Path) -> list[x25519.Identity]:
    """The secret keys in a file as age writes it."""
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
        found = [x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, pyrage.IdentityError) as wrong:
        raise HostingTrouble("terminal.identity_none", path=path) from wrong
    if not found:
        raise HostingTrouble("terminal.identity_none", path=path)
    return found


@contextmanager
def waiting(config: Config) -> Iterator[Path]:
    """Where the pictures lie until all is well; nothing of them stays where it is not."""
    place = private_folder(config.data) / FOLDER
    if place.exists() and any(place.iterdir()):
        raise HostingTrouble("terminal.pictures_there", data=config.data)
    part = place.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def unseal(file: Path, plain: Path, store: Store, opened_by: list[x25519.Identity]) -> None:
    """Write what the backup holds, readable, to ``plain`` and into the store."""
    if not file.is_file():
        raise HostingTrouble("terminal.backup_none", path=file)
    try:
        archive.unseal(file, plain, store, opened_by)
    except (OSError, pyrage.DecryptError, tarfile.TarError) as wrong:
        if getattr(wrong, "errno", None) == errno.ENOSPC:
            raise  # the backup is well; there is no room for it
        raise HostingTrouble("terminal.backup_closed", path=file) from wrong


def fit(plain: Path, loaded: ServerKeys) -> None:
    """Refuse a key that is not this house's before anything is put in its place: the next try finds it empty."""
    database = Database(str(plain))
    try:
        check_key(database, loaded)
    finally:
        database.close()


def place(plain: Path, config: Config) -> None:
    """Move the copy to where the house will run. What stands there is never overwritten."""
    private_folder(config.data)
    if config.database:
        place_in_postgres(plain, config)
        return
    target = config.data / "house.db"
    if target.exists():
        raise HostingTrouble("terminal.house_there", data=config.data)
    # Whole or not at all: half a house would be taken for one at the next start.
    part = target.with_suffix(".part")
    try:
        shutil.copyfile(plain, part)
        part.chmod(0o600)
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def place_in_postgres(plain: Path, config: Config) -> None:
    """Copy the rows into an empty database."""
    migrations.upgrade(config.database_url)
    database = Database(config.database_url)
    try:
        if key_mark(database) is not None:
            raise HostingTrouble("terminal.database_there")
        copy_in(plain, database)
    finally:
        database.close()
