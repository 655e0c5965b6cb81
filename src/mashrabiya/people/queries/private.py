"""Reading what a persona keeps about others. The rows came with the session; nothing is asked for here."""

from __future__ import annotations

import msgspec
from sqlalchemy import LargeBinary, bindparam, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.sealed.private import EMPTY, Lists, readable_lists
from mashrabiya.people.tables import PERSONA
from mashrabiya.people.types import Kept, State, Voice
from mashrabiya.platform.db import Read, Statement

MOST = 100
"""Blocks, mutes, words and followed threads: so many of each."""

MOST_TAGS = 20
"""Tags that one persona follows."""
MOST_PASSED = 30
"""Suggestions that are not shown again; of more the oldest are forgotten."""

_PIDS = [f"pid{number}" for number in range(2 * MOST)]


class Known(msgspec.Struct, frozen=True):
    """A persona as somebody knows it who keeps it in a list."""

    id: bytes
    name: str
    pub: str
    seed: bytes
    state: int

    @property
    def is_away(self) -> bool:
        return bool(self.state & State.AWAY)


_KNOWN = Statement(
    select(*(PERSONA.c[name] for name in Known.__struct_fields__)).where(
        PERSONA.c.id.in_([bindparam(name, type_=LargeBinary) for name in _PIDS])
    ),
    into=Known,
)


_SEALED: Statement[None] = Statement(
    select(PERSONA.c.priv).where(PERSONA.c.id == bindparam("which", type_=LargeBinary))
)


def lists_of(viewer: Viewer) -> dict[int, Lists]:
    """The lists that count now, by slot: of the persona in use, and of her others what is for all of them."""
    known: dict[int, Lists] | None = viewer.opened.get(("lists", viewer.slot))
    if known is None:
        known = viewer.opened["lists", viewer.slot] = _opened_lists(viewer)
    return known


def _opened_lists(viewer: Viewer) -> dict[int, Lists]:
    if viewer.work is None:
        return {}
    found = {}
    for slot, sealed in viewer.lists:
        lists = readable_lists(viewer.work, slot, sealed, viewer.siblings[slot])
        found[slot] = lists if slot == viewer.slot else _for_all(lists)
    return found


def find_lists(db: Read, viewer: Viewer) -> Lists:
    """All that the persona in use keeps, whatever came with the session; nothing where there is nothing."""
    if viewer.work is None:
        return EMPTY
    sealed = db.scalar(_SEALED, which=viewer.pid)
    return readable_lists(viewer.work, viewer.slot, bytes(sealed), viewer.pid) if sealed else EMPTY


def _for_all(lists: Lists) -> Lists:
    if lists == EMPTY:
        return lists
    return Lists(
        blocks=tuple(entry for entry in lists.blocks if entry.shared),
        mutes=tuple(entry for entry in lists.mutes if entry.shared),
        words=lists.words if lists.words_shared else (),
        words_shared=lists.words_shared,
    )


def followed(viewer: Viewer) -> tuple[bytes, ...]:
    """The threads that the persona in use follows, the one followed last at the end. It asks nothing."""
    return lists_of(viewer).get(viewer.slot, EMPTY).follows if viewer.speaks else ()


def followed_tags(viewer: Viewer) -> tuple[bytes, ...]:
    """The tags that the persona in use follows, in the order in which she began to. It asks nothing."""
    return lists_of(viewer).get(viewer.slot, EMPTY).tags if viewer.speaks else ()


def passed(viewer: Viewer) -> tuple[bytes, ...]:
    """The threads that she does not want suggested again. It asks nothing."""
    return lists_of(viewer).get(viewer.slot, EMPTY).passed if viewer.speaks else ()


def kept_of(viewer: Viewer, voice: Voice) -> Kept:
    """How the persona in use keeps this voice away, from its own list alone."""
    own = lists_of(viewer).get(viewer.slot, EMPTY)
    today = clock.day()
    muted = next((one for one in own.mutes if one.voice == voice and one.holds(today)), None)
    return Kept(
        blocked=any(one.pid == voice.pid for one in own.blocks),
        muted=muted is not None,
        days=muted.days_left(today) if muted else -1,
    )


def known_personas(db: Read, pids: set[bytes]) -> dict[bytes, Known]:
    """These personas as they are called now, as many as lists can hold; those that are gone are left out."""
    asked = sorted(pids)[: len(_PIDS)]
    if not asked:
        return {}
    values = dict(zip(_PIDS, [*asked, *[b""] * (len(_PIDS) - len(asked))], strict=True))
    return {row.id: row for row in db.all(_KNOWN, **values)}
