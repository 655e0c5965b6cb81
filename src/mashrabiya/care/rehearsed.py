"""What the carers of a sample house do at their desks, by the name of the act: as they would by the pages."""

from __future__ import annotations

from dataclasses import dataclass

from mashrabiya.care import commands, queries
from mashrabiya.care.recalled import recall_house, recall_place
from mashrabiya.care.types import (
    WAVE_HOURS,
    Act,
    Joint,
    NewAnswer,
    NewAside,
    NewDecision,
    NewLearning,
    NewMode,
    NewRole,
    NewTending,
    NewWave,
    Place,
)
from mashrabiya.care.types.room import NewLine
from mashrabiya.communities import commands as communities
from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.types import AnonMode
from mashrabiya.discussions import queries as discussions
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.platform.db import Write
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety.trust.bursts import Sign
from mashrabiya.safety.types import Thing

_DAYS = {Act.EXCLUDE: 30, Act.PAUSE: 3, Act.LIMIT: 7}
_UNLISTED_DAYS = 30
_NOTES = int(Note.BREAK)
_LEAST_SPLIT, _SPLIT_AT = 5, 3


@dataclass(frozen=True, slots=True)
class Step:
    """One act in a community; ``post`` is what it is about, where it is about one.

    Words of two people stand one after the other, parted by an empty line.
    """

    act: str
    words: str
    cid: bytes
    post: bytes

    @property
    def said(self) -> str:
        return self.words.partition("\n\n")[0]

    @property
    def then(self) -> str:
        """What the second person said."""
        return self.words.partition("\n\n")[2] or self.said


def do(uow: Write, viewer: Viewer, keys: ServerKeys, step: Step) -> None:
    """Do it as this viewer."""
    if step.act in _BY_TWO:
        _BY_TWO[step.act](uow, viewer, step)
    elif step.act == "propose":
        commands.propose_role(uow, viewer, NewRole(role=CARE, ends=False, words=step.words), keys=keys)
    elif step.act in _AMONG:
        _AMONG[step.act](uow, viewer, keys, step)
    elif step.act in _IN_PLACE:
        _tend(uow, viewer, _IN_PLACE[step.act], step)
    elif step.act == "wave":
        _hide_together(uow, viewer, step)
    elif step.act == "sums":
        _recall(uow, viewer, step)
    elif step.act == "talk":
        commands.say_in_room(uow, viewer, keys, b"", new=NewLine(step.words, wish=not step.words))
    elif step.act == "object":
        (decision, *_) = queries.on_thing(uow, Thing.POST, step.post)
        commands.appeal(uow, viewer, keys, decision.id, words=step.words)
    elif step.act in {"stands", "reverse"}:
        _answer(uow, viewer, keys, step)
    else:
        _decide(uow, viewer, _ALONE.get(step.act) or Act[step.act.upper()], step)


def _take(uow: Write, viewer: Viewer, _keys: ServerKeys, step: Step) -> None:
    commands.take(uow, viewer, _reported(uow, step.post))


def _aside(uow: Write, viewer: Viewer, keys: ServerKeys, step: Step) -> None:
    new = NewAside(words=step.words, second=step.act == "second")
    commands.write_aside(uow, viewer, keys, _reported(uow, step.post), new=new)


def _hand(uow: Write, viewer: Viewer, keys: ServerKeys, step: Step) -> None:
    commands.hand_over(uow, viewer, keys, _reported(uow, step.post), why=step.words)


def _unlist(uow: Write, viewer: Viewer, _keys: ServerKeys, step: Step) -> None:
    """Of a reported community: out of the lists for some days."""
    cases, _ = queries.queue(uow, viewer, Place())
    report = next(one.id for one in cases if (one.kind, one.object) == (Thing.COMMUNITY, step.cid))
    commands.decide(uow, viewer, report, NewDecision(act=Act.UNLIST, words=step.said, days=_UNLISTED_DAYS))


def _tend(uow: Write, viewer: Viewer, act: Act, step: Step) -> None:
    """With a whole thread; nobody writes as the care team above her own."""
    tended = queries.get_tended(uow, viewer, step.post, 1, act=act)
    if tended.own and act == Act.CARE_NOTE:
        return
    thread = tended.thread
    other = tuple(tag.ref for tag in thread.community.tags if tag not in thread.had_tags)[:1]
    if act == Act.TAG and not other:
        return
    new = NewTending(
        act=act,
        words=step.said,
        minutes=60,
        days=3,
        note=step.then,
        to=step.cid,
        tags=other,
        seen=tended.seen,
    )
    commands.tend(uow, viewer, step.post, 1, new=new)


