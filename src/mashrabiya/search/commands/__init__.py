"""Keeping the index: what is written comes into it, what is gone goes."""

from mashrabiya.search.commands.keeping import drop, drop_thread, mark_of, put, put_words, take_along
from mashrabiya.search.commands.leaves import put_leaf, put_leaves
from mashrabiya.search.commands.numbering import is_missing, number_ripe, rebuild, sweep

__all__ = [
    "drop",
    "drop_thread",
    "is_missing",
    "mark_of",
    "number_ripe",
    "put",
    "put_leaf",
    "put_leaves",
    "put_words",
    "rebuild",
    "sweep",
    "take_along",
]
