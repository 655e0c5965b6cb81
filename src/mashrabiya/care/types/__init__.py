"""Values of care that other rooms may hold."""

from mashrabiya.care.types.deciding import (
    AS_CARE,
    AS_HOST,
    DAYS,
    KEPT_TEXT_DAYS,
    PAGE,
    WORDS_LIMIT,
    Act,
    Case,
    Choice,
    Decided,
    Decision,
    Desk,
    NewDecision,
    Place,
)
from mashrabiya.care.types.together import Joint, LearnedFace, NewLearning, NewMode, Proposal

__all__ = [
    "AS_CARE",
    "AS_HOST",
    "DAYS",
    "KEPT_TEXT_DAYS",
    "PAGE",
    "WORDS_LIMIT",
    "Act",
    "Case",
    "Choice",
    "Decided",
    "Decision",
    "Desk",
    "Joint",
    "LearnedFace",
    "NewDecision",
    "NewLearning",
    "NewMode",
    "Place",
    "Proposal",
]
