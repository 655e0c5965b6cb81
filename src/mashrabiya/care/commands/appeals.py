"""Objecting to a decision, and answering. Whoever decided does not answer; what is taken back is as it was."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, bindparam, update

from mashrabiya.care import queries, rules
from mashrabiya.care.commands.decisions import take_back
from mashrabiya.care.commands.logged import log_answer
from mashrabiya.care.events import AppealAnswered, AppealMade
from mashrabiya.care.tables import APPEAL
from mashrabiya.care.types import AppealState, Concerned, Disputed, NewAnswer
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.crypto import padded, seal
from mashrabiya.platform.db import Statement, Write
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety.rules import size_for
from mashrabiya.safety.types import KEPT_APPEAL_DAYS

_WHICH = APPEAL.c.id == bindparam("which", type_=LargeBinary)
_ANSWER: Statement[None] = Statement(
    update(APPEAL)
    .where(_WHICH)
    .values(
        state=bindparam("became", type_=Integer),
        answer=bindparam("said", type_=LargeBinary),
        answered_day=bindparam("today", type_=Integer),
        until_day=bindparam("until", type_=Integer),
    )
)
_LEAVE_PLACE: Statement[None] = Statement(
    update(APPEAL)
    .where(APPEAL.c.mine == bindparam("place", type_=LargeBinary))
    .values(mine=bindparam("instead", type_=LargeBinary))
)


def appeal(uow: Write, viewer: Viewer, keys: ServerKeys, decision: bytes, *, words: str) -> Concerned:
    """Object to a decision that meets oneself, once. The same words sent again are the same objection."""
    found = queries.get_concerned(uow, viewer, keys, decision)
    if found.appeal is not None and found.appeal.words == words.strip():
        return found
    rules.may_appeal(found).or_raise()
    wrong = rules.wrong_appeal(words)
    if wrong:
        raise Invalid(wrong)
    which, today = new_id(), clock.day()
    uow.insert(
        APPEAL,
        id=which,
        decision=decision,
        mine=_place(uow, viewer),
        state=int(AppealState.WAITING),
        day=today,
        answered_day=None,
        words=_sealed(keys, words, b"appeal" + which),
        answer=b"",
        until_day=today + KEPT_APPEAL_DAYS,
    )
    uow.record(AppealMade(which))
    return found


def answer_appeal(uow: Write, viewer: Viewer, keys: ServerKeys, which: bytes, *, new: NewAnswer) -> Disputed:
    """Answer an objection to what another person decided. Sent twice, it is answered once."""
    found = queries.get_disputed(uow, viewer, keys, which)
    if not found.appeal.waits:
        raise Conflict("care.meanwhile")
    rules.may_answer(viewer, found).or_raise()
    wrong = rules.wrong_answer(new)
    if wrong:
        raise Invalid(wrong)
    if new.reverse:
        take_back(uow, viewer, found.decision)
    uow.run(
        _ANSWER,
        which=which,
        became=int(AppealState.REVERSED if new.reverse else AppealState.STANDS),
        said=_sealed(keys, new.words, b"answer" + which),
        today=clock.day(),
        until=clock.day() + KEPT_APPEAL_DAYS,
    )
    log_answer(uow, viewer, which, reversed_=bool(new.reverse))
    uow.record(AppealAnswered(which))
    return found


def _place(uow: Write, viewer: Viewer) -> bytes:
    """One of her sixteen places that is free, or that of what was answered longest ago."""
    places = rules.appeal_places(viewer)
    taken = queries.taken_places(uow, places)
    free = next((place for place in places if place not in taken), None)
    if free is not None:
        return free
    answered = [(day, place) for place, (state, day) in taken.items() if state != AppealState.WAITING]
    rules.may_have_another(len(answered)).or_raise()
    oldest = min(answered)[1]
    uow.run(_LEAVE_PLACE, place=oldest, instead=new_id())
    return oldest


def _sealed(keys: ServerKeys, words: str, bound: bytes) -> bytes:
    plain = words.strip().encode("utf-8", "replace")
    return seal(keys.of("field"), padded(plain, size_for(plain)), bound)
