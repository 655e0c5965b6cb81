"""An experience of the library, as those who decide on it read it: like a post without a thread."""

from __future__ import annotations

from mashrabiya.discussions.types import Judged
from mashrabiya.library.stories.types import Row


class JudgedStory(Judged, frozen=True):
    """It stands in no community; its token is made of its own id."""

    @classmethod
    def of(cls, story: Row) -> JudgedStory:
        who = (story.pid, story.tok, None, story.name, story.pub, story.seed)
        where = (story.id, story.id, 0, b"", story.state, story.id)
        return cls(*where, *who, story.lang, story.when, story.body, "", notes=story.notes)

    @property
    def address(self) -> str:
        """Where it stands."""
        return f"/y/e/{self.shown}"
