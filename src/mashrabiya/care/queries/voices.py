"""Whether a colleague would like to talk: asked with what waits at a desk, so that no question more is asked for it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import LargeBinary, bindparam, func, select

from mashrabiya.care import rules
from mashrabiya.care.queries.parts import constant
from mashrabiya.care.tables import ROOM_LINE
from mashrabiya.kernel.viewer import Viewer

_OWN = [f"voice{back}" for back in range(rules.WEEKS_BACK)]


def wished_by_others() -> Any:
    """How many wishes wait in that room that are not the viewer's own."""
    return (
        select(func.count())
        .where(
            ROOM_LINE.c.cid == bindparam("cid", type_=LargeBinary),
            ROOM_LINE.c.waits == constant(1),
            ROOM_LINE.c.by.not_in([bindparam(name, type_=LargeBinary) for name in _OWN]),
        )
        .scalar_subquery()
        .label("wished")
    )


def own_voices(viewer: Viewer, cid: bytes) -> dict[str, bytes]:
    """The values for what her own lines keep of her."""
    return dict(zip(_OWN, rules.own_voices(viewer, cid), strict=True))
