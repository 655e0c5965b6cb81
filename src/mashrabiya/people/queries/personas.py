"""Reading personas. There is no list of them, and no way to ask for one by anything
but its address or the keys of whose it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    FromClause,
    LargeBinary,
    Select,
    bindparam,
    case,
    func,
    literal_column,
    select,
)

from mashrabiya.kernel.errors import NotFound
from mashrabiya.kernel.keys import SLOTS, Work
from mashrabiya.kernel.viewer import Viewer
from mashrabiya.people.queries.blocks import is_blocked
from mashrabiya.people.rules.personas import may_see_page
from mashrabiya.people.sealed.persona import held_tag, open_flags, open_season, open_spent
from mashrabiya.people.tables import HELD, PERSONA, SPENT
from mashrabiya.people.types import Page, Persona, Reached, State
from mashrabiya.platform.db import Read, Statement, sibling_values, sixteen

Acquainted = Callable[[Read, Viewer, bytes], bool]


class _Mine(msgspec.Struct, frozen=True):
    id: bytes
    name: str
    pub: str
    seed: bytes
    pronouns: str
    about: str
    season: bytes
    state: int
    flags: bytes


class _Shown(msgspec.Struct, frozen=True):
    id: bytes
    name: str
    pub: str
    seed: bytes
    pronouns: str
    about: str
    state: int
    bpub: bytes


def is_present(persona: FromClause) -> ColumnElement[bool]:
    """Whether the persona may be named: whose account is frozen is away, and nobody's name."""
    return persona.c.state.op("&")(literal_column(str(int(State.AWAY)))) == literal_column("0")


def is_unseen(persona: FromClause) -> ColumnElement[bool]:
    """Whether what the persona wrote is not shown either, as long as it is away."""
    return persona.c.state.op("&")(literal_column(str(int(State.UNSEEN)))) != literal_column("0")


def face_of(persona: FromClause) -> tuple[ColumnElement[Any], ...]:
    """Name, address and picture of who wrote something; nothing of somebody away."""
    present = is_present(persona)
    return tuple(case((present, persona.c[column])) for column in ("name", "pub", "seed"))


def _columns(shape: type[msgspec.Struct]) -> Select[tuple[object, ...]]:
    return select(*(PERSONA.c[name] for name in shape.__struct_fields__))


_MINE = Statement(_columns(_Mine).where(PERSONA.c.id.in_(sixteen("sibling"))), into=_Mine)
_SPENT: Statement[None] = Statement(
    select(SPENT.c.tag, SPENT.c.blob).where(SPENT.c.tag.in_(sixteen("sibling")))
)
# Where nobody is, somebody else is read, and not shown: a missing page costs what a hidden one costs.
_ASKED = select(PERSONA.c.id).where(PERSONA.c.pub == bindparam("pub")).scalar_subquery()
_ANYBODY = select(PERSONA.c.id).order_by(PERSONA.c.id).limit(literal_column("1")).scalar_subquery()
_SHOWN = Statement(_columns(_Shown).where(PERSONA.c.id == func.coalesce(_ASKED, _ANYBODY)), into=_Shown)
_NAMED: Statement[None] = Statement(select(PERSONA.c.id).where(PERSONA.c.name_key == bindparam("key")))
_HELD: Statement[None] = Statement(
    select(HELD.c.tag).where(
        HELD.c.tag == bindparam("tag", type_=LargeBinary), HELD.c.until_q >= bindparam("quarter")
    )
)


def own_personas(db: Read, work: Work, siblings: Sequence[bytes], field_key: bytes) -> list[Persona]:
    """Her live personas, by slot. Only a session has the sixteen ids this asks with."""
    rows = {row.id: row for row in db.all(_MINE, **sibling_values(siblings))}
    return [_persona(rows[pid], work, slot, field_key) for slot, pid in enumerate(siblings) if pid in rows]


def _persona(row: _Mine, work: Work, slot: int, field_key: bytes) -> Persona:
    return Persona(
        id=row.id,
        slot=slot,
        name=row.name,
        pub=row.pub,
        seed=row.seed,
        pronouns=row.pronouns,
        about=row.about,
        season=open_season(work, slot, row.season, row.id),
        state=State(row.state),
        flags=open_flags(field_key, row.flags, row.id),
    )


def spent_seasons(db: Read, work: Work, live: Sequence[Persona]) -> dict[int, int]:
    """The slots whose personas are gone, each with the season in which it was made.

    A slot is marked when its persona is made: so it is known however the persona went.
    """
    standing = {persona.slot for persona in live}
    tags = {work.spent_tag(slot): slot for slot in range(SLOTS)}
    rows = db.tuples(_SPENT, **sibling_values(tags))
    found = [(tags[bytes(tag)], bytes(tag), bytes(blob)) for tag, blob in rows]
    return {slot: open_spent(work, slot, blob, tag) for slot, tag, blob in found if slot not in standing}


def first_free_slot(live: Sequence[Persona], spent: dict[int, int]) -> int:
    """The next slot that was never used; the last one where all were."""
    used = {persona.slot for persona in live} | set(spent)
    return next((slot for slot in range(SLOTS) if slot not in used), SLOTS - 1)


def used_slots(live: Sequence[Persona], spent: dict[int, int]) -> int:
    """How many slots, counted from the first, were ever used."""
    return max([persona.slot for persona in live] + list(spent), default=-1) + 1


def name_is_free(db: Read, name_key: str, field_key: bytes, *, quarter: int) -> bool:
    """Whether a persona may take this name: nobody has it, and it was not freed within the year."""
    taken = db.scalar(_NAMED, key=name_key) is not None
    held = db.scalar(_HELD, tag=held_tag(field_key, name_key), quarter=quarter) is not None
    return not (taken or held)


def strangers(_db: Read, _viewer: Viewer, _pid: bytes) -> bool:
    """Nobody shares anything: a house in which no higher domain says otherwise."""
    return False


def persona_page(db: Read, viewer: Viewer, pub: str, *, acquainted: Acquainted) -> Page:
    """A persona as this viewer may see it; missing, hidden and foreign ones are not found alike.

    ``acquainted`` is asked whether the two share a community: this domain knows none.
    """
    row = db.first(_SHOWN, pub=pub)
    if row is None:
        raise NotFound  # a house without anybody
    # Asked in any case, so that a missing page costs what a hidden one costs.
    there = row.pub == pub
    known = acquainted(db, viewer, row.id) and there
    blocked = is_blocked(db, viewer, [Reached(row.id, row.bpub)])
    own = viewer.speaks and row.id == viewer.pid and there
    may_see_page(State(row.state), own=own, acquainted=known, blocked=blocked).or_raise()
    return Page(
        id=row.id,
        name=row.name,
        pub=row.pub,
        seed=row.seed,
        pronouns=row.pronouns,
        about=row.about,
        is_own=own,
        is_open=State(row.state).is_shown,
    )
