"""Hands on an edition, and the state of a guide, which follows from them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, LargeBinary, Text, bindparam, delete, literal_column

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.desk import queries, rules
from mashrabiya.library.desk.tables import DESK_HAND
from mashrabiya.library.desk.types import Volume
from mashrabiya.library.guides import commands as guides
from mashrabiya.library.guides.types import LANGS, State
from mashrabiya.platform.db import Statement, Write

_EDITION = (
    DESK_HAND.c.guide == bindparam("guide", type_=LargeBinary),
    DESK_HAND.c.lang == bindparam("which_lang", type_=Text),
    DESK_HAND.c.n == bindparam("which_n", type_=Integer),
)
_READ_BY = DESK_HAND.c.role > literal_column("0")
_FORGET: Statement[Any] = Statement(delete(DESK_HAND).where(*_EDITION, _READ_BY))
_ONE: Statement[Any] = Statement(
    delete(DESK_HAND).where(*_EDITION, _READ_BY, DESK_HAND.c.who == bindparam("whose", type_=LargeBinary))
)


def mark_hand(uow: Write, viewer: Viewer, edition: tuple[bytes, str, int], role: int) -> None:
    """The viewer wrote this edition, or read it in that role. Whoever writes what she had read reads it no more."""
    guide, lang, n = edition
    who = queries.hand_of(viewer, edition)
    uow.insert_once(DESK_HAND, guide=guide, lang=lang, n=n, who=who, role=role, day=clock.day())


def forget_hands(uow: Write, guide: bytes, lang: str, n: int) -> None:
    """Nobody has read this edition: it has other words now. Who wrote it stays."""
    uow.run(_FORGET, guide=guide, which_lang=lang, which_n=n)


def forget_own(uow: Write, viewer: Viewer, edition: tuple[bytes, str, int]) -> bool:
    """The viewer takes back that she has read it."""
    guide, lang, n = edition
    whose = queries.hand_of(viewer, edition)
    return uow.run(_ONE, guide=guide, which_lang=lang, which_n=n, whose=whose) > 0


def settle(uow: Write, shown: str, *, fresh: bool = False) -> None:
    """What the guide is now, by the hands its published editions went through. ``fresh``: readers read other words now."""
    volume = queries.get_volume(uow, shown)
    guide = volume.guide
    out = [line for line in map(volume.published, LANGS) if line is not None]
    hands = {line.lang: volume.hands_of(line) for line in out}
    state = rules.state_after(guide, hands)
    if state == State.REVIEWED and guide.now != State.REVIEWED:
        # Who brings a guide back, or puts out what was read long ago, has read nothing today.
        _write(uow, volume, state, checked=rules.read_on(guide, hands.values()))
    elif state != guide.now and (fresh or (guide.now, state) != (State.DUE, State.FIRST)):
        _write(uow, volume, state, checked=0)


def _write(uow: Write, volume: Volume, state: State, *, checked: int) -> None:
    guide = volume.guide
    guides.change_guide(
        uow,
        guide,
        state=int(state),
        checked_day=checked,
        checked_by=" ".join(role.code for role in rules.readers_of(guide)) if checked else "",
        next_day=rules.next_day(guide, checked) if checked else 0,
    )
