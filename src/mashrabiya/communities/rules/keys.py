"""Whether unnamed writing somewhere may be opened by two, and who may be one of them."""

from __future__ import annotations

from typing import Protocol

from mashrabiya.communities.rules.doors import may_write, may_write_unnamed
from mashrabiya.communities.types import AnonMode, CommunityFacts
from mashrabiya.kernel.verdict import ALLOWED, Denied, Verdict
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.types import KEY_HOLDERS, KEYS_NEEDED

TOO_FEW_KEYS = Denied("unmask.too_few_keys")
UNOPENABLE = Denied("compose.unopenable")


class Forbidding(Protocol):
    """What of the house decides: whether its hosts let nothing be accountable, for good."""

    @property
    def sealed_only(self) -> bool: ...


def may_hold_key(held: int, *, other: bool) -> Verdict:
    """Hold a care key: one of few, and with one name only. ``other``: some name of hers has one."""
    if other:
        return Denied("unmask.one_key")
    return ALLOWED if held < KEY_HOLDERS else Denied("unmask.keys_enough")


def may_be_accountable(house: Forbidding, held: int) -> Verdict:
    """Let two of the care team learn who wrote unnamed: where the house lets them, and two could."""
    if house.sealed_only:
        return Denied("unmask.forbidden")
    return ALLOWED if held >= KEYS_NEEDED else TOO_FEW_KEYS


def may_write_without_name(viewer: Viewer, community: CommunityFacts, mode: int) -> Verdict:
    """Write without a name in a thread that is begun under this mode, or was.

    Sealed, any name of hers is enough. Accountable, it is the persona in use that could be
    learned: so that one belongs here, and she knows which. Where no two others could open it,
    nothing is taken that would say of itself what is not so.
    """
    if mode != AnonMode.ACCOUNTABLE:
        return may_write_unnamed(viewer, community)
    entry = may_write(viewer, community)
    if not entry.allowed:
        return entry
    return ALLOWED if community.keys >= KEYS_NEEDED else UNOPENABLE
