"""The people of these tests, communities of every audience, and threads in them."""

from __future__ import annotations

from dataclasses import replace

from mashrabiya.communities import commands as communities
from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.tests.factories import ALICE, MONA, found, join
from mashrabiya.communities.types import Audience, CommunityFacts, Entry, NewCommunity, Role
from mashrabiya.discussions import commands
from mashrabiya.discussions.types import NewReply, NewThread, Placed, ThreadFacts
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.rules import name_key
from mashrabiya.people.tables import PERSONA
from mashrabiya.platform.db import Database

TITLE, BODY = "Which mint grows in the shade?", "Mine goes *brown*.\n\nIs it the water?"
CID, TID = b"c" * 16, b"t" * 16


def community_facts(
    audience: Audience = Audience.SIGNED_IN, *, role: Role | None = Role.MEMBER, kin: bool = True
) -> CommunityFacts:
    """A community as a member knows it."""
    return CommunityFacts(
        id=CID,
        name="Night kitchen",
        about="",
        seed=bytes(8),
        language="en",
        audience=audience,
        entry=Entry.OPEN,
        retention_days=365,
        agreements="",
        anon_mode=0,
        topics=0,
        wants=63,
        excluded=0,
        role=role,
        kin=int(kin),
    )


def thread_facts(community: CommunityFacts | None = None, *, n: int = 1, labels: int = 0) -> ThreadFacts:
    """A thread begun for those with an account."""
    return ThreadFacts(
        id=TID,
        title=TITLE,
        lang="en",
        begun_for=Audience.SIGNED_IN,
        retention_days=365,
        n=n,
        labels=labels,
        wants=0,
        spare=0,
        notes=0,
        answers=0,
        anon_mode=0,
        poll_day=0,
        kept_poll="",
        opening=0,
        community=community or community_facts(),
    )


def make_persona(database: Database, viewer: Viewer) -> None:
    """The row of the persona in use, as the people domain would write it."""
    assert viewer.face is not None
    face = viewer.face
    with database.write() as uow:
        uow.insert_once(
            PERSONA,
            id=viewer.pid,
            name=face.name,
            name_key=name_key(face.name),
            pub=face.pub,
            seed=face.seed,
            bpub=bytes(32),
            pronouns="",
            about="",
            season=bytes(32),
            seen_q=clock.quarter(),
            state=0,
            flags=b"",
            priv=b"",
        )


def place(database: Database, *members: Viewer, audience: Audience = Audience.SIGNED_IN) -> bytes:
    """A community with these members, each with the persona in use."""
    cid = found(database, Audience.SIGNED_IN)
    for member in members:
        make_persona(database, member)
        join(database, member, cid)
    if audience != Audience.SIGNED_IN:
        change_audience(database, cid, audience)
    return cid


def change_audience(database: Database, cid: bytes, audience: Audience) -> None:
    """Mona lets others read there from now on."""
    with database.read() as db:
        name = community_queries.get_community(db, MONA, cid).name
    new = NewCommunity(name=name, language="en", audience=audience)
    with database.write() as uow:
        communities.edit(uow, MONA, cid, new)


def begin(
    database: Database,
    viewer: Viewer,
    cid: bytes,
    *,
    unnamed: bool = False,
    title: str = TITLE,
    body: str = BODY,
) -> Placed:
    """A thread of hers."""
    new = NewThread(
        title=title, body=body, unnamed=unnamed, submission=new_id().hex(), learnable=shown_as(viewer)
    )
    with database.write() as uow:
        return commands.open_thread(uow, viewer, cid, new)


def answer(
    database: Database,
    viewer: Viewer,
    tid: bytes,
    body: str = "Morning sun is enough.",
    *,
    unnamed: bool = False,
) -> Placed:
    """A reply of hers."""
    new = NewReply(body=body, unnamed=unnamed, submission=new_id().hex(), learnable=shown_as(viewer))
    with database.write() as uow:
        return commands.reply(uow, viewer, tid, new)


def shown_as(viewer: Viewer) -> str:
    """What a form says of whose name two could learn."""
    return viewer.face.pub if viewer.face else ""


def nameless(viewer: Viewer = ALICE) -> Viewer:
    """The same person while no persona is in use."""
    return replace(viewer, face=None)
