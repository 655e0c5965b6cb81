"""Changing communities: one function per intention."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, delete, select, update

from mashrabiya.communities import queries, rules
from mashrabiya.communities.events import (
    CommunityEdited,
    CommunityFounded,
    PersonaJoined,
    PersonaLeft,
    PlaceProtected,
)
from mashrabiya.communities.tables import CARE_KEY, COMMUNITY, MEMBERSHIP
from mashrabiya.communities.types import (
    ID_SIZE,
    PROTECTED_HOURS,
    SEED_SIZE,
    AnonMode,
    Entry,
    NewCommunity,
    Role,
    topics_in,
)
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import CARE, Tongue, Viewer
from mashrabiya.people.sealed.care import care_public
from mashrabiya.platform import audit, house, submissions
from mashrabiya.platform.db import Read, Statement, Write
from mashrabiya.platform.languages import LANGUAGES, catalogue
from mashrabiya.safety.trust import queries as trust

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
_LONGER: Statement[Any] = Statement(
    select(COMMUNITY.c.id).where(COMMUNITY.c.retention_days > bindparam("days"))
)
_CAP: Statement[Any] = Statement(
    update(COMMUNITY).where(COMMUNITY.c.id == bindparam("cid")).values(retention_days=bindparam("days"))
)
_FORGET: Statement[Any] = Statement(delete(MEMBERSHIP).where(MEMBERSHIP.c.pid == bindparam("pid")))
_GIVE_BACK: Statement[Any] = Statement(
    delete(CARE_KEY).where(CARE_KEY.c.cid == bindparam("cid"), CARE_KEY.c.pid == bindparam("pid"))
)
_FORGET_KEYS: Statement[Any] = Statement(delete(CARE_KEY).where(CARE_KEY.c.pid == bindparam("pid")))
_END_HOUSE_KEYS: Statement[Any] = Statement(
    delete(CARE_KEY).where(CARE_KEY.c.pid == bindparam("pid"), CARE_KEY.c.house == bindparam("house"))
)
_ANON_MODE: Statement[Any] = Statement(
    update(COMMUNITY).where(COMMUNITY.c.id == bindparam("cid")).values(anon_mode=bindparam("mode"))
)
_PROTECT: Statement[Any] = Statement(
    update(COMMUNITY).where(COMMUNITY.c.id == bindparam("cid")).values(protected_h=bindparam("until"))
)
_SEAL_ALL: Statement[Any] = Statement(
    update(COMMUNITY).where(COMMUNITY.c.anon_mode != bindparam("mode")).values(anon_mode=bindparam("mode"))
)


def found(uow: Write, viewer: Viewer, new: NewCommunity) -> bytes:
    """Start a community; the persona in use runs it. Sent twice, it is founded once."""
    cid = new_id(ID_SIZE)
    made = submissions.claim(uow, new.submission, cid, *new.words)
    if made is not None:
        return made
    settings = house.load(uow)
    rules.may_found(viewer, settings, queries.count_run(uow, viewer)).or_raise()
    hold_back_new(uow, viewer, protected=settings.protected_hours > 0, helps=False)
    _refuse_namesake(uow, viewer, new.name)
    uow.insert(
        COMMUNITY,
        id=cid,
        name=new.name,
        about=new.about,
        seed=new_id(SEED_SIZE),
        language=new.language,
        audience=int(new.audience),
        entry=int(Entry.OPEN),
        retention_days=new.retention_days,
        agreements=new.agreements,
        anon_mode=int(AnonMode.SEALED),
        topics=new.topics,
        wants=new.wants,
        folded=_folded(new),
        month=clock.month(),
        protected_h=0,
        slow=0,
    )
    _enter(uow, viewer, cid, Role.HOST)
    uow.record(CommunityFounded(cid))
    return cid


def edit(uow: Write, viewer: Viewer, cid: bytes, new: NewCommunity) -> None:
    """Change its words, its audience and its retention. Threads begun before keep their own.

    The same form sent again, after others have changed it anew, changes nothing.
    """
    community = queries.get_community(uow, viewer, cid)
    rules.may_edit(viewer, community).or_raise()
    if submissions.claim(uow, new.submission, cid, community.shown, *new.words) is not None:
        return
    if rules.name_line(new.name) != rules.name_line(community.name):
        _refuse_namesake(uow, viewer, new.name, cid)
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
        new_folded=_folded(new),
    )
    uow.record(CommunityEdited(cid))


def join(uow: Write, viewer: Viewer, cid: bytes) -> None:
    """Enter with the persona in use. Twice is once."""
    community = queries.get_community(uow, viewer, cid)
    rules.may_join(viewer, community).or_raise()
    if _enter(uow, viewer, cid, Role.MEMBER):
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


def take_key(uow: Write, viewer: Viewer, cid: bytes, *, house: bool) -> None:
    """Hold a care key there as the persona in use. Whether she cares for that place, the desk has asked.

    One person holds one key, whichever names she has: else she alone would be two.
    """
    if viewer.work is None:
        raise NotFound
    state = queries.key_state(uow, viewer, cid)
    if state.own:
        return
    rules.may_hold_key(state.held, other=bool(state.kin)).or_raise()
    public = care_public(viewer.work, viewer.slot, cid)
    uow.insert_once(CARE_KEY, cid=cid, pid=viewer.pid, pub=public, house=int(house))


def give_key_back(uow: Write, viewer: Viewer, cid: bytes) -> None:
    """Hold no care key there any more. Twice is once."""
    uow.run(_GIVE_BACK, cid=cid, pid=viewer.pid)


def end_house_keys(uow: Write, pid: bytes) -> None:
    """A persona that is of the house's care team no more holds no key by that. Twice is once."""
    uow.run(_END_HOUSE_KEYS, pid=pid, house=1)


