"""Values of care that other rooms may hold."""

from mashrabiya.care.types.acts import Act, Choice, NewDecision
from mashrabiya.care.types.among import (
    ASIDE_LIMIT,
    CLAIM_HOURS,
    MOST_ASIDES,
    WHY_LIMIT,
    Aside,
    Claim,
    NewAside,
    OnDesk,
    Taken,
    Wish,
)
from mashrabiya.care.types.appeals import (
    ANSWER_DAYS,
    APPEAL_DAYS,
    Appeal,
    AppealState,
    NewAnswer,
    WaitingAppeals,
)
from mashrabiya.care.types.beside import ALONE, Beside, Earlier, LikeCase
from mashrabiya.care.types.cases import Case, Place
from mashrabiya.care.types.decisions import (
    KEPT_TEXT_DAYS,
    Concerned,
    Concerning,
    Decided,
    Decision,
    Desk,
    Disputed,
)
from mashrabiya.care.types.duty import RESTS, Duty, Watch
from mashrabiya.care.types.in_place import (
    MOST_PARTS,
    NOTE_LIMIT,
    ON_TOP,
    PACES,
    SLOW_DAYS,
    Done,
    NewTending,
    Staying,
    Tended,
)
from mashrabiya.care.types.pulled import Pulled
from mashrabiya.care.types.reports import OwnReport
from mashrabiya.care.types.together import (
    Closing,
    Joint,
    LearnedFace,
    NewClosing,
    NewLearning,
    NewMode,
    NewRole,
    Proposal,
    Waiting,
)
from mashrabiya.care.types.waves import (
    LOOKED_AT,
    MOST,
    STEP,
    WAVE_HOURS,
    Alike,
    Batch,
    NewWave,
    Recent,
    Wave,
)
from mashrabiya.safety.types import HELD_DAYS

__all__ = [
    "ALONE",
    "ANSWER_DAYS",
    "APPEAL_DAYS",
    "ASIDE_LIMIT",
    "AS_CARE",
    "AS_HOST",
    "AS_HOUSE",
    "AS_RULE",
    "AS_TWO",
    "CLAIM_HOURS",
    "DAYS",
    "HOLD_DAYS",
    "KEPT_TEXT_DAYS",
    "LIMIT_DAYS",
    "LOOKED_AT",
    "MOST",
    "MOST_ASIDES",
    "MOST_PARTS",
    "NOTE_LIMIT",
    "ON_TOP",
    "PACES",
    "PAGE",
    "PAUSE_DAYS",
    "REPLY_LIMIT",
    "RESTS",
    "SLOW_DAYS",
    "STEP",
    "UNLIST_DAYS",
    "WAVE_HOURS",
    "WHY_LIMIT",
    "WORDS_LIMIT",
    "Act",
    "Alike",
    "Appeal",
    "AppealState",
    "Aside",
    "Batch",
    "Beside",
    "Case",
    "Choice",
    "Claim",
    "Closing",
    "Concerned",
    "Concerning",
    "Decided",
    "Decision",
    "Desk",
    "Disputed",
    "Done",
    "Duty",
    "Earlier",
    "Joint",
    "LearnedFace",
    "LikeCase",
    "NewAnswer",
    "NewAside",
    "NewClosing",
    "NewDecision",
    "NewLearning",
    "NewMode",
    "NewRole",
    "NewTending",
    "NewWave",
    "OnDesk",
    "OwnReport",
    "Place",
    "Proposal",
    "Pulled",
    "Recent",
    "Staying",
    "Taken",
    "Tended",
    "Waiting",
    "WaitingAppeals",
    "Watch",
    "Wave",
    "Wish",
]

PAGE = 20
WORDS_LIMIT = 1000
REPLY_LIMIT = 500

DAYS = (7, 30, 90, 365)
"""How long somebody may be excluded."""

PAUSE_DAYS = (1, 3, 7)
"""How long writing may be paused for somebody."""

LIMIT_DAYS = (1, 3, 7, 30)
"""How long writing may be slowed for somebody."""

UNLIST_DAYS = (7, 30, 90)
"""How long a community may be out of the lists."""

HOLD_DAYS = HELD_DAYS
"""So long a post is held at most: then it shows again by itself."""

AS_HOST, AS_CARE, AS_HOUSE = "host", "care", "house"
"""In which role somebody decides: she runs the community, is of the care team, or runs the house."""
AS_TWO = "two"
"""Hidden on an established person's word or two people's, before anybody decided."""
AS_RULE = "rule"
"""Held by an automatic rule of the place, before anybody decided."""
