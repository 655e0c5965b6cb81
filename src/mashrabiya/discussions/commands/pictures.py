"""Pictures come with their post and go with it. Their files follow the fact."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import LargeBinary, bindparam, delete, select

from mashrabiya.discussions.events import PictureGone
from mashrabiya.discussions.tables import PICTURE, POST
from mashrabiya.discussions.types import NewPicture
from mashrabiya.platform.db import Statement, Write

_OF_POST = PICTURE.c.post == bindparam("post", type_=LargeBinary)
_OF_THREAD = PICTURE.c.post.in_(select(POST.c.id).where(POST.c.tid == bindparam("tid", type_=LargeBinary)))

_NAMED: Statement[None] = Statement(select(PICTURE.c.name).where(_OF_POST))
_NAMED_IN: Statement[None] = Statement(select(PICTURE.c.name).where(_OF_THREAD))
_DROP: Statement[None] = Statement(delete(PICTURE).where(_OF_POST))
_DROP_IN: Statement[None] = Statement(delete(PICTURE).where(_OF_THREAD))


def hang(uow: Write, post: bytes, pictures: Sequence[NewPicture]) -> None:
    """Put these pictures into a post, in their order."""
    for place, picture in enumerate(pictures, 1):
        uow.insert(
            PICTURE,
            post=post,
            place=place,
            name=picture.name,
            alt=picture.alt,
            width=picture.width,
            height=picture.height,
        )


def take_down(uow: Write, post: bytes) -> None:
    """The pictures of a post are gone."""
    names = uow.tuples(_NAMED, post=post)
    if names:
        uow.run(_DROP, post=post)
        _tell(uow, names)


def take_down_all(uow: Write, tid: bytes) -> None:
    """The pictures of all posts of a thread are gone."""
    names = uow.tuples(_NAMED_IN, tid=tid)
    if names:
        uow.run(_DROP_IN, tid=tid)
        _tell(uow, names)


def _tell(uow: Write, names: Sequence[tuple[object, ...]]) -> None:
    for (name,) in names:
        assert isinstance(name, (bytes, memoryview))
        uow.record(PictureGone(bytes(name)))
