"""What programs read of threads and posts. Times are as coarse as on the pages."""

from functools import lru_cache

from msgspec import Struct

from mashrabiya.communities.types import AnonMode
from mashrabiya.discussions.schemas.polls import PollOut
from mashrabiya.discussions.schemas.tags import TagOut, tags_out
from mashrabiya.discussions.schemas.translations import TranslationOut, beside
from mashrabiya.discussions.types import (
    STARTER,
    PictureRow,
    PostRow,
    PostState,
    ThreadList,
    ThreadPage,
    ThreadRow,
    kinds_in,
)
from mashrabiya.kernel.content import notes_in
from mashrabiya.kernel.ids import show_id
from mashrabiya.platform.languages import when_key
from mashrabiya.safety.types import ELSEWHERE

_WHEN = len("time.")


class PlaceOut(Struct, frozen=True):
    """The community something stands in."""

    id: str
    name: str


@lru_cache(maxsize=1024)
def _place(cid: bytes, name: str) -> PlaceOut:
    return PlaceOut(show_id(cid), name)


@lru_cache(maxsize=256)
def _wishes(bits: int) -> tuple[str, ...]:
    return tuple(kind.name.lower() for kind in kinds_in(bits))


@lru_cache(maxsize=1024)
def _notes(bits: int) -> tuple[str, ...]:
    return tuple(note.code for note in notes_in(bits))


@lru_cache(maxsize=1024)
def _begun(begun: int, minute: int) -> str:
    # Whatever the words for a time change at is a whole minute.
    return when_key(begun, minute * 60)[_WHEN:]


