"""A place where two of the care team could learn who wrote unnamed, and what waits at its desk."""

from __future__ import annotations

from dataclasses import dataclass

from mashrabiya.care import commands, queries
from mashrabiya.care.tests.desks import CARER, HOST, Desk
from mashrabiya.care.types import Case, Joint, LearnedFace, NewLearning, NewMode, Proposal
from mashrabiya.communities import commands as communities
from mashrabiya.communities import queries as community_queries
from mashrabiya.communities.tests.factories import ALICE
from mashrabiya.communities.types import AnonMode, KeyState
from mashrabiya.discussions.tests.factories import begin, make_persona
from mashrabiya.discussions.types import Placed
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.platform.db import Database

WHY = "She reads out the address of somebody."
WHY_TOO = "Read, and I see it so, too."


@dataclass
class Two(Desk):
    """Mona runs the place and Carla is of the house's care team: each holds a key."""

    def __post_init__(self) -> None:
        super().__post_init__()
        make_persona(self.database, CARER)

    def hold(self, *viewers: Viewer) -> None:
        for viewer in viewers:
            with self.database.write() as uow:
                place = queries.get_place(uow, viewer, self.cid)
                communities.take_key(uow, viewer, self.cid, house=not place.runs)

    def state(self, viewer: Viewer = HOST) -> KeyState:  # type: ignore[override]
        with self.database.read() as db:
            return community_queries.key_state(db, viewer, self.cid)

    def propose(self, mode: AnonMode, by: Viewer = HOST, words: str = "We wish it so.") -> Proposal:
        with self.database.write() as uow:
            commands.propose_mode(uow, by, self.cid, NewMode(int(mode), words))
        waiting = self.waiting(Joint.ANON_MODE, self.cid)
        assert waiting is not None
        return waiting

    def agree(self, proposal: Proposal, by: Viewer = CARER) -> None:
        with self.database.write() as uow:
            commands.agree(uow, by, proposal.id)

    def become(self, mode: AnonMode = AnonMode.ACCOUNTABLE) -> None:
        """As two people decide it."""
        self.agree(self.propose(mode))

    def waiting(self, kind: Joint, thing: bytes) -> Proposal | None:
        with self.database.read() as db:
            return queries.find_proposal(db, kind, thing)

    def unnamed(self, by: Viewer = ALICE) -> Placed:
        return begin(self.database, by, self.cid, unnamed=True)

    def ask(self, case: Case, by: Viewer = HOST, words: str = WHY) -> Proposal | None:
        with self.database.write() as uow:
            commands.ask_to_learn(uow, by, case.id, NewLearning(words))
        return self.waiting(Joint.LEARN, case.object)

    def learn(
        self, case: Case, first: Proposal | None, by: Viewer = CARER, words: str = WHY_TOO
    ) -> LearnedFace | None:
        assert first is not None
        with self.database.write() as uow:
            return commands.learn(uow, by, case.id, NewLearning(words, first.id))


def accountable(database: Database) -> Two:
    """Such a place, with its two keys, in which it was agreed."""
    desk = Two(database)
    desk.hold(HOST, CARER)
    desk.become()
    return desk
