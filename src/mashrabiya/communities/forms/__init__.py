"""What comes in by HTML: a community as typed, and what somebody looks for."""

from mashrabiya.communities.forms.community import as_typed, blank, choices, hours, read_community
from mashrabiya.communities.forms.search import (
    ASKED,
    FILTERS,
    address,
    ask_again,
    chips,
    read_search,
    topic_chips,
)
from mashrabiya.platform.asked import opened, sealed

__all__ = [
    "ASKED",
    "FILTERS",
    "address",
    "as_typed",
    "ask_again",
    "blank",
    "chips",
    "choices",
    "hours",
    "opened",
    "read_community",
    "read_search",
    "sealed",
    "topic_chips",
]
