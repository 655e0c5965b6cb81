"""Writing communities and threads into the tables, some hundreds in a transaction.

Rows have the shape that the commands give them, as a test holds. They are
written straight, since nobody waits for fifty thousand commands; and as what was
written before the house began to run, they are facts without listeners.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import AnonMode, Audience, NewCommunity, Role, Topic
from mashrabiya.communities.types.shape import JUST_JOINED
from mashrabiya.discussions.commands import close_author
from mashrabiya.discussions.types import (
    ANSWERABLE_DAYS,
    EXCERPT_LIMIT,
    ID_SIZE,
    POST_ID_SIZE,
    STARTER,
    PostState,
)
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import HOST, Viewer
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Database, Write, metadata
from mashrabiya.stewardship.sample.entering import ways_of
from mashrabiya.stewardship.sample.moving_in import days_ago
from mashrabiya.stewardship.sample.script import Place
from mashrabiya.stewardship.sample.tagging import offer_tags, tags_of
from mashrabiya.stewardship.sample.types import Post, Thread

_FOUNDED_DAYS = 150.0
_AT_ONCE = 200
_AS_BEGUN = {"parted": 0, "shut": 0, "top": 0, "slow": 0, "slow_day": 0, "poll_day": 0, "poll": ""}
_EXACT_DAYS = 2
_NEEDED = 6
_SENTENCE = re.compile(r"(?<=[.!?؟…])\s+")
_MENTION = re.compile(r"@\[(\w+)\]")
_render = lru_cache(maxsize=20_000)(markdown.render)


@dataclass(frozen=True, slots=True)
class Written:
    """A thread that stands: where, and the ids of its posts in their order."""

    tid: bytes
    thread: Thread
    posts: tuple[bytes, ...]


def found(database: Database, place: Place, members: Sequence[str], personas: dict[str, Viewer]) -> bytes:
    """Found a community and let its members in."""
    host = personas[members[0]]
    new = NewCommunity(
        name=place.name,
        about=place.about,
        language=place.language,
        retention_days=place.retention_days,
        agreements="\n".join(place.agreements),
        audience=Audience(place.audience),
        topics=sum(Topic[topic.upper()] for topic in place.topics),
        wants=place.wants,
    )
    with days_ago(_FOUNDED_DAYS), database.write() as uow:
        # In a sample of many communities somebody runs more of them than people may.
        cid = communities.found(uow, replace(host, roles=host.roles | {HOST}), new, ways_of(place.key))
        offer_tags(uow, host, cid, place.key)
        for key in members[1:]:
            _let_in(uow, cid, personas[key])
    return cid


def _let_in(uow: Write, cid: bytes, viewer: Viewer) -> None:
    table = metadata.tables["membership"]
    uow.insert(table, cid=cid, pid=viewer.pid, role=int(Role.MEMBER), month=clock.month(), **JUST_JOINED)


class Writer:
    """Writes threads into communities that stand."""

    def __init__(
        self, database: Database, places: dict[str, tuple[Place, bytes]], personas: dict[str, Viewer]
    ) -> None:
        self._database = database
        self._places = places
        self._personas = personas
        self._now = clock.now()
        self._tables = metadata.tables

    def write(self, threads: Iterator[Thread]) -> Iterator[Written]:
        """Write all of them; each is answered once it stands."""
        batch: list[Thread] = []
        for thread in threads:
            batch.append(thread)
            if len(batch) == _AT_ONCE:
                yield from self._batch(batch)
                batch = []
        yield from self._batch(batch)

    def _batch(self, threads: list[Thread]) -> list[Written]:
        with self._database.write() as uow:
            return [self._thread(uow, thread) for thread in threads]

    def _thread(self, uow: Write, thread: Thread) -> Written:
        place, cid = self._places[thread.place]
        tid, opening = new_id(ID_SIZE), thread.posts[0]
        self._settle(thread.posts, place)
        labels = _Labels(tid)
        rows = [
            self._post(post, tid, cid, n=n, label=labels.of(post, self._personas))
            for n, post in enumerate(thread.posts, 1)
        ]
        gone, pos = opening.state == PostState.DELETED, self._time(opening.at, clock.TEN_MINUTES)
        tags = [] if gone else tags_of(thread.place, thread.title)
        uow.insert(
            self._tables["thread"],
            id=tid,
            cid=cid,
            title="" if gone else thread.title,
            excerpt="" if gone else markdown.excerpt(opening.body, EXCERPT_LIMIT),
            lang=opening.language,
            audience=place.audience,
            retention_days=place.retention_days,
            pos=pos,
            n=len(rows),
            labels=labels.voices,
            last_day=int(self._now - thread.posts[-1].at * clock.DAY) // clock.DAY,
            wants=thread.wants,
            spare=thread.spare,
            notes=opening.notes,
            helped=len(opening.helped),
            answers=int(thread.answers),
            needed=0 if gone else _needed(thread, self._personas),
            anon_mode=int(AnonMode.ACCOUNTABLE if place.keepers else AnonMode.SEALED),
            tags=sum(1 << number - 1 for number in tags),
            **_AS_BEGUN,
        )
        self._tag(uow, tags, tid=tid, cid=cid, pos=pos)
        for post, row in zip(thread.posts, rows, strict=True):
            self._write(uow, thread, post, row)
            if place.keepers and post.unnamed:
                self._close(uow, post, cid, row["id"])
        return Written(tid, thread, tuple(row["id"] for row in rows))

    def _settle(self, posts: Sequence[Post], place: Place) -> None:
        for post in posts:
            post.body = self._referring(post.body)
            # Whoever holds one of two keys could not be learned by two others, and writes by name.
            post.unnamed = post.unnamed and post.persona not in place.keepers

    def _tag(self, uow: Write, numbers: Sequence[int], **stands: Any) -> None:
        for number in numbers:
            uow.insert(self._tables["tagged"], n=number, **stands)

    def _write(self, uow: Write, thread: Thread, post: Post, row: dict[str, Any]) -> None:
        uow.insert(self._tables["post"], **row)
        self._help(uow, post, row["id"])
        if post.edited and post.state == PostState.SHOWN:
            self._earlier(uow, thread, row)

    def _time(self, at: float, step: int) -> int:
        """When, in the steps the house keeps: after two days it knows the day only."""
        exact = int(self._now - at * clock.DAY)
        if exact < (int(self._now) // clock.DAY - _EXACT_DAYS) * clock.DAY:
            step = clock.DAY
        return exact - exact % step

    def _post(self, post: Post, tid: bytes, cid: bytes, *, n: int, label: int | None) -> dict[str, Any]:
        viewer, gone = self._personas[post.persona], post.state == PostState.DELETED
        return {
            "tid": tid,
            "n": n,
            "id": new_id(POST_ID_SIZE),
            "home_tid": tid,
            "cid": cid,
            "pid": None if post.unnamed else viewer.pid,
            "tok": viewer.token(tid) if post.unnamed else None,
            "label": label,
            "state": int(post.state),
            "kind": int(post.kind),
            "lang": post.language,
            "t": self._time(post.at, clock.SIX_HOURS if post.unnamed else clock.TEN_MINUTES),
            "edited": int(self._now - post.at * clock.DAY) // clock.DAY if post.edited else 0,
            "to_n": post.to,
            "notes": post.notes,
            "helped": len(post.helped),
            "newcomer": int(post.new),
            "welcomed": 0,
            "links": 1,
            "tongue": 0,
            "html": "" if post.state else _render(post.body),
            "body": "" if gone else post.body,
        }

    def _earlier(self, uow: Write, thread: Thread, row: dict[str, Any]) -> None:
        """How an edited post stood before: without what its last sentence added."""
        uow.insert(
            self._tables["version"],
            post=row["id"],
            v=1,
            day=row["edited"],
            notes=row["notes"],
            lang=row["lang"],
            title=thread.title if row["n"] == 1 else "",
            body=_shorter(row["body"]),
        )

    def _referring(self, body: str) -> str:
        """The words with those they mention as references; whoever does not live here is somebody who is gone."""
        if "@[" not in body:
            return body
        return _MENTION.sub(lambda met: markdown.reference(self._pid(met[1])), body)

    def _pid(self, key: str) -> bytes:
        viewer = self._personas.get(key)
        return viewer.pid if viewer else markdown.NOBODY

    def _close(self, uow: Write, post: Post, cid: bytes, post_id: bytes) -> None:
        """Keep for two which persona wrote it, as long as that is kept."""
        if post.at < ANSWERABLE_DAYS - 1 and post.state != PostState.DELETED:
            with days_ago(post.at):
                close_author(uow, self._personas[post.persona], cid, post_id)

    def _help(self, uow: Write, post: Post, post_id: bytes) -> None:
        """One mark for each person who was helped: made from her key, so that nobody can list them."""
        for key in post.helped:
            work = self._personas[key].work
            assert work is not None
            mark = work.nullifier(b"react", post_id)
            uow.insert(self._tables["reaction"], post=post_id, rnull=mark, counted=0)


def _shorter(body: str) -> str:
    """The text without its last sentence; of one sentence its first half."""
    sentences = _SENTENCE.split(body.strip())
    if len(sentences) > 1:
        return body.strip()[: -len(sentences[-1])].rstrip()
    words = body.split()
    return " ".join(words[: max(1, len(words) // 2)])


def _needed(thread: Thread, personas: dict[str, Viewer]) -> int:
    """The reply that helped most people, where it helped enough of them, and another person wrote it."""
    opener = personas[thread.posts[0].persona]
    others = [
        (len(post.helped), -n)
        for n, post in enumerate(thread.posts, 1)
        if post.state == PostState.SHOWN and personas[post.persona].pid not in opener.siblings
    ]
    people, place = max(others, default=(0, 0))
    return -place if people >= _NEEDED and thread.wants else 0


class _Labels:
    """The voices of one thread, numbered as the command numbers them."""

    def __init__(self, tid: bytes) -> None:
        self._tid = tid
        self._of: dict[bytes, int] = {}

    @property
    def voices(self) -> int:
        """How many have been heard."""
        return len(self._of)

    def of(self, post: Post, personas: dict[str, Viewer]) -> int | None:
        """The label of an unnamed post: the number of its voice, and none for whoever begins."""
        viewer = personas[post.persona]
        voice = viewer.token(self._tid) if post.unnamed else viewer.pid
        number = self._of.setdefault(voice, len(self._of) + 1)
        return (STARTER if number == 1 else number) if post.unnamed else None
