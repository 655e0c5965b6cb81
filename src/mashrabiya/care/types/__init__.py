"""Values of care that other rooms may hold."""

from mashrabiya.care.types.acts import Act, Choice, NewDecision
from mashrabiya.care.types.cases import Case, Place
from mashrabiya.care.types.decisions import KEPT_TEXT_DAYS, Decided, Decision, Desk
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

PAGE = 20
WORDS_LIMIT = 1000

DAYS = (7, 30, 90, 365)
"""How long somebody may be excluded."""

AS_HOST, AS_CARE = "host", "care"
