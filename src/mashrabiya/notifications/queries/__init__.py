"""Reading notices: for the person they are for, as far as she may read what they tell of now."""

from mashrabiya.notifications.queries.centre import centre, everything, new_for
from mashrabiya.notifications.queries.push import find_push, is_there, standing
from mashrabiya.notifications.queries.seen import find_seen, muted, renewal
from mashrabiya.notifications.queries.subs import missing_subs, place_of
from mashrabiya.notifications.queries.waiting import waiting

__all__ = [
    "centre",
    "everything",
    "find_push",
    "find_seen",
    "is_there",
    "missing_subs",
    "muted",
    "new_for",
    "place_of",
    "renewal",
    "standing",
    "waiting",
]
