"""Reading reports, whose reader the desk has asked for already; and whom a reader does not want to meet."""

from __future__ import annotations

import msgspec
from sqlalchemy import BindParameter, Integer, LargeBinary, bindparam, case, func, literal_column, select

from mashrabiya.kernel import clock
from mashrabiya.kernel.folding import fold_word, words_of
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries as people_queries
from mashrabiya.people.rules.hidden import STAR
from mashrabiya.platform.crypto import Unopenable, unpadded, unseal
from mashrabiya.platform.db import Read, Statement
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety.matching.book import Keeper, Rulebook
from mashrabiya.safety.tables import PRECEPT, PRECEPT_CHANGE, REPORT
from mashrabiya.safety.types import (
    ANYBODY,
    PLACES,
    Change,
    Notice,
    Reach,
    Reason,
    ReportState,
    Standing,
    Thing,
)

_MOST_NOTES = 20
_THING = (
    REPORT.c.kind == bindparam("kind", type_=Integer),
    REPORT.c.object == bindparam("object", type_=LargeBinary),
)


class _Sealed(msgspec.Struct, frozen=True):
    id: bytes
    reason: int
    note: bytes


# By id, which is random: the order tells nothing of who came first. That a child may be in danger is never cut off.
_NOTES = Statement(
    select(REPORT.c.id, REPORT.c.reason, REPORT.c.note)
    .where(*_THING)
    .order_by(case((REPORT.c.reason == literal_column(str(int(Reason.MINOR))), 0), else_=1), REPORT.c.id)
    .limit(_MOST_NOTES),
    into=_Sealed,
)
_SAME = Statement(
    select(REPORT.c.id, REPORT.c.reason, REPORT.c.note).where(
        REPORT.c.rnull == bindparam("rnull", type_=LargeBinary)
    ),
    into=_Sealed,
)

_VOICES: Statement[None] = Statement(
    select(func.count()).where(
        *_THING,
        REPORT.c.reason == bindparam("reason", type_=Integer),
        REPORT.c.state == literal_column(str(int(ReportState.OPEN))),
        REPORT.c.weighs == literal_column("1"),
    )
)
_CALLED: Statement[None] = Statement(
    select(func.count()).where(
        *_THING,
        REPORT.c.reason == bindparam("reason", type_=Integer),
        REPORT.c.state <= bindparam("at_most", type_=Integer),
    )
)
_TAKEN: Statement[None] = Statement(
    select(REPORT.c.mine, REPORT.c.state, REPORT.c.day).where(
        REPORT.c.mine.in_([bindparam(f"place{number}", type_=LargeBinary) for number in range(PLACES)])
    )
)


def reach_of(viewer: Viewer) -> Reach:
    """Whom and what the viewer does not want to meet. It asks nothing: the rows came with her session.

    Whom another of her names blocked is muted for this one.
    """
    today = clock.day()
    known: Reach | None = viewer.opened.get(("reach", today))
    if known is None:
        known = viewer.opened["reach", today] = _reach(viewer, today)
    return known


def _reach(viewer: Viewer, today: int) -> Reach:
    kept = people_queries.lists_of(viewer)
    if not any(lists.blocks or lists.mutes or lists.words for lists in kept.values()):
        return ANYBODY
    blocks = [(slot, entry.pid) for slot, lists in kept.items() for entry in lists.blocks]
    mutes = [entry for lists in kept.values() for entry in lists.mutes if entry.holds(today)]
    words = {word for lists in kept.values() for word in lists.words}
    whole = [words_of(word) for word in words if not word.endswith(STAR)]
    return Reach(
        blocked=frozenset(pid for slot, pid in blocks if slot == viewer.slot),
        muted=frozenset([pid for slot, pid in blocks if slot != viewer.slot])
        | frozenset(entry.pid for entry in mutes if entry.pid),
        labels=frozenset((entry.tid, entry.label) for entry in mutes if entry.tid),
        words=frozenset().union(*whole),
        beginnings=tuple(
            folded for word in words if word.endswith(STAR) for folded in fold_word(word).split()
        ),
    )


def notices(db: Read, keys: ServerKeys, kind: int, thing: bytes) -> list[Notice]:
    """What the reporters said of a thing, a note each, in no order that tells anything."""
    rows = db.all(_NOTES, kind=kind, object=thing)
    return [Notice(Reason(row.reason), _opened(keys, row)) for row in rows]


def voices(db: Read, thing: bytes, reason: Reason, kind: Thing = Thing.POST) -> int:
    """How many people say this of words that wait: a row each, and only those whose word weighs."""
    return int(db.scalar(_VOICES, kind=int(kind), object=thing, reason=int(reason)) or 0)


