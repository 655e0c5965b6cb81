"""Signing in: the same work and the same answer for everything that is not right."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Refused
from mashrabiya.kernel.keys import Work
from mashrabiya.kernel.viewer import Face, Tongue, Viewer
from mashrabiya.people import queries
from mashrabiya.people.commands import accounts, sessions
from mashrabiya.people.flows import proving, turning
from mashrabiya.people.queries import AccountRow, Guards, find_account, find_account_by_id, renewed
from mashrabiya.people.sealed import tongue, vault
from mashrabiya.people.sealed.core import Cookie, Core, Mark
from mashrabiya.people.sealed.lock import rest_of
from mashrabiya.people.sealed.vault import Door, Preferences, Vault
from mashrabiya.people.types import Grant
from mashrabiya.platform.crypto import Cost, SlowHash, Unopenable, sign_in_hash
from mashrabiya.platform.house import HouseSettings
from mashrabiya.platform.web.site import Site

WRONG = "signin.wrong"


class Excluded(Exception):
    """The right passphrase of somebody whom the whole house is closed to. ``case`` is her case."""

    def __init__(self, case: bytes) -> None:
        super().__init__("excluded")
        self.case = case


@dataclass(frozen=True, slots=True)
class Unlocked:
    """An account whose vault is open, for as long as one act takes.

    ``door`` is where it moves when it comes in: the house's cost was raised since she was here last.
    """

    row: AccountRow
    vault_key: bytes
    vault: Vault
    door: Door | None = None


def costs(house: HouseSettings) -> tuple[Cost, ...]:
    """The cost of this house, then those it had before and which some accounts may still have."""
    now, quarter = Cost(house.argon_memory, house.argon_time), clock.quarter()
    return (
        now,
        *(Cost(memory, passes) for memory, passes, until in house.argon_former if until >= quarter),
    )


def _stand_in(key: bytes) -> AccountRow:
    """Opened in place of an account that is not there, or does not open, so that the work is the same."""
    empty = Vault(seed=bytes(32))
    nobody = bytes(16)
    wrapped, sealed = vault.wrap(key, key, nobody), vault.seal_vault(key, empty, nobody)
    return AccountRow(nobody, nobody, wrapped, sealed, b"", 0, None)


_NOBODYS_KEY = vault.new_vault_key()
NOBODY = _stand_in(_NOBODYS_KEY)


def doors_of(site: Site, name: str, passphrase: str, *, slow: SlowHash = sign_in_hash) -> list[Door]:
    """Where the two lead at the cost of this house, then at those it had before."""
    login = site.keys.of("login")
    return [vault.door(login, name, passphrase, cost, slow=slow) for cost in costs(site.house)]


def unlock(site: Site, name: str, passphrase: str) -> Unlocked:
    """Open the vault, or Refused: unknown, wrong and frozen are one answer after the same work."""
    opened, doors = open_behind(site, name, passphrase)
    found = next((one for one in opened if one is not None), None)
    if found is None or found.row.is_frozen:
        raise Refused(WRONG)
    # It moves when it comes in, not before: a second step may still be missing.
    return found if found is opened[0] else replace(found, door=doors[0])


def open_behind(
    site: Site, name: str, passphrase: str, *, slow: SlowHash = sign_in_hash
) -> tuple[list[Unlocked | None], list[Door]]:
    """What lies open behind the doors of each cost, frozen or not, after the same work in any case."""
    doors = doors_of(site, name, passphrase, slow=slow)
    with site.database.read() as db:
        rows = [find_account(db, door.tag) for door in doors]
    return [_open(row or NOBODY, door) for row, door in zip(rows, doors, strict=True)], doors


def _open(row: AccountRow, door: Door) -> Unlocked | None:
    try:
        key = vault.unwrap(door.key, row.wrap, row.id)
    except Unopenable:
        read_nobodys()
        return None
    return open_with(row, key)


def open_with(row: AccountRow, vault_key: bytes) -> Unlocked | None:
    """The account, opened by the key of its vault; None where that is another's."""
    try:
        content = vault.open_vault(vault_key, row.vault, row.id)
    except Unopenable:
        return None
    return Unlocked(row, vault_key, content)


def read_nobodys() -> None:
    """A vault that opens is read, which takes longer than finding that one does not: so this one is, instead."""
    open_with(NOBODY, _NOBODYS_KEY)


def move(site: Site, who: Unlocked) -> None:
    """Where the cost was raised since she was here last, this account has the new one from now on."""
    if who.door is not None:
        with site.database.write() as uow:
            accounts.move_account(uow, who.row.id, who.vault_key, who.door)


