"""Turning from under 18 to 18 or over: asked with the passphrase, seven days before it counts, once.

The day lies in the vault and nowhere else. What is asked today counts at the first sign-in from that
day on: only then is the vault open, and the sessions that were told otherwise are ended.
"""

from __future__ import annotations

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import Work
from mashrabiya.people import queries
from mashrabiya.people.commands import accounts, sessions
from mashrabiya.people.commands.freezing import shuffled
from mashrabiya.people.queries import AccountRow
from mashrabiya.people.rules.entry import may_turn
from mashrabiya.people.sealed.vault import Vault
from mashrabiya.people.types import Band
from mashrabiya.platform import due
from mashrabiya.platform.web.site import Site

TURN = "people.turn"
"""One persona, by its id: what it carries sealed says 18 or over from then on."""

DAYS = 7
WITHIN = (0, 72 * clock.HOUR)


def ask(site: Site, account: bytes, vault_key: bytes) -> None:
    """From now on the seven days run; asked again, they run as before."""
    with site.database.write() as uow:
        held = accounts.read_vault(uow, account, vault_key)
        may_turn(held.band).or_raise()
        if not held.turns:
            accounts.alter_vault(uow, account, vault_key, turns=clock.day() + DAYS)


def take_back(site: Site, account: bytes, vault_key: bytes) -> None:
    """She asked for nothing; what has come to count stays."""
    with site.database.write() as uow:
        if accounts.read_vault(uow, account, vault_key).turns:
            accounts.alter_vault(uow, account, vault_key, turns=0)


def is_ripe(held: Vault) -> bool:
    """Whether what was asked counts from this sign-in on."""
    return held.band is Band.MINOR and 0 < held.turns <= clock.day()


def take_effect(site: Site, row: AccountRow, vault_key: bytes, held: Vault) -> Vault:
    """Where its day has come: the vault says so, other sign-ins end, each persona follows at an hour of its own.

    Twice at one moment is as good as once.
    """
    if not is_ripe(held):
        return held
    # First these: whoever falls out of the house here finds all of it again at her next sign-in.
    for pid in shuffled(_live(site, held.work)):
        with site.database.write() as uow:
            due.add(uow, site.keys.of("field"), TURN, pid, within=WITHIN)
    with site.database.write() as uow:
        held = accounts.read_vault(uow, row.id, vault_key)
        if is_ripe(held):
            held = accounts.alter_vault(uow, row.id, vault_key, wall=int(Band.ADULT), turns=0)
    with site.database.write() as uow:
        # They say under 18, and a name made in them would say so too.
        sessions.end_everywhere(uow, held.work)
    return held


def _live(site: Site, work: Work) -> list[bytes]:
    with site.database.read() as db:
        return [one.id for one in queries.own_personas(db, work, work.persona_ids(), site.keys.of("field"))]
