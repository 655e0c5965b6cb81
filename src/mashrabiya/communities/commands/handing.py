"""Handing a place on: somebody who runs it asks a member, and that one says yes or no for herself."""

from __future__ import annotations

from mashrabiya.communities import queries, rules
from mashrabiya.communities.commands.keys import give_key_back
from mashrabiya.communities.commands.marks import give_role, mark_offer
from mashrabiya.communities.entering.commands import endings as entering
from mashrabiya.communities.types import OFFER_DAYS, Role
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid
from mashrabiya.kernel.verdict import Denied
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.rules import name_key
from mashrabiya.platform import audit
from mashrabiya.platform.db import Write


def offer(uow: Write, viewer: Viewer, cid: bytes, name: str) -> None:
    """Ask the member of that name to run it. Asked again, she has the whole time anew."""
    rules.may_hand_on(viewer, queries.get_community(uow, viewer, cid)).or_raise()
    _ask(uow, cid, name, role="community")


def offer_unrun(uow: Write, viewer: Viewer, cid: bytes, name: str) -> None:
    """The same by the house's care team, where nobody runs the place any more."""
    rules.may_find_somebody(viewer).or_raise()
    queries.unrun_name(uow, viewer, cid)
    _ask(uow, cid, name, role="care")


def take_offer_back(uow: Write, viewer: Viewer, cid: bytes, name: str) -> None:
    """The member of that name is asked no more. Twice is once."""
    rules.may_hand_on(viewer, queries.get_community(uow, viewer, cid)).or_raise()
    member = queries.member_named(uow, cid, name_key(name))
    if member is not None:
        mark_offer(uow, cid, member[0], 0)


def take_over(uow: Write, viewer: Viewer, cid: bytes) -> None:
    """Say yes with the persona in use, and run the place from now on, beside whoever runs it. Twice is once."""
    community = queries.get_community(uow, viewer, cid)
    if community.hosts:
        return
    asked = queries.is_offered(uow, viewer, cid)
    runs = queries.count_run(uow, viewer)
    rules.may_take_over(viewer, asked=asked and community.belongs, runs=runs).or_raise()
    give_role(uow, cid, viewer.pid, Role.HOST)
    audit.record(uow, "place:taken_over", role="community", thing=cid)


def decline(uow: Write, viewer: Viewer, cid: bytes) -> None:
    """Say no: a member as before. Twice is once."""
    queries.get_community(uow, viewer, cid)
    if queries.is_offered(uow, viewer, cid):
        mark_offer(uow, cid, viewer.pid, 0)


def lay_down(uow: Write, viewer: Viewer, cid: bytes) -> None:
    """Run it no more, and stay a member: never as the last who runs it. Twice is once."""
    community = queries.get_community(uow, viewer, cid)
    if community.belongs and not community.helps:
        return
    rules.may_lay_down(viewer, community, queries.running(uow, cid)).or_raise()
    give_role(uow, cid, viewer.pid, Role.MEMBER)
    give_key_back(uow, viewer, cid)
    entering.lay_down(uow, viewer, cid, invites=bool(community.members_invite))
    audit.record(uow, "place:laid_down", role="community", thing=cid)


def _ask(uow: Write, cid: bytes, name: str, *, role: str) -> None:
    member = queries.member_named(uow, cid, name_key(name))
    verdict = rules.may_be_asked(None if member is None else member[1])
    if member is None or isinstance(verdict, Denied):
        raise Invalid({"name": verdict.why if isinstance(verdict, Denied) else ""})
    mark_offer(uow, cid, member[0], clock.day() + OFFER_DAYS)
    audit.record(uow, "place:offered", role=role, thing=cid)
