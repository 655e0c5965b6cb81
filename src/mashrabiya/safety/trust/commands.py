"""Counting help, and forgetting it. The room that holds the words has found them and may show them."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, Table, bindparam, delete, literal_column, select, update

from mashrabiya.kernel import clock
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Statement, Write
from mashrabiya.safety.trust import queries, rules
from mashrabiya.safety.trust.tables import ANON_CREDIT, TRUST_DAY, TRUST_MEASURE, TRUST_VOTE
from mashrabiya.safety.trust.types import Measure, Voice

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


def forget_persona(uow: Write, pid: bytes) -> None:
    """Nothing says any more that a persona that is gone was helpful. Safe to repeat."""
    uow.run(_FORGET, of_target=pid)
    uow.run(_FORGET_DAYS, of_target=pid)


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
