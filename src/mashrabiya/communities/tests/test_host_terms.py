"""Terms of those who run a place: they end like others, and never so that nobody runs it."""

from __future__ import annotations

import pytest

from mashrabiya.communities import commands, queries
from mashrabiya.communities.tests.factories import ALICE, BOB, MONA
from mashrabiya.communities.tests.test_handing import CARER, hand_over, lay_down, place, runs
from mashrabiya.communities.tests.test_queries import exclude
from mashrabiya.communities.tests.test_roles import end, facts, give, night, offer, take
from mashrabiya.communities.types import Role
from mashrabiya.communities.types.roles import ENDLESS
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, Refused
from mashrabiya.platform.db import Database


def test_whoever_runs_a_place_is_ended_by_nobody_and_the_last_term_runs_on(database: Database) -> None:
    cid = place(database, BOB)
    give(database, cid, Role.HOST, 30)
    with pytest.raises(Invalid) as wrong:
        end(database, cid)
    assert wrong.value.fields == {"name": "caring.host_herself"}
    lay_down(database, MONA, cid)
    clock.offset += 31 * clock.DAY
    assert runs(database, BOB, cid)
    assert night(database) == 0
    with pytest.raises(Refused, match=r"community\.host_stays"):
        lay_down(database, BOB, cid)
    with database.read() as db:
        assert not queries.is_unrun(db, CARER, cid)
        (holder,) = queries.holders(db, BOB, cid)
        assert holder.goes_on
    # Somebody else runs it: the term is over, and does not come back.
    offer(database, cid, Role.HOST, 0, by=BOB, to="Mona")
    take(database, MONA, cid, Role.HOST, 0)
    assert (runs(database, BOB, cid), facts(database, BOB, cid).over) == (False, Role.HOST)
    assert night(database) == 1
    with database.write() as uow:
        commands.forget_persona(uow, MONA.pid)
    assert not runs(database, BOB, cid)
    with database.read() as db:
        assert queries.is_unrun(db, CARER, cid)


def test_a_host_with_a_term_goes_on_where_the_other_is_excluded(database: Database) -> None:
    cid = place(database, BOB)
    give(database, cid, Role.HOST, 30)
    clock.offset += 31 * clock.DAY
    assert not runs(database, BOB, cid)
    exclude(database, MONA, cid)
    assert runs(database, BOB, cid)


def test_handing_on_is_one_of_them(database: Database) -> None:
    cid = place(database, ALICE)
    hand_over(database, cid, BOB)
    assert facts(database, BOB, cid).until_day == ENDLESS
