"""What stands beside the posts of a page: pictures, whom they mention, which of them helped this reader, how they
were translated, and to and from which threads some of them went.

Most pages have nothing of it, and ask for nothing. One that has all of it asks once.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    LargeBinary,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    null,
    or_,
    select,
    union_all,
)

from mashrabiya.communities.queries import sight
from mashrabiya.discussions.queries.mentions import MENTIONED, asked_for, mentioned
from mashrabiya.discussions.queries.parts import MAY_READ, NO, PLACED, TID, TITLE, constant
from mashrabiya.discussions.queries.translations import TRANSLATED, WIDER, around, reader_of
from mashrabiya.discussions.tables import PARTED, PICTURE, POST, REACTION, THREAD
from mashrabiya.discussions.types import PAGE, Neighbour, PictureRow, PostRow, ThreadFacts, TranslationRow
from mashrabiya.discussions.types.mentions import Names
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement

Pictures = dict[int, list[PictureRow]]

_HOME_PLACE, _LEAST, _WIDTH = -2, -3, len(PictureRow.__struct_fields__)
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


_HOME, _WENT = constant(_HOME_PLACE), constant(_LEAST)
# As one list: of two conditions, either of which may hold, PostgreSQL reads every thread.
_WRITTEN = union_all(
    select(bindparam("began", type_=LargeBinary)),
    select(POST.c.home_tid).where(POST.c.tid == TID, POST.c.home_tid != TID),
)
# Threads in which something of this one was written, and those to which something of it went: for whoever reads there.
_HOMES = select(THREAD.c.id, _HOME, null(), TITLE, NO, NO).select_from(PLACED)
_HOMES = _HOMES.where(THREAD.c.id.in_(_WRITTEN), MAY_READ)
_GONE = (
    select(POST.c.tid, func.count().label("many"))
    .join(PARTED, PARTED.c.post == POST.c.id)
    .where(PARTED.c.tid == TID, POST.c.tid != TID)
    .group_by(POST.c.tid)
    .subquery("gone")
)
_THREADS = PLACED.join(_GONE, _GONE.c.tid == THREAD.c.id)
_GOING = select(THREAD.c.id, _WENT, null(), TITLE, _GONE.c.many, NO).select_from(_THREADS).where(MAY_READ)


class Beside(NamedTuple):
    """The numbers of the posts that helped this person, the pictures of each in their order, who is mentioned,
    and the translations of them all. Then in which threads something of this one was written, and where something
    of it went.
    """

    marked: frozenset[int]
    pictures: Pictures
    names: Names
    translated: list[TranslationRow]
    homes: dict[bytes, Neighbour]
    went: tuple[Neighbour, ...]


_NOTHING = Beside(frozenset(), {}, {}, [], {}, ())


@cache
def _asking(
    pictures: bool, marked: bool, mentioned: bool, *, mixed: bool, translated: bool
) -> Statement[Any]:
    asked = (
        (pictures, _PICTURES),
        (marked, _MARKED),
        (mentioned, MENTIONED),
        (mixed, _HOMES),
        (mixed, _GOING),
    )
    parts = [part for needed, part in asked if needed]
    if translated:
        # They come first: what the others lack is of their kind then.
        wide = union_all(TRANSLATED, *(part.add_columns(*WIDER) for part in parts))
        return Statement(wide if parts else TRANSLATED, into=_row)
    return Statement(union_all(*parts) if len(parts) > 1 else parts[0], into=PictureRow)


def _row(*row: Any) -> PictureRow | TranslationRow:
    """A translation by its number, below all others; else the columns that the others have."""
    return TranslationRow(*row) if row[1] < _LEAST else PictureRow(*row[:_WIDTH])


def beside(
    db: Read, viewer: Viewer, thread: ThreadFacts, posts: list[PostRow], *, mentioning: list[str]
) -> Beside:
    """What stands beside these posts, and whom those of their texts mention that mention anybody.

    A name has a place before the first, a mark none, a picture its own.
    """
    marks = _marks(viewer, [post for post in posts if post.helped and not post.mine])
    hung = _hung([post.id for post in posts if post.pictured])
    people = asked_for(mentioning) if mentioning else {}
    mixed = _mixed(viewer, thread) if thread.is_mixed else {}
    translated = [post.n for post in posts if post.is_translated]
    if not (marks or hung or people or mixed or translated):
        return _NOTHING
    statement = _asking(bool(hung), bool(marks), bool(people), mixed=bool(mixed), translated=bool(translated))
    reads = {**around(translated), **reader_of(viewer), "tid": thread.id} if translated else {}
    found = db.all(statement, cid=thread.community.id, **marks, **hung, **people, **{**mixed, **reads})
    others = sorted((row for row in found if isinstance(row, PictureRow)), key=lambda row: row.place)
    return _sorted_out(others, {post.id: post.n for post in posts})._replace(
        translated=[row for row in found if isinstance(row, TranslationRow)]
    )


def _sorted_out(rows: list[PictureRow], numbers: dict[bytes, int]) -> Beside:
    """What each row says, by its place."""
    pictures: Pictures = {}
    marked, names, homes, went = set(), {}, {}, []
    for row in rows:
        if row.place == _HOME_PLACE:
            homes[row.post] = Neighbour(row.post, row.alt)
        elif row.place < _HOME_PLACE:
            went.append(Neighbour(row.post, row.alt, row.width))
        elif row.place < 0:
            person, who = mentioned(row.post, row.alt)
            names[person] = who
        elif row.place:
            pictures.setdefault(numbers[bytes(row.post)], []).append(row)
        else:
            marked.add(numbers[bytes(row.post)])
    return Beside(frozenset(marked), pictures, names, [], homes, tuple(went))


def _mixed(viewer: Viewer, thread: ThreadFacts) -> dict[str, Any]:
    return {"tid": thread.id, "began": thread.began or b"", **sight(viewer)}


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
