"""Asking to enter, deciding on it, inviting, vouching: one function per intention."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, LargeBinary, bindparam, delete, literal_column, update

from mashrabiya.communities.entering import queries, rules
from mashrabiya.communities.entering.commands.counting import count
from mashrabiya.communities.entering.commands.endings import forget_request
from mashrabiya.communities.entering.tables import ASKING, ASKING_VOUCHER, PLACE_INVITATION
from mashrabiya.communities.entering.types import (
    AGAIN_DAYS,
    ASKED_DAYS,
    INVITED_DAYS,
    NewRequest,
    State,
    Ways,
    packed,
)
from mashrabiya.communities.events import CommunityEdited, PersonaJoined
from mashrabiya.communities.queries import get_community, trusts
from mashrabiya.communities.tables import COMMUNITY, MEMBERSHIP
from mashrabiya.communities.types import CommunityFacts, Role
from mashrabiya.communities.types.shape import JUST_JOINED
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.sealed import codes
from mashrabiya.people.sealed.shared import seal_shared
from mashrabiya.platform import audit, submissions
from mashrabiya.platform.crypto import seal
from mashrabiya.platform.db import Statement, Write
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety.trust.queries import standing_by_name
from mashrabiya.safety.trust.rules import bucket_of

_ID = bindparam("which", type_=LargeBinary)
_CID, _PID = bindparam("of_cid", type_=LargeBinary), bindparam("of_pid", type_=LargeBinary)
_CHANGE: Statement[Any] = Statement(
    update(COMMUNITY)
    .where(COMMUNITY.c.id == _CID)
    .values({name: bindparam(f"new_{name}") for name in ("entry", "questions", "members_invite")})
)
_TAKE_AWAY: Statement[Any] = Statement(delete(ASKING).where(ASKING.c.cid == _CID, ASKING.c.pid == _PID))
_CLOSE: Statement[Any] = Statement(
    update(ASKING)
    .where(ASKING.c.id == _ID)
    .values(
        state=bindparam("new_state"),
        answers=b"",
        said=bindparam("new_said", type_=LargeBinary),
        until_day=bindparam("new_until"),
    )
)
_FORGET_VOUCHERS: Statement[Any] = Statement(delete(ASKING_VOUCHER).where(ASKING_VOUCHER.c.asking == _ID))
_USE: Statement[Any] = Statement(
    delete(PLACE_INVITATION).where(
        PLACE_INVITATION.c.tag == bindparam("tag", type_=LargeBinary),
        PLACE_INVITATION.c.until_day >= bindparam("today", type_=Integer),
    )
)
_END_ALL: Statement[Any] = Statement(delete(PLACE_INVITATION).where(PLACE_INVITATION.c.cid == _CID))
_END_MEMBERS: Statement[Any] = Statement(
    delete(PLACE_INVITATION).where(
        PLACE_INVITATION.c.cid == _CID, PLACE_INVITATION.c.by_host == literal_column("0")
    )
)
_UNSTAND: Statement[Any] = Statement(
    delete(ASKING_VOUCHER).where(
        ASKING_VOUCHER.c.asking == _ID, ASKING_VOUCHER.c.vnull == bindparam("vnull", type_=LargeBinary)
    )
)


def change_ways(uow: Write, viewer: Viewer, cid: bytes, ways: Ways) -> None:
    """How one enters from now on. Who has asked already is still decided on; members' links end with their leave to make them."""
    community = get_community(uow, viewer, cid)
    rules.may_decide(viewer, community).or_raise()
    if submissions.claim(uow, ways.submission, cid, community.shown, *ways.words) is not None:
        return
    wrong = rules.wrong_ways(ways)
    if wrong:
        raise Invalid(wrong)
    uow.run(_CHANGE, of_cid=cid, **{f"new_{name}": value for name, value in ways.columns.items()})
    if not ways.members_invite:
        uow.run(_END_MEMBERS, of_cid=cid)
    audit.record(uow, "place:ways", role="community", thing=cid)
    uow.record(CommunityEdited(cid))


def ask(uow: Write, viewer: Viewer, cid: bytes, new: NewRequest) -> None:
    """Ask to enter as the persona in use, with answers for those who run the place now. Sent twice, it is once."""
    community = get_community(uow, viewer, cid)
    if submissions.claim(uow, new.submission, cid, *new.answers) is not None:
        return
    rules.may_ask(viewer, community, queries.own_request(uow, viewer, cid)).or_raise()
    trusts(uow, viewer, community).or_raise()
    ways = queries.ways_of(uow, cid)
    if new.seen != ways.print:
        raise Invalid({"questions": "entry.questions_changed"})
    wrong = rules.wrong_answers(ways.questions, new)
    if wrong:
        raise Invalid(wrong)
    text = packed(ways.questions, new.answers[: len(ways.questions)])
    forget_request(uow, viewer, cid)
    uow.insert(
        ASKING,
        id=new_id(),
        cid=cid,
        pid=viewer.pid,
        state=int(State.WAITING),
        answers=seal_shared(queries.readers(uow, cid), text, queries.bound(cid, viewer.pid)),
        said=b"",
        until_day=clock.day() + ASKED_DAYS,
    )


def take_back(uow: Write, viewer: Viewer, cid: bytes) -> None:
    """Ask no more, or put away what was said. Twice is once. What was declined stays, so that its days are counted."""
    get_community(uow, viewer, cid)
    own = queries.own_request(uow, viewer, cid)
    if own is not None and not own.declined:
        forget_request(uow, viewer, cid)


