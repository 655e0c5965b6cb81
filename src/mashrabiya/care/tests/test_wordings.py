"""Earlier wordings at a desk: carers read them, and what they asked to be changed does not stay readable."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mashrabiya.care import listeners
from mashrabiya.care.tests.desks import HOST
from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.objecting import Objecting
from mashrabiya.care.types import Act
from mashrabiya.communities.tests.factories import ALICE, BOB, MALLORY
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions import queries as posts
from mashrabiya.discussions.events import PostEdited
from mashrabiya.discussions.tests.factories import answer
from mashrabiya.discussions.types import Change
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database
from mashrabiya.testing.house import TestHouse


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    yield
    clock.offset = 0.0


def edit(database: Database, viewer: Viewer, tid: bytes, post: bytes, body: str, title: str = "") -> None:
    clock.offset += clock.TEN_MINUTES
    with database.write() as uow:
        discussions.edit(uow, viewer, tid, post, new=Change(title=title, body=body))
    # Twice, as the outbox may tell it twice.
    for _ in range(2):
        with database.write() as uow:
            listeners.forget_wordings(uow, PostEdited(tid, post))


@pytest.mark.parametrize(("act", "stays"), [(Act.ASK, 0), (Act.KEEP, 1), (Act.WORD, 1)])
def test_where_they_asked_for_the_change_what_stood_before_goes(
    database: Database, act: Act, stays: int
) -> None:
    desk = Objecting(database)
    placed = answer(database, MALLORY, desk.thread.tid, "She lives at the corner.")
    case = desk.report(placed)
    desk.decide(case, act)
    edit(database, MALLORY, placed.tid, case.object, "Somebody lives somewhere.")
    for viewer in (ALICE, BOB, HOST):
        with database.read() as db:
            assert len(posts.history(db, viewer, placed.tid, placed.n).wordings) == stays


def test_a_desk_opens_them_while_nobody_else_reads_the_post(house: TestHouse) -> None:
    scene = Scene(house)
    thread = scene.thread("alice")
    with house.database.read() as db:
        post = posts.thread_page(db, scene["alice"].viewer, thread.tid).posts[0].id
    edit(house.database, scene["alice"].viewer, thread.tid, post, "Changed by Alice.", title="Changed")
    scene.report("mallory", thread)
    report = show_id(scene.case().id)
    desk, path = scene["mona"].browser, f"/care/{report}/v"
    assert path in desk.get(f"/care/{report}").text
    scene.decide(Act.HIDE)
    assert "Changed by" in desk.get(path).text
    for who in ("alice", "bob", "mallory"):
        assert scene[who].browser.get(path).status == 404
        assert scene[who].browser.get(f"{thread.address}/v/1").status == 404
    assert desk.get(f"{thread.address}/v/1").status == 200
