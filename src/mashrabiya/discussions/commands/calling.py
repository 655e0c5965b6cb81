"""What follows from the words of a post, with the post itself: carers are let know softly, or a rule keeps it back."""

from __future__ import annotations

from mashrabiya.platform.db import Write
from mashrabiya.safety import commands as safety
from mashrabiya.safety.matching.watch import Heed


def follow(uow: Write, cid: bytes, post: bytes, heed: Heed) -> bool:
    """Call where its author wished it, or was told before that a way stays described: the row names the post alone.

    Where a rule spares it, they find that it met these words. Keep it back where a rule of the place holds it until somebody has looked; answers whether one does.
    """
    if heed.call is not None:
        safety.call(uow, cid, post, heed.call)
    if heed.match is not None:
        safety.call(uow, cid, post, heed.match)
    if heed.keep is None:
        return False
    heed.keep(uow, cid, post)
    return True
