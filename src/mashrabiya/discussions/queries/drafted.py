"""Where drafts would be gone on with, as far as their person may read and write there now."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import LargeBinary, and_, bindparam, literal_column, or_, select

from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.tables import COMMUNITY
from mashrabiya.communities.types import PlaceState
from mashrabiya.discussions.queries.parts import MAY_READ, PLACED, TITLE
from mashrabiya.discussions.tables import THREAD
from mashrabiya.kernel.ids import show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.types import DRAFTS
from mashrabiya.platform.db import Read, Statement

IN_COMMUNITY, IN_THREAD = b"c", b"t"
"""With what the place of a draft begins: then the id of the community, or of the thread, follows."""

_IDS = [f"place{number}" for number in range(DRAFTS)]
_ASKED = [bindparam(name, type_=LargeBinary) for name in _IDS]
_OPEN = COMMUNITY.c.state == literal_column(str(int(PlaceState.OPEN)))


class _Place(Struct, frozen=True):
    id: bytes
    name: str
    title: str


class DraftPlace(Struct, frozen=True):
    """Where a draft is gone on with: the community, and the thread where it answers in one."""

    path: str
    at: str
    community: str
    title: str


_BELONGS = or_(community_queries.belongs(COMMUNITY.c.id), community_queries.kin_reads(COMMUNITY.c.id))
_COMMUNITIES = Statement(
    select(COMMUNITY.c.id, community_queries.NAME.label("name"), literal_column("''").label("title")).where(
        COMMUNITY.c.id.in_(_ASKED), _OPEN, _BELONGS
    ),
    into=_Place,
)
_THREADS = Statement(
    select(THREAD.c.id, community_queries.NAME.label("name"), TITLE.label("title"))
    .select_from(PLACED)
    .where(and_(THREAD.c.id.in_(_ASKED), MAY_READ)),
    into=_Place,
)


def places_of_drafts(db: Read, viewer: Viewer, whats: Sequence[bytes]) -> dict[bytes, DraftPlace]:
    """Those of these places where the person of the persona in use can go on.

    Always as many ids are asked for: no statement tells how many drafts somebody has.
    """
    found: dict[bytes, DraftPlace] = {}
    for kind, asked in ((IN_COMMUNITY, _COMMUNITIES), (IN_THREAD, _THREADS)):
        ids = [what[1:] for what in whats if what[:1] == kind]
        values = dict(zip(_IDS, (*ids, *[b""] * DRAFTS), strict=False))
        for place in db.all(asked, **values, **community_queries.sight(viewer)):
            found[kind + place.id] = _shown(kind, place)
    return found


def _shown(kind: bytes, place: _Place) -> DraftPlace:
    if kind == IN_COMMUNITY:
        return DraftPlace(f"/c/{show_id(place.id)}/t", "", place.name, "")
    return DraftPlace(f"/t/{show_id(place.id)}", "#write", place.name, place.title)
