"""Reading accounts, personas, sessions, invitations and guards."""

from mashrabiya.people.queries.accounts import AccountRow, find_account, find_account_by_id
from mashrabiya.people.queries.blocks import blockers_of_name, find_reached, is_blocked
from mashrabiya.people.queries.branches import Tree
from mashrabiya.people.queries.copies import OPEN_HOURS, WAIT_HOURS, find_copy
from mashrabiya.people.queries.guards import Guards, load_guards
from mashrabiya.people.queries.invitations import InvitationRow, find_invitation, invitation_tag
from mashrabiya.people.queries.inviting import find_invited
from mashrabiya.people.queries.personas import (
    Acquainted,
    face_of,
    first_free_slot,
    is_present,
    is_unseen,
    name_is_free,
    own_personas,
    persona_page,
    spent_seasons,
    strangers,
    used_slots,
)
from mashrabiya.people.queries.private import Known, find_lists, kept_of, known_personas, lists_of
from mashrabiya.people.queries.roles import (
    anybody_has,
    find_bearer,
    find_bearer_named,
    grant_of,
    lapsed,
    roles_of,
)
from mashrabiya.people.queries.saved import (
    find_private_note,
    get_private_note,
    kept_for_later,
    kept_in,
    kept_until,
    private_notes,
    private_shelf,
    save_keys,
    saved_rows,
)
from mashrabiya.people.queries.sessions import (
    find_core,
    find_locked,
    find_opened,
    open_session,
    open_sign_ins,
    renewed,
    session_groups,
)

__all__ = [
    "OPEN_HOURS",
    "WAIT_HOURS",
    "AccountRow",
    "Acquainted",
    "Guards",
    "InvitationRow",
    "Known",
    "Tree",
    "anybody_has",
    "blockers_of_name",
    "face_of",
    "find_account",
    "find_account_by_id",
    "find_bearer",
    "find_bearer_named",
    "find_copy",
    "find_core",
    "find_invitation",
    "find_invited",
    "find_lists",
    "find_locked",
    "find_opened",
    "find_private_note",
    "find_reached",
    "first_free_slot",
    "get_private_note",
    "grant_of",
    "invitation_tag",
    "is_blocked",
    "is_present",
    "is_unseen",
    "kept_for_later",
    "kept_in",
    "kept_of",
    "kept_until",
    "known_personas",
    "lapsed",
    "lists_of",
    "load_guards",
    "name_is_free",
    "open_session",
    "open_sign_ins",
    "own_personas",
    "persona_page",
    "private_notes",
    "private_shelf",
    "renewed",
    "roles_of",
    "save_keys",
    "saved_rows",
    "session_groups",
    "spent_seasons",
    "strangers",
    "used_slots",
]
