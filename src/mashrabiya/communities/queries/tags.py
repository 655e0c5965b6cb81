"""Finding a tag across communities: through those whose door the viewer may see, and through no other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

from msgspec import Struct
from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.communities.queries.places import FINDS, sight, visible
from mashrabiya.communities.tables import COMMUNITY, TAG_NAME
from mashrabiya.communities.types.tags import PlaceTag, keys_in, read_tags
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries.private import MOST_TAGS
from mashrabiya.platform.db import Read, Statement

_ROOM = 2 * MOST_TAGS
_NAMES = [f"key{number}" for number in range(_ROOM)]
_KEYS = [bindparam(name, type_=LargeBinary) for name in _NAMES]

OFFERED = TAG_NAME.join(COMMUNITY, COMMUNITY.c.id == TAG_NAME.c.cid)
HAS_KEY = TAG_NAME.c.key.in_(_KEYS)
READS_HERE = (visible(COMMUNITY.c.audience, cid=COMMUNITY.c.id), FINDS)
"""What stands in the place may be read by the viewer, and lists tell her of it."""


class _Named(Struct, frozen=True):
    """A tag as one place offers it."""

    kept: str
    n: int

    @property
    def tag(self) -> PlaceTag | None:
        return next((tag for tag in read_tags(self.kept) if tag.n == self.n), None)


_OFFERED = Statement(
    select(COMMUNITY.c.tags, TAG_NAME.c.n)
    .select_from(OFFERED)
    .where(HAS_KEY, *READS_HERE)
    .order_by(COMMUNITY.c.id, TAG_NAME.c.n)
    .limit(bindparam("limit")),
    into=_Named,
)
_LOOKED_AT = 60


def key_values(refs: Sequence[bytes]) -> dict[str, Any]:
    """Values for ``HAS_KEY``: always as many, so that no statement tells how much somebody follows."""
    keys = sorted(frozenset().union(*map(keys_in, refs)))[:_ROOM]
    return dict(zip(_NAMES, [*keys, *[b"-"] * (_ROOM - len(keys))], strict=True))


def offered_tags(db: Read, viewer: Viewer, refs: Sequence[bytes]) -> dict[bytes, PlaceTag]:
    """These tags as a place calls them that the viewer may read; those that none has are left out."""
    if not refs:
        return {}
    found = db.all(_OFFERED, limit=_LOOKED_AT, **key_values(refs), **sight(viewer))
    tags = [tag for row in found if (tag := row.tag) is not None]
    named = {ref: reduce(_better, (tag for tag in tags if tag.keys & keys_in(ref)), None) for ref in refs}
    return {ref: tag for ref, tag in named.items() if tag is not None}


def _better(one: PlaceTag | None, other: PlaceTag) -> PlaceTag:
    """The first that has a name in both languages, else the first."""
    return other if one is None or (not (one.ar and one.en) and other.ar and other.en) else one
