"""A desk on an empty database, for tests of what is decided at it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select

from mashrabiya.care import commands, queries
from mashrabiya.care.types import Act, Case, Decision, NewDecision, Place
from mashrabiya.communities import commands as communities
from mashrabiya.communities.tables import MEMBERSHIP
from mashrabiya.communities.tests.factories import ALICE, BOB, MALLORY, MONA, person
from mashrabiya.communities.types import NewCommunity, Role
from mashrabiya.communities.types.roles import ENDLESS
from mashrabiya.communities.types.shape import JUST_JOINED
from mashrabiya.discussions import queries as posts
from mashrabiya.discussions.tables import POST
from mashrabiya.discussions.tests.factories import begin, make_persona, place
from mashrabiya.discussions.types import Placed, PostState
from mashrabiya.kernel.viewer import CARE, Viewer
from mashrabiya.people.tables import GUARD
from mashrabiya.platform.db import Database, Statement, Write
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.safety import commands as safety
from mashrabiya.safety.types import NewReport, Reason, Thing

KEYS = ServerKeys(b"\x07" * 32)
GUARDS: Statement[None] = Statement(select(GUARD.c.kind, GUARD.c.subject, GUARD.c.scope))
HOST = replace(MONA, roles=frozenset())
CARER = person("Carla", CARE)


@dataclass
class Desk:
    """Alice and Bob talk in a place that Mona runs; Mallory is a member; Charlie is not."""

    database: Database

    def __post_init__(self) -> None:
        self.cid = place(self.database, ALICE, BOB, MALLORY)
        make_persona(self.database, MONA)
        agreed = NewCommunity(name="Night kitchen", agreements="Be kind.")
        with self.database.write() as uow:
            communities.edit(uow, MONA, self.cid, agreed)
        self.thread = begin(self.database, ALICE, self.cid)

    def role(self, viewer: Viewer, role: Role) -> None:
        with self.database.write() as uow:
            begun = {**JUST_JOINED, "role": int(role), "until_day": ENDLESS, "month": 1}
            uow.insert_once(MEMBERSHIP, cid=self.cid, pid=viewer.pid, **begun)

    def report(self, placed: Placed, by: Viewer = BOB, reason: Reason = Reason.OUTING) -> Case:
        with self.database.write() as uow:
            found = post_at(uow, placed)
            new = NewReport(kind=Thing.POST, object=found, place=self.cid, reason=reason, note="")
            safety.report(uow, by, KEYS, new)
        return next(case for case in self.queue(CARER) if case.object == found)

    def report_thing(self, kind: Thing, thing: bytes, by: Viewer = BOB) -> None:
        with self.database.write() as uow:
            new = NewReport(kind=kind, object=thing, place=None, reason=Reason.OTHER, note="")
            safety.report(uow, by, KEYS, new)

    def queue(self, viewer: Viewer, place: Place | None = None) -> list[Case]:
        with self.database.read() as db:
            where = place or queries.get_place(db, viewer, b"" if viewer is CARER else self.cid)
            return queries.queue(db, viewer, where)[0]

    def decide(self, case: Case, act: Act, /, by: Viewer = HOST, **changes: object) -> Decision:
        with self.database.write() as uow:
            before = queries.on_thing(uow, case.kind, case.object)
            usual = {"act": act, "words": "We agreed on this.", "days": 7, "seen": len(before)}
            commands.decide(uow, by, case.id, NewDecision(**{**usual, **changes}))  # type: ignore[arg-type]
            known = {one.id for one in before}
            after = queries.on_thing(uow, case.kind, case.object)
        return next(one for one in after if one.id not in known)

    def undo(self, decision: Decision, by: Viewer = HOST) -> None:
        with self.database.write() as uow:
            commands.undo(uow, by, decision.id)

    def state(self, case: Case) -> PostState:
        with self.database.read() as db:
            found = posts.find_judged(db, case.object)
        assert found is not None
        return PostState(found.state)

    def guards(self) -> list[tuple[str, bytes, bytes]]:
        with self.database.read() as db:
            return [(str(kind), bytes(subject), bytes(scope)) for kind, subject, scope in db.tuples(GUARDS)]


def post_at(uow: Write, placed: Placed) -> bytes:
    found: Statement[None] = Statement(
        select(POST.c.id).where(POST.c.tid == placed.tid, POST.c.n == placed.n)
    )
    return bytes(uow.scalar(found))
