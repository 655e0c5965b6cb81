"""The people of these tests, and communities of every audience."""

from __future__ import annotations

from dataclasses import replace

from mashrabiya.communities import commands, queries
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.kernel.keys import Work
from mashrabiya.kernel.viewer import CARE, HOST, Face, Tongue, Viewer
from mashrabiya.platform.db import Database


def person(name: str, *roles: str) -> Viewer:
    """Somebody signed in, with a persona of that name in her first slot."""
    work = Work.of_seed(name.encode().ljust(32, b"."))
    return Viewer(
        work=work,
        siblings=work.persona_ids(),
        face=Face(name=name, pub=name.lower().ljust(10, "0"), seed=bytes(8)),
        roles=frozenset(roles),
        tongue=Tongue.of("en"),
    )


ALICE = person("Alice")
BOB = person("Bob")
CHARLIE = person("Charlie")
MALLORY = person("Mallory")
MONA = person("Mona", HOST, CARE)
VISITOR = Viewer.visitor(Tongue.of("en"))


def other_persona(viewer: Viewer) -> Viewer:
    """The same person with the persona of her next slot."""
    face = Face(name=f"{viewer.face.name} again" if viewer.face else "", pub="x" * 10, seed=bytes(8))
    return replace(viewer, slot=viewer.slot + 1, face=face)


def without_persona(viewer: Viewer) -> Viewer:
    """The same person before she made a persona."""
    return replace(viewer, face=None)


def found(
    database: Database, audience: Audience, name: str = "Night kitchen", *, language: str = "en"
) -> bytes:
    """A community that Mona runs. A second one of the name has a number, since names are not given twice."""
    name = free_name(database, MONA, name)
    first = NewCommunity(name=name, about="Recipes.", language=language, agreements="Be kind.\n\nNo photos.")
    with database.write() as uow:
        cid = commands.found(uow, MONA, first)
    narrowed = NewCommunity(name=name, about="Recipes.", language=language, audience=audience)
    with database.write() as uow:
        commands.edit(uow, MONA, cid, narrowed)
    return cid


def free_name(database: Database, viewer: Viewer, name: str) -> str:
    """The name, or the first numbered one that no community has that she knows of."""
    with database.read() as db:
        tried = (name, *(f"{name} {number}" for number in range(2, 99)))
        return next(one for one in tried if queries.find_namesake(db, viewer, one) is None)


def join(database: Database, viewer: Viewer, cid: bytes) -> None:
    with database.write() as uow:
        commands.join(uow, viewer, cid)
