"""Switching the second step on and off. Other sign-ins end: each that is left knows how it stands."""

from __future__ import annotations

from dataclasses import replace

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound, Refused
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries
from mashrabiya.people.commands import accounts, sessions
from mashrabiya.people.flows import proving
from mashrabiya.people.flows.entering import WRONG, Unlocked, is_excluded, unlock
from mashrabiya.people.sealed import codes, totp
from mashrabiya.people.sealed.codes import RecoveryKey
from mashrabiya.people.sealed.core import Mark
from mashrabiya.people.sealed.passkey import MOST, Answer, Place, Unfit
from mashrabiya.people.sealed.pending import Slip
from mashrabiya.people.sealed.vault import Vault
from mashrabiya.platform.proof_of_work import spent
from mashrabiya.platform.web.site import Site

NOT_TAKEN = "second.key_failed"


def slip_of(viewer: Viewer, who: Unlocked, secret: bytes = b"") -> str:
    """What the form of the next step carries, sealed for this session."""
    slip = Slip(who.vault_key, secret) if secret else Slip(who.vault_key)
    return slip.seal(viewer.key, clock.now())


def find_slip(viewer: Viewer, shown: str) -> Slip | None:
    """What the form brought back; None for anything else and for what is too old."""
    return Slip.read(viewer.key, shown, clock.now())


def switch_on(site: Site, viewer: Viewer, slip: Slip, typed: str, *, shown: str) -> None:
    """From now on a code is asked for. Invalid where the app and the house do not agree yet.

    Where it is on already (another page of hers was quicker) it stays as it is.
    """
    step = totp.fitting_step(slip.secret, typed, clock.now())
    if step is None or not spent.take(totp.used_tag(slip.secret, step), totp.REMEMBERED):
        raise Invalid({"code": "second.no_match"})
    with site.database.write() as uow:
        if accounts.read_vault(uow, viewer.account, slip.vault_key).totp:
            return
        accounts.alter_vault(uow, viewer.account, slip.vault_key, totp=slip.secret, pk=())
    _mark(site, viewer, shown, on=True)


def switch_off(site: Site, viewer: Viewer, who: Unlocked, typed: str, *, shown: str) -> None:
    """No code is asked for any more, and no passkey. A recovery code does it too, and is used up."""
    if not _is_allowed(site, who, typed):
        raise Invalid({"code": WRONG})
    with site.database.write() as uow:
        accounts.alter_vault(uow, who.row.id, who.vault_key, totp=b"", pk=())
    _mark(site, viewer, shown, on=False)


def _is_allowed(site: Site, who: Unlocked, typed: str) -> bool:
    return proving.is_proven(site, who.row.id, who.vault, typed) or uses_up(site, who.vault, typed)


def unlock_excluded(site: Site, name: str, passphrase: str, typed: str) -> Unlocked:
    """The account of somebody whom the house is closed to; everybody else is Refused as for a wrong one."""
    try:
        who = unlock(site, name, passphrase)
        if not is_excluded(site, who):
            raise Refused(WRONG)
    except Refused:
        proving.as_for_nobody(site, typed)
        raise
    if not _is_allowed(site, who, typed):
        raise Refused(WRONG)
    return who


def uses_up(site: Site, held: Vault, typed: str) -> bool:
    """Whether this is one of the account's own recovery codes; from now on it is used."""
    key = RecoveryKey.of(site.keys.of("rec"), codes.read(typed))
    if key.tag not in held.rec:
        return False
    with site.database.write() as uow:
        return accounts.drop_code(uow, key.tag)


def _mark(site: Site, viewer: Viewer, shown: str, *, on: bool) -> None:
    if viewer.work is None:
        raise NotFound
    with site.database.write() as uow:
        sessions.end_others(uow, viewer.work, viewer.sid)
        found = queries.find_core(uow, site.keys.of("sess"), shown)
        if found is None:
            raise NotFound
        cookie, core = found
        marks = core.marks | Mark.SECOND_FACTOR if on else core.marks & ~Mark.SECOND_FACTOR
        sessions.rewrite(uow, cookie, replace(core, marks=marks))


def reopened(site: Site, viewer: Viewer, slip: Slip) -> Unlocked:
    """The account as it is now, opened with the key from the form."""
    with site.database.read() as db:
        row = queries.find_account_by_id(db, viewer.account)
        held = accounts.read_vault(db, viewer.account, slip.vault_key)
    if row is None:
        raise NotFound
    return Unlocked(row, slip.vault_key, held)


def add_passkey(site: Site, viewer: Viewer, slip: Slip, answer: Answer, *, place: Place) -> None:
    """One more passkey beside the code; Invalid where the browser's answer is not the one we asked for."""
    try:
        made = proving.takes(site, viewer.account, place, answer)
    except Unfit:
        raise Invalid({"key": NOT_TAKEN}) from None
    with site.database.write() as uow:
        held = accounts.read_vault(uow, viewer.account, slip.vault_key)
        if not held.totp or len(held.pk) >= MOST or made.pack() in held.pk:
            raise Invalid({"key": NOT_TAKEN})
        accounts.alter_vault(uow, viewer.account, slip.vault_key, pk=(*held.pk, made.pack()))


def drop_passkeys(site: Site, viewer: Viewer, slip: Slip) -> None:
    """No passkey opens anything here any more; the code is asked for as before."""
    with site.database.write() as uow:
        accounts.alter_vault(uow, viewer.account, slip.vault_key, pk=())
