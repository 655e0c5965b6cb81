"""What hosts change."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from mashrabiya.communities import commands as communities
from mashrabiya.communities import queries as community_queries
from mashrabiya.communities import rules as community_rules
from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import commands as people
from mashrabiya.people.commands.cost import change_cost as change
from mashrabiya.people.types import Grant
from mashrabiya.platform import audit, house, submissions
from mashrabiya.platform.crypto import Cost
from mashrabiya.platform.db import Write
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety import commands as safety
from mashrabiya.safety import queries as safety_queries
from mashrabiya.safety.types import PRECEPT_ID_SIZE, Standing
from mashrabiya.stewardship import rules
from mashrabiya.stewardship.types import GUESS_MEMORY, GUESS_ROUNDS, TOLD, Invitations, Step


def take_step(uow: Write, viewer: Viewer, step: Step, changes: dict[str, Any]) -> None:
    """Save what a step decided. Doing it again changes it; the step stays done."""
    rules.may_run_house(viewer).or_raise()
    done = house.load(uow).steps_done
    house.save(uow, **changes, steps_done=done if step in done else (*done, step.value))
    if "retention_days" in changes:
        communities.keep_at_most(uow, changes["retention_days"])
    if changes:
        _log(uow, "changed", changes)


def _log(uow: Write, what: str, changes: dict[str, Any] | None = None) -> None:
    """Say in the log of acts what a host changed; what it is now only where that is no secret of the house."""
    changed = changes or {}
    said = [f"{name}: {changed[name]}" for name in sorted(changed.keys() & TOLD)]
    audit.record(uow, f"house:{what}", role="house", rule=",".join(sorted(changed)), detail="\n".join(said))


def _log_precept(uow: Write, what: str, cid: bytes | None, which: bytes) -> None:
    """What it looks for is not said: that lies sealed."""
    audit.record(uow, f"precept:{what}", role="community" if cid else "house", thing=which)


def keep_sealed(uow: Write, viewer: Viewer) -> None:
    """Rule out, for good, that anybody learns who wrote unnamed. Twice is once."""
    rules.may_run_house(viewer).or_raise()
    house.save(uow, sealed_only=True)
    communities.seal_everywhere(uow)
    _log(uow, "sealed")


def renew_canary(uow: Write, viewer: Viewer, *, sure: bool) -> None:
    """Say that until today no order has come. A person says it each time: nothing writes it by itself, nothing takes it back."""
    rules.may_run_house(viewer).or_raise()
    if not sure:
        raise Invalid({"true": "canary.missing"})
    today = clock.day()
    if house.load(uow).canary_day == today:
        return
    house.save(uow, canary_day=today)
    _log(uow, "canary", {"canary_day": clock.iso(today)})


def open_house(uow: Write, viewer: Viewer) -> None:
    """Finish first run."""
    rules.may_open(viewer, house.load(uow)).or_raise()
    take_step(uow, viewer, Step.OPEN, {"open": True})


def invite(uow: Write, viewer: Viewer, keys: ServerKeys, wanted: Invitations) -> list[str]:
    """Make the codes; they are told once and kept nowhere."""
    rules.may_run_house(viewer).or_raise()
    if wanted.for_care:
        rules.may_invite_carers(viewer, house.load(uow)).or_raise()
    grant = Grant.CARE if wanted.for_care else Grant.NONE
    _log(uow, "invited_carers" if wanted.for_care else "invited", {"count": wanted.count})
    return [people.issue_invitation(uow, keys, grant=grant, days=wanted.days) for _ in range(wanted.count)]


def change_cost(uow: Write, viewer: Viewer, memory: int) -> None:
    """From now on a guess at a passphrase costs this. Nobody is shut out; the earlier cost is tried as well."""
    rules.may_change_cost(viewer, sample=house.load(uow).sample).or_raise()
    if memory not in GUESS_MEMORY:
        raise Invalid({"cost": "house.cost_unknown"})
    change(uow, Cost(memory << 10, GUESS_ROUNDS))
    _log(uow, "changed", {"argon_memory": memory << 10})


def keep_onion_cookie_plain(uow: Write, viewer: Viewer, *, plain: bool) -> None:
    """Whether the session's cookie goes without prefix and Secure on onion names."""
    rules.may_run_house(viewer).or_raise()
    house.save(uow, onion_cookie_plain=plain)
    _log(uow, "changed", {"onion_cookie_plain": plain})


