"""One row of a country, written whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Integer, LargeBinary, Text, bindparam, update

from mashrabiya.kernel import clock
from mashrabiya.library.laws import rules
from mashrabiya.library.laws.events import LawChanged
from mashrabiya.library.laws.tables import LAW
from mashrabiya.library.laws.types import WHOLE, Known
from mashrabiya.platform.db import Statement, Write

_KINDS: Mapping[str, Any] = {
    "name": Text, "cells": LargeBinary, "notes": LargeBinary, "dataset": Text, "licence": Text, "day": Integer,
    "level": Integer, "until_day": Integer,
}  # fmt: skip
_HERE = LAW.c.code == bindparam("here", type_=Text)
_CHANGE: Statement[None] = Statement(
    update(LAW).where(_HERE).values({name: bindparam(name, type_=kind) for name, kind in _KINDS.items()})
)
_ORIGIN: Statement[None] = Statement(
    update(LAW).where(_HERE).values(origin=bindparam("origin", type_=LargeBinary))
)
packed = msgspec.msgpack.Encoder(order="sorted").encode


def save(uow: Write, before: Known | None, after: Known, origin: bytes | None = None) -> int:
    """Write what is known of a country now; answers how many topics are shown otherwise than before.

    Each of them is a fact. Where nothing was known of the country at all, it is one fact of the country as a whole: a
    service may have stood there before.
    """
    today = clock.day()
    shown = rules.facts(after.cells, after.notes, today)
    values: dict[str, Any] = {
        "name": after.name,
        "cells": packed(after.cells),
        "notes": packed(after.notes),
        "dataset": after.dataset,
        "licence": after.licence,
        "day": after.day,
        "level": int(rules.level(shown)),
        "until_day": rules.known_until(after.cells, after.notes, today),
    }
    if before is None:
        uow.insert(LAW, code=after.code, origin=origin or b"", **values)
        known = sum(not fact.is_unknown for fact in shown)
        if known:
            uow.record(LawChanged(after.code, WHOLE))
        return known
    uow.run(_CHANGE, here=after.code, **values)
    if origin is not None:
        uow.run(_ORIGIN, here=after.code, origin=origin)
    earlier = rules.facts(before.cells, before.notes, today)
    changed = [now.topic.id for was, now in zip(earlier, shown, strict=True) if was.value != now.value]
    for topic in changed:
        uow.record(LawChanged(after.code, topic))
    return len(changed)
