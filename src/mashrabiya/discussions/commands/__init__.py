"""Changing threads: one function per intention. The door opens the transaction and closes it."""

from mashrabiya.discussions.commands.answerable import close_author, tell_learned
from mashrabiya.discussions.commands.doors import hold_community
from mashrabiya.discussions.commands.editing import delete_post, edit
from mashrabiya.discussions.commands.endings import (
    coarsen_times,
    drop_thread,
    fade_threads,
    forget_persona,
    take_back_unnamed,
)
from mashrabiya.discussions.commands.helped import mark_helped
from mashrabiya.discussions.commands.mentions import forget_mentions
from mashrabiya.discussions.commands.moderation import blank, hide, hold, note, remove, restore, unnote
from mashrabiya.discussions.commands.pictures import hang
from mashrabiya.discussions.commands.polls import close_own_poll, close_polls, drop_poll, vote
from mashrabiya.discussions.commands.posts import open_thread, reply
from mashrabiya.discussions.commands.welcome import say_welcome

__all__ = [
    "blank",
    "close_author",
    "close_own_poll",
    "close_polls",
    "coarsen_times",
    "delete_post",
    "drop_poll",
    "drop_thread",
    "edit",
    "fade_threads",
    "forget_mentions",
    "forget_persona",
    "hang",
    "hide",
    "hold",
    "hold_community",
    "mark_helped",
    "note",
    "open_thread",
    "remove",
    "reply",
    "restore",
    "say_welcome",
    "take_back_unnamed",
    "tell_learned",
    "unnote",
    "vote",
]
