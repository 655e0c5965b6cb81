"""The keys by which two of a care team could learn who wrote unnamed, where a place lets them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, delete

from mashrabiya.communities import queries, rules
from mashrabiya.communities.tables import CARE_KEY
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.sealed.care import care_public
from mashrabiya.platform.db import Statement, Write

_GIVE_BACK: Statement[Any] = Statement(
    delete(CARE_KEY).where(CARE_KEY.c.cid == bindparam("cid"), CARE_KEY.c.pid == bindparam("pid"))
)
_FORGET_KEYS: Statement[Any] = Statement(delete(CARE_KEY).where(CARE_KEY.c.pid == bindparam("pid")))
_END_HOUSE_KEYS: Statement[Any] = Statement(
    delete(CARE_KEY).where(CARE_KEY.c.pid == bindparam("pid"), CARE_KEY.c.house == bindparam("house"))
)


def take_key(uow: Write, viewer: Viewer, cid: bytes, *, house: bool) -> None:
    """Hold a care key there as the persona in use. Whether she cares for that place, the desk has asked.

    One person holds one key, whichever names she has: else she alone would be two.
    """
    if viewer.work is None:
        raise NotFound
    state = queries.key_state(uow, viewer, cid)
    if state.own:
        return
    rules.may_hold_key(state.held, other=bool(state.kin)).or_raise()
    public = care_public(viewer.work, viewer.slot, cid)
    uow.insert_once(CARE_KEY, cid=cid, pid=viewer.pid, pub=public, house=int(house))


def give_key_back(uow: Write, viewer: Viewer, cid: bytes) -> None:
    """Hold no care key there any more. Twice is once."""
    end_key(uow, cid, viewer.pid)


def end_key(uow: Write, cid: bytes, pid: bytes) -> None:
    """The same for a persona whose role is over. Twice is once."""
    uow.run(_GIVE_BACK, cid=cid, pid=pid)


def end_house_keys(uow: Write, pid: bytes) -> None:
    """A persona that is of the house's care team no more holds no key by that. Twice is once."""
    uow.run(_END_HOUSE_KEYS, pid=pid, house=1)


def forget_keys(uow: Write, pid: bytes) -> None:
    """A persona that is gone holds no key. Safe to repeat."""
    uow.run(_FORGET_KEYS, pid=pid)
