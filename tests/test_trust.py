"""T25: trust is not farmed. Only different, established people who were helped, over days, make somebody established."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import bindparam, select, update

from mashrabiya.communities.tests.factories import ALICE, BOB, CHARLIE, MONA, other_persona, person
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.tests.factories import answer, begin, place
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Refused
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.people.events import PersonaErased
from mashrabiya.people.sealed.persona import seal_flags
from mashrabiya.people.tables import PERSONA
from mashrabiya.people.types import Band, Flags, Grant
from mashrabiya.platform import retention
from mashrabiya.platform.db import Database, Statement
from mashrabiya.safety.trust import commands as trust
from mashrabiya.safety.trust import jobs, listeners
from mashrabiya.safety.trust import queries as trusted
from mashrabiya.safety.trust.tables import ANON_CREDIT, TRUST_DAY, TRUST_VOTE
from mashrabiya.safety.trust.types import Level, Measure, Standing
from mashrabiya.testing.house import TestHouse

VOTES: Statement[Any] = Statement(select(TRUST_VOTE.c.target, TRUST_VOTE.c.vnull, TRUST_VOTE.c.n))
CREDITS: Statement[Any] = Statement(select(ANON_CREDIT.c.tok, ANON_CREDIT.c.vnull, ANON_CREDIT.c.n))
NAME: Statement[Any] = Statement(
    update(PERSONA).where(PERSONA.c.id == bindparam("pid")).values(flags=bindparam("sealed"))
)
DAYS: Statement[Any] = Statement(select(TRUST_DAY.c.target, TRUST_DAY.c.day))


@pytest.fixture(autouse=True)
def _time() -> Iterator[None]:
    before = clock.offset
    yield
    clock.offset = before


def later(days: int) -> None:
    clock.offset += days * clock.DAY


def rows(database: Database, statement: Statement[Any]) -> list[Any]:
    with database.read() as db:
        return db.tuples(statement)


def post_of(database: Database, tid: bytes, n: int) -> bytes:
    with database.read() as db:
        post = queries.thread_page(db, MONA, tid, n).post(n)
    assert post is not None
    return post.id


def helps(database: Database, viewer: Viewer, tid: bytes, n: int = 1, wish: bool | None = True) -> None:
    post = post_of(database, tid, n)
    with database.write() as uow:
        commands.mark_helped(uow, viewer, tid, post, wish=wish)


def standing(database: Database, viewer: Viewer) -> Standing:
    with database.read() as db:
        return trusted.standing_of(db, viewer)


def takes(database: Database, people: int, places: int = 1) -> None:
    with database.write() as uow:
        trust.keep_measure(uow, Measure(people, places))


def colleagues(many: int, **changes: Any) -> list[Viewer]:
    """Established people: each was named when the house began."""
    return [replace(person(f"Colleague {n}", CARE), **changes) for n in range(many)]


def found_helpful(database: Database, viewer: Viewer, by: list[Viewer], *, unnamed: bool = False) -> bytes:
    """On four days within three weeks, these found an answer of hers helpful each time."""
    cid = place(database, ALICE, BOB)
    for _ in range(4):
        tid = begin(database, viewer, cid, unnamed=unnamed).tid
        for one in by:
            helps(database, one, tid)
        later(7)
    return tid


def test_the_honest_path_rises(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    for week in range(4):
        tid = begin(database, ALICE, cid).tid
        assert standing(database, ALICE).best < Level.KNOWN, f"after {week} days on which she helped"
        helps(database, MONA, tid)
        later(6)
    # Four days, and eighteen in all.
    later(-6)
    assert standing(database, ALICE).best < Level.KNOWN
    later(3)
    assert standing(database, ALICE) == Standing(Level.KNOWN, (Level.KNOWN, *[Level.NEW] * 15))
    with database.read() as db:
        assert trusted.is_established(db, ALICE)
        assert trusted.is_established(db, other_persona(ALICE)), "the person is, whichever name she uses"
        assert not trusted.is_established(db, BOB)


def test_t25_a_thousand_sock_puppets_raise_nobody(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    answer(database, ALICE, tid, unnamed=True)
    posts = [post_of(database, tid, n) for n in (1, 2)]
    for number in range(1000):
        puppet = person(f"Puppet {number}")
        with database.write() as uow:
            for post in posts:
                commands.mark_helped(uow, puppet, tid, post, wish=True)
        later(int(number % 40 == 0))
    assert standing(database, ALICE).best is Level.NEW
    assert rows(database, VOTES) == rows(database, CREDITS) == rows(database, DAYS) == []


def test_t25_a_thousand_posts_of_her_own_raise_nobody(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, BOB, cid).tid
    for number in range(100):
        answer(database, ALICE, tid, unnamed=number % 2 == 0)
        later(1)
    with database.read() as db:
        found = queries.standing_of(db, ALICE)
    assert found.best is Level.SETTLED
    with database.read() as db:
        assert not trusted.is_established(db, ALICE)


def test_t25_ten_names_are_one_voice(database: Database) -> None:
    takes(database, 2)
    cid = place(database, ALICE, BOB)
    for slot in range(10):
        tid = begin(database, ALICE, cid).tid
        helps(database, replace(MONA, slot=slot), tid)
        later(4)
    ((_, _, many),) = rows(database, VOTES)
    assert many == 10
    assert standing(database, ALICE).best is Level.NEW


def test_t25_two_of_one_branch_count_however_many_they_are(database: Database) -> None:
    takes(database, 3)
    found_helpful(database, ALICE, colleagues(8, branch=b"a branch"))
    assert len(rows(database, VOTES)) == 8
    assert standing(database, ALICE).best is Level.NEW
    # One who came another way, and falls upon another number of the sixteen.
    others = [replace(one, branch=b"") for one in colleagues(11)[8:]]
    found_helpful(database, ALICE, others)
    assert standing(database, ALICE).best is Level.KNOWN


def test_t25_nobody_counts_for_herself(database: Database) -> None:
    cid = place(database, MONA, BOB)
    for unnamed in (False, True):
        tid = begin(database, MONA, cid, unnamed=unnamed).tid
        for herself in (MONA, other_persona(MONA)):
            with pytest.raises(Refused, match="helped_own"):
                helps(database, herself, tid)
    assert rows(database, VOTES) == rows(database, CREDITS) == []


def test_t25_unnamed_help_raises_only_her_session(database: Database) -> None:
    found_helpful(database, ALICE, [MONA], unnamed=True)
    assert standing(database, ALICE) == Standing(Level.KNOWN, tuple([Level.NEW] * 16))
    assert standing(database, BOB).best is Level.NEW
    assert rows(database, VOTES) == []
    assert not {bytes(tok) for tok, *_ in rows(database, CREDITS)} & set(ALICE.siblings)


def test_t25_one_accomplice_is_one_however_many_unnamed_threads_there_are(database: Database) -> None:
    takes(database, 2)
    for _ in range(3):
        found_helpful(database, ALICE, [MONA], unnamed=True)
    assert len(rows(database, CREDITS)) == 12
    assert standing(database, ALICE).best is Level.NEW


def test_nothing_kept_ties_two_marks_of_one_person(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    for writer in (ALICE, BOB):
        for unnamed in (False, True):
            helps(database, MONA, begin(database, writer, cid, unnamed=unnamed).tid)
    kept = [bytes(vnull) for _, vnull, _ in rows(database, VOTES) + rows(database, CREDITS)]
    assert len(set(kept)) == 4
    assert not set(kept) & set(MONA.siblings)


def test_a_mark_that_is_taken_back_takes_its_vote_along(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    first, second = begin(database, ALICE, cid).tid, begin(database, ALICE, cid).tid
    helps(database, MONA, first)
    helps(database, MONA, first)
    helps(database, MONA, second)
    assert [many for *_, many in rows(database, VOTES)] == [2]
    helps(database, other_persona(MONA), first, wish=False)
    helps(database, MONA, first, wish=False)
    assert [many for *_, many in rows(database, VOTES)] == [1]
    helps(database, MONA, second, wish=None)
    assert rows(database, VOTES) == []


def test_what_did_not_count_takes_nothing_along(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    first, second = begin(database, ALICE, cid).tid, begin(database, ALICE, cid).tid
    helps(database, CHARLIE, first)
    established = replace(CHARLIE, kin_roles=frozenset({CARE}))
    helps(database, established, second)
    helps(database, established, first, wish=False)
    assert [many for *_, many in rows(database, VOTES)] == [1]


def test_marking_in_two_tabs_at_once_leaves_one_vote(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tids = [begin(database, ALICE, cid).tid for _ in range(4)]
    posts = [(tid, post_of(database, tid, 1)) for tid in tids]

    def press(turn: int) -> None:
        with database.write() as uow:
            commands.mark_helped(uow, MONA, *posts[turn % 4])

    with ThreadPoolExecutor(4) as tabs:
        list(tabs.map(press, range(4 * 7)))
    ((_, _, many),) = rows(database, VOTES)
    assert many == 4


def test_trust_fades(database: Database) -> None:
    found_helpful(database, ALICE, [MONA])
    assert standing(database, ALICE).best is Level.KNOWN
    later(560)
    assert standing(database, ALICE).best is Level.NEW
    retention.sweep(database)
    assert rows(database, VOTES) == rows(database, DAYS) == []


def test_a_persona_that_is_gone_was_helpful_to_nobody(database: Database) -> None:
    found_helpful(database, ALICE, [MONA])
    with database.write() as uow:
        for _ in range(2):
            listeners.forget_helper(uow, PersonaErased(ALICE.pid, 0))
    assert rows(database, VOTES) == rows(database, DAYS) == []


def test_what_an_unnamed_voice_was_trusted_for_goes_with_its_thread(database: Database) -> None:
    tid = found_helpful(database, ALICE, [MONA], unnamed=True)
    with database.write() as uow:
        commands.drop_thread(uow, tid)
    assert len(rows(database, CREDITS)) == len(rows(database, DAYS)) == 3


def test_the_house_reckons_by_night_what_it_takes(house: TestHouse) -> None:
    with house.database.read() as db:
        assert not trusted.is_established(db, house.visitor())
    jobs.measure_trust(house.database)
    with house.database.read() as db:
        assert trusted.measure_now(db, house.keys.of("field")) == Measure(1, 1)
    takes(house.database, 3)
    found_helpful(house.database, ALICE, [MONA])
    assert standing(house.database, ALICE).best is Level.NEW
    jobs.measure_trust(house.database)
    assert standing(house.database, ALICE).best is Level.KNOWN


def test_those_who_were_named_are_counted_among_the_established(house: TestHouse) -> None:
    for number in range(5):
        keeper = house.person(f"Keeper {number}").viewer
        sealed = seal_flags(house.keys.of("field"), Flags(Band.ADULT, Grant.CARE), keeper.pid)
        with house.database.write() as uow:
            uow.run(NAME, pid=keeper.pid, sealed=sealed)
    with house.database.read() as db:
        assert trusted.measure_now(db, house.keys.of("field")) == Measure(2, 1)
        assert trusted.measure_now(db, bytes(32)) == Measure(1, 1), "without the key nobody is known to be"
