"""Giving a role: somebody who runs the place asks a member, and that one says yes or no for herself.

Running it beside others, or after them, is one of the roles: so a place is handed on.
"""

from __future__ import annotations

from mashrabiya.communities import queries, rules
from mashrabiya.communities.commands.keys import end_key, give_key_back
from mashrabiya.communities.commands.marks import end_role, give_role, mark_offer
from mashrabiya.communities.entering.commands import endings as entering
from mashrabiya.communities.entering.commands.counting import count
from mashrabiya.communities.types import POWERS, Asked, Power, Role
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Conflict, Invalid
from mashrabiya.kernel.verdict import Denied
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.rules import name_key
from mashrabiya.platform import audit
from mashrabiya.platform.db import Write

RUN_IT = Asked(Role.HOST, 0)
GIVEN, ENDED = "role_given", "role_ended"
"""What the place's log counts."""


def offer(uow: Write, viewer: Viewer, cid: bytes, name: str, *, asked: Asked = RUN_IT) -> None:
    """Ask the member of that name to take a role, or to hold it for another term. Asked again, the last question holds."""
    rules.may_hand_on(viewer, queries.get_community(uow, viewer, cid)).or_raise()
    _ask(uow, cid, name, asked, role="community")


def offer_unrun(uow: Write, viewer: Viewer, cid: bytes, name: str) -> None:
    """Ask her to run it, as the house's care team, where nobody runs the place any more."""
    rules.may_find_somebody(viewer).or_raise()
    queries.unrun_name(uow, viewer, cid)
    _ask(uow, cid, name, RUN_IT, role="care")


def take_offer_back(uow: Write, viewer: Viewer, cid: bytes, name: str) -> None:
    """The member of that name is asked no more. Twice is once."""
    rules.may_hand_on(viewer, queries.get_community(uow, viewer, cid)).or_raise()
    member = queries.member_named(uow, cid, name_key(name))
    if member is not None:
        mark_offer(uow, cid, member.pid, None)


def take_over(uow: Write, viewer: Viewer, cid: bytes, seen: Asked = RUN_IT) -> None:
    """Say yes with the persona in use to what she has read that she is asked. Twice is once."""
    community = queries.get_community(uow, viewer, cid)
    now = queries.own_offer(uow, viewer, cid) if community.belongs else None
    if now is None and community.belongs and community.role == seen.role:
        return
    verdict = rules.may_take(viewer, now, seen)
    if isinstance(verdict, Denied) and now is not None:
        raise Conflict(verdict.why)
    verdict.or_raise()
    if seen.runs and not community.hosts:
        rules.may_run_one_more(queries.count_run(uow, viewer)).or_raise()
    give_role(uow, cid, viewer.pid, seen)
    role = Role(seen.role)
    if Power.CASES not in POWERS[role]:
        give_key_back(uow, viewer, cid)
    count(uow, cid, GIVEN)
    if seen.runs:
        audit.record(uow, "place:taken_over", role="community", thing=cid)
    else:
        audit.record(uow, "place:role_taken", role="community", thing=cid, rule=role.name.lower())


def decline(uow: Write, viewer: Viewer, cid: bytes) -> None:
    """Say no: as before. Twice is once."""
    queries.get_community(uow, viewer, cid)
    if queries.own_offer(uow, viewer, cid) is not None:
        mark_offer(uow, cid, viewer.pid, None)


def lay_down(uow: Write, viewer: Viewer, cid: bytes) -> None:
    """Give her own role back, and stay a member: never as the last who runs the place. Twice is once."""
    community = queries.get_community(uow, viewer, cid)
    if community.belongs and not community.role:
        return
    if community.hosts or not community.belongs:
        rules.may_lay_down(viewer, community, queries.running(uow, cid)).or_raise()
        entering.lay_down(uow, viewer, cid, invites=bool(community.members_invite))
        audit.record(uow, "place:laid_down", role="community", thing=cid)
    else:
        given = Role(community.role or 0).name.lower()
        audit.record(uow, "place:role_back", role="community", thing=cid, rule=given)
    count(uow, cid, ENDED)
    end_role(uow, cid, viewer.pid, over=Role.MEMBER, day=0)
    give_key_back(uow, viewer, cid)


def end_early(uow: Write, viewer: Viewer, cid: bytes, name: str) -> None:
    """End the role of the member of that name, by somebody who runs the place. Twice is once."""
    rules.may_hand_on(viewer, queries.get_community(uow, viewer, cid)).or_raise()
    member = queries.member_named(uow, cid, name_key(name))
    verdict = rules.may_end(member)
    if member is None or isinstance(verdict, Denied):
        raise Invalid({"name": verdict.why if isinstance(verdict, Denied) else ""})
    if not member.role:
        return
    role = Role(member.role)
    end_role(uow, cid, member.pid, over=role, day=clock.day())
    end_key(uow, cid, member.pid)
    count(uow, cid, ENDED)
    audit.record(uow, "place:role_ended", role="community", thing=cid, rule=role.name.lower())


def _ask(uow: Write, cid: bytes, name: str, asked: Asked, *, role: str) -> None:
    wrong = rules.wrong_offer(asked)
    member = queries.member_named(uow, cid, name_key(name))
    verdict = rules.may_be_asked(member, Role(0 if wrong else asked.role), queries.count_busy(uow, cid))
    if isinstance(verdict, Denied):
        wrong = {"name": verdict.why} | wrong
    if wrong or member is None:
        raise Invalid(wrong)
    mark_offer(uow, cid, member.pid, asked)
    if asked.runs:
        audit.record(uow, "place:offered", role=role, thing=cid)
    else:
        named = Role(asked.role).name.lower()
        audit.record(uow, "place:role_offered", role=role, thing=cid, rule=named)
