"""What a form may wish about somebody: to block, to mute for a while, or to take that back."""

from __future__ import annotations

from collections.abc import Mapping

from mashrabiya.people.types import ACTS, Wish

LENGTHS = {"day": 1, "week": 7, "month": 30, "open": 0}
"""How long a mute lasts, in days; open until it is lifted."""


def read_wish(typed: Mapping[str, str]) -> Wish:
    """The wish of a form; what means nothing wishes nothing."""
    act = typed.get("act", "")
    return Wish(
        act=act if act in ACTS else "",
        days=LENGTHS.get(typed.get("length", ""), LENGTHS["week"]),
        shared=bool(typed.get("shared")),
    )
