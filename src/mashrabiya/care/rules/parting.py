"""What may become a thread of its own, and when it may go back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from mashrabiya.care.rules.deciding import is_hers
from mashrabiya.care.types import MOST_PARTS
from mashrabiya.communities.rules import may_write_in
from mashrabiya.discussions.types import Gone, Part, ThreadFacts
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import Viewer

_BY_ANOTHER = Denied("tend.by_another")


def may_split(thread: ThreadFacts) -> Verdict:
    """Make a thread of some of its answers. As with a move, what two could learn stays where that was agreed."""
    if thread.is_accountable:
        return Denied("tend.split_accountable")
    if not may_write_in(thread.community).allowed:
        return Denied("tend.split_archived")
    return ALLOWED if thread.replies else Denied("tend.split_empty")


def chosen(parts: Sequence[Part], picked: Collection[int], *, onwards: bool) -> list[Part]:
    """Those that go, in their order: what was ticked, or all from the first of that on."""
    if not picked:
        return []
    first = min(picked)
    return [part for part in parts if (part.n >= first if onwards else part.n in picked)]


def wrong_parts(parts: Sequence[Part], going: Sequence[Part], picked: Collection[int]) -> dict[str, str]:
    """What is wrong with the choice, by field."""
    if not picked:
        return {"pick": "tend.split_none"}
    if 1 in picked:
        return {"pick": "tend.split_first"}
    # Somebody else was quicker, or its author took the thread back.
    if not set(picked) <= {part.n for part in parts}:
        return {"pick": "tend.split_gone"}
    if len(going) > MOST_PARTS:
        return {"pick": "tend.split_many"}
    if not going[0].is_shown:
        return {"pick": "tend.split_opening"}
    stays = any(part.holds_words for part in parts if part not in going)
    return {} if stays else {"pick": "tend.split_all"}


def authors(going: Sequence[Part]) -> list[Part]:
    """The first post of each voice whose words go: that one she is told of. Two voices of one person stay two."""
    first: dict[bytes, Part] = {}
    for part in going:
        if part.holds_words:
            first.setdefault(part.pid or part.home_tid + (part.tok or b""), part)
    return list(first.values())


def may_join(
    viewer: Viewer,
    thread: ThreadFacts,
    old: ThreadFacts | None,
    gone: Sequence[Gone],
    *,
    written: bool,
    mine: bool,
) -> Verdict:
    """Let it stand again where it stood: while all of it is here and nothing else is. ``mine``: she decided it."""
    if old is None:
        return Denied("tend.join_gone")
    if any(one.now != thread.id for one in gone):
        return Denied("tend.join_parted")
    if old.community.id != thread.community.id:
        return Denied("tend.join_elsewhere")
    if written:
        return Denied("tend.join_written")
    if thread.begun_for > old.begun_for or thread.retention_days < old.retention_days:
        return Denied("tend.join_narrower")
    hers = any(is_hers(viewer, one.part.pid, one.part.tok, one.part.home_tid) for one in gone)
    return _BY_ANOTHER if hers and not mine else ALLOWED
