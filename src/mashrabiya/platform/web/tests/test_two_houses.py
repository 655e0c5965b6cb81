"""Houses of one process share their doors and their printed things, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from mashrabiya.platform.db import Database
from mashrabiya.testing.databases import new_sqlite
from mashrabiya.testing.house import Person, TestHouse


@pytest.fixture
def other(sqlite_template: Path, tmp_path: Path) -> TestHouse:
    """A second house in the process."""
    folder = tmp_path / "other"
    folder.mkdir()
    return TestHouse(folder, Database(new_sqlite(sqlite_template, folder)), name={"en": "The other one"})


def test_each_answers_from_its_own(house: TestHouse, other: TestHouse, alice: Person) -> None:
    assert "The other one" in other.browser().get("/").text
    assert "The other one" not in house.browser().get("/").text
    assert alice.browser.get("/me").status == 200
    stranger = other.browser()
    stranger.cookies = dict(alice.browser.cookies)
    assert stranger.get("/me").status == 404, "a session of one house is none of the other"
    other.close()


def test_a_crowd_at_one_house_leaves_the_threads_of_the_other(house: TestHouse, other: TestHouse) -> None:
    assert set(house.site.apart) == {"/in", "/join", "/back", "/s", "/s/back"}
    assert house.site.apart["/in"] is not other.site.apart["/in"]
    assert len({id(limit) for limit in house.site.apart.values()}) == len(house.site.apart)
    other.close()


def test_doors_are_made_once(house: TestHouse, other: TestHouse) -> None:
    assert house.app is not other.app
    # Which doors answer on the loop's own thread is told by the database.
    alike = house.site.database.dialect == other.site.database.dialect
    assert (house.app.doors is other.app.doors) is alike
    assert house.site.templates is other.site.templates
    other.close()
