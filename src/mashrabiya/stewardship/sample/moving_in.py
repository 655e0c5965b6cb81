"""Making the sample's accounts and personas, by the same steps as anybody's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from mashrabiya.kernel import clock
from mashrabiya.kernel.keys import Work
from mashrabiya.kernel.viewer import Face, Tongue, Viewer
from mashrabiya.people import commands
from mashrabiya.people.commands import Draft
from mashrabiya.people.commands.freezing import send_away
from mashrabiya.people.flows import SignUp, sign_up
from mashrabiya.people.sealed.vault import Preferences
from mashrabiya.people.types import Band, Flags
from mashrabiya.platform.hosting import Tell
from mashrabiya.platform.web.site import Site
from mashrabiya.stewardship.sample.types import Name, Somebody

_SETTLED_DAYS, _NEW_DAYS = 200.0, 6.0
BEFORE_ANYBODY = 201.0
"""So many days ago what comes with the software came into the house."""


@dataclass(frozen=True, slots=True)
class Dweller:
    """Somebody who has an account now: her recovery codes, and her personas as viewers."""

    somebody: Somebody
    codes: tuple[str, ...]
    personas: dict[str, Viewer]


@contextmanager
def days_ago(days: float) -> Iterator[None]:
    """What is written meanwhile is as old as that."""
    clock.offset, before = clock.offset - days * clock.DAY, clock.offset
    try:
        yield
    finally:
        clock.offset = before


def move_in(site: Site, people: Sequence[Somebody], tell: Tell) -> list[Dweller]:
    """Make every account and persona."""
    dwellers: list[Dweller] = []
    for number, somebody in enumerate(people, 1):
        with days_ago(_NEW_DAYS if somebody.new else _SETTLED_DAYS):
            code = _invited(site, dwellers) if somebody.new else ""
            dwellers.append(_settle(site, somebody, code))
        tell("people", number, len(people))
    return dwellers


def _invited(site: Site, dwellers: Sequence[Dweller]) -> str:
    """Who is new came by the invitations of whoever has been here for longest."""
    inviter = next(iter(dwellers[0].personas.values())).work if dwellers else None
    with site.database.write() as uow:
        return commands.issue_invitation(uow, site.keys, inviter=inviter.branch() if inviter else b"")


def _settle(site: Site, somebody: Somebody, code: str) -> Dweller:
    preferences = Preferences(language=somebody.language)
    wish = SignUp(somebody.name, somebody.passphrase, Band.ADULT, code, preferences)
    account = sign_up(site, wish)
    vault = account.unlocked.vault
    work, flags = vault.work, Flags(Band.ADULT, somebody.grant, vault.branch, vault.until)
    siblings = work.persona_ids()
    # What a persona is good for comes with the first one, as with an invitation.
    personas = {
        name.key: _persona(
            site,
            somebody,
            work,
            siblings=siblings,
            slot=slot,
            flags=flags if slot == 0 else Flags(Band.ADULT),
        )
        for slot, name in enumerate(somebody.personas)
    }
    return Dweller(somebody, account.codes, personas)


def _persona(
    site: Site, somebody: Somebody, work: Work, *, siblings: tuple[bytes, ...], slot: int, flags: Flags
) -> Viewer:
    viewer = Viewer(work=work, siblings=siblings, slot=slot, tongue=Tongue.of(somebody.language))
    name: Name = somebody.personas[slot]
    draft = Draft(name.first, name.pronouns, name.about)
    with site.database.write() as uow:
        commands.create_persona(uow, viewer, draft, keys=site.keys, flags=flags)
    _live(site, viewer, name)
    return Viewer(
        work=work,
        siblings=siblings,
        slot=slot,
        face=Face(name=name.name, pub=name.key, seed=bytes(8), pronouns=name.pronouns),
        roles=flags.grant.roles,
        tongue=viewer.tongue,
    )


def _live(site: Site, viewer: Viewer, name: Name) -> None:
    """What befell the persona since: renamed, away, closed, or taking no replies."""
    if name.first != name.name:
        with site.database.write() as uow:
            commands.rename_persona(uow, viewer, name.name, keys=site.keys)
    if name.marks == "away":
        with site.database.write() as uow:
            send_away(uow, viewer.pid, quiet=False)
    elif name.marks in {"closed", "quiet"}:
        nobody, quiet = name.marks == "closed", name.marks == "quiet"
        with site.database.write() as uow:
            commands.show_page_to(uow, viewer, nobody=nobody, quiet=quiet, keys=site.keys)
