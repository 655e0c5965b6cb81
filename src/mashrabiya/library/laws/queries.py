"""Reading what is known of countries. Everybody may; what people noticed is for those who look at it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import LargeBinary, Text, bindparam, func, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import read_id, show_id
from mashrabiya.kernel.keys import mac
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.library.laws import rules
from mashrabiya.library.laws.tables import LAW, LAW_MISTAKE
from mashrabiya.library.laws.types import SHOWN_SIZE, Cell, Known, Level, Mistake, Note, Origin, Row, Standing
from mashrabiya.library.laws.types.countries import names
from mashrabiya.library.laws.types.records import is_made_up
from mashrabiya.platform.db import Read, Statement
from mashrabiya.platform.keys import ServerKeys

_CELLS: msgspec.msgpack.Decoder[dict[str, Cell]] = msgspec.msgpack.Decoder(dict[str, Cell])
_NOTES: msgspec.msgpack.Decoder[dict[str, Note]] = msgspec.msgpack.Decoder(dict[str, Note])
_ROWS: msgspec.msgpack.Decoder[dict[str, tuple[Row, ...]]] = msgspec.msgpack.Decoder(
    dict[str, tuple[Row, ...]]
)


def _known(code: str, name: str, cells: bytes, notes: bytes, *rest: Any) -> Known:
    said, written = _CELLS.decode(cells) if cells else {}, _NOTES.decode(notes) if notes else {}
    return Known(code, name, said, written, *rest)


def _origin(rows: bytes, dataset: str, *rest: Any) -> Origin:
    licence, day, name = rest
    return Origin(dataset, licence, day, _ROWS.decode(rows) if rows else {}, name)


_CODE = bindparam("code", type_=Text)
_ONE = Statement(
    select(
        LAW.c.code, LAW.c.name, LAW.c.cells, LAW.c.notes, LAW.c.dataset, LAW.c.licence, LAW.c.day
    ).where(LAW.c.code == _CODE),
    into=_known,
)  # fmt: skip
_EVERY = Statement(
    select(LAW.c.code, LAW.c.name, LAW.c.cells, LAW.c.notes, LAW.c.dataset, LAW.c.licence, LAW.c.day),
    into=_known,
)
_ORIGIN = Statement(
    select(LAW.c.origin, LAW.c.dataset, LAW.c.licence, LAW.c.day, LAW.c.name).where(LAW.c.code == _CODE),
    into=_origin,
)
_STANDING = Statement(select(LAW.c.code, LAW.c.name, LAW.c.level, LAW.c.until_day), into=Standing)
_LEVEL = Statement(
    select(LAW.c.code, LAW.c.name, LAW.c.level, LAW.c.until_day).where(LAW.c.code == _CODE), into=Standing
)
_MISTAKE = (LAW_MISTAKE.c.id, LAW_MISTAKE.c.code, LAW_MISTAKE.c.topic, LAW_MISTAKE.c.text, LAW_MISTAKE.c.day)
_MISTAKES = Statement(
    select(*_MISTAKE).order_by(LAW_MISTAKE.c.day, LAW_MISTAKE.c.id).limit(200), into=Mistake
)
_MISTAKE_ONE = Statement(
    select(*_MISTAKE).where(LAW_MISTAKE.c.id == bindparam("id", type_=LargeBinary)), into=Mistake
)
_WAITING: Statement[None] = Statement(
    select(func.count()).select_from(LAW_MISTAKE).where(LAW_MISTAKE.c.code == _CODE)
)


@lru_cache(maxsize=8)
def _atlas(key: bytes) -> tuple[dict[str, str], dict[str, str]]:
    """Addresses of countries and back. An address is made from a key of this house: elsewhere it says nothing.

    So every country has one before anything is known of it, and no row has to be made for it.
    """
    examples = [f"QM{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    shown = {code: show_id(mac(key, code.encode())[:SHOWN_SIZE]) for code in (*names("en"), *examples)}
    return shown, {address: code for code, address in shown.items()}


def address_of(keys: ServerKeys, code: str) -> str:
    """What stands in the address of a country's page."""
    return _atlas(keys.of("law"))[0][code]


def page_of(keys: ServerKeys, code: str) -> str:
    """Where the page of a country is; nothing for what is none. For other rooms."""
    shown = _atlas(keys.of("law"))[0].get(code)
    return f"/y/w/{shown}" if shown else ""


def code_at(keys: ServerKeys, shown: str) -> str:
    """The country at an address."""
    read_id(shown, SHOWN_SIZE)
    code = _atlas(keys.of("law"))[1].get(shown)
    if code is None:
        raise NotFound
    return code


def name_in(language: str, code: str, own: str = "") -> str:
    """What a country is called; an example by the name that it brought."""
    return names(language).get(code) or own or code


def country(db: Read, code: str) -> Known:
    """What is kept of a country: nothing, where nobody imported or wrote anything. An example is there or is not."""
    found = db.first(_ONE, code=code)
    if found is None and is_made_up(code):
        raise NotFound
    return found or Known(code, "", {}, {}, "", "", 0)


def origin(db: Read, code: str) -> Origin:
    """The rows behind what is shown of a country."""
    found = db.first(_ORIGIN, code=code)
    if found is None and is_made_up(code):
        raise NotFound
    return found or Origin("", "", 0, {})


def standings(db: Read) -> dict[str, Standing]:
    """Of which countries something is kept."""
    return {one.code: one for one in db.all(_STANDING)}


def everything(db: Read) -> list[Known]:
    """All that is kept of all of them, for those who look after it."""
    return db.all(_EVERY)


def law_of(db: Read, code: str) -> str:
    """How hostile the law of a country is known to be: ``criminal``, ``unknown``, ``unclear`` or ``legal``.

    For other rooms. What is not ``legal`` is a reason for care; no name of a place is unknown, like a wrong one.
    """
    found = db.first(_LEVEL, code=code.upper())
    return (found.now(clock.day()) if found else Level.UNKNOWN).word


def mistakes(db: Read, viewer: Viewer) -> list[Mistake]:
    """What people noticed, the oldest first."""
    return db.all(_MISTAKES) if rules.may_edit(viewer).allowed else []


def get_mistake(db: Read, viewer: Viewer, which: bytes) -> Mistake:
    """One of them."""
    rules.may_edit(viewer).or_raise()
    found = db.first(_MISTAKE_ONE, id=which)
    if found is None:
        raise NotFound
    return found


def count_waiting(db: Read, code: str) -> int:
    """How many of a country wait."""
    return int(db.scalar(_WAITING, code=code))
