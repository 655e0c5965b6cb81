"""Reading communities. What a viewer may not know of is not found, and no reason is given."""

from mashrabiya.communities.queries.directory import find, find_namesake
from mashrabiya.communities.queries.places import (
    belongs,
    count_run,
    facts,
    find_community,
    get_community,
    is_closed_to_unnamed,
    is_small,
    kin_belongs,
    listing,
    my_communities,
    opens,
    public_communities,
    run_by,
    share_community,
    sight,
    standing,
    visible,
)

__all__ = [
    "belongs",
    "count_run",
    "facts",
    "find",
    "find_community",
    "find_namesake",
    "get_community",
    "is_closed_to_unnamed",
    "is_small",
    "kin_belongs",
    "listing",
    "my_communities",
    "opens",
    "public_communities",
    "run_by",
    "share_community",
    "sight",
    "standing",
    "visible",
]
