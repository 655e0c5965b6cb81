"""What somebody keeps of her notices."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import LargeBinary, bindparam, literal_column, select, union_all

from mashrabiya.communities import queries as communities
from mashrabiya.communities.queries import NAME, visible
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.discussions.queries.parts import MAY_READ, PLACED, TITLE
from mashrabiya.discussions.tables import THREAD
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.notifications.seen import NOTHING, Seen, SeenKeys
from mashrabiya.notifications.tables import SEEN
from mashrabiya.notifications.types import MOST_MUTED
from mashrabiya.platform.db import Read, Statement

_ROW: Statement[None] = Statement(
    select(SEEN.c.blob, SEEN.c.until_q).where(SEEN.c.tag == bindparam("tag", type_=LargeBinary))
)
_TIDS = [f"tid{number}" for number in range(MOST_MUTED)]
_CIDS = [f"cid{number}" for number in range(MOST_MUTED)]
_MUTED: Statement[None] = Statement(
    union_all(
        select(literal_column("1"), THREAD.c.id, TITLE)
        .select_from(PLACED)
        .where(THREAD.c.id.in_([bindparam(name, type_=LargeBinary) for name in _TIDS]), MAY_READ),
        select(literal_column("2"), COMMUNITY.c.id, NAME).where(
            COMMUNITY.c.id.in_([bindparam(name, type_=LargeBinary) for name in _CIDS]),
            visible(COMMUNITY.c.audience, cid=COMMUNITY.c.id),
        ),
    )
)


def find_seen(db: Read, viewer: Viewer) -> Seen:
    """What she keeps now; nothing where she has kept nothing yet."""
    if viewer.work is None:
        return NOTHING
    keys = SeenKeys.of(viewer.work)
    found = db.tuples(_ROW, tag=keys.tag)
    return keys.open(bytes(found[0][0])) if found else NOTHING


def renewal(db: Read, viewer: Viewer) -> int:
    """The quarter until which her row should be kept, where it would go too early; else nought."""
    if viewer.work is None:
        return 0
    keys = SeenKeys.of(viewer.work)
    found = db.tuples(_ROW, tag=keys.tag)
    return keys.until() if found and found[0][1] < keys.until() else 0


def muted(db: Read, viewer: Viewer, seen: Seen) -> tuple[list[tuple[bytes, str]], list[tuple[bytes, str]]]:
    """The threads and places she wants no notices of, with their names as far as she may know them."""
    found = db.tuples(
        _MUTED,
        **_filled(_TIDS, seen.threads),
        **_filled(_CIDS, seen.places),
        **communities.sight(viewer),
    )
    titles = {bytes(which): str(name) for kind, which, name in found if kind == 1}
    names = {bytes(which): str(name) for kind, which, name in found if kind == 2}
    return (
        [(tid, titles.get(tid, "")) for tid in seen.threads],
        [(cid, names.get(cid, "")) for cid in seen.places],
    )


def _filled(names: Sequence[str], ids: Sequence[bytes]) -> dict[str, bytes]:
    return dict(zip(names, (*ids, *[b""] * len(names)), strict=False))
