"""How one person has spoken in a thread, and whether she may now: asked in her own request, over all her names."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
)

from mashrabiya.communities.tables import MEMBERSHIP
from mashrabiya.communities.types import SMALL
from mashrabiya.discussions.queries.parts import CID, NO, TID, YES, constant
from mashrabiya.discussions.tables import BALLOT, PARTED, POST, TOLD
from mashrabiya.discussions.types import ClosedWriting, Pace, Speaking, ThreadFacts
from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries.guards import PAUSED, SLOWED, UNNAMED_COMMUNITY, UNNAMED_SLOWED
from mashrabiya.people.tables import GUARD, PERSONA
from mashrabiya.people.types import Reached
from mashrabiya.platform.db import Read, Statement, sibling_values, sixteen

_TOK = bindparam("tok", type_=LargeBinary)
_SIBLINGS = sixteen("sibling")
# The last of what she said there by name: of whoever only translated all numbers are below nought. Asked of each
# of her names, a step along an index: neither much that she said nor much that others said makes it dear.
_LAST = (
    select(POST.c.n)
    .where(POST.c.tid == TID, POST.c.pid == PERSONA.c.id)
    .order_by(POST.c.n.desc())
    .limit(YES)
    .correlate(PERSONA)
    .scalar_subquery()
)
_SPOKE = (
    select(PERSONA.c.id, PERSONA.c.name, _LAST.label("n"))
    .where(PERSONA.c.id.in_(_SIBLINGS))
    .subquery("spoke")
)
_VOICE = (
    select(_SPOKE).where(_SPOKE.c.n.is_not(None)).order_by(_SPOKE.c.n.desc()).limit(YES).subquery("voice")
)
_LABEL = select(POST.c.label).where(POST.c.home_tid == TID, POST.c.tok == _TOK).limit(YES)
_FEW = select(MEMBERSHIP.c.role).where(MEMBERSHIP.c.cid == CID).limit(constant(SMALL))
_PAUSE: ColumnElement[str] = literal_column("'pause'")
_SLOW: ColumnElement[str] = literal_column("'slow'")
_PACE = (
    select(func.max(case((GUARD.c.kind == _PAUSE, constant(Pace.PAUSED)), else_=constant(Pace.SLOWED))))
    .where(
        GUARD.c.kind.in_([_PAUSE, _SLOW]),
        GUARD.c.scope == CID,
        GUARD.c.subject.in_(_SIBLINGS),
        GUARD.c.until_day >= bindparam("today", type_=Integer),
    )
    .scalar_subquery()
)
_SPOKEN = select(
    _LABEL.scalar_subquery(),
    _VOICE.c.id,
    _VOICE.c.name,
    func.coalesce(_VOICE.c.n, NO),
    select(func.count()).select_from(_FEW.subquery()).scalar_subquery(),
    case((exists().where(TOLD.c.home_tid == TID, TOLD.c.tok == _TOK), YES), else_=NO),
    func.coalesce(_PACE, NO),
)
_PERSON = select(YES).subquery("person").outerjoin(_VOICE, true())
_SPEAKING = Statement(_SPOKEN.select_from(_PERSON), into=Speaking)
# The same where a poll is open: what she chose, which her own session alone can ask.
_CHOSEN = select(BALLOT.c.chosen).where(
    BALLOT.c.tid == TID, BALLOT.c.bnull == bindparam("bnull", type_=LargeBinary)
)
_VOTING = Statement(
    _SPOKEN.add_columns(func.coalesce(_CHOSEN.scalar_subquery(), NO)).select_from(_PERSON), into=Speaking
)
# Who opened the thread and who wrote the post that is answered, where they did so by name: a row each.
_AUTHORS = (
    select(PERSONA.c.id, PERSONA.c.bpub, PERSONA.c.state)
    .select_from(POST.join(PERSONA, PERSONA.c.id == POST.c.pid))
    .where(POST.c.tid == TID, POST.c.n.in_([YES, bindparam("to", type_=Integer)]))
    .distinct()
    .subquery("authors")
)
# The same where some posts went to other threads: their authors are reached there as well.
_WENT = select(PARTED.c.post).where(PARTED.c.tid == TID, PARTED.c.n == bindparam("to", type_=Integer))
_AUTHORS_MIXED = (
    select(PERSONA.c.id, PERSONA.c.bpub, PERSONA.c.state)
    .select_from(POST.join(PERSONA, PERSONA.c.id == POST.c.pid))
    .where(
        or_(
            and_(POST.c.tid == TID, POST.c.n.in_([YES, bindparam("to", type_=Integer)])),
            POST.c.id.in_(_WENT),
        )
    )
    .distinct()
    .subquery("authors")
)
_SPEAKING_TO_MIXED: Statement[None] = Statement(
    _SPOKEN.add_columns(*_AUTHORS_MIXED.c).select_from(_PERSON.outerjoin(_AUTHORS_MIXED, true()))
)
_SPEAKING_TO: Statement[None] = Statement(
    _SPOKEN.add_columns(*_AUTHORS.c).select_from(_PERSON.outerjoin(_AUTHORS, true()))
)
_CLOSED: Statement[None] = Statement(
    select(GUARD.c.kind, GUARD.c.subject).where(
        GUARD.c.kind.in_([literal_column("'anon_comm'"), literal_column("'anon_slow'"), _PAUSE, _SLOW]),
        GUARD.c.scope == CID,
        GUARD.c.until_day >= bindparam("today", type_=Integer),
    )
)


def speaking(db: Read, viewer: Viewer, thread: ThreadFacts) -> Speaking:
    """How this person has spoken there; asked only of those who could speak."""
    if not thread.community.kin_belongs:
        return Speaking()
    asking = _asking(viewer, thread)
    if thread.kept_poll and thread.takes_votes and viewer.work is not None:
        mine = viewer.work.nullifier(b"ballot", thread.id)
        return db.first(_VOTING, bnull=mine, **asking) or Speaking()
    return db.first(_SPEAKING, **asking) or Speaking()


def speaking_to(
    db: Read, viewer: Viewer, thread: ThreadFacts, to: int | None
) -> tuple[Speaking, list[Reached]]:
    """The same, and the personas that a reply reaches: of the thread's first post and the one it answers."""
    if not thread.community.kin_belongs:
        return Speaking(), []
    rows = db.tuples(
        _SPEAKING_TO_MIXED if thread.parted else _SPEAKING_TO, to=to or 1, **_asking(viewer, thread)
    )
    own = len(_SPOKEN.selected_columns)
    return Speaking(*rows[0][:own]), [Reached(*row[own:]) for row in rows if row[own] is not None]


def _asking(viewer: Viewer, thread: ThreadFacts) -> dict[str, Any]:
    return {
        "tid": thread.id,
        "cid": thread.community.id,
        "tok": viewer.token(thread.id),
        "today": clock.day(),
        **sibling_values(viewer.siblings),
    }


def closed_writing(db: Read, cid: bytes) -> ClosedWriting:
    """For whom writing in that community is closed or slowed now: all of it, or what is unnamed."""
    found: dict[str, list[bytes]] = {kind: [] for kind in (UNNAMED_COMMUNITY, UNNAMED_SLOWED, PAUSED, SLOWED)}
    for kind, subject in db.tuples(_CLOSED, cid=cid, today=clock.day()):
        found[kind].append(bytes(subject))
    return ClosedWriting(*found.values())
