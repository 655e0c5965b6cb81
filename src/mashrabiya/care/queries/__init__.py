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
    standing,
)
from mashrabiya.care.queries.places import places_of, role_in
from mashrabiya.care.queries.proposals import (
    closings_waiting,
    find_face,
    find_learning,
    find_proposal,
    get_proposal,
    get_role_proposal,
    roles_waiting,
)

__all__ = [
    "closings_waiting",
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
    "get_role_proposal",
    "get_unreported",
    "guard_of",
    "guard_on",
    "on_thing",
    "overdue",
    "places_of",
    "queue",
    "role_in",
    "roles_waiting",
    "standing",
]
