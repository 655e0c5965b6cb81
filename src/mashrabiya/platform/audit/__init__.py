"""The log of acts: what those who keep the house did, each entry holding the hash of the one before.

An entry says on which day, in which role, what was done to what; it never says who did it,
nor whom it met. Its detail, words that somebody wrote, stands beside it under a salt of its
own and goes sooner: the entry keeps a hash of it, from which without the salt nothing can be
guessed, and the chain can be verified when the detail is gone.

The chain shows that nothing was altered, dropped, reordered or put in between since a head of
it was seen. Cutting off its end shows only to whoever has seen a later head; so the head of
each day is public. That what was written was true, no chain can show.
"""

from mashrabiya.platform.audit.chain import Entry, Kept
from mashrabiya.platform.audit.examining import Examined, examine
from mashrabiya.platform.audit.log import (
    DETAIL_DAYS,
    KEPT_DAYS,
    LONGEST_DETAIL,
    counts,
    entries,
    public_head,
    record,
)

__all__ = [
    "DETAIL_DAYS",
    "KEPT_DAYS",
    "LONGEST_DETAIL",
    "Entry",
    "Examined",
    "Kept",
    "counts",
    "entries",
    "examine",
    "public_head",
    "record",
]
