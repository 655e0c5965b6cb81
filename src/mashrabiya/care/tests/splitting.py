"""Splitting a thread as those who care for it do: by its page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlencode

from mashrabiya.care.tests.factories import WORDS, Scene
from mashrabiya.discussions.types import ID_SIZE
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.testing.browser import Page

TITLE = "About the water alone"


def door(tid: bytes) -> str:
    return f"/t/{show_id(tid)}/a/d"


def sheet(scene: Scene, tid: bytes, who: str = "mona") -> dict[str, str]:
    """The form by which a thread is split, as it stands."""
    forms = scene[who].browser.get(door(tid)).forms
    return next(form.fields for form in forms if form.action == door(tid) and "back" not in form.fields)


def send(
    scene: Scene,
    tid: bytes,
    picked: Iterable[int],
    who: str = "mona",
    fields: dict[str, str] | None = None,
    **more: str,
) -> Page:
    """Split off these replies, from the form as it stands or as it stood."""
    sent = {**(fields or sheet(scene, tid, who)), "title": TITLE, "words": WORDS, **more}
    pairs = [*sent.items(), *((f"pick_{number}", "1") for number in picked)]
    kind = {"content-type": "application/x-www-form-urlencoded"}
    return scene[who].browser.send(door(tid), urlencode(pairs).encode(), **kind)


def split(scene: Scene, tid: bytes, picked: Iterable[int], who: str = "mona") -> bytes:
    """The thread that they became."""
    answer = send(scene, tid, picked, who)
    assert answer.status == 303, answer.text
    return read_id(answer.location.rpartition("/")[2], ID_SIZE)


def back(scene: Scene, tid: bytes, who: str = "mona") -> Page:
    """Put them back, by the page of the new thread."""
    forms = scene[who].browser.get(door(tid)).forms
    fields = next(form.fields for form in forms if form.action == door(tid) and "back" in form.fields)
    return scene[who].browser.post(door(tid), fields)


def stands(scene: Scene) -> list[tuple[bytes, int, bytes, str]]:
    """Thread, number, home and words of everything that stands."""
    rows = scene.house.database.connection().execute(
        "SELECT tid, n, home_tid, body FROM post ORDER BY tid, n"
    )
    return [(bytes(tid), int(n), bytes(home), str(body)) for tid, n, home, body in rows.fetchall()]


def bodies(scene: Scene, tid: bytes) -> dict[int, str]:
    return {n: body for where, n, _, body in stands(scene) if where == tid}


def talk(scene: Scene) -> bytes:
    """Alice asks unnamed; 2 Bob, 3 Mallory unnamed, 4 Alice unnamed, 5 Bob, answering 3, 6 Mallory unnamed."""
    tid = scene.thread(unnamed=True).tid
    scene.reply("bob", tid, "Two, by name.")
    scene.reply("mallory", tid, "Three, unnamed.", unnamed=True)
    scene.reply("alice", tid, "Four, of the asker.", unnamed=True)
    path = f"/t/{show_id(tid)}"
    scene["bob"].browser.submit(f"{path}?to=3", path, body="Five, to three.", to="3")
    scene.reply("mallory", tid, "Six, unnamed.", unnamed=True)
    return tid


def plain(page: str) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>|[\u2068\u2069]", "", page))


def address(tid: bytes, n: int = 1) -> str:
    return f"/t/{show_id(tid)}" if n == 1 else f"/t/{show_id(tid)}?n={n}"
