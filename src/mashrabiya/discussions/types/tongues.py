"""What a translation is: the words of one post in another language, by somebody else or by whoever wrote them.

It is a post of its own, so that whatever holds of words holds of it: the rules it is held against, reports,
decisions, wordings, going with its author. It stands beside the post it translates, by a number below nought
that says which that is; so nothing that counts, lists or pages through a thread meets it.
"""

from enum import IntFlag

from mashrabiya.kernel.ids import show_id

ROOM = 64
"""So many translations a post has had at most, those that are gone included."""
IN_ONE_LANGUAGE = 3
"""So many stand beside one post in one language."""
WISH_DAYS = 30
LONGER, SPARE_LETTERS = 3, 200
"""No longer than so many times its original, and so many letters more."""


class Tongue(IntFlag):
    """What is kept with a post about translating it, and with a translation."""

    NONE = 0
    # Of a post: its author wants no translation of it; one was written.
    ALONE = 1
    HAS = 2
    # Of a translation: its original changed afterwards; somebody answerable for it has compared both.
    STALE = 4
    CHECKED = 8


def original_of(number: int) -> int:
    """The number of the post that stands beside this translation; of any other post its own."""
    return -number // ROOM if number < 0 else number


def numbers_of(original: int) -> range:
    """The numbers that translations of a post may have, in the order in which they are given."""
    return range(-original * ROOM, -(original + 1) * ROOM, -1)


def where(tid: bytes, number: int, *, to_it: bool = False) -> str:
    """Where a post is read: on the page of its thread, and a translation beside its original.

    ``to_it``: down to the post itself, even where it is the first.
    """
    path = f"/t/{show_id(tid)}"
    if number < 0:
        return f"{path}/x/{original_of(number)}#n{number}"
    return path if number == 1 and not to_it else f"{path}?n={number}#n{number}"
