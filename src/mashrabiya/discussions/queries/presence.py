"""On which days somebody was here, told from her own words, in her own session. No column holds it."""

from __future__ import annotations

from collections import defaultdict
from hmac import compare_digest
from typing import Any

from msgspec import structs
from sqlalchemy import BigInteger, bindparam, case, func, select

from mashrabiya.discussions.queries.parts import NO, YES, constant
from mashrabiya.discussions.tables import POST, THREAD
from mashrabiya.discussions.types import PostState
from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import framed, mac_framed
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement, sibling_values, sixteen
from mashrabiya.safety.trust import queries as trust
from mashrabiya.safety.trust.rules import is_settled
from mashrabiya.safety.trust.types import REMOVED_DAYS, TRIED, Level, Presence, Standing

_LATELY_DAYS = 60
"""Unnamed words are looked for in threads that somebody wrote in so lately."""

_DAY = POST.c.t - POST.c.t % constant(clock.DAY)
_ANSWERED = func.max(case((POST.c.n > YES, YES), else_=NO))
_REMOVED = func.max(
    case(
        (
            POST.c.state == constant(PostState.REMOVED),
            case((POST.c.t >= bindparam("lately", type_=BigInteger), YES), else_=NO),
        ),
        else_=NO,
    )
)
_NAMED: Statement[Any] = Statement(
    select(POST.c.pid, _DAY, _ANSWERED, _REMOVED)
    .where(POST.c.pid.in_(sixteen("sibling")))
    .group_by(POST.c.pid, _DAY)
)
_UNNAMED: Statement[Any] = Statement(
    select(POST.c.home_tid, POST.c.tok, _DAY, _ANSWERED, _REMOVED)
    .join_from(THREAD, POST, POST.c.tid == THREAD.c.id)
    .where(THREAD.c.last_day >= bindparam("since"), POST.c.tok.is_not(None))
    .group_by(POST.c.home_tid, POST.c.tok, _DAY)
    .limit(TRIED)
)


class _Here:
    def __init__(self) -> None:
        self.days: set[int] = set()
        self.answered = self.removed = False

    def add(self, day: int, answered: int, removed: int) -> None:
        self.days.add(day)
        self.answered |= bool(answered)
        self.removed |= bool(removed)

    def seen(self) -> Presence:
        return Presence(len(self.days), self.answered, self.removed)


def standing_of(db: Read, viewer: Viewer, *, whole: bool = True) -> Standing:
    """How she stands: what she may do, by each of her names and by the best of all.

    ``whole=False``: where the persona in use is settled by what it wrote, nothing more is looked for.

    What she wrote unnamed is looked for only where her names leave her new.
    """
    if viewer.work is None:
        return Standing()
    all_names, names = _Here(), defaultdict[bytes, _Here](_Here)
    lately = (clock.day() - REMOVED_DAYS) * clock.DAY
    for pid, *day in db.tuples(_NAMED, lately=lately, **sibling_values(viewer.siblings)):
        names[bytes(pid)].add(*day)
        all_names.add(*day)
    seen = {pid: here.seen() for pid, here in names.items()}
    if not whole and is_settled(seen.get(viewer.pid, Presence())):
        settled = (is_settled(seen.get(pid, Presence())) for pid in viewer.siblings)
        return Standing(Level.SETTLED, tuple(Level(int(one)) for one in settled))
    standing = trust.standing_of(db, viewer, seen)
    if standing.best == Level.NEW:
        _add_unnamed(db, viewer, all_names, lately)
        if is_settled(all_names.seen(), len(standing.vouched)):
            return structs.replace(standing, best=Level.SETTLED)
    return standing


def standing_now(db: Read, viewer: Viewer) -> Standing:
    """As far as it decides what she may write: one statement for whoever is settled under the name in use."""
    return standing_of(db, viewer, whole=False)


def _add_unnamed(db: Read, viewer: Viewer, whole: _Here, lately: int) -> None:
    """Her own among the unnamed words of the last weeks, by trial."""
    assert viewer.work is not None
    key = viewer.work.token_key()
    for home_tid, tok, *day in db.tuples(_UNNAMED, since=clock.day() - _LATELY_DAYS, lately=lately):
        if compare_digest(mac_framed(key, framed(bytes(home_tid)))[:16], bytes(tok)):
            whole.add(*day)
