"""What members say of a service: what they found there, and that something is wrong."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, LargeBinary, bindparam, delete, update

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.services import queries, rules
from mashrabiya.library.services.tables import SERVICE_DOUBT, SERVICE_LIVED
from mashrabiya.library.services.types import (
    ASPECTS,
    LINE_LIMIT,
    LIVED_MONTHS,
    Doubt,
    Lived,
)
from mashrabiya.platform.db import Statement, Write

_MARK, _WHICH = bindparam("mark", type_=LargeBinary), bindparam("which", type_=LargeBinary)
_FORGET: Statement[Any] = Statement(
    delete(SERVICE_LIVED).where(SERVICE_LIVED.c.service == _WHICH, SERVICE_LIVED.c.mark == _MARK)
)
_WITHDRAW: Statement[Any] = Statement(
    delete(SERVICE_DOUBT).where(SERVICE_DOUBT.c.service == _WHICH, SERVICE_DOUBT.c.mark == _MARK)
)
_COUNTED: Statement[Any] = Statement(
    update(SERVICE_LIVED)
    .where(SERVICE_LIVED.c.service == _WHICH)
    .values(fresh=SERVICE_LIVED.c.fresh.bitwise_and(bindparam("left", type_=Integer)))
)
_EVERY = (1 << len(ASPECTS)) - 1
_QUARTERS = LIVED_MONTHS / 3


def tell_lived(uow: Write, viewer: Viewer, which: bytes, found: Lived) -> None:
    """What she found, in place of what she said before under whichever name. Saying nothing takes it away."""
    rules.may_tell(viewer).or_raise()
    queries.get(uow, viewer, which)
    mark = queries.lived_mark(viewer, which)
    uow.run(_FORGET, which=which, mark=mark)
    if not found.is_empty:
        words = {aspect: found.of(aspect) for aspect in ASPECTS}
        until = clock.quarter(_QUARTERS)
        uow.insert(SERVICE_LIVED, service=which, mark=mark, fresh=found.bits, until_quarter=until, **words)
    _tell_all(uow, which)


def _tell_all(uow: Write, which: bytes) -> None:
    """What is told of all is reckoned anew, of each aspect that five people have said something new of."""
    told, rows = queries.all_lived(uow, which)
    ready = rules.ready([fresh for fresh, _ in rows])
    if not ready:
        return
    found = rules.lived_by_all([row for _, row in rows])
    words = {aspect: found[aspect] if aspect in ready else told.of(aspect) for aspect in ASPECTS}
    uow.run(_FORGET, which=which, mark=queries.OF_ALL)
    until = clock.quarter(_QUARTERS)
    uow.insert(SERVICE_LIVED, service=which, mark=queries.OF_ALL, fresh=0, until_quarter=until, **words)
    uow.run(_COUNTED, which=which, left=_EVERY ^ sum(1 << ASPECTS.index(aspect) for aspect in ready))


def forget_lived(uow: Write, viewer: Viewer, which: bytes) -> None:
    """Nothing of hers stands there any more. Twice is once."""
    tell_lived(uow, viewer, which, Lived())


def doubt(uow: Write, viewer: Viewer, which: bytes, what: Doubt | None, *, words: str) -> None:
    """Something is wrong: one word a person, in place of an earlier one, for those who keep the directory."""
    rules.may_tell(viewer).or_raise()
    queries.get(uow, viewer, which)
    if what is None:
        raise Invalid({"pick_what": "library.services.doubt_missing"})
    if len(words) > 2 * LINE_LIMIT:
        raise Invalid({"words": "library.services.too_long"})
    mark = queries.doubt_mark(viewer, which)
    uow.run(_WITHDRAW, which=which, mark=mark)
    until = rules.doubt_kept_until(clock.day())
    uow.insert(SERVICE_DOUBT, service=which, mark=mark, what=str(what), words=words, until_day=until)


def withdraw_doubt(uow: Write, viewer: Viewer, which: bytes) -> None:
    """She says so no longer. Twice is once."""
    queries.get(uow, viewer, which)
    uow.run(_WITHDRAW, which=which, mark=queries.doubt_mark(viewer, which))
