"""All that was decided and meets one person, page by page. She is recognised by trial, in her session alone."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from sqlalchemy import Integer, LargeBinary, and_, bindparam, or_, select, tuple_

from mashrabiya.care import rules
from mashrabiya.care.queries.appeals import WITH_WHOM, concerns, read_meant, with_appeal
from mashrabiya.care.queries.parts import constant, literal_role, run_by_her
from mashrabiya.care.queries.written import WHOSE, with_words
from mashrabiya.care.tables import APPEAL, DECISION
from mashrabiya.care.types import APPEAL_DAYS, AS_RULE, Act, Concerned, Concerning
from mashrabiya.kernel import clock
from mashrabiya.kernel.cursors import Cursor
from mashrabiya.kernel.keys import SLOTS
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Read, Statement, sibling_values, sixteen
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety.types import Thing

TRIED = 5000
"""Decisions tried for one page at most: two microseconds each."""

_BEGINNING = Cursor((1 << 31) - 1, b"\xff" * 16)
_BEFORE_ALL = (-1, b"")
_BEFORE = tuple_(DECISION.c.day, DECISION.c.id) < tuple_(
    bindparam("after_day", type_=Integer), bindparam("after_id", type_=LargeBinary)
)
_TOLD = DECISION.c.act.not_in([constant(act) for act in Act if act.takes_two or act in {Act.KEEP, Act.CAME}])
_NEWEST = (DECISION.c.day.desc(), DECISION.c.id.desc())


class _Recent(msgspec.Struct, frozen=True):
    id: bytes
    day: int
    by: bytes | None
    pid: bytes | None
    tok: bytes | None
    home_tid: bytes


_RECENT = Statement(
    select(DECISION.c.id, DECISION.c.day, DECISION.c.by, *WHOSE)
    .select_from(with_words(DECISION, DECISION))
    .where(
        _TOLD,
        _BEFORE,
        DECISION.c.day >= bindparam("since", type_=Integer),
        # A rule decides nothing, and however much it holds, what people decided is found.
        DECISION.c.role != literal_role(AS_RULE),
        or_(WHOSE[0].is_not(None), WHOSE[1].is_not(None)),
    )
    .order_by(*_NEWEST)
    .limit(constant(TRIED)),
    into=_Recent,
)
# What is closed to her, what she objected to, and what was said of places that she runs.
_KNOWN: Statement[None] = Statement(
    select(DECISION.c.day, DECISION.c.id).where(
        _BEFORE,
        or_(
            DECISION.c.id.in_(sixteen("case")),
            DECISION.c.id.in_(select(APPEAL.c.decision).where(APPEAL.c.mine.in_(sixteen("place")))),
            and_(DECISION.c.object.in_(run_by_her()), DECISION.c.kind == constant(Thing.COMMUNITY), _TOLD),
        ),
    )
)
_SOME = Statement(WITH_WHOM.where(DECISION.c.id.in_(sixteen("case"))), into=read_meant)


def all_concerned(
    db: Read, viewer: Viewer, keys: ServerKeys, cases: Mapping[bytes, bool], *, after: str = ""
) -> Concerning:
    """What meets her, newest first, sixteen a page. ``cases`` are those by which something is closed to her now.

    The database is not asked for her: so many decisions are tried for a page, and where none of
    them is hers, it holds nothing and leads on.
    """
    if viewer.work is None:
        return Concerning([])
    cursor = Cursor.read(after) or _BEGINNING
    asked = {"after_day": min(cursor.position, _BEGINNING.position), "after_id": cursor.id}
    tried = db.all(_RECENT, since=0, **asked)
    # What is older than all that was tried belongs to a later page.
    edge = (tried[-1].day, tried[-1].id) if len(tried) == TRIED else _BEFORE_ALL
    hers = {(one.day, one.id) for one in tried if _is_hers(viewer, one)}
    hers |= {one for one in _known(db, viewer, cases, asked) if one >= edge}
    found = sorted(hers, reverse=True)
    shown = found[:SLOTS]
    last = shown[-1] if len(found) > SLOTS else edge
    further = Cursor(last[0], last[1]).show() if last != _BEFORE_ALL else ""
    return Concerning(_rows(db, viewer, keys, [which for _, which in shown]), further)


def _known(
    db: Read, viewer: Viewer, cases: Mapping[bytes, bool], asked: dict[str, object]
) -> list[tuple[int, bytes]]:
    values = _cases([*cases][:SLOTS]) | sibling_values(rules.appeal_places(viewer), "place")
    found = db.tuples(_KNOWN, **values, **sibling_values(viewer.siblings), today=clock.day(), **asked)
    return [(int(day), bytes(which)) for day, which in found]


def _rows(db: Read, viewer: Viewer, keys: ServerKeys, which: list[bytes]) -> list[Concerned]:
    if not which:
        return []
    found = db.all(_SOME, **_cases(which), **sibling_values(viewer.siblings), today=clock.day())
    return [with_appeal(keys, one) for one in found if concerns(viewer, one)]


def _cases(which: list[bytes]) -> dict[str, bytes]:
    return sibling_values([*which, *[b""] * (SLOTS - len(which))], "case")


def concerns_her(db: Read, viewer: Viewer) -> bool:
    """Whether something was decided on what she wrote, of late: so that she looks."""
    if viewer.work is None:
        return False
    asked = {"after_day": _BEGINNING.position, "after_id": _BEGINNING.id}
    found = db.all(_RECENT, since=clock.day() - APPEAL_DAYS, **asked)
    return any(_is_hers(viewer, one) for one in found)


def _is_hers(viewer: Viewer, one: _Recent) -> bool:
    # What she did herself with a thread of hers is nothing to be told.
    hers = rules.is_hers(viewer, one.pid, one.tok, one.home_tid)
    return hers and not rules.is_by_her(viewer, one.id, one.by)
