"""The automatic rules of a sample: the house's by whoever keeps it, a community's by whoever runs it."""

from __future__ import annotations

from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions.types import NewReply
from mashrabiya.kernel.content import Note
from mashrabiya.kernel.errors import NotFound, Refused
from mashrabiya.kernel.viewer import HOST, Viewer
from mashrabiya.platform.web.site import Site
from mashrabiya.safety import commands as safety_commands
from mashrabiya.safety import queries as safety
from mashrabiya.safety.matching.watch import Watch
from mashrabiya.safety.types import Act, Precept, Standing
from mashrabiya.stewardship import commands
from mashrabiya.stewardship.sample.moving_in import days_ago
from mashrabiya.stewardship.sample.script import Place, lines

_HELD_AGO = 0.01


def keep_precepts(
    site: Site,
    communities: dict[str, tuple[Place, bytes]],
    members: dict[str, list[str]],
    personas: dict[str, Viewer],
) -> None:
    """``place | days | kind | act | note | word; word | sentence | off``: those of places that there are."""
    keeper = next(viewer for viewer in personas.values() if viewer.has(HOST))
    for line in lines("precepts"):
        key, days, *told = (part.strip() for part in line.split("|"))
        if key != "house" and key not in communities:
            continue
        cid = communities[key][1] if key in communities else None
        viewer = personas[members[key][0]] if key in communities else keeper
        with days_ago(float(days)):
            _keep(site, viewer, cid, told)


def _keep(site: Site, viewer: Viewer, cid: bytes | None, told: list[str]) -> None:
    kind, act, note, text, sentence, off = told
    new = Standing(
        cid=cid,
        kind=int(Precept[kind.upper()]),
        act=int(Act[act.upper()]),
        text="\n".join(part.strip() for part in text.split(";")),
        sentence=sentence,
        note=int(Note[note.upper()]) if note else 0,
    )
    with site.database.write() as uow:
        commands.keep_precept(uow, viewer, site.keys, new)
        if off:
            made = next(one for one in safety.precepts(uow, site.keys, cid) if one.text == new.text)
            commands.switch_precept(uow, viewer, site.keys, (cid, made.id), on=False)


def held_places() -> list[str]:
    """In which places a rule holds a reply."""
    return [line.partition("|")[0].strip() for line in lines("held")]


def hold_some(
    site: Site, last: dict[str, bytes], members: dict[str, list[str]], personas: dict[str, Viewer]
) -> None:
    """``place | words``: a reply that a rule of the place holds, by whoever came last and may write there now."""
    site.held.refresh()
    watch = Watch(site.held[safety_commands.RULEBOOK], asks=False)
    for line in lines("held"):
        key, words = (part.strip() for part in line.split("|"))
        if key in last:
            new = NewReply(body=words)
            any(_reply(site, personas[who], last[key], new, watch=watch) for who in members[key][::-1])


def _reply(site: Site, viewer: Viewer, tid: bytes, new: NewReply, *, watch: Watch) -> bool:
    try:
        with days_ago(_HELD_AGO), site.database.write() as uow:
            return discussions.reply(uow, viewer, tid, new, watch=watch).held
    except (NotFound, Refused):
        return False
