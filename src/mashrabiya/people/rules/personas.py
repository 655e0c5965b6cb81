"""How many names one person may have, and who may look at one."""

from __future__ import annotations

from collections.abc import Sequence

from mashrabiya.kernel.keys import SLOTS
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.people.types import State

LIVE_AT_ONCE, NEW_PER_SEASON = 6, 2


def may_add_persona(live: Sequence[int], spent: Sequence[int], season: int) -> Verdict:
    """``live`` and ``spent`` are the seasons in which her present and deleted names were made."""
    if len(live) + len(spent) >= SLOTS:
        return Denied("persona.none_left")
    return ALLOWED if possible_personas(live, spent, season) else Denied("persona.limit")


def possible_personas(live: Sequence[int], spent: Sequence[int], season: int) -> int:
    """How many she may add now."""
    made_now = [*live, *spent].count(season)
    slots = SLOTS - len(live) - len(spent)
    return max(0, min(LIVE_AT_ONCE - len(live), NEW_PER_SEASON - made_now, slots))


def may_see_page(state: State, *, own: bool, acquainted: bool, blocked: bool = False) -> Verdict:
    """Her own, always; another's while it is open to those who share a community with it.

    To somebody whom it blocked it is not there, like every other page that is not.
    """
    if own or (acquainted and state.is_shown and not blocked):
        return ALLOWED
    return Denied("error.not_found", hidden=True)
