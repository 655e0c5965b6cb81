"""Taking a case, giving it back, handing it over; notes among carers.

None of it goes into the log of acts: it decides nothing, and is kept no longer than it serves.
"""

from __future__ import annotations

from hmac import compare_digest

from sqlalchemy import Integer, LargeBinary, and_, bindparam, delete, exists, func, or_, select, update

from mashrabiya.care import queries, rules
from mashrabiya.care.queries.parts import may_read_aside
from mashrabiya.care.tables import ASIDE, CLAIM
from mashrabiya.care.types import AS_HOST, CLAIM_HOURS, Case, NewAside, Wish
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, NotFound
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.verdict import Denied, Verdict
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.platform import submissions
from mashrabiya.platform.crypto import padded, seal
from mashrabiya.platform.db import Read, Statement, Write
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety.rules import size_for
from mashrabiya.safety.tables import REPORT
from mashrabiya.safety.types import Thing

_BATCH = 500
_WHICH = bindparam("which", type_=Integer)
_WHAT = bindparam("thing", type_=LargeBinary)
_WHOSE = bindparam("whose", type_=LargeBinary)
_CLAIMED = and_(CLAIM.c.kind == _WHICH, CLAIM.c.object == _WHAT)
_SAID = and_(ASIDE.c.kind == _WHICH, ASIDE.c.object == _WHAT)
_DROP: Statement[None] = Statement(delete(CLAIM).where(_CLAIMED))
_DROP_OLD: Statement[None] = Statement(
    delete(CLAIM).where(_CLAIMED, CLAIM.c.exp_h <= bindparam("hour", type_=Integer))
)
_DROP_AS_HOST: Statement[None] = Statement(delete(CLAIM).where(CLAIM.c.pid == _WHOSE))
_OF_THE_HOUSE: Statement[None] = Statement(
    select(CLAIM.c.kind, CLAIM.c.object, CLAIM.c.by).where(CLAIM.c.by.is_not(None))
)
_DROP_OF: Statement[None] = Statement(
    delete(CLAIM).where(or_(CLAIM.c.pid == _WHOSE, and_(CLAIM.c.kind == _WHICH, CLAIM.c.object == _WHOSE)))
)
_FORGET: Statement[None] = Statement(delete(ASIDE).where(ASIDE.c.kind == _WHICH, ASIDE.c.object == _WHOSE))
_HEARD: Statement[None] = Statement(update(ASIDE).where(_SAID).values(waits=bindparam("now", type_=Integer)))
_HEARD_OF: Statement[None] = Statement(
    update(ASIDE)
    .where(_SAID, ASIDE.c.wish == bindparam("wished", type_=Integer))
    .values(waits=bindparam("now", type_=Integer))
)
_HEARD_BY_ANOTHER: Statement[None] = Statement(
    update(ASIDE)
    .where(
        _SAID,
        ASIDE.c.wish == bindparam("wished", type_=Integer),
        ASIDE.c.by != bindparam("own", type_=LargeBinary),
        # Who could not read the question has not answered it.
        may_read_aside(ASIDE),
    )
    .values(waits=bindparam("now", type_=Integer))
)
_UNWRITE: Statement[None] = Statement(
    delete(ASIDE).where(
        _SAID,
        ASIDE.c.n == bindparam("number", type_=Integer),
        ASIDE.c.by == bindparam("own", type_=LargeBinary),
    )
)
_NO_CASE = ~exists().where(REPORT.c.kind == ASIDE.c.kind, REPORT.c.object == ASIDE.c.object)
_LEFT_OVER: Statement[None] = Statement(
    delete(ASIDE).where(ASIDE.c.id.in_(select(ASIDE.c.id).where(_NO_CASE).limit(_BATCH)))
)
_OVERSTAYED: Statement[None] = Statement(
    select(func.count()).select_from(ASIDE).where(_NO_CASE, ASIDE.c.day < bindparam("before", type_=Integer))
)


def take(uow: Write, viewer: Viewer, report: bytes) -> Case:
    """Have a case, for a day at most; everybody else may decide on it as before. Twice is once."""
    case = queries.get_case(uow, viewer, report)
    _or_conflict(rules.may_take(viewer, case))
    if rules.has_it(viewer, case):
        return case
    about = _about(case)
    uow.run(_DROP_OLD, hour=clock.hour(), **about)
    role = rules.decides_as(case)
    runs = role == AS_HOST
    added = uow.insert_once(
        CLAIM,
        kind=int(case.kind),
        object=case.object,
        pid=viewer.pid if runs else None,
        by=None if runs else rules.claimed_by(viewer, case.kind, case.object),
        role=role,
        exp_h=clock.hour() + CLAIM_HOURS,
    )
    if not added:
        raise Conflict("claim.taken")
    uow.run(_HEARD_OF, wished=int(Wish.OTHER), now=0, **about)
    return case


