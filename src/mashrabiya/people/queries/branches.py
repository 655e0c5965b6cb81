"""The tree of invitations, as far as first personas carry it. Nobody is asked for by anything else they carry."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import select

from mashrabiya.kernel import clock
from mashrabiya.people.sealed.codes import NO_BRANCH, invitation_branch
from mashrabiya.people.sealed.persona import open_flags
from mashrabiya.people.tables import PERSONA
from mashrabiya.people.types import Branch, Leaf, State
from mashrabiya.platform.crypto import Unopenable
from mashrabiya.platform.db import Read, Statement
from mashrabiya.platform.keys import ServerKeys

_DEEPEST = 24


_ALL: Statement[Any] = Statement(
    select(PERSONA.c.id, PERSONA.c.name, PERSONA.c.seed, PERSONA.c.state, PERSONA.c.flags)
)
_FLAGS: Statement[Any] = Statement(select(PERSONA.c.id, PERSONA.c.flags))


class Tree:
    """Everybody who carries a branch, read once."""

    def __init__(self, db: Read, keys: ServerKeys) -> None:
        self._key = keys.of("invite")
        self._of: dict[bytes, bytes] = {}
        self._leaves: dict[bytes, dict[bytes, Leaf]] = defaultdict(dict)
        for pid, name, seed, state, flags in db.tuples(_ALL):
            branch = _branch_of(bytes(pid), bytes(flags), keys.of("field"))
            if branch == NO_BRANCH:
                continue
            away = State(state) & State.AWAY
            self._of[bytes(pid)] = branch
            self._leaves[branch][bytes(pid)] = Leaf("" if away else name, b"" if away else bytes(seed))

    def around(self, pid: bytes) -> Branch:
        """The branch that this persona came by, without it; nothing where it came by none."""
        branch = self._of.get(pid, NO_BRANCH)
        beside = [leaf for other, leaf in self._leaves.get(branch, {}).items() if other != pid]
        below: list[Leaf] = []
        for _ in range(_DEEPEST if any(branch) else 0):
            branch = invitation_branch(self._key, branch, b"")
            below += self._leaves.get(branch, {}).values()
        return Branch(_sorted(beside), _sorted(below))


def lapsed(db: Read, field_key: bytes) -> list[tuple[bytes, bytes]]:
    """Personas, with their sealed flags, whose branch has stood its time."""
    over, quarter = [], clock.quarter()
    for pid, sealed in db.tuples(_FLAGS):
        try:
            flags = open_flags(field_key, bytes(sealed), bytes(pid))
        except Unopenable:
            continue
        if flags != flags.now(quarter):
            over.append((bytes(pid), bytes(sealed)))
    return over


def _branch_of(pid: bytes, sealed: bytes, field_key: bytes) -> bytes:
    try:
        return open_flags(field_key, sealed, pid).now(clock.quarter()).branch
    except Unopenable:
        # Sealed under a key that the house no longer has: nothing is known of it.
        return NO_BRANCH


def _sorted(leaves: list[Leaf]) -> list[Leaf]:
    # By name: the order of rows would say nothing, but that is better not left to them.
    return sorted(leaves, key=lambda leaf: leaf.name)
