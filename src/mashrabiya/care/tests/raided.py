"""A place that several who are new have filled with the same words."""

from __future__ import annotations

from dataclasses import dataclass

from mashrabiya.care import commands, queries
from mashrabiya.care.tests.desks import HOST, Desk, post_at
from mashrabiya.care.types import STEP, WAVE_HOURS, Batch, Decision, NewWave, Wave
from mashrabiya.communities.tests.factories import join, person
from mashrabiya.discussions import commands as discussions
from mashrabiya.discussions import queries as posts
from mashrabiya.discussions.tests.factories import make_persona
from mashrabiya.discussions.types import NewReply, PostState
from mashrabiya.kernel.ids import new_id
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.safety.trust.bursts import Sign
from mashrabiya.safety.trust.types import Allowance

BAIT = "Win a phone now at https://bait.example/win today"
WHY = "The same words by many who came together."
NEW = Allowance(new=True, shows=False, shows_unnamed=False)


@dataclass
class Raided(Desk):
    """A desk on which a wave came down."""

    def puppet(self, number: int) -> Viewer:
        viewer = person(f"Puppet {number}")
        make_persona(self.database, viewer)
        join(self.database, viewer, self.cid)
        return viewer

    def says(
        self, viewer: Viewer, body: str = BAIT, *, unnamed: bool = False, allowed: Allowance = NEW
    ) -> bytes:
        with self.database.write() as uow:
            new = NewReply(body=body, unnamed=unnamed, submission=new_id().hex())
            placed = discussions.reply(uow, viewer, self.thread.tid, new, allowed=allowed)
            return post_at(uow, placed)

    def raid(self, many: int = 5, *, unnamed: bool = False) -> list[bytes]:
        return [self.says(self.puppet(number), unnamed=unnamed) for number in range(many)]

    def wave(self, by: Viewer = HOST, cid: bytes | None = None, **more: object) -> Wave:
        usual = {"hours": WAVE_HOURS[-1]} | more
        sign = usual.pop("sign", Sign.WORDS)
        with self.database.read() as db:
            where = self.cid if cid is None else cid
            return queries.wave(db, by, where, sign, **usual)  # type: ignore[arg-type]

    def found(self, by: Viewer = HOST, **more: object) -> set[bytes]:
        return {post.id for post in self.wave(by, **more).posts}  # type: ignore[arg-type]

    def begin(self, wave: Wave, picked: set[bytes], by: Viewer = HOST, submission: str = "") -> Batch:
        new = NewWave(
            sign=Sign.WORDS, picked=frozenset(picked), words=WHY, agreement="Be kind.", submission=submission
        )
        with self.database.write() as uow:
            return commands.begin_wave(uow, by, wave, new)

    def hide(self, picked: set[bytes], by: Viewer = HOST, submission: str = "") -> bytes:
        """As the door does it."""
        wave = self.wave(by)
        batch = self.begin(wave, picked, by, submission)
        for place in range(0, len(batch.posts), STEP):
            with self.database.write() as uow:
                some = batch.posts[place : place + STEP]
                commands.hide_together(uow, by, wave, batch, posts=some)
        return batch.id

    def show_again(self, batch: bytes, by: Viewer = HOST) -> None:
        with self.database.write() as uow:
            standing = commands.begin_undoing(uow, by, batch)
        for one in standing:
            with self.database.write() as uow:
                commands.undo_together(uow, by, [one])

    def batch(self, batch: bytes, by: Viewer = HOST) -> list[Decision]:
        with self.database.read() as db:
            return queries.get_batch(db, by, batch)

    def hidden(self, post: bytes) -> bool:
        with self.database.read() as db:
            found = posts.find_judged(db, post)
        assert found is not None
        return found.state == PostState.HIDDEN
