"""Keeping pictures: found by name alone, and telling nothing else."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from mashrabiya.kernel import clock
from mashrabiya.platform.media.store import HEADERS, LARGE, SMALL, TINY, Store
from mashrabiya.platform.media.types import Picture, Prepared

PREPARED = Prepared((Picture(480, 320, b"small"), Picture(1280, 853, b"large")), Picture(24, 16, b"tiny"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "media")


def test_every_size_is_found_by_its_name(store: Store) -> None:
    name = store.put(PREPARED)
    assert [store.open(name, size) for size in (TINY, SMALL, LARGE)] == [b"tiny", b"small", b"large"]


def test_a_picture_that_came_small_is_its_own_large_one(store: Store) -> None:
    name = store.put(Prepared(PREPARED.shown[:1], PREPARED.tiny))
    assert store.open(name, LARGE) == b"small"


def test_the_same_picture_twice_has_nothing_in_common(store: Store) -> None:
    names = {store.put(PREPARED) for _ in range(20)}
    assert len(names) == 20
    assert set(store.names()) == names


def test_dropped_is_gone_in_every_size(store: Store, tmp_path: Path) -> None:
    name, other = store.put(PREPARED), store.put(PREPARED)
    store.drop(name)
    store.drop(name)
    assert all(store.open(name, size) is None for size in (TINY, SMALL, LARGE))
    assert store.open(other, SMALL) == b"small"
    assert len(list((tmp_path / "media").iterdir())) == 3


@pytest.mark.parametrize(
    "name", ["", "..", "../house.db", "a" * 31, "A" * 32, "g" * 32, "a" * 32 + "\n", "/etc/passwd", "a" * 33]
)
def test_a_made_up_name_opens_and_drops_nothing(name: str, store: Store, tmp_path: Path) -> None:
    (tmp_path / "house.db").write_bytes(b"the house")
    store.put(PREPARED)
    assert store.open(name, SMALL) is None
    store.drop(name)
    assert (tmp_path / "house.db").exists()
    assert len(list((tmp_path / "media").iterdir())) == 3


def test_a_made_up_size_opens_nothing(store: Store) -> None:
    name = store.put(PREPARED)
    for size in ("", "original", "../small", "small.webp"):
        assert store.open(name, size) is None


def test_times_and_modes_tell_nothing(store: Store, tmp_path: Path) -> None:
    name = store.put(PREPARED)
    folder = tmp_path / "media"
    assert store.open(name, LARGE) == b"large"
    assert folder.stat().st_mtime % clock.DAY == 0
    for path in folder.iterdir():
        assert path.stat().st_mtime % clock.DAY == 0
        assert sys.platform != "linux" or path.stat().st_atime % clock.DAY == 0
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_served_as_a_picture_and_nothing_else() -> None:
    headers = dict(HEADERS)
    assert headers[b"content-type"] == b"image/webp"
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"content-security-policy"].startswith(b"sandbox")
