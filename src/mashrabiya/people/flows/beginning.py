"""Making an account: nothing is asked that names anybody, and nothing is kept that does."""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass, field
from typing import Any

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Failure, Invalid, NotFound
from mashrabiya.kernel.folding import can_be_seen
from mashrabiya.people.commands import accounts
from mashrabiya.people.commands.invitations import put_back, redeem_invitation
from mashrabiya.people.flows.entering import Unlocked, doors_of
from mashrabiya.people.queries import AccountRow, InvitationRow
from mashrabiya.people.rules import check_passphrase, may_enter, may_sign_up
from mashrabiya.people.sealed import codes, vault
from mashrabiya.people.sealed.vault import Preferences, Vault
from mashrabiya.people.types import BRANCH_QUARTERS, Band, Grant
from mashrabiya.platform.web.site import Site

LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class SignUp:
    """What is asked: a sign-in name, a passphrase, an age group; perhaps an invitation."""

    name: str
    passphrase: str = field(repr=False)
    band: Band = Band.UNKNOWN
    invitation: str = ""
    preferences: Preferences = field(default_factory=Preferences)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """The account, open, and its codes, to be shown once."""

    unlocked: Unlocked
    codes: tuple[str, ...]


def check_sign_up(site: Site, wish: SignUp, *, thoroughly: bool = True) -> None:
    """Invalid with what cannot be taken; a house closed to her refuses.

    Thoroughly, the passphrase is judged as whoever guesses would: that takes some milliseconds.
    """
    may_sign_up(site.house.entry_now, invited=bool(wish.invitation)).or_raise()
    wrong = {}
    if not can_be_seen(wish.name) or len(wish.name) > LONGEST_NAME:
        wrong["name"] = "signup.name_missing"
    why = check_passphrase(wish.passphrase, wish.name, thoroughly=thoroughly)
    if why:
        wrong["pass"] = why
    entrance = may_enter(wish.band, adults_only=site.house.adults_only)
    if not entrance.allowed:
        wrong["age"] = getattr(entrance, "why", "signup.age_missing")
    if wrong:
        raise Invalid(wrong)


def sign_up(site: Site, wish: SignUp, *, checked: bool = False) -> NewAccount:
    """The account and its eight codes. The invitation, if there is one, is used up. ``checked``: a moment ago."""
    check_sign_up(site, wish, thoroughly=not checked)
    taken = _redeem(site, wish.invitation) if wish.invitation else None
    try:
        return _make(site, wish, taken)
    except Failure:
        # Taken, or too busy: she did not get in, so the invitation stays good.
        if taken is not None:
            with site.database.write() as uow:
                put_back(uow, site.keys, wish.invitation, taken)
        raise


def _redeem(site: Site, code: str) -> InvitationRow:
    with site.database.write() as uow:
        taken = redeem_invitation(uow, site.keys, code)
    if taken is None:
        raise NotFound
    return taken


def _make(site: Site, wish: SignUp, taken: InvitationRow | None) -> NewAccount:
    account, vault_key = secrets.token_bytes(16), vault.new_vault_key()
    paper = codes.new_recovery_codes()
    keys = [codes.RecoveryKey.of(site.keys.of("rec"), code) for code in paper]
    content = Vault(
        seed=secrets.token_bytes(vault.KEY),
        wall=wish.band,
        rec=tuple(key.tag for key in keys),
        grant=_granted(site, wish.invitation, taken),
        **_branch(taken),
    )
    row = _insert_account(site, wish, content, account=account, vault_key=vault_key)
    insert_codes(site, [(key.tag, key.seal(account, vault_key)) for key in keys])
    return NewAccount(Unlocked(row, vault_key, content), paper)


def _branch(taken: InvitationRow | None) -> dict[str, Any]:
    """The branch she came by, for a year and a half at most; nothing where no member invited her."""
    if taken is None or not any(taken.branch):
        return {}
    return {"branch": taken.branch, "until": clock.quarter() + BRANCH_QUARTERS}


def _granted(site: Site, code: str, taken: InvitationRow | None) -> Grant:
    if taken is None:
        return Grant.NONE
    tag = codes.invitation_tag(site.keys.of("invite"), code)
    return codes.open_grant(site.keys.of("field"), taken.grants, tag)


def _insert_account(
    site: Site, wish: SignUp, content: Vault, *, account: bytes, vault_key: bytes
) -> AccountRow:
    door, *former = doors_of(site, wish.name, wish.passphrase)
    row = AccountRow(
        id=account,
        tag=door.tag,
        wrap=vault.wrap(door.key, vault_key, account),
        vault=vault.seal_vault(vault_key, content, account),
        prefs=vault.seal_preferences(content.work, wish.preferences, account),
        seen_q=clock.quarter(),
        lock_day=None,
    )
    with site.database.write() as uow:
        accounts.open_account(uow, row, former=[one.tag for one in former])
    return row


def insert_codes(site: Site, rows: list[tuple[bytes, bytes]]) -> None:
    """Each code in a transaction of its own, shuffled: nothing ties them to each other."""
    random.shuffle(rows)
    for tag, blob in rows:
        with site.database.write() as uow:
            accounts.add_code(uow, tag, blob)
