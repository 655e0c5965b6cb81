"""Telling, and what somebody keeps of it."""

from mashrabiya.notifications.commands.keeping import mark_read, mute, unwanted, want
from mashrabiya.notifications.commands.parting import take_along
from mashrabiya.notifications.commands.telling import (
    forget_person,
    forget_post,
    forget_thread,
    go_on,
    outside,
    tell_closed,
    tell_edited,
    tell_helped,
    tell_written,
)

__all__ = [
    "forget_person",
    "forget_post",
    "forget_thread",
    "go_on",
    "mark_read",
    "mute",
    "outside",
    "take_along",
    "tell_closed",
    "tell_edited",
    "tell_helped",
    "tell_written",
    "unwanted",
    "want",
]
