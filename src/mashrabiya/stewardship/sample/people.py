"""The people of the sample. Their passphrases are public: such a house never becomes a real one."""

from __future__ import annotations

from dataclasses import dataclass

from mashrabiya.kernel.keys import Work
from mashrabiya.kernel.viewer import Face, Tongue, Viewer
from mashrabiya.people import commands
from mashrabiya.people.commands import Draft
from mashrabiya.people.flows import SignUp, sign_up
from mashrabiya.people.types import Band, Flags, Grant
from mashrabiya.platform.web.site import Site


@dataclass(frozen=True, slots=True)
class Somebody:
    """A sign-in name, a passphrase, and personas: their keys in the texts, and their names."""

    name: str
    passphrase: str
    personas: tuple[tuple[str, str], ...]
    language: str = "ar"
    grant: Grant = Grant.NONE


PEOPLE = (
    Somebody("alice", "amber kettle over quiet roofs", (("cloud", "سحابة صيف"), ("ink", "Ink"))),
    Somebody("bob", "seven figs beside the radio", (("wave", "Wave"), ("almond", "لوز")), "en"),
    Somebody("charlie", "one marble sized tomato", (("dot", "Dot"),), "en"),
    Somebody("mona", "lantern keeps the late watch", (("lantern", "قنديل"),), "ar", Grant.HOST | Grant.CARE),
    Somebody("mallory", "new shoes on an old stair", (("pebble", "Pebble"),), "en"),
    Somebody(
        "sol", "clover under juniper shade", (("juniper", "عرعر"), ("clover", "Clover")), "en", Grant.CARE
    ),
    Somebody("nour", "thyme bread upon warm stones", (("thyme", "زعتر"),)),
    Somebody("rami", "onions browned past midnight", (("fig", "تين"),)),
    Somebody("sumaya", "sour berries in the stew", (("sumac", "سمّاق"),)),
    Somebody("zain", "paper kite above wet laundry", (("kite", "طيّارة ورق"),)),
    Somebody("yasmin", "white petals by the window", (("jasmine", "ياسمين"),)),
    Somebody("jad", "slow river without papers", (("river", "نهر"),)),
    Somebody("sami", "bitter coffee after twenty years", (("lemon", "ليمون"),)),
    Somebody("dana", "fourteen jars with two roots", (("sparrow", "Sparrow"),), "en"),
    Somebody("idris", "ships breathing in the dark", (("harbour", "Harbour"),), "en"),
    Somebody("yara", "little fire under snow", (("ember", "Ember"),), "en"),
    Somebody("tala", "striped leaf nobody names", (("moss", "Moss"),), "en"),
    Somebody("karim", "last tram smelling of cumin", (("tram", "Tram"),), "en"),
    Somebody("lou", "films where everyone survives", (("owl", "Owl"),), "en"),
    Somebody("huda", "tall tree counting winters", (("cedar", "أرزة"),)),
)


def move_in(site: Site) -> dict[str, Viewer]:
    """Make every account and persona; each persona as a viewer, by its key in the texts."""
    return {key: viewer for somebody in PEOPLE for key, viewer in _settle(site, somebody).items()}


def _settle(site: Site, somebody: Somebody) -> dict[str, Viewer]:
    account = sign_up(site, SignUp(somebody.name, somebody.passphrase, Band.ADULT))
    work = account.unlocked.vault.work
    return {
        key: _persona(site, somebody, work, key=key, name=name, slot=slot)
        for slot, (key, name) in enumerate(somebody.personas)
    }


def _persona(site: Site, somebody: Somebody, work: Work, *, key: str, name: str, slot: int) -> Viewer:
    # What a persona is good for comes with the first one, as with an invitation.
    grant = somebody.grant if slot == 0 else Grant.NONE
    viewer = Viewer(work=work, siblings=work.persona_ids(), slot=slot, tongue=Tongue.of(somebody.language))
    with site.database.write() as uow:
        commands.create_persona(uow, viewer, Draft(name), keys=site.keys, flags=Flags(Band.ADULT, grant))
    return Viewer(
        work=work,
        siblings=viewer.siblings,
        slot=slot,
        face=Face(name=name, pub=key, seed=bytes(8)),
        roles=grant.roles,
        tongue=viewer.tongue,
    )
