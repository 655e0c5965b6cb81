"""Reading what waits and what was decided. Who may not decide there finds nothing."""

from mashrabiya.care.queries.cases import get_case, get_place, queue
from mashrabiya.care.queries.decisions import (
    decided,
    find_decision,
    get_decision,
    guard_of,
    guard_on,
    on_thing,
    overdue,
    role_in,
    standing,
)
from mashrabiya.care.queries.proposals import find_face, find_proposal, get_proposal

__all__ = [
    "decided",
    "find_decision",
    "find_face",
    "find_proposal",
    "get_case",
    "get_decision",
    "get_place",
    "get_proposal",
    "guard_of",
    "guard_on",
    "on_thing",
    "overdue",
    "queue",
    "role_in",
    "standing",
]