def decide(uow: Write, viewer: Viewer, cid: bytes, asking: bytes, *, let_in: bool, said: str = "") -> None:
    """Let in or decline, with a sentence that she alone reads. The answers end here."""
    community = get_community(uow, viewer, cid)
    rules.may_decide(viewer, community).or_raise()
    found = queries.find_waiting(uow, cid, asking)
    if found is None:
        raise Conflict(rules.NOT_WAITING.why)
    if let_in:
        rules.may_let_in(community).or_raise()
    wrong = rules.wrong_said(said)
    if wrong:
        raise Invalid(wrong)
    pid, public = found
    sealed = seal_shared([public], said, queries.bound(cid, pid)) if said else b""
    uow.run(_FORGET_VOUCHERS, which=asking)
    if let_in and not sealed:
        uow.run(_TAKE_AWAY, of_cid=cid, of_pid=pid)
    else:
        state = State.LET_IN if let_in else State.DECLINED
        uow.run(
            _CLOSE, which=asking, new_state=int(state), new_said=sealed, new_until=clock.day() + AGAIN_DAYS
        )
    if let_in:
        _enter(uow, cid, pid)
        count(uow, cid, "let_in")
    audit.record(uow, "place:let_in" if let_in else "place:declined", role="community", thing=cid)


def stand_for(uow: Write, viewer: Viewer, cid: bytes, asking: bytes, *, yes: bool = True) -> None:
    """Say yes for somebody who asks, or take it back while it waits. With two of different branches she may enter."""
    community = get_community(uow, viewer, cid)
    rules.may_see_asked(viewer, community).or_raise()
    found = queries.find_waiting(uow, cid, asking)
    if viewer.work is None or found is None:
        raise Conflict(rules.NOT_WAITING.why)
    mine = queries.vnull_of(viewer, asking)
    if not yes:
        uow.run(_UNSTAND, which=asking, vnull=mine)
        return
    rules.may_stand_for(viewer, community, standing_by_name(uow, viewer), found[0]).or_raise()
    until = clock.day() + ASKED_DAYS
    branch = bucket_of(viewer.branch, asking, mine)
    uow.insert_once(ASKING_VOUCHER, asking=asking, vnull=mine, branch=branch, until_day=until)
    if rules.are_enough(queries.branches(uow, asking)):
        uow.run(_CLOSE, which=asking, new_state=int(State.VOUCHED), new_said=b"", new_until=until)
        uow.run(_FORGET_VOUCHERS, which=asking)


def enter_vouched(uow: Write, viewer: Viewer, cid: bytes) -> bool:
    """Enter, since two said yes. Twice is once; answers whether she is new there."""
    community = get_community(uow, viewer, cid)
    own = queries.own_request(uow, viewer, cid)
    rules.may_enter_vouched(viewer, community, own).or_raise()
    if community.belongs:
        return False
    trusts(uow, viewer, community).or_raise()
    forget_request(uow, viewer, cid)
    count(uow, cid, "let_in")
    return _enter(uow, cid, viewer.pid)


def invite(uow: Write, viewer: Viewer, keys: ServerKeys, cid: bytes, *, submission: str = "") -> None:
    """Make a link that lets in once. Sent twice, it is made once."""
    community = get_community(uow, viewer, cid)
    if submissions.claim(uow, submission, b"") is not None:
        return
    rules.may_invite(viewer, community, len(queries.given(uow, viewer, cid))).or_raise()
    code = codes.new_invitation_code()
    tag = queries.place_tag(keys, code)
    uow.insert(
        PLACE_INVITATION,
        tag=tag,
        cid=cid,
        giver=queries.giver_of(viewer, cid),
        sealed=seal(queries.code_key(viewer), code.encode(), tag),
        by_host=int(community.hosts),
        until_day=clock.day() + INVITED_DAYS,
    )
    count(uow, cid, "invited")


def uninvite(uow: Write, viewer: Viewer, cid: bytes, mark: str) -> None:
    """One of her links opens nothing any more. Where it was used already, nothing changes."""
    for one in queries.given(uow, viewer, cid):
        if one.mark == mark:
            uow.run(_USE, tag=one.tag, today=clock.day())


def end_invitations(uow: Write, viewer: Viewer, cid: bytes) -> None:
    """None of the links to this place opens any more, whoever made it."""
    rules.may_decide(viewer, get_community(uow, viewer, cid)).or_raise()
    uow.run(_END_ALL, of_cid=cid)
    audit.record(uow, "place:uninvited", role="community", thing=cid)


def enter_invited(uow: Write, viewer: Viewer, keys: ServerKeys, code: str) -> tuple[CommunityFacts, bool]:
    """Enter by a link, which then opens nothing any more. Of two who use it at once, one enters.

    Answers the place, and whether she is new there: a member who opens a link leaves it for somebody else.
    """
    community = queries.find_invited(uow, viewer, keys, code)
    if community is None:
        rules.OVER.or_raise()
    rules.may_enter_invited(viewer, community).or_raise()
    if community.belongs:
        return community, False
    trusts(uow, viewer, community).or_raise()
    if not uow.run(_USE, tag=queries.place_tag(keys, code), today=clock.day()):
        rules.OVER.or_raise()
    forget_request(uow, viewer, community.id)
    _enter(uow, community.id, viewer.pid)
    count(uow, community.id, "entered")
    return community, True


def _enter(uow: Write, cid: bytes, pid: bytes) -> bool:
    """Become a member. Twice is once."""
    begun = {"role": int(Role.MEMBER), "month": clock.month(), **JUST_JOINED}
    if not uow.insert_once(MEMBERSHIP, cid=cid, pid=pid, **begun):
        return False
    uow.record(PersonaJoined(cid, pid))
    return True