class ThreadOut(Struct, frozen=True):
    """A thread in a list.

    ``wants`` are the kinds of reply that would help, ``helped`` counts people.
    Where there are ``notes``, a program folds the excerpt unless its reader wants it open;
    ``unmet`` folds title and excerpt: there is a ``word`` she hid.
    """

    id: str
    title: str
    excerpt: str
    lang: str
    replies: int
    when: str
    community: PlaceOut
    wants: tuple[str, ...]
    notes: tuple[str, ...]
    helped: int
    unmet: str
    poll: bool
    tags: list[TagOut]

    @classmethod
    def of(cls, row: ThreadRow, now: float) -> "ThreadOut":
        return cls(
            show_id(row.id),
            row.title,
            row.excerpt,
            row.lang,
            row.replies,
            _begun(row.begun, int(now) // 60),
            _place(row.cid, row.community),
            _wishes(row.wants),
            _notes(row.notes),
            row.helped,
            "word" if row.hidden else "",
            bool(row.polled),
            tags_out(row.tagged) if row.tags else [],
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
    """Who wrote a post: a persona, or a label within this thread. ``elsewhere``: whoever opened, unnamed, the thread
    in which it was written, and from which it went here.
    """

    name: str = ""
    address: str = ""
    label: int | None = None
    starter: bool = False
    elsewhere: bool = False

    @classmethod
    def of(cls, post: PostRow, *, known: bool) -> "AuthorOut | None":
        """Nobody, once the post is gone. An address only for those to whom it opens."""
        if post.state != PostState.SHOWN:
            return None
        if post.name is not None:
            return cls(name=post.name, address=f"/p/{post.pub}" if known else "")
        if post.label == ELSEWHERE:
            return cls(elsewhere=True)
        return cls(label=post.label, starter=post.label == STARTER)


class PictureOut(Struct, frozen=True):
    """A picture of a post: two addresses that take the same token, and the room its small size takes.

    ``alt`` says in words what it shows, or nothing. Where its post has ``notes``, a program covers it
    unless its reader wants it open.
    """

    small: str
    large: str
    alt: str
    width: int
    height: int

    @classmethod
    def of(cls, row: PictureRow) -> "PictureOut":
        return cls(f"/api{row.small}", f"/api{row.large}", row.alt, row.width, row.height)


class PostOut(Struct, frozen=True):
    """A post on a page of a thread. ``own`` is its id again, for its author alone.

    ``unmet`` says why its reader does not want to meet it: ``blocked``, ``muted`` or ``word``.
    """

    id: str
    n: int
    author: AuthorOut | None
    html: str
    lang: str
    kind: int
    state: int
    when: str
    edited: bool
    own: str
    to: int | None
    notes: list[str]
    helped: int
    helped_me: bool
    newcomer: bool
    unmet: str
    pictures: list[PictureOut]
    care_note: str
    translations: list[TranslationOut]

    @classmethod
    def of(cls, found: ThreadPage, post: PostRow, now: float) -> "PostOut":
        if post.state != PostState.SHOWN:
            return cls._gone(post, now)
        return cls(
            post.shown,
            post.n,
            AuthorOut.of(post, known=found.thread.community.belongs),
            post.html,
            post.lang,
            post.kind,
            post.state,
            when_key(post.t, now)[_WHEN:],
            bool(post.edited),
            post.shown if post.mine == 1 else "",
            None if post.to_tid else post.to_n,
            [note.code for note in notes_in(post.notes)],
            post.helped,
            post.n in found.marked,
            bool(post.newcomer),
            _unmet(found, post.n),
            [PictureOut.of(row) for row in found.pictures.get(post.n, [])],
            found.care_notes.get(post.n, "") if post.n > 1 else "",
            beside(found.translated.get(post.n)),
        )

    @classmethod
    def _gone(cls, post: PostRow, now: float) -> "PostOut":
        """Of what is deleted, hidden or removed: its place, and nothing of what it was."""
        when = when_key(post.t, now)[_WHEN:]
        return cls(
            post.shown,
            post.n,
            None,
            "",
            post.lang,
            0,
            post.state,
            when,
            False,
            own="",
            to=None,
            notes=[],
            helped=0,
            helped_me=False,
            newcomer=False,
            unmet="",
            pictures=[],
            care_note="",
            translations=[],
        )


def _unmet(found: ThreadPage, number: int) -> str:
    fold = found.folds.get(number)
    return fold.why.removeprefix("reach.folded_") if fold else ""


class ThreadPageOut(Struct, frozen=True):
    """One page of a thread. ``before`` and ``after`` are numbers of posts, or 0.

    ``unnamed``: whether writing unnamed here is ``sealed``, or ``accountable``: then two of the care team
    together can learn for thirty days which persona wrote it, and a program says so before it sends any.
    ``shut``: nobody answers any more. ``pace`` are the minutes between two answers of one person, or 0.
    ``care_note`` is what the care team says above it.
    ``needed`` is the number of the reply of which whoever opened the thread said that it was what she needed, or 0.
    ``poll`` stands on the page on which the thread begins.
    """

    id: str
    title: str
    lang: str
    replies: int
    kept_days: int
    community: PlaceOut
    posts: list[PostOut]
    before: int
    after: int
    wants: list[int]
    spare: list[int]
    notes: list[str]
    unnamed: str
    shut: bool
    pace: int
    care_note: str
    needed: int
    poll: PollOut | None
    tags: list[TagOut]

    @classmethod
    def of(cls, found: ThreadPage, now: float) -> "ThreadPageOut":
        thread, paging = found.thread, found.paging
        return cls(
            thread.shown,
            thread.title,
            thread.lang,
            thread.replies,
            thread.kept_days,
            PlaceOut(thread.community.shown, thread.community.name),
            [PostOut.of(found, post, now) for post in found.posts],
            paging.before,
            paging.after,
            [int(kind) for kind in thread.wanted],
            [int(kind) for kind in thread.unwanted],
            [note.code for note in notes_in(thread.notes)],
            AnonMode(thread.anon_mode).name.lower(),
            bool(thread.shut),
            thread.pace,
            found.care_notes.get(1, ""),
            thread.needed,
            PollOut.of(found.poll) if found.poll else None,
            tags_out(thread.tagged) if not found.title_hidden else [],
        )
