"""What carers find in a sample: something decided either way, and something that waits."""

from __future__ import annotations

from typing import Any

import pytest

from mashrabiya.care import queries as care
from mashrabiya.care.types import Act
from mashrabiya.main import decide
from mashrabiya.platform.hosting import SampleSize
from mashrabiya.safety import queries as safety
from mashrabiya.stewardship.sample import Sample, inhabit
from mashrabiya.testing.house import TestHouse


@pytest.fixture
def sample(house: TestHouse) -> Sample:
    """The usual house, its carers at work."""
    return inhabit(house.site, decide=decide)


def rows(house: TestHouse, asked: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in house.database.connection().execute(asked)]


def test_somebody_hid_and_somebody_removed(house: TestHouse, sample: Sample) -> None:
    decided = dict(rows(house, "SELECT act, words FROM decision"))
    assert set(decided) == {Act.HIDE, Act.REMOVE}
    assert all(decided.values())
    gone = rows(house, "SELECT state, html, body FROM post WHERE state IN (2, 3)")
    assert {state for state, _, _ in gone} == {2, 3}
    assert all(not html and body for _, html, body in gone)


def test_reports_wait_with_their_notes_at_the_desk(house: TestHouse, sample: Sample) -> None:
    carer = sample.personas["lantern"]
    with house.database.read() as db:
        waiting, _ = care.queue(db, carer, care.get_place(db, carer, b""))
        said = [one for case in waiting for one in safety.notices(db, house.keys, case.kind, case.object)]
    assert len(waiting) >= 2
    assert said
    assert all(one.note for one in said)


def test_without_carers_the_states_stand_all_the_same(house: TestHouse) -> None:
    inhabit(house.site)
    assert {row[0] for row in rows(house, "SELECT state FROM post")} >= {0, 1, 2, 3}
    assert rows(house, "SELECT count(*) FROM decision") == [(0,)]


@pytest.mark.parametrize("seed", range(4))
def test_nobody_decides_on_her_own_words_in_the_smallest_house(house: TestHouse, seed: int) -> None:
    size = SampleSize(seed, members=7, communities=12, threads=70, posts=400)
    sample = inhabit(house.site, size, decide=decide)
    hosts = {key: members[0] for key, members in sample.members.items()}
    decided = {bytes(post) for (post,) in rows(house, "SELECT object FROM decision")}
    for told, post in sample.told:
        assert (told.post in decided) == bool(told.case.act and post.persona != hosts[told.place])
