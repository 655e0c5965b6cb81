"""What people may do, decided without a database.

names         what a persona may be called, and which names are too close
passphrases   what is too easy to guess
entry         who may make an account
personas      how many names one person may have, and who may look at one
"""

from mashrabiya.people.rules.entry import may_enter, may_sign_up
from mashrabiya.people.rules.names import check_name, is_ours, name_key
from mashrabiya.people.rules.passphrases import check_passphrase
from mashrabiya.people.rules.personas import (
    LIVE_AT_ONCE,
    NEW_PER_SEASON,
    may_add_persona,
    may_see_page,
    possible_personas,
)

__all__ = [
    "LIVE_AT_ONCE",
    "NEW_PER_SEASON",
    "check_name",
    "check_passphrase",
    "is_ours",
    "may_add_persona",
    "may_enter",
    "may_see_page",
    "may_sign_up",
    "name_key",
    "possible_personas",
]
