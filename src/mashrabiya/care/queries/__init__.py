"""Reading what waits and what was decided. Who may not decide there finds nothing."""

from mashrabiya.care.queries.among import asides_written
from mashrabiya.care.queries.appeals import (
    find_concerned,
    get_concerned,
    get_disputed,
    open_desk,
    taken_places,
    waiting_appeals,
)
from mashrabiya.care.queries.beside import beside
from mashrabiya.care.queries.cases import find_place, find_report, get_case, get_place, get_unreported, queue
from mashrabiya.care.queries.concerning import TRIED, all_concerned, concerns_her
from mashrabiya.care.queries.decisions import (
    find_decision,
    find_decisions,
    get_decision,
    guard_of,
    guard_on,
    noted_long_ago,
    on_thing,
    overdue,
    standing,
    waiting_for_a_look,
    waits_for_two,
    with_author,
)
from mashrabiya.care.queries.exposure import Exposure
from mashrabiya.care.queries.held import held_too_long, standing_at
from mashrabiya.care.queries.in_place import (
    all_tended,
    find_destination,
    get_other,
    get_others,
    get_tended,
    on_top,
    places_to_move,
)
from mashrabiya.care.queries.listed import decided
from mashrabiya.care.queries.openness import monthly, months, place_log, weekly
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
from mashrabiya.care.queries.pulled import pulled
from mashrabiya.care.queries.reports import overturned, own_reports, was_kept
from mashrabiya.care.queries.room import get_line, get_room, lines, written
from mashrabiya.care.queries.waves import get_batch, wave
from mashrabiya.care.queries.written import (
    find_written,
    stories_held_too_long,
    stories_noted_long_ago,
    stories_overdue,
)

__all__ = [
    "TRIED",
    "Exposure",
    "all_concerned",
    "all_tended",
    "asides_written",
    "beside",
    "closings_waiting",
    "concerns_her",
    "decided",
    "find_concerned",
    "find_decision",
    "find_decisions",
    "find_destination",
    "find_face",
    "find_learning",
    "find_place",
    "find_proposal",
    "find_report",
    "find_written",
    "get_batch",
    "get_case",
    "get_concerned",
    "get_decision",
    "get_disputed",
    "get_line",
    "get_other",
    "get_others",
    "get_place",
    "get_proposal",
    "get_role_proposal",
    "get_room",
    "get_tended",
    "get_unreported",
    "guard_of",
    "guard_on",
    "held_too_long",
    "lines",
    "monthly",
    "months",
    "noted_long_ago",
    "on_thing",
    "on_top",
    "open_desk",
    "overdue",
    "overturned",
    "own_reports",
    "place_log",
    "places_of",
    "places_to_move",
    "pulled",
    "queue",
    "role_in",
    "roles_waiting",
    "standing",
    "standing_at",
    "stories_held_too_long",
    "stories_noted_long_ago",
    "stories_overdue",
    "taken_places",
    "waiting_appeals",
    "waiting_for_a_look",
    "waits_for_two",
    "was_kept",
    "wave",
    "weekly",
    "with_author",
    "written",
]
