"""Letting carers know of a post, softly, with the post itself. Nothing is held, hidden or refused for it."""

from __future__ import annotations

from mashrabiya.platform.db import Write
from mashrabiya.safety import commands as safety
from mashrabiya.safety.matching.watch import Heed


def call_for(uow: Write, cid: bytes, post: bytes, heed: Heed) -> None:
    """Where its author wished it, or was told before that a way stays described. The row names the post alone."""
    if heed.call is not None:
        safety.call(uow, cid, post, heed.call)
