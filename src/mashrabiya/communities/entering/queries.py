"""Reading who asks, and which invitations are open. Each finds its own; those who run a place find its requests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, LargeBinary, bindparam, literal_column, select, union_all

from mashrabiya.communities.entering.tables import ASKING, ASKING_VOUCHER, PLACE_INVITATION, WAY_COUNT
from mashrabiya.communities.entering.types import Given, Own, State, Waiting, Ways, unpacked
from mashrabiya.communities.queries import facts, holds, not_excluded, sight, standing
from mashrabiya.communities.queries.places import DOOR, NO, PID, YES
from mashrabiya.communities.queries.running import COUNTS
from mashrabiya.communities.tables import COMMUNITY, MEMBERSHIP
from mashrabiya.communities.types import CommunityFacts, Role
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.keys import mac
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries import MARKS, is_present, mark_values, opened_marks
from mashrabiya.people.queries.marks import Marked
from mashrabiya.people.sealed import codes
from mashrabiya.people.sealed.shared import READERS, open_shared
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.crypto import Unopenable, unseal
from mashrabiya.platform.db import Read, Statement
from mashrabiya.platform.keys import ServerKeys

_CID = bindparam("cid", type_=LargeBinary)
_TODAY = bindparam("today", type_=Integer)
VOUCH = b"enter"
MOST = 60
"""Requests on a page: in a place that asks questions more is a raid, and protection is the cure."""

_WAYS: Statement[Any] = Statement(
    select(COMMUNITY.c.entry, COMMUNITY.c.questions, COMMUNITY.c.members_invite).where(COMMUNITY.c.id == _CID)
)
_HERS = (
    ASKING.c.cid == _CID,
    ASKING.c.pid == bindparam("pid", type_=LargeBinary),
    ASKING.c.until_day >= _TODAY,
)
_OWN: Statement[Any] = Statement(
    select(ASKING.c.id, ASKING.c.state, ASKING.c.said, ASKING.c.until_day).where(*_HERS)
)
# Beside it, up to where she has read what the page lists: one question for both.
_READ = MARKS.subquery("marks").c
_OWN_AND_MARKS: Statement[Any] = Statement(
    union_all(
        select(ASKING.c.id, ASKING.c.state, ASKING.c.said, ASKING.c.until_day, NO.label("read")).where(
            *_HERS
        ),
        select(_READ.tag, NO, _READ.blob, NO, YES),
    )
)
_ASKED_WHERE: Statement[Any] = Statement(
    select(COMMUNITY.c.id, COMMUNITY.c.name)
    .join(ASKING, ASKING.c.cid == COMMUNITY.c.id)
    .where(ASKING.c.pid == PID, not_excluded(COMMUNITY.c.id), DOOR)
    .order_by(COMMUNITY.c.name)
)
_WAITS = (
    ASKING.c.cid == _CID,
    ASKING.c.state == literal_column(str(int(State.WAITING))),
    ASKING.c.until_day >= _TODAY,
    is_present(PERSONA),
)
_ASKED = select(ASKING.c.id, ASKING.c.pid, PERSONA.c.name, ASKING.c.until_day, ASKING.c.answers).join(
    PERSONA, PERSONA.c.id == ASKING.c.pid
)
_WAITING: Statement[Any] = Statement(
    _ASKED.where(*_WAITS).order_by(ASKING.c.until_day, PERSONA.c.name).limit(literal_column(str(MOST)))
)
_ONE: Statement[Any] = Statement(
    select(ASKING.c.pid, PERSONA.c.bpub)
    .join(PERSONA, PERSONA.c.id == ASKING.c.pid)
    .where(ASKING.c.id == bindparam("asking", type_=LargeBinary), *_WAITS)
)
_VNULLS = [f"vnull{number}" for number in range(MOST)]
_STOOD: Statement[Any] = Statement(
    select(ASKING_VOUCHER.c.asking).where(
        ASKING_VOUCHER.c.vnull.in_([bindparam(name, type_=LargeBinary) for name in _VNULLS])
    )
)
_BRANCHES: Statement[Any] = Statement(
    select(ASKING_VOUCHER.c.branch).where(ASKING_VOUCHER.c.asking == bindparam("asking", type_=LargeBinary))
)
_READERS: Statement[Any] = Statement(
    select(PERSONA.c.bpub)
    .join(MEMBERSHIP, MEMBERSHIP.c.pid == PERSONA.c.id)
    .where(MEMBERSHIP.c.cid == _CID, holds(Role.HOST), COUNTS)
    .limit(literal_column(str(READERS)))
)
_GIVEN: Statement[Any] = Statement(
    select(PLACE_INVITATION.c.tag, PLACE_INVITATION.c.sealed, PLACE_INVITATION.c.until_day)
    .where(
        PLACE_INVITATION.c.giver == bindparam("giver", type_=LargeBinary),
        PLACE_INVITATION.c.until_day >= _TODAY,
    )
    .order_by(PLACE_INVITATION.c.until_day, PLACE_INVITATION.c.tag)
)
_LEADS = (
    select(PLACE_INVITATION.c.cid)
    .where(
        PLACE_INVITATION.c.tag == bindparam("tag", type_=LargeBinary), PLACE_INVITATION.c.until_day >= _TODAY
    )
    .cte("leads")
)
_INVITED_STANDING = standing(_LEADS.c.cid)
_INVITED: Statement[CommunityFacts] = Statement(
    select(*facts(_INVITED_STANDING))
    .join_from(_INVITED_STANDING, COMMUNITY, COMMUNITY.c.id == _INVITED_STANDING.c.cid)
    .where(_INVITED_STANDING.c.shut == NO),
    into=CommunityFacts,
)
_COUNTS: Statement[Any] = Statement(
    select(WAY_COUNT.c.cid, WAY_COUNT.c.day, WAY_COUNT.c.what, WAY_COUNT.c.n).where(
        WAY_COUNT.c.day >= bindparam("since", type_=Integer)
    )
)


def ways_of(db: Read, cid: bytes) -> Ways:
    """How one enters a place. Ask only after finding the community."""
    found = db.tuples(_WAYS, cid=cid)
    if not found:
        raise NotFound
    return Ways.kept(*found[0])


def own_request(db: Read, viewer: Viewer, cid: bytes) -> Own | None:
    """The request of the persona in use that stands there, with what was said to her."""
    if viewer.work is None or not viewer.speaks:
        return None
    rows = db.tuples(_OWN, cid=cid, pid=viewer.pid, today=clock.day())
    return _own(viewer, cid, rows[0]) if rows else None


def own_request_and_read(
    db: Read, viewer: Viewer, cid: bytes, tids: Sequence[bytes]
) -> tuple[Own | None, Marked | None]:
    """The same, and up to where she has read these threads: one statement. Nothing of that, where nothing is remembered."""
    if not (viewer.speaks and viewer.remembers and tids):
        return own_request(db, viewer, cid), None
    asked = {"cid": cid, "pid": viewer.pid, "today": clock.day(), **mark_values(viewer, tids)}
    own, marks = None, list[tuple[bytes, bytes]]()
    for *row, read in db.tuples(_OWN_AND_MARKS, **asked):
        if read:
            marks.append((row[0], row[2]))
        else:
            own = _own(viewer, cid, row)
    return own, opened_marks(viewer, tids, marks)


def _own(viewer: Viewer, cid: bytes, row: Sequence[Any]) -> Own:
    which, state, said, until = row
    assert viewer.work is not None
    words = open_shared(viewer.work, viewer.slot, bytes(said), bound(cid, viewer.pid)) if said else None
    return Own(bytes(which), state, words or "", until)


def own_requests(db: Read, viewer: Viewer) -> list[tuple[str, Own]]:
    """All requests of the persona in use, with the names of their places: for herself. Where she is excluded, none."""
    found = []
    for cid, name in db.tuples(_ASKED_WHERE, **sight(viewer)):
        own = own_request(db, viewer, bytes(cid))
        if own is not None:
            found.append((str(name), own))
    return found


def waiting(db: Read, viewer: Viewer, cid: bytes, *, answers: bool) -> list[Waiting]:
    """Who asks to enter, the oldest first. Whether she may know, the door has asked.

    ``answers``: with what was answered, as far as it was closed for the persona in use.
    """
    if viewer.work is None:
        return []
    found = db.tuples(_WAITING, cid=cid, today=clock.day())
    mine = {vnull_of(viewer, bytes(row[0])): bytes(row[0]) for row in found}
    names = dict(zip(_VNULLS, [*mine, *[b""] * (MOST - len(mine))], strict=True))
    stood = {bytes(which) for (which,) in db.tuples(_STOOD, **names)} if mine else set()
    return [
        _waiting(
            viewer,
            cid,
            row,
            answers=answers,
            stands=bytes(row[0]) in stood,
            own=bytes(row[1]) in viewer.siblings,
        )
        for row in found
    ]


def _waiting(
    viewer: Viewer, cid: bytes, row: tuple[Any, ...], *, answers: bool, stands: bool, own: bool
) -> Waiting:
    which, pid, name, until, sealed = row
    assert viewer.work is not None
    text = None
    if answers and sealed:
        text = open_shared(viewer.work, viewer.slot, bytes(sealed), bound(cid, bytes(pid)))
    opens = text is not None or not answers
    # A name of her own among those who ask is said to herself alone, where members vouch.
    return Waiting(bytes(which), bytes(pid), name, until, unpacked(text) if text else (), opens, own, stands)


def find_waiting(db: Read, cid: bytes, asking: bytes) -> tuple[bytes, bytes] | None:
    """The persona behind a request that waits, and its public half."""
    found = db.tuples(_ONE, cid=cid, asking=asking, today=clock.day())
    return (bytes(found[0][0]), bytes(found[0][1])) if found else None


def readers(db: Read, cid: bytes) -> list[bytes]:
    """The public halves of those who run the place, and were not excluded since: for them answers are closed."""
    return [bytes(public) for (public,) in db.tuples(_READERS, cid=cid, today=clock.day())]


def branches(db: Read, asking: bytes) -> list[int]:
    """The branches of those who said yes for a request."""
    return [int(branch) for (branch,) in db.tuples(_BRANCHES, asking=asking)]


def vnull_of(viewer: Viewer, asking: bytes) -> bytes:
    """Who says yes for this request: a person once, whichever name she uses."""
    assert viewer.work is not None
    return viewer.work.nullifier(VOUCH, asking)


def given(db: Read, viewer: Viewer, cid: bytes) -> list[Given]:
    """The invitations of the persona in use that are open there."""
    if viewer.work is None:
        return []
    giver, found = giver_of(viewer, cid), []
    for tag, sealed, until in db.tuples(_GIVEN, giver=giver, today=clock.day()):
        try:
            code = unseal(code_key(viewer), bytes(sealed), bytes(tag)).decode()
        except Unopenable:
            continue
        found.append(Given(bytes(tag), code, until, mac(giver, bytes(tag))[:8].hex()))
    return found


def giver_of(viewer: Viewer, cid: bytes) -> bytes:
    """Under what the invitations of the persona in use lie in that place, and nowhere else."""
    assert viewer.work is not None
    return mac(viewer.work.persona_key(viewer.slot), b"invites", cid)[:16]


def code_key(viewer: Viewer) -> bytes:
    """Opens the codes of the persona in use."""
    assert viewer.work is not None
    return mac(viewer.work.persona_key(viewer.slot), b"invites", b"key")


def find_invited(db: Read, viewer: Viewer, keys: ServerKeys, code: str) -> CommunityFacts | None:
    """The place that a code leads to, hidden or not; nothing where it opens nothing, or not for her."""
    return db.first(_INVITED, tag=place_tag(keys, code), **sight(viewer))


def place_tag(keys: ServerKeys, code: str) -> bytes:
    """Under what the code of a place is kept: never found among those of the house."""
    return mac(keys.of("invite"), b"place", codes.read(code).encode())[:16]


def bound(cid: bytes, pid: bytes) -> bytes:
    """What answers and what is said are closed to: moved to another request they do not open."""
    return b"asking" + cid + pid


def counts(db: Read, since: int) -> list[tuple[bytes, int, str, int]]:
    """What was counted of weeks from that day on: place, its Monday, what, how often."""
    return [(bytes(cid), day, what, n) for cid, day, what, n in db.tuples(_COUNTS, since=since)]
