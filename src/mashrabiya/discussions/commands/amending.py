"""Proposing a wording of what is agreed, and what those who run the place make of it.

A proposal is a thread that asks, so that whatever holds for words holds for it: who writes how much,
rules, reports, deciding, blocks, taking back. Beside it stands what would be agreed then.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, LargeBinary, Text, bindparam, update

from mashrabiya.communities import commands as communities
from mashrabiya.communities import queries as community_queries
from mashrabiya.communities import rules as community_rules
from mashrabiya.communities.types import CommunityFacts
from mashrabiya.discussions import queries, rules
from mashrabiya.discussions.commands.polls import close_poll
from mashrabiya.discussions.commands.posts import open_thread
from mashrabiya.discussions.commands.words import refuse
from mashrabiya.discussions.tables import AMENDMENT
from mashrabiya.discussions.types import TITLE_LIMIT, NewPoll, NewThread, Placed
from mashrabiya.discussions.types.amending import (
    PROPOSED_DAYS,
    VOTED_DAYS,
    Amendment,
    NewAmendment,
    Outcome,
)
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict
from mashrabiya.kernel.viewer import Tongue, Viewer
from mashrabiya.platform import audit
from mashrabiya.platform.db import Statement, Write
from mashrabiya.platform.languages import catalogue
from mashrabiya.safety.matching.watch import UNWATCHED, Watch
from mashrabiya.safety.trust.types import FREE, Allowance

_TID = bindparam("tid", type_=LargeBinary)
_DECIDED: Statement[Any] = Statement(
    update(AMENDMENT)
    .where(AMENDMENT.c.tid == _TID)
    .values(
        state=bindparam("new_state", type_=Integer),
        said=bindparam("new_said", type_=Text),
        v=bindparam("new_v", type_=Integer),
    )
)


def propose(
    uow: Write,
    viewer: Viewer,
    cid: bytes,
    new: NewAmendment,
    *,
    allowed: Allowance = FREE,
    watch: Watch = UNWATCHED,
) -> Placed:
    """Propose a line, another wording of one, or that one goes: a thread in which people talk and vote. Sent twice, it is once."""
    community = community_queries.get_community(uow, viewer, cid)
    thread = _as_thread(community, new)
    begun: list[Write] = []
    placed = open_thread(uow, viewer, cid, thread, allowed=allowed, watch=watch, first=begun.append)
    if not begun:
        # Sent once more: what it made may be gone by now, and nothing of it comes back.
        return placed
    uow.insert(
        AMENDMENT,
        tid=placed.tid,
        cid=cid,
        old=new.old,
        new=new.new,
        state=int(Outcome.OPEN),
        said="",
        until_day=clock.day() + PROPOSED_DAYS,
        v=0,
    )
    return placed


def agree(uow: Write, viewer: Viewer, cid: bytes, tid: bytes) -> None:
    """Take a proposal: what is agreed from today on. Of two who do so at once, one does."""
    community, found = _waiting(uow, viewer, cid, tid, wish=Outcome.AGREED)
    if found is None:
        return
    # What is agreed is read by all who see the place: words from behind a narrower door stay there.
    why = found.not_as_it_is(community.agreed, community.audience)
    lines = rules.amended(community.agreed, found.old, found.new)
    if why or lines is None:
        raise Conflict(why or "amend.stale")
    if rules.is_too_long(lines):
        raise Conflict("amend.too_much")
    v = communities.agree(uow, community, "\n".join(lines), proposer=found.pid)
    _close(uow, found, Outcome.AGREED, v=v)
    audit.record(uow, "place:agreed", role="community", thing=cid)


def decline(uow: Write, viewer: Viewer, cid: bytes, tid: bytes, *, said: str) -> None:
    """Let a proposal be, and say why. Twice is once."""
    _, found = _waiting(uow, viewer, cid, tid, wish=Outcome.DECLINED)
    refuse(rules.wrong_reason(said, declined=True))
    if found is not None:
        _close(uow, found, Outcome.DECLINED, said=said)
        audit.record(uow, "place:not_agreed", role="community", thing=cid)


def _waiting(
    uow: Write, viewer: Viewer, cid: bytes, tid: bytes, *, wish: Outcome
) -> tuple[CommunityFacts, Amendment | None]:
    """The proposal as it waits; none where just this was decided already. Anything else is told."""
    community = community_queries.get_community(uow, viewer, cid)
    community_rules.may_edit(viewer, community).or_raise()
    found = queries.find_amendment(uow, viewer, cid, tid)
    if found is None:
        raise Conflict("amend.gone")
    if found.state == wish:
        return community, None
    if not found.waits:
        raise Conflict("amend.decided")
    return community, found


def _close(uow: Write, found: Amendment, state: Outcome, *, said: str = "", v: int = 0) -> None:
    uow.run(_DECIDED, tid=found.tid, new_state=int(state), new_said=said, new_v=v)
    close_poll(uow, found.tid, found.poll_day, found.kept_poll)


def _as_thread(community: CommunityFacts, new: NewAmendment) -> NewThread:
    """What is asked, in the language of the place: the lines as they are and would be, and why."""
    texts, tongue = catalogue(community.language), Tongue.of(community.language)
    heads = {"amend.says_now": new.old, "amend.says_then": new.new} if new.old and new.new else {}
    heads = heads or {"amend.says_gone" if new.old else "amend.says_more": new.old or new.new}
    said = [f"**{texts.text(key, tongue)}**\n\n> {line}" for key, line in heads.items()]
    title = f"{texts.text('amend.proposal', tongue)}: {new.new or new.old}"
    choices = (texts.text("amend.for", tongue), texts.text("amend.against", tongue))
    return NewThread(
        title=title if len(title) <= TITLE_LIMIT else f"{title[: TITLE_LIMIT - 1]}…",
        body="\n\n".join((*said, new.why)),
        unnamed=new.unnamed,
        lang=community.language,
        submission=new.submission,
        learnable=new.learnable,
        told=new.told,
        poll=NewPoll(choices, days=VOTED_DAYS, amends=True),
    )
