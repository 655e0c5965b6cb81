"""A desk at which somebody objects, on an empty database."""

from __future__ import annotations

from dataclasses import dataclass

from mashrabiya.care import commands, queries
from mashrabiya.care.tests.desks import CARER, HOST, KEYS, Desk
from mashrabiya.care.types import Act, Case, Concerned, Decision, Disputed, NewAnswer
from mashrabiya.communities.tests.factories import ALICE
from mashrabiya.discussions import queries as posts
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries.guards import load_guards

WHY = "It names the old school of nobody who lives."
SAID = "Read, and you are right."


@dataclass
class Objecting(Desk):
    """A desk at which somebody objects."""

    def object(self, decision: Decision, by: Viewer = ALICE, words: str = WHY) -> bytes:
        with self.database.write() as uow:
            commands.appeal(uow, by, KEYS, decision.id, words=words)
        found = self.read(decision, by).appeal
        assert found is not None
        return found.id

    def read(self, decision: Decision, by: Viewer = ALICE) -> Concerned:
        with self.database.read() as db:
            return queries.get_concerned(db, by, KEYS, decision.id)

    def answer(
        self, which: bytes, by: Viewer = CARER, *, reverse: bool | None = True, words: str = SAID
    ) -> None:
        with self.database.write() as uow:
            commands.answer_appeal(uow, by, KEYS, which, new=NewAnswer(reverse, words))

    def waiting(self, by: Viewer = CARER) -> list[Disputed]:
        with self.database.read() as db:
            place = queries.get_place(db, by, b"" if by is CARER else self.cid)
            return queries.waiting_appeals(db, by, KEYS, place)

    def concerning(self, by: Viewer) -> list[bytes]:
        with self.database.read() as db:
            cases = load_guards(db).all_cases(by)
            return [one.decision.id for one in queries.all_concerned(db, by, KEYS, cases).rows]

    def text(self, case: Case) -> str:
        with self.database.read() as db:
            found = posts.find_judged(db, case.object)
        return found.body if found else ""

    def hidden(self, act: Act = Act.HIDE, by: Viewer = HOST) -> Decision:
        return self.decide(self.report(self.thread), act, by=by)
