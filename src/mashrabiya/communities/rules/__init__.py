"""What may happen in a community, what it may say, and how it is found. Pure."""

from mashrabiya.communities.rules.doors import (
    NO_PERSONA,
    NOT_A_MEMBER,
    READ_ONLY,
    may_care,
    may_edit,
    may_found,
    may_join,
    may_leave,
    may_protect,
    may_read,
    may_write,
    may_write_through,
    may_write_unnamed,
)
from mashrabiya.communities.rules.finding import MOST_WORDS, folded, name_line, terms
from mashrabiya.communities.rules.keys import (
    UNOPENABLE,
    may_be_accountable,
    may_hold_key,
    may_write_without_name,
)
from mashrabiya.communities.rules.words import tidy_name, wrong_words

__all__ = [
    "MOST_WORDS",
    "NOT_A_MEMBER",
    "NO_PERSONA",
    "READ_ONLY",
    "UNOPENABLE",
    "folded",
    "may_be_accountable",
    "may_care",
    "may_edit",
    "may_found",
    "may_hold_key",
    "may_join",
    "may_leave",
    "may_protect",
    "may_read",
    "may_write",
    "may_write_through",
    "may_write_unnamed",
    "may_write_without_name",
    "name_line",
    "terms",
    "tidy_name",
    "wrong_words",
]