def unlock_with_code(site: Site, name: str, passphrase: str, code: str) -> Unlocked:
    """As ``unlock``, with the second step in the same breath: a code that is missing is one more wrong answer."""
    try:
        who = unlock(site, name, passphrase)
    except Refused:
        proving.as_for_nobody(site, code)
        raise
    if not proving.is_proven(site, who.row.id, who.vault, code):
        raise Refused(WRONG)
    return who


def sign_in(
    site: Site, name: str, passphrase: str, *, code: str = "", own: bool = False, narrow: bool = False
) -> Cookie:
    """A new session for whoever knows all that is asked, in her first live persona."""
    return enter(site, unlock_with_code(site, name, passphrase, code), own=own, narrow=narrow)


def enter(
    site: Site, who: Unlocked, *, own: bool = False, narrow: bool = False, slot: int | None = None
) -> Cookie:
    """A new session of an opened account; Excluded where the house is closed to her."""
    second = Mark.SECOND_FACTOR * bool(who.vault.totp)
    core = _core(site, who, Mark.OWN_DEVICE * own | Mark.NARROW * narrow | second)
    if slot is not None:
        core = replace(core, slot=slot)
    case = _site_case(site, core.work)
    if case:
        raise Excluded(case)
    move(site, who)
    core = replace(core, band=turning.take_effect(site, who.row, who.vault_key, who.vault).band)
    with site.database.write() as uow:
        row = find_account_by_id(uow, who.row.id)
        if row is None or row.is_frozen:
            # It was frozen, or deleted, while she was on her way in.
            raise Refused(WRONG)
        cookie = sessions.begin(uow, site.keys.of("sess"), core)
    if who.row.seen_q != clock.quarter():
        with site.database.write() as uow:
            accounts.note_quarter(uow, who.row.id)
    return cookie


def _site_case(site: Site, work: Work) -> bytes | None:
    guards: Guards = site.held["guards"]
    return guards.site_case(Viewer(work=work, siblings=work.persona_ids()))


def is_excluded(site: Site, who: Unlocked) -> bool:
    """Whether the whole house is closed to her."""
    return bool(_site_case(site, who.vault.work))


def _core(site: Site, who: Unlocked, marks: int) -> Core:
    work = who.vault.work
    siblings = work.persona_ids()
    with site.database.read() as db:
        live = queries.own_personas(db, work, siblings, site.keys.of("field"))
        spent = queries.spent_seasons(db, work, live)
    slot = live[0].slot if live else queries.first_free_slot(live, spent)
    core = Core(
        work=work,
        account=who.row.id,
        slot=slot,
        used=queries.used_slots(live, spent),
        marks=Mark(marks),
        level=0,
        band=who.vault.band,
        expires=0,
        begun=clock.hour(),
        siblings=siblings,
        preferences=tongue.pack(preferences_of(who)),
        panic_code=bytes(16),
        grant=Grant(who.vault.grant),
        branch=who.vault.branch.ljust(8, b"\0"),
        until=who.vault.until,
        rest=rest_of(who.vault),
    )
    return renewed(core)


def preferences_of(who: Unlocked) -> Preferences:
    """Her preferences as they lie sealed beside the vault."""
    return vault.open_preferences(who.vault.work, who.row.prefs, who.row.id)


def as_she_was(site: Site, who: Unlocked) -> Viewer:
    """An opened account without a session, in its first live persona: for a person whom the house is closed to."""
    core, preferences = _core(site, who, 0), preferences_of(who)
    with site.database.read() as db:
        live = queries.own_personas(db, core.work, core.siblings, site.keys.of("field"))
    faces = [Face(one.name, one.pub, one.seed, one.pronouns) for one in live]
    return Viewer(
        work=core.work,
        account=core.account,
        slot=core.slot,
        used=core.used,
        siblings=core.siblings,
        # Without any name she may still have written unnamed: nobody sees this one.
        face=faces[0] if faces else Face("", "", b"", ""),
        tongue=tongue.tongue(preferences, site.house.languages[0]),
        dark=preferences.dark,
        notes_shown=preferences.notes_shown,
        notes_hidden=preferences.notes_hidden,
    )


def confirm(site: Site, viewer: Viewer, name: str, passphrase: str) -> Unlocked:
    """Name and passphrase again, for a step that cannot be undone: they must be this account's."""
    found = unlock(site, name, passphrase)
    if found.row.id != viewer.account:
        raise Refused(WRONG)
    return found


def speaks(tongue_: Tongue) -> Preferences:
    """First preferences: the language and digits of the page she signed up on."""
    return Preferences(language=tongue_.language, address=tongue_.address)
