"""What follows from the words of a post, with the post itself: carers are let know softly, or a rule keeps it back."""

from __future__ import annotations

from mashrabiya.platform.db import Write
from mashrabiya.safety import commands as safety
from mashrabiya.safety.matching.watch import Heed


def call_for(uow: Write, cid: bytes, post: bytes, heed: Heed) -> None:
    """Where its author wished it, or was told before that a way stays described. The row names the post alone."""
    if heed.call is not None:
        safety.call(uow, cid, post, heed.call)


def keep_back(uow: Write, cid: bytes, post: bytes, heed: Heed) -> bool:
    """Where a rule of the place holds it until somebody has looked; answers whether it does."""
    if heed.keep is None:
        return False
    heed.keep(uow, cid, post)
    return True
