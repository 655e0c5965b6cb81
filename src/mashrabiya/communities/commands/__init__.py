"""Changing communities: one function per intention."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, delete, update

from mashrabiya.communities import queries, rules
from mashrabiya.communities.commands.agreements import agree, forget_proposer, hold_versions, write_version
from mashrabiya.communities.commands.ending import archive, call_off, close, close_ripe, forget_place
from mashrabiya.communities.commands.everywhere import keep_at_most, seal_everywhere
from mashrabiya.communities.commands.handing import (
    decline,
    end_early,
    lay_down,
    offer,
    offer_unrun,
    take_offer_back,
    take_over,
)
from mashrabiya.communities.commands.keys import end_house_keys, forget_keys, give_key_back, take_key
from mashrabiya.communities.commands.listing import list_again, unlist
from mashrabiya.communities.commands.marks import withdraw_offers, withdraw_offers_of
from mashrabiya.communities.commands.tags import add_tag, put_tag, rename_tag, retire_tag
from mashrabiya.communities.commands.terms import end_terms
from mashrabiya.communities.commands.words import (
    change_other,
    change_receiving,
    change_texts,
    choose_door,
    fold_words,
    refuse_namesake,
    refuse_trusting,
)
from mashrabiya.communities.entering.commands import endings as entering
from mashrabiya.communities.entering.rules import wrong_ways
from mashrabiya.communities.entering.types import Ways
from mashrabiya.communities.events import (
    CommunityEdited,
    CommunityFounded,
    PersonaJoined,
    PersonaLeft,
    PlaceProtected,
)
from mashrabiya.communities.tables import COMMUNITY, MEMBERSHIP
from mashrabiya.communities.types import (
    ID_SIZE,
    PROTECTED_HOURS,
    SEED_SIZE,
    AnonMode,
    Audience,
    NewCommunity,
    PlaceState,
    Role,
)
from mashrabiya.communities.types.roles import ENDLESS
from mashrabiya.communities.types.shape import JUST_JOINED
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.platform import audit, house, submissions
from mashrabiya.platform.db import Read, Statement, Write
from mashrabiya.safety.trust import queries as trust

__all__ = [
    "add_tag",
    "agree",
    "archive",
    "call_off",
    "change_anon_mode",
    "change_other",
    "change_receiving",
    "change_texts",
    "choose_door",
    "close",
    "close_ripe",
    "decline",
    "edit",
    "end_early",
    "end_house_keys",
    "end_terms",
    "forget_persona",
    "forget_place",
    "found",
    "give_key_back",
    "hold_back_new",
    "join",
    "keep_at_most",
    "lay_down",
    "leave",
    "list_again",
    "offer",
    "offer_unrun",
    "protect",
    "put_tag",
    "rename_tag",
    "retire_tag",
    "seal_everywhere",
    "take_key",
    "take_offer_back",
    "take_over",
    "unlist",
    "withdraw_offers",
    "withdraw_offers_of",
]

OPEN_DOOR = Ways()
_EDIT: Statement[Any] = Statement(
    update(COMMUNITY)
    .where(COMMUNITY.c.id == bindparam("cid"))
    .values(
        name=bindparam("new_name"),
        about=bindparam("new_about"),
        language=bindparam("new_language"),
        audience=bindparam("new_audience"),
        retention_days=bindparam("new_retention_days"),
        agreements=bindparam("new_agreements"),
        topics=bindparam("new_topics"),
        wants=bindparam("new_wants"),
        folded=bindparam("new_folded"),
    )
)
_LEAVE: Statement[Any] = Statement(
    delete(MEMBERSHIP).where(MEMBERSHIP.c.cid == bindparam("cid"), MEMBERSHIP.c.pid == bindparam("pid"))
)
_FORGET: Statement[Any] = Statement(delete(MEMBERSHIP).where(MEMBERSHIP.c.pid == bindparam("pid")))
_ANON_MODE: Statement[Any] = Statement(
    update(COMMUNITY).where(COMMUNITY.c.id == bindparam("cid")).values(anon_mode=bindparam("mode"))
)
_PROTECT: Statement[Any] = Statement(
    update(COMMUNITY).where(COMMUNITY.c.id == bindparam("cid")).values(protected_h=bindparam("until"))
)
# What those who run it may make of it later.
_NO_WORDS = dict.fromkeys(("other_tongue", "other_name", "other_about", "welcome", "tags"), "")
_AS_BEGUN = {
    "state": int(PlaceState.OPEN),
    "closes_day": 0,
    "agreed_day": 0,
    "notes": 0,
    "slow": 0,
    "unlisted_day": 0,
    **_NO_WORDS,
}


def found(uow: Write, viewer: Viewer, new: NewCommunity, ways: Ways = OPEN_DOOR) -> bytes:
    """Start a community, entered in these ways; the persona in use runs it. Sent twice, it is founded once."""
    cid = new_id(ID_SIZE)
    made = submissions.claim(uow, new.submission, cid, *new.words, *ways.words)
    if made is not None:
        return made
    settings = house.load(uow)
    rules.may_found(viewer, settings, queries.count_run(uow, viewer)).or_raise()
    hold_back_new(uow, viewer, protected=settings.protected_hours > 0, helps=False)
    wrong = wrong_ways(ways)
    if wrong:
        raise Invalid(wrong)
    refuse_namesake(uow, viewer, new.name)
    refuse_trusting(uow, viewer, new.audience)
    uow.insert(
        COMMUNITY,
        id=cid,
        name=new.name,
        about=new.about,
        seed=new_id(SEED_SIZE),
        language=new.language,
        audience=int(new.audience),
        **ways.columns,
        retention_days=new.retention_days,
        agreements=new.agreements,
        anon_mode=int(AnonMode.SEALED),
        topics=new.topics,
        wants=new.wants,
        folded=fold_words(new),
        month=clock.month(),
        protected_h=0,
        **_AS_BEGUN,
    )
    write_version(uow, cid, new.agreements, new.audience, told=False)
    _enter(uow, viewer, cid, Role.HOST)
    uow.record(CommunityFounded(cid))
    return cid


def edit(uow: Write, viewer: Viewer, cid: bytes, new: NewCommunity) -> None:
    """Change its words, its audience and its retention. Threads begun before keep their own.

    The same form sent again, after others have changed it anew, changes nothing.
    """
    community, words = queries.get_words(uow, viewer, cid)
    rules.may_edit(viewer, community).or_raise()
    if submissions.claim(uow, new.submission, cid, community.shown, *new.words) is not None:
        return
    if rules.name_line(new.name) != rules.name_line(words.name):
        refuse_namesake(uow, viewer, new.name, cid)
    refuse_trusting(uow, viewer, new.audience, community.audience)
    hold_versions(uow, cid, new.audience)
    if rules.has_changed(community.agreements, new.agreements):
        write_version(uow, cid, new.agreements, new.audience, told=True)
    uow.run(
        _EDIT,
        cid=cid,
        new_name=new.name,
        new_about=new.about,
        new_language=new.language,
        new_audience=int(new.audience),
        new_retention_days=new.retention_days,
        new_agreements=new.agreements,
        new_topics=new.topics,
        new_wants=new.wants,
        new_folded=fold_words(new, words.beside(new.language)),
    )
    if new.audience == Audience.HIDDEN or new.audience == Audience.TRUSTED != community.audience:
        entering.hide(uow, cid)
    uow.record(CommunityEdited(cid))


def join(uow: Write, viewer: Viewer, cid: bytes) -> None:
    """Enter with the persona in use. Twice is once."""
    community = queries.get_community(uow, viewer, cid)
    rules.may_join(viewer, community).or_raise()
    queries.trusts(uow, viewer, community).or_raise()
    if _enter(uow, viewer, cid, Role.MEMBER):
        entering.forget_request(uow, viewer, cid)
        uow.record(PersonaJoined(cid, viewer.pid))


def leave(uow: Write, viewer: Viewer, cid: bytes, submission: str = "") -> None:
    """Leave with the persona in use. What was written stays until its author deletes it.

    Sent twice, it is once, also where nothing is to be found any more after leaving.
    """
    # Kept is that this form was sent, and not of which place.
    if submissions.claim(uow, submission, b"") is not None:
        return
    community = queries.get_community(uow, viewer, cid)
    rules.may_leave(viewer, community).or_raise()
    uow.run(_LEAVE, cid=cid, pid=viewer.pid)
    give_key_back(uow, viewer, cid)
    entering.leave(uow, viewer, cid)
    uow.record(PersonaLeft(cid, viewer.pid))


def protect(uow: Write, viewer: Viewer, cid: bytes, hours: int) -> None:
    """Protect a community, or without one the whole house, for so many hours from now; none ends it at once.

    Every such act is recorded by this one fact. It holds in all processes with their next second.
    """
    if hours not in (0, *PROTECTED_HOURS):
        raise Invalid({"hours": "protect.hours_unknown"})
    community = queries.get_community(uow, viewer, cid) if cid else None
    rules.may_protect(viewer, community).or_raise()
    until = clock.hour() + hours if hours else 0
    if community is None:
        house.save(uow, protected_h=until)
    else:
        uow.run(_PROTECT, cid=cid, until=until)
    by_house = community is None or not community.helps
    role = "community" if not by_house else "care" if viewer.has(CARE) else "house"
    act = "protected" if hours else "unprotected"
    audit.record(uow, f"place:{act}", role=role, thing=cid, rule=str(hours) if hours else "")
    uow.record(PlaceProtected(cid, hours, int(by_house)))


def hold_back_new(uow: Read, viewer: Viewer, *, protected: bool, helps: bool, named: bool = True) -> None:
    """While a place is protected, whoever is not established reads, and writes again later.

    By name it is the name in use that counts: else a new one would show whose it is.
    """
    if protected and not helps:
        rules.may_write_through(trust.standing_of(uow, viewer), viewer.slot, named=named).or_raise()


def change_anon_mode(uow: Write, cid: bytes, mode: AnonMode) -> None:
    """How unnamed writing is in threads begun from now on. Two people have decided it at the desk."""
    if mode == AnonMode.ACCOUNTABLE:
        rules.may_be_accountable(house.load(uow), queries.count_keys(uow, cid)).or_raise()
    uow.run(_ANON_MODE, cid=cid, mode=int(mode))
    uow.record(CommunityEdited(cid))


def forget_persona(uow: Write, pid: bytes) -> None:
    """Take a deleted persona out of every community. Safe to repeat."""
    uow.run(_FORGET, pid=pid)
    forget_proposer(uow, pid)
    forget_keys(uow, pid)


def _enter(uow: Write, viewer: Viewer, cid: bytes, role: Role) -> bool:
    begun = {**JUST_JOINED, "role": int(role), "until_day": ENDLESS if role else 0, "month": clock.month()}
    return uow.insert_once(MEMBERSHIP, cid=cid, pid=viewer.pid, **begun)
