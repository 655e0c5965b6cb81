"""Reading experiences. Who may is inside each statement; nothing asks for one teller's unnamed ones."""

from mashrabiya.library.stories.queries.finding import (
    beside,
    countries_told_of,
    find,
    mark_of,
    overdue,
    picked_places,
    proposed,
    story_page,
    this_month,
    too_old,
)
from mashrabiya.library.stories.queries.own import (
    find_judged,
    get_own,
    get_story,
    mine,
    named_ones,
    of_persona,
    unnamed_ids,
    unnamed_ones,
)
from mashrabiya.library.stories.queries.parts import STORY_COLUMNS, TELLER

__all__ = [
    "STORY_COLUMNS",
    "TELLER",
    "beside",
    "countries_told_of",
    "find",
    "find_judged",
    "get_own",
    "get_story",
    "mark_of",
    "mine",
    "named_ones",
    "of_persona",
    "overdue",
    "picked_places",
    "proposed",
    "story_page",
    "this_month",
    "too_old",
    "unnamed_ids",
    "unnamed_ones",
]
