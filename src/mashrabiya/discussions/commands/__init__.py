"""Changing threads: one function per intention. The door opens the transaction and closes it."""

from mashrabiya.discussions.commands.amending import agree, decline, propose
from mashrabiya.discussions.commands.answerable import close_author, tell_learned
from mashrabiya.discussions.commands.doors import hold_community, hold_to_now
from mashrabiya.discussions.commands.editing import delete_post, edit
from mashrabiya.discussions.commands.endings import (
    coarsen_times,
    drop_thread,
    fade_threads,
    let_places_go,
    take_back_named,
    take_back_unnamed,
)
from mashrabiya.discussions.commands.following import follow, follow_tag, pass_over, unfollow, unfollow_tag
from mashrabiya.discussions.commands.helped import mark_helped
from mashrabiya.discussions.commands.in_place import keep_on_top, move, set_care_note, shut, slow_down
from mashrabiya.discussions.commands.mentions import forget_mentions
from mashrabiya.discussions.commands.moderation import (
    blank,
    hide,
    hold,
    leave_notes,
    note,
    remove,
    restore,
    unnote,
)
from mashrabiya.discussions.commands.needed import mark_needed
from mashrabiya.discussions.commands.parting import join, split
from mashrabiya.discussions.commands.pictures import hang
from mashrabiya.discussions.commands.planned import (
    PUBLISH,
    STOP,
    forget_planned,
    plan,
    publish,
    stop_later,
    stop_planned,
    take_planned,
)
from mashrabiya.discussions.commands.polls import close_own_poll, close_polls, drop_poll, vote
from mashrabiya.discussions.commands.posts import open_thread, reply
from mashrabiya.discussions.commands.returning import bring_back
from mashrabiya.discussions.commands.tags import give_tags_back, set_tags
from mashrabiya.discussions.commands.translations import (
    check_translation,
    decide_on_translating,
    take_translation_away,
    translate,
    wish_translated,
)
from mashrabiya.discussions.commands.unnaming import forget_persona
from mashrabiya.discussions.commands.versions import forget_versions, purge
from mashrabiya.discussions.commands.welcome import say_welcome

__all__ = [
    "PUBLISH",
    "STOP",
    "agree",
    "blank",
    "bring_back",
    "check_translation",
    "close_author",
    "close_own_poll",
    "close_polls",
    "coarsen_times",
    "decide_on_translating",
    "decline",
    "delete_post",
    "drop_poll",
    "drop_thread",
    "edit",
    "fade_threads",
    "follow",
    "follow_tag",
    "forget_mentions",
    "forget_persona",
    "forget_planned",
    "forget_versions",
    "give_tags_back",
    "hang",
    "hide",
    "hold",
    "hold_community",
    "hold_to_now",
    "join",
    "keep_on_top",
    "leave_notes",
    "let_places_go",
    "mark_helped",
    "mark_needed",
    "move",
    "note",
    "open_thread",
    "pass_over",
    "plan",
    "propose",
    "publish",
    "purge",
    "remove",
    "reply",
    "restore",
    "say_welcome",
    "set_care_note",
    "set_tags",
    "shut",
    "slow_down",
    "split",
    "stop_later",
    "stop_planned",
    "take_back_named",
    "take_back_unnamed",
    "take_planned",
    "take_translation_away",
    "tell_learned",
    "translate",
    "unfollow",
    "unfollow_tag",
    "unnote",
    "vote",
    "wish_translated",
]
