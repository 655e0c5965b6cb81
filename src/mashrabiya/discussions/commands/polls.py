"""Polls: voting, changing one before anybody has voted, and closing.

While a poll is open its ballots lie beside it, each under a mark that only its person's session can make.
Once it is closed there are counts, or not even those, and no ballot: all in one transaction.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, LargeBinary, bindparam, delete, func, literal_column, select, update

from mashrabiya.communities.commands.agreements import uncredit
from mashrabiya.discussions import queries, rules
from mashrabiya.discussions.commands.doors import hold_back
from mashrabiya.discussions.commands.words import refuse
from mashrabiya.discussions.events import PollClosed
from mashrabiya.discussions.tables import AMENDMENT, BALLOT, THREAD
from mashrabiya.discussions.types import CLOSED_DAY, NO_POLL_DAY, NewPoll, Pace, Placed, Poll, ThreadFacts
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Statement, Write
from mashrabiya.safety.trust.types import FREE, Allowance

BATCH = 50

_TID = bindparam("of_thread", type_=LargeBinary)
_MINE = (BALLOT.c.tid == _TID, BALLOT.c.bnull == bindparam("mine", type_=LargeBinary))

_CHANGE: Statement[None] = Statement(
    update(BALLOT).where(*_MINE).values(chosen=bindparam("new_chosen", type_=Integer))
)
_TAKE_BACK: Statement[None] = Statement(delete(BALLOT).where(*_MINE))
_BALLOTS: Statement[None] = Statement(
    select(BALLOT.c.chosen, func.count()).where(BALLOT.c.tid == _TID).group_by(BALLOT.c.chosen)
)
_FORGET: Statement[None] = Statement(delete(BALLOT).where(BALLOT.c.tid == _TID))
_SET: Statement[None] = Statement(
    update(THREAD)
    .where(THREAD.c.id == _TID)
    .values(poll_day=bindparam("new_day", type_=Integer), poll=bindparam("new_poll"))
)
_AGREED_AS: Statement[None] = Statement(
    select(AMENDMENT.c.cid, AMENDMENT.c.v).where(AMENDMENT.c.tid == _TID, AMENDMENT.c.v > literal_column("0"))
)
_FORGET_AMENDMENT: Statement[None] = Statement(delete(AMENDMENT).where(AMENDMENT.c.tid == _TID))
_ENDED: Statement[None] = Statement(
    select(THREAD.c.id, THREAD.c.poll)
    .where(THREAD.c.poll_day > literal_column("0"), THREAD.c.poll_day < bindparam("today", type_=Integer))
    .limit(BATCH)
)


def vote(uow: Write, viewer: Viewer, tid: bytes, chosen: int | None, *, allowed: Allowance = FREE) -> bool:
    """Choose, or choose otherwise; ``chosen`` in bits, None to take it back. One ballot a person.

    False where the poll is closed, or ended meanwhile: then it is closed with this.
    """
    thread = queries.get_thread(uow, viewer, tid)
    poll = thread.poll
    if poll is None or viewer.work is None:
        raise NotFound
    pace = queries.speaking(uow, viewer, thread).pace
    rules.may_vote(viewer, thread, paused=pace == Pace.PAUSED).or_raise()
    if not thread.takes_votes:
        close_ended(uow, thread)
        return False
    mark = {"of_thread": tid, "mine": viewer.work.nullifier(b"ballot", tid)}
    if chosen is None:
        uow.run(_TAKE_BACK, **mark)
        return True
    hold_back(uow, viewer, thread.community, allowed, unnamed=True)
    refuse(rules.wrong_vote(poll, chosen))
    if not uow.insert_once(BALLOT, tid=tid, bnull=mark["mine"], chosen=chosen):
        uow.run(_CHANGE, **mark, new_chosen=chosen)
    return True


def close_own_poll(uow: Write, viewer: Viewer, tid: bytes, opening: bytes) -> Placed:
    """Close it before its last day: whoever opened the thread. Closed twice is closed once."""
    thread = queries.get_own_post(uow, viewer, tid, opening).thread
    if not thread.kept_poll or thread.amends:
        raise NotFound
    if thread.poll_day != CLOSED_DAY:
        _close(uow, tid, thread.kept_poll, own=True)
    return Placed(tid, 1)


def close_ended(uow: Write, thread: ThreadFacts) -> None:
    """Close it, if its last day is over and nobody has."""
    if NO_POLL_DAY < thread.poll_day < clock.day():
        _close(uow, thread.id, thread.kept_poll)


def close_poll(uow: Write, tid: bytes, poll_day: int, kept: str) -> None:
    """Close it now: what it asked was decided. Closed twice is closed once."""
    if poll_day > NO_POLL_DAY:
        _close(uow, tid, kept)


def close_polls(uow: Write) -> int:
    """Close some polls whose last day is over; answers how many. For the house itself."""
    ended = uow.tuples(_ENDED, today=clock.day())
    for tid, kept in ended:
        _close(uow, bytes(tid), kept)
    return len(ended)


def _close(uow: Write, tid: bytes, kept: str, *, own: bool = False) -> None:
    """Count, and forget who: whatever is not a count is gone from here on."""
    ballots = {int(chosen): int(people) for chosen, people in uow.tuples(_BALLOTS, of_thread=tid)}
    counted = rules.counted(Poll.read(kept) or Poll(()), ballots)
    uow.run(_SET, of_thread=tid, new_day=CLOSED_DAY, new_poll=counted.keep())
    forget_ballots(uow, tid)
    uow.record(PollClosed(tid, int(own)))


def forget_ballots(uow: Write, tid: bytes) -> None:
    """Nothing is left of what was chosen there. Safe to repeat."""
    uow.run(_FORGET, of_thread=tid)


def forget_amendment(uow: Write, tid: bytes) -> None:
    """What a thread proposed for what is agreed goes with it; and whose it was, where it was agreed. Safe to repeat."""
    for cid, v in uow.tuples(_AGREED_AS, of_thread=tid):
        uncredit(uow, bytes(cid), int(v))
    uow.run(_FORGET_AMENDMENT, of_thread=tid)


def drop_poll(uow: Write, tid: bytes) -> None:
    """The poll goes with the words that asked. Safe to repeat."""
    uow.run(_SET, of_thread=tid, new_day=NO_POLL_DAY, new_poll="")
    forget_ballots(uow, tid)
    forget_amendment(uow, tid)


def as_kept(new: NewPoll) -> dict[str, Any]:
    """The columns of a thread for a poll as it was typed."""
    kept = Poll(new.choices, new.several, amends=new.amends).keep() if new.choices else ""
    return {"poll_day": rules.last_day(new), "poll": kept}


def change_poll(uow: Write, thread: ThreadFacts, new: NewPoll | None) -> None:
    """Another poll, or none, as long as nobody has voted: else a vote would come to mean something else."""
    if new is None or rules.is_same(thread, new):
        return
    refuse({"choice_1": "poll.stands_fast"} if queries.stands_fast(uow, thread) else {})
    kept = as_kept(new)
    uow.run(_SET, of_thread=thread.id, new_day=kept["poll_day"], new_poll=kept["poll"])
