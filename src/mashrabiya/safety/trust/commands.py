"""Counting help, and forgetting it. The room that holds the words has found them and may show them."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, Table, bindparam, delete, literal_column, select, update

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Statement, Write
from mashrabiya.safety.trust import queries, rules
from mashrabiya.safety.trust.tables import ANON_CREDIT, PULLED, TRUST_DAY, TRUST_MEASURE, TRUST_VOTE, VOUCHER
from mashrabiya.safety.trust.types import PULLED_DAYS, VOUCHED_QUARTERS, Measure, Voice

_WEEK = 7
_TARGET = bindparam("of_target", type_=LargeBinary)
_VNULL = bindparam("mine", type_=LargeBinary)
_HOME = bindparam("home", type_=LargeBinary)
_STEP = bindparam("step", type_=Integer)


class _Kept:
    """The statements for one of the two tables of votes."""

    def __init__(self, rows: Table, target: str) -> None:
        self.rows = rows
        self.target = target
        mine = (rows.c[target] == _TARGET, rows.c.vnull == _VNULL)
        self.again: Statement[None] = Statement(
            update(rows).where(*mine).values(n=rows.c.n + literal_column("1"), week=bindparam("new_week"))
        )
        self.fewer: Statement[None] = Statement(
            update(rows).where(*mine).values(n=rows.c.n - literal_column("1"))
        )
        self.gone: Statement[None] = Statement(delete(rows).where(*mine, rows.c.n <= literal_column("0")))


_NAMED, _UNNAMED = _Kept(TRUST_VOTE, "target"), _Kept(ANON_CREDIT, "tok")
_FORGET: Statement[None] = Statement(delete(TRUST_VOTE).where(TRUST_VOTE.c.target == _TARGET))
_FORGET_DAYS: Statement[None] = Statement(delete(TRUST_DAY).where(TRUST_DAY.c.target == _TARGET))
_FORGET_VOICES: Statement[None] = Statement(delete(ANON_CREDIT).where(ANON_CREDIT.c.home_tid == _HOME))
_FORGET_VOICES_DAYS: Statement[None] = Statement(
    delete(TRUST_DAY).where(
        TRUST_DAY.c.target.in_(select(ANON_CREDIT.c.tok).where(ANON_CREDIT.c.home_tid == _HOME))
    )
)
_MEASURE: Statement[None] = Statement(
    update(TRUST_MEASURE)
    .where(TRUST_MEASURE.c.name == bindparam("which"))
    .values(people=bindparam("new_people"), places=bindparam("new_places"))
)


_MY_VOUCHER = (VOUCHER.c.target == _TARGET, VOUCHER.c.vnull == _VNULL)
_LONGER: Statement[None] = Statement(
    update(VOUCHER).where(*_MY_VOUCHER).values(until_q=bindparam("new_until"))
)
_PULL: Statement[None] = Statement(delete(VOUCHER).where(*_MY_VOUCHER))
_FORGET_VOUCHERS: Statement[None] = Statement(delete(VOUCHER).where(VOUCHER.c.target == _TARGET))
_FORGET_PULLED: Statement[None] = Statement(delete(PULLED).where(PULLED.c.target == _TARGET))
_SEEN: Statement[None] = Statement(delete(PULLED).where(PULLED.c.id == bindparam("which", type_=LargeBinary)))


def vote(uow: Write, viewer: Viewer, voice: Voice) -> bool:
    """Somebody was found helpful; whether that counts for trust: only from whoever is established herself.

    One person is one vote for one voice, under all her names; a further mark makes it younger.
    Whoever marks has been asked already whether these are words of her own.
    """
    if viewer.work is None or not queries.is_established(uow, viewer):
        return False
    kept, mine = _kept(voice), viewer.work.nullifier(b"vote", voice.id)
    day = clock.day()
    week = day - day % _WEEK
    if not uow.run(kept.again, of_target=voice.id, mine=mine, new_week=week):
        branch = rules.bucket_of(viewer.branch, voice.id, mine)
        home = {} if voice.is_named else {"home_tid": voice.home_tid}
        uow.insert(kept.rows, **home, **{kept.target: voice.id}, vnull=mine, branch=branch, week=week, n=1)
    uow.insert_once(TRUST_DAY, target=voice.id, day=day, cid=voice.cid)
    return True


def take_back(uow: Write, viewer: Viewer, voice: Voice) -> None:
    """A mark that counted was taken back: with the last of them, the vote goes."""
    if viewer.work is None:
        return
    kept, mine = _kept(voice), viewer.work.nullifier(b"vote", voice.id)
    uow.run(kept.fewer, of_target=voice.id, mine=mine)
    uow.run(kept.gone, of_target=voice.id, mine=mine)


def vouch(uow: Write, viewer: Viewer, target: bytes) -> None:
    """Stand for somebody, for a year and a half. Whether she may meet her, the door has asked; done twice, it lasts longer."""
    if viewer.work is None:
        raise NotFound
    rules.may_vouch(viewer, queries.standing_by_name(uow, viewer)).or_raise()
    rules.may_vouch_for(viewer, target).or_raise()
    mine, until = viewer.work.nullifier(queries.VOUCH, target), clock.quarter() + VOUCHED_QUARTERS
    if not uow.run(_LONGER, of_target=target, mine=mine, new_until=until):
        uow.insert(VOUCHER, target=target, vnull=mine, until_q=until)


def pull(uow: Write, viewer: Viewer, target: bytes) -> None:
    """Stand for somebody no more. The care team is told that this happened, and not whose it was; done twice, it is told once."""
    if viewer.work is None:
        raise NotFound
    if uow.run(_PULL, of_target=target, mine=viewer.work.nullifier(queries.VOUCH, target)):
        uow.run(_FORGET_PULLED, of_target=target)
        uow.insert(PULLED, id=new_id(), target=target, until_day=clock.day() + PULLED_DAYS)


def put_away(uow: Write, viewer: Viewer, which: bytes) -> None:
    """The care team has seen it."""
    if which not in {one.id for one in queries.pulled(uow, viewer)}:
        raise NotFound
    uow.run(_SEEN, which=which)


def forget_persona(uow: Write, pid: bytes) -> None:
    """Nothing says any more that a persona that is gone was helpful, or vouched for. Safe to repeat."""
    uow.run(_FORGET, of_target=pid)
    uow.run(_FORGET_DAYS, of_target=pid)
    uow.run(_FORGET_VOUCHERS, of_target=pid)
    uow.run(_FORGET_PULLED, of_target=pid)


def forget_thread(uow: Write, tid: bytes) -> None:
    """What unnamed voices of a thread were trusted for goes with it. Safe to repeat."""
    uow.run(_FORGET_VOICES_DAYS, home=tid)
    uow.run(_FORGET_VOICES, home=tid)


def keep_measure(uow: Write, measure: Measure) -> None:
    """From now on it takes this to be established here."""
    changed = {"new_people": measure.people, "new_places": measure.places}
    if not uow.run(_MEASURE, which=queries.MEASURE, **changed):
        uow.insert_once(TRUST_MEASURE, name=queries.MEASURE, people=measure.people, places=measure.places)


def _kept(voice: Voice) -> _Kept:
    return _NAMED if voice.is_named else _UNNAMED
