"""Pictures one at a time. To fetch is to authorise: a picture is read where its post is."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.communities import queries as community_queries
from mashrabiya.discussions import rules
from mashrabiya.discussions.queries.parts import MAY_READ, PLACED, STANDING
from mashrabiya.discussions.tables import PICTURE, POST, THREAD
from mashrabiya.discussions.types import PictureRow, PostState
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Read, Statement


class _Hung(Struct, frozen=True):
    """A picture's post, as far as its author can be told from it."""

    state: int
    home_tid: bytes
    pid: bytes | None
    tok: bytes | None


_ROW = (PICTURE.c.post, PICTURE.c.place, PICTURE.c.name, PICTURE.c.alt, PICTURE.c.width, PICTURE.c.height)
_HUNG = Statement(
    select(STANDING, POST.c.home_tid, POST.c.pid, POST.c.tok)
    .select_from(
        PLACED.join(POST, POST.c.tid == THREAD.c.id)
        .join(PICTURE, PICTURE.c.post == POST.c.id)
        .outerjoin(PERSONA, PERSONA.c.id == POST.c.pid)
    )
    .where(PICTURE.c.name == bindparam("name", type_=LargeBinary), MAY_READ),
    into=_Hung,
)
_OF_POST = Statement(
    select(*_ROW).where(PICTURE.c.post == bindparam("post", type_=LargeBinary)).order_by(PICTURE.c.place),
    into=PictureRow,
)


def authorise_picture(db: Read, viewer: Viewer, name: bytes) -> None:
    """Nothing where the viewer reads the post it stands in; what a care team withheld, its author alone."""
    found: Any = db.first(_HUNG, name=name, **community_queries.sight(viewer))
    if found is None:
        raise NotFound
    if found.state != PostState.SHOWN and not rules.is_author(viewer, found):
        raise NotFound


def pictures_of(db: Read, post: bytes) -> list[PictureRow]:
    """The pictures of a post. For its author and for the desk, which has asked who may look."""
    return db.all(_OF_POST, post=post)
