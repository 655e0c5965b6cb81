"""Pictures come with their post and go with it. Their files follow the fact."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Integer, LargeBinary, bindparam, delete, select, update

from mashrabiya.discussions import queries
from mashrabiya.discussions.events import PictureGone
from mashrabiya.discussions.tables import PICTURE, POST
from mashrabiya.discussions.types import NewPicture, PictureRow, PlaceChange
from mashrabiya.platform.db import Statement, Write

_OF_POST = PICTURE.c.post == bindparam("post", type_=LargeBinary)
_OF_THREAD = PICTURE.c.post.in_(select(POST.c.id).where(POST.c.tid == bindparam("tid", type_=LargeBinary)))

_NAMED: Statement[None] = Statement(select(PICTURE.c.name).where(_OF_POST))
_NAMED_IN: Statement[None] = Statement(select(PICTURE.c.name).where(_OF_THREAD))
_DROP: Statement[None] = Statement(delete(PICTURE).where(_OF_POST))
_AT = PICTURE.c.place == bindparam("at", type_=Integer)
_DROP_ONE: Statement[None] = Statement(delete(PICTURE).where(_OF_POST, _AT))
_DESCRIBE: Statement[None] = Statement(update(PICTURE).where(_OF_POST, _AT).values(alt=bindparam("new_alt")))
_DROP_IN: Statement[None] = Statement(delete(PICTURE).where(_OF_THREAD))


def hang(uow: Write, post: bytes, pictures: Sequence[NewPicture]) -> None:
    """Put these pictures into a post, in their order."""
    for place, picture in enumerate(pictures, 1):
        _hang_at(uow, post, place, picture)


def _hang_at(uow: Write, post: bytes, place: int, picture: NewPicture) -> None:
    uow.insert(
        PICTURE,
        post=post,
        place=place,
        name=picture.name,
        alt=picture.alt,
        width=picture.width,
        height=picture.height,
    )


def rehang(uow: Write, post: bytes, changes: Sequence[PlaceChange], pictures: Sequence[NewPicture]) -> None:
    """Describe, take down and put up, place by place. A place that has changed since the form was made stays.

    So the same form sent twice puts up a picture once, and a picture of another form is not taken for its own.
    """
    standing = {row.place: row for row in queries.pictures_of(uow, post)}
    fresh = {picture.place: picture for picture in pictures}
    for change in changes:
        _change(uow, post, change, old=standing.get(change.place), new=fresh.get(change.place))


def _change(
    uow: Write, post: bytes, change: PlaceChange, *, old: PictureRow | None, new: NewPicture | None
) -> None:
    if change.was != (old.name if old else b""):
        return
    if old and (new or change.drop):
        uow.run(_DROP_ONE, post=post, at=change.place)
        uow.record(PictureGone(old.name))
    elif old and change.alt != old.alt:
        uow.run(_DESCRIBE, post=post, at=change.place, new_alt=change.alt)
    if new:
        _hang_at(uow, post, change.place, new)


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
