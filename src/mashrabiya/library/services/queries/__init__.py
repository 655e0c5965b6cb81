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
    checks,
    doubt_mark,
    doubts,
    lived,
    lived_mark,
    own_doubt,
    own_lived,
)

__all__ = [
    "LISTED",
    "PAGE",
    "Found",
    "Helper",
    "Line",
    "all_open",
    "checks",
    "count_due",
    "doubt_mark",
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