def is_called(db: Read, thing: bytes, reason: Reason, kind: Thing = Thing.POST) -> bool:
    """Whether carers need no further call for this reason: one waits, or they have answered that it is a way."""
    at_most = ReportState.CLOSED if reason == Reason.WAY else ReportState.OPEN
    return bool(db.scalar(_CALLED, kind=int(kind), object=thing, reason=int(reason), at_most=int(at_most)))


def taken_places(db: Read, places: list[bytes]) -> dict[bytes, tuple[int, int]]:
    """State and day of what stands in her places."""
    found = db.tuples(_TAKEN, **place_values(places))
    return {bytes(mine): (int(state), int(day)) for mine, state, day in found}


def own_places() -> list[BindParameter[bytes]]:
    """Parameters for the places of one person's reports: always all of them."""
    return [bindparam(f"place{number}", type_=LargeBinary) for number in range(PLACES)]


def place_values(places: list[bytes]) -> dict[str, bytes]:
    """The values for these."""
    return {f"place{number}": place for number, place in enumerate(places)}


def opened_note(keys: ServerKeys, report: bytes, sealed: bytes) -> str:
    """What its reporter added."""
    return _opened(keys, _Sealed(report, 0, sealed))


def find_own(db: Read, keys: ServerKeys, rnull: bytes) -> Notice | None:
    """The report that this very person made of this very thing."""
    row = db.first(_SAME, rnull=rnull)
    return None if row is None else Notice(Reason(row.reason), _opened(keys, row))


def _opened(keys: ServerKeys, row: _Sealed) -> str:
    try:
        plain = unseal(keys.of("field"), row.note, b"report" + row.id)
    except Unopenable:
        # Sealed under a key the house no longer has: the report stands without its note.
        return ""
    return unpadded(plain).decode("utf-8", "replace")


class _Precept(msgspec.Struct, frozen=True):
    id: bytes
    cid: bytes | None
    kind: int
    act: int
    is_on: int
    sealed: bytes
    sentence: str
    note: int


_PRECEPT = [PRECEPT.c[name] for name in _Precept.__struct_fields__]
_ALL_PRECEPTS = Statement(select(*_PRECEPT), into=_Precept)
_OF_HOUSE = Statement(
    select(*_PRECEPT).where(PRECEPT.c.cid.is_(None)).order_by(PRECEPT.c.kind, PRECEPT.c.id), into=_Precept
)
_OF_PLACE = Statement(
    select(*_PRECEPT)
    .where(PRECEPT.c.cid == bindparam("cid", type_=LargeBinary))
    .order_by(PRECEPT.c.kind, PRECEPT.c.id),
    into=_Precept,
)
_CHANGE = (PRECEPT_CHANGE.c.done, PRECEPT_CHANGE.c.kind, PRECEPT_CHANGE.c.act, PRECEPT_CHANGE.c.day)
_NEWEST = (PRECEPT_CHANGE.c.day.desc(), PRECEPT_CHANGE.c.id)
_CHANGES_OF_HOUSE = Statement(
    select(*_CHANGE).where(PRECEPT_CHANGE.c.cid.is_(None)).order_by(*_NEWEST).limit(_MOST_NOTES), into=Change
)
_CHANGES_OF_PLACE = Statement(
    select(*_CHANGE)
    .where(PRECEPT_CHANGE.c.cid == bindparam("cid", type_=LargeBinary))
    .order_by(*_NEWEST)
    .limit(_MOST_NOTES),
    into=Change,
)


def rulebook(db: Read, keys: ServerKeys, keeper: Keeper | None = None) -> Rulebook:
    """Every automatic rule that is on, for memory, and who keeps back what one of them holds."""
    return Rulebook((_standing(keys, row) for row in db.all(_ALL_PRECEPTS)), keeper)


def precepts(db: Read, keys: ServerKeys, cid: bytes | None) -> list[Standing]:
    """The automatic rules of a place. Whether she may see them, the door has asked."""
    rows = db.all(_OF_HOUSE) if cid is None else db.all(_OF_PLACE, cid=cid)
    return [_standing(keys, row) for row in rows]


def precept_changes(db: Read, cid: bytes | None) -> list[Change]:
    """What was done with them lately."""
    return db.all(_CHANGES_OF_HOUSE) if cid is None else db.all(_CHANGES_OF_PLACE, cid=cid)


def _standing(keys: ServerKeys, row: _Precept) -> Standing:
    try:
        text, on = (
            unseal(keys.of("field"), row.sealed, b"precept" + row.id).decode("utf-8", "replace"),
            row.is_on,
        )
    except Unopenable:
        # Without what it looks for it would look for nothing, or for every link.
        text, on = "", 0
    return Standing(
        id=row.id,
        cid=row.cid,
        kind=row.kind,
        act=row.act,
        on=on,
        text=text,
        sentence=row.sentence,
        note=row.note,
    )
