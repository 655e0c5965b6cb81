"""Reading what waits and what was decided. Who may not decide there finds nothing."""

from mashrabiya.care.queries.cases import find_report, get_case, get_place, get_unreported, queue
from mashrabiya.care.queries.decisions import (
    decided,
    find_decision,
    find_decisions,
    get_decision,
    guard_of,
    guard_on,
    on_thing,
    overdue,
    role_in,
    standing,
)
from mashrabiya.care.queries.proposals import find_face, find_learning, find_proposal, get_proposal

__all__ = [
    "decided",
    "find_decision",
    "find_decisions",
    "find_face",
    "find_learning",
    "find_proposal",
    "find_report",
    "get_case",
    "get_decision",
    "get_place",
    "get_proposal",
    "get_unreported",
    "guard_of",
    "guard_on",
    "on_thing",
    "overdue",
    "queue",
    "role_in",
    "standing",
]
