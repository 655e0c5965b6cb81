"""Who is in a thread costs by how many speak there, not by how much was said."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.kernel.ids import new_id, read_id
from mashrabiya.notifications.commands.present import SOME
from mashrabiya.notifications.tests.scene import Scene
from mashrabiya.platform.db import Statement
from mashrabiya.testing.databases import BOTH
from mashrabiya.testing.house import TestHouse

_ALL: Statement[Any] = Statement(select(*POST.c))
_THREADS: Statement[Any] = Statement(select(*THREAD.c))
_LONG, _SHORT = 600, 8


@pytest.mark.parametrize("house", BOTH, indirect=True)
def test_each_step_is_one_along_an_index(house: TestHouse) -> None:
    scene = Scene(house)
    scene.say(scene.alice, "By name.")
    scene.say(scene.mallory, "Without one.", unnamed="1")
    tid = read_id(scene.thread.removeprefix("/t/"), 16)
    _fill(house, tid)
    plan = _plan(house, tid)
    for index in ("post_there", "post_label"):
        assert [step for step in plan if index in step], plan
    for other in ("post_pkey", "post_voice", "Bitmap Heap Scan on post", "Key: post"):
        assert not [step for step in plan if other in step], plan


def _fill(house: TestHouse, tid: bytes) -> None:
    """A thread in which the same few said much, among many in which little was said."""
    with house.database.write() as uow:
        rows = [dict(zip(POST.c.keys(), row, strict=True)) for row in uow.tuples(_ALL)]
        thread = dict(zip(THREAD.c.keys(), uow.tuples(_THREADS)[0], strict=True))
        others = [new_id(16) for _ in range(_LONG)]
        uow.insert_all(THREAD, [{**thread, "id": other} for other in others])
        said = [row for row in rows if row["tid"] == tid and row["n"] > 1]
        more = [{**said[n % 2], "n": n, "id": new_id(16)} for n in range(4, _LONG)]
        for other in others:
            placed = {"tid": other, "home_tid": other}
            more += [{**_said(said[n % 2]), **placed, "n": n, "id": new_id(16)} for n in range(1, _SHORT)]
        uow.insert_all(POST, more)


def _said(post: dict[str, Any]) -> dict[str, Any]:
    """The same by somebody else."""
    return {**post, **{voice: post[voice] and new_id(16) for voice in ("pid", "tok")}}


def _plan(house: TestHouse, tid: bytes) -> list[str]:
    compiled = SOME.on(house.database.dialect)
    asked: Any = {"tid": tid, "after": b"", "some": 50, "before": _LONG, "kind": 1, "ref": b"", "today": 0}
    values, connection = compiled.arguments(asked), house.database.connection()
    if house.database.dialect == "sqlite":
        asking = connection.execute(f"EXPLAIN QUERY PLAN {compiled.sql}", values)
    else:
        connection.execute("ANALYZE post")
        connection.execute(f"PREPARE there AS {compiled.sql}")
        asking = connection.execute(f"EXPLAIN EXECUTE there({', '.join(map(_literal, values))})")
    return [str(row[-1]) for row in asking.fetchall()]


def _literal(value: Any) -> str:
    return f"'\\x{value.hex()}'::bytea" if isinstance(value, bytes) else str(value)
