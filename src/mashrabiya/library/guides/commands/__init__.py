"""Writes about guides: one function per intention. Those of ``editing`` are the desk's, which asks its own rules first."""

from mashrabiya.library.guides.commands.editing import (
    add_edition,
    add_guide,
    answer_doubt,
    change_guide,
    publish,
    put_aside,
    put_source,
    remember,
)
from mashrabiya.library.guides.commands.readers import doubt, mark_helped
from mashrabiya.library.guides.commands.switching import let_search, switch

__all__ = [
    "add_edition",
    "add_guide",
    "answer_doubt",
    "change_guide",
    "doubt",
    "let_search",
    "mark_helped",
    "publish",
    "put_aside",
    "put_source",
    "remember",
    "switch",
]
