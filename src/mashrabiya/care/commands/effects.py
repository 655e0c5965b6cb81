"""What an act on a whole thread does, and how it is as before. Whether the viewer may, has been asked, but for a move:
that takes somebody who cares for both places, whichever way it goes.
"""

from __future__ import annotations

from mashrabiya.care import queries, rules
from mashrabiya.care.commands.parting import join
from mashrabiya.care.types import Act, Decision, NewTending, Staying, Tended
from mashrabiya.communities.types import CommunityFacts
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions import queries as discussion_queries
from mashrabiya.discussions.types import ThreadFacts
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Write


def carry_out(uow: Write, tended: Tended, new: NewTending, *, to: CommunityFacts | None) -> None:
    """Let the thread be so."""
    tid = tended.thread.id
    if new.act == Act.SHUT:
        discussions.shut(uow, tid)
    elif new.act == Act.TOP:
        discussions.keep_on_top(uow, tid)
    elif new.act == Act.SLOW:
        discussions.slow_down(uow, tid, new.minutes, clock.day() + new.days)
    elif new.act == Act.CARE_NOTE:
        note = new.note.strip()
        discussions.set_care_note(uow, tid, tended.post.id, number=tended.post.n, note=note)
        # They are words like any other: what is said behind a narrower door stays behind it.
        discussions.hold_to_now(uow, tended.thread)
    elif new.act == Act.TAG:
        discussions.set_tags(uow, tid, new.tags)
    elif to is not None:
        thread = tended.thread
        discussions.move(uow, tid, to.id, audience=thread.audience, days=thread.kept_days)


def let_be(uow: Write, act: Act, tid: bytes, post: bytes, *, number: int) -> None:
    """Let the thread be as ever, as far as this act goes."""
    if act == Act.SHUT:
        discussions.shut(uow, tid, wish=False)
    elif act == Act.TOP:
        discussions.keep_on_top(uow, tid, wish=False)
    elif act == Act.SLOW:
        discussions.slow_down(uow, tid, 0, 0)
    elif act == Act.CARE_NOTE:
        discussions.set_care_note(uow, tid, post, number=number, note=None)
    elif act == Act.TAG:
        discussions.give_tags_back(uow, tid)


def give_back(uow: Write, viewer: Viewer, decision: Decision) -> list[Decision]:
    """Take back what a decision did with a thread, while that is there; answers the others that stand and fall with it."""
    if decision.act in {Act.MOVE, Act.CAME}:
        return [_move_back(uow, viewer, decision)]
    if decision.act in {Act.SPLIT, Act.WENT}:
        return join(uow, viewer, decision)
    if decision.tid is not None and decision.n is not None:
        let_be(uow, decision.act, decision.tid, decision.object, number=decision.n)
    return []


def _move_back(uow: Write, viewer: Viewer, decision: Decision) -> Decision:
    other = queries.get_other(uow, decision)
    left, came = (decision, other) if decision.act == Act.MOVE else (other, decision)
    if decision.tid is None or left.cid is None or came.cid is None:
        raise Conflict("care.nothing_there")
    thread = discussion_queries.get_thread(uow, viewer, decision.tid)
    if thread.community.id != came.cid:
        raise Conflict("tend.moved_on")
    before, staying = elsewhere(uow, viewer, thread, left.cid)
    rules.may_move_back(viewer, thread, before, staying).or_raise()
    # Not as narrow as the place it leaves, but as its words are: nothing was written there since, or it tells.
    discussions.move(uow, thread.id, before.id, audience=thread.begun_for, days=thread.retention_days)
    return other


def elsewhere(uow: Write, viewer: Viewer, thread: ThreadFacts, cid: bytes) -> tuple[CommunityFacts, Staying]:
    """The other community of a move. One that the viewer does not know of is none that she cares for."""
    found = queries.find_destination(uow, viewer, thread, cid)
    if found is None:
        raise Refused(rules.BOTH.why)
    return found
