"""Saying that a post helped: counted by people, never by points, whichever name they use."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, bindparam, delete, literal_column, select, update

from mashrabiya.discussions import queries, rules
from mashrabiya.discussions.events import PostHelped
from mashrabiya.discussions.tables import POST, REACTION, THREAD
from mashrabiya.discussions.types import Marked, Placed, PostFacts
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Statement, Write
from mashrabiya.safety.trust import commands as trust
from mashrabiya.safety.trust.types import Voice

_POST = bindparam("of_post", type_=LargeBinary)
_STEP = bindparam("step", type_=Integer)
_MINE = (REACTION.c.post == _POST, REACTION.c.rnull == bindparam("mine", type_=LargeBinary))

_MARKED: Statement[None] = Statement(select(REACTION.c.counted).where(*_MINE))
_COUNTS: Statement[None] = Statement(update(REACTION).where(*_MINE).values(counted=literal_column("1")))
_UNMARK: Statement[None] = Statement(delete(REACTION).where(*_MINE))
_COUNT: Statement[None] = Statement(
    update(POST).where(POST.c.id == _POST).values(helped=POST.c.helped + _STEP)
)
_COUNT_THREAD: Statement[None] = Statement(
    update(THREAD)
    .where(THREAD.c.id == bindparam("tid", type_=LargeBinary))
    .values(helped=THREAD.c.helped + _STEP)
)
_COUNTED: Statement[None] = Statement(select(POST.c.helped).where(POST.c.id == _POST))


def mark_helped(
    uow: Write, viewer: Viewer, tid: bytes, post_id: bytes, *, wish: bool | None = None
) -> Marked:
    """Say that a post helped her, or take that back; without a wish, whichever was not so before.

    One mark a person, under all her names. The count moves only with a mark that was
    really made or taken back, in the same transaction. Whether it counts for trust shows nowhere.
    """
    thread, post = queries.get_standing(uow, viewer, tid, post_id)
    rules.may_mark(viewer, post).or_raise()
    mark = {"of_post": post_id, "mine": _mark_of(viewer, post_id)}
    counted: int | None = uow.scalar(_MARKED, **mark)
    if wish is None:
        wish = counted is None
    step = int(wish) - int(counted is not None)
    if step:
        _change(uow, viewer, _voice(thread.community.id, post), mark, counted=counted)
        uow.run(_COUNT, of_post=post_id, step=step)
        if post.n == 1:
            uow.run(_COUNT_THREAD, tid=thread.id, step=step)
    if step > 0:
        uow.record(PostHelped(thread.id, post_id))
    return Marked(Placed(thread.id, post.n), wish, int(uow.scalar(_COUNTED, of_post=post_id)))


def _change(uow: Write, viewer: Viewer, voice: Voice, mark: dict[str, bytes], *, counted: int | None) -> None:
    """Make the mark, or take it back, and with it what it did for whoever wrote the words."""
    if counted is None:
        uow.insert(REACTION, post=mark["of_post"], rnull=mark["mine"], counted=0)
        if trust.vote(uow, viewer, voice):
            uow.run(_COUNTS, **mark)
        return
    uow.run(_UNMARK, **mark)
    if counted:
        trust.take_back(uow, viewer, voice)


def _voice(cid: bytes, post: PostFacts) -> Voice:
    """Whom it helps: the persona, or the unnamed voice in the thread where it spoke."""
    if post.pid is not None:
        return Voice(post.pid, b"", cid)
    return Voice(post.tok or b"", post.home_tid, cid)


def _mark_of(viewer: Viewer, post_id: bytes) -> bytes:
    """Nobody can list what somebody found helpful: her mark on each post is unlike every other."""
    if viewer.work is None:
        raise NotFound
    return viewer.work.nullifier(b"react", post_id)
