"""Reading communities. What a viewer may not know of is not found, and no reason is given."""

from mashrabiya.communities.queries.directory import find, find_namesake
from mashrabiya.communities.queries.places import (
    FACTS,
    belongings,
    belongs,
    count_run,
    find_community,
    get_community,
    is_closed_to_unnamed,
    is_small,
    kin_belongs,
    kin_reads,
    listing,
    my_communities,
    public_communities,
    run_by,
    share_community,
    sight,
    visible,
)

__all__ = [
    "FACTS",
    "belongings",
    "belongs",
    "count_run",
    "find",
    "find_community",
    "find_namesake",
    "get_community",
    "is_closed_to_unnamed",
    "is_small",
    "kin_belongs",
    "kin_reads",
    "listing",
    "my_communities",
    "public_communities",
    "run_by",
    "share_community",
    "sight",
    "visible",
]
