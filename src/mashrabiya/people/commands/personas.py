"""Making, changing and deleting personas. Nothing here reads or writes the account side."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from sqlalchemy import BindParameter, bindparam, select, update

from mashrabiya.kernel import clock
from mashrabiya.kernel.errors import Invalid, NotFound
from mashrabiya.kernel.ids import short_code
from mashrabiya.kernel.keys import Work
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people import queries
from mashrabiya.people.commands.erasure import hold_name
from mashrabiya.people.commands.roles import note_accepted
from mashrabiya.people.events import PersonaRenamed
from mashrabiya.people.rules import check_name, is_ours, may_add_persona, name_key
from mashrabiya.people.rules.names import tidy
from mashrabiya.people.sealed import persona as sealed
from mashrabiya.people.tables import PERSONA, SPENT
from mashrabiya.people.types import Band, Flags, Grant, Persona, State
from mashrabiya.platform import house
from mashrabiya.platform.db import Statement, Write
from mashrabiya.platform.keys import ServerKeys
from mashrabiya.platform.markdown.text import harmless

PUB_LETTERS, SEED_BYTES = 10, 8
LONGEST_PRONOUNS, LONGEST_ABOUT = 40, 500


@dataclass(frozen=True, slots=True)
class Draft:
    """What she wrote about a persona."""

    name: str
    pronouns: str = ""
    about: str = ""


def _change(**columns: str) -> Statement[None]:
    values: dict[str, BindParameter[object]] = {column: bindparam(f"new_{column}") for column in columns}
    return Statement(update(PERSONA).where(PERSONA.c.id == bindparam("which")).values(values))


_RENAME = _change(name="", name_key="", pub="")
_DESCRIBE = _change(pronouns="", about="")
_REDRAW = _change(seed="")
_SHOW_TO = _change(state="")
_SET_FLAGS = _change(flags="")
_FLAGS: Statement[None] = Statement(select(PERSONA.c.flags).where(PERSONA.c.id == bindparam("which")))


def _checked(uow: Write, draft: Draft, keys: ServerKeys, *, own_key: str = "") -> Draft:
    wrong: dict[str, str] = {}
    pronouns = " ".join(harmless(draft.pronouns).split())
    tidied = Draft(tidy(draft.name), pronouns, harmless(draft.about).strip())
    why = check_name(tidied.name)
    key = name_key(tidied.name)
    if why is None and key != own_key:
        ours = is_ours(tidied.name, *house.load(uow).name.values())
        why = "persona.name_ours" if ours else _taken(uow, key, keys)
    if why:
        wrong["name"] = why
    if len(tidied.pronouns) > LONGEST_PRONOUNS:
        wrong["pronouns"] = "persona.pronouns_long"
    if len(tidied.about) > LONGEST_ABOUT:
        wrong["about"] = "persona.about_long"
    if wrong:
        raise Invalid(wrong)
    return tidied


def _taken(uow: Write, key: str, keys: ServerKeys) -> str | None:
    free = queries.name_is_free(uow, key, keys.of("field"), quarter=clock.quarter())
    return None if free else "error.name_taken"


def _work_of(viewer: Viewer) -> Work:
    if viewer.work is None:
        raise NotFound
    return viewer.work


def create_persona(uow: Write, viewer: Viewer, draft: Draft, *, keys: ServerKeys, flags: Flags) -> int:
    """A new persona in the next slot never used; answers the slot.

    The first one takes the grant and branch of her invitation, once; every one
    has her age group.
    """
    work = _work_of(viewer)
    live = queries.own_personas(uow, work, viewer.siblings, keys.of("field"))
    spent = queries.spent_seasons(uow, work, live)
    season = clock.quarter()
    may_add_persona([one.season for one in live], list(spent.values()), season).or_raise()
    checked = _checked(uow, draft, keys)
    slot = queries.first_free_slot(live, spent)
    brought = Flags(flags.band)
    if _takes_grant(uow, work, flags):
        brought = replace(flags, grant=Grant.NONE).given(flags.grant, clock.day())
    sealed_flags = sealed.seal_flags(keys.of("field"), brought, work.persona_id(slot))
    _insert(uow, work, slot, draft=checked, flags=sealed_flags)
    if brought.grant:
        note_accepted(uow, brought.grant, b"")
    return slot


def _takes_grant(uow: Write, work: Work, flags: Flags) -> bool:
    if not flags.grant and not any(flags.branch):
        return False
    tag = sealed.grant_tag(work)
    return uow.insert_once(SPENT, tag=tag, blob=sealed.seal_spent(work, 0, clock.quarter(), tag))


def _insert(uow: Write, work: Work, slot: int, *, draft: Draft, flags: bytes) -> None:
    pid, tag, season = work.persona_id(slot), work.spent_tag(slot), clock.quarter()
    # Marked now: when years without use take the persona, nobody is here who could mark it.
    uow.insert_once(SPENT, tag=tag, blob=sealed.seal_spent(work, slot, season, tag))
    uow.insert(
        PERSONA,
        id=pid,
        name=draft.name,
        name_key=name_key(draft.name),
        pub=short_code(PUB_LETTERS),
        seed=secrets.token_bytes(SEED_BYTES),
        bpub=sealed.block_public(work, slot),
        pronouns=draft.pronouns,
        about=draft.about,
        season=sealed.seal_season(work, slot, season, pid),
        seen_q=sealed.used_quarter(work, slot),
        state=State.OPEN,
        flags=flags,
        priv=sealed.seal_private(work, slot, b"", pid),
    )


def get_own(uow: Write, viewer: Viewer, slot: int, keys: ServerKeys) -> Persona:
    """One of her live personas."""
    work = _work_of(viewer)
    for persona in queries.own_personas(uow, work, viewer.siblings, keys.of("field")):
        if persona.slot == slot:
            return persona
    raise NotFound


def describe_persona(uow: Write, viewer: Viewer, draft: Draft, *, keys: ServerKeys) -> None:
    """Other pronouns, another text; the name stays."""
    current = get_own(uow, viewer, viewer.slot, keys)
    checked = _checked(
        uow, Draft(current.name, draft.pronouns, draft.about), keys, own_key=name_key(current.name)
    )
    uow.run(_DESCRIBE, which=current.id, new_pronouns=checked.pronouns, new_about=checked.about)


def rename_persona(uow: Write, viewer: Viewer, name: str, *, keys: ServerKeys) -> str:
    """The new name stands everywhere at once; the old address is gone, the old name held for a year.

    Answers the name that was put away; nothing where it stayed the same.
    """
    current = get_own(uow, viewer, viewer.slot, keys)
    old_key = name_key(current.name)
    checked = _checked(uow, Draft(name), keys, own_key=old_key)
    if checked.name == current.name:
        return ""
    key = name_key(checked.name)
    uow.run(
        _RENAME, which=current.id, new_name=checked.name, new_name_key=key, new_pub=short_code(PUB_LETTERS)
    )
    if key != old_key:
        hold_name(uow, sealed.held_tag(keys.of("field"), old_key))
    uow.record(PersonaRenamed(current.id))
    return current.name


def draw_another_tile(uow: Write, viewer: Viewer) -> None:
    """Another picture, from new random bytes."""
    uow.run(_REDRAW, which=viewer.pid, new_seed=secrets.token_bytes(SEED_BYTES))


def show_page_to(uow: Write, viewer: Viewer, *, nobody: bool, quiet: bool, keys: ServerKeys) -> None:
    """Who may see the persona's page, those who share a community with it or nobody; and whether it takes replies.

    Whoever may not reply is told the same as somebody who is blocked.
    """
    current = get_own(uow, viewer, viewer.slot, keys)
    wished = (State.CLOSED if nobody else State.OPEN) | (State.QUIET if quiet else State.OPEN)
    # She is here: so no freeze holds, whatever may have been left of one.
    state = current.state & State.SHARES | wished
    uow.run(_SHOW_TO, which=current.id, new_state=int(state))


def turn(uow: Write, pid: bytes, *, field_key: bytes) -> None:
    """What the persona carries sealed says 18 or over; nothing else changes. Safe to run twice, and after it is gone."""
    sealed_now = uow.scalar(_FLAGS, which=pid)
    if sealed_now is None:
        return
    held = sealed.open_flags(field_key, bytes(sealed_now), pid)
    grown = replace(held, band=Band.ADULT)
    uow.run(_SET_FLAGS, which=pid, new_flags=sealed.seal_flags(field_key, grown, pid))
