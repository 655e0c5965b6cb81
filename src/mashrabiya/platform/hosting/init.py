"""Making a house: its folder, its key, its empty database."""

from __future__ import annotations

from pathlib import Path

import msgspec
from sqlalchemy import select, text

from mashrabiya.platform import house, keys
from mashrabiya.platform.db import Database, Statement, migrations
from mashrabiya.platform.hosting.household import HostingTrouble, private_folder
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.settings import Config

TYPED = "-"
_THERE: Statement[None] = Statement(text("SELECT to_regclass('house')"))
_MARK: Statement[None] = Statement(select(house.HOUSE.c.value).where(house.HOUSE.c.name == "key_mark"))


def init(config: Config) -> ServerKeys:
    """Make what is not there yet and touch nothing that is. Safe to repeat."""
    stay_apart(config)
    need_folder(config)
    is_made(config)  # a database that does not answer is told before anything is written
    private_folder(config.data)
    made = make_key(config)
    loaded = keys.read_keys(config.key_path)
    migrate(config)
    claim(config, loaded)
    print(f"House:   {config.data}")
    print(f"Key:     {config.key_path}  (fingerprint {loaded.fingerprint()})")
    if made:
        print("\nWithout this file nobody can ever sign in. Copy it now, apart from the backups.\n")
    return loaded


def make_key(config: Config) -> bool:
    """Write a key unless there is one; whether it was made now."""
    if config.key_path == TYPED or Path(config.key_path).exists():
        return False
    if is_made(config):
        raise HostingTrouble("terminal.key_lost", data=config.data, path=config.key_path)
    keys.make_key_file(Path(config.key_path))
    return True


def stay_apart(config: Config) -> None:
    """Refuse a key inside the data: whoever copies the one would have the other."""
    if config.key_path != TYPED and is_inside(Path(config.key_path), config.data):
        raise HostingTrouble("terminal.key_inside", path=config.key_path, data=config.data)


def is_inside(path: Path, folder: Path) -> bool:
    """Whether the file lies in the folder, or somewhere below it, links followed."""
    return path.resolve().is_relative_to(folder.resolve())


def need_folder(config: Config) -> None:
    """Refuse a file where the house's folder is, or should be."""
    if config.data.exists() and not config.data.is_dir():
        raise HostingTrouble("terminal.data_is_file", data=config.data)


def need_house(config: Config) -> None:
    """Refuse to go on where there is no house."""
    need_folder(config)
    if not is_made(config):
        raise HostingTrouble("terminal.no_house", data=config.data)


def is_made(config: Config) -> bool:
    """Whether there is a house already. Raises when its database does not answer."""
    if not config.database:
        return (config.data / "house.db").exists()
    from psycopg import OperationalError

    database = Database(config.database)
    try:
        with database.read() as db:
            return db.scalar(_THERE) is not None
    except OperationalError as trouble:
        raise HostingTrouble("terminal.database_silent", why=" ".join(str(trouble).split())) from trouble
    finally:
        database.close()


def migrate(config: Config) -> None:
    """Bring the database to the shape that this version expects. Safe to repeat."""
    migrations.upgrade(config.database_url)
    if not config.database:
        (config.data / "house.db").chmod(0o600)


def claim(config: Config, loaded: ServerKeys) -> None:
    """Remember in the database which key belongs to it, by a fingerprint that tells nothing of it."""
    database = Database(config.database_url)
    try:
        check_key(database, loaded)
        if key_mark(database) is None:
            with database.write() as uow:
                house.save(uow, key_mark=loaded.fingerprint())
    finally:
        database.close()


def key_mark(database: Database) -> str | None:
    """The fingerprint of the key that this database was made with."""
    with database.read() as db:
        found = db.scalar(_MARK)
    return None if found is None else str(msgspec.json.decode(found))


def check_key(database: Database, loaded: ServerKeys) -> None:
    """Refuse a key that is not this house's: with it, nobody could sign in."""
    belongs = key_mark(database)
    if belongs is not None and belongs != loaded.fingerprint():
        raise HostingTrouble("terminal.key_other", found=loaded.fingerprint(), wanted=belongs)
