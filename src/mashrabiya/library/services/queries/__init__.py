"""Reading services. What a viewer may not know of is not found."""

from __future__ import annotations

from mashrabiya.library.services.queries.directory import (
    LISTED,
    PAGE,
    Found,
    all_open,
    count_due,
    everything,
    find,
    get,
    get_kept,
    is_trusted,
    sight,
)
from mashrabiya.library.services.queries.helping import Helper, services_for
from mashrabiya.library.services.queries.lines import Line, lines
from mashrabiya.library.services.queries.spoken import (
    OF_ALL,
    all_lived,
    checks,
    doubt_mark,
    doubted,
    doubted_ones,
    doubts,
    lived,
    lived_mark,
    own_doubt,
    own_lived,
)

__all__ = [
    "LISTED",
    "OF_ALL",
    "PAGE",
    "Found",
    "Helper",
    "Line",
    "all_lived",
    "all_open",
    "checks",
    "count_due",
    "doubt_mark",
    "doubted",
    "doubted_ones",
    "doubts",
    "everything",
    "find",
    "get",
    "get_kept",
    "is_trusted",
    "lines",
    "lived",
    "lived_mark",
    "own_doubt",
    "own_lived",
    "services_for",
    "sight",
]
