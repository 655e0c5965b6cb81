"""What the carers of a sample house do at their desks, by the name of the act: as they would by the pages."""

from __future__ import annotations

from mashrabiya.care import commands, queries
from mashrabiya.care.types import Act, Joint, NewDecision, NewLearning, NewMode
from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import AnonMode
from mashrabiya.discussions import queries as discussions
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Write
from mashrabiya.safety.types import Thing

_DAYS = 30


def do(uow: Write, viewer: Viewer, act: str, words: str, *, cid: bytes, post: bytes) -> None:
    """One act in this community; ``post`` is what it is about, where it is about one.

    Words of two people stand one after the other, parted by an empty line.
    """
    first, _, second = words.partition("\n\n")
    if act == "key":
        place = queries.get_place(uow, viewer, cid)
        communities.take_key(uow, viewer, cid, house=not place.runs)
    elif act == "account":
        commands.propose_mode(uow, viewer, cid, NewMode(int(AnonMode.ACCOUNTABLE), first))
    elif act == "agree":
        commands.agree(uow, viewer, _waiting(uow, Joint.ANON_MODE, cid))
    elif act == "ask":
        commands.ask_to_learn(uow, viewer, _reported(uow, post), NewLearning(first))
    elif act == "learn":
        new = NewLearning(second or first, _waiting(uow, Joint.LEARN, post))
        commands.learn(uow, viewer, _reported(uow, post), new)
    else:
        _decide(uow, viewer, Act[act.upper()], first, post=post)


def _decide(uow: Write, viewer: Viewer, act: Act, words: str, *, post: bytes) -> None:
    seen = len(queries.on_thing(uow, Thing.POST, post))
    new = NewDecision(act=act, words=words, days=_DAYS if act == Act.EXCLUDE else 0, seen=seen)
    report = queries.find_report(uow, post)
    if report is not None:
        commands.decide(uow, viewer, report, new)
        return
    found = discussions.find_judged(uow, post)
    if found is None:
        raise NotFound
    commands.decide_unreported(uow, viewer, found.tid, found.n, new=new)


def _reported(uow: Write, post: bytes) -> bytes:
    report = queries.find_report(uow, post)
    if report is None:
        raise NotFound
    return report


def _waiting(uow: Write, kind: Joint, thing: bytes) -> bytes:
    found = queries.find_proposal(uow, kind, thing)
    if found is None:
        raise NotFound
    return found.id
