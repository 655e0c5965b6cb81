"""Reading threads: one at a time, and in lists."""

from mashrabiya.discussions.queries.lists import community_threads, home_threads, latest, waiting
from mashrabiya.discussions.queries.moderation import find_judged, get_shown, get_withheld
from mashrabiya.discussions.queries.threads import (
    closed_unnamed,
    find_thread,
    get_own_post,
    get_thread,
    place_of,
    speaking,
    thread_page,
)

__all__ = [
    "closed_unnamed",
    "community_threads",
    "find_judged",
    "find_thread",
    "get_own_post",
    "get_shown",
    "get_thread",
    "get_withheld",
    "home_threads",
    "latest",
    "place_of",
    "speaking",
    "thread_page",
    "waiting",
]
