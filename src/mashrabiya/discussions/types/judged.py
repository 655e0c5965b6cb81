"""A post in whatever state, for those who decide on it, report it, or wrote it."""

from msgspec import Struct

from mashrabiya.communities.types import AnonMode
from mashrabiya.discussions.types.kinds import PostState
from mashrabiya.discussions.types.polls import Poll
from mashrabiya.discussions.types.tongues import Tongue, original_of, where
from mashrabiya.kernel.ids import show_id


class Judged(Struct, frozen=True):
    """A post as those who decide on it, its reporter and its author need it, in whatever state.

    Who wrote it is shown by ``name`` or ``label``; the ids of people serve rules and never leave the house.
    """

    id: bytes
    tid: bytes
    n: int
    cid: bytes
    state: int
    home_tid: bytes
    pid: bytes | None
    tok: bytes | None
    label: int | None
    name: str | None
    pub: str | None
    seed: bytes | None
    lang: str
    t: int
    body: str
    thread_title: str
    anon_mode: int = 0
    notes: int = 0
    links: int = 1
    care_note: str | None = None
    poll: str = ""
    tongue: int = 0

    @property
    def shown(self) -> str:
        """Its id, as a form carries it to those who decide on it."""
        return show_id(self.id)

    @property
    def original(self) -> int:
        """The number of the post that these words translate; nought for any other post."""
        return original_of(self.n) if self.n < 0 else 0

    @property
    def is_alone(self) -> bool:
        """Whether its author wants no translation of it."""
        return bool(self.tongue & Tongue.ALONE)

    @property
    def is_withheld(self) -> bool:
        """Held, hidden or removed by a care team."""
        return self.state in {PostState.REMOVED, PostState.HIDDEN, PostState.HELD}

    @property
    def is_accountable(self) -> bool:
        """Unnamed, in a thread where two of the care team could learn which persona wrote it."""
        return self.pid is None and self.anon_mode == AnonMode.ACCOUNTABLE

    @property
    def is_shown(self) -> bool:
        return self.state == PostState.SHOWN

    @property
    def is_held(self) -> bool:
        """Kept back until it is decided on; its author may change it meanwhile."""
        return self.state == PostState.HELD

    @property
    def is_removed(self) -> bool:
        return self.state == PostState.REMOVED

    @property
    def title(self) -> str:
        """The thread's title; while the first post is withheld, its source begins with it."""
        if self.n == 1 and self.is_withheld:
            return self.body.partition("\n")[0]
        return self.thread_title

    @property
    def source(self) -> str:
        """What its author typed."""
        return self.body.partition("\n")[2] if self.n == 1 and self.is_withheld else self.body

    @property
    def history(self) -> str:
        """Where its earlier wordings stand."""
        return f"/t/{show_id(self.tid)}/v/{self.n}"

    @property
    def whole(self) -> str:
        """The same with the choices of its poll beneath it: whoever decides reads all that others do."""
        poll = Poll.read(self.poll)
        choices = "\n".join(f"- {choice}" for choice in poll.choices) if poll else ""
        return f"{self.source}\n\n{choices}" if choices else self.source

    @property
    def address(self) -> str:
        """Where it stands."""
        return where(self.tid, self.n)
