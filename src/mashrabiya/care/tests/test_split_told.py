"""What was told of a reply goes along when a thread is split, and comes back with it."""

from __future__ import annotations

from mashrabiya.care.tests.factories import Scene
from mashrabiya.care.tests.splitting import TITLE, back, split
from mashrabiya.kernel.ids import show_id
from mashrabiya.platform.worker import Worker
from mashrabiya.testing.house import TestHouse


def _tell(scene: Scene) -> None:
    Worker(scene.house.database, scene.house.keys).drain()


def _rows(scene: Scene, tid: bytes) -> list[tuple[int, int]]:
    """What lies there for one post alone: kind and number."""
    rows = scene.house.database.connection().execute("SELECT tid, kind, n, ref FROM notice").fetchall()
    return sorted((int(kind), int(n)) for where, kind, n, ref in rows if bytes(where) == tid and bytes(ref))


def test_what_is_told_of_a_reply_stands_where_the_reply_stands(house: TestHouse) -> None:
    scene = Scene(house)
    tid = scene.thread().tid
    path = f"/t/{show_id(tid)}"
    scene.reply("bob", tid, "Two.")
    scene["mallory"].browser.submit(f"{path}?to=2", path, body="Three, to two, and @Alice.", to="2")
    scene.reply("mallory", tid, "Four, of nobody.")
    _tell(scene)
    before = _rows(scene, tid)
    assert [n for _, n in before] == [3, 3]
    new = split(scene, tid, [3])
    _tell(scene)
    assert _rows(scene, tid) == []
    assert _rows(scene, new) == [(kind, 1) for kind, _ in before]
    for who in ("bob", "alice"):
        assert TITLE in scene[who].browser.get("/b").text, who
    # What its author says of it anew is told once.
    edit = next(
        word for word in scene["mallory"].browser.get(f"/t/{show_id(new)}").text.split('"') if "/e/" in word
    )
    scene["mallory"].browser.submit(edit, edit, body="Three, to two, and still @Alice.")
    _tell(scene)
    assert _rows(scene, new) == [(kind, 1) for kind, _ in before]
    back(scene, new)
    _tell(scene)
    assert _rows(scene, new) == []
    assert _rows(scene, tid) == before
    for who in ("bob", "alice"):
        assert TITLE not in scene[who].browser.get("/b").text, who
