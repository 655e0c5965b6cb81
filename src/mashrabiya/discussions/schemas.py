"""What goes in and out of the JSON doors. Times are as coarse as on the pages."""

from typing import Annotated

from msgspec import Meta, Struct

from mashrabiya.discussions.types import (
    BODY_LIMIT,
    STARTER,
    Kind,
    NewReply,
    Placed,
    PostRow,
    PostState,
    ThreadList,
    ThreadPage,
    ThreadRow,
)
from mashrabiya.kernel.ids import show_id
from mashrabiya.platform.languages import when_key

_WHEN = len("time.")


class ReplyIn(Struct, frozen=True, forbid_unknown_fields=True):
    """A reply as a program sends it. The same submission twice is one reply."""

    body: Annotated[str, Meta(min_length=1, max_length=BODY_LIMIT)]
    kind: Kind = Kind.PLAIN
    unnamed: bool = False
    submission: Annotated[str, Meta(max_length=64)] = ""

    def read(self) -> NewReply:
        return NewReply(body=self.body, kind=self.kind, unnamed=self.unnamed, submission=self.submission)


class PlacedOut(Struct, frozen=True):
    """Where a post stands now."""

    thread: str
    n: int
    address: str

    @classmethod
    def of(cls, placed: Placed) -> "PlacedOut":
        return cls(show_id(placed.tid), placed.n, placed.address)


class PlaceOut(Struct, frozen=True):
    """The community something stands in."""

    id: str
    name: str


class ThreadOut(Struct, frozen=True):
    """A thread in a list."""

    id: str
    title: str
    excerpt: str
    lang: str
    replies: int
    when: str
    community: PlaceOut

    @classmethod
    def of(cls, row: ThreadRow, now: float) -> "ThreadOut":
        return cls(
            show_id(row.id),
            row.title,
            row.excerpt,
            row.lang,
            row.n - 1,
            when_key(row.begun, now)[_WHEN:],
            PlaceOut(show_id(row.cid), row.community),
        )


class ListOut(Struct, frozen=True):
    """A page of a list; ``after`` leads to the next, or is empty."""

    threads: list[ThreadOut]
    after: str

    @classmethod
    def of(cls, threads: ThreadList, now: float) -> "ListOut":
        return cls([ThreadOut.of(row, now) for row in threads.rows], threads.after)


class HomeOut(Struct, frozen=True):
    """What is new in the communities of the persona in use."""

    communities: list[PlaceOut]
    waiting: list[ThreadOut]
    threads: list[ThreadOut]
    after: str


class AuthorOut(Struct, frozen=True, omit_defaults=True):
    """Who wrote a post: a persona, or a label within this thread."""

    name: str = ""
    address: str = ""
    label: int | None = None
    starter: bool = False

    @classmethod
    def of(cls, post: PostRow) -> "AuthorOut | None":
        """Nobody, once the post is gone."""
        if post.state != PostState.SHOWN:
            return None
        if post.name is not None:
            return cls(name=post.name, address=f"/p/{post.pub}")
        return cls(label=post.label, starter=post.label == STARTER)


class PostOut(Struct, frozen=True):
    """A post on a page of a thread. Its id is told to its author alone."""

    n: int
    author: AuthorOut | None
    html: str
    lang: str
    kind: int
    state: int
    when: str
    edited: bool
    own: str

    @classmethod
    def of(cls, post: PostRow, now: float) -> "PostOut":
        return cls(
            post.n,
            AuthorOut.of(post),
            post.html,
            post.lang,
            post.kind,
            post.state,
            when_key(post.t, now)[_WHEN:],
            bool(post.edited),
            post.shown if post.mine else "",
        )


class ThreadPageOut(Struct, frozen=True):
    """One page of a thread. ``before`` and ``after`` are numbers of posts, or 0."""

    id: str
    title: str
    lang: str
    replies: int
    kept_days: int
    community: PlaceOut
    posts: list[PostOut]
    before: int
    after: int

    @classmethod
    def of(cls, found: ThreadPage, now: float) -> "ThreadPageOut":
        thread, paging = found.thread, found.paging
        return cls(
            thread.shown,
            thread.title,
            thread.lang,
            thread.n - 1,
            thread.kept_days,
            PlaceOut(thread.community.shown, thread.community.name),
            [PostOut.of(post, now) for post in found.posts],
            paging.before,
            paging.after,
        )
