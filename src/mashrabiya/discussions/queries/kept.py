"""Where the posts stand that somebody keeps for later, as far as she may read them now."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import LargeBinary, and_, bindparam, select

from mashrabiya.communities import queries as community_queries
from mashrabiya.discussions.queries.parts import MAY_READ, PLACED, STANDS, TITLE
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.types import KeptPost
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries as people
from mashrabiya.people.types import KeptForLater
from mashrabiya.platform.db import Read, Statement

_MOST = 200
_IDS = [f"post{number}" for number in range(_MOST)]
_STANDING = Statement(
    select(POST.c.id, POST.c.tid, POST.c.n, TITLE, THREAD.c.lang, community_queries.NAME)
    .select_from(PLACED.join(POST, and_(POST.c.tid == THREAD.c.id, POST.c.state == STANDS)))
    .where(POST.c.id.in_([bindparam(name, type_=LargeBinary) for name in _IDS]), MAY_READ),
    into=KeptPost,
)


def posts_kept(db: Read, viewer: Viewer, ids: Sequence[bytes]) -> dict[bytes, KeptPost]:
    """Those of these posts, two hundred at most, that the viewer may read, by id.

    Always as many ids are asked for: no statement tells how much somebody keeps.
    """
    asked = dict(zip(_IDS, (*ids, *[b""] * _MOST), strict=False))
    found = db.all(_STANDING, **asked, **community_queries.sight(viewer))
    return {post.id: post for post in found}


def find_kept(db: Read, viewer: Viewer, post: bytes) -> KeptForLater | None:
    """What the persona in use remarked about a post that it keeps; None where it does not keep it."""
    kept, _ = people.kept_for_later(db, viewer)
    return next((one for one in kept if one.what == post), None)
