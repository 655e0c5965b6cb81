"""How posts stood before they were edited, for whoever may read them."""

from __future__ import annotations

from itertools import pairwise

from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.discussions import rules
from mashrabiya.discussions.queries.mentions import draw_source, names_in
from mashrabiya.discussions.queries.moderation import get_known
from mashrabiya.discussions.tables import VERSION
from mashrabiya.discussions.types import History, Judged, Kept, Wording
from mashrabiya.discussions.types.mentions import Names
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement
from mashrabiya.safety.queries import reach_of

_EARLIER = Statement(
    select(VERSION.c.v, VERSION.c.day, VERSION.c.notes, VERSION.c.lang, VERSION.c.title, VERSION.c.body)
    .where(VERSION.c.post == bindparam("post", type_=LargeBinary))
    .order_by(VERSION.c.v.desc()),
    into=Kept,
)


def history(db: Read, viewer: Viewer, tid: bytes, number: int) -> History:
    """A post that the viewer may read, with its earlier wordings, names drawn as they are now."""
    thread, post = get_known(db, viewer, tid, number)
    rules.may_read_wordings(viewer, thread.community, post).or_raise()
    return History(thread, post, wordings_of(db, viewer, post), rules.may_purge(viewer, post).allowed)


def wordings_of(db: Read, viewer: Viewer, post: Judged) -> list[Wording]:
    """The earlier wordings of a post, the newest first. For the desk, too, which has asked who may look."""
    kept = db.all(_EARLIER, post=post.id)
    now = Kept(0, 0, post.notes, post.lang, post.title if post.n == 1 else "", post.source)
    texts = [now, *kept]
    names = names_in(db, post.cid, [one.body for one in texts]) if kept else {}
    return [_wording(viewer, post, names, kept=before, after=after) for after, before in pairwise(texts)]


def _wording(viewer: Viewer, post: Judged, names: Names, *, kept: Kept, after: Kept) -> Wording:
    old, new = draw_source(kept.body, names), draw_source(after.body, names)
    # As a reply it had no title, and goes back to having none.
    titles = (kept.title or after.title, after.title) if post.n == 1 else ("", "")
    title = rules.pieces(*titles)[0]
    # Both stand on the page together: what folds one of them folds this.
    text = f"{kept.title}\n{old}\n{after.title}\n{new}"
    notes = post.notes | kept.notes | after.notes
    fold = rules.fold_of_wording(viewer, post, notes, text, reach=reach_of(viewer))
    return Wording(kept.v, kept.day, kept.lang, title, rules.pieces(old, new), fold)
