"""Values of care that other rooms may hold."""

from mashrabiya.care.types.acts import Act, Choice, NewDecision
from mashrabiya.care.types.cases import Case, Place
from mashrabiya.care.types.decisions import KEPT_TEXT_DAYS, Decided, Decision, Desk
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

__all__ = [
    "AS_CARE",
    "AS_HOST",
    "AS_HOUSE",
    "DAYS",
    "KEPT_TEXT_DAYS",
    "PAGE",
    "WORDS_LIMIT",
    "Act",
    "Case",
    "Choice",
    "Closing",
    "Decided",
    "Decision",
    "Desk",
    "Joint",
    "LearnedFace",
    "NewClosing",
    "NewDecision",
    "NewLearning",
    "NewMode",
    "NewRole",
    "Place",
    "Proposal",
    "Waiting",
]

PAGE = 20
WORDS_LIMIT = 1000

DAYS = (7, 30, 90, 365)
"""How long somebody may be excluded."""

AS_HOST, AS_CARE, AS_HOUSE = "host", "care", "house"
"""In which role somebody decides: she runs the community, is of the care team, or runs the house."""
