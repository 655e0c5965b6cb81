"""Values of discussions that other rooms may hold."""

from mashrabiya.discussions.types.judged import Judged
from mashrabiya.discussions.types.kinds import SPARED, Answers, Kind, PostState, kinds_in
from mashrabiya.discussions.types.lists import (
    NO_FILTERS,
    Beginning,
    Filters,
    FirstWords,
    Lamp,
    ThreadList,
    ThreadRow,
)
from mashrabiya.discussions.types.own import Fading, KeptPost, OwnWording, OwnWords, Typed, TypedName
from mashrabiya.discussions.types.page import ThreadPage
from mashrabiya.discussions.types.paging import EVERYTHING, PAGE, SMALL_PAGE, Paging, Sought
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
    "NO_FILTERS",
    "NO_POLL",
    "NO_POLL_DAY",
    "PAGE",
    "PICTURES",
    "POLL_DAYS",
    "POST_ID_SIZE",
    "SMALL_PAGE",
    "SPARED",
    "STARTER",
    "TITLE_LIMIT",
    "USUAL_POLL_DAYS",
    "WAITING",
    "WORDINGS",
    "Answers",
    "Beginning",
    "Change",
    "ClosedWriting",
    "Fading",
    "Filters",
    "FirstWords",
    "Fold",
    "History",
    "Judged",
    "Kept",
    "KeptPost",
    "Kind",
    "Lamp",
    "Marked",
    "NewPicture",
    "NewPoll",
    "NewReply",
    "NewThread",
    "OwnPost",
    "OwnWording",
    "OwnWords",
    "Pace",
    "Paging",
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
    "TakenBack",
    "ThreadFacts",
    "ThreadList",
    "ThreadPage",
    "ThreadRow",
    "Typed",
    "TypedName",
    "Ways",
    "Wording",
    "Words",
    "kinds_in",
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
