"""Values of discussions that other rooms may hold."""

from mashrabiya.discussions.types.judged import Judged
from mashrabiya.discussions.types.kinds import SPARED, Answers, Kind, PostState, kinds_in
from mashrabiya.discussions.types.lists import (
    NO_FILTERS,
    Beginning,
    Filters,
    FirstWords,
    Lamp,
    Suggested,
    ThreadList,
    ThreadRow,
)
from mashrabiya.discussions.types.own import Fading, KeptPost, OwnWording, OwnWords, Typed, TypedName
from mashrabiya.discussions.types.page import Neighbour, ThreadPage
from mashrabiya.discussions.types.paging import EVERYTHING, PAGE, SMALL_PAGE, Paging, Sought
from mashrabiya.discussions.types.parting import Gone, Part
from mashrabiya.discussions.types.pictures import PictureRow
from mashrabiya.discussions.types.planned import Planned, PlannedState
from mashrabiya.discussions.types.polls import (
    CHOICE_LIMIT,
    CHOICES,
    CLOSED_DAY,
    FEWEST_CHOICES,
    FEWEST_VOTERS,
    NO_POLL,
    NO_POLL_DAY,
    POLL_DAYS,
    USUAL_POLL_DAYS,
    NewPoll,
    Poll,
    PollLine,
    PollView,
)
from mashrabiya.discussions.types.posts import Fold, Marked, OwnPost, Placed, PostFacts, PostRow, TakenBack
from mashrabiya.discussions.types.taken import Words
from mashrabiya.discussions.types.threads import ThreadFacts
from mashrabiya.discussions.types.tongues import (
    IN_ONE_LANGUAGE,
    LONGER,
    ROOM,
    SPARE_LETTERS,
    WISH_DAYS,
    Tongue,
    numbers_of,
    original_of,
)
from mashrabiya.discussions.types.translations import (
    NewTranslation,
    Translated,
    TranslationRow,
    Translations,
    Wanted,
)
from mashrabiya.discussions.types.wordings import History, Kept, Piece, Wording
from mashrabiya.discussions.types.writing import (
    ALT_LIMIT,
    PICTURES,
    STARTER,
    Change,
    ClosedWriting,
    NewPicture,
    NewReply,
    NewThread,
    Pace,
    PlaceChange,
    Speaking,
    Ways,
)

__all__ = [
    "ALT_LIMIT",
    "ANSWERABLE_DAYS",
    "BODY_LIMIT",
    "CHOICES",
    "CHOICE_LIMIT",
    "CLOSED_DAY",
    "EVERYTHING",
    "EXCERPT_LIMIT",
    "FEWEST_CHOICES",
    "FEWEST_VOTERS",
    "ID_SIZE",
    "IN_ONE_LANGUAGE",
    "LONGER",
    "NO_FILTERS",
    "NO_POLL",
    "NO_POLL_DAY",
    "PAGE",
    "PICTURES",
    "POLL_DAYS",
    "POST_ID_SIZE",
    "ROOM",
    "SMALL_PAGE",
    "SPARED",
    "SPARE_LETTERS",
    "STARTER",
    "SUGGESTED",
    "TAGS",
    "TITLE_LIMIT",
    "USUAL_POLL_DAYS",
    "WAITING",
    "WISH_DAYS",
    "WORDINGS",
    "Answers",
    "Beginning",
    "Change",
    "ClosedWriting",
    "Fading",
    "Filters",
    "FirstWords",
    "Fold",
    "Gone",
    "History",
    "Judged",
    "Kept",
    "KeptPost",
    "Kind",
    "Lamp",
    "Marked",
    "Neighbour",
    "NewPicture",
    "NewPoll",
    "NewReply",
    "NewThread",
    "NewTranslation",
    "OwnPost",
    "OwnWording",
    "OwnWords",
    "Pace",
    "Paging",
    "Part",
    "PictureRow",
    "Piece",
    "PlaceChange",
    "Placed",
    "Planned",
    "PlannedState",
    "Poll",
    "PollLine",
    "PollView",
    "PostFacts",
    "PostRow",
    "PostState",
    "Sought",
    "Speaking",
    "Suggested",
    "TakenBack",
    "ThreadFacts",
    "ThreadList",
    "ThreadPage",
    "ThreadRow",
    "Tongue",
    "Translated",
    "TranslationRow",
    "Translations",
    "Typed",
    "TypedName",
    "Wanted",
    "Ways",
    "Wording",
    "Words",
    "kinds_in",
    "numbers_of",
    "original_of",
]

ID_SIZE = 16
POST_ID_SIZE = 10

TITLE_LIMIT = 160
BODY_LIMIT = 12_000
WORDINGS = 20
"""So many earlier wordings of a post are kept at most."""
EXCERPT_LIMIT = 180

ANSWERABLE_DAYS = 30
"""So many days two of a care team could learn who wrote an unnamed post that is accountable."""

WAITING = 3
"""Threads shown at most as waiting for a first reply."""
TAGS = 4
"""Tags of one thread."""
SUGGESTED = 3
"""Threads of other places shown at most, since she follows a tag."""
