"""Telling, changing, agreeing, taking back, marking, quoting; and what a care team does. One function per intention."""

from mashrabiya.library.stories.commands.choosing import pick
from mashrabiya.library.stories.commands.quoting import answer_quote, ask_to_quote, let_quote_go
from mashrabiya.library.stories.commands.telling import (
    agree,
    drop,
    forget_persona,
    hide,
    hold,
    leave_notes,
    let_old_go,
    mark,
    note,
    remove,
    restore,
    say_anew,
    take_back,
    take_back_all,
    take_back_unnamed,
    tell,
    unnote,
)

__all__ = [
    "agree",
    "answer_quote",
    "ask_to_quote",
    "drop",
    "forget_persona",
    "hide",
    "hold",
    "leave_notes",
    "let_old_go",
    "let_quote_go",
    "mark",
    "note",
    "pick",
    "remove",
    "restore",
    "say_anew",
    "take_back",
    "take_back_all",
    "take_back_unnamed",
    "tell",
    "unnote",
]
