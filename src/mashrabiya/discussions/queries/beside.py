"""What stands beside the posts of a page: pictures, whom they mention, which of them helped this reader, and how they were translated.

Most pages have nothing of it, and ask for nothing. One that has all of it asks once.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import LargeBinary, Select, and_, bindparam, literal_column, null, or_, select, union_all

from mashrabiya.discussions.queries.mentions import MENTIONED, asked_for, mentioned
from mashrabiya.discussions.queries.parts import NO
from mashrabiya.discussions.queries.translations import TRANSLATED, WIDER, around, reader_of
from mashrabiya.discussions.tables import PICTURE, REACTION
from mashrabiya.discussions.types import PAGE, PictureRow, PostRow, TranslationRow
from mashrabiya.discussions.types.mentions import Names
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement

Pictures = dict[int, list[PictureRow]]

_NAMED, _WIDTH = -1, len(PictureRow.__struct_fields__)
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


class Beside(NamedTuple):
    """The numbers of the posts that helped this person, the pictures of each in their order, who is mentioned,
    and the translations of them all.
    """

    marked: frozenset[int]
    pictures: Pictures
    names: Names
    translated: list[TranslationRow]


_NOTHING = Beside(frozenset(), {}, {}, [])


@cache
def _asking(pictures: bool, marked: bool, mentioned: bool, translated: bool) -> Statement[Any]:
    parts = [
        part for part, needed in ((_PICTURES, pictures), (_MARKED, marked), (MENTIONED, mentioned)) if needed
    ]
    if translated:
        # They come first: what the others lack is of their kind then.
        wide = union_all(TRANSLATED, *(part.add_columns(*WIDER) for part in parts))
        return Statement(wide if parts else TRANSLATED, into=_row)
    return Statement(union_all(*parts) if len(parts) > 1 else parts[0], into=PictureRow)


def _row(*row: Any) -> PictureRow | TranslationRow:
    """A translation by its number, below all others; else the columns that the others have."""
    return TranslationRow(*row) if row[1] < _NAMED else PictureRow(*row[:_WIDTH])


def beside(
    db: Read, viewer: Viewer, place: tuple[bytes, bytes], posts: list[PostRow], *, mentioning: list[str]
) -> Beside:
    """What stands beside these posts, and whom those of their texts mention that mention anybody.

    ``place`` is the thread and its community. A name has a place before the first, a mark none, a picture its own.
    """
    tid, cid = place
    beside = [post.n for post in posts if post.is_translated]
    marks = _marks(viewer, [post for post in posts if post.helped and not post.mine])
    hung = _hung([post.id for post in posts if post.pictured])
    people = asked_for(mentioning) if mentioning else {}
    if not (marks or hung or people or beside):
        return _NOTHING
    numbers = {post.id: post.n for post in posts}
    pictures: Pictures = {}
    marked, names = set(), {}
    statement = _asking(bool(hung), bool(marks), bool(people), bool(beside))
    reads = {**around(beside), **reader_of(viewer), "tid": tid} if beside else {}
    found = db.all(statement, cid=cid, **marks, **hung, **people, **reads)
    translated = [row for row in found if isinstance(row, TranslationRow)]
    for row in sorted((row for row in found if isinstance(row, PictureRow)), key=lambda row: row.place):
        if row.place < 0:
            person, who = mentioned(row.post, row.alt)
            names[person] = who
        elif row.place:
            pictures.setdefault(numbers[bytes(row.post)], []).append(row)
        else:
            marked.add(numbers[bytes(row.post)])
    return Beside(frozenset(marked), pictures, names, translated)


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
