"""The sample house: full, the same each time, and never taken for a real one."""

from __future__ import annotations

import pytest

from mashrabiya.communities import queries as communities
from mashrabiya.kernel.viewer import CARE, HOST
from mashrabiya.people.flows import sign_in
from mashrabiya.platform.db import metadata
from mashrabiya.stewardship.sample import PEOPLE, inhabit, make_large
from mashrabiya.stewardship.sample.script import read_places, read_pool
from mashrabiya.testing.house import TestHouse


def shape(house: TestHouse) -> list[tuple[object, ...]]:
    """What stands there, without its ids."""
    connection = house.database.connection()
    asked = "SELECT title, lang, audience, n, labels FROM thread ORDER BY title"
    return [tuple(row) for row in connection.execute(asked)]


def test_every_persona_of_the_texts_lives_in_the_house() -> None:
    known = {key for somebody in PEOPLE for key, _ in somebody.personas}
    for place in read_places():
        assert place.personas() <= known
        assert place.about
        assert place.agreements
    assert set(read_pool()) == {"ar", "en"}


def test_the_sample_is_full_and_in_both_languages(house: TestHouse) -> None:
    personas = inhabit(house.site)
    settings = house.site.house
    assert (settings.sample, settings.open) == (True, True)
    threads = shape(house)
    assert len(threads) > 50
    assert {row[1] for row in threads} == {"ar", "en"}
    assert {row[2] for row in threads} == {0, 1, 2, 3}
    assert sum(int(str(row[3])) for row in threads) > 350
    with house.database.read() as db:
        assert communities.my_communities(db, personas["cloud"])
    assert personas["lantern"].roles == {HOST, CARE}


@pytest.mark.parametrize("somebody", PEOPLE[:4], ids=lambda somebody: somebody.name)
def test_its_people_can_sign_in(house: TestHouse, somebody: object) -> None:
    inhabit(house.site)
    for one in PEOPLE:
        if one is somebody:
            assert sign_in(house.site, one.name, one.passphrase)


def test_it_is_made_the_same_each_time(house: TestHouse) -> None:
    inhabit(house.site)
    first = shape(house)
    with house.database.write():
        connection = house.database.connection()
        for table in reversed(metadata.sorted_tables):
            if table.name not in {"house", "generation"}:
                connection.execute(f"DELETE FROM {table.name}")
    inhabit(house.site)
    assert shape(house) == first


def test_a_crowd_has_as_many_as_asked(house: TestHouse) -> None:
    inhabit(house.site)
    before = len(shape(house))
    crowd = make_large(house.site, members=20, threads=30, posts=900)
    assert (crowd.threads, crowd.posts) == (30, 900)
    rows = shape(house)
    assert len(rows) == before + 30
    assert max(int(str(row[3])) for row in rows) >= 500


def test_every_page_says_that_it_is_a_sample(house: TestHouse) -> None:
    inhabit(house.site)
    assert 'class="sample"' in house.browser("ar").get("/c").text
