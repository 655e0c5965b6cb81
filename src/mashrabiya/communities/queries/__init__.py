"""Reading communities. What a viewer may not know of is not found, and no reason is given."""

from mashrabiya.communities.queries.acquainted import met_among, share_community
from mashrabiya.communities.queries.directory import find, find_namesake
from mashrabiya.communities.queries.keys import care_keys, count_keys, holds_key, key_state
from mashrabiya.communities.queries.places import (
    belongings,
    belongs,
    count_run,
    facts,
    find_community,
    get_community,
    is_small,
    kin_belongs,
    kin_reads,
    listing,
    my_communities,
    not_excluded,
    opens,
    public_communities,
    run_by,
    sight,
    standing,
    visible,
)

__all__ = [
    "belongings",
    "belongs",
    "care_keys",
    "count_keys",
    "count_run",
    "facts",
    "find",
    "find_community",
    "find_namesake",
    "get_community",
    "holds_key",
    "is_small",
    "key_state",
    "kin_belongs",
    "kin_reads",
    "listing",
    "met_among",
    "my_communities",
    "not_excluded",
    "opens",
    "public_communities",
    "run_by",
    "share_community",
    "sight",
    "standing",
    "visible",
]
