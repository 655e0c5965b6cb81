"""What is closed to whom, held in memory: a few small sets, read anew when they change.

A guard names one persona or one unnamed token. Asked with the sixteen ids and
the token key that a session brings, it meets the person behind it, and nothing
at rest says which of her other names it met.
"""

from __future__ import annotations

import hmac
from collections import defaultdict

import msgspec
from sqlalchemy import select

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import framed, mac_framed
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.tables import GUARD
from mashrabiya.platform.db import Read, Statement

SITE, COMMUNITY, UNNAMED_COMMUNITY, UNNAMED_SITE = "site", "comm", "anon_comm", "anon_site"
PAUSED = "pause"
# Writing there goes on, slowly: for a person, or for an unnamed voice.
SLOWED, UNNAMED_SLOWED = "slow", "anon_slow"
GENERATION = "guards"


class _Row(msgspec.Struct, frozen=True):
    kind: str
    scope: bytes
    subject: bytes
    until_day: int
    case_id: bytes


_ALL = Statement(
    select(GUARD.c.kind, GUARD.c.scope, GUARD.c.subject, GUARD.c.until_day, GUARD.c.case_id), into=_Row
)

_Personas = dict[bytes, _Row]
_Tokens = list[tuple[bytes, bytes, _Row]]


class Guards:
    """All guards of the house. Asking costs two set operations, plus one hash per unnamed guard."""

    def __init__(self, rows: list[_Row]) -> None:
        self._site: _Personas = {}
        self._community: dict[bytes, _Personas] = defaultdict(dict)
        self._paused: dict[bytes, _Personas] = defaultdict(dict)
        self._slowed: dict[bytes, _Personas] = defaultdict(dict)
        self._unnamed_slowed: dict[bytes, _Tokens] = defaultdict(list)
        self._unnamed_site: _Tokens = []
        self._unnamed: dict[bytes, _Tokens] = defaultdict(list)
        for row in rows:
            self._keep(row)

    def _keep(self, row: _Row) -> None:
        if row.kind == SITE:
            self._site[row.subject] = row
        elif row.kind == COMMUNITY:
            self._community[row.scope][row.subject] = row
        elif row.kind == PAUSED:
            self._paused[row.scope][row.subject] = row
        elif row.kind == UNNAMED_SITE:
            self._unnamed_site.append(_by_trial(row))
        elif row.kind == UNNAMED_COMMUNITY:
            self._unnamed[row.scope].append(_by_trial(row))
        elif row.kind == SLOWED:
            self._slowed[row.scope][row.subject] = row
        elif row.kind == UNNAMED_SLOWED:
            self._unnamed_slowed[row.scope].append(_by_trial(row))

    def site_case(self, viewer: Viewer) -> bytes | None:
        """The case that closes the whole house to this person, if there is one."""
        return _named(self._site, viewer) or _by_token(self._unnamed_site, viewer)

    def community_case(self, community: bytes, viewer: Viewer) -> bytes | None:
        """The case that closes one community to this person, under any of her names."""
        closed = self._community.get(community)
        return _named(closed, viewer) if closed else None

    def unnamed_case(self, community: bytes, viewer: Viewer) -> bytes | None:
        """The case that takes unnamed writing in one community from this person."""
        return _by_token(self._unnamed.get(community, ()), viewer)

    def is_paused(self, community: bytes, viewer: Viewer) -> bool:
        """Whether this person writes nothing new in that community for some days."""
        paused = self._paused.get(community)
        return bool(paused and _named(paused, viewer))

    def is_slowed(self, community: bytes, viewer: Viewer) -> bool:
        """Whether this person writes only little there for some days, under whichever name."""
        slowed = self._slowed.get(community)
        return bool(slowed and _named(slowed, viewer))

    def paused_cases(self, viewer: Viewer) -> dict[bytes, bool]:
        """Every case by which this person writes nothing new in a community for some days, or little."""
        named = (*self._paused.values(), *self._slowed.values())
        met = [_named(closed, viewer) for closed in named]
        unnamed = [_by_token(closed, viewer) for closed in self._unnamed_slowed.values()]
        return {case: False for case in met if case} | {case: True for case in unnamed if case}

    def all_cases(self, viewer: Viewer) -> dict[bytes, bool]:
        """Every case that closes a community to this person, or (true) only unnamed writing there."""
        named = (_named(closed, viewer) for closed in self._community.values())
        unnamed = (_by_token(closed, viewer) for closed in self._unnamed.values())
        return {case: False for case in named if case} | {case: True for case in unnamed if case}


def _by_trial(row: _Row) -> tuple[bytes, bytes, _Row]:
    return framed(row.subject[:16]), row.subject[16:], row


def _named(closed: _Personas, viewer: Viewer) -> bytes | None:
    if not closed or closed.keys().isdisjoint(viewer.siblings):
        return None
    today = clock.day()
    met = (closed[pid] for pid in viewer.siblings if pid in closed)
    return next((row.case_id for row in met if row.until_day >= today), None)


def _by_token(closed: _Tokens | tuple[()], viewer: Viewer) -> bytes | None:
    if not closed or viewer.work is None:
        return None
    today, key = clock.day(), viewer.work.token_key()
    for home_tid, token, row in closed:
        if hmac.compare_digest(mac_framed(key, home_tid)[:16], token) and row.until_day >= today:
            return row.case_id
    return None


def load_guards(db: Read) -> Guards:
    """Read them all; the loader of the generation ``guards``."""
    return Guards(db.all(_ALL))
