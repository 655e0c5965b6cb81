"""What people do, one function per intention. None commits; none hashes a passphrase.

What takes several transactions, or a slow hash between them, stands in people.flows.
"""

from mashrabiya.people.commands.copies import ask_copy, forget_copy
from mashrabiya.people.commands.erasure import erase_persona
from mashrabiya.people.commands.guards import lift_guard, set_guard
from mashrabiya.people.commands.invitations import (
    issue_invitation,
    redeem_invitation,
    withdraw_grants,
    withdraw_invitations,
)
from mashrabiya.people.commands.inviting import invite, uninvite
from mashrabiya.people.commands.kept import keep, let_go, seen_again
from mashrabiya.people.commands.personas import (
    Draft,
    create_persona,
    describe_persona,
    draw_another_tile,
    rename_persona,
    show_page_to,
)
from mashrabiya.people.commands.private import hide_words, mute, unmute
from mashrabiya.people.commands.roles import accept_role, change_grant
from mashrabiya.people.commands.saved import delete_note, rewrite_note, write_note

__all__ = [
    "Draft",
    "accept_role",
    "ask_copy",
    "change_grant",
    "create_persona",
    "delete_note",
    "describe_persona",
    "draw_another_tile",
    "erase_persona",
    "forget_copy",
    "hide_words",
    "invite",
    "issue_invitation",
    "keep",
    "let_go",
    "lift_guard",
    "mute",
    "redeem_invitation",
    "rename_persona",
    "rewrite_note",
    "seen_again",
    "set_guard",
    "show_page_to",
    "uninvite",
    "unmute",
    "withdraw_grants",
    "withdraw_invitations",
    "write_note",
]
