"""Acting on a whole thread where it stands: each act is a decision on its first post, or on the one it is beside."""

from __future__ import annotations

from msgspec.structs import replace as replace_fields

from mashrabiya.care import queries, rules
from mashrabiya.care.commands.decisions import replace, take_back, written
from mashrabiya.care.commands.effects import carry_out, elsewhere, let_be
from mashrabiya.care.commands.logged import log_let_be
from mashrabiya.care.commands.parting import part
from mashrabiya.care.events import DecisionTaken
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
    made = submissions.claim(uow, new.submission, decision, tended.path, new.words)
    if made is not None:
        return _done(uow, tended, made)
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
    if new.act == Act.SPLIT:
        return _split(uow, viewer, tended, new, decision=decision)
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
        if act == Act.SPLIT:
            return replace_fields(tended, to=tended.thread.began or b"")
    elif tended.is_done:
        # Decided so long ago that nobody knows who did.
        rules.may_tend(viewer, tended).or_raise()
        let_be(uow, act, tid, tended.post.id, number=number)
        log_let_be(uow, viewer, tended.post.id, act)
    return tended


def _done(uow: Write, tended: Tended, made: bytes) -> Tended:
    """The same, sent once more: where it leads, once that is another thread."""
    found = queries.find_decision(uow, made) if tended.act == Act.SPLIT else None
    return tended if found is None else replace_fields(tended, to=found.tid or b"")


def _split(uow: Write, viewer: Viewer, tended: Tended, new: NewTending, *, decision: bytes) -> Tended:
    """Each voice whose words go is told; the log has it once."""
    tid, notes, first = part(uow, tended, new, decision)
    for place, one in enumerate(first):
        which = new_id() if place else decision
        about = replace_fields(tended, act=Act.WENT if place else Act.SPLIT)
        _insert(
            uow, viewer, about, new, decision=which, batch=decision, thing=one.id, carry=notes * (not place)
        )
    return replace_fields(tended, to=tid)


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
    thing: bytes = b"",
    carry: int = 0,
) -> None:
    agreed = tended.place.agreed
    act = Act.CAME if came else tended.act
    uow.insert(
        DECISION,
        id=decision,
        cid=came or tended.place.id,
        report=None,
        act=int(act),
        kind=int(Thing.POST),
        object=thing or tended.post.id,
        reason=int(Reason.OTHER),
        words=new.words.strip(),
        agreement=agreed[new.agreement] if new.agreement >= 0 else "",
        role=AS_HOST if tended.place.runs else AS_CARE,
        day=clock.day(),
        until_day=clock.day() + new.days if new.act == Act.SLOW else None,
        undone_day=None,
        by=rules.decided_by(viewer, decision),
        batch=batch,
        carry=carry or None,
    )
    if act == Act.WENT:
        uow.record(DecisionTaken(decision))
    else:
        written(uow, decision)
