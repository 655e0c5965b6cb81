"""When something may be posted at a set time."""

from __future__ import annotations

from mashrabiya.discussions.types import NewThread
from mashrabiya.kernel import clock
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.safety.trust.types import Allowance

PLANNED_MOST, AHEAD_DAYS, BACK_DAYS = 10, 30, 30
"""So many of one persona at once, so far ahead, and so long after its time one lies that was not posted."""
LATE = clock.DAY
"""After so long it is not posted any more by itself: it may be about something that is over."""


def wrong_time(at: int) -> str:
    """Why this cannot be the time, as a key of the catalogues; nothing where it can."""
    if at < clock.ten_minutes() + clock.TEN_MINUTES:
        return "later.past"
    return "later.far" if at > clock.now() + AHEAD_DAYS * clock.DAY else ""


def wrong_plan(new: NewThread, at: int, *, pictures: bool, calls: bool) -> dict[str, str]:
    """What keeps these words from being posted at that time."""
    for wrong, why in (
        (new.unnamed, "later.named_only"),
        (pictures or new.pictures, "later.no_pictures"),
        (calls, "later.call"),
        (at % clock.TEN_MINUTES, "later.no_day"),
    ):
        if wrong:
            return {"later": why}
    why = wrong_time(at)
    return {"later": why} if why else {}


def may_plan(allowed: Allowance, waiting: int) -> Verdict:
    """Whoever is new posts herself, since how she stands is known in her own session alone."""
    if allowed.new:
        return Denied("later.new")
    return ALLOWED if waiting < PLANNED_MOST else Denied("later.full")


def may_post_alone(*, present: bool, at: int, news: bool, protected: bool) -> Verdict:
    """Post without her. ``present``: the persona is; ``news``: something was closed to somebody there since she was asked.

    Whom that meets the house cannot know: her other names stand nowhere. So it is asked of her again.
    """
    late = clock.now() - at > LATE
    return Denied("later.back") if not present or news or protected or late else ALLOWED
