"""Acting on a whole thread where it stands: each act is a decision on its first post, or on the one it is beside."""

from __future__ import annotations

from mashrabiya.care import queries, rules
from mashrabiya.care.commands.decisions import replace, take_back, written
from mashrabiya.care.commands.effects import carry_out, elsewhere, let_be
from mashrabiya.care.commands.logged import log_let_be
from mashrabiya.care.tables import DECISION
from mashrabiya.care.types import AS_CARE, AS_HOST, ON_TOP, Act, NewTending, Tended
from mashrabiya.communities.types import CommunityFacts
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid, Refused
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform import submissions
from mashrabiya.platform.db import Write
from mashrabiya.safety.types import Reason, Thing


def tend(uow: Write, viewer: Viewer, tid: bytes, number: int, *, new: NewTending) -> Tended:
    """Act on a thread, or beside a post of it. Sent twice, it is done once; whoever did not know of an earlier
    decision on it is told, and nothing happens.
    """
    tended = queries.get_tended(uow, viewer, tid, number, act=new.act)
    decision = new_id()
    if submissions.claim(uow, new.submission, decision, tended.path, new.words) is not None:
        return tended
    rules.may_tend(viewer, tended).or_raise()
    wrong = rules.wrong_tending(new, len(tended.place.agreed))
    if wrong:
        raise Invalid(wrong)
    if new.seen != tended.seen or (tended.is_done and new.act in {Act.SHUT, Act.TOP}):
        raise Conflict("care.meanwhile")
    wrong = rules.wrong_retagging(tended.thread, new) if new.act == Act.TAG else {}
    if wrong:
        raise Invalid(wrong)
    to = _going(uow, viewer, tended, new)
    if new.act == Act.TOP and queries.on_top(uow, tended.place.id) >= ON_TOP:
        raise Refused("tend.top_full")
    _replace(uow, tended)
    carry_out(uow, tended, new, to=to)
    _insert(uow, viewer, tended, new, decision=decision, batch=decision if to else None)
    if to is not None:
        _insert(uow, viewer, tended, new, decision=new_id(), batch=decision, came=to.id)
    return tended


def take_back_tending(uow: Write, viewer: Viewer, tid: bytes, number: int, *, act: Act) -> Tended:
    """Let a thread be as it was before that act. Twice is once."""
    tended = queries.get_tended(uow, viewer, tid, number, act=act)
    if tended.standing is not None:
        rules.may_undo(viewer, tended.standing, b"", tended.post).or_raise()
        take_back(uow, viewer, tended.standing)
    elif tended.is_done:
        # Decided so long ago that nobody knows who did.
        rules.may_tend(viewer, tended).or_raise()
        let_be(uow, act, tid, tended.post.id, number=number)
        log_let_be(uow, viewer, tended.post.id, act)
    return tended


def _replace(uow: Write, tended: Tended) -> None:
    """What held until now; of a move, in both places."""
    if tended.standing is None:
        return
    replace(uow, tended.standing)
    if tended.act == Act.MOVE:
        replace(uow, queries.get_other(uow, tended.standing))


def _going(uow: Write, viewer: Viewer, tended: Tended, new: NewTending) -> CommunityFacts | None:
    """The community it is moved to, if it is: refused where somebody could then read what she could not."""
    if new.act != Act.MOVE:
        return None
    if not new.to:
        raise Invalid({"place": "tend.place_missing"})
    to, staying = elsewhere(uow, viewer, tended.thread, new.to)
    rules.may_go(viewer, tended.thread, to, staying).or_raise()
    return to


def _insert(
    uow: Write,
    viewer: Viewer,
    tended: Tended,
    new: NewTending,
    *,
    decision: bytes,
    batch: bytes | None,
    came: bytes = b"",
) -> None:
    agreed = tended.place.agreed
    uow.insert(
        DECISION,
        id=decision,
        cid=came or tended.place.id,
        report=None,
        act=int(Act.CAME if came else new.act),
        kind=int(Thing.POST),
        object=tended.post.id,
        reason=int(Reason.OTHER),
        words=new.words.strip(),
        agreement=agreed[new.agreement] if new.agreement >= 0 else "",
        role=AS_HOST if tended.place.runs else AS_CARE,
        day=clock.day(),
        until_day=clock.day() + new.days if new.act == Act.SLOW else None,
        undone_day=None,
        by=rules.decided_by(viewer, decision),
        batch=batch,
    )
    written(uow, decision)