def _split(uow: Write, viewer: Viewer, _keys: ServerKeys, step: Step) -> None:
    """From its third text on, under the title that stands after the words; not found where little was said."""
    tended = queries.get_tended(uow, viewer, step.post, 1, act=Act.SPLIT)
    if len(discussions.parts_of(uow, tended.thread)) < _LEAST_SPLIT:
        raise NotFound
    new = NewTending(
        act=Act.SPLIT,
        words=step.said,
        title=step.then,
        picked=frozenset({_SPLIT_AT}),
        onwards=True,
        seen=tended.seen,
    )
    commands.tend(uow, viewer, step.post, 1, new=new)


_IN_PLACE = {
    "shut": Act.SHUT,
    "top": Act.TOP,
    "slow": Act.SLOW,
    "care_note": Act.CARE_NOTE,
    "move": Act.MOVE,
    "tag": Act.TAG,
}
_AMONG = {"take": _take, "aside": _aside, "second": _aside, "hand": _hand, "unlist": _unlist, "split": _split}


def _hide_together(uow: Write, viewer: Viewer, step: Step) -> None:
    """All that is alike there; what is alike stands before the words."""
    sign, _, words = step.words.partition("\n\n")
    wave = queries.wave(uow, viewer, step.cid, Sign(sign), hours=WAVE_HOURS[-1])
    picked = frozenset(post.id for post in wave.posts)
    batch = commands.begin_wave(uow, viewer, wave, NewWave(sign=Sign(sign), picked=picked, words=words))
    commands.hide_together(uow, viewer, wave, batch, posts=batch.posts)


def _recall(uow: Write, viewer: Viewer, step: Step) -> None:
    """The sums of months, or of weeks of a community, that nobody could count any more."""
    if not step.cid:
        recall_house(uow)
        return
    agreed = community_queries.get_community(uow, viewer, step.cid).agreed
    recall_place(uow, step.cid, agreed, skip=int(step.words))


def _key(uow: Write, viewer: Viewer, step: Step) -> None:
    place = queries.get_place(uow, viewer, step.cid)
    communities.take_key(uow, viewer, step.cid, house=not place.runs)


def _account(uow: Write, viewer: Viewer, step: Step) -> None:
    commands.propose_mode(uow, viewer, step.cid, NewMode(int(AnonMode.ACCOUNTABLE), step.said))


def _agree(uow: Write, viewer: Viewer, step: Step) -> None:
    commands.agree(uow, viewer, _waiting(uow, Joint.ANON_MODE, step.cid))


def _ask(uow: Write, viewer: Viewer, step: Step) -> None:
    commands.ask_to_learn(uow, viewer, _reported(uow, step.post), NewLearning(step.said))


def _learn(uow: Write, viewer: Viewer, step: Step) -> None:
    new = NewLearning(step.then, _waiting(uow, Joint.LEARN, step.post))
    commands.learn(uow, viewer, _reported(uow, step.post), new)


_BY_TWO = {"key": _key, "account": _account, "agree": _agree, "ask": _ask, "learn": _learn}
_ALONE = {"mend": Act.ASK}
"""To ask two to learn a name, and to ask somebody for an edit, are one word in the code: not here."""


def _decide(uow: Write, viewer: Viewer, act: Act, step: Step) -> None:
    seen = len(queries.on_thing(uow, Thing.POST, step.post))
    notes = _NOTES if act == Act.NOTE else 0
    new = NewDecision(act=act, words=step.said, days=_DAYS.get(act, 0), notes=notes, seen=seen)
    report = queries.find_report(uow, step.post)
    if report is not None:
        commands.decide(uow, viewer, report, new)
        return
    found = discussions.find_judged(uow, step.post)
    if found is None:
        raise NotFound
    commands.decide_unreported(uow, viewer, found.tid, found.n, new=new)


def _answer(uow: Write, viewer: Viewer, keys: ServerKeys, step: Step) -> None:
    waiting = queries.waiting_appeals(uow, viewer, keys, Place())
    which = next(one.appeal.id for one in waiting if one.decision.object == step.post)
    answer = NewAnswer(step.act == "reverse", step.words)
    commands.answer_appeal(uow, viewer, keys, which, new=answer)


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
