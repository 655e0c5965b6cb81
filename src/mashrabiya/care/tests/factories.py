"""A place with its people, and what waits at its desk."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from mashrabiya.care import commands, queries
from mashrabiya.care.types import Act, Case, Decision, NewDecision
from mashrabiya.communities import commands as communities
from mashrabiya.communities.types import Audience, NewCommunity
from mashrabiya.discussions.tests.factories import answer, begin
from mashrabiya.discussions.tests.places import open_place
from mashrabiya.discussions.types import Placed
from mashrabiya.kernel.ids import new_id, show_id
from mashrabiya.kernel.viewer import HOST
from mashrabiya.safety.types import Reason
from mashrabiya.testing.browser import Page
from mashrabiya.testing.house import Person, TestHouse

WORDS = "We agreed on no names of schools."


@dataclass
class Scene:
    """Alice writes, Bob is a member, Charlie is outside, Mona runs the place, Mallory is a member too."""

    house: TestHouse
    audience: Audience = Audience.SIGNED_IN
    language: str = "en"
    name: str = "Night kitchen"
    people: dict[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Another place of the same people is made by handing them on.
        for name in () if self.people else ("mona", "alice", "bob", "charlie", "mallory"):
            self.people[name] = self.house.person(name.title(), language=self.language)
        inside = [self.people[name] for name in ("mona", "alice", "bob", "mallory")]
        # A hidden place takes nobody in: it is hidden once they are inside.
        self.cid = open_place(self.house, *inside)
        new = NewCommunity(name=self.name, language="en", audience=self.audience, agreements="Be kind.")
        with self.house.database.write() as uow:
            # As one whom the house has named: she may make it one for trusted members, too.
            communities.edit(uow, replace(self["mona"].viewer, roles=frozenset({HOST})), self.cid, new)

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    @property
    def desk(self) -> str:
        return f"/c/{show_id(self.cid)}/care"

    def thread(self, who: str = "alice", *, unnamed: bool = False) -> Placed:
        return begin(self.house.database, self[who].viewer, self.cid, unnamed=unnamed)

    def reply(
        self, who: str, tid: bytes, body: str = "Near the old school.", *, unnamed: bool = False
    ) -> Placed:
        return answer(self.house.database, self[who].viewer, tid, body, unnamed=unnamed)

    def report(self, who: str, placed: Placed, reason: Reason = Reason.OUTING, note: str = "") -> Page:
        """As the person does it: by the link beside the post."""
        path = report_path(placed)
        return self[who].browser.submit(path, path, reason=str(int(reason)), note=note)

    def case(self, who: str = "mona") -> Case:
        """The first that waits at this person's desk."""
        viewer = self[who].viewer
        with self.house.database.read() as db:
            cases, _ = queries.queue(db, viewer, queries.get_place(db, viewer, self.cid))
        return cases[0]

    def decide(self, act: Act, who: str = "mona", *, case: Case | None = None, days: int = 7) -> Decision:
        """Decide on the first that waits, or on this; answers the newest decision on it."""
        found = case or self.case(who)
        viewer = self[who].viewer
        with self.house.database.write() as uow:
            seen = len(queries.on_thing(uow, found.kind, found.object))
            new = NewDecision(act=act, words=WORDS, days=days, seen=seen, submission=new_id().hex())
            commands.decide(uow, viewer, found.id, new)
            standing = [one for one in queries.on_thing(uow, found.kind, found.object) if one.stands]
        self.house.site.held.refresh()
        return next(one for one in standing if one.act == act)

    def undo(self, decision: Decision, who: str = "mona") -> None:
        with self.house.database.write() as uow:
            commands.undo(uow, self[who].viewer, decision.id)
        self.house.site.held.refresh()

    def page(self, who: str, placed: Placed) -> str:
        return self[who].browser.get(placed.address.partition("#")[0]).text


def report_path(placed: Placed) -> str:
    return f"/r/t/{show_id(placed.tid)}/{placed.n}"
