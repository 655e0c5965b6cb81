"""What those who run the places of a sample have made of them, once everything was written."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from mashrabiya.communities import commands, queries
from mashrabiya.communities.types import Asked, Audience, NewCommunity, Role
from mashrabiya.communities.types.words import OtherWords, Receiving
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Write
from mashrabiya.platform.web.site import Site
from mashrabiya.stewardship.sample.moving_in import days_ago
from mashrabiya.stewardship.sample.script import Place, lines

_LANGUAGES = {"ar": "en", "en": "ar"}


@dataclass(frozen=True, slots=True)
class _Step:
    """One act of whoever runs a place; ``asked`` is a member of it."""

    viewer: Viewer
    cid: bytes
    place: Place
    what: str
    said: tuple[str, ...]
    asked: Viewer


def shape(
    site: Site,
    communities: dict[str, tuple[Place, bytes]],
    members: dict[str, list[str]],
    personas: dict[str, Viewer],
) -> None:
    """``place | days | what | words``: those of places that there are."""
    for line in lines("shaping"):
        key, days, what, *said = (part.strip() for part in line.split("|"))
        if key not in communities:
            continue
        place, cid = communities[key]
        host, asked = (personas[members[key][at]] for at in (0, -1))
        step = _Step(host, cid, place, what, tuple(said), asked)
        if what == "role":
            _hold(site, step, float(days), [personas[one] for one in members[key]])
            continue
        with days_ago(float(days)), site.database.write() as uow:
            _take(uow, step)


def _take(uow: Write, step: _Step) -> None:
    viewer, cid = step.viewer, step.cid
    if step.what == "name":
        name, about = step.said
        language = _LANGUAGES[step.place.language]
        commands.change_other(uow, viewer, cid, OtherWords(language=language, name=name, about=about))
    elif step.what == "agree":
        _agree(uow, step)
    elif step.what == "archive":
        commands.archive(uow, viewer, cid, on=True)
    elif step.what == "close":
        commands.close(uow, viewer, cid)
    elif step.what == "asks":
        commands.offer(uow, viewer, cid, step.asked.face.name if step.asked.face else "")
    else:
        _receive(uow, step)


def _hold(site: Site, step: _Step, days: float, members: list[Viewer]) -> None:
    """A member is asked to take a role, and says yes; nobody where the place has few members."""
    role, term, number = step.said
    if int(number) >= len(members):
        return
    holder, asked = members[-int(number)], Asked(int(Role[role.upper()]), int(term))
    with days_ago(days), site.database.write() as uow:
        commands.offer(uow, step.viewer, step.cid, holder.face.name if holder.face else "", asked=asked)
        commands.take_over(uow, holder, step.cid, asked)


def _agree(uow: Write, step: _Step) -> None:
    """One line more than before."""
    community, words = queries.get_words(uow, step.viewer, step.cid)
    said = NewCommunity(
        name=words.name,
        about=words.about,
        language=community.language,
        audience=Audience(community.audience),
        retention_days=community.retention_days,
        agreements="\n".join((*community.agreed, *step.said)),
        topics=community.topics,
        wants=community.wants,
    )
    commands.edit(uow, step.viewer, step.cid, said)


def _receive(uow: Write, step: _Step) -> None:
    community, words = queries.get_words(uow, step.viewer, step.cid)
    now = Receiving(welcome=words.welcome, notes=community.notes, slow=community.slow)
    said = step.said[0]
    if step.what == "welcome":
        now = replace(now, welcome=said.replace(";", "\n"))
    elif step.what == "notes":
        now = replace(now, notes=int(Note[said.upper()]))
    else:
        now = replace(now, slow=int(said))
    commands.change_receiving(uow, step.viewer, step.cid, now)
