"""Experiences of a sample: named and unnamed, beside steps of guides where those stand, and what readers said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mashrabiya.kernel.content import Note
from mashrabiya.kernel.viewer import HOST, Viewer
from mashrabiya.library.guides import queries as guides
from mashrabiya.library.stories import commands
from mashrabiya.library.stories.types import Layer, Mark, Situation, Told
from mashrabiya.platform.db import Database
from mashrabiya.stewardship.sample.moving_in import Dweller, days_ago
from mashrabiya.stewardship.sample.script import lines

_ANSWERS = {"?": "question", "1": "was", "2": "done", "3": "came"}


@dataclass(slots=True)
class _Lived:
    """One as the texts have it; ``chosen``: it stands beside its step."""

    head: list[str]
    said: dict[str, str] = field(default_factory=dict)
    chosen: bool = False


def share(database: Database, dwellers: Sequence[Dweller], personas: Mapping[str, Viewer]) -> None:
    """Let those who are there tell what they lived, the house choose some, and others say "same here" and that it helped."""
    keepers = [viewer for viewer in personas.values() if viewer.has(HOST)]
    with database.read() as db:
        known = guides.names(db)
    for lived in _told():
        who, _about, tie, *rest = lived.head
        teller = personas.get(who.removeprefix("~"))
        if teller is None:
            continue
        days, same, helped = rest[3:]
        with days_ago(float(days)), database.write() as uow:
            placed = commands.tell(uow, teller, _story(lived, known))
        # Nobody chooses her own.
        keeper = next((one for one in keepers if not set(one.siblings) & set(teller.siblings)), None)
        if keeper is not None and lived.chosen and tie.partition(" ")[0] in known:
            with database.write() as uow:
                commands.pick(uow, keeper, placed.id, wish=True)
        readers = [
            next(iter(one.personas.values())) for one in dwellers if teller not in one.personas.values()
        ]
        for kind, many in ((Mark.SAME, int(same)), (Mark.HELPED, int(helped))):
            _mark(database, placed.id, kind, readers[-many:] if many else [])


def _mark(database: Database, story: bytes, kind: Mark, readers: Sequence[Viewer]) -> None:
    for reader in readers:
        with database.write() as uow:
            commands.mark(uow, reader, story, kind, wish=True)


def _story(lived: _Lived, known: Mapping[str, bytes]) -> Told:
    """As its teller would have typed it; beside no guide where there is none."""
    who, about, tie, country, notes, agreed, *_rest = lived.head
    slug, _, step = tie.partition(" ")
    return Told(
        about=int(Situation[about.upper()]),
        unnamed=who.startswith("~"),
        guide=known.get(slug),
        step=int(step or 0),
        country=country,
        notes=sum(Note[one.upper()] for one in notes.split()),
        may=sum(Layer[one.upper()] for one in agreed.split()),
        **lived.said,
    )


def _told() -> Iterator[_Lived]:
    lived: _Lived | None = None
    for line in lines("lived"):
        mark, _, rest = line.partition(" ")
        if mark == "@":
            if lived is not None:
                yield lived
            lived = _Lived([part.strip() for part in rest.split("|")])
        elif lived is not None and mark == "+":
            lived.chosen = True
        elif lived is not None and mark in _ANSWERS:
            lived.said[_ANSWERS[mark]] = rest
    if lived is not None:
        yield lived
