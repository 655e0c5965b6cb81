"""Cases, and the place whose they are."""

from msgspec import Struct

from mashrabiya.care.types.among import Claim, Wish
from mashrabiya.discussions.types import Judged
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.safety.rules import FIRST, SOON
from mashrabiya.safety.types import Reason, Thing


class Place(Struct, frozen=True):
    """The community a desk belongs to, or the house where ``id`` is empty."""

    id: bytes = b""
    name: str = ""
    seed: bytes = b""
    language: str = ""
    agreements: str = ""
    runs: int = 0

    @property
    def shown(self) -> str:
        return show_id(self.id)

    @property
    def path(self) -> str:
        """Where its reports are listed."""
        return f"/c/{show_id(self.id)}/care" if self.id else "/care"

    @property
    def home(self) -> str:
        """The community itself."""
        return f"/c/{show_id(self.id)}"

    @property
    def agreed(self) -> list[str]:
        """The agreements, one by one."""
        return [line.strip() for line in self.agreements.splitlines() if line.strip()]


class Case(Struct, frozen=True):
    """A thing that was reported, with all its reports together."""

    id: bytes
    kind: Thing
    object: bytes
    state: int
    reason: Reason
    people: int
    since: int
    place: Place
    name: str
    pub: str
    post: Judged | None
    claim: Claim | None = None
    wish: Wish = Wish.NONE
    asked_by: bytes = b""
    # Nothing else is said of it than that somebody may harm herself.
    gentle: bool = False

    @property
    def path(self) -> str:
        """Where one decides on it: by its reports, or from the thread where nobody reported it."""
        if self.id or self.post is None:
            return f"/care/{show_id(self.id)}"
        return f"/t/{show_id(self.post.tid)}/c/{self.post.n}"

    @property
    def is_reported(self) -> bool:
        return bool(self.id)

    @property
    def when(self) -> int:
        """The day of the first report, in seconds."""
        return self.since * clock.DAY

    @property
    def reason_key(self) -> str:
        return self.reason.key

    @property
    def is_call(self) -> bool:
        """Nobody reported it: its author wishes that carers know, or a way is described."""
        return self.reason.is_call and not self.people

    @property
    def light(self) -> str:
        """The colour that goes with its urgency; most have none."""
        if self.reason in FIRST:
            return "red"
        return "amber" if self.reason in SOON else ""

    @property
    def is_open(self) -> bool:
        return self.state == 0

    @property
    def is_unnamed(self) -> bool:
        return self.post is not None and self.post.pid is None

    @property
    def is_persona(self) -> bool:
        return self.kind == Thing.PERSONA

    @property
    def is_community(self) -> bool:
        return self.kind == Thing.COMMUNITY

    @property
    def is_story(self) -> bool:
        """An experience of the library."""
        return self.kind == Thing.STORY

    @property
    def is_held(self) -> bool:
        """Whether a post is kept back now until it is decided on."""
        return self.post is not None and self.post.is_held

    @property
    def meets_somebody(self) -> bool:
        """Whether a persona was reported, or a post that somebody wrote."""
        return self.is_persona or self.post is not None

    @property
    def has_text(self) -> bool:
        """Whether words stand there that could be shown."""
        return self.post is not None and bool(self.post.body)
