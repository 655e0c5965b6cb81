"""One experience by its id, and those of one teller, who is recognised in her own session alone."""

from __future__ import annotations

from hmac import compare_digest

from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.kernel.cursors import Cursor
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.keys import Work, mac
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.stories import rules
from mashrabiya.library.stories.queries.parts import ALL, BATCH, BEGINNING, BEHIND, ID, LINE, THERE, constant
from mashrabiya.library.stories.tables import STORY
from mashrabiya.library.stories.types import ID_SIZE, MOST_TRIED, Row
from mashrabiya.platform.db import Read, Statement, sibling_values, sixteen

_ONE = Statement(ALL.where(STORY.c.id == ID, THERE), into=Row)
_JUDGED = Statement(ALL.where(STORY.c.id == ID), into=Row)
_MINE_NAMED = Statement(
    ALL.where(STORY.c.pid == bindparam("pid", type_=LargeBinary)).limit(constant(MOST_TRIED)), into=Row
)
_OF_ALL_NAMES = Statement(ALL.where(STORY.c.pid.in_(sixteen("one"))).limit(constant(MOST_TRIED)), into=Row)
_MINE_UNNAMED = Statement(ALL.where(STORY.c.id.in_(sixteen("one"))), into=Row)
_NAMED_ONES = Statement(
    ALL.where(STORY.c.pid == bindparam("pid", type_=LargeBinary), BEHIND)
    .order_by(*LINE)
    .limit(constant(BATCH)),
    into=Row,
)
_UNNAMED: Statement[None] = Statement(
    select(STORY.c.id, STORY.c.tok)
    .where(STORY.c.tok.is_not(None))
    .order_by(*LINE)
    .limit(constant(MOST_TRIED))
)
_OF_PERSONA: Statement[None] = Statement(
    select(STORY.c.id).where(STORY.c.pid == bindparam("pid", type_=LargeBinary)).limit(constant(BATCH))
)


def get_story(db: Read, viewer: Viewer, story: bytes) -> Row:
    """The experience, if this viewer may read it, or not found; its teller finds it in whatever state."""
    found = db.first(_ONE, id=story)
    if found is None or not rules.may_read(viewer, found):
        raise NotFound
    return found


def get_own(db: Read, viewer: Viewer, story: bytes) -> Row:
    """One of hers, by the persona in use or unnamed, or not found."""
    found = db.first(_JUDGED, id=story)
    if found is None or not rules.is_teller(viewer, found):
        raise NotFound
    return found


def find_judged(db: Read, story: bytes) -> Row | None:
    """It, in whatever state. For the care team, which has asked who may look."""
    return db.first(_JUDGED, id=story)


def mine(db: Read, viewer: Viewer) -> list[Row]:
    """Hers: by the persona in use, and unnamed ones, which are recognised by trial in this session alone."""
    named = db.all(_MINE_NAMED, pid=viewer.pid) if viewer.speaks else []
    return _with_unnamed(db, viewer, named)


def all_of_hers(db: Read, viewer: Viewer) -> list[Row]:
    """Hers by any of her names, and unnamed: for somebody who comes back to none of them."""
    return _with_unnamed(
        db, viewer, db.all(_OF_ALL_NAMES, **sibling_values([*viewer.siblings, *[b""] * 16][:16], "one"))
    )


def _with_unnamed(db: Read, viewer: Viewer, named: list[Row]) -> list[Row]:
    if viewer.work is None:
        return []
    own, found = unnamed_ids(db, viewer.work), list(named)
    for at in range(0, len(own), 16):
        some = [*own[at : at + 16], *[b""] * 16][:16]
        found += db.all(_MINE_UNNAMED, **sibling_values(some, "one"))
    return sorted(found, key=lambda row: (row.day, row.id), reverse=True)


def named_ones(db: Read, viewer: Viewer, last: Row | None) -> list[Row]:
    """Some of what the persona in use told by name, in whatever state, behind ``last``: for the copy of what is hers."""
    behind = Cursor(last.day, last.id) if last else BEGINNING
    return db.all(_NAMED_ONES, pid=viewer.pid, after_day=behind.position, after_id=behind.id)


def unnamed_ones(db: Read, viewer: Viewer, ids: list[bytes]) -> list[Row]:
    """Those of sixteen unnamed ones that are hers, in whatever state: for the copy of what is hers."""
    found = db.all(_MINE_UNNAMED, **sibling_values([*ids, *[b""] * 16][:16], "one"))
    return [row for row in found if not row.is_named and rules.is_teller(viewer, row)]


def unnamed_ids(db: Read, work: Work) -> list[bytes]:
    """The ids of all that she told unnamed."""
    key = work.token_key()
    return [
        bytes(story)
        for story, tok in db.tuples(_UNNAMED)
        if compare_digest(mac(key, bytes(story))[:ID_SIZE], bytes(tok))
    ]


def of_persona(db: Read, pid: bytes) -> list[bytes]:
    """Some of what a persona told by name."""
    return [bytes(story) for (story,) in db.tuples(_OF_PERSONA, pid=pid)]
