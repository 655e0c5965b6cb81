"""What takes several transactions, or a slow hash: signing up and in, coming back, changing keys, leaving.

No slow hash runs inside a transaction. Rows that must not be joined (an account
and its recovery codes; the account side and the persona side) are written in
separate ones, shuffled.
"""

from mashrabiya.people.flows.beginning import NewAccount, SignUp, sign_up
from mashrabiya.people.flows.codes import replace_codes
from mashrabiya.people.flows.entering import Excluded, enter, sign_in, unlock
from mashrabiya.people.flows.halfway import find_halfway, halfway
from mashrabiya.people.flows.leaving import delete_account
from mashrabiya.people.flows.passphrase import change_passphrase
from mashrabiya.people.flows.reaching import block, keep_away, lift, unblock
from mashrabiya.people.flows.recovery import recover
from mashrabiya.people.flows.switching import add_persona, alter_preferences, drop_persona, switch

__all__ = [
    "Excluded",
    "NewAccount",
    "SignUp",
    "add_persona",
    "alter_preferences",
    "block",
    "change_passphrase",
    "delete_account",
    "drop_persona",
    "enter",
    "find_halfway",
    "halfway",
    "keep_away",
    "lift",
    "recover",
    "replace_codes",
    "sign_in",
    "sign_up",
    "switch",
    "unblock",
    "unlock",
]
