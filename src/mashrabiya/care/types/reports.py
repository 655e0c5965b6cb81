"""A report as the person who made it reads it."""

from msgspec import Struct

from mashrabiya.care.types.acts import Act
from mashrabiya.discussions.types.tongues import where
from mashrabiya.kernel import clock
from mashrabiya.kernel.ids import show_id
from mashrabiya.safety.types import Reason, Thing


class OwnReport(Struct, frozen=True, kw_only=True):
    """What she reported, and what became of it. It lives in her own session."""

    kind: Thing
    object: bytes
    reason: Reason
    is_open: bool
    day: int
    note: str
    act: Act | None
    agreement: str
    reply: str
    undone: bool
    tid: bytes | None
    n: int | None

    @property
    def when(self) -> int:
        return self.day * clock.DAY

    @property
    def reason_key(self) -> str:
        return self.reason.key

    @property
    def what_key(self) -> str:
        """What kind of thing it was."""
        return f"report.thing_{self.kind.name.lower()}"

    @property
    def outcome_key(self) -> str:
        """What became of it; where the decision itself is kept no longer, that there was one."""
        if self.act is None:
            return "report.out_decided"
        spoken = self.kind == Thing.COMMUNITY and self.act in {Act.WORD, Act.ASK}
        return "report.out_place" if spoken else self.act.outcome_key

    @property
    def address(self) -> str:
        """Where it stood. Whether she may read it still, that page asks."""
        if self.kind == Thing.COMMUNITY:
            return f"/c/{show_id(self.object)}"
        if self.kind == Thing.STORY:
            return f"/y/e/{show_id(self.object)}"
        if self.tid is None or self.n is None:
            return ""
        return where(self.tid, self.n)
