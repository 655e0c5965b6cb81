"""Keeping the index: what is written comes into it, what is gone goes."""

from mashrabiya.search.commands.keeping import drop, drop_thread, note_helped, put, take_along
from mashrabiya.search.commands.leaves import put_leaf, put_leaves
from mashrabiya.search.commands.numbering import is_missing, number_ripe, rebuild, sweep

__all__ = [
    "drop",
    "drop_thread",
    "is_missing",
    "note_helped",
    "number_ripe",
    "put",
    "put_leaf",
    "put_leaves",
    "rebuild",
    "sweep",
    "take_along",
]
