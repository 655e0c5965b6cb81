"""Reading experiences. Who may is inside each statement; nothing asks for one teller's unnamed ones."""

from mashrabiya.library.stories.queries.finding import (
    beside,
    countries_told_of,
    find,
    mark_of,
    overdue,
    picked_places,
    proposed,
    stories_of_country,
    story_page,
    this_month,
    too_old,
)
from mashrabiya.library.stories.queries.own import (
    all_of_hers,
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
from mashrabiya.library.stories.queries.quotes import asked_of_her, quotes_at, quotes_of

__all__ = [
    "STORY_COLUMNS",
    "TELLER",
    "all_of_hers",
    "asked_of_her",
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
    "quotes_at",
    "quotes_of",
    "stories_of_country",
    "story_page",
    "this_month",
    "too_old",
    "unnamed_ids",
    "unnamed_ones",
]