def give_back(uow: Write, viewer: Viewer, report: bytes) -> Case:
    """Have it no more. What is somebody else's, or nobody's, stays as it is."""
    case = queries.get_case(uow, viewer, report)
    if rules.has_it(viewer, case):
        uow.run(_DROP, **_about(case))
    return case


def hand_over(
    uow: Write, viewer: Viewer, keys: ServerKeys, report: bytes, *, why: str, shared: bool = False
) -> Case:
    """Give it back, and ask for somebody else, with a line that goes with the case."""
    case = queries.get_case(uow, viewer, report)
    _or_conflict(rules.may_hand_over(viewer, case))
    wrong = rules.wrong_why(why)
    if wrong:
        raise Invalid(wrong)
    written = queries.asides_written(uow, case.kind, case.object)
    _or_conflict(rules.may_write_aside(case, NewAside(words=why), written))
    uow.run(_DROP, **_about(case))
    _keep(uow, viewer, keys, case, new=NewAside(words=why, shared=shared), wish=Wish.OTHER)
    return case


def write_aside(uow: Write, viewer: Viewer, keys: ServerKeys, report: bytes, *, new: NewAside) -> Case:
    """Keep a note for those who decide on this case; sent twice, it is kept once.

    An opinion that another person asked for is given by this.
    """
    case = queries.get_case(uow, viewer, report)
    wrong = rules.wrong_aside(new)
    if wrong:
        raise Invalid(wrong)
    if submissions.claim(uow, new.submission, new_id(), f"{case.path}/n", new.words) is not None:
        return case
    _or_conflict(rules.may_write_aside(case, new, queries.asides_written(uow, case.kind, case.object)))
    own = rules.aside_by(viewer, case.kind, case.object)
    reads = {"own": own, "carer": int(viewer.has(CARE))}
    uow.run(_HEARD_BY_ANOTHER, wished=int(Wish.SECOND), now=0, **reads, **_about(case))
    _keep(uow, viewer, keys, case, new=new, wish=Wish.SECOND if new.second else Wish.NONE)
    return case


def unwrite_aside(uow: Write, viewer: Viewer, report: bytes, number: int) -> Case:
    """Delete a note of one's own, with what it asked of the others. Anybody else's is not found, and gone is gone."""
    case = queries.get_case(uow, viewer, report)
    own = rules.aside_by(viewer, case.kind, case.object)
    if not uow.run(_UNWRITE, number=number, own=own, **_about(case)):
        raise NotFound
    return case


def settle(uow: Write, kind: int, thing: bytes) -> None:
    """It is decided: nobody has it any more, and nothing is asked of anybody."""
    about = {"which": int(kind), "thing": thing}
    uow.run(_DROP, **about)
    uow.run(_HEARD, now=0, **about)


def let_go(uow: Write, pid: bytes) -> None:
    """What a persona had as one of those who run a place is everybody's again. Safe to repeat."""
    uow.run(_DROP_AS_HOST, whose=pid)


def let_own_go(uow: Write, viewer: Viewer) -> None:
    """What a carer of the house had is everybody's again: only she can tell what that is. Safe to repeat."""
    for kind, thing, by in uow.tuples(_OF_THE_HOUSE):
        if compare_digest(rules.claimed_by(viewer, kind, bytes(thing)), bytes(by)):
            uow.run(_DROP, which=kind, thing=bytes(thing))


def forget_among(uow: Write, pid: bytes) -> None:
    """A persona that is gone has no case, and is none. Safe to repeat."""
    persona = int(Thing.PERSONA)
    uow.run(_DROP_OF, whose=pid, which=persona)
    uow.run(_FORGET, whose=pid, which=persona)


def let_asides_go(uow: Write) -> int:
    """Delete notes whose case is kept no longer; answers how many."""
    return uow.run(_LEFT_OVER)


def asides_left_over(db: Read, days: int) -> int:
    """How many there are of these, written before so many days."""
    return int(db.scalar(_OVERSTAYED, before=clock.day() - days))


def _keep(uow: Write, viewer: Viewer, keys: ServerKeys, case: Case, *, new: NewAside, wish: Wish) -> None:
    which, plain = new_id(), new.words.strip().encode("utf-8", "replace")
    uow.insert(
        ASIDE,
        id=which,
        kind=int(case.kind),
        object=case.object,
        n=queries.asides_written(uow, case.kind, case.object) + 1,
        by=rules.aside_by(viewer, case.kind, case.object),
        role=rules.decides_as(case),
        shared=int(new.shared and rules.may_share(case)),
        wish=int(wish),
        waits=int(bool(wish)),
        day=clock.day(),
        words=seal(keys.of("field"), padded(plain, size_for(plain)), b"aside" + which),
    )


def _about(case: Case) -> dict[str, object]:
    return {"which": int(case.kind), "thing": case.object}


def _or_conflict(verdict: Verdict) -> None:
    if isinstance(verdict, Denied):
        raise Conflict(verdict.why)
