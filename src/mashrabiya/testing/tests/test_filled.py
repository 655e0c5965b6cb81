"""A copy of a filled house is that house, and nothing done in one copy is found in the next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mashrabiya.people.flows import sign_in
from mashrabiya.platform.db import Database
from mashrabiya.testing.databases import new_sqlite
from mashrabiya.testing.filled import filled
from mashrabiya.testing.house import TestHouse

NAMES = "SELECT name FROM persona ORDER BY name"


@pytest.fixture
def three(sqlite_template: Path, tmp_path: Path) -> Iterator[list[TestHouse]]:
    """Empty houses, one after the other."""
    made = []
    for name in "abc":
        folder = tmp_path / name
        folder.mkdir()
        made.append(TestHouse(folder, Database(new_sqlite(sqlite_template, folder))))
    yield made
    for house in made:
        house.close()


def names(house: TestHouse) -> list[str]:
    return [name for (name,) in house.database.connection().execute(NAMES)]


def test_every_copy_begins_as_the_first_was_left(three: list[TestHouse], tmp_path: Path) -> None:
    times = []

    def fill(house: TestHouse) -> dict[str, str]:
        times.append(house)
        (house.folder / "media").mkdir()
        (house.folder / "media" / "one").write_bytes(b"a picture")
        house.change(open=True, name={"en": "Filled"})
        return {"alice": house.person("Alice").passphrase}

    for house in three:
        answer = filled(house, ("test_filled", str(tmp_path)), lambda house=house: fill(house))  # type: ignore[misc]
        assert answer == {"alice": "Alice walks by the quiet river"}
        assert names(house) == ["Alice"]
        assert (house.folder / "media" / "one").read_bytes() == b"a picture"
        assert house.site.house.name_in("en") == "Filled", "the settings are seen at once"
        assert sign_in(house.site, "Alice", answer["alice"])
        house.person("Bob")
        answer.clear()
        (house.folder / "media" / "one").write_bytes(b"another")
    assert times == three[:1]
