"""What a care team does to a post. Who may decide so, and why, is care's matter.

A held, hidden or removed post has no HTML, so that no page, list or feed can show it;
its source stays until the decision can be undone no longer. The first post keeps
the title as the first line of its source: a title is one line, and the thread
shows none meanwhile.
"""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, bindparam, func, literal_column, update

from mashrabiya.discussions.commands.endings import RETITLE, UNNEED, grant_wishes, let_translations_go
from mashrabiya.discussions.commands.pictures import take_down
from mashrabiya.discussions.commands.polls import drop_poll
from mashrabiya.discussions.commands.versions import forget_versions
from mashrabiya.discussions.events import PostNoted, PostRestored, PostWithheld
from mashrabiya.discussions.queries import moderation as queries
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.types import EXCERPT_LIMIT, Judged, PostState
from mashrabiya.kernel.content import ALL_NOTES
from mashrabiya.platform import markdown
from mashrabiya.platform.db import Statement, Write

_STAND: Statement[None] = Statement(
    update(POST)
    .where(POST.c.id == bindparam("post", type_=LargeBinary))
    .values(state=bindparam("new_state"), html=bindparam("new_html"), body=bindparam("new_body"))
)

_KEPT = func.coalesce(POST.c.noted, literal_column("0"))
_NOTE: Statement[None] = Statement(
    update(POST)
    .where(POST.c.id == bindparam("post", type_=LargeBinary))
    .values(
        notes=bindparam("new_notes", type_=Integer),
        noted=_KEPT.bitwise_or(bindparam("added", type_=Integer)).bitwise_and(
            bindparam("others", type_=Integer)
        ),
    )
)
_LEAVE_TO_HER: Statement[None] = Statement(
    update(POST)
    .where(POST.c.id == bindparam("post", type_=LargeBinary))
    .values(noted=_KEPT.bitwise_and(bindparam("others", type_=Integer)))
)
_NOTE_THREAD: Statement[None] = Statement(
    update(THREAD)
    .where(THREAD.c.id == bindparam("tid", type_=LargeBinary))
    .values(notes=bindparam("new_notes", type_=Integer))
)


def hold(uow: Write, post: bytes) -> bool:
    """Keep it back until it is decided on: its author alone sees it, and may change it; False when there is nothing to keep."""
    return _withhold(uow, post, PostState.HELD)


def hide(uow: Write, post: bytes) -> bool:
    """Show it to its author alone while it is looked at; False when there is nothing to hide."""
    return _withhold(uow, post, PostState.HIDDEN)


def remove(uow: Write, post: bytes) -> bool:
    """Take it away; False when there is nothing to take."""
    return _withhold(uow, post, PostState.REMOVED)


def restore(uow: Write, post: bytes) -> bool:
    """Show it again to those who could read it before, as it was; False when its text is gone."""
    found = queries.find_judged(uow, post)
    if found is None or not found.is_withheld or not found.body:
        return False
    if found.n == 1:
        excerpt = markdown.excerpt(found.source, EXCERPT_LIMIT)
        uow.run(RETITLE, tid=found.tid, new_title=found.title, new_excerpt=excerpt)
    html = markdown.render(found.source, links=bool(found.links))
    _stand(uow, post, PostState.SHOWN, html=html, body=found.source)
    if found.original:
        grant_wishes(uow, found.tid, found.original, found.lang)
    uow.record(PostRestored(found.tid, post))
    return True


def note(uow: Write, post: bytes, notes: int) -> int:
    """Set content notes on it, which its author's edits leave; answers those that it did not carry yet."""
    found = queries.find_judged(uow, post)
    added = int(notes & ALL_NOTES & ~found.notes) if found is not None and found.is_shown else 0
    if found is not None and added:
        _carry(uow, found, found.notes | added, added=added)
    return added


def unnote(uow: Write, post: bytes, notes: int) -> None:
    """Take these content notes away again; its author's own stay."""
    found = queries.find_judged(uow, post)
    if found is not None:
        _carry(uow, found, found.notes & ~notes, gone=notes)


def leave_notes(uow: Write, post: bytes, notes: int) -> int:
    """These content notes stay, and are its author's own from now on."""
    return uow.run(_LEAVE_TO_HER, post=post, others=int(ALL_NOTES) & ~notes)


def _carry(uow: Write, post: Judged, notes: int, *, added: int = 0, gone: int = 0) -> None:
    uow.run(_NOTE, post=post.id, new_notes=notes, added=added, others=int(ALL_NOTES) & ~gone)
    if post.n == 1:
        uow.run(_NOTE_THREAD, tid=post.tid, new_notes=notes)
    uow.record(PostNoted(post.tid, post.id))


def blank(uow: Write, post: bytes) -> bool:
    """Let text, earlier wordings and pictures of a removed post go for good; False when it is not removed, or gone already."""
    found = queries.find_judged(uow, post)
    if found is None or found.state != PostState.REMOVED or not found.body:
        return False
    _stand(uow, post, PostState.REMOVED, html="", body="")
    take_down(uow, post)
    forget_versions(uow, post)
    if found.n > 0:
        let_translations_go(uow, found.tid, found.n)
    if found.n == 1:
        drop_poll(uow, found.tid)
    return True


def _withhold(uow: Write, post: bytes, state: PostState) -> bool:
    found = queries.find_judged(uow, post)
    if found is None or found.state in {PostState.DELETED, state} or not found.body:
        return False
    body = found.body
    if found.n == 1 and not found.is_withheld:
        body = f"{found.title}\n{body}"
        uow.run(RETITLE, tid=found.tid, new_title="", new_excerpt="")
    uow.run(UNNEED, tid=found.tid, at=found.n)
    _stand(uow, post, state, html="", body=body)
    uow.record(PostWithheld(found.tid, post))
    return True


def _stand(uow: Write, post: bytes, state: PostState, *, html: str, body: str) -> None:
    uow.run(_STAND, post=post, new_state=int(state), new_html=html, new_body=body)
