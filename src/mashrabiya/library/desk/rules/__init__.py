"""Rules of the desk. Pure: who may do what, what follows from who read what, and how texts are compared."""

from mashrabiya.library.desk.rules.acting import (
    closes,
    has_written,
    is_read,
    may_enter,
    may_give,
    may_keep,
    may_put_out,
    may_read_as,
    may_write,
    next_day,
    read_on,
    readers_of,
    state_after,
    wrong_answer,
    wrong_duty,
    wrong_guide,
    wrong_reason,
    wrong_text,
)
from mashrabiya.library.desk.rules.blocks import (
    MOST_BLOCKS,
    blocks_of,
    joined,
    paired,
)
from mashrabiya.library.desk.rules.changes import (
    changed,
    lines_of,
    words_of,
)
from mashrabiya.library.desk.rules.listing import (
    is_soon,
    lists,
    shelve,
    state_of,
    wanted,
)
from mashrabiya.library.desk.rules.prints import (
    print_of,
)
from mashrabiya.library.desk.rules.sides import (
    FIELD,
    beside,
    rows_of,
)

__all__ = [
    "FIELD",
    "MOST_BLOCKS",
    "beside",
    "blocks_of",
    "changed",
    "closes",
    "has_written",
    "is_read",
    "is_soon",
    "joined",
    "lines_of",
    "lists",
    "may_enter",
    "may_give",
    "may_keep",
    "may_put_out",
    "may_read_as",
    "may_write",
    "next_day",
    "paired",
    "print_of",
    "read_on",
    "readers_of",
    "rows_of",
    "shelve",
    "state_after",
    "state_of",
    "wanted",
    "words_of",
    "wrong_answer",
    "wrong_duty",
    "wrong_guide",
    "wrong_reason",
    "wrong_text",
]
