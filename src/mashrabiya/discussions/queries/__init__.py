"""Reading threads: one at a time, and in lists."""

from mashrabiya.discussions.queries.answerable import Learned, author_boxes, get_told, told
from mashrabiya.discussions.queries.filters import read_filters
from mashrabiya.discussions.queries.lamp import get_first_words, is_lit, lamp, welcome_tag
from mashrabiya.discussions.queries.lists import community_threads, home_threads, latest, waiting
from mashrabiya.discussions.queries.mine import named_posts, unnamed_ids, unnamed_posts, unnamed_voices
from mashrabiya.discussions.queries.moderation import find_judged, get_shown, get_withheld
from mashrabiya.discussions.queries.own import TOLD_DAYS, fading, first_look, get_fading, overdue_threads
from mashrabiya.discussions.queries.pictures import authorise_picture, pictures_of
from mashrabiya.discussions.queries.posts import place_of_day, thread_page
from mashrabiya.discussions.queries.threads import (
    answered,
    closed_unnamed,
    find_thread,
    get_own_post,
    get_post,
    get_thread,
    place_of,
    speaking,
)
from mashrabiya.discussions.queries.typed import typed_name

__all__ = [
    "TOLD_DAYS",
    "Learned",
    "answered",
    "author_boxes",
    "authorise_picture",
    "closed_unnamed",
    "community_threads",
    "fading",
    "find_judged",
    "find_thread",
    "first_look",
    "get_fading",
    "get_first_words",
    "get_own_post",
    "get_post",
    "get_shown",
    "get_thread",
    "get_told",
    "get_withheld",
    "home_threads",
    "is_lit",
    "lamp",
    "latest",
    "named_posts",
    "overdue_threads",
    "pictures_of",
    "place_of",
    "place_of_day",
    "read_filters",
    "speaking",
    "thread_page",
    "told",
    "typed_name",
    "unnamed_ids",
    "unnamed_posts",
    "unnamed_voices",
    "waiting",
    "welcome_tag",
]
