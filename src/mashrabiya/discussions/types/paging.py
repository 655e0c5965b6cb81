"""Which posts of a thread a page shows. A post stays on its page for ever."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from mashrabiya.discussions.types.kinds import Kind

PAGE = 20
"""Posts on a page of a thread, and threads on a page of a list."""

SMALL_PAGE = 10
"""Posts on a page of a thread for those who want small pages. Links lead to numbers, so that both meet the same post."""


class Sought(Struct, frozen=True, kw_only=True):
    """What a reader asked to see of the replies: one kind, what helped, or all of them unfolded."""

    kind: Kind = Kind.PLAIN
    helped: bool = False
    unfolded: bool = False

    @property
    def some(self) -> bool:
        """Whether only some of the replies were asked for."""
        return bool(self.kind) or self.helped

    @property
    def query(self) -> str:
        """How an address says it."""
        if self.kind:
            return f"kind={int(self.kind)}&"
        return "only=helped&" if self.helped else "all=1&" if self.unfolded else ""


EVERYTHING = Sought()


class Paging(Struct, frozen=True):
    """A page by the numbers of its posts, and those with which its neighbours begin, or 0."""

    first: int
    last: int
    before: int = 0
    after: int = 0
    end: int = 0

    @classmethod
    def of(cls, number: int, n: int, size: int = PAGE) -> Paging:
        """The page on which the post of this number stands, in a thread of ``n`` posts."""
        within = min(max(number, 1), n)
        first = within - (within - 1) % size
        last = first + size - 1
        return cls(
            first=first,
            last=last,
            before=max(first - size, 0),
            after=first + size if last < n else 0,
            end=n - (n - 1) % size,
        )

    @classmethod
    def among(cls, found: Sequence[int], before: int | None, after: int | None, end: int | None) -> Paging:
        """The page of these numbers, where some replies were asked for, and where its neighbours begin."""
        return cls(first=found[0], last=found[-1], before=before or 0, after=after or 0, end=end or found[0])

    @property
    def start(self) -> int:
        """The first page, where it is not the one before, or 0."""
        return 1 if self.before > 1 else 0

    @property
    def finish(self) -> int:
        """The last page, where it is not the one after, or 0."""
        return self.end if self.after and self.end != self.after else 0
