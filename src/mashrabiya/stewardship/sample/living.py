"""What people do beside writing threads, through the commands: greet whoever is new, keep private notes, read and follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions import queries
from mashrabiya.discussions.types import NewThread
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import commands as people
from mashrabiya.people.commands.marks import Marks
from mashrabiya.platform.db import Database
from mashrabiya.stewardship.sample.moving_in import days_ago
from mashrabiya.stewardship.sample.script import lines
from mashrabiya.stewardship.sample.writing import Written


def greet(database: Database, written: Written, personas: dict[str, Viewer]) -> None:
    """Let those who welcome the first words in a thread say so."""
    for post, post_id in zip(written.thread.posts, written.posts, strict=True):
        for key in post.welcomed:
            with database.write() as uow:
                discussions.say_welcome(uow, personas[key], post_id)


def keep_notes(database: Database, personas: dict[str, Viewer]) -> None:
    """Let some keep notes that only they can open."""
    for line in lines("notes"):
        key, days, text = (part.strip() for part in line.split("|"))
        if key in personas:
            with days_ago(float(days)), database.write() as uow:
                people.write_note(uow, personas[key], text)


def keep_drafts(
    database: Database,
    personas: dict[str, Viewer],
    cids: Mapping[str, bytes],
    members: Mapping[str, Sequence[str]],
    *,
    key: bytes,
) -> None:
    """Let some have drafts, and threads that are to be posted in some days; each where it first belongs."""
    for line in lines("drafts"):
        who, days, title, body = (part.strip() for part in line.split("|"))
        cid = next((cids[place] for place, some in members.items() if who in some), None)
        if who not in personas or cid is None:
            continue
        fields, viewer = {"title": title, "body": body}, personas[who]
        if days.startswith("+"):
            at, new = clock.ten_minutes() + int(days) * clock.DAY, NewThread(title=title, body=body)
            # Whoever is paused there plans nothing.
            with suppress(Refused), database.write() as uow:
                discussions.plan(uow, viewer, cid, new, at=at, fields=fields, key=key)
        else:
            with days_ago(float(days)), database.write() as uow:
                people.keep_draft(uow, viewer, queries.IN_COMMUNITY + cid, fields)


_FOLLOWED, _AGO = 3, 3
_EVERY = 10_000.0


def read_and_follow(
    database: Database,
    last: Mapping[str, bytes],
    members: Mapping[str, Sequence[str]],
    personas: Mapping[str, Viewer],
) -> None:
    """Let each name follow some threads where it belongs, and have read the first of them but for its end."""
    marks = Marks(database, _EVERY)
    for key, viewer in personas.items():
        tids = [tid for place, tid in last.items() if key in members[place]][:_FOLLOWED]
        for tid in tids:
            with database.write() as uow:
                discussions.follow(uow, viewer, tid)
        if tids:
            with database.read() as db:
                n = queries.get_thread(db, viewer, tids[0]).n
            with days_ago(_AGO):
                marks.move(viewer, tids[0], max(n - _AGO, 1))
    marks.write()
