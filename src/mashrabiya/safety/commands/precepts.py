"""Keeping automatic rules. Who may make them the door has asked."""

from __future__ import annotations

from msgspec import structs
from sqlalchemy import Integer, LargeBinary, Text, bindparam, delete, update

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import new_id
from mashrabiya.platform import house
from mashrabiya.platform.crypto import seal
from mashrabiya.platform.db import Statement, Write
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety import queries, rules
from mashrabiya.safety.events import PreceptChanged
from mashrabiya.safety.tables import PRECEPT, PRECEPT_CHANGE
from mashrabiya.safety.types import PRECEPT_ID_SIZE, Done, Standing

_PRECEPT = PRECEPT.c.id == bindparam("which", type_=LargeBinary)
_CHANGE: Statement[None] = Statement(
    update(PRECEPT)
    .where(_PRECEPT)
    .values(
        kind=bindparam("new_kind", type_=Integer),
        act=bindparam("new_act", type_=Integer),
        sealed=bindparam("new_sealed", type_=LargeBinary),
        sentence=bindparam("new_sentence", type_=Text),
        note=bindparam("new_note", type_=Integer),
    )
)
_SWITCH: Statement[None] = Statement(
    update(PRECEPT).where(_PRECEPT).values(is_on=bindparam("new_on", type_=Integer))
)
_DELETE: Statement[None] = Statement(delete(PRECEPT).where(_PRECEPT))
_OF_PLACE = bindparam("place", type_=LargeBinary)
_FORGET: Statement[None] = Statement(delete(PRECEPT).where(PRECEPT.c.cid == _OF_PLACE))
_FORGET_CHANGES: Statement[None] = Statement(delete(PRECEPT_CHANGE).where(PRECEPT_CHANGE.c.cid == _OF_PLACE))

RULEBOOK = "precepts"
"""By this name the rules are held in memory: every process follows within a second."""


def add_precept(uow: Write, keys: ServerKeys, new: Standing) -> bytes:
    """Put an automatic rule in force. What is wrong with it is said for every field at once."""
    _refuse(uow, keys, new)
    made = structs.replace(new, id=new.id or new_id(PRECEPT_ID_SIZE))
    uow.insert(
        PRECEPT,
        id=made.id,
        cid=made.cid,
        kind=made.kind,
        act=made.act,
        is_on=1,
        sealed=_sealed(keys, made),
        sentence=made.sentence,
        note=made.note,
    )
    _changed(uow, made, Done.ADDED)
    return made.id


def change_precept(uow: Write, keys: ServerKeys, new: Standing) -> None:
    """Put another in its place, under the same number; whether it is on stays."""
    _refuse(uow, keys, new)
    uow.run(
        _CHANGE,
        which=new.id,
        new_kind=new.kind,
        new_act=new.act,
        new_sealed=_sealed(keys, new),
        new_sentence=new.sentence,
        new_note=new.note,
    )
    _changed(uow, new, Done.CHANGED)


def switch_precept(uow: Write, standing: Standing, *, on: bool) -> None:
    """Switch it on or off. Twice is once."""
    if bool(standing.on) != on:
        uow.run(_SWITCH, which=standing.id, new_on=int(on))
        _changed(uow, standing, Done.ON if on else Done.OFF)


def delete_precept(uow: Write, standing: Standing) -> None:
    """Delete it, with what it looked for; that there was one stays in the log."""
    if uow.run(_DELETE, which=standing.id):
        _changed(uow, standing, Done.DELETED)


def forget_precepts(uow: Write, cid: bytes) -> None:
    """Those of a place that is closed for good, with what was written down of them. Safe to repeat."""
    uow.run(_FORGET, place=cid)
    uow.run(_FORGET_CHANGES, place=cid)
    house.bump(uow, RULEBOOK)


def _refuse(uow: Write, keys: ServerKeys, new: Standing) -> None:
    wrong = rules.wrong_precept(new) or rules.may_have(queries.precepts(uow, keys, new.cid), new)
    if wrong:
        raise Invalid(wrong)


def _sealed(keys: ServerKeys, standing: Standing) -> bytes:
    return seal(keys.of("field"), standing.text.encode("utf-8", "replace"), b"precept" + standing.id)


def _changed(uow: Write, standing: Standing, done: Done) -> None:
    uow.insert(
        PRECEPT_CHANGE,
        id=new_id(),
        cid=standing.cid,
        precept=standing.id,
        done=int(done),
        kind=standing.kind,
        act=standing.act,
        day=clock.day(),
    )
    house.bump(uow, RULEBOOK)
    uow.record(PreceptChanged(standing.id))
