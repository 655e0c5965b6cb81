"""Closing the whole house to somebody: by two of the care team, for a time, from what was reported.

The guard names the one persona that wrote it or was reported, or the unnamed voice; it meets the
person, and tells nobody who she also is.
"""

from __future__ import annotations

import msgspec

from mashrabiya.care import queries, rules
from mashrabiya.care.commands.among import settle
from mashrabiya.care.commands.logged import log_decision
from mashrabiya.care.commands.together import drop, propose, proposer_roles
from mashrabiya.care.events import DecisionTaken
from mashrabiya.care.tables import DECISION
from mashrabiya.care.types import AS_CARE, Act, Case, Closing, Joint, NewClosing, Place, Proposal
from mashrabiya.communities import commands as communities
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import commands as people
from mashrabiya.people.queries.guards import SITE, UNNAMED_SITE
from mashrabiya.platform.db import Write
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety import commands as safety


def propose_closing(uow: Write, viewer: Viewer, report: bytes, new: NewClosing, *, keys: ServerKeys) -> None:
    """Be the first of two. Sent twice, it is proposed once."""
    rules.may_close(viewer).or_raise()
    case = queries.get_case(uow, viewer, report)
    rules.may_close_for(case).or_raise()
    waiting = queries.find_proposal(uow, Joint.CLOSE, case.object)
    if waiting is not None and waiting.pid in viewer.siblings:
        return
    if (
        waiting is not None
        and rules.may_second_closing(viewer, waiting, proposer_roles(uow, waiting, keys)).allowed
    ):
        raise Conflict("care.meanwhile")
    whom, voice = _meant(case)
    _refuse_where_closed(uow, whom, voice)
    wrong = rules.wrong_closing(new)
    if wrong:
        raise Invalid(wrong)
    if waiting is not None:
        drop(uow, waiting)
    decision = new_id()
    proposed = Closing(voice, new.days, new.agreement, decision, rules.decided_by(viewer, decision))
    propose(
        uow,
        viewer,
        Place(),
        Joint.CLOSE,
        thing=case.object,
        words=new.words,
        carry=msgspec.msgpack.encode(proposed),
        whom=whom or None,
    )


def agree_to_closing(uow: Write, viewer: Viewer, report: bytes, new: NewClosing, *, keys: ServerKeys) -> None:
    """Be the second: from now on, and within a second everywhere, the house is closed to the person."""
    rules.may_close(viewer).or_raise()
    case = queries.get_case(uow, viewer, report)
    first = queries.find_proposal(uow, Joint.CLOSE, case.object)
    if first is None or first.id != new.proposal:
        raise Conflict("together.gone")
    rules.may_second_closing(viewer, first, proposer_roles(uow, first, keys)).or_raise()
    proposed, whom = read_closing(first), first.whom or b""
    _refuse_where_closed(uow, whom, proposed.voice)
    wrong = rules.wrong_words(new.words)
    if wrong:
        raise Invalid(wrong)
    drop(uow, first)
    decision = proposed.decision
    # Neither of the two answers an objection to it.
    by = proposed.by + rules.decided_by(viewer, decision)
    _decide(uow, case, proposed, words=f"{first.words}\n\n{new.words.strip()}", by=by)
    kind = SITE if whom else UNNAMED_SITE
    if whom:
        communities.withdraw_offers_of(uow, whom)
    people.set_guard(uow, kind, whom or proposed.voice, days=proposed.days, case=decision)
    safety.close_reports(uow, case.kind, case.object, decision)
    settle(uow, case.kind, case.object)
    log_decision(uow, decision)
    uow.record(DecisionTaken(decision))


def read_closing(proposal: Proposal) -> Closing:
    """What the first of two proposed."""
    return msgspec.msgpack.decode(proposal.carry, type=Closing)


def _decide(uow: Write, case: Case, proposed: Closing, *, words: str, by: bytes) -> None:
    uow.insert(
        DECISION,
        id=proposed.decision,
        cid=None,
        report=case.id,
        act=int(Act.CLOSE),
        kind=int(case.kind),
        # The guard alone says whom it meets, and goes when it ends.
        object=new_id() if case.is_persona else case.object,
        reason=int(case.reason),
        words=words,
        agreement=proposed.agreement,
        role=AS_CARE,
        day=clock.day(),
        until_day=clock.day() + proposed.days,
        undone_day=None,
        by=by,
    )


def _meant(case: Case) -> tuple[bytes, bytes]:
    """The persona that was reported or wrote it, or else the unnamed voice; neither where it is gone."""
    if case.is_persona:
        return case.object, b""
    if case.post is None:
        return b"", b""
    if case.post.pid is not None:
        return case.post.pid, b""
    return b"", case.post.home_tid + case.post.tok if case.post.tok else b""


def _refuse_where_closed(uow: Write, whom: bytes, voice: bytes) -> None:
    """A second guard would take the place of the first, and undoing either would open the door."""
    if not (whom or voice):
        raise Conflict("care.nothing_there")
    if queries.guard_on(uow, SITE if whom else UNNAMED_SITE, b"", whom or voice):
        raise Conflict("care.excluded_already")