def name_sites(
    uow: Write, viewer: Viewer, sites: tuple[str, ...], *, by: str, always: tuple[str, ...], leaving: bool
) -> None:
    """By which names the house is reached, besides those that always open.

    The one that she reads by just now goes only when she says that she knows.
    """
    rules.may_run_house(viewer).or_raise()
    if rules.closes_behind(by, sites, always) and not leaving:
        raise Invalid({"leaving": "house.sites_leaving"})
    house.save(uow, sites=sites)
    _log(uow, "changed", {"sites": sites})


def withdraw_invitations(uow: Write, viewer: Viewer) -> int:
    """No code given out so far opens any more."""
    rules.may_run_house(viewer).or_raise()
    _log(uow, "uninvited")
    return people.withdraw_invitations(uow)


def let_members_invite(uow: Write, viewer: Viewer, *, on: bool, withdraw: bool) -> None:
    """Whether members make invitations; where not, whether those that they gave out still open. Twice is once."""
    rules.may_run_house(viewer).or_raise()
    if house.load(uow).members_invite != on:
        house.save(uow, members_invite=on)
        _log(uow, "changed", {"members_invite": on})
    if withdraw and not on and people.withdraw_of_members(uow):
        _log(uow, "uninvited_members")


def keep_precept(
    uow: Write, viewer: Viewer, keys: ServerKeys, new: Standing, *, submission: str = ""
) -> None:
    """Put an automatic rule in force, or another in its place. The same form sent twice makes one."""
    _may_make_precepts(uow, viewer, new.cid)
    if new.id:
        _get_precept(uow, keys, new.cid, new.id)
        safety.change_precept(uow, keys, new)
        _log_precept(uow, "kept", new.cid, new.id)
        return
    which = new_id(PRECEPT_ID_SIZE)
    words = (str(new.kind), str(new.act), str(new.note), new.text, new.sentence)
    if submissions.claim(uow, submission, which, show_id(new.cid or b""), *words) is None:
        safety.add_precept(uow, keys, structs.replace(new, id=which))
        _log_precept(uow, "kept", new.cid, which)


def switch_precept(
    uow: Write, viewer: Viewer, keys: ServerKeys, which: tuple[bytes | None, bytes], *, on: bool
) -> None:
    """Switch an automatic rule of a place on or off."""
    _may_make_precepts(uow, viewer, which[0])
    safety.switch_precept(uow, _get_precept(uow, keys, *which), on=on)
    _log_precept(uow, "on" if on else "off", *which)


def delete_precept(uow: Write, viewer: Viewer, keys: ServerKeys, which: tuple[bytes | None, bytes]) -> None:
    """Delete an automatic rule of a place. What it looked for is gone."""
    _may_make_precepts(uow, viewer, which[0])
    safety.delete_precept(uow, _get_precept(uow, keys, *which))
    _log_precept(uow, "deleted", *which)


def _may_make_precepts(uow: Write, viewer: Viewer, cid: bytes | None) -> None:
    """The house's are for hosts, a community's for whoever runs it; to everybody else there is nothing."""
    if cid is None:
        rules.may_run_house(viewer).or_raise()
        return
    community = community_queries.get_community(uow, viewer, cid)
    community_rules.may_edit(viewer, community).or_raise()


def _get_precept(uow: Write, keys: ServerKeys, cid: bytes | None, which: bytes) -> Standing:
    for one in safety_queries.precepts(uow, keys, cid):
        if one.id == which:
            return one
    raise NotFound
