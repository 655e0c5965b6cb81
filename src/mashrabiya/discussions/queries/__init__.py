"""Reading threads: one at a time, and in lists."""

from mashrabiya.discussions.queries.amending import amendments, count_amendments, find_amendment
from mashrabiya.discussions.queries.answerable import Learned, author_boxes, get_told, told
from mashrabiya.discussions.queries.beginning import beginning, waiting
from mashrabiya.discussions.queries.drafted import IN_COMMUNITY, IN_THREAD, DraftPlace, places_of_drafts
from mashrabiya.discussions.queries.filters import FOLLOWING, HELPED_SINCE, read_filters
from mashrabiya.discussions.queries.followed import followed_threads
from mashrabiya.discussions.queries.kept import find_kept, posts_kept
from mashrabiya.discussions.queries.lamp import get_first_words, lamp, welcome_tag
from mashrabiya.discussions.queries.lists import community_threads, home_threads, latest
from mashrabiya.discussions.queries.live import LiveThreads
from mashrabiya.discussions.queries.mentions import (
    drawn_texts,
    mentions_in_place,
    mentions_in_thread,
    read_own_post,
    without_gone,
)
from mashrabiya.discussions.queries.mine import (
    named_posts,
    unnamed_ids,
    unnamed_posts,
    unnamed_voices,
    written_there,
)
from mashrabiya.discussions.queries.moderation import (
    find_as_read,
    find_judged,
    get_judged,
    get_shown,
    get_tended,
    get_withheld,
    is_read,
)
from mashrabiya.discussions.queries.most_helped import most_helped
from mashrabiya.discussions.queries.own import TOLD_DAYS, fading, get_fading, overdue_threads
from mashrabiya.discussions.queries.parting import gone_by, parts_of, parts_page, written_since
from mashrabiya.discussions.queries.pictures import authorise_picture, pictures_of
from mashrabiya.discussions.queries.planned import (
    as_typed,
    count_planned,
    find_planned,
    planned,
    planned_of,
    planned_row,
)
from mashrabiya.discussions.queries.polls import overdue_polls, stands_fast
from mashrabiya.discussions.queries.posts import place_of_day, thread_page
from mashrabiya.discussions.queries.presence import standing_now, standing_of
from mashrabiya.discussions.queries.recent import BATCH, Recent, is_first, recent
from mashrabiya.discussions.queries.similar import similar_threads, threads_near
from mashrabiya.discussions.queries.speaking import closed_writing, speaking, speaking_to
from mashrabiya.discussions.queries.tagged import follows_tag, tagged_threads, threads_of_tag
from mashrabiya.discussions.queries.taken import find_taken, taken_words, words_to_keep
from mashrabiya.discussions.queries.threads import (
    find_thread,
    get_own_post,
    get_post,
    get_standing,
    get_taken_back,
    get_thread,
    place_now,
    place_of,
    source_of,
    taking_back,
)
from mashrabiya.discussions.queries.translations import (
    translations,
    translations_there,
    wanted,
    wish_of,
)
from mashrabiya.discussions.queries.typed import typed_name
from mashrabiya.discussions.queries.versions import history, wordings_of

__all__ = [
    "BATCH",
    "FOLLOWING",
    "HELPED_SINCE",
    "IN_COMMUNITY",
    "IN_THREAD",
    "TOLD_DAYS",
    "DraftPlace",
    "Learned",
    "LiveThreads",
    "Recent",
    "amendments",
    "as_typed",
    "author_boxes",
    "authorise_picture",
    "beginning",
    "closed_writing",
    "community_threads",
    "count_amendments",
    "count_planned",
    "drawn_texts",
    "fading",
    "find_amendment",
    "find_as_read",
    "find_judged",
    "find_kept",
    "find_planned",
    "find_taken",
    "find_thread",
    "followed_threads",
    "follows_tag",
    "get_fading",
    "get_first_words",
    "get_judged",
    "get_own_post",
    "get_post",
    "get_shown",
    "get_standing",
    "get_taken_back",
    "get_tended",
    "get_thread",
    "get_told",
    "get_withheld",
    "gone_by",
    "history",
    "home_threads",
    "is_first",
    "is_read",
    "lamp",
    "latest",
    "mentions_in_place",
    "mentions_in_thread",
    "most_helped",
    "named_posts",
    "overdue_polls",
    "overdue_threads",
    "parts_of",
    "parts_page",
    "pictures_of",
    "place_now",
    "place_of",
    "place_of_day",
    "places_of_drafts",
    "planned",
    "planned_of",
    "planned_row",
    "posts_kept",
    "read_filters",
    "read_own_post",
    "recent",
    "similar_threads",
    "source_of",
    "speaking",
    "speaking_to",
    "standing_now",
    "standing_of",
    "stands_fast",
    "tagged_threads",
    "taken_words",
    "taking_back",
    "thread_page",
    "threads_near",
    "threads_of_tag",
    "told",
    "translations",
    "translations_there",
    "typed_name",
    "unnamed_ids",
    "unnamed_posts",
    "unnamed_voices",
    "waiting",
    "wanted",
    "welcome_tag",
    "wish_of",
    "without_gone",
    "wordings_of",
    "words_to_keep",
    "written_since",
    "written_there",
]
