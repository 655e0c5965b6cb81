"""How one enters some places of a sample, and who asks: waiting, declined, vouched for, and a link that is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mashrabiya.communities.entering import commands, queries
from mashrabiya.communities.entering.types import NewRequest, Ways
from mashrabiya.communities.types import Entry
from mashrabiya.stewardship.sample.moving_in import days_ago
from mashrabiya.stewardship.sample.script import lines

if TYPE_CHECKING:
    from mashrabiya.kernel.viewer import Viewer
    from mashrabiya.platform.web.site import Site
    from mashrabiya.stewardship.sample.script import Place

_BETWEEN = " / "
_FROM = {"question": Entry.QUESTION, "invite": Entry.INVITE, "vouch": Entry.VOUCH}


def ways_of(place: str) -> Ways:
    """``place | question | one / two``: how one enters it; at once where nothing is said."""
    for key, what, rest in _told():
        if key == place and what in _FROM:
            questions = tuple(rest[0].split(_BETWEEN)) if rest[0] else ()
            return Ways(entry=_FROM[what], questions=questions, members_invite=what == "invite")
    return Ways()


def ask_in(
    site: Site,
    communities: dict[str, tuple[Place, bytes]],
    members: dict[str, list[str]],
    personas: dict[str, Viewer],
) -> None:
    """``place | asks | persona | days | one / two``, ``place | declined | persona | sentence``, ``place | link``."""
    for key, what, rest in _told():
        if key not in communities or what in _FROM:
            continue
        cid, host = communities[key][1], personas[members[key][0]]
        if what == "link":
            with days_ago(2), site.database.write() as uow:
                commands.invite(uow, host, site.keys, cid)
            continue
        viewer = personas.get(rest[0])
        if viewer is None or rest[0] in members[key]:
            continue
        if what == "asks":
            with days_ago(float(rest[1])), site.database.write() as uow:
                answers = tuple(rest[2].split(_BETWEEN)) if len(rest) > 2 else ()
                new = NewRequest(answers=answers, seen=queries.ways_of(uow, cid).print)
                commands.ask(uow, viewer, cid, new)
            continue
        _decline(site, cid, host, viewer=viewer, said=rest[1])


def _decline(site: Site, cid: bytes, host: Viewer, *, viewer: Viewer, said: str) -> None:
    with site.database.write() as uow:
        own = queries.own_request(uow, viewer, cid)
        if own is not None and own.waits:
            commands.decide(uow, host, cid, own.id, let_in=False, said=said)


def _told() -> Iterator[tuple[str, str, list[str]]]:
    for line in lines("entering"):
        key, what, *rest = (part.strip() for part in line.split("|"))
        yield key, what, rest or [""]
