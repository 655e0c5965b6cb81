"""What people do, one function per intention. None commits; none hashes a passphrase.

What takes several transactions, or a slow hash between them, stands in people.flows.
"""

from mashrabiya.people.commands.copies import ask_copy, forget_copy
from mashrabiya.people.commands.drafts import drop_draft, keep_draft
from mashrabiya.people.commands.erasure import erase_persona
from mashrabiya.people.commands.guards import lift_guard, lift_guards_of, set_guard
from mashrabiya.people.commands.invitations import (
    issue_invitation,
    redeem_invitation,
    withdraw_grants,
    withdraw_invitations,
    withdraw_of_members,
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
from mashrabiya.people.commands.private import (
    follow,
    follow_tag,
    hide_words,
    mute,
    pass_over,
    unfollow,
    unfollow_tags,
    unmute,
)
from mashrabiya.people.commands.roles import accept_role, change_grant
from mashrabiya.people.commands.saved import delete_note, rewrite_note, write_note
from mashrabiya.people.commands.taken import forget_taken, keep_taken, let_taken_go

__all__ = [
    "Draft",
    "accept_role",
    "ask_copy",
    "change_grant",
    "create_persona",
    "delete_note",
    "describe_persona",
    "draw_another_tile",
    "drop_draft",
    "erase_persona",
    "follow",
    "follow_tag",
    "forget_copy",
    "forget_taken",
    "hide_words",
    "invite",
    "issue_invitation",
    "keep",
    "keep_draft",
    "keep_taken",
    "let_go",
    "let_taken_go",
    "lift_guard",
    "lift_guards_of",
    "mute",
    "pass_over",
    "redeem_invitation",
    "rename_persona",
    "rewrite_note",
    "seen_again",
    "set_guard",
    "show_page_to",
    "unfollow",
    "unfollow_tags",
    "uninvite",
    "unmute",
    "withdraw_grants",
    "withdraw_invitations",
    "withdraw_of_members",
    "write_note",
]
