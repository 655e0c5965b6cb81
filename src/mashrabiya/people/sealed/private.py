"""What one persona keeps for its person alone: blocks, mutes, hidden words, and what it follows.

The lists lie in ``persona.priv``, sealed under a key of the persona and padded to steps of
four kibibytes. Each entry may say that it is meant for all her names: whoever holds the
disk sees neither the entry nor that there are other names, since nothing is written to them.
"""

from __future__ import annotations

import msgspec

from mashrabiya.kernel.keys import Work, mac
from mashrabiya.people.sealed.persona import open_private, seal_private
from mashrabiya.people.types import Voice
from mashrabiya.platform.crypto import Unopenable

VERSION = 1
OPEN_END = 0


class Blocked(msgspec.Struct, frozen=True, array_like=True):
    """A persona that may not reach this one, and the tag of the row that says so."""

    pid: bytes
    tag: bytes
    shared: bool = False


class Muted(msgspec.Struct, frozen=True, array_like=True):
    """A persona, or a label in one thread, that she does not want to read until that day."""

    pid: bytes = b""
    tid: bytes = b""
    label: int = 0
    until: int = OPEN_END
    shared: bool = False

    @property
    def voice(self) -> Voice:
        """Whom it is about."""
        return Voice(self.pid, self.tid, self.label)

    def holds(self, today: int) -> bool:
        return self.until == OPEN_END or today < self.until

    def days_left(self, today: int) -> int:
        """Whole days until its last one; -1 where it has none."""
        return -1 if self.until == OPEN_END else self.until - today - 1


class Lists(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All of it. ``words`` stand as they were typed; ``words_shared``: for all her names.

    ``follows`` are threads, the one followed last at the end; ``tags`` are what their names have in common, and
    ``passed`` are threads that one of them led to and that she does not want to be shown again. They are of this
    persona alone.
    """

    version: int = VERSION
    blocks: tuple[Blocked, ...] = ()
    mutes: tuple[Muted, ...] = ()
    words: tuple[str, ...] = ()
    words_shared: bool = False
    follows: tuple[bytes, ...] = ()
    tags: tuple[bytes, ...] = ()
    passed: tuple[bytes, ...] = ()

    @property
    def shares(self) -> bool:
        """Whether anything here is meant for her other names too."""
        some = any(one.shared for one in self.blocks) or any(one.shared for one in self.mutes)
        return some or (self.words_shared and bool(self.words))

    @property
    def pids(self) -> set[bytes]:
        """Every persona in it."""
        return {one.pid for one in self.blocks} | {one.pid for one in self.mutes if one.pid}


EMPTY = Lists()
_decode = msgspec.msgpack.Decoder(Lists).decode
_encode = msgspec.msgpack.Encoder().encode


def seal_lists(work: Work, slot: int, lists: Lists, pid: bytes) -> bytes:
    """A multiple of four kibibytes and what sealing adds."""
    return seal_private(work, slot, b"" if lists == EMPTY else _encode(lists), pid)


def open_lists(work: Work, slot: int, sealed: bytes, pid: bytes) -> Lists:
    """What was sealed; nothing, for a persona that never kept anything."""
    plain = open_private(work, slot, sealed, pid)
    return _decode(plain) if plain else EMPTY


def readable_lists(work: Work, slot: int, sealed: bytes, pid: bytes) -> Lists:
    """The same for reading: a row that does not open hides nobody, and stays as it is."""
    try:
        return open_lists(work, slot, sealed, pid)
    except Unopenable:
        return EMPTY


def entry_mark(work: Work, slot: int, entry: Blocked | Muted | str) -> str:
    """How a form names an entry: nothing that leaves the house says whom it is about."""
    key = mac(work.persona_key(slot), b"entry")
    if isinstance(entry, str):
        return mac(key, b"word", entry.encode())[:8].hex()
    if isinstance(entry, Blocked):
        return mac(key, b"block", entry.pid)[:8].hex()
    return mac(key, b"mute", entry.pid, entry.tid, entry.label.to_bytes(4, "big"))[:8].hex()
