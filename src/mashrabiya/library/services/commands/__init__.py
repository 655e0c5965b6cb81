"""Keeping the directory, and what members say of it: one function per intention."""

from mashrabiya.library.services.commands.keeping import (
    ReadIn,
    add,
    change,
    check,
    read_in,
    remove,
    set_status,
    settle,
)
from mashrabiya.library.services.commands.reviewing import look_again
from mashrabiya.library.services.commands.telling import doubt, forget_lived, tell_lived, withdraw_doubt

__all__ = [
    "ReadIn",
    "add",
    "change",
    "check",
    "doubt",
    "forget_lived",
    "look_again",
    "read_in",
    "remove",
    "set_status",
    "settle",
    "tell_lived",
    "withdraw_doubt",
]
