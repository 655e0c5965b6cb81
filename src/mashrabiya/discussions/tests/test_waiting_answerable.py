"""Who waits for a first answer: nobody who asked for none, and no thread that carers closed to answers, or whose place is archived."""

from __future__ import annotations

import pytest
from sqlalchemy import literal_column, update

from mashrabiya.communities import commands as communities
from mashrabiya.communities.tests.factories import ALICE, BOB, MONA
from mashrabiya.discussions import commands, queries
from mashrabiya.discussions.tables import THREAD
from mashrabiya.discussions.tests.factories import begin, place
from mashrabiya.discussions.types import Answers, Filters
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database, Statement

NOBODY: Statement[None] = Statement(update(THREAD).values(answers=literal_column(str(int(Answers.NOBODY)))))


def waiting(database: Database, viewer: Viewer, cid: bytes) -> list[bool]:
    """Whether it stands on the first page, and in each list that is narrowed so."""
    narrowed = Filters("waiting")
    with database.read() as db:
        return [
            bool(queries.waiting(db, viewer)),
            bool(queries.latest(db, viewer, filters=narrowed).rows),
            bool(queries.home_threads(db, viewer, filters=narrowed).rows),
            bool(queries.community_threads(db, viewer, cid, filters=narrowed).rows),
        ]


@pytest.mark.parametrize("way", ["shut", "nobody", "archived"])
def test_where_nobody_answers_nobody_is_asked_to(database: Database, way: str) -> None:
    cid = place(database, ALICE, BOB)
    tid = begin(database, ALICE, cid).tid
    assert waiting(database, BOB, cid) == [True] * 4
    with database.write() as uow:
        if way == "shut":
            commands.shut(uow, tid)
        elif way == "archived":
            communities.archive(uow, MONA, cid, on=True)
        else:
            uow.run(NOBODY)
    assert waiting(database, BOB, cid) == [False] * 4
    if way == "shut":
        with database.write() as uow:
            commands.shut(uow, tid, wish=False)
        assert waiting(database, BOB, cid) == [True] * 4