def change_anon_mode(uow: Write, cid: bytes, mode: AnonMode) -> None:
    """How unnamed writing is in threads begun from now on. Two people have decided it at the desk."""
    if mode == AnonMode.ACCOUNTABLE:
        rules.may_be_accountable(house.load(uow), queries.count_keys(uow, cid)).or_raise()
    uow.run(_ANON_MODE, cid=cid, mode=int(mode))
    uow.record(CommunityEdited(cid))


def seal_everywhere(uow: Write) -> None:
    """Threads begun from now on are sealed in every community: the house has said so for good."""
    uow.run(_SEAL_ALL, mode=int(AnonMode.SEALED))


def keep_at_most(uow: Write, days: int) -> None:
    """No community keeps its threads longer than the house allows."""
    for (cid,) in uow.tuples(_LONGER, days=days):
        uow.run(_CAP, cid=cid, days=days)
        uow.record(CommunityEdited(bytes(cid)))


def forget_persona(uow: Write, pid: bytes) -> None:
    """Take a deleted persona out of every community. Safe to repeat."""
    uow.run(_FORGET, pid=pid)
    uow.run(_FORGET_KEYS, pid=pid)


def _enter(uow: Write, viewer: Viewer, cid: bytes, role: Role) -> bool:
    return uow.insert_once(MEMBERSHIP, cid=cid, pid=viewer.pid, role=int(role), month=clock.month())


def _refuse_namesake(uow: Write, viewer: Viewer, name: str, own: bytes = b"") -> None:
    """Two communities of one look would be taken for each other. Hidden ones count for their members only."""
    namesake = queries.find_namesake(uow, viewer, name, own)
    if namesake is not None:
        raise Invalid({"name": "community.name_taken"}, namesake=namesake)


def _folded(new: NewCommunity) -> str:
    """What search compares, with the names of its topics in every language of the software."""
    names = [
        catalogue(language).text(topic.key, Tongue.of(language))
        for topic in topics_in(new.topics)
        for language in LANGUAGES
    ]
    return rules.folded(new, names)
