"""What stands beside the posts of a page: their pictures, and which of them helped this reader.

Most pages have neither, and ask for nothing. One that has both asks once.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import LargeBinary, Select, and_, bindparam, literal_column, null, or_, select, union_all

from mashrabiya.discussions.queries.parts import NO
from mashrabiya.discussions.tables import PICTURE, REACTION
from mashrabiya.discussions.types import PAGE, PictureRow, PostRow
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement

Pictures = dict[int, list[PictureRow]]

_PLACES = range(PAGE)
_POSTS = [bindparam(f"post{place}", type_=LargeBinary) for place in _PLACES]
_PICTURES = select(
    PICTURE.c.post, PICTURE.c.place, PICTURE.c.name, PICTURE.c.alt, PICTURE.c.width, PICTURE.c.height
).where(PICTURE.c.post.in_([bindparam(f"pictured{place}", type_=LargeBinary) for place in _PLACES]))
_MARKED: Select[Any] = select(REACTION.c.post, NO, null(), literal_column("''"), NO, NO).where(
    or_(
        *(
            and_(
                REACTION.c.post == _POSTS[place],
                REACTION.c.rnull == bindparam(f"rnull{place}", type_=LargeBinary),
            )
            for place in _PLACES
        )
    )
)
_ONLY_PICTURES = Statement(_PICTURES, into=PictureRow)
_ONLY_MARKED = Statement(_MARKED, into=PictureRow)
_BOTH = Statement(union_all(_PICTURES, _MARKED), into=PictureRow)


def beside(db: Read, viewer: Viewer, posts: list[PostRow]) -> tuple[frozenset[int], Pictures]:
    """The numbers of those posts that helped this person, and the pictures of each, in their order."""
    numbers = {post.id: post.n for post in posts}
    marks = _marks(viewer, [post for post in posts if post.helped and not post.mine])
    hung = _hung([post.id for post in posts if post.pictured])
    if not (marks or hung):
        return frozenset(), {}
    statement = _BOTH if marks and hung else _ONLY_MARKED if marks else _ONLY_PICTURES
    found = db.all(statement, **marks, **hung)
    pictures: Pictures = {}
    for row in sorted((row for row in found if row.place), key=lambda row: row.place):
        pictures.setdefault(numbers[bytes(row.post)], []).append(row)
    return frozenset(numbers[bytes(row.post)] for row in found if not row.place), pictures


def _marks(viewer: Viewer, asked: list[PostRow]) -> dict[str, bytes]:
    """Asked only of such posts as helped anybody, by what only this person can tell."""
    if viewer.work is None or not asked:
        return {}
    values: dict[str, bytes] = {}
    for place, post in enumerate([*(post.id for post in asked), *[b""] * (PAGE - len(asked))]):
        values[f"post{place}"] = post
        values[f"rnull{place}"] = viewer.work.nullifier(b"react", post) if post else b""
    return values


def _hung(pictured: list[bytes]) -> dict[str, bytes]:
    if not pictured:
        return {}
    return {f"pictured{n}": post for n, post in enumerate([*pictured, *[b""] * (PAGE - len(pictured))])}
