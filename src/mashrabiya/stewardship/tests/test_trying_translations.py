"""A rule is tried on translations as well: on those that are read, and goes on after one where a batch ended."""

from __future__ import annotations

from mashrabiya.communities.tests.factories import ALICE, BOB, MONA
from mashrabiya.discussions import commands
from mashrabiya.discussions.tests.factories import place
from mashrabiya.discussions.tests.translating import arabic, translate
from mashrabiya.kernel.ids import show_id
from mashrabiya.platform.db import Database
from mashrabiya.safety.types import Act, Standing
from mashrabiya.stewardship import queries


def test_what_it_would_meet_in_translations(database: Database) -> None:
    cid = place(database, ALICE, BOB)
    tid = arabic(database, cid, ALICE, BOB)
    placed = translate(database, ALICE, tid)
    rule = Standing(cid=cid, act=int(Act.NUDGE), text="morning")
    after = f"{show_id(tid)}.{placed.n}.400.7"
    with database.read() as db:
        whole, rest = queries.try_out(db, MONA, rule, ""), queries.try_out(db, MONA, rule, after)
    assert (whole.looked, whole.met, [one.n for one in whole.rows]) == (3, 1, [placed.n])
    assert (rest.looked, rest.met, rest.rows) == (402, 7, [])
    with database.write() as uow:
        commands.decide_on_translating(uow, BOB, tid, 2, alone=True)
    with database.read() as db:
        assert queries.try_out(db, MONA, rule, "").rows == []
