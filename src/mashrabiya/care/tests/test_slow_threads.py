"""A slow thread: each person answers once in a while, under whichever name; counted in memory, and for her alone."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from mashrabiya.care import commands
from mashrabiya.care import queries as care
from mashrabiya.care.tests.desks import HOST
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.objecting import Objecting
from mashrabiya.care.types import Act, NewTending
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.tests.factories import ALICE, BOB, MALLORY, other_persona
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions.tests.factories import begin
from mashrabiya.discussions.types import NewReply, Placed
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Refused
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database, Statement
from mashrabiya.platform.limits import Limits
from mashrabiya.safety.trust.newcomers import SETTLED, Newcomers
from mashrabiya.testing.house import TestHouse

OPEN: Any = {"house": SimpleNamespace(protected_hours=0)}


@pytest.fixture
def desk(database: Database) -> Iterator[Objecting]:
    # In the middle of a day: counters begin anew with each.
    clock.offset = clock.DAY / 2 - clock.now() % clock.DAY
    yield Objecting(database)
    clock.offset = 0.0


class Counting:
    """Answers as a house counts them."""

    def __init__(self, desk: Objecting) -> None:
        self.desk = desk
        self.newcomers = Newcomers(desk.database, lambda _db, _viewer: SETTLED, Limits(), OPEN)

    def answer(self, viewer: Viewer, *, unnamed: bool = False, tid: bytes = b"", made: str = "") -> Placed:
        allowed = self.newcomers.allowance_of(viewer, SETTLED)
        new = NewReply(body="One more.", unnamed=unnamed, submission=made or new_id().hex())
        with self.desk.database.write() as uow:
            return discussions.reply(uow, viewer, tid or self.desk.thread.tid, new, allowed=allowed)

    def slow(self, minutes: int, days: int = 1) -> None:
        tid = self.desk.thread.tid
        with self.desk.database.write() as uow:
            seen = care.get_tended(uow, HOST, tid, 1, act=Act.SLOW).seen
            new = NewTending(act=Act.SLOW, words="Some calm.", minutes=minutes, days=days, seen=seen)
            commands.tend(uow, HOST, tid, 1, new=new)


@pytest.mark.parametrize("minutes", [10, 60, 1440])
def test_once_in_a_while_for_the_person_under_all_her_names(desk: Objecting, minutes: int) -> None:
    counting = Counting(desk)
    counting.slow(minutes, days=3)
    counting.answer(MALLORY)
    for viewer, unnamed in ((MALLORY, False), (MALLORY, True), (other_persona(MALLORY), True)):
        with pytest.raises(Refused, match=r"compose\.too_soon"):
            counting.answer(viewer, unnamed=unnamed)
    counting.answer(BOB)
    counting.answer(ALICE, tid=begin(desk.database, MALLORY, desk.cid).tid)
    counting.answer(MALLORY, tid=begin(desk.database, BOB, desk.cid).tid)
    # Every day is counted anew.
    if minutes < 1440:
        clock.offset += minutes * 60 - 61
        with pytest.raises(Refused):
            counting.answer(MALLORY)
    clock.offset += 62 if minutes < 1440 else clock.DAY
    counting.answer(MALLORY, unnamed=False)


def test_sent_twice_is_one_answer_and_a_refused_one_counts_for_nothing(desk: Objecting) -> None:
    counting = Counting(desk)
    counting.slow(60)
    made = new_id().hex()
    assert counting.answer(MALLORY, made=made) == counting.answer(MALLORY, made=made)
    with pytest.raises(Refused):
        counting.answer(MALLORY)
    clock.offset += clock.HOUR + 1
    counting.answer(MALLORY)


def test_it_ends_by_itself_and_a_community_can_be_so_always(desk: Objecting) -> None:
    counting = Counting(desk)
    counting.slow(1440, days=1)
    counting.answer(MALLORY)
    clock.offset += 2 * clock.DAY
    counting.answer(MALLORY)
    counting.answer(MALLORY)
    with desk.database.write() as uow:
        uow.run(Statement[None](COMMUNITY.update().values(slow=10)))
    counting.answer(MALLORY)
    with pytest.raises(Refused, match=r"compose\.too_soon"):
        counting.answer(MALLORY)
    counting.answer(MALLORY, tid=begin(desk.database, BOB, desk.cid).tid)


def test_nothing_of_it_is_kept(desk: Objecting) -> None:
    counting = Counting(desk)
    counting.slow(60)
    before = desk.database.connection().execute("SELECT slow, slow_day, n FROM thread").fetchall()
    counting.answer(MALLORY)
    after = desk.database.connection().execute("SELECT slow, slow_day, n FROM thread").fetchall()
    assert [(row[0], row[1]) for row in before] == [(row[0], row[1]) for row in after]
    assert [row[2] for row in after] == [row[2] + 1 for row in before]


def test_on_the_page_it_is_said_when_and_the_text_comes_back(house: TestHouse) -> None:
    scene = Scene(house)
    thread = scene.thread()
    path = f"/t/{show_id(thread.tid)}"
    house.site.rooms["limits"].on = True
    door = f"{path}/a/s"
    scene["mona"].browser.submit(door, door, minutes="60", days="1", words="Some calm.")
    bob = scene["bob"].browser
    assert bob.submit(path, path, body="My first.").status == 303
    kept = bob.submit(path, path, body="My second, too early.")
    assert kept.status == 422
    assert "My second, too early." in kept.text
    assert "The next one is possible in" in bob.get(path).text
    assert "The next one is possible in" not in scene["mallory"].browser.get(path).text
