"""A backup comes back on either database, without what has outlived its time."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyrage import x25519

from mashrabiya.discussions.tables import PICTURE
from mashrabiya.kernel import clock
from mashrabiya.main import HOUSEHOLD
from mashrabiya.people.tables import GUARD, SESSION
from mashrabiya.platform import house
from mashrabiya.platform.db import Database, Statement, metadata, migrations
from mashrabiya.platform.hosting import HostingTrouble
from mashrabiya.platform.hosting import backup as backing_up
from mashrabiya.platform.hosting import init as making
from mashrabiya.platform.hosting.restore import restore
from mashrabiya.platform.hosting.tests.conftest import BOTH, MakeConfig
from mashrabiya.platform.keys import KeyTrouble
from mashrabiya.platform.media import Prepared, keeping, prepare
from mashrabiya.platform.media.keeping import store_of
from mashrabiya.platform.media.store import SIZES
from mashrabiya.platform.media.tests import samples
from mashrabiya.platform.settings import Config

SUBJECTS: Statement[None] = Statement(GUARD.select())


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    secret = x25519.Identity.generate()
    path = tmp_path / "anne.age"
    path.write_text(f"# a comment, as age-keygen writes it\n{secret}\n")
    return path


def public_half(path: Path) -> str:
    return str(x25519.Identity.from_str(path.read_text().splitlines()[1]).to_public())


def lived_in(config: Config) -> None:
    """A name, a ban that holds, one that is long over, and an open session."""
    making.init(config)
    database = Database(config.database_url)
    with database.write() as uow:
        house.save(uow, name={"ar": "بيت", "en": "House"})
        for subject, until in ((b"holds", clock.day() + 30), (b"over", clock.day() - 400)):
            uow.insert(GUARD, kind="site", scope=b"", subject=subject, until_day=until, case_id=b"")
        uow.insert(SESSION, sid=b"s" * 16, grp=b"g" * 16, blob=b"sealed", exp_h=clock.hour() + 5)
    database.close()


@pytest.mark.parametrize("back_on", BOTH)
@pytest.mark.parametrize("begun_on", BOTH)
def test_a_house_comes_back(begun_on: str, back_on: str, make_config: MakeConfig, identity: Path) -> None:
    old, new = make_config("old", begun_on), make_config("new", back_on)
    lived_in(old)
    made = backing_up.backup(old, recipients=(public_half(identity),))
    restore(new, HOUSEHOLD, file=made, identity=identity)
    database = Database(new.database_url)
    with database.read() as db:
        assert house.load(db).name == {"ar": "بيت", "en": "House"}
        assert [row[2] for row in db.tuples(SUBJECTS)] == [b"holds"]
        assert db.tuples(Statement(SESSION.select())) == []
    database.close()
    assert migrations.is_current(new.database_url)
    assert not migrations.differences(new.database_url)


@pytest.mark.parametrize("kind", BOTH)
def test_pictures_come_back_with_their_posts_and_no_others(
    kind: str, make_config: MakeConfig, identity: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = make_config("old", kind), make_config("new", kind)
    lived_in(old)
    store, prepared = store_of(old.data), prepare(samples.plain("PNG", (900, 600)))
    assert isinstance(prepared, Prepared)
    kept, lost, stray = (store.put(prepared) for _ in range(3))
    database = Database(old.database_url)
    with database.write() as uow:
        for place, name in enumerate((kept, lost), 1):
            row = {"post": b"p" * 10, "place": place, "name": bytes.fromhex(name), "alt": ""}
            uow.insert(PICTURE, **row, width=480, height=320)
    database.close()
    store.drop(lost)
    made = backing_up.backup(old, recipients=(public_half(identity),))
    assert b"WEBPVP8 " not in made.read_bytes()
    monkeypatch.setattr(keeping, "SETTLED", -1.0)
    restore(new, HOUSEHOLD, file=made, identity=identity)
    again = store_of(new.data)
    assert set(again.names()) == {kept}, stray
    assert [again.open(kept, size) for size in SIZES] == [store.open(kept, size) for size in SIZES]
    database = Database(new.database_url)
    with database.read() as db:
        assert [bytes(row[2]).hex() for row in db.tuples(Statement(PICTURE.select()))] == [kept]
    database.close()
    midnight = clock.day() * clock.DAY
    assert {int(path.stat().st_mtime) for path in (new.data / "media").iterdir()} == {midnight}
    with pytest.raises(HostingTrouble, match="already"):
        restore(new, HOUSEHOLD, file=made, identity=identity)


def test_what_is_no_picture_is_not_put_back(make_config: MakeConfig, identity: Path, tmp_path: Path) -> None:
    old, new = make_config("old", "sqlite"), make_config("new", "sqlite")
    lived_in(old)
    store = store_of(old.data)
    (old.data / "media").mkdir()
    for name in ("notes-small.webp", f"{'a' * 32}-small.webp", f"{'b' * 32}-huge.webp"):
        (old.data / "media" / name).write_bytes(b"#!/bin/sh")
    assert len(list(store.files())) == 3
    made = backing_up.backup(old, recipients=(public_half(identity),))
    restore(new, HOUSEHOLD, file=made, identity=identity)
    assert list((new.data / "media").iterdir()) == []


def test_nothing_is_restored_over_a_house(config: Config, identity: Path) -> None:
    made = backing_up.backup(config, recipients=(public_half(identity),))
    with pytest.raises(HostingTrouble, match="already"):
        restore(config, HOUSEHOLD, file=made, identity=identity)


def test_another_persons_key_opens_nothing(config: Config, make_config: MakeConfig, identity: Path) -> None:
    made = backing_up.backup(config, recipients=(str(x25519.Identity.generate().to_public()),))
    with pytest.raises(HostingTrouble, match="does not open"):
        restore(make_config("new", "sqlite"), HOUSEHOLD, file=made, identity=identity)


def test_a_damaged_backup_is_told(make_config: MakeConfig, identity: Path) -> None:
    old = make_config("old", "sqlite")
    lived_in(old)
    made = backing_up.backup(old, recipients=(public_half(identity),))
    made.write_bytes(made.read_bytes()[:-100])
    with pytest.raises(HostingTrouble, match="damaged"):
        restore(make_config("new", "sqlite"), HOUSEHOLD, file=made, identity=identity)


def test_without_the_key_of_the_house_it_says_so(make_config: MakeConfig, identity: Path) -> None:
    old, new = make_config("old", "sqlite"), make_config("new", "sqlite")
    lived_in(old)
    made = backing_up.backup(old, recipients=(public_half(identity),))
    right = Path(old.key_path).read_text()
    for wrong, told in (("cd" * 32, "not the one of this house"), ("cd", "32 bytes")):
        Path(old.key_path).write_text(wrong)
        with pytest.raises((HostingTrouble, KeyTrouble), match=told):
            restore(new, HOUSEHOLD, file=made, identity=identity)
    # Nothing was put in its place: with the right key it is restored there.
    Path(old.key_path).write_text(right)
    restore(new, HOUSEHOLD, file=made, identity=identity)


def test_a_backup_that_is_not_there_is_told(config: Config, make_config: MakeConfig, identity: Path) -> None:
    with pytest.raises(HostingTrouble, match="There is no backup"):
        restore(make_config("new", "sqlite"), HOUSEHOLD, file=config.data / "x.age", identity=identity)


def test_a_file_without_a_secret_key_is_told(make_config: MakeConfig, tmp_path: Path) -> None:
    (tmp_path / "public").write_text("age1notasecret\n")
    with pytest.raises(HostingTrouble, match="AGE-SECRET-KEY"):
        restore(make_config("new", "sqlite"), HOUSEHOLD, file=tmp_path / "x", identity=tmp_path / "public")


def test_migrations_make_what_the_domains_declare(config: Config) -> None:
    assert metadata.tables
    assert migrations.differences(config.database_url) == []
