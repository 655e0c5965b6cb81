"""What is refused before anything is written: what is closed to the person, and what somebody new may not do yet."""

from __future__ import annotations

from collections.abc import Callable

from mashrabiya.discussions import queries, rules
from mashrabiya.discussions.types import NewReply, NewThread, Pace, Speaking, ThreadFacts
from mashrabiya.kernel.verdict import Verdict
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries as people_queries
from mashrabiya.people.types import Reached
from mashrabiya.platform.db import Write
from mashrabiya.safety.trust import rules as trust
from mashrabiya.safety.trust.types import Allowance


def refuse_beginning(uow: Write, viewer: Viewer, cid: bytes, *, unnamed: bool) -> None:
    """Whether writing there is paused or slowed for her, unnamed writing taken from her, or slowed."""
    closed = queries.closed_writing(uow, cid)
    pace = rules.pace_of(viewer, closed)
    rules.may_write_now(paused=pace == Pace.PAUSED).or_raise()
    slowed = pace == Pace.SLOWED
    if unnamed:
        rules.may_be_unnamed(viewer, closed.unnamed).or_raise()
        slowed = slowed or rules.is_one_of(viewer, closed.unnamed_slowed)
    rules.may_begin_slowly(slowed=slowed).or_raise()


def refuse_answering(
    uow: Write, viewer: Viewer, thread: ThreadFacts, *, allowed: Allowance, speaking: Speaking, unnamed: bool
) -> bool:
    """The same of a reply, with which it is known how she has spoken there; answers whether she is slowed."""
    cid = thread.community.id
    rules.may_write_now(paused=speaking.paused).or_raise()
    slowed = speaking.slowed
    if unnamed:
        closed = queries.closed_writing(uow, cid)
        rules.may_be_unnamed(viewer, closed.unnamed).or_raise()
        slowed = slowed or rules.is_one_of(viewer, closed.unnamed_slowed)
    rules.may_answer_slowly(allowed.slow_left(cid) if slowed else 0, slowed=slowed).or_raise()
    rules.may_answer_again(allowed.wait(thread.id, thread.pace) if thread.pace else 0).or_raise()
    return slowed


def count_answer(allowed: Allowance, thread: ThreadFacts, body: str, *, slowed: bool) -> None:
    """It was written: one fewer is left of today's, where they are counted, and the next one waits where all do."""
    cid = thread.community.id
    allowed.wrote("first_reply", cid, body)
    if thread.pace:
        allowed.answered(thread.id, thread.pace)
    if slowed:
        allowed.wrote_slowly(cid)


def refuse_blocked(
    uow: Write, viewer: Viewer, answered: list[Reached], speaking: Speaking, *, unnamed: bool
) -> None:
    """Whom these words reach is asked now, and on no page: a page would tell it unasked. Nobody blocks herself."""
    others = [one for one in answered if one.pid not in viewer.siblings]
    blocked = people_queries.is_blocked(uow, viewer, others)
    rules.may_answer(viewer, answered, speaking, unnamed=unnamed, blocked=blocked).or_raise()


def refuse_new(
    allowed: Allowance, new: NewThread | NewReply, may_write: Callable[[Allowance], Verdict]
) -> None:
    """What somebody new may not do yet."""
    may_write(allowed).or_raise()
    if new.pictures:
        trust.may_bring_pictures(allowed, unnamed=new.unnamed).or_raise()
