"""Hiding a wave together, and taking that back: a few posts in one write, so that nobody waits long.

The door calls these one after another. Whatever is done stands by itself: each author is told, and a
form that is sent again goes on where the first sending ended.
"""

from __future__ import annotations

from collections.abc import Sequence

from mashrabiya.care import queries, rules
from mashrabiya.care.commands.decisions import take_back
from mashrabiya.care.commands.logged import log_wave, log_wave_undone
from mashrabiya.care.events import DecisionTaken
from mashrabiya.care.tables import DECISION
from mashrabiya.care.types import AS_CARE, AS_HOST, Act, Batch, Decision, NewWave, Wave
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions import queries as discussions_queries
from mashrabiya.discussions.types import Judged
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform import submissions
from mashrabiya.platform.db import Write
from mashrabiya.safety import commands as safety
from mashrabiya.safety.types import Reason, Thing


def begin_wave(uow: Write, viewer: Viewer, wave: Wave, new: NewWave) -> Batch:
    """Say that what stayed ticked is hidden together: one entry of the log. Sent twice, it is the same batch."""
    wrong = rules.wrong_wave(new)
    if wrong:
        raise Invalid(wrong)
    place = queries.get_place(uow, viewer, wave.place.id)
    posts = [post for post in wave.posts if post.id in new.picked]
    batch = new_id()
    picked = "".join(sorted(post.hex() for post in new.picked))
    made = submissions.claim(uow, new.submission, batch, place.path, new.words, picked)
    if made is not None:
        return Batch(made, new, posts)
    if not posts:
        raise Conflict("care.nothing_there")
    role = AS_HOST if place.runs else AS_CARE
    log_wave(uow, role, batch, new, many=len(posts))
    return Batch(batch, new, posts)


def hide_together(uow: Write, viewer: Viewer, wave: Wave, batch: Batch, *, posts: Sequence[Judged]) -> None:
    """Hide some of a batch. What was hidden or deleted meanwhile is left as it is."""
    place = queries.get_place(uow, viewer, wave.place.id)
    head = queries.find_decision(uow, batch.id) is None
    for post in posts:
        now = discussions_queries.find_judged(uow, post.id)
        if now is None or not now.is_shown or not discussions.hide(uow, post.id):
            continue
        decision = batch.id if head else new_id()
        head = False
        uow.insert(
            DECISION,
            id=decision,
            cid=post.cid,
            report=None,
            act=int(Act.HIDE),
            kind=int(Thing.POST),
            object=post.id,
            reason=int(Reason.SPAM),
            words=batch.new.words.strip(),
            agreement=batch.new.agreement,
            role=AS_HOST if place.runs else AS_CARE,
            day=clock.day(),
            until_day=None,
            undone_day=None,
            by=rules.decided_by(viewer, decision),
            batch=batch.id,
        )
        safety.close_reports(uow, Thing.POST, post.id, decision)
        uow.record(DecisionTaken(decision))


def begin_undoing(uow: Write, viewer: Viewer, batch: bytes) -> list[Decision]:
    """What of a batch still stands and is to be taken back: one entry of the log; nothing the second time."""
    standing = [one for one in queries.get_batch(uow, viewer, batch) if one.stands]
    for one in standing:
        _refuse_undoing(uow, viewer, one)
    if standing:
        log_wave_undone(uow, viewer, batch, many=len(standing))
    return standing


def undo_together(uow: Write, viewer: Viewer, decisions: Sequence[Decision]) -> None:
    """Take some of a batch back."""
    for decision in decisions:
        found = queries.get_decision(uow, viewer, decision.id)
        _refuse_undoing(uow, viewer, found)
        take_back(uow, viewer, found, alone=False)


def _refuse_undoing(uow: Write, viewer: Viewer, decision: Decision) -> None:
    post = discussions_queries.find_judged(uow, decision.object)
    rules.may_undo(viewer, decision, b"", post).or_raise()
